"""The facts of a technique that cards, key facts and lists show, taken from its page. Imports knee.page and knee.guide."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knee.bibliography import Source
from knee.front_matter import POSITIONS
from knee.guide import TECHNIQUES
from knee.page import Page

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
    def evidence_words(self) -> str:
        """How much is known, in words."""
        return EVIDENCE_WORDS[self.evidence]


def technique_of(page: Page) -> Technique | None:
    """Take the facts from a page; None where it lacks some of them (the checks say which)."""
    meta = page.front.meta if page.front else None
    if not meta or not page.title or not page.main_picture or not page.steps:
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
        sources=tuple(page.guide.bibliography.named(meta.sources)),
        reviewed=meta.reviewed,
        steps=tuple(TimedStep(step.words, step.dose.seconds) for step in page.steps),
    )


def in_order(techniques: Iterable[Technique]) -> list[Technique]:
    """Sort techniques as every list shows them: by `order`, then those without it, by title."""
    return sorted(techniques, key=lambda one: (one.order is None, one.order or 0, one.title.casefold()))


def next_review(reviewed: datetime.date) -> datetime.date:
    """Give the day when a page is due to be checked again: 12 months after its last review."""
    if (reviewed.month, reviewed.day) == (2, 29):
        return reviewed.replace(year=reviewed.year + 1, day=28)
    return reviewed.replace(year=reviewed.year + 1)


def in_words(day: datetime.date) -> str:
    """Give a date as readers see it: "22 November 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS: Sequence[str] = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
