"""Every technique and exercise as open data, for whoever builds on them: the models, what they hold, and their schema."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urljoin

from pydantic import BaseModel, ConfigDict, Field

from knee.contract.models import Equipment, Evidence, ExerciseMeta, Meta, Position, SignOff, Where
from knee.contract.technique_page import TechniquePage
from knee.facts.review_dates import next_review
from knee.facts.sheet_foot import sheet_of, words_on_sheet
from knee.facts.sign_off import sign_off_of
from knee.facts.technique import Exercise, Technique

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
    about_do_not: list[str]
    """Words that belong to the first list."""
    about_stop: list[str]
    """Words that belong to the second list."""
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


class _OpenFollowed(_Open):
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
    positions: list[Position]
    """How one can sit, lie or stand for it."""
    equipment: list[Equipment]
    """What one needs; nothing where hands are enough."""
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
    after: list[str]
    """What to know after the last step."""
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


class OpenTechnique(_OpenFollowed):
    """One technique. Everything that its page says of how to do it and of who must not."""

    works_on: Where
    """The part of the leg."""
    pressure: Annotated[int, Field(ge=1, le=4)]
    """The most pain that it may cause, from 0 to 10."""
    each_leg: bool
    """Whether it is done on 1 leg and then on the other."""


class OpenExercise(_OpenFollowed):
    """One page of exercises. Each of them is a step; everything that the page says of how to do them and of who must not."""

    pain: Annotated[int, Field(ge=1, le=3)]
    """The most pain that is all right, from 0 to 10."""


_Model = TypeVar("_Model", OpenTechnique, OpenExercise)


class OpenData(_Open):
    """All techniques and exercises of Knee Ease. General information for adults, not advice about you."""

    schema_: Annotated[str, Field(alias="$schema")] = SCHEMA_PLACE
    """Where the schema of this file stands, seen from this file."""
    read_first: str = (
        "General information for adults, not advice about you. No clinician has reviewed what has null as its reviewed_by."
        " Show the safety note of a technique before its steps, wherever you show it, and that of an exercise as well."
    )
    """What holds for all of it."""
    techniques: list[OpenTechnique]
    """Every technique, in the order of the site's list."""
    exercises: list[OpenExercise]
    """Every page of exercises, to be done after a massage or without one."""


def open_data(known: Iterable[tuple[Technique, TechniquePage]], home: str) -> str:
    """Return techniques and exercises with their whole safety notes, in their order, as JSON; `home` is the site's address, or empty."""
    noted = [(one, page, note) for one, page in known if (note := _safety_note(page))]
    data = OpenData(
        techniques=[_open(OpenTechnique, *one, home) for one in noted if not isinstance(one[0], Exercise)],
        exercises=[_open(OpenExercise, *one, home) for one in noted if isinstance(one[0], Exercise)],
    )
    return data.model_dump_json(indent=1, by_alias=True, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """Return the schema of the data."""
    return {"$schema": _DIALECT, **OpenData.model_json_schema(mode="serialization"), "title": "The techniques and exercises of Knee Ease"}


def _open(model: type[_Model], technique: Technique, page: TechniquePage, note: OpenSafetyNote, home: str) -> _Model:
    meta = page.front.meta if page.front else None
    assert isinstance(meta, Meta | ExerciseMeta)
    return model(
        **{name: getattr(technique, name) for name in model.model_fields.keys() & _SAME},
        address=urljoin(home, technique.url) if home else None,
        picture=OpenPicture(place=technique.picture, words=technique.picture_alt),
        seconds=page.seconds,
        safety_note=note,
        before=page.before_steps,
        steps=[OpenStep(words=step.words, seconds=step.dose.seconds, more=step.more) for step in page.steps],
        after=page.after_steps,
        sources=[OpenSource(key=source.key, citation=source.citation, link=source.link) for source in technique.sources],
        next_review=next_review(technique.reviewed),
        reviewed_by=meta.reviewed_by if sign_off_of(page) else None,
        version=sheet_of(words_on_sheet(page, technique), technique.reviewed.isoformat(), "").version,
    )


_SAME = {field.name for field in dataclasses.fields(Technique)} - {"sources", "picture"} | {"evidence_words"}
"""What the data takes from the facts of a technique as it is there."""


def _safety_note(page: TechniquePage) -> OpenSafetyNote | None:
    """Return the safety note; None where the page lacks a part of it or names it otherwise, and so must not be handed on."""
    note = page.safety_note
    if not note or not note.is_whole:
        return None
    lists = {name: [item.words for item in part.items] for name, part in (("do_not", note.do_not), ("stop", note.stop))}
    return OpenSafetyNote(**lists, about_do_not=list(note.do_not.about), about_stop=list(note.stop.about), also=note.also_words)
