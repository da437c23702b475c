"""Facts as plain data, for a builder that hands templates no Python objects."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from inspect import getmro
from typing import Any

from pydantic import BaseModel


def plain(value: Any, *, leave_out: Collection[str] = ()) -> Any:
    """Return facts as mappings, lists, texts, numbers, true, false and None: what JSON and YAML can hold.

    An object becomes a mapping of its fields and its properties, so that a template reads the same names from it.
    `leave_out` names fields and properties that are dropped wherever they stand.

    Raises: TypeError, for a value that is none of these.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one, leave_out=leave_out) for key, one in value.items() if key not in leave_out}
    if isinstance(value, Sequence):
        return [plain(one, leave_out=leave_out) for one in value]
    return plain({name: getattr(value, name) for name in _names(value) if name not in leave_out}, leave_out=leave_out)


def _names(value: object) -> list[str]:
    """Return the names of an object's fields and public properties."""
    if dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value)]
    elif isinstance(value, BaseModel):
        fields = list(type(value).model_fields)
    else:
        raise TypeError(f"no plain data: {type(value).__name__}")
    own = (kind for kind in getmro(type(value)) if kind not in (BaseModel, object))
    made = [name for kind in own for name, member in vars(kind).items() if isinstance(member, property | cached_property)]
    return list(dict.fromkeys([*fields, *(name for name in made if not name.startswith("_"))]))
