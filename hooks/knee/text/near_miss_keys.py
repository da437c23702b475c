"""Finds lines of front matter that are nearly `key: value`, and says how to write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knee.text.mended import Mended
from knee.text.wording import shortened

_COLON = re.compile(r":(?=[ \t]|$)")
_WHOLE = 250
"""Characters: the longest line of the table is shorter, so that what is to be written is given whole."""
_CLOSED = "]}\"'"
"""The end of a value that nothing can follow."""
_SEPARATOR = re.compile(r"\s*(?:[:=：﹕]|[-–—](?=\s))?\s*")
"""What stands between a key and its value where the colon and its space are not as they should be."""


class NearMissLine(NamedTuple):
    """One line that is not a key with its value: its place in the lines (from 0), what is wrong, and the line as it should be."""

    place: int
    what: str
    mend: str
    mended: Mended | None = None
    """What a button does that mends it; it counts from 0 as well."""


def near_miss_lines(lines: Sequence[str], keys: Sequence[str]) -> Iterator[NearMissLine]:
    """Return the lines that were meant as a key with its value, or as a part of one; `keys` are the keys that there are.

    To be asked only where the front matter cannot be read: some of these lines are right inside a longer value.
    """
    open_brackets = 0
    at_the_margin = any(_key_of(line, keys) and not line[:1].isspace() for line in lines)
    for place, line in enumerate(lines):
        inside = open_brackets > 0
        open_brackets += line.count("[") - line.count("]")
        if inside or not line.strip() or line.lstrip().startswith("#"):
            continue
        key = _key_of(line, keys)
        if key and not line[:1].isspace():
            yield from _slip_of_a_key(place, lines, key, keys)
        elif key and at_the_margin and line.startswith(" ") and _COLON.match(line.strip()[len(key) :]):
            mend = f"delete them: `{shortened(line, _WHOLE)}`"
            yield NearMissLine(place, f"there are spaces before `{key}`", mend, Mended(place, 1, (line.lstrip(),)))
        elif not line[:1].isspace() and not _COLON.search(line):
            yield from _slip_without_a_key(place, lines)


def _key_of(line: str, keys: Sequence[str]) -> str:
    """Return the words at the start of a line, as they are written, that are one of the keys; empty where they are none."""
    for key in sorted(keys, key=len, reverse=True):
        pattern = re.sub("_", "[ _-]", key)
        if found := re.match(rf"\s*({pattern})(?=[\s:=：﹕-]|$)", line, re.IGNORECASE):
            return found[1]
    return ""


def _slip_of_a_key(place: int, lines: Sequence[str], written: str, keys: Sequence[str]) -> Iterator[NearMissLine]:
    line = lines[place]
    after = line[len(written) :]
    if _COLON.match(after):
        quote = _open_quote(after[1:].strip())
        after_it = next((other for other in lines[place + 1 :] if other.strip()), "")
        if quote and (not after_it or _key_of(after_it, keys)):
            mend = f"put the same quote mark at the end of the line: `{shortened(line, _WHOLE)}{quote}`"
            mended = Mended(place, 1, (f"{line.rstrip()}{quote}",))
            yield NearMissLine(place, f"the quotes are not closed in `{shortened(line)}`", mend, mended)
        return
    found = _SEPARATOR.match(after)
    value = after[found.end() :] if found else after
    key = re.sub("[ -]", "_", written.lower())
    what, order = f"there is no space after the colon in `{shortened(line)}`", "write"
    if not after.startswith(":"):
        what = f"there is no colon after `{written}`"
    elif after[1:2].isspace():
        what, order = f"the space after `{written}:` is not a plain space", "delete it and retype it:"
    right = f"{key}: {value}"
    yield NearMissLine(place, what, f"{order} `{shortened(right, _WHOLE)}`", Mended(place, 1, (right,)))


def _open_quote(value: str) -> str:
    """Return the quote mark that a value begins with and nothing after it closes; empty where there is none."""
    return value[:1] if value[:1] in ("'", '"') and value.count(value[0]) == 1 else ""


def _slip_without_a_key(place: int, lines: Sequence[str]) -> Iterator[NearMissLine]:
    line = lines[place]
    if line.startswith("- "):
        return
    if not line.startswith("-"):
        mend = "put it at the end of the line above, so that 1 key has 1 line"
        above = lines[place - 1].rstrip() if place else ""
        mended = Mended(place - 1, 2, (f"{above} {line}",)) if above[:1].isalpha() and above[-1] not in _CLOSED and " " in line else None
        yield NearMissLine(place, f"`{shortened(line)}` stands on a line without a key", mend, mended)
    elif place and not lines[place - 1].startswith("-"):
        rest = list(lines[place:])
        items = rest[: next((n for n, other in enumerate(rest) if not other.startswith("-")), len(rest))]
        shown = f"{lines[place - 1].strip()} [{', '.join(item.lstrip('- ') for item in items)}]"
        mend = f"write the list on 1 line: `{shortened(shown, _WHOLE)}`"
        mended = Mended(place - 1, len(items) + 1, (shown,))
        yield NearMissLine(place, f"there is no space after the hyphen in `{shortened(line)}`", mend, mended)
