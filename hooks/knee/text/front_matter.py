"""Reads a page's front matter: the keys with their lines, and what each value must be."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from knee.text.mended import Mended, with_words
from knee.text.near_miss_keys import near_miss_lines
from knee.text.wording import shortened
from knee.text.yaml_values import LONGEST_MEANT, Fault, as_meant, changed_by_yaml, in_quotes

FENCE = "---"
"""The line before and the line after the front matter."""
DEEPEST = 10
"""How many levels of lists in lists are read at all (contract, last paragraph of Body)."""


class AnyKeys(BaseModel):
    """Front matter whose keys are not known, or not judged here: that of other pages, and the list of sources."""

    model_config = ConfigDict(extra="allow")


_FAST: Any = getattr(yaml, "CSafeLoader", None)
"""YAML's reader in C: about ten times as fast, but its words and lines differ, so it only reads what is right."""
_DOUBTFUL = re.compile(r"(?<![A-Za-z0-9])[&*!]|[{}]|\[[^\]]*\[|[^\x09\x0a\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]")
"""Signs that anchors, tags, nesting and errors are made of. Straight after a letter, as in A&E or in an address, & * ! are words."""


@dataclass(frozen=True)
class Entry:
    """One key of the front matter with its line, its value, and the text of the value where YAML changed it."""

    key: str
    line: int
    value: Any
    changed: Fault | None = None
    repeated: tuple[int, str] | None = None
    """A key inside the value that stands twice, with its line."""


