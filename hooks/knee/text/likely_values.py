"""What a wrong value of the front matter may have been meant as."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

LONGEST_MEANT = 80
"""A text of more characters than this is no slip of a single value."""


def likely_values(value: Any) -> Iterator[Any]:
    """Return what a value may stand for, the nearest first."""
    if isinstance(value, list):
        words = [word for word in value if isinstance(word, str)]
        if len(words) == len(value):
            yield list(dict.fromkeys(words))
            yield list(dict.fromkeys(word.lower() for word in words))
    elif isinstance(value, float) and value.is_integer():
        yield int(value)
    elif isinstance(value, str) and len(value) <= LONGEST_MEANT:
        bare = value.strip(" '\"“”„‘’«»[]")
        plain = bare.lower()
        yield plain
        yield {"true": True, "yes": True, "false": False, "no": False}.get(plain)
        yield int(found[1]) if (found := re.fullmatch(r"([0-9]{1,3})(?:\s*(?:/|out of|of)\s*10)?", plain)) else None
        yield _likely_date(plain)
        yield [] if plain in ("none", "nothing", "no", "hands", "hands only", "only hands") else None
        for text in (bare, plain):
            yield list(dict.fromkeys(word for word in re.split(r"\s*(?:[,;/]|\band\b|\bor\b)\s*", text) if word))


def _likely_date(text: str) -> datetime.date | None:
    """Read a date that is written with the year first, or with dots and the day first."""
    year_first, day_first = (
        re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text),
        re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text),
    )
    parts = year_first.groups() if year_first else day_first.groups()[::-1] if day_first else ()
    try:
        return datetime.date(*map(int, parts)) if parts else None
    except ValueError:
        return None
