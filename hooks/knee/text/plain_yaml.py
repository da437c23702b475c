"""Reads plain YAML, lines of `key: value`, and says in words what cannot be read as it was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from knee.text.likely_values import LONGEST_MEANT
from knee.text.near_miss_keys import near_miss_lines
from knee.text.wording import shortened

DEEPEST = 10
"""How many levels of lists in lists are read at all (contract, last paragraph of Body)."""
_FAST: Any = getattr(yaml, "CSafeLoader", None)
"""YAML's reader in C: about ten times as fast, but its words and lines differ, so it only reads what is right."""
_DOUBTFUL = re.compile(r"[&*!{}]|\[[^\]]*\[|[^\x09\x0a\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]")
"""Characters that anchors, tags, nesting and errors are made of."""
_CURLY = "“”„‟‘’‚‛«»"
"""Quotes of word processors: they quote nothing here."""


@dataclass(frozen=True)
class Fault:
    """Something in the front matter that YAML cannot read as it was meant: its line (in the file), what, and how to fix it."""

    line: int
    what: str
    mend: str


class UnreadableYaml(Exception):
    """The text cannot be read; `faults` says where and why, the first line first."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


def compose_plain(text: str, known_keys: Sequence[str]) -> yaml.Node | None:
    """Return the YAML tree of a front matter's text, which begins on line 2 of its file; None where it is empty.

    `known_keys` are the keys that are looked for in lines that are nearly right.

    Raises: UnreadableYaml.
    """
    try:
        if node := _compose_fast(text):
            return node
        _refuse_what_is_not_plain(text)
        return yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        lines = text.split("\n")
        near = [Fault(slip.place + 2, slip.what, slip.mend) for slip in near_miss_lines(lines, known_keys)]
        raise UnreadableYaml(*(near or [_fault_of(error, lines)])) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 2
        what = f"the front matter holds a sign that cannot be shown (U+{_code(error):04X})"
        raise UnreadableYaml(Fault(line, what, "delete it")) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableYaml(Fault(2, "the front matter cannot be read", "write one `key: value` a line")) from error


def _compose_fast(text: str) -> yaml.Node | None:
    """Read plain front matter with YAML's fast reader, where there is one; None sends it to the one that explains."""
    if not _FAST or _DOUBTFUL.search(text):
        return None
    try:
        return yaml.compose(text, _FAST)
    except yaml.YAMLError:
        return None


def _refuse_what_is_not_plain(text: str) -> None:
    """Refuse what plain `key: value` lines never need, before it can grow: anchors, tags, deep nesting."""
    depth = 0
    for event in yaml.parse(_capped(text), yaml.SafeLoader):
        line = (event.start_mark.line if event.start_mark else 0) + 2
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableYaml(
                Fault(line, "a value starts with `&` or `*`, which has a meaning of its own here", "put the whole value in quotes")
            )
        if getattr(event, "tag", None):
            mend = "put the whole value in quotes, or drop the word with `!`"
            raise UnreadableYaml(Fault(line, "a value starts with `!`, which has a meaning of its own here", mend))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableYaml(Fault(line, f"the front matter is nested more than {DEEPEST} levels deep", "write each list on one level"))


def _fault_of(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Fault:
    open_bracket = error.context_mark if "flow" in str(error.context) else None
    mark = open_bracket or error.problem_mark or error.context_mark
    line = min(mark.line if mark else 0, len(lines) - 1)
    text = lines[line].strip() or lines[max(line - 1, 0)].strip()
    what = f"the front matter stops making sense at `{shortened(text)}`"
    mend = "write one `key: value` a line; put a text with signs such as : # [ { & * ! | > ' \" % @ ` in quotes"
    if open_bracket:
        mend = "close the bracket on the same line, or put a text that starts with a bracket in quotes"
    elif any("\t" in near for near in lines[line : line + 2]):
        line += "\t" not in lines[line]
        what = f"there is a tab in the line `{shortened(lines[line])}`"
        mend = "delete it, and type a space in its place where one is needed"
    elif text.count(": ") > 1 and text.partition(": ")[2][0] not in "'\"":
        what = f"a second colon in `{shortened(text)}` makes the line unclear"
        mend = _in_quotes(*text.split(": ", 1))
    return Fault(line + 2, what, mend)


def _capped(text: str) -> str:
    """Refuse brackets that open many levels before YAML's scanner sees them: its time grows with their square."""
    depth = 0
    for place, mark in enumerate(text):
        depth += (mark in "[{") - (mark in "]}")
        if depth > 2 * DEEPEST:
            return text[: place + 1]
    return text


def _code(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "?")


def _in_quotes(key: str, value: str) -> str:
    """Return how to put a text that holds a colon in quotes, with the whole line where it is short."""
    plain = value.strip().strip(_CURLY)
    quote = "'" if '"' in plain or "\\" in plain else '"'
    whole = f"`{key}: {quote}{plain.replace(quote, quote * 2)}{quote}`"
    if value[0] in _CURLY:
        return f"write straight quotes in the place of the curly ones: {whole}"
    if len(value) <= LONGEST_MEANT:
        return f"put straight quotes around the text: {whole}"
    twice = f", and write each {quote} in it twice" if quote in plain else ""
    return f"put straight quotes ({quote}) before and after all that follows `{key}: `{twice}"
