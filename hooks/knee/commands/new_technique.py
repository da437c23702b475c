"""`python -m knee.commands.new_technique NAME`: starts a technique in a clone."""

from __future__ import annotations

import datetime
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from knee.contract.site_context import KIT, TECHNIQUES, SiteContext
from knee.facts.review_dates import today_utc
from knee.rules.check import check_pages

NEW = Path(__file__).parent / "templates" / "new-technique.md"
"""A page with a TODO in each place that only its author can fill: what the command writes."""
_LONGEST_NAME = 60
_MARKS = re.compile(r"[^\w ,'’()&-]")


class CannotStart(Exception):
    """A page cannot be started; says why, in words for its author."""


def slug_of(name: str) -> str:
    """Return the name that a technique has in addresses: "Thigh stroke" is `thigh-stroke`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")


def start(name: str, docs: Path, today: datetime.date) -> tuple[Path, Path]:
    """Write a new page and its starting picture; return both paths. Nothing is ever overwritten.

    Raises: CannotStart.
    """
    title = " ".join(name.split())
    slug = slug_of(title)
    if not slug or slug == "index":
        raise CannotStart('give the technique a name with letters from a to z, such as: make new name="Thigh stroke"')
    if len(title) > _LONGEST_NAME or _MARKS.search(title):
        raise CannotStart(f"the name is a title: plain words, at most {_LONGEST_NAME} letters")
    page, picture = (docs / TECHNIQUES / f"{slug}.{kind}" for kind in ("md", "svg"))
    for path in (page, picture):
        if path.exists() or path.is_symlink():
            raise CannotStart(f"{path.relative_to(docs.parent)} is there already: take another name, or change that file")
    words = NEW.read_text("utf-8").replace("new-technique.svg", picture.name).replace("# New technique", f"# {title}", 1)
    words = re.sub("^reviewed: .*$", f"reviewed: {today}", words, count=1, flags=re.MULTILINE)
    with page.open("x", encoding="utf-8", newline="\n") as file:
        file.write(words)
    with picture.open("x", encoding="utf-8", newline="\n") as file:
        file.write(starting_picture((docs / KIT).read_text("utf-8"), title))
    return page, picture


def starting_picture(kit: str, title: str) -> str:
    """Return the drawing kit as a picture of its own: its words are for the author to write."""
    todo = f"TODO name what the picture of {escape(title)} shows"
    return re.sub(
        "<desc>.*?</desc>",
        "<desc>TODO say what it shows</desc>",
        re.sub("<title>.*?</title>", f"<title>{todo}</title>", kit, count=1),
        count=1,
    )


def new_technique_command(arguments: Sequence[str] | None = None) -> int:
    """Start a technique with the name given, and say what is left for its author. Return the exit status."""
    name = " ".join(sys.argv[1:] if arguments is None else arguments)
    root = Path.cwd() if (Path.cwd() / "docs" / TECHNIQUES).is_dir() else Path(__file__).resolve().parents[3]
    try:
        page, picture = start(name, root / "docs", today_utc())
    except CannotStart as fault:
        print(fault, file=sys.stderr)
        return 1
    left = [problem for problem in check_pages([page], SiteContext(root / "docs", today_utc())).problems if problem.id != "KE507"]
    lines = {path.relative_to(root).as_posix(): path.read_text("utf-8").splitlines() for path in (page, picture)}
    print(f"Here they are:\n    {page.relative_to(root)}\n    {picture.relative_to(root)}\n")
    print("What only you can know is marked TODO. These places are left to write:\n")
    for problem in left:
        near = next((line for line in lines[problem.path][problem.line - 1 :] if "TODO" in line), problem.what)
        print(f"    {problem.path}, line {problem.line}:\n        {near.strip()}")
    print("\nThe picture still holds all the parts of the drawing kit: keep those that you need, and move them to their places.")
    print("docs/drawing-kit.md says how to draw with it; docs/sources.yml has the sources that a page may name.")
    print("Read the other lines of the page as well, and make each true for your technique. Then run: make check")
    return 0


if __name__ == "__main__":
    sys.exit(new_technique_command())
