"""What cards, key facts and lists show of a routine: the facts of its techniques joined; the strictest counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knee.contract.bibliography import CitedSource
from knee.contract.models import POSITIONS, RoutineMeta
from knee.contract.routine_page import RoutinePage
from knee.contract.site_context import ROUTINES, address_of_page
from knee.facts.technique import Technique


@dataclass(frozen=True)
class Routine:
    """What lists, cards and key facts show of one routine; the facts of its techniques are joined, the strictest counts."""

    slug: str
    title: str
    description: str
    lead: str
    order: int | None
    legs: int
    minutes: int
    techniques: tuple[Technique, ...]
    sources: tuple[CitedSource, ...]
    reviewed: datetime.date

    @property
    def path(self) -> str:
        """The page's path under docs/."""
        return f"{ROUTINES}/{self.slug}.md"

    @property
    def url(self) -> str:
        """The page's address, seen from the site's root."""
        return address_of_page(self.path)

    @property
    def name(self) -> str:
        """What the routine is, without its minutes: the title's words after the colon."""
        return self.title.partition(":")[2].strip() or self.title

    @property
    def each_leg(self) -> bool:
        """Whether the routine is for both legs."""
        return self.legs == 2

    @property
    def positions(self) -> tuple[str, ...]:
        """The positions in which every one of its techniques can be done; with exercises, all that one needs in turn."""
        enough = any if self.pain else all
        return tuple(position for position in POSITIONS if enough(position in technique.positions for technique in self.techniques))

    @property
    def equipment(self) -> tuple[str, ...]:
        """Everything that its techniques need."""
        return tuple(dict.fromkeys(thing for technique in self.techniques for thing in technique.equipment))

    @property
    def pressure(self) -> int:
        """The most pressure that one of its techniques allows, on the 0 to 10 scale."""
        return max((technique.pressure for technique in self.techniques), default=0)

    @property
    def pain(self) -> int:
        """The most pain that one of its exercises allows, on the 0 to 10 scale; 0 where it has none."""
        return max((technique.pain for technique in self.techniques), default=0)

    @property
    def afterwards(self) -> tuple[str, ...]:
        """What is normal after its massage, and after its exercises."""
        return tuple(dict.fromkeys(words for technique in self.techniques for words in technique.afterwards))

    @property
    def often(self) -> str:
        """How often: as its first technique says."""
        return self.techniques[0].often if self.techniques else ""


def routine_of(page: RoutinePage, known: Mapping[str, Technique]) -> Routine | None:
    """Take the facts from a routine page; None where it lacks some of them (the checks say which).

    `known` are the techniques and exercises that have their facts, by the paths of their pages under docs/.
    """
    meta = page.front.meta if page.front else None
    techniques = [known[path] for named in page.named if (path := named.place.as_posix()) in known]
    if not isinstance(meta, RoutineMeta) or not page.title or not techniques:
        return None
    return Routine(
        slug=page.slug,
        title=page.title.text,
        description=meta.description,
        lead=page.lead_words,
        order=meta.order,
        legs=meta.legs,
        minutes=page.minutes,
        techniques=tuple(techniques),
        sources=tuple({source.key: source for source in _all_sources(page, meta.sources, techniques)}.values()),
        reviewed=meta.reviewed,
    )


def _all_sources(page: RoutinePage, own: Sequence[str], techniques: Sequence[Technique]) -> Iterator[CitedSource]:
    """Return a routine's own sources, then those of its techniques: their safety notes and steps stand on its page."""
    yield from page.site.bibliography.named(list(own))
    for technique in techniques:
        yield from technique.sources


_Listed = TypeVar("_Listed", Technique, Routine)


def in_order(pages: Iterable[_Listed]) -> list[_Listed]:
    """Sort techniques or routines as every list shows them: by `order`, then those without it, by title."""
    return sorted(pages, key=lambda one: (one.order is None, one.order or 0, one.title.casefold()))
