"""What can be wrong with a picture."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Matter(Enum):
    """What a fault is about; knee.rules.pictures has a rule for each."""

    BROKEN = auto()
    """The file cannot be read to its end, or does not say what it shows or how large it is."""
    HARM = auto()
    """It could run something, or ask for something outside itself."""
    WORDS = auto()
    MOVES = auto()
    PRIVATE = auto()
    PIXELS = auto()
    EMPTY = auto()
    HEAVY = auto()
    WAY = auto()
    """It names a way along which nothing can move."""
    STRIPES = auto()
    """The hand comes onto a part that must not be pressed."""
    OTHER_TOOLS = auto()
    """It needs something to be drawn that a plain drawing cannot have: a photo in it, a shadow, a style of an unknown kind."""


class PictureFault(NamedTuple):
    """One fault: the line (1 where there are no lines), what was found, and an order that mends it."""

    matter: Matter
    line: int
    what: str
    mend: str


def short(text: str) -> str:
    """Return a piece of a file as it can stand in a message: on one line, at most 40 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"


def joined_with_and(names: list[str]) -> str:
    """Return names as a sentence holds them: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def letters(number: int) -> str:
    """Return the name of a part by its number, from 0: a, b ... z, ba, bb ..."""
    head, last = divmod(number, 26)
    return (letters(head) if head else "") + "abcdefghijklmnopqrstuvwxyz"[last]
