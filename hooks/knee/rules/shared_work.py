"""Checks many pages in as many processes as there are cores, and gives what one process alone would give.

What a process has read of a page goes back as it was read, so that the build need not read it again. The site around the pages does
not: every process has it already.
"""

from __future__ import annotations

import concurrent.futures
import copyreg
import gc
import io
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from knee.contract.bibliography import Bibliography
from knee.contract.page import Page
from knee.contract.site_context import SiteContext
from knee.contract.technique_page import ExercisePage, TechniquePage
from knee.rules import RULES, Rule
from knee.rules.page_check import CheckedPage, check_page
from knee.text.surroundings import cores

MANY = 40
"""From so many pages on, it pays to start processes."""
_AT_A_TIME = 8
"""Pages that a process takes at a time: few enough that all end at about the same time."""
_HOOKS = str(Path(__file__).resolve().parents[2])

_READ = ("source", "site", "slug", "front", "body", "first_line", "preview", "website", "title", "picture_lines", "judged_pictures")
"""What was read of a page. What is worked out from it is sooner worked out anew than sent."""

Job = tuple[Path, type[Page]]
"""A page's file, and what kind of page it is."""

_around: list[SiteContext] = []
"""The site around the pages that this process works on, while it does."""


def checked(jobs: Sequence[Job], site: SiteContext) -> Iterator[CheckedPage]:
    """Check pages, and yield them in the order in which they were given."""
    workers = min(cores(), len(jobs) // _AT_A_TIME)
    done = 0
    if len(jobs) >= MANY and workers > 1:
        try:
            for one in _by_others(jobs, site, workers):
                yield one
                done += 1
        except (OSError, ImportError, NotImplementedError, concurrent.futures.BrokenExecutor):
            pass  # no processes here after all, or one was ended: what is left is checked below
    yield from (check_page(path, kind, site) for path, kind in jobs[done:])


def _by_others(jobs: Sequence[Job], site: SiteContext, workers: int) -> Iterator[CheckedPage]:
    _ = (site.bibliography, site.search_words)  # read here, so that nobody has to read it again
    path, kind = jobs[0]
    yield check_page(path, kind, site)  # what is made ready for it, processes that begin as copies of this one have too
    jobs = jobs[1:]
    parts = [jobs[start : start + _AT_A_TIME] for start in range(0, len(jobs), _AT_A_TIME)]
    with _importable(), concurrent.futures.ProcessPoolExecutor(workers, initializer=_begin, initargs=(site,)) as others:
        for part in others.map(_check_part, parts):
            yield from _read_back(part, site)


@contextmanager
def _importable() -> Iterator[None]:
    """Let new processes find this package: a site builder takes hooks/ off the path once it has loaded the hook."""
    sys.path.append(_HOOKS)
    try:
        yield
    finally:
        sys.path.remove(_HOOKS)


def _begin(site: SiteContext) -> None:
    _around[:] = [site]


def _check_part(part: Iterable[Job]) -> bytes:
    """Check some pages in another process, and return them as bytes."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | _BY_NAME
    pickler.dump([check_page(path, kind, _around[0]) for path, kind in part])
    return written.getvalue()


def _read_back(part: bytes, site: SiteContext) -> list[CheckedPage]:
    _around[:] = [site]
    gc.disable()  # nothing of what is read becomes garbage, and looking for some would take half of the time
    try:
        return cast("list[CheckedPage]", pickle.loads(part))
    finally:
        gc.enable()
        _around.clear()


def _site_around() -> SiteContext:
    return _around[0]


def _as_read(page: Page) -> tuple[Any, ...]:
    return copyreg.__newobj__, (type(page),), {name: value for name, value in vars(page).items() if name in _READ}  # type: ignore[attr-defined]


def _rule_with(rule_id: str) -> Rule:
    return RULES[rule_id]


def _bibliography_around() -> Bibliography:
    return _around[0].bibliography


_BY_NAME: dict[type, Callable[[Any], Any]] = {
    SiteContext: lambda site: (_site_around, ()),
    Bibliography: lambda bibliography: (_bibliography_around, ()),
    Rule: lambda rule: (_rule_with, (rule.id,)),
    TechniquePage: _as_read,
    ExercisePage: _as_read,
}
"""How things go to another process: what every process has already by its name, and of a page only what was read."""
