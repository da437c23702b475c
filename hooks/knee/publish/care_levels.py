"""The levels of help: how the heading of a care card begins, and what follows from it."""

from __future__ import annotations

from typing import NamedTuple


class CareLevel(NamedTuple):
    """One level of help."""

    name: str
    """Its name in style sheets."""
    spoken: str
    """The words that a screen reader hears before the heading."""
    found: str
    """What the search says of it."""
    needs_help: bool
    """Whether somebody with such a sign needs help so soon that the search offers nothing to follow along."""


_LEVELS = {
    "call your emergency number": CareLevel("emergency", "Immediate action required: ", "Help now", needs_help=True),
    "get help today": CareLevel("urgent", "Urgent advice: ", "Help today", needs_help=True),
    "see a": CareLevel("routine", "Non-urgent advice: ", "See a doctor", needs_help=False),
}
"""How a care card's heading begins, and its level."""


def level_of(heading: str) -> CareLevel | None:
    """Return the level of a section by its heading; None where it does not say when to seek which help."""
    words = heading.strip()
    if not words.endswith("if:"):
        return None
    return next((level for start, level in _LEVELS.items() if words.casefold().startswith(start)), None)
