"""What YAML makes of a value, and what its author meant: values that it would change, and those that were written a little wrong."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from knee.text.mended import Mended
from knee.text.wording import shortened


@dataclass(frozen=True)
class Fault:
    """Something in the front matter that YAML cannot read as it was meant: its line (in the file), what, and the mend."""

    line: int
    what: str
    mend: str
    mended: Mended | None = None
    """The same for a button that does it, where that is sure."""


def in_quotes(text: str) -> str:
    """Return a text in the quotes that let it hold what it holds."""
    quote = "'" if '"' in text or "\\" in text else '"'
    return f"{quote}{text.replace(quote, quote * 2)}{quote}"


def changed_by_yaml(key: str, node: yaml.Node, field: FieldInfo | None, lines: Sequence[str]) -> Fault | None:
    """Return what YAML would cut or turn into something else in a key's value; None where it is read as it was written.

    `field` is what the value must be, where that is known, `lines` are those of the front matter.
    """
    return next((fault for leaf in _leaves(node) if (fault := _changed_leaf(key, leaf, field, lines))), None)


def _changed_leaf(key: str, leaf: yaml.ScalarNode, field: FieldInfo | None, lines: Sequence[str]) -> Fault | None:
    if leaf.style:  # None or "" for a plain value, by reader
        return None
    line = leaf.start_mark.line + 2
    kind = leaf.tag.rpartition(":")[2]
    if kind in _AS_WRITTEN and not re.fullmatch(_AS_WRITTEN[kind], leaf.value):
        if leaf.value.lower() in ("true", "false"):
            small = leaf.value.lower()
            return Fault(line, f"`{key}`: `{leaf.value}` has capital letters", f"write `{small}`", _rewritten(leaf, lines, small))
        what = f"`{key}`: `{shortened(leaf.value)}` would be read as {_TAKEN_FOR[kind]}"
        if field and field.annotation is str:
            return Fault(line, what, "put the text in quotes", _rewritten(leaf, lines, in_quotes(leaf.value)))
        if field and field.annotation is bool:
            meant = str(leaf.value.lower() in _YES).lower()
            return Fault(line, what, f"write `{key}: {meant}`", _rewritten(leaf, lines, meant))
        return Fault(line, what, f"{_PLAIN_WAY[kind]}, or put a text in quotes")
    end = leaf.end_mark
    after = lines[end.line][end.column :] if end.line < len(lines) else ""
    if kind == "str" and after.lstrip().startswith("#"):
        what = f"`{key}`: the text ends at ` #`, and `{shortened(after.strip())}` would be dropped"
        whole = f"{leaf.value}{after}".rstrip()
        mended = _rewritten(leaf, lines, in_quotes(whole), len(whole)) if field and field.annotation is str else None
        return Fault(line, what, "put the whole text in quotes", mended)
    return None


def _rewritten(leaf: yaml.ScalarNode, lines: Sequence[str], new: str, length: int = 0) -> Mended | None:
    """Return the line of a plain value with a new one in its place, or of so many characters; None where it stands on several lines."""
    start, end = leaf.start_mark, leaf.end_mark
    line = lines[start.line]
    after = line[start.column + length :] if length else line[end.column :]
    return Mended(start.line + 2, 1, (f"{line[: start.column]}{new}{after}",)) if start.line == end.line else None


_AS_WRITTEN = {
    "int": r"-?(?:0|[1-9][0-9]*)",
    "float": r"-?[0-9]+\.[0-9]+",
    "bool": r"true|false",
    "timestamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_TAKEN_FOR = {"int": "another number", "float": "another number", "bool": "true or false", "timestamp": "a day with a time of day"}
_PLAIN_WAY = {
    "int": "write a plain whole number such as 2",
    "float": "write a plain number",
    "bool": "write true or false",
    "timestamp": "write a date such as 2026-11-22",
}
_YES = ("yes", "on", "y")


def as_meant(value: Any) -> Iterator[Any]:
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
        yield _day(plain)
        yield [] if plain in ("none", "nothing", "no", "hands", "hands only", "only hands") else None
        for text in (bare, plain, bare.upper()):
            yield list(dict.fromkeys(word for word in re.split(r"\s*(?:[,;/]|\band\b|\bor\b)\s*", text) if word))


LONGEST_MEANT = 80


def _day(text: str) -> datetime.date | None:
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


def _leaves(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _leaves(child)
    elif isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from _leaves(pair[1])
