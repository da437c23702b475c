"""Looks for pages that pass the checks and are shown differently by the code host and the site. `make fuzz` runs it; it changes nothing.

Pages with mistakes of the hand and sections of random pieces are made from a seed, so that every run can be had again. A page is a find
when the checks pass it and the HTML of the code host's own reader and that of the site's show different headings, items, steps, words,
links or pictures. Each find is made as small as it goes and written to dist/fuzz/. With `--examples FILE ...`, the examples of
cmark-gfm's own tests (spec.txt, extensions.txt, regression.txt) are tried instead, each as a section of a good page.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from knee.contract.technique_page import TechniquePage
from knee.rules.check import check_pages
from knee.rules.registry import rules_in
from knee.text.front_matter import split
from knee.text.source import Source
from mistakes import ODD, with_mistakes
from rendered import on_the_code_host, on_the_site, outline
from small_site import PAGE, TREE, Site

FINDS = Path(__file__).resolve().parents[1] / "dist" / "fuzz"
PIECE = 2_500
"""Tries in one process: the wheel of cmark-gfm never gives back what a page took, about 70 kB."""
GOOD = (TREE / PAGE).read_text("utf-8")
HEAD, BODY = GOOD[: len(GOOD) - len(split(GOOD)[1])], split(GOOD)[1]
SHORT = f"""
# Calf stroke

Long, slow strokes. They feel warm.

![A person sits on a chair with 1 calf on a stool and both palms round it.]({Path(PAGE).stem}.svg)

## Safety note

### Do not do this if

- your calf is hot

### Stop if

- it hurts

Not sure? Read [when to seek help](../when-to-seek-help.md).

## How to do it

1. Sit on a chair.
2. Stroke the calf for 1 minute.
"""
"""As short as a good page can be: most of the time goes into reading it."""
WORDS = [
    "a", "b c", "Sit", "rest.", "1 minute", "*soft*", "**warm**", "_a_", "a_b_c", "`x`", "~~no~~", "[tips](../tips.md)", "[a](b 'c')",
    "![x](y.svg)", "[a][b]", "[b]: c", "<https://a.org>", "\\*", "\\~", "&nbsp;", "&#3664;", "\u00a0", "\u3000", "\u200b", "é", "膝", "http://",
    "https://a.org/b_c*", "ftp://a.org", "mailto:a@b.org", "xmpp:a@b.org/c", "WWW.a.org.", "a.b@c-d.org_", "[^a b]", "[^\u00a0]:", "[X]",
    "\n", "\n", "\n", "\n\n", "\n\n", "    ", "  \n", "\n    ", "\n- ", "\n1. ", "\n> ", "\n## ", "\n:-:|-\n",
    "\n| a | b |\n|---|:-:|\n| c | d |\n",
    "\n```\n", "\n```math\n", "\n~~~", "\n===\n", "\n---\n", "\n***\n", "\n<div>\n", "\n<search\n", "<b>", "<!-- a -->", "<?a?>",
    "<![CDATA[",
    "</p>", "{: .a }", "{a}", "|", "\\|", "||", "\\", "~", "~~~~", "*", "***", "__", "``", "[", "]", "](", "![", ")", "<", ">",
]  # fmt: skip
"""Pieces that Markdown readers read differently, and what stands between them."""


@dataclass(frozen=True)
class Tally:
    """What became of some tries, and the finds among them."""

    outcomes: Counter[str]
    finds: tuple[str, ...] = ()


_LIKELY = [*rules_in("forbidden"), *rules_in("code_host"), *rules_in("dialect")]


class Judge:
    """Tells of one page after the other whether it is a find."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder / "site")
        self.context = self.site.context()

    def outcome(self, body: str) -> str:
        """Give "same" or "refused" for the body of a page, or "find"; the checks run only where the readers differ.

        Of a good page with one more section, only that section is compared, to be quick.
        """
        part = body.removeprefix(SHORT)
        try:
            if outline(on_the_site(part)) == outline(on_the_code_host(part)):
                return "same"
        except (RecursionError, IndexError, ValueError, AttributeError):
            pass  # the site's own reader stops at some pages: the checks have to refuse them
        self.site.write(HEAD + body)
        return "refused" if self._breaks_a_rule_about_readings() or check_pages([self.site.page], self.context).problems else "find"

    def _breaks_a_rule_about_readings(self) -> bool:
        """Try the rules first that mostly refuse such a page: all of them together take three times as long."""
        source = Source.at(self.site.page)
        if any(finding for rule in rules_in("file") for finding in rule.check(source)):
            return True
        page = TechniquePage(source, self.context)
        return any(True for rule in _LIKELY for _ in rule.check(page))


def changed_page(rng: random.Random) -> str:
    """Make a page with mistakes."""
    return with_mistakes(BODY, rng.choice, rng.randint)


def fragment(rng: random.Random) -> str:
    """Make a good page with a section of random pieces."""
    pieces = (rng.choice(ODD) if rng.random() < 0.3 else rng.choice(WORDS) for _ in range(rng.randint(1, 12)))
    return f"{SHORT}\n## More\n\n{rng.choice(['', ' ']).join(pieces)}\n"


