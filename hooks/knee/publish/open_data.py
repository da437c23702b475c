"""Every technique as open data, for whoever builds on them: the models, what they hold, and their schema."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal
from urllib.parse import urljoin

from pydantic import BaseModel, ConfigDict, Field

from knee.contract.headings import DO_NOT, HOW_TO, SAFETY_NOTE, STOP
from knee.contract.models import POSITIONS, Equipment, Evidence, Meta, Position, SignOff, Where
from knee.contract.sections import Section, Step
from knee.contract.technique_page import TechniquePage
from knee.facts.review_dates import next_review
from knee.facts.routine import in_order
from knee.facts.sheet_foot import sheet_of, words_on_sheet
from knee.facts.sign_off import sign_off_of
from knee.facts.technique import Technique, technique_of
from knee.text.reading import Block, collapse_whitespace

PLACE = "techniques.json"
"""Where the data stands on the site, seen from its root."""
SCHEMA_PLACE = "techniques.schema.json"
"""Where its schema stands, beside it."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Open(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, json_schema_serialization_defaults_required=True)


class OpenStep(_Open):
    """One step."""

    words: str
    """What to do. The numbers are the dose."""
    seconds: int
    """How long it takes. Where the words name no time: 4 seconds a count, or 10 seconds."""
    more: list[str]
    """What belongs to the step, such as a place to keep off."""


class OpenSafetyNote(_Open):
    """Who must not do it, and when to stop. Show it before the steps, wherever you show the steps."""

    do_not: Annotated[list[str], Field(min_length=1)]
    """Do not do this if one of these is so."""
    stop: Annotated[list[str], Field(min_length=1)]
    """Stop if one of these is so."""
    also: list[str]
    """What else the safety note says."""


class OpenPicture(_Open):
    """The main picture."""

    place: str
    """Where it stands, seen from the site's root."""
    words: str
    """What somebody who cannot see it needs to know."""


class OpenSource(_Open):
    """A source that the page rests on."""

    key: str
    """Its short name in the list of sources."""
    citation: str
    """Who, what, where, when."""
    link: str | None
    """Where to find it; null where no exact address is known."""


class OpenTechnique(_Open):
    """One technique. Everything that its page says of how to do it and of who must not."""

    slug: str
    """Its name in addresses."""
    title: str
    """Its name."""
    description: str
    """What it is, in 1 line."""
    lead: str
    """What it is for and what it feels like."""
    address: str | None
    """Its page; null where nobody said where the site stands."""
    picture: OpenPicture
    """Its main picture."""
    works_on: Where
    """The part of the leg."""
    positions: list[Position]
    """How one can sit, lie or stand for it."""
    equipment: list[Equipment]
    """What one needs; nothing where hands are enough."""
    pressure: Annotated[int, Field(ge=1, le=4)]
    """The most pain that it may cause, from 0 to 10."""
    each_leg: bool
    """Whether it is done on 1 leg and then on the other."""
    seconds: int
    """How long it takes; on both legs where it is done on each."""
    minutes: int
    """The same, rounded up."""
    often: str
    """How often."""
    evidence: Evidence
    """How much is known, on the site's own scale."""
    evidence_words: str
    """The same in words."""
    safety_note: OpenSafetyNote
    """Who must not do it, and when to stop."""
    before: list[str]
    """What to know before the first step."""
    steps: Annotated[list[OpenStep], Field(min_length=1)]
    """What to do, in order."""
    sources: list[OpenSource]
    """What the page rests on."""
    reviewed: datetime.date
    """When the authors last checked the page against its sources. They are no clinicians."""
    next_review: datetime.date
    """When they are to check it again."""
    reviewed_by: SignOff | None
    """The clinician who has read the safety note and the steps as they stand here; null where none has."""
    version: str
    """Changes with the words that are printed on its sheet."""
    licence: Literal["https://creativecommons.org/licenses/by/4.0/"] = "https://creativecommons.org/licenses/by/4.0/"
    """CC BY 4.0: say that it comes from Knee Ease, and say what you changed."""


