"""Which kind of page stands where: every part of the core asks here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from knee.contract.page import Page
from knee.contract.routine_page import RoutinePage
from knee.contract.safety_page import SafetyPage
from knee.contract.site_context import LIST_PAGE, SAFETY_PAGES, TECHNIQUES
from knee.contract.technique_page import ExercisePage, TechniquePage

FOLLOWED: Mapping[str, type[Page]] = {kind.folder: kind for kind in (TechniquePage, ExercisePage, RoutinePage)}
"""The kinds of pages that readers follow along, by the folders in which they stand."""


def followed_at(place: PurePosixPath) -> type[Page] | None:
    """Return the kind of a page that readers follow along, by its path under docs/; None for every other page, such as a list."""
    return None if place.name == LIST_PAGE else FOLLOWED.get(place.parts[0])


def docs_around(file: Path) -> Path | None:
    """Return the folder of all pages that a file stands in, itself or in the folder of its kind; None where it stands in no site."""
    folder = file.absolute().parent
    if folder.name in FOLLOWED:
        return folder.parent
    return folder if (folder / TECHNIQUES).is_dir() else None


def judged_as(file: Path) -> type[Page] | None:
    """Return the kind of page whose rules a file is held to; None where there are no rules for it.

    What stands in no site is held to the rules of a technique: somebody writes it there.
    """
    docs = docs_around(file)
    if not docs:
        return TechniquePage
    place = PurePosixPath(file.absolute().relative_to(docs))
    return SafetyPage if place in SAFETY_PAGES else followed_at(place)
