"""What cards, key facts and lists show of a technique, taken from its page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from knee.contract.bibliography import CitedSource
from knee.contract.headings import HOW_TO
from knee.contract.models import POSITIONS, Meta
from knee.contract.site_context import TECHNIQUES
from knee.contract.technique_page import TechniquePage

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
    sources: tuple[CitedSource, ...]
    reviewed: datetime.date
    steps: tuple[TimedStep, ...]

    @property
    def url(self) -> str:
        """The page's address, seen from the site's root."""
        return f"{TECHNIQUES}/{self.slug}/"

    @property
    def legs_of_parts(self) -> Mapping[str, bool]:
        """For the part that is followed, by its heading: whether the other leg follows."""
        return {HOW_TO: self.each_leg}

    @property
    def evidence_words(self) -> str:
        """How much is known, in words."""
        return EVIDENCE_WORDS[self.evidence]


def technique_of(page: TechniquePage) -> Technique | None:
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
        sources=tuple(page.site.bibliography.named(list(dict.fromkeys([*meta.sources, *page.cited])))),
        reviewed=meta.reviewed,
        steps=tuple(TimedStep(step.words, step.dose.seconds) for step in page.steps),
    )
