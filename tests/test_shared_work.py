"""Protects whoever checks many pages: more cores make it sooner, and change not one sign of what is told."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import shutil
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from knee.rules import shared_work
from knee.rules.check import Outcome
from knee.text import surroundings
from small_site import Site

FAULTS = {
    0: ("5 times", "five times"),
    1: ("1. ", "[a]: no-page.md\n\n1. "),  # how to mend it is only worked out where it is told
    2: ("sources: [", "sources: [NOBODY99, "),
    3: (" ", "\xff"),
}
"""What is wrong with some of the pages: the first words that are there, and what stands in their place."""


@pytest.fixture
def many(site: Site) -> Site:
    """Give a site with just so many pages that several processes check them, some with faults, all with a picture."""
    for number in range(shared_work.MANY):
        slug = f"page-{number:02}"
        text = site.text().replace("calf-stroke", slug).replace("# ", f"# {number} ", 1)
        page = site.techniques / f"{slug}.md"
        page.write_text(text.replace(*FAULTS.get(number % 8, ("", "")), 1), "latin-1" if number % 8 == 3 else "utf-8")
        for picture in site.techniques.glob("calf-stroke*.svg"):
            shutil.copy(picture, picture.with_name(picture.name.replace("calf-stroke", slug)))
    return site


def told(outcome: Outcome) -> list[object]:
    """Give all that an outcome says, and what a build makes of its pages."""
    pages = [
        (page.place, page.title, page.steps, page.safety_note, page.digest, page.front and page.front.values) for page in outcome.techniques
    ]
    pictures = [{path.name: picture.published for path, picture in page.judged_pictures.items()} for page in outcome.techniques]
    return [list(map(str, outcome.problems)), pages, pictures, outcome.unread, outcome.strays, outcome.count]


def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """Check a site in this process alone."""
    with monkeypatch.context() as one:
        one.setattr(shared_work, "cores", lambda: 1)
        return site.check()


@pytest.mark.parametrize("start", [way for way in ("fork", "spawn") if way in multiprocessing.get_all_start_methods()])
def test_processes_find_what_one_alone_finds(many: Site, monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    """However the system starts them: Linux in one way, Windows and macOS in another."""
    alone = here(many, monkeypatch)
    assert {problem.id for problem in alone.problems} >= {"KE002", "KE117", "KE318", "KE406"}
    checked_there: list[int] = []

    class Pool(ProcessPoolExecutor):
        """Processes that are started in one way, and whose work is counted."""

        def map(self, work: Any, parts: Any) -> Any:
            """Count the pages that come back."""
            for part, checked in zip(parts, super().map(work, parts), strict=True):
                checked_there.append(len(part))
                yield checked

    monkeypatch.setattr(shared_work, "cores", lambda: 2)
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", partial(Pool, mp_context=multiprocessing.get_context(start)))
    assert told(many.check()) == told(alone)
    assert sum(checked_there) == alone.count - len(alone.routines) - 1, "all but the first"


def never(*_: object) -> None:
    """Stand for what this process must not do."""
    raise AssertionError("this process was not to check a page")


def refused(*_: object, **__: object) -> None:
    """Stand for a system that lets nobody start a process."""
    raise PermissionError


def test_where_no_process_can_be_started_one_checks_alone(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = here(many, monkeypatch)
    monkeypatch.setattr(shared_work, "cores", lambda: 2)
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", refused)
    assert told(many.check()) == told(alone)


def test_for_a_few_pages_no_process_is_started(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", never)
    assert site.check().problems == ()


def test_where_no_process_can_be_started_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "HAS_PROCESSES", False)
    assert surroundings.cores() == 1


def test_there_are_as_many_processes_as_cores() -> None:
    assert 1 <= surroundings.cores() <= multiprocessing.cpu_count()


def test_each_page_is_read_by_one_process_alone(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build takes what they have read: nothing is read again here."""
    monkeypatch.setattr(shared_work, "cores", lambda: 2)
    outcome = many.check()
    opened: list[Path] = []
    monkeypatch.setattr(Path, "open", lambda path, *_, **__: opened.append(path))
    assert all(page.steps and page.judged_pictures for page in outcome.techniques)
    assert opened == []
