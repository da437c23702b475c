"""The names by which the drawing kit knows what moves in a picture, what carries it, and where it goes (docs/drawing-kit.md)."""

from __future__ import annotations

import re
from typing import NamedTuple

HAND, LIMB, LOWER, CARRIED, NO_PRESS = "hand", "limb", "lower", "carried", "no-press"
"""The working hand; a limb that turns round its joint; the lower part of such a limb; what it carries upright; the stripes."""
KINDS = ("stroke", "to-and-fro", "circle", "squeeze", "tap", "bend")
"""What a way can be; all but the last are for a hand."""
WAYS = tuple(f"way-{kind}" for kind in KINDS)

_PART = re.compile(rf"(?:{'|'.join((HAND, LIMB, LOWER, CARRIED, NO_PRESS))}|way-[a-z-]*[a-z])(?:-[2-9])?", re.ASCII)
_NUMBER = re.compile(r"(?:-([2-9]))?$")


class PartName(NamedTuple):
    """A name, taken apart: what it is without its number, and its number (1 where it has none)."""

    stem: str
    number: int


def is_part(name: str) -> bool:
    """Whether this is a name of the kit. Such names are published, so they can hold nothing else."""
    return len(name) <= 40 and bool(_PART.fullmatch(name))


def taken_apart(name: str) -> PartName:
    """Return a name's stem and number."""
    found = _NUMBER.search(name)
    assert found
    return PartName(name[: found.start()], int(found[1] or 1))
