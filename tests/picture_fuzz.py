"""Looks for drawings that pass the checks and come out wrong. `make fuzz` runs it after the pages; it changes nothing.

Drawings in the shapes of drawing programs are changed by chance, from a seed. A drawing is a find when judging it stops or takes over a
second; when what is published of it would be refused, or made into something else once more; or when a renderer draws the two apart.
Each find is written to dist/fuzz/ with as few lines as it goes.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

from PIL import ImageChops

from drawings import PROGRAMS, drawing, drawio, figma
from knee.pictures import visible
from knee.pictures.judged import judged

FINDS = Path(__file__).resolve().parents[1] / "dist" / "fuzz"
DOTS = 80
"""Dots in which two pictures of 240 by 180 may differ."""
ONLY_BROWSERS = {PROGRAMS.index(program) for program in (drawio, figma)}
"""Programs with colours for light and dark or for wide screens, which browsers know and the renderer does not."""
ODD = (
    "0",
    "-1",
    "1e9",
    "1e38",
    "1e-30",
    "NaN",
    "",
    "100%",
    ".",
    "1e",
    "5em",
    "calc(1px)",
    "url(#a)",
    "none",
    "inherit",
    "é",
    "&#9;",
    "&lt;",
)
NAMES = (
    "path",
    "g",
    "use",
    "mask",
    "clipPath",
    "pattern",
    "marker",
    "symbol",
    "svg",
    "linearGradient",
    "switch",
    "a",
    "style",
    "text",
    "image",
)


def changed(svg: str, rng: random.Random) -> str:
    """Change a drawing by hand: another number, another value, another element, a piece twice, another part that is asked for."""
    for _ in range(rng.randrange(1, 6)):
        pattern = rng.choice((r"-?\d+\.?\d*", r'(?<==")[^"]*', r"(?<=<)[a-z]\w*", r"(?<=#)[\w-]+", r"<[^<]*"))
        places = list(re.finditer(pattern, svg))
        if not places:
            continue
        found = rng.choice(places)
        new = {"<[^<]*": found[0] * 2, r"(?<=<)[a-z]\w*": rng.choice(NAMES)}.get(pattern, rng.choice(ODD))
        if pattern == r"(?<=<)[a-z]\w*":
            svg = re.sub(rf"(</?){found[0]}\b", rf"\g<1>{new}", svg)
        else:
            new = rng.choice(re.findall(r'id="([\w-]+)"', svg) or ["a"]) if "#" in pattern else new
            svg = svg[: found.start()] + new + svg[found.end() :]
    return svg


def outcome(svg: str, *, is_drawn: bool) -> str:
    """Give "refused" or "same" for a drawing, or what makes it a find."""
    started = time.process_time()
    try:
        picture = judged(svg.encode())
        published = picture.published
    except Exception as error:  # whatever it is, it is a find
        return f"stops: {type(error).__name__}"
    if time.process_time() - started > 1:
        return "slow"
    if published is None or picture.faults:
        return "refused"
    again = judged(published)
    if again.faults or again.published != published:
        return "not the same when made once more"
    return "same" if not is_drawn or _drawn_the_same(svg, picture.file) else "drawn apart"


def _drawn_the_same(sent: str, made: str) -> bool:
    """Whether a renderer draws two drawings alike; one that it cannot draw as it was sent says nothing."""
    sent = re.sub(r"^.*?(?=<svg)", "", sent, flags=re.DOTALL)
    pictures = [visible.drawn(svg, 180) for svg in (sent, made)]
    if pictures[0] is None or pictures[1] is None or pictures[0].size != pictures[1].size:
        return pictures[0] is None or pictures[1] is not None
    apart = ImageChops.difference(*(picture.convert("RGBa").convert("RGBA") for picture in pictures if picture)).convert("RGB").convert("L")
    return sum(apart.histogram()[16:]) < DOTS


def smallest(svg: str, what: str, *, is_drawn: bool) -> str:
    """Take out as many lines as can go while the rest is still the same find."""
    lines, place = svg.replace("><", ">\n<").split("\n"), 0
    while place < len(lines):
        fewer = lines[:place] + lines[place + 1 :]
        if outcome("\n".join(fewer), is_drawn=is_drawn) == what:
            lines = fewer
        else:
            place += 1
    return "\n".join(lines)


def main() -> int:
    """Try as many drawings as the time allows, and print what became of them; gives 1 where there is a find."""
    parser = argparse.ArgumentParser(description="Looks for drawings that pass and come out wrong.")
    parser.add_argument("--seconds", type=float, default=60, help="stop after so long (60)")
    parser.add_argument("--seed", default="1", help="another seed makes other drawings (1)")
    asked = parser.parse_args()
    rng, tally, end = random.Random(f"pictures {asked.seed}"), Counter[str](), time.monotonic() + asked.seconds
    while time.monotonic() < end:
        number = rng.randrange(12_000) // 60 * 60 + rng.randrange(len(PROGRAMS))  # those in UTF-8
        is_drawn = number % len(PROGRAMS) not in ONLY_BROWSERS
        svg = changed(drawing(number).decode(), rng)
        tally[what := outcome(svg, is_drawn=is_drawn)] += 1
        if what not in ("same", "refused"):
            FINDS.mkdir(parents=True, exist_ok=True)
            (FINDS / f"picture-{asked.seed}-{tally.total()}.svg").write_text(smallest(svg, what, is_drawn=is_drawn), "utf-8")
    finds = tally.total() - tally["same"] - tally["refused"]
    print(f"seed {asked.seed}: {tally.total():,} pictures: {', '.join(f'{count:,} {what}' for what, count in tally.most_common())}")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