class FrontMatter:
    """The front matter of one page: `text` is what stands between the two fences, on line 2 and after.

    Nothing here raises: what cannot be read is in `faults`, and then `entries` is empty.
    """

    def __init__(self, text: str, model: type[BaseModel] = AnyKeys) -> None:
        self.text = text
        self.model = model
        self.lines = text.split("\n") if text else []
        self.faults: list[Fault] = []
        self.entries: list[Entry] = list(self._read())

    @property
    def known_keys(self) -> tuple[str, ...]:
        """The keys that this kind of page has."""
        return tuple(self.model.model_fields)

    @property
    def needed_keys(self) -> tuple[str, ...]:
        """The keys that this kind of page must have."""
        return tuple(name for name, field in self.model.model_fields.items() if field.is_required())

    @cached_property
    def keys(self) -> dict[str, Entry]:
        """The first entry of each key."""
        return {entry.key: entry for entry in reversed(self.entries)}

    @cached_property
    def values(self) -> dict[str, Any]:
        """The values by key."""
        return {key: entry.value for key, entry in self.keys.items()}

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the front matter's end where it is missing."""
        return self.keys[key].line if key in self.keys else len(self.lines) + 2

    def lines_of(self, entry: Entry) -> range:
        """Return the lines of a key and its value, up to the next key; empty lines and remarks between them as well."""
        later = bisect_right(self.entries, entry.line, key=lambda other: other.line)
        return range(entry.line, self.entries[later].line if later < len(self.entries) else len(self.lines) + 2)

    @cached_property
    def wrong(self) -> frozenset[str]:
        """The keys whose value is not what the contract's table asks."""
        empty = (key for key, entry in self.keys.items() if entry.value is None)
        return frozenset((*empty, *(str(error["loc"][0]) for error in self._errors)))

    def wrong_parts(self, key: str) -> list[str]:
        """Return the parts of a key's value that are missing, unknown or not as the table asks, by their names."""
        return sorted({str(error["loc"][1]) for error in self._errors if error["loc"][0] == key and len(error["loc"]) > 1})

    @cached_property
    def _validated(self) -> tuple[BaseModel | None, list[Any]]:
        try:
            return self.model.model_validate(self.values), []
        except ValidationError as error:
            return None, list(error.errors(include_url=False, include_context=False))

    @property
    def _errors(self) -> list[Any]:
        return self._validated[1]

    @cached_property
    def meta(self) -> BaseModel | None:
        """The values, when all of them are as the model asks."""
        return None if self.wrong or self.faults else self._validated[0]

    def meant(self, key: str) -> Iterator[Any]:
        """Return what a wrong value may have been meant as, the nearest first: with brackets, without capitals or quotes."""
        return (value for value in as_meant(self.values[key]) if value is not None and self._would_fit(key, value))

    def _would_fit(self, key: str, value: Any) -> bool:
        try:
            self.model.model_validate({**self.values, key: value})
        except ValidationError as error:
            return not any(found["loc"][0] == key for found in error.errors(include_url=False, include_context=False))
        return True

    def _read(self) -> Iterator[Entry]:
        try:
            if (node := self._quickly()) is None:
                if fault := self._beyond_plain():
                    self.faults.append(fault)
                    return
                node = yaml.compose(self.text, yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            near = [
                Fault(slip.place + 2, slip.what, slip.mend, slip.mended and slip.mended._replace(first=slip.mended.first + 2))
                for slip in near_miss_lines(self.lines, self.known_keys)
            ]
            self.faults += near or [self._unreadable(error)]
            return
        except yaml.reader.ReaderError as error:
            line = self.text.count("\n", 0, error.position) + 2
            what = f"the front matter holds a sign that cannot be shown (U+{_code(error):04X})"
            self.faults.append(Fault(line, what, "delete it", with_words(("", *self.lines), line, chr(_code(error)))))
            return
        except (yaml.YAMLError, RecursionError):
            self.faults.append(Fault(2, "the front matter cannot be read", "write one `key: value` a line"))
            return
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            mend = "write one `key: value` a line, without { } and without - before it"
            self.faults.append(Fault(2, "the front matter is not made of keys and values", mend))
            return
        for key_node, value_node in node.value:
            yield self._entry(key_node, value_node)

    def _quickly(self) -> yaml.Node | None:
        """Read plain front matter with YAML's fast reader, where there is one; None sends it to the one that explains."""
        if not _FAST or _DOUBTFUL.search(self.text):
            return None
        try:
            return yaml.compose(self.text, _FAST)
        except yaml.YAMLError:
            return None

    def _beyond_plain(self) -> Fault | None:
        """Refuse what plain `key: value` lines never need, before it can grow: anchors, tags, deep nesting."""
        depth = 0
        for event in yaml.parse(_capped(self.text), yaml.SafeLoader):
            line = (event.start_mark.line if event.start_mark else 0) + 2
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                key, colon, value = self.lines[line - 2].partition(": ")
                mended = Mended(line, 1, (f"{key}: {in_quotes(value.strip())}",)) if colon and not key[:1].isspace() else None
                what = "a value starts with `&` or `*`, which has a meaning of its own here"
                return Fault(line, what, "put the whole value in quotes", mended)
            if getattr(event, "tag", None):
                mend = "put the whole value in quotes, or drop the word with `!`"
                return Fault(line, "a value starts with `!`, which has a meaning of its own here", mend)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return Fault(line, f"the front matter is nested more than {DEEPEST} levels deep", "write each list on one level")
        return None

    def _unreadable(self, error: yaml.MarkedYAMLError) -> Fault:
        open_bracket = error.context_mark if "flow" in str(error.context) else None
        mark = open_bracket or error.problem_mark or error.context_mark
        line = min(mark.line if mark else 0, len(self.lines) - 1)
        text = self.lines[line].strip() or self.lines[max(line - 1, 0)].strip()
        what = f"the front matter stops making sense at `{shortened(text)}`"
        mend = "write one `key: value` a line; put a text with signs such as : # [ { & * ! | > ' \" % @ ` in quotes"
        if open_bracket:
            mend = "close the bracket on the same line, or put a text that starts with a bracket in quotes"
        elif any("\t" in near for near in self.lines[line : line + 2]):
            line += "\t" not in self.lines[line]
            what = f"there is a tab in the line `{shortened(self.lines[line])}`"
            mend = "delete it, and type a space in its place where one is needed"
        elif text.count(": ") > 1 and text.partition(": ")[2][0] not in "'\"":
            what = f"a second colon in `{shortened(text)}` makes the line unclear"
            key, value = text.split(": ", 1)
            right = f"{key}: {in_quotes(value.strip().strip(_CURLY))}"
            field = self.model.model_fields.get(key)
            is_text = self.lines[line] == text and field and field.annotation is str
            mended = Mended(line + 2, 1, (right,)) if is_text else None
            return Fault(line + 2, what, _in_quotes(key, value, right), mended)
        return Fault(line + 2, what, mend)

    def _entry(self, key_node: yaml.Node, value_node: yaml.Node) -> Entry:
        line = key_node.start_mark.line + 2
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        constructor = yaml.constructor.SafeConstructor()
        try:
            value = constructor.construct_document(value_node)
        except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
            shown = shortened(self._source_of(value_node))
            fault = Fault(line, f"`{key}`: `{shown}` is no real date or number", "write one that is, or put a text in quotes")
            return Entry(key, line, None, fault)
        return Entry(
            key, line, value, changed_by_yaml(key, value_node, self.model.model_fields.get(key), self.lines), _repeated(value_node)
        )

    def _source_of(self, node: yaml.Node) -> str:
        return node.start_mark.buffer[node.start_mark.pointer : node.end_mark.pointer] if node.start_mark.buffer else str(node.value)


_CURLY = "“”„‟‘’‚‛«»"
"""Quotes of word processors: they quote nothing here."""


def _repeated(node: yaml.Node) -> tuple[int, str] | None:
    seen: set[str] = set()
    for key_node, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if (key := str(key_node.value)) in seen:
            return key_node.start_mark.line + 2, key
        seen.add(key)
    return None


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


def _in_quotes(key: str, value: str, right: str) -> str:
    """Say how a text that holds a colon is put in quotes, with the whole `right` line where it is short."""
    if value[0] in _CURLY:
        return f"write straight quotes in the place of the curly ones: `{right}`"
    if len(value) <= LONGEST_MEANT:
        return f"put straight quotes around the text: `{right}`"
    quote = right[-1]
    twice = f", and write each {quote} in it twice" if quote in value else ""
    return f"put straight quotes ({quote}) before and after all that follows `{key}: `{twice}"


def split(text: str, model: type[BaseModel] = AnyKeys) -> tuple[FrontMatter | None, str, int]:
    """Take a page apart: its front matter (None where there is none), its Markdown, and the line the Markdown begins on.

    The fences are found as MkDocs finds them (spaces after them, or dots at the end); whether they are right is a rule's job.
    Without front matter the Markdown begins with the title, so that one forgotten line is not told as many mistakes.
    """
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if is_fence(line)), None) if is_fence(lines[0], FENCE) else None
    if end is None:
        titles = (number for number, line in enumerate(lines) if line.startswith("# ") and not (number and lines[number - 1].strip()))
        start = next(titles, 0)
        return None, "\n".join(lines[start:]), start + 1
    return FrontMatter("\n".join(lines[1:end]), model), "\n".join(lines[end + 1 :]), end + 2


def is_fence(line: str, *marks: str) -> bool:
    """Whether MkDocs takes a line for the end (or, with `marks`, the beginning) of the front matter."""
    return line.rstrip(" \t") in (marks or (FENCE, "..."))
