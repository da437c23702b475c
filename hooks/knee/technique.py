"""The facts of techniques and routines that cards, key facts and lists show, taken from their pages. Imports knee.page and knee.routine."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knee.bibliography import Source
from knee.front_matter import POSITIONS, Meta, RoutineMeta
from knee.guide import ROUTINES, TECHNIQUES
from knee.page import HOW_TO, Page
from knee.routine import RoutinePage

EVIDENCE_WORDS = {
    "good": "Good evidence: many trials, and guidelines that agree.",
    "some": "Some evidence: small studies, and a benefit that was short.",
    "little": "Little evidence: only something close to this was studied.",
    "none": "No evidence: we found no study of this for knee pain.",
}
"""The house scale of docs/evidence.md, as readers see it at the foot of a page."""


@dataclass(frozen=True)
class TimedStep:
    """A step's words, and how long it takes on the clock, in seconds."""

    text: str
    seconds: int


@dataclass(frozen=True)
class Technique:
    """What lists, cards and key facts show of one technique. `minutes` are for both legs where `each_leg` says so."""

    slug: str
    title: str
    description: str
    lead: str
    picture: str
    picture_alt: str
    order: int | None
    works_on: str
    positions: tuple[str, ...]
    equipment: tuple[str, ...]
    pressure: int
    each_leg: bool
    often: str
    minutes: int
    evidence: str
    sources: tuple[Source, ...]
    reviewed: datetime.date
    steps: tuple[TimedStep, ...]

    @property
    def url(self) -> str:
        """The page's address, seen from the site's root."""
        return f"{TECHNIQUES}/{self.slug}/"

    @property
    def first_sentence(self) -> str:
        """The first sentence of the lead: the one line under the title of a printed sheet."""
        return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", self.lead, maxsplit=1)[0]

    @property
    def legs_of_parts(self) -> Mapping[str, bool]:
        """For the part that is followed, by its heading: whether the other leg follows."""
        return {HOW_TO: self.each_leg}

    @property
    def evidence_words(self) -> str:
        """How much is known, in words."""
        return EVIDENCE_WORDS[self.evidence]


def technique_of(page: Page) -> Technique | None:
    """Take the facts from a page; None where it lacks some of them (the checks say which)."""
    meta = page.front.meta if page.front else None
    if not isinstance(meta, Meta) or not page.title or not page.main_picture or not page.steps:
        return None
    return Technique(
        slug=page.slug,
        title=page.title.text,
        description=meta.description,
        lead=page.lead_words,
        picture=f"{TECHNIQUES}/{page.main_picture.target.removeprefix('./')}",
        picture_alt=page.main_picture.alt,
        order=meta.order,
        works_on=meta.works_on,
        positions=tuple(position for position in POSITIONS if position in meta.positions),
        equipment=tuple(meta.equipment),
        pressure=meta.pressure,
        each_leg=meta.each_leg,
        often=meta.often,
        minutes=page.minutes,
        evidence=meta.evidence,
        sources=tuple(page.guide.bibliography.named(list(dict.fromkeys([*meta.sources, *page.cited])))),
        reviewed=meta.reviewed,
        steps=tuple(TimedStep(step.words, step.dose.seconds) for step in page.steps),
    )


@dataclass(frozen=True)
class SignedBy:
    """A clinician's sign-off as readers see it."""

    name: str
    profession: str
    register: str
    date: datetime.date
    link: str

    @property
    def day(self) -> str:
        """The date in words."""
        return in_words(self.date)


def sign_off_of(page: Page) -> SignedBy | None:
    """Give a page's sign-off where it still holds: a clinician has read the safety note and the steps as they stand now."""
    meta = page.front.meta if page.front else None
    signed = meta.reviewed_by if isinstance(meta, Meta) else None
    if not signed or signed.digest != page.digest:
        return None
    return SignedBy(signed.name, signed.profession, signed.register_, signed.date, signed.link)


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
    sources: tuple[Source, ...]
    reviewed: datetime.date
    legs_of_parts: Mapping[str, bool]
    """For each part by its title: whether the other leg follows."""

    @property
    def url(self) -> str:
        """The page's address, seen from the site's root."""
        return f"{ROUTINES}/{self.slug}/"

    @property
    def first_sentence(self) -> str:
        """The first sentence of the lead: the one line under the title of a printed sheet."""
        return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", self.lead, maxsplit=1)[0]

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
        """The positions in which every one of its techniques can be done."""
        return tuple(position for position in POSITIONS if all(position in technique.positions for technique in self.techniques))

    @property
    def equipment(self) -> tuple[str, ...]:
        """Everything that its techniques need."""
        return tuple(dict.fromkeys(thing for technique in self.techniques for thing in technique.equipment))

    @property
    def pressure(self) -> int:
        """The most pressure that one of its techniques allows, on the 0 to 10 scale."""
        return max((technique.pressure for technique in self.techniques), default=0)

    @property
    def often(self) -> str:
        """How often: as its first technique says."""
        return self.techniques[0].often if self.techniques else ""


def routine_of(page: RoutinePage) -> Routine | None:
    """Take the facts from a routine page; None where it lacks some of them (the checks say which)."""
    meta = page.front.meta if page.front else None
    techniques = [technique for named in page.named if (technique := technique_of(named))]
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
        legs_of_parts={part.title: part.each_leg for part in page.parts},
    )


def _all_sources(page: RoutinePage, own: Sequence[str], techniques: Sequence[Technique]) -> Iterator[Source]:
    """Give a routine's own sources, then those of its techniques: their safety notes and steps stand on its page."""
    yield from page.guide.bibliography.named(list(own))
    for technique in techniques:
        yield from technique.sources


_Listed = TypeVar("_Listed", Technique, Routine)


def in_order(pages: Iterable[_Listed]) -> list[_Listed]:
    """Sort techniques or routines as every list shows them: by `order`, then those without it, by title."""
    return sorted(pages, key=lambda one: (one.order is None, one.order or 0, one.title.casefold()))


def next_review(reviewed: datetime.date) -> datetime.date:
    """Give the day when a page is due to be checked again: 12 months after its last review."""
    if (reviewed.month, reviewed.day) == (2, 29):
        return reviewed.replace(year=reviewed.year + 1, day=28)
    return reviewed.replace(year=reviewed.year + 1)


def in_words(day: datetime.date) -> str:
    """Give a date as readers see it: "22 November 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS: Sequence[str] = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
