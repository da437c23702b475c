"""Values of the front matter that YAML reads otherwise than they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from knee.text.plain_yaml import Fault
from knee.text.wording import shortened

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


def changed_value(key: str, node: yaml.Node, lines: Sequence[str], wanted: object) -> Fault | None:
    """Return the first part of a key's value that YAML would change; None where all stays as written.

    `lines` are those of the front matter; `wanted` is the type that the value is to have (None where no model says so).
    """
    return next((fault for leaf in _leaves(node) if (fault := _changed_leaf(key, leaf, lines, wanted))), None)


def repeated_key(node: yaml.Node) -> tuple[int, str] | None:
    """Return the line and the name of the first key that stands twice in a value; None where none does."""
    seen: set[str] = set()
    for key_node, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if (key := str(key_node.value)) in seen:
            return key_node.start_mark.line + 2, key
        seen.add(key)
    return None


def _changed_leaf(key: str, leaf: yaml.ScalarNode, lines: Sequence[str], wanted: object) -> Fault | None:
    if leaf.style:  # None or "" for a plain value, by reader
        return None
    line = leaf.start_mark.line + 2
    kind = leaf.tag.rpartition(":")[2]
    if kind in _AS_WRITTEN and not re.fullmatch(_AS_WRITTEN[kind], leaf.value):
        if leaf.value.lower() in ("true", "false"):
            return Fault(line, f"`{key}`: `{leaf.value}` has capital letters", f"write `{leaf.value.lower()}`")
        what = f"`{key}`: `{shortened(leaf.value)}` would be read as {_TAKEN_FOR[kind]}"
        if wanted is str:
            return Fault(line, what, "put the text in quotes")
        if wanted is bool:
            return Fault(line, what, f"write `{key}: {str(leaf.value.lower() in _YES).lower()}`")
        return Fault(line, what, f"{_PLAIN_WAY[kind]}, or put a text in quotes")
    end = leaf.end_mark
    after = lines[end.line][end.column :] if end.line < len(lines) else ""
    if kind == "str" and after.lstrip().startswith("#"):
        what = f"`{key}`: the text ends at ` #`, and `{shortened(after.strip())}` would be dropped"
        return Fault(line, what, "put the whole text in quotes")
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
