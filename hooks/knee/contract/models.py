"""What the front matter of each kind of page must be: the contract's table, as models.

The list of sources uses the same kinds of values.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from knee.text.front_matter import FrontMatter

Where = Literal["front of the knee", "front of the thigh", "inner thigh", "outer thigh", "back of the thigh", "hip", "calf", "shin"]
Position = Literal["chair", "bed", "floor", "standing"]
Equipment = Literal["lotion", "towel", "cushion", "roller stick", "rolling pin", "soft ball", "foam roller"]
Evidence = Literal["good", "some", "little", "none"]

POSITIONS: tuple[str, ...] = get_args(Position)
"""The positions in the order in which they are always shown."""

_Value = TypeVar("_Value")


def _each_once(values: list[_Value]) -> list[_Value]:
    if len(set(values)) != len(values):
        raise ValueError("a word stands twice")
    return values


def _date_in_quotes(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return datetime.date.fromisoformat(value)
    return value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Date = Annotated[datetime.date, BeforeValidator(_date_in_quotes)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, min_length=50, max_length=160)]
Order = Annotated[int, Field(ge=1)] | None
Positions = Annotated[list[Position], Field(min_length=1), AfterValidator(_each_once)]
Things = Annotated[list[Equipment], AfterValidator(_each_once)]
Sources = Annotated[list[Words], Field(min_length=1), AfterValidator(_each_once)]
HttpsLink = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\S*$")]


class SignOff(BaseModel):
    """A clinician's sign-off: who, under which register, when, where it was said, and of which words."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Words
    profession: Words
    register_: Words = Field(alias="register")
    date: Date
    link: HttpsLink
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Meta(BaseModel):
    """The front matter of a technique page, as the contract's table has it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    description: Description
    order: Order = None
    works_on: Where
    positions: Positions
    equipment: Things
    pressure: Annotated[int, Field(ge=1, le=4)]
    each_leg: bool
    often: Words
    evidence: Evidence
    sources: Sources
    reviewed: Date
    reviewed_by: SignOff | None = None


class ExerciseMeta(BaseModel):
    """The front matter of an exercise page. Its steps say by themselves whether they are for each leg."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    description: Description
    order: Order = None
    positions: Positions
    equipment: Things
    pain: Annotated[int, Field(ge=1, le=3)]
    often: Words
    evidence: Evidence
    sources: Sources
    reviewed: Date
    reviewed_by: SignOff | None = None


class RoutineMeta(BaseModel):
    """The front matter of a routine page."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    description: Description
    order: Order = None
    legs: Literal[1, 2]
    sources: Annotated[list[Words], AfterValidator(_each_once)]
    reviewed: Date


class SafetyMeta(BaseModel):
    """What the front matter of a page of signs and checks must be, as far as it is judged."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    reviewed_by: SignOff | None = None


def shown_texts(front: FrontMatter) -> Iterator[tuple[str, str]]:
    """Return the texts of the front matter that readers see, with their keys."""
    for key in ("description", "often"):
        if isinstance(value := front.values.get(key), str) and value.strip() and not front.keys[key].changed:
            yield key, value
    signed = front.values.get("reviewed_by")
    if isinstance(signed, dict) and "reviewed_by" not in front.wrong:
        for part in ("name", "profession", "register"):
            yield "reviewed_by", signed[part]
