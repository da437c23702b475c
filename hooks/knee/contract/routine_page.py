"""One routine page: the techniques and exercises that it names, its own warm-up and rest, its minutes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from knee.contract.headings import heading_key
from knee.contract.models import RoutineMeta
from knee.contract.page import Page
from knee.contract.safety_note import SafetyItem, SafetyNote, SafetyPart
from knee.contract.sections import Section, Step, steps_in
from knee.contract.site_context import EXERCISES, ROUTINES, TECHNIQUES, SiteContext
from knee.contract.technique_page import TechniquePage
from knee.text.addresses import address_of, resolved
from knee.text.reading import Block, collapse_whitespace
from knee.text.source import Source

WARM_UP, MASSAGE, MOVE, REST = "Warm up", "Massage", "Move", "Rest"
PARTS = (WARM_UP, MASSAGE, MOVE, REST)
"""The parts of a routine, in their order; the massage or the move must be there."""
NAMING = {MASSAGE: TECHNIQUES, MOVE: EXERCISES}
"""The parts that name pages, and the folder that those pages stand in."""


@dataclass(frozen=True)
class Part:
    """One part of a routine as it is followed: its name, how long it takes in seconds, and whether the other leg follows."""

    title: str
    seconds: int
    each_leg: bool


class RoutinePage(Page):
    """A routine page as both readers see it, with the technique and exercise pages that it can name, by their places."""

    folder = ROUTINES
    model = RoutineMeta

    def __init__(self, source: Source, site: SiteContext, to_name: Mapping[PurePosixPath, TechniquePage]) -> None:
        super().__init__(source, site)
        self.to_name = to_name

    def part(self, title: str) -> Section | None:
        """Return the section under one of a routine's headings."""
        heading = next((block for block in self.headings if block.level == 2 and heading_key(block.text) == heading_key(title)), None)
        return self.under(heading) if heading else None

    @cached_property
    def steps(self) -> list[Step]:
        """The routine's own steps: those of its warm-up and its rest."""
        return [step for title in (WARM_UP, REST) for step in self.own_steps(title)]

    def own_steps(self, title: str) -> list[Step]:
        """Return the steps of the warm-up or the rest; none where the routine has no such part."""
        part = self.part(title)
        lists = {block.list_id: None for block in part.blocks if block.kind == "item" and block.inside == ("ol",)} if part else {}
        return [step for list_id in lists for step in steps_in(part.blocks if part else (), list_id)]

    @cached_property
    def legs(self) -> int:
        """How many legs the massage is for: 1 (the sore one) or 2."""
        return 1 if self.front and self.front.values.get("legs") == 1 else 2

    def items_of(self, title: str) -> list[Block]:
        """Return the bullets of the massage or the move."""
        part = self.part(title)
        return [block for block in part.blocks if block.kind == "item" and block.inside == ("ul",)] if part else []

    @cached_property
    def naming_items(self) -> list[Block]:
        """The bullets under "Massage", then those under "Move"."""
        return [item for title in NAMING for item in self.items_of(title)]

    def place_named(self, item: Block, title: str) -> PurePosixPath | None:
        """Return the place that a bullet leads to, when its line has just one link, and that leads to a page as this part names them."""
        links = [link for link in self.preview.links if link.line == item.line]
        place = resolved(self.place, address_of(links[0].target).path) if len(links) == 1 else None
        return place if place and place.parent == PurePosixPath(NAMING[title]) and place.suffix == ".md" else None

    def named_in(self, title: str) -> list[TechniquePage]:
        """Return the pages that the massage or the move names and that are there."""
        places = (self.place_named(item, title) for item in self.items_of(title))
        return [self.to_name[place] for place in places if place and place in self.to_name]

    @cached_property
    def named(self) -> list[TechniquePage]:
        """The pages that the routine names and that are there: its techniques, then its exercises."""
        return [page for title in NAMING for page in self.named_in(title)]

    @cached_property
    def parts(self) -> list[Part]:
        """The parts as they are followed, with their seconds."""
        named = [_named_part(page, self.legs) for page in self.named]
        return [*self._own_part(WARM_UP), *named, *self._own_part(REST)]

    def _own_part(self, title: str) -> list[Part]:
        steps = self.own_steps(title)
        return [Part(title, sum(step.dose.seconds for step in steps), each_leg=False)] if steps else []

    @cached_property
    def seconds(self) -> int:
        """How long the whole routine takes, in seconds."""
        return sum(part.seconds for part in self.parts)

    @cached_property
    def minutes_in_title(self) -> int | None:
        """The minutes with which the title begins."""
        found = re.match(r"([0-9]{1,3}) minutes?\b", collapse_whitespace(self.title.text), re.IGNORECASE) if self.title else None
        return int(found[1]) if found else None

    @cached_property
    def safety_notes(self) -> list[tuple[TechniquePage, SafetyNote]]:
        """The safety notes of the pages that it names, each with its page."""
        return [(page, page.safety_note) for page in dict.fromkeys(self.named) if page.safety_note]

    def safety_items(self, place: int) -> list[tuple[TechniquePage, SafetyItem]]:
        """Return the items of one part of the safety notes (0: do not, 1: stop), each once, with the page that has it first.

        Words beside a list belong to that list alone, so the items of such a part are not among them.
        """
        found: dict[tuple[object, ...], tuple[TechniquePage, SafetyItem]] = {}
        for page, note in self.safety_notes:
            for item in note.parts[place].items if not note.parts[place].about else ():
                found.setdefault(item.key, (page, item))
        return list(found.values())

    def safety_parts(self, place: int) -> list[tuple[TechniquePage, SafetyPart]]:
        """Return the parts with words beside their lists, which stand as they are: of 0 (do not) or 1 (stop)."""
        return [(page, note.parts[place]) for page, note in self.safety_notes if note.parts[place].about]

    @cached_property
    def safety_also(self) -> list[tuple[TechniquePage, Block]]:
        """What belongs to the whole safety notes, each sentence once."""
        found: dict[tuple[object, ...], tuple[TechniquePage, Block]] = {}
        for page, note in self.safety_notes:
            for block in note.also:
                found.setdefault((block.words, block.targets), (page, block))
        return list(found.values())

    @cached_property
    def digest(self) -> str:
        """A short hash of the routine's own steps, and of the safety notes and the steps of the pages that it names."""
        words = [step.words for step in self.steps] + [page.digest for page in self.named]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _named_part(page: TechniquePage, legs: int) -> Part:
    both = legs == 2 and page.each_leg
    once = sum(step.dose.seconds for step in page.steps)
    return Part(page.title.text if page.title else page.slug, once * 2 if both else once, both)
