"""Reads a page's front matter: the keys with their lines, and what each value must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from knee.text.changed_values import changed_value, repeated_key
from knee.text.likely_values import likely_values
from knee.text.plain_yaml import Fault, UnreadableYaml, compose_plain
from knee.text.wording import shortened

FENCE = "---"
"""The line before and the line after the front matter."""


class AnyKeys(BaseModel):
    """Front matter whose keys are not known, or not judged here: that of other pages, and the list of sources."""

    model_config = ConfigDict(extra="allow")


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
        return (value for value in likely_values(self.values[key]) if value is not None and self._would_fit(key, value))

    def _would_fit(self, key: str, value: Any) -> bool:
        try:
            self.model.model_validate({**self.values, key: value})
        except ValidationError as error:
            return not any(found["loc"][0] == key for found in error.errors(include_url=False, include_context=False))
        return True

    def _read(self) -> Iterator[Entry]:
        try:
            node = compose_plain(self.text, self.known_keys)
        except UnreadableYaml as error:
            self.faults += error.faults
            return
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            mend = "write one `key: value` a line, without { } and without - before it"
            self.faults.append(Fault(2, "the front matter is not made of keys and values", mend))
            return
        for key_node, value_node in node.value:
            yield self._entry(key_node, value_node)

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
        field = self.model.model_fields.get(key)
        changed = changed_value(key, value_node, self.lines, field.annotation if field else None)
        return Entry(key, line, value, changed, repeated_key(value_node))

    def _source_of(self, node: yaml.Node) -> str:
        return node.start_mark.buffer[node.start_mark.pointer : node.end_mark.pointer] if node.start_mark.buffer else str(node.value)


def split(text: str, model: type[BaseModel] = AnyKeys) -> tuple[FrontMatter | None, str, int]:
    """Take a page apart: its front matter (None where there is none), its Markdown, and the line the Markdown begins on.

    The fences are found as MkDocs finds them (spaces after them, or dots at the end); whether they are right is a rule's job.
    Without front matter the Markdown begins with the title, so that one forgotten line is not reported as many mistakes.
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
