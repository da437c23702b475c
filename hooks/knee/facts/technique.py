"""What cards, key facts and lists show of a technique or an exercise, taken from its page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from knee.contract.bibliography import CitedSource
from knee.contract.models import POSITIONS, ExerciseMeta, Meta
from knee.contract.site_context import EXERCISES, TECHNIQUES, address_of_page
from knee.contract.technique_page import TechniquePage

EVIDENCE_WORDS = {
    "good": "Good evidence: many trials, and guidelines that agree.",
    "some": "Some evidence: small studies, and a benefit that was short.",
    "little": "Little evidence: only something close to this was studied.",
    "none": "No evidence: we found no study of this for knee pain.",
}
"""The house scale of docs/evidence.md, as readers see it at the foot of a page."""


NOT_USUAL = "Swelling, lasting warmth, a new colour, or soreness that gets worse or is elsewhere: get help today."
"""What is never put down to soreness."""
OTHER_LEG = "Then do the other leg."
"""The line under the steps of a massage that is done on each leg."""
AFTER_MASSAGE = f"soreness where you pressed for a day or two. Worse knee next day? Rest, then do half. Worse again? Stop. {NOT_USUAL}"
"""What is normal after a massage, in short, on every sheet of a technique."""
AFTER_EXERCISE = (
    "sore muscles that start within a day or two, and get a little better each day. Knee not as usual within 1 hour, or worse the next "
    f"morning? Rest 1 day, then do half. {NOT_USUAL}"
)
"""What is normal after exercise, in short, on every sheet of an exercise."""


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
    """The part of the leg; empty for exercises."""
    positions: tuple[str, ...]
    equipment: tuple[str, ...]
    pressure: int
    """The most pressure on the 0 to 10 scale; 0 for exercises, where nobody presses."""
    pain: int
    """The most pain that is all right in an exercise, on the 0 to 10 scale; 0 for techniques, where `pressure` says it."""
    each_leg: bool
    often: str
    minutes: int
    evidence: str
    sources: tuple[CitedSource, ...]
    reviewed: datetime.date

    folder: ClassVar[str] = TECHNIQUES

    @property
    def path(self) -> str:
        """The page's path under docs/."""
        return f"{self.folder}/{self.slug}.md"

    @property
    def other_leg(self) -> str:
        """The line that sends the reader to the other leg; empty where both are done at once."""
        return OTHER_LEG if self.each_leg else ""

    @property
    def afterwards(self) -> tuple[str, ...]:
        """What is normal afterwards."""
        return (AFTER_MASSAGE,)

    @property
    def url(self) -> str:
        """The page's address, seen from the site's root."""
        return address_of_page(self.path)

    @property
    def evidence_words(self) -> str:
        """How much is known, in words."""
        return EVIDENCE_WORDS[self.evidence]


class Exercise(Technique):
    """The same of one page of exercises."""

    folder = EXERCISES

    @property
    def afterwards(self) -> tuple[str, ...]:
        """What is normal afterwards."""
        return (AFTER_EXERCISE,)


def technique_of(page: TechniquePage) -> Technique | None:
    """Take the facts from a page; None where it lacks some of them (the checks say which)."""
    meta = page.front.meta if page.front else None
    if not isinstance(meta, Meta | ExerciseMeta) or not page.title or not page.main_picture or not page.steps:
        return None
    kind = Exercise if isinstance(meta, ExerciseMeta) else Technique
    return kind(
        slug=page.slug,
        title=page.title.text,
        description=meta.description,
        lead=page.lead_words,
        picture=f"{page.folder}/{page.main_picture.target.removeprefix('./')}",
        picture_alt=page.main_picture.alt,
        order=meta.order,
        works_on=meta.works_on if isinstance(meta, Meta) else "",
        positions=tuple(position for position in POSITIONS if position in meta.positions),
        equipment=tuple(meta.equipment),
        pressure=meta.pressure if isinstance(meta, Meta) else 0,
        pain=meta.pain if isinstance(meta, ExerciseMeta) else 0,
        each_leg=page.each_leg,
        often=meta.often,
        minutes=page.minutes,
        evidence=meta.evidence,
        sources=tuple(page.site.bibliography.named(list(dict.fromkeys([*meta.sources, *page.cited])))),
        reviewed=meta.reviewed,
    )