KINDS: dict[str, Callable[[random.Random], str]] = {"pages": changed_page, "fragments": fragment}
"""What is tried, by name. Another kind of input, such as pictures against a renderer, brings a maker here and a judge of its own."""


def try_piece(kind: str, seed: str, count: int) -> Tally:
    """Try so many inputs of a kind, and give what became of them."""
    rng, outcomes, finds = random.Random(f"{kind} {seed}"), Counter[str](), []
    with tempfile.TemporaryDirectory(prefix="knee-fuzz-") as folder:
        judge = Judge(Path(folder))
        for _ in range(count):
            body = KINDS[kind](rng)
            outcome = judge.outcome(body)
            outcomes[outcome] += 1
            if outcome == "find":
                finds.append(smallest(body, lambda smaller: judge.outcome(smaller) == "find"))
    return Tally(outcomes, tuple(finds))


def smallest(text: str, is_find: Callable[[str], bool]) -> str:
    """Take out as many lines and then signs as can go while the rest is still a find."""
    for parts in (text.splitlines(keepends=True), None):
        kept = list(text) if parts is None else parts
        size = max(1, len(kept) // 2)
        tries = 0
        while size and tries < 2_000:
            at = 0
            while at < len(kept) and tries < 2_000:
                tries += 1
                smaller = kept[:at] + kept[at + size :]
                if is_find("".join(smaller)):
                    kept = smaller
                else:
                    at += size
            size //= 2
        text = "".join(kept)
    return text


def examples(files: list[Path]) -> Iterator[str]:
    """Give the Markdown of each example in cmark-gfm's test files."""
    for file in files:
        for found in re.finditer(r"^`{32} example[^\n]*\n(.*?)^\.\n", file.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            yield found[1].replace("→", "\t")


def try_examples(files: list[Path]) -> Tally:
    """Try every example as a section of a good page."""
    outcomes, finds = Counter[str](), []
    with tempfile.TemporaryDirectory(prefix="knee-fuzz-") as folder:
        judge = Judge(Path(folder))
        for example in examples(files):
            body = f"{SHORT}\n## Example\n\n{example}"
            outcomes[judge.outcome(body)] += 1
            if judge.outcome(body) == "find":
                finds.append(body)
    return Tally(outcomes, tuple(finds))


def run(kinds: dict[str, int], seed: str, seconds: float) -> dict[str, Tally]:
    """Try inputs of each kind in turn, piece by piece on every core, until there are enough or the time is over."""
    end, tallies = time.monotonic() + seconds, {kind: Tally(Counter()) for kind in kinds}
    pieces = [
        (place, kind, min(PIECE, kinds[kind] - place * PIECE)) for kind in kinds for place in range(-(-kinds[kind] // PIECE))
    ]  # the first pieces of every kind come first
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        waiting = deque(sorted(pieces))
        running: dict[Future[Tally], tuple[int, str]] = {}
        while running or (waiting and time.monotonic() < end):
            while waiting and len(running) < (os.cpu_count() or 1) and time.monotonic() < end:
                place, kind, count = waiting.popleft()
                running[pool.submit(try_piece, kind, f"{seed}/{place}", count)] = place, kind
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                (place, kind), made = running.pop(done), done.result()
                print(f"{kind} {seed}/{place}: {dict(made.outcomes)}", flush=True)
                tallies[kind] = Tally(tallies[kind].outcomes + made.outcomes, tallies[kind].finds + made.finds)
                write_finds(kind, f"{seed}-{place}", made.finds)
    return tallies


def write_finds(kind: str, name: str, finds: tuple[str, ...]) -> None:
    """Write each find as a page of its own."""
    for number, body in enumerate(finds):
        FINDS.mkdir(parents=True, exist_ok=True)
        (FINDS / f"{kind}-{name}-{number}.md").write_text(HEAD + body, "utf-8")


def main() -> int:
    """Run as the command line asks, and print what was tried and what became of it; gives 1 where there is a find."""
    parser = argparse.ArgumentParser(description="Looks for pages that pass and are shown differently by the code host and the site.")
    parser.add_argument("--seconds", type=float, default=300, help="stop after so long (300)")
    parser.add_argument("--seed", default="1", help="another seed makes other pages (1)")
    parser.add_argument("--pages", type=int, default=20_000, help="pages with mistakes (20000)")
    parser.add_argument("--fragments", type=int, default=200_000, help="sections of random pieces (200000)")
    parser.add_argument("--examples", type=Path, nargs="+", metavar="FILE", help="test files of cmark-gfm, to be tried instead")
    asked = parser.parse_args()
    if asked.examples:
        tallies = {"examples": try_examples(asked.examples)}
        write_finds("examples", "0", tallies["examples"].finds)
    else:
        tallies = run({"pages": asked.pages, "fragments": asked.fragments}, asked.seed, asked.seconds)
    for kind, tally in tallies.items():
        counts = ", ".join(f"{tally.outcomes[outcome]:,} {outcome}" for outcome in ("same", "refused", "find"))
        print(f"seed {asked.seed}: {sum(tally.outcomes.values()):,} {kind}: {counts}")
    finds = sum(len(tally.finds) for tally in tallies.values())
    if finds:
        print(f"finds, each as small as it goes: {FINDS}")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
