"""Runs the rules over pages and gives every problem at once. Imports the rules, the page and knee.report."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knee.guide import Guide
from knee.page import Page
from knee.report import Problem, shown_path
from knee.rules import RULES, Finding, Rule
from knee.rules.folder import LIST_PAGE, Folder
from knee.rules.registry import rules_of
from knee.source import Source
from knee.website import TooSlow

_UNREADABLE = ("KE001", "KE002", "KE003", "KE004", "KE005")
"""Rules whose break means that the page is not read, nor built, at all."""


@dataclass(frozen=True)
class Outcome:
    """What a check of pages gave: the problems in order, the pages that could be read, and the files that could not."""

    problems: tuple[Problem, ...]
    pages: tuple[Page, ...]
    unread: tuple[Path, ...] = ()

    @property
    def count(self) -> int:
        """How many pages were looked at."""
        return len(self.pages) + len(self.unread)


def today_utc() -> datetime.date:
    """Give today's date by UTC."""
    return datetime.datetime.now(datetime.UTC).date()


def pages_in(folder: Path) -> list[Path]:
    """Give the files of a folder that are technique pages: not the list, not hidden, not a symbolic link."""
    found = (path for path in folder.glob("*.md") if path.name != LIST_PAGE and not path.name.startswith("."))
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def check_folder(guide: Guide) -> Outcome:
    """Check every technique page, and the folder as a whole with its stray files."""
    return _check(pages_in(guide.techniques), guide, whole=True)


def check_pages(paths: Iterable[Path], guide: Guide) -> Outcome:
    """Check some pages, as if they stood in the folder of techniques."""
    return _check(list(paths), guide, whole=False)


def _check(paths: list[Path], guide: Guide, *, whole: bool) -> Outcome:
    problems: list[Problem] = []
    pages: list[Page] = []
    unread: list[Path] = []
    for path in paths:
        page = _read(path, guide, problems)
        if page:
            pages.append(page)
            problems += _problems(rules_of("front") + rules_of("body") + rules_of("dialect") + rules_of("forbidden") + rules_of("pictures"), page, path, guide)
        else:
            unread.append(path)
    folder = Folder(guide, guide.techniques, tuple(pages), frozenset(path.stem for path in unread), whole)
    problems += _problems(rules_of("folder"), folder, guide.techniques, guide)
    return Outcome(tuple(sorted(set(problems))), tuple(pages), tuple(unread))


def _read(path: Path, guide: Guide, problems: list[Problem]) -> Page | None:
    """Read one page, or tell why it cannot be read."""
    try:
        source = Source.at(path)
    except OSError as error:
        problems.append(Problem(shown_path(path, guide.root), 1, "KE002", f"the file cannot be opened: {error.strerror}", "make it a plain file that can be read"))
        return None
    found = list(_problems(rules_of("file"), source, path, guide))
    problems += found
    if any(problem.id in _UNREADABLE for problem in found):
        return None
    try:
        return Page(source, guide)
    except (TooSlow, RecursionError):
        what = "the site's Markdown reader does not get through this page in time"
        finding = Finding(1, what, "look for long runs of signs such as [ < * and take them out, or shorten the page")
        problems.append(_problem(RULES["KE005"], finding, path, guide))
        return None


def _problems(rules: Iterable[Rule], subject: object, path: Path, guide: Guide) -> Iterator[Problem]:
    for rule in rules:
        for finding in rule.check(subject):
            yield _problem(rule, finding, path, guide)


def _problem(rule: Rule, finding: Finding, path: Path, guide: Guide) -> Problem:
    where = shown_path(finding.path or path, guide.root)
    return Problem(_visible(where), finding.line, rule.id, _visible(finding.what), _visible(finding.mend))


def _visible(text: str) -> str:
    """Give text on one line, with marks that a terminal would act on shown as their codes."""
    flat = " ".join(text.split())
    return "".join(mark if mark.isprintable() else f"<U+{ord(mark):04X}>" for mark in flat)
