"""One routine page: the techniques that it names, its own warm-up and rest, its minutes."""

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
from knee.contract.site_context import ROUTINES, TECHNIQUES, SiteContext
from knee.contract.technique_page import TechniquePage
from knee.text.addresses import address_of, resolved
from knee.text.reading import Block, Link, collapse_whitespace
from knee.text.source import Source

WARM_UP, MASSAGE, REST = "Warm up", "Massage", "Rest"
PARTS = (WARM_UP, MASSAGE, REST)
"""The parts of a routine, in their order; only the massage must be there."""


@dataclass(frozen=True)
class Part:
    """One part of a routine as it is followed: its name, how long it takes in seconds, and whether the other leg follows."""

    title: str
    seconds: int
    each_leg: bool


class RoutinePage(Page):
    """A routine page as both readers see it, with the technique pages that it can name."""

    folder = ROUTINES
    model = RoutineMeta

    def __init__(self, source: Source, site: SiteContext, techniques: Mapping[str, TechniquePage]) -> None:
        super().__init__(source, site)
        self.techniques = techniques

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

    @cached_property
    def massage_items(self) -> list[Block]:
        """The bullets under "Massage"."""
        part = self.part(MASSAGE)
        return [block for block in part.blocks if block.kind == "item" and block.inside == ("ul",)] if part else []

    def link_of(self, item: Block) -> Link | None:
        """Return the link on the line of a bullet, when it has just one that leads to a technique page."""
        links = [link for link in self.preview.links if link.line == item.line]
        return links[0] if len(links) == 1 and self.slug_of(links[0]) else None

    def slug_of(self, link: Link) -> str:
        """Return the name of the technique that a link leads to; empty where it leads elsewhere."""
        place = resolved(self.place, address_of(link.target).path) or PurePosixPath()
        return place.stem if place.parent == PurePosixPath(TECHNIQUES) and place.suffix == ".md" else ""

    @cached_property
    def named(self) -> list[TechniquePage]:
        """The technique pages that the routine names and that are there."""
        links = [link for item in self.massage_items if (link := self.link_of(item))]
        return [self.techniques[slug] for link in links if (slug := self.slug_of(link)) in self.techniques]

    @cached_property
    def parts(self) -> list[Part]:
        """The parts as they are followed, with their seconds."""
        massage = [_massage(page, self.legs) for page in self.named]
        return [*self._own_part(WARM_UP), *massage, *self._own_part(REST)]

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
        """The safety notes of the techniques, each with its page."""
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
        """A short hash of the routine's own steps, and of the safety notes and the steps of its techniques."""
        words = [step.words for step in self.steps] + [page.digest for page in self.named]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _massage(page: TechniquePage, legs: int) -> Part:
    both = legs == 2 and page.each_leg
    once = sum(step.dose.seconds for step in page.steps)
    return Part(page.title.text if page.title else page.slug, once * 2 if both else once, both)
