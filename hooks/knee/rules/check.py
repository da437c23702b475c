"""Runs the rules over pages and gives every problem at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from knee.contract.page import Page
from knee.contract.routine_page import RoutinePage
from knee.contract.safety_page import SafetyPage
from knee.contract.site_context import EXERCISES, ROUTINES, SAFETY_PAGES, SiteContext
from knee.contract.technique_page import ExercisePage, TechniquePage
from knee.rules import RULES, Finding, Rule
from knee.rules.folder import LIST_PAGE, Folder
from knee.rules.precedence import Found, without_those_that_give_way
from knee.rules.registry import rules_for
from knee.rules.report import Problem, shown_path
from knee.text.source import Source
from knee.text.website import TooSlow
from knee.text.wording import counted

MOST_ALIKE = 20
"""So many problems of one rule are reported for one file; then only how many more there are."""
_UNREADABLE = ("KE001", "KE002", "KE003", "KE004", "KE005", "KE008")
"""Rules whose break means that the page is not read, nor built, at all."""
_RULES_FOR: dict[type, list[Rule]] = {
    subject: rules_for(subject) for subject in (Source, TechniquePage, ExercisePage, RoutinePage, Folder, SiteContext)
}
_RULES_FOR[SafetyPage] = [RULES["KE120"], RULES["KE121"]]  # a page of signs is free in all but its sign-off
_AnyPage = TypeVar("_AnyPage", bound=Page)


@dataclass(frozen=True)
class Outcome:
    """What a check gave: the problems in order, the pages that could be read (`pages` are techniques), and the files that could not."""

    problems: tuple[Problem, ...]
    pages: tuple[TechniquePage, ...]
    exercises: tuple[ExercisePage, ...] = ()
    routines: tuple[RoutinePage, ...] = ()
    safety_pages: tuple[SafetyPage, ...] = ()
    """The pages of signs and checks. They are not counted: only their sign-off is looked at."""
    unread: tuple[Path, ...] = ()
    strays: tuple[Path, ...] = ()
    """What stands in the folders and belongs to no page: told or not, it is not published."""

    @property
    def signable(self) -> tuple[TechniquePage | SafetyPage, ...]:
        """The pages that a clinician can sign."""
        return (*self.pages, *self.exercises, *self.safety_pages)

    @property
    def followed(self) -> tuple[TechniquePage | RoutinePage, ...]:
        """Every page that readers follow along: techniques, exercises and routines."""
        return (*self.pages, *self.exercises, *self.routines)

    @property
    def count(self) -> int:
        """How many pages were looked at."""
        return len(self.followed) + len(self.unread)


def pages_in(folder: Path) -> list[Path]:
    """Return the files of a folder that are pages: not the list, not hidden, not a symbolic link."""
    found = (path for path in folder.glob("*.md") if path.name != LIST_PAGE and not path.name.startswith("."))
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def check_folder(site: SiteContext) -> Outcome:
    """Check every technique, every exercise and every routine, and their folders as a whole with their stray files."""
    run = _CheckRun(site)
    run.techniques(pages_in(site.techniques))
    run.folder(site.techniques, run.pages, whole=True)
    run.exercises(pages_in(site.exercises))
    run.folder(site.exercises, run.exercise_pages, whole=True)
    run.routines(pages_in(site.routines), (*run.pages, *run.exercise_pages))
    run.folder(site.routines, run.routine_pages, whole=True)
    run.safety_pages(site.docs / place for place in SAFETY_PAGES)
    return run.outcome()


def check_pages(paths: Iterable[Path], site: SiteContext) -> Outcome:
    """Check some pages: those in a folder of exercises or routines as such, all others as techniques."""
    chosen = {path: path.absolute().parent.name for path in paths}
    run = _CheckRun(site)
    run.techniques(path for path, folder in chosen.items() if folder not in (EXERCISES, ROUTINES))
    run.folder(site.techniques, run.pages, whole=False)
    run.exercises(path for path, folder in chosen.items() if folder == EXERCISES)
    run.folder(site.exercises, run.exercise_pages, whole=False)
    if routines := [path for path, folder in chosen.items() if folder == ROUTINES]:
        run.routines(routines, _pages_to_name(site))
    return run.outcome()


def _pages_to_name(site: SiteContext) -> Iterator[TechniquePage | None]:
    """Read every technique and every exercise, without telling what is wrong with them; None for one that cannot be read."""
    run = _CheckRun(site)
    yield from (run.read(path, lambda source: TechniquePage(source, site)) for path in pages_in(site.techniques))
    yield from (run.read(path, lambda source: ExercisePage(source, site)) for path in pages_in(site.exercises))


class _CheckRun:
    """One run of the checks: collects pages and problems."""

    def __init__(self, site: SiteContext) -> None:
        self.site = site
        self.found: list[Found] = []
        self.pages: list[TechniquePage] = []
        self.exercise_pages: list[ExercisePage] = []
        self.routine_pages: list[RoutinePage] = []
        self.signs: list[SafetyPage] = []
        self.unread: list[Path] = []
        self.strays: list[Path] = []

    def techniques(self, paths: Iterable[Path]) -> None:
        """Check technique pages."""
        for path in paths:
            if page := self.read(path, lambda source: TechniquePage(source, self.site)):
                self.pages.append(page)
                self._look(page, path)

    def exercises(self, paths: Iterable[Path]) -> None:
        """Check exercise pages."""
        for path in paths:
            if page := self.read(path, lambda source: ExercisePage(source, self.site)):
                self.exercise_pages.append(page)
                self._look(page, path)

    def routines(self, paths: Iterable[Path], to_name: Iterable[TechniquePage | None]) -> None:
        """Check routine pages; `to_name` are the pages that they can name."""
        by_place = {page.place: page for page in to_name if page}
        for path in paths:
            if page := self.read(path, lambda source: RoutinePage(source, self.site, by_place)):
                self.routine_pages.append(page)
                self._look(page, path)

    def safety_pages(self, paths: Iterable[Path]) -> None:
        """Look at the sign-off of the pages of signs and checks."""
        for path in paths:
            if path.is_file() and (page := self.read(path, lambda source: SafetyPage(source, self.site))):
                self.signs.append(page)
                self._look(page, path)

    def folder(self, path: Path, pages: Sequence[Page], *, whole: bool) -> None:
        """Check a folder: names, titles and, where every page was read, stray files."""
        folder = Folder(self.site, path, tuple(pages), frozenset(unread.stem for unread in self.unread), whole)
        self._look(folder, path)
        self._look(self.site, self.site.docs)
        self.strays += folder.strays

    def outcome(self) -> Outcome:
        """Return what was found, each problem once."""
        pages = {page.source.path: page for page in (*self.pages, *self.exercise_pages, *self.routine_pages, *self.signs)}
        problems = sorted(self._reported(without_those_that_give_way(self.found, pages)))
        read = (tuple(self.pages), tuple(self.exercise_pages), tuple(self.routine_pages), tuple(self.signs))
        return Outcome(tuple(problems), *read, tuple(self.unread), tuple(self.strays))

    def _reported(self, found: Iterable[Found]) -> Iterator[Problem]:
        """Return each problem once; of many that one rule found in one file the first few, and how many more there are."""
        alike: dict[tuple[Path, str], dict[tuple[int, str], Found]] = {}
        for each in found:
            alike.setdefault((each.path, each.rule.id), {}).setdefault(each.finding[:2], each)
        for group in alike.values():
            told = sorted(group.values(), key=lambda each: each.finding.line)
            yield from (_problem(each, self.site) for each in told[:MOST_ALIKE])
            if more := told[MOST_ALIKE:]:
                what = f"and {counted(len(more), 'more problem')} of this kind, from this line on"
                finding = Finding(more[0].finding.line, what, f"mend the {MOST_ALIKE} above first, and check again")
                yield _problem(more[0]._replace(finding=finding), self.site)

    def read(self, path: Path, page_of: Callable[[Source], _AnyPage]) -> _AnyPage | None:
        """Read one page, or tell why it cannot be read."""
        source = self._opened(path)
        try:
            page = page_of(source) if source else None
        except (TooSlow, RecursionError):
            page = None
            what = "the site's Markdown reader does not get through this page in time"
            finding = Finding(1, what, "look for long runs of signs such as [ < * and take them out, or shorten the page")
            self.found.append(Found(RULES["KE005"], finding, path))
        if page is None:
            self.unread.append(path)
        return page

    def _opened(self, path: Path) -> Source | None:
        """Return a page's file where it can be read on, and tell what is wrong with it."""
        try:
            source = Source.at(path)
        except OSError as error:
            finding = Finding(1, f"the file cannot be opened: {error.strerror}", "make it a plain file that can be read")
            self.found.append(Found(RULES["KE002"], finding, path))
            return None
        broken = self._look(source, path)
        return None if broken.intersection(_UNREADABLE) else source

    def _look(self, subject: Source | Page | Folder | SiteContext, path: Path) -> set[str]:
        """Let the rules for such a thing look at it, and return the ids of those that found something."""
        found = [Found(rule, finding, finding.path or path) for rule in _RULES_FOR[type(subject)] for finding in rule.check(subject)]
        self.found += found
        return {rule.id for rule, _, _ in found}


def _problem(found: Found, site: SiteContext) -> Problem:
    rule, finding, path = found
    what, fix = _with_visible_codes(finding.what), _with_visible_codes(finding.fix if isinstance(finding.fix, str) else finding.fix())
    if (code := _CODE.search(what)) and not _CODE.search(fix):
        fix = f"{code[0]} is an odd or unseen sign: delete the whole line, and type it anew ({fix})"
    return Problem(_with_visible_codes(shown_path(path, site.root)), finding.line, rule.id, what, fix)


_CODE = re.compile(r"<U\+[0-9A-F]{4,6}>")


def _with_visible_codes(text: str) -> str:
    """Return text on one line, with marks that a terminal would act on shown as their codes."""
    flat = re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" ")  # an odd space is a mark that has to be seen
    return "".join(mark if mark.isprintable() else f"<U+{ord(mark):04X}>" for mark in flat)
