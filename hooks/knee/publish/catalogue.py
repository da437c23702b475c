"""The techniques, exercises and routines of the site, in the order of their lists, and the menu and the filter that are made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knee.contract.models import POSITIONS
from knee.contract.page import Page
from knee.contract.site_context import LIST_PAGE, ROUTINES, TECHNIQUES
from knee.facts.routine import Routine, in_order, routine_of
from knee.facts.technique import Technique, technique_of
from knee.rules.check import Outcome

MENU_LIMIT = 12
"""Up to this many techniques stand in the menu one by one; with more, the list of techniques is the way in."""


@dataclass(frozen=True)
class Catalogue:
    """What a check read, as lists show it. A page is named by its path under docs/."""

    outcome: Outcome

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page of a technique, an exercise or a routine that could be read."""
        return {page.place.as_posix(): page for page in self.outcome.followed}

    @cached_property
    def signable(self) -> dict[str, Page]:
        """Every page that a clinician can sign."""
        return {page.place.as_posix(): page for page in self.outcome.signable}

    @cached_property
    def techniques(self) -> list[Technique]:
        """Every technique that has its facts, in the order of the list."""
        return in_order(technique for page in self.outcome.techniques if (technique := technique_of(page)))

    @cached_property
    def exercises(self) -> list[Technique]:
        """Every page of exercises that has its facts, in the order of `order`."""
        return in_order(exercise for page in self.outcome.exercises if (exercise := technique_of(page)))

    @cached_property
    def routines(self) -> list[Routine]:
        """Every routine that has its facts, in the order of the list."""
        return in_order(routine for page in self.outcome.routines if (routine := routine_of(page, self.named)))

    @cached_property
    def named(self) -> dict[str, Technique]:
        """Every technique and exercise that has its facts, by the path of its page."""
        return {one.path: one for one in (*self.techniques, *self.exercises)}

    @cached_property
    def shown(self) -> dict[str, Technique | Routine]:
        """Every technique, exercise and routine that has its facts, by the path of its page."""
        return {**self.named, **{routine.path: routine for routine in self.routines}}

    @cached_property
    def choices(self) -> dict[str, list[Any]]:
        """What the list of techniques can be filtered by: only words that some technique has, each once."""
        techniques = self.techniques
        return {
            "places": sorted({technique.works_on for technique in techniques}),
            "positions": [position for position in POSITIONS if any(position in technique.positions for technique in techniques)],
            "equipment": sorted({thing for technique in techniques for thing in technique.equipment}),
            "minutes": [limit for limit in (2, 5, 10, 15) if any(technique.minutes <= limit for technique in techniques)],
        }

    def menu(self, nav: list[Any] | None) -> list[Any]:
        """Return the menu with the technique pages under their list, and the routine pages under theirs."""
        paths = {folder: [path for path in self.shown if path.startswith(f"{folder}/")] for folder in (TECHNIQUES, ROUTINES)}
        lists = {
            f"{folder}/{LIST_PAGE}": [f"{folder}/{LIST_PAGE}", *listed] for folder, listed in paths.items() if len(listed) <= MENU_LIMIT
        }
        return [_with_lists(entry, lists) for entry in nav or []]


def _with_lists(entry: Any, lists: Mapping[str, list[str]]) -> Any:
    """Return an entry of the menu, with the pages of a folder in place of the folder's list."""
    if not isinstance(entry, dict):
        return entry
    return {title: lists.get(target, target) if isinstance(target, str) else target for title, target in entry.items()}
