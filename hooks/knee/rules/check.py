"""Runs the rules over pages and gives every problem at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from knee.contract.page import Page
from knee.contract.routine_page import RoutinePage
from knee.contract.site_context import ROUTINES, SiteContext
from knee.contract.technique_page import TechniquePage
from knee.rules import RULES, Finding, Rule
from knee.rules.body import SHARED_WITH_ROUTINES
from knee.rules.folder import LIST_PAGE, Folder
from knee.rules.registry import rules_of
from knee.rules.report import Problem, shown_path
from knee.text.source import Source
from knee.text.website import TooSlow

_UNREADABLE = ("KE001", "KE002", "KE003", "KE004", "KE005")
"""Rules whose break means that the page is not read, nor built, at all."""
_SHARED_GROUPS = ("front", "dialect", "code_host", "forbidden", "pictures")
_FILE_RULES, _FOLDER_RULES = rules_of("file"), rules_of("folder")
_TECHNIQUE_RULES = [rule for group in (*_SHARED_GROUPS, "body", "sheet") for rule in rules_of(group)]
_ROUTINE_RULES = [rule for group in (*_SHARED_GROUPS, "routine") for rule in rules_of(group)]
_ROUTINE_RULES += [RULES[name] for name in SHARED_WITH_ROUTINES]
_AnyPage = TypeVar("_AnyPage", bound=Page)


@dataclass(frozen=True)
class Outcome:
    """What a check gave: the problems in order, the pages that could be read, and the files that could not."""

    problems: tuple[Problem, ...]
    pages: tuple[TechniquePage, ...]
    routines: tuple[RoutinePage, ...] = ()
    unread: tuple[Path, ...] = ()
    strays: tuple[Path, ...] = ()
    """What stands in the folders and belongs to no page: told or not, it is not published."""

    @property
    def count(self) -> int:
        """How many pages were looked at."""
        return len(self.pages) + len(self.routines) + len(self.unread)


def pages_in(folder: Path) -> list[Path]:
    """Return the files of a folder that are technique pages: not the list, not hidden, not a symbolic link."""
    found = (path for path in folder.glob("*.md") if path.name != LIST_PAGE and not path.name.startswith("."))
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def check_folder(site: SiteContext) -> Outcome:
    """Check every technique and every routine, and their folders as a whole with their stray files."""
    run = _Run(site)
    run.techniques(pages_in(site.techniques))
    run.folder(site.techniques, run.pages, whole=True)
    run.routines(pages_in(site.routines), {page.slug: page for page in run.pages})
    run.folder(site.routines, run.routine_pages, whole=True)
    return run.outcome()


def check_pages(paths: Iterable[Path], site: SiteContext) -> Outcome:
    """Check some pages: those in a folder of routines as routines, all others as techniques."""
    chosen = list(paths)
    routines = [path for path in chosen if path.absolute().parent.name == ROUTINES]
    run = _Run(site)
    run.techniques([path for path in chosen if path not in routines])
    run.folder(site.techniques, run.pages, whole=False)
    if routines:
        known = _Run(site)
        known.techniques(pages_in(site.techniques))
        run.routines(routines, {page.slug: page for page in known.pages})
    return run.outcome()


class _Run:
    """One run of the checks: collects pages and problems."""

    def __init__(self, site: SiteContext) -> None:
        self.site = site
        self.problems: list[Problem] = []
        self.pages: list[TechniquePage] = []
        self.routine_pages: list[RoutinePage] = []
        self.unread: list[Path] = []
        self.strays: list[Path] = []

    def techniques(self, paths: Iterable[Path]) -> None:
        """Check technique pages."""
        for path in paths:
            if page := self._read(path, lambda source: TechniquePage(source, self.site)):
                self.pages.append(page)
                self.problems += _problems(_TECHNIQUE_RULES, page, path, self.site)

    def routines(self, paths: Iterable[Path], techniques: Mapping[str, TechniquePage]) -> None:
        """Check routine pages; `techniques` are the pages that they can name."""
        for path in paths:
            if page := self._read(path, lambda source: RoutinePage(source, self.site, techniques)):
                self.routine_pages.append(page)
                self.problems += _problems(_ROUTINE_RULES, page, path, self.site)

    def folder(self, path: Path, pages: Sequence[Page], *, whole: bool) -> None:
        """Check a folder: names, titles and, where every page was read, stray files."""
        folder = Folder(self.site, path, tuple(pages), frozenset(unread.stem for unread in self.unread), whole)
        self.problems += _problems(_FOLDER_RULES, folder, path, self.site)
        self.strays += folder.strays

    def outcome(self) -> Outcome:
        """Return what was found, each problem once."""
        return Outcome(
            tuple(sorted(set(self.problems))), tuple(self.pages), tuple(self.routine_pages), tuple(self.unread), tuple(self.strays)
        )

    def _read(self, path: Path, page_of: Callable[[Source], _AnyPage]) -> _AnyPage | None:
        """Read one page, or tell why it cannot be read."""
        source = self._opened(path)
        try:
            page = page_of(source) if source else None
        except (TooSlow, RecursionError):
            page = None
            what = "the site's Markdown reader does not get through this page in time"
            finding = Finding(1, what, "look for long runs of signs such as [ < * and take them out, or shorten the page")
            self.problems.append(_problem(RULES["KE005"], finding, path, self.site))
        if page is None:
            self.unread.append(path)
        return page

    def _opened(self, path: Path) -> Source | None:
        """Return a page's file where it can be read on, and tell what is wrong with it."""
        try:
            source = Source.at(path)
        except OSError as error:
            finding = Finding(1, f"the file cannot be opened: {error.strerror}", "make it a plain file that can be read")
            self.problems.append(_problem(RULES["KE002"], finding, path, self.site))
            return None
        found = list(_problems(_FILE_RULES, source, path, self.site))
        self.problems += found
        return None if any(problem.id in _UNREADABLE for problem in found) else source


def _problems(rules: Iterable[Rule], subject: object, path: Path, site: SiteContext) -> Iterator[Problem]:
    for rule in rules:
        for finding in rule.check(subject):
            yield _problem(rule, finding, path, site)


def _problem(rule: Rule, finding: Finding, path: Path, site: SiteContext) -> Problem:
    where = shown_path(finding.path or path, site.root)
    what, mend = _visible(finding.what), _visible(finding.mend)
    if (code := _CODE.search(what)) and not _CODE.search(mend):
        mend = f"{code[0]} is an odd or unseen sign: delete the whole line, and type it anew ({mend})"
    return Problem(_visible(where), finding.line, rule.id, what, mend)


_CODE = re.compile(r"<U\+[0-9A-F]{4,6}>")


def _visible(text: str) -> str:
    """Return text on one line, with marks that a terminal would act on shown as their codes."""
    flat = re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" ")  # an odd space is a mark that has to be seen
    return "".join(mark if mark.isprintable() else f"<U+{ord(mark):04X}>" for mark in flat)
