"""Runs the rules over pages and gives every problem at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar, cast

from knee.contract.kinds import judged_as
from knee.contract.page import Page
from knee.contract.routine_page import RoutinePage
from knee.contract.safety_page import SafetyPage
from knee.contract.site_context import LIST_PAGE, SAFETY_PAGES, SiteContext
from knee.contract.technique_page import ExercisePage, TechniquePage
from knee.rules import RULES, Finding
from knee.rules.check_memory import CheckMemory
from knee.rules.folder import Folder, faults_of_name
from knee.rules.page_check import CheckedPage, check_page, look_at
from knee.rules.precedence import Found, without_those_that_give_way
from knee.rules.report import Problem, shown_path
from knee.rules.shared_work import Job, checked
from knee.text.wording import counted

MOST_ALIKE = 20
"""So many problems of one rule are reported for one file; then only how many more there are."""
_AnyPage = TypeVar("_AnyPage", bound=Page)


@dataclass(frozen=True)
class Outcome:
    """What a check gave: the problems in order, the pages that could be read, by kind, and the files that could not."""

    problems: tuple[Problem, ...]
    techniques: tuple[TechniquePage, ...]
    exercises: tuple[ExercisePage, ...] = ()
    routines: tuple[RoutinePage, ...] = ()
    safety_pages: tuple[SafetyPage, ...] = ()
    """The pages of signs and checks. They are counted only where they were asked for: only their sign-off is looked at."""
    unread: tuple[Path, ...] = ()
    strays: tuple[Path, ...] = ()
    """What stands in the folders and belongs to no page: told or not, it is not published."""
    asked: int = 0
    """How many pages were asked for by their names; 0 where all of a site were."""

    @property
    def signable(self) -> tuple[TechniquePage | SafetyPage, ...]:
        """The pages that a clinician can sign."""
        return (*self.techniques, *self.exercises, *self.safety_pages)

    @property
    def followed(self) -> tuple[TechniquePage | RoutinePage, ...]:
        """Every page that readers follow along: techniques, exercises and routines."""
        return (*self.techniques, *self.exercises, *self.routines)

    @property
    def count(self) -> int:
        """How many pages were looked at."""
        return self.asked or len(self.followed) + len(self.unread)


def pages_in(folder: Path) -> list[Path]:
    """Return the files of a folder that are pages: not the list, not hidden, not a symbolic link."""
    found = (path for path in folder.glob("*.md") if path.name != LIST_PAGE and not path.name.startswith("."))
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def check_folder(site: SiteContext, memory: CheckMemory | None = None) -> Outcome:
    """Check every technique, every exercise and every routine, and their folders as a whole with their stray files.

    With a `memory`, pages that have not changed since the last check are not read again.
    """
    run = _CheckRun(site, memory.alone if memory else check_page)
    techniques, exercises = pages_in(site.techniques), pages_in(site.exercises)
    jobs: list[Job] = [*((path, TechniquePage) for path in techniques), *((path, ExercisePage) for path in exercises)]
    found = iter(memory.checked(jobs, site) if memory else checked(jobs, site))
    run.add(islice(found, len(techniques)), run.techniques)
    run.folder(site.techniques, run.techniques, whole=True)
    run.add(found, run.exercise_pages)
    run.folder(site.exercises, run.exercise_pages, whole=True)
    run.routines(pages_in(site.routines), (*run.techniques, *run.exercise_pages))
    run.folder(site.routines, run.routine_pages, whole=True)
    run.add((run.check(path, SafetyPage, site) for place in SAFETY_PAGES if (path := site.docs / place).is_file()), run.signs)
    return run.outcome()


def check_pages(paths: Iterable[Path], site: SiteContext) -> Outcome:
    """Check some pages, each as what it is by its place; those for which there are no rules are passed over."""
    kinds = {path: kind for path in paths if (kind := judged_as(path))}
    run = _CheckRun(site)
    run.add(checked([(path, kind) for path, kind in kinds.items() if kind is TechniquePage], site), run.techniques)
    run.folder(site.techniques, run.techniques, whole=False)
    run.add(checked([(path, kind) for path, kind in kinds.items() if kind is ExercisePage], site), run.exercise_pages)
    run.folder(site.exercises, run.exercise_pages, whole=False)
    if routines := [path for path, kind in kinds.items() if kind is RoutinePage]:
        run.routines(routines, _pages_to_name(site))
    run.add((run.check(path, kind, site) for path, kind in kinds.items() if kind is SafetyPage), run.signs)
    return replace(run.outcome(), asked=len(kinds))


def read_techniques(site: SiteContext) -> tuple[TechniquePage, ...]:
    """Read every technique that can be read, without telling what is wrong with it."""
    read = (check_page(path, TechniquePage, site).page for path in pages_in(site.techniques))
    return tuple(page for page in read if isinstance(page, TechniquePage))


def check_among(path: Path, others: Iterable[TechniquePage], site: SiteContext) -> Outcome:
    """Check a technique that is being written, and the folder with it: `others` were read before, and nothing more is told of them."""
    run = _CheckRun(site)
    run.add([check_page(path, TechniquePage, site)], run.techniques)
    run.techniques = sorted([*run.techniques, *(page for page in others if page.source.path != path)], key=lambda page: page.source.path)
    run.folder(site.techniques, run.techniques, whole=True)
    return run.outcome()


def check_name(stem: str, path: Path, site: SiteContext) -> Outcome:
    """Check the name of a page, given without its ending, before there is such a file. The page itself is not read."""
    found = [Found(RULES["KE601"], finding, path) for finding in faults_of_name(stem, path)]
    return Outcome(tuple(_problem(each, site) for each in found), (), unread=(path,))


def _pages_to_name(site: SiteContext) -> Iterator[TechniquePage | None]:
    """Read every technique and every exercise, without telling what is wrong with them; None for one that cannot be read."""
    for each in checked([(path, kind) for kind in (TechniquePage, ExercisePage) for path in pages_in(site.docs / kind.folder)], site):
        yield cast("TechniquePage | None", each.page)


class _CheckRun:
    """One run of the checks: collects pages and problems."""

    def __init__(self, site: SiteContext, check: Callable[..., CheckedPage] = check_page) -> None:
        self.site = site
        self.check = check
        self.found: list[Found] = list(look_at(site, site.docs))
        self.techniques: list[TechniquePage] = []
        self.exercise_pages: list[ExercisePage] = []
        self.routine_pages: list[RoutinePage] = []
        self.signs: list[SafetyPage] = []
        self.unread: list[Path] = []
        self.strays: list[Path] = []

    def add(self, checked_pages: Iterable[CheckedPage], to: list[_AnyPage]) -> None:
        """Keep what was found, and the pages that could be read, in the list for their kind."""
        for each in checked_pages:
            self.found += each.found
            if each.page:
                to.append(cast("_AnyPage", each.page))
            else:
                self.unread.append(each.path)

    def routines(self, paths: Iterable[Path], to_name: Iterable[TechniquePage | None]) -> None:
        """Check routine pages; `to_name` are the pages that they can name."""
        by_place = {page.place: page for page in to_name if page}
        self.add((self.check(path, RoutinePage, self.site, by_place) for path in paths), self.routine_pages)

    def folder(self, path: Path, pages: Sequence[Page], *, whole: bool) -> None:
        """Check a folder: names, titles and, where every page was read, stray files."""
        folder = Folder(self.site, path, tuple(pages), frozenset(unread.stem for unread in self.unread), whole)
        self.found += look_at(folder, path)
        self.strays += folder.strays

    def outcome(self) -> Outcome:
        """Return what was found, each problem once."""
        pages = {page.source.path: page for page in (*self.techniques, *self.exercise_pages, *self.routine_pages, *self.signs)}
        problems = sorted(self._reported(without_those_that_give_way(self.found, pages)))
        read = (tuple(self.techniques), tuple(self.exercise_pages), tuple(self.routine_pages), tuple(self.signs))
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


def _problem(found: Found, site: SiteContext) -> Problem:
    rule, finding, path = found
    what, fix = _with_visible_codes(finding.what), _with_visible_codes(finding.fix if isinstance(finding.fix, str) else finding.fix())
    if (code := _CODE.search(what)) and not _CODE.search(fix):
        fix = f"{code[0]} is an unusual or invisible character: delete the whole line, and retype it ({fix})"
    mended = finding.mended() if callable(finding.mended) else finding.mended
    return Problem(_with_visible_codes(shown_path(path, site.root)), finding.line, rule.id, what, fix, mended)


_CODE = re.compile(r"<U\+[0-9A-F]{4,6}>")


def _with_visible_codes(text: str) -> str:
    """Return text on one line, with marks that a terminal would act on shown as their codes."""
    flat = re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" ")  # an odd space is a mark that has to be seen
    return "".join(mark if mark.isprintable() else f"<U+{ord(mark):04X}>" for mark in flat)
