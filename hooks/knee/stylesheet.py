"""Cuts a style sheet to the rules that some pages and their scripts can use. Imports knee.lighter.

A rule goes only when it needs an element, a class or an id that no page has and no script names. States, attributes and the
order of elements are not judged, so nothing that a script brings about can lose its look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import cssselect2
import cssselect2.parser
import tinycss2

from knee.lighter import lighter_style

_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:class|id)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_GROUPS = ("media", "supports", "layer", "container")
"""At-rules that hold rules."""


@dataclass
class Names:
    """The elements, classes and ids that pages have or scripts may make."""

    elements: set[str] = field(default_factory=lambda: {"html", "head", "body"})
    others: set[str] = field(default_factory=set)
    """Classes and ids, and every word of the scripts."""

    def add_page(self, html: str) -> None:
        """Add what a page's HTML has."""
        for element, attributes in _TAG.findall(html):
            self.elements.add(element.lower())
            for found in _NAMES.findall(attributes):
                self.others.update("".join(found).split())

    def add(self, more: Names) -> None:
        """Add what other pages have."""
        self.elements |= more.elements
        self.others |= more.others

    def add_script(self, js: str) -> None:
        """Add every word of a script: it may make an element or set a class of this name."""
        words = _WORD.findall(js)
        self.others.update(words)
        self.elements.update(words)


def cut(css: str, names: Names) -> str:
    """Give a style sheet without the rules that nothing with these names can use, in few bytes."""
    return lighter_style("".join(_kept(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), names)))


def _kept(rules: Iterable[Any], names: Names) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [selector for selector in _selectors(rule.prelude) if _is_used(selector, names)]
            if selectors:
                yield f"{','.join(tinycss2.serialize(selector) for selector in selectors)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _GROUPS:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if kept := "".join(_kept(inner, names)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: Iterable[Any]) -> Iterator[list[Any]]:
    """Part a list of selectors at its commas."""
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _is_used(selector: list[Any], names: Names) -> bool:
    try:
        return all(_may_match(parsed.parsed_tree, names) for parsed in cssselect2.parser.parse(selector, namespaces={}))
    except cssselect2.SelectorError:  # newer than what the parser knows
        return True


def _may_match(part: Any, names: Names) -> bool:
    """Whether something with these names can be what a part of a selector asks for; what is not understood may be."""
    kind = type(part).__name__
    if kind == "CombinedSelector":
        return _may_match(part.left, names) and _may_match(part.right, names)
    if kind == "CompoundSelector":
        return all(_may_match(simple, names) for simple in part.simple_selectors)
    if kind == "LocalNameSelector":
        return part.lower_local_name in names.elements
    if kind == "ClassSelector":
        return part.class_name in names.others
    if kind == "IDSelector":
        return part.ident in names.others
    if kind in ("MatchesAnySelector", "SpecificityAdjustmentSelector"):
        return any(_may_match(choice.parsed_tree, names) for choice in part.selector_list)
    if kind == "RelationalSelector":
        return any(_may_match(relative.selector.parsed_tree, names) for relative in part.selector_list)
    return True
