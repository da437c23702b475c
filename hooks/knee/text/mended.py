"""What lines of a page become once something in them is mended."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

_MARKS = " \t>-+*.)0123456789"
"""What is left of a list item or a quote without words."""
_QUOTED = re.compile(r"\s*>[ \t]?")


class Mended(NamedTuple):
    """The page's own lines as they are once a finding is mended: `lines` take the place of `instead_of` lines from `first` on."""

    first: int
    instead_of: int
    lines: tuple[str, ...] = ()


def with_lines(lines: Sequence[str], new: Mapping[int, Sequence[str]]) -> Mended:
    """Return a page's `lines` with new ones in the place of some, by their numbers from 1: none, one or more for each."""
    changed = range(min(new), max(new) + 1)
    return Mended(changed.start, len(changed), tuple(chain.from_iterable(new.get(n, lines[n - 1 : n]) for n in changed)))


def with_words(lines: Sequence[str], number: int, old: str, new: str = "") -> Mended | None:
    """Return a line with `new` in the place of `old`, or no line where nothing is left of it.

    None where the line does not hold `old` just once, or would be left as an item without words.
    """
    before, found, after = lines[number - 1].partition(old)
    if not found or found in after:
        return None
    line = f"{before}{new}{after}".rstrip()
    if line.strip(_MARKS):
        return Mended(number, 1, (line,))
    return None if line.strip() else Mended(number, 1)


def without_quote(lines: Sequence[str], number: int) -> Mended | None:
    """Return the quote around a line without its signs; None where none of its lines begins with one."""
    above = takewhile(lambda n: _QUOTED.match(lines[n - 1]), range(number, 0, -1))
    below = takewhile(lambda n: _QUOTED.match(lines[n - 1]), range(number, len(lines) + 1))
    plain = {n: (_QUOTED.sub("", lines[n - 1]),) for n in chain(above, below)}
    return with_lines(lines, plain) if plain else None
