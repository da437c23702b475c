"""The rules as the contribute page shows them: by group, each with the bad page of its test."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from knee.rules import RULES, Rule
from knee.rules.registry import rules_in

GROUPS = {
    "title_and_picture": "Title, lead and main picture",
    "section_headings": "The headings that every page has",
    "safety_note": "The safety note",
    "steps": "The steps",
    "filler": "Words left for later",
    "front_matter_form": "How the key facts are written",
    "front_matter_values": "The key facts, one by one",
    "sources": "The sources that a page names",
    "dialect": "Headings and lists that every reader sees",
    "code_host": "The same for everybody",
    "forbidden": "What a page may not hold",
    "other_programs": "Signs of other programs",
    "pictures": "Pictures",
    "picture_content": "What pictures hold",
    "sheet": "The printed sheet",
    "file": "The file itself",
    "folder": "File names and the list of sources",
    "routine": "Routines",
    "search_words": "Words for the search",
}
"""The groups of rules in the order in which an author meets them, with their headings."""

EXAMPLES = "tests/bad"
"""The folder of the examples, seen from the project's root: the bad pages of the tests, so that no example can be wrong."""

_ANYWHERE = ("file", "folder")
"""Groups whose problems are about a whole file where they stand on its first line: that line would say nothing."""
_WIDEST = 100
_LARGEST = 100_000
_TOLD = re.compile(r"(?P<path>[^:]+):(?P<line>[0-9]+): (?P<id>KE[0-9]{3}) (?P<what>.*)\n    (?P<mend>.*)")
_TESTED_PAGE = "docs/techniques/calf-stroke.md"
"""The page that takes the place of a bad page kept as one file (tests/bad/README.md)."""


@dataclass(frozen=True)
class BadLine:
    """One line of a bad page, with its number."""

    number: int
    text: str
    told: bool
    """Whether the problem is told of this line; the others stand around it."""


@dataclass(frozen=True)
class BadPage:
    """What a rule is tested with: the lines that matter (none where a whole file is wrong), and what its author reads."""

    lines: tuple[BadLine, ...]
    what: str
    mend: str


@dataclass(frozen=True)
class ShownRule:
    """A rule with the bad page of its test; None where there is none (see `missing_examples`)."""

    id: str
    asks: str
    why: str
    bad: BadPage | None


@dataclass(frozen=True)
class Group:
    """Rules under one heading."""

    title: str
    rules: tuple[ShownRule, ...]


def groups(bad: Path) -> list[Group]:
    """Return every rule in its group; `bad` is the folder with the bad pages of the tests."""
    names, cases = [*GROUPS, *sorted({rule.group for rule in RULES.values()} - set(GROUPS))], _cases(bad)
    shown = (
        Group(GROUPS.get(name, name), tuple(_with_bad_page(rule, cases.get(rule.id, [])) for rule in rules_in(name))) for name in names
    )
    return [group for group in shown if group.rules]


def missing_examples(root: Path) -> str:
    """Return which rules lack an example and what to do, empty where all have one; `root` is the project's folder."""
    without = sorted(RULES.keys() - _cases(root / EXAMPLES))
    if not without:
        return ""
    which = "the rules" if len(without) == len(RULES) else ", ".join(without)
    return (
        f"the contribute page has no example for {which}: it takes the examples from the folders {EXAMPLES} and tests/tree. "
        "Copy them from the project, or from its last version in git"
    )


def _cases(bad: Path) -> dict[str, list[Path]]:
    """Return what the authors of the bad pages read, by the rule that is broken."""
    found: dict[str, list[Path]] = {}
    for case in sorted(bad.glob("*-*.txt")):
        found.setdefault(case.name.partition("-")[0], []).append(case)
    return found


def _with_bad_page(rule: Rule, cases: Sequence[Path]) -> ShownRule:
    # Of several bad pages the first that can be shown; some are made when the tests run, and only their words are kept.
    pages = (page for case in cases if (page := _bad_page(rule, case)))
    first = next(pages, None)
    return ShownRule(rule.id, rule.asks, rule.why, next((page for page in chain([first], pages) if page and page.lines), first))


def _bad_page(rule: Rule, case: Path) -> BadPage | None:
    told = _TOLD.match(_text_of(case))
    if not told:
        return None
    number = int(told["line"])
    file = _file(case.with_suffix(""), told["path"])
    whole = rule.group in _ANYWHERE and number == 1
    lines = _around(file, number) if file and not whole else ()
    return BadPage(tuple(lines), told["what"], told["mend"])


def _file(case: Path, path: str) -> Path | None:
    """Find the file that a problem is told of: the bad page itself, one in the case's folder, or one of the good site under it."""
    if case.is_dir():
        inside = path.removeprefix("docs/")
        found = [case / inside, case.parent.parent / "tree" / "docs" / inside]
    else:
        found = [case.with_name(case.name + ".md")] if path == _TESTED_PAGE else []
    return next((file for file in found if file.is_file()), None)


def _around(file: Path, number: int) -> Iterator[BadLine]:
    lines = _text_of(file).split("\n")
    for here in range(max(number - 1, 1), min(number + 1, len(lines)) + 1):
        text = _shown_line(lines[here - 1])
        if text.strip() or here == number:
            yield BadLine(here, text, here == number)


def _text_of(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_LARGEST).decode("utf-8", errors="replace").replace("\r\n", "\n")


def _shown_line(text: str) -> str:
    """Return a line with its marks shown that nobody sees, and cut where it is long."""
    shown = "".join(mark if mark.isprintable() else "<tab>" if mark == "\t" else f"<U+{ord(mark):04X}>" for mark in text)
    return shown if len(shown) <= _WIDEST else shown[: _WIDEST - 1] + "…"