class OpenData(_Open):
    """All techniques of Knee Ease. General information for adults, not advice about you."""

    schema_: Annotated[str, Field(alias="$schema")] = SCHEMA_PLACE
    """Where the schema of this file stands, seen from this file."""
    read_first: str = (
        "General information for adults, not advice about you. No clinician has reviewed a technique whose reviewed_by is null."
        " Show the safety note of a technique before its steps, wherever you show it."
    )
    """What holds for all of it."""
    techniques: list[OpenTechnique]
    """Every technique, in the order of the site's list."""


def open_data(pages: Iterable[TechniquePage], home: str) -> str:
    """Return every technique that has its facts and its whole safety note, as JSON; `home` is the site's address, or empty."""
    known = {technique: page for page in pages if (technique := technique_of(page)) and _safety_note(page)}
    data = OpenData(techniques=[_open(technique, known[technique], home) for technique in in_order(known)])
    return data.model_dump_json(indent=1, by_alias=True, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """Return the schema of the data."""
    return {"$schema": _DIALECT, **OpenData.model_json_schema(mode="serialization"), "title": "The techniques of Knee Ease"}


def _open(technique: Technique, page: TechniquePage, home: str) -> OpenTechnique:
    meta, how, note = page.front.meta if page.front else None, page.section(HOW_TO), _safety_note(page)
    assert isinstance(meta, Meta)
    assert note
    return OpenTechnique(
        slug=technique.slug,
        title=technique.title,
        description=technique.description,
        lead=technique.lead,
        address=urljoin(home, technique.url) if home else None,
        picture=OpenPicture(place=technique.picture, words=technique.picture_alt),
        works_on=meta.works_on,
        positions=sorted(meta.positions, key=POSITIONS.index),
        equipment=meta.equipment,
        pressure=technique.pressure,
        each_leg=technique.each_leg,
        seconds=page.seconds,
        minutes=technique.minutes,
        often=technique.often,
        evidence=meta.evidence,
        evidence_words=technique.evidence_words,
        safety_note=note,
        before=_loose(how) if how else [],
        steps=[_step(step) for step in page.steps],
        sources=[OpenSource(key=source.key, citation=source.citation, link=source.link) for source in technique.sources],
        reviewed=technique.reviewed,
        next_review=next_review(technique.reviewed),
        reviewed_by=meta.reviewed_by if sign_off_of(page) else None,
        version=sheet_of(words_on_sheet(page), technique.reviewed.isoformat(), "").version,
    )


def _step(step: Step) -> OpenStep:
    return OpenStep(words=step.words, seconds=step.dose.seconds, more=step.more)


def _safety_note(page: TechniquePage) -> OpenSafetyNote | None:
    """Return the safety note; None where the page lacks a part of it or names it otherwise, and so must not be handed on."""
    whole, do_not, stop = (page.section(words) for words in (SAFETY_NOTE, DO_NOT, STOP))
    if not (whole and do_not and stop and whole.exact and do_not.exact and stop.exact):
        return None
    lists = [list(_items(section)) for section in (do_not, stop)]
    return OpenSafetyNote(do_not=lists[0], stop=lists[1], also=_loose(whole)) if all(lists) else None


def _items(section: Section) -> Iterator[str]:
    """Return the words of each bullet of a section, with what belongs to it."""
    starts = [place for place, block in enumerate(section.blocks) if block.kind == "item" and block.inside == ("ul",)]
    for start, end in pairwise([*starts, len(section.blocks)]):
        yield collapse_whitespace(" ".join(block.bare for block in section.blocks[start:end] if block.inside))


def _loose(section: Section) -> list[str]:
    """Return the paragraphs of a section that stand in no list."""
    return [collapse_whitespace(block.bare) for block in section.blocks if _is_loose(block)]


def _is_loose(block: Block) -> bool:
    return block.kind == "paragraph" and not block.inside and bool(block.bare.strip())
