"""Cuts a style sheet to the rules that a page and its scripts can use.

A rule goes only when it needs an element, a class or an id that no page has and no script names. States, attributes and the
order of elements are not judged, so nothing that a script brings about can lose its look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any, NamedTuple

import cssselect2
import cssselect2.parser
import tinycss2

from knee.assets.minify import minify_style

_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:class|id)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_MADE = re.compile(r"(?<![.\w-])[A-Za-z_][\w-]*")
"""A word of a script that may become a name: what stands after a dot is a property, or something that a selector looks for."""
_LOOKED_FOR = re.compile(r"""\.(?:matches|closest|querySelector(?:All)?)\((?:"[^"]*"|'[^']*')\)""")
"""What a script looks for it does not make: a page has it, or the script that makes it says so."""
_PROPERTY = re.compile(r"(?<![\w-])--[a-z][\w-]*")
"""A value with a name (`--space-3`). The sources call them by what they are for; on the wire, a letter does."""
_GROUPS = ("media", "supports", "layer", "container")
"""At-rules that hold rules."""
_PAPER = "@media print"
"""The head of the groups that only paper uses."""


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
        """Add what others have."""
        self.elements |= more.elements
        self.others |= more.others

    def add_script(self, js: str) -> None:
        """Add the words of a script: it may make an element or set a class of this name."""
        words = _MADE.findall(_LOOKED_FOR.sub("", js))
        self.others.update(words)
        self.elements.update(words)


@dataclass(frozen=True)
class Selector:
    """One selector: its text, and what it asks for; None where the parser does not know it, as it is newer."""

    text: str
    asks: Any


@dataclass(frozen=True)
class StyleRule:
    """A rule, or a group of rules: what stands before its braces, and what stands in them."""

    selectors: tuple[Selector, ...] = ()
    head: str = ""
    """The head of a group, such as `@media print`."""
    body: str = ""
    """The declarations of a rule; the whole text of what is neither a rule nor a group."""
    rules: tuple[StyleRule, ...] = ()


class PageStyle(NamedTuple):
    """What a page uses of a style sheet: on a screen, and on paper alone."""

    screen: str = ""
    paper: str = ""


def with_short_names(sheets: Mapping[str, str]) -> dict[str, str]:
    """Return style sheets by path with a short name for each value that they name: the same name in all of them."""
    names = Counter(name for path in sorted(sheets) for name in _PROPERTY.findall(sheets[path]))
    # A digit in the first place is right, but the Nu checker does not know it.
    short = {name: f"--{ascii_lowercase[place % 26]}{place // 26 or ''}" for place, (name, _) in enumerate(names.most_common())}
    return {path: _PROPERTY.sub(lambda found: short[found[0]], text) for path, text in sheets.items()}


class StyleSheet:
    """A style sheet that is cut to one page after another. Pages of a kind mostly use the same rules: these are cut once."""

    def __init__(self, css: str) -> None:
        self.whole = minify_style(css)
        rules = style_rules(self.whole)
        self._screen = tuple(rule for rule in rules if rule.head != _PAPER)
        self._paper = [StyleRule(head=_PAPER, rules=tuple(inner for rule in rules if rule.head == _PAPER for inner in rule.rules))]
        self._asked = frozenset(_WORD.findall(self.whole))
        self._cut: dict[tuple[frozenset[str], frozenset[str]], PageStyle] = {}
        self._scripts: dict[str, Names] = {}

    def for_page(self, html: str, scripts: Iterable[str]) -> PageStyle:
        """Return what a page and its scripts use; the rules for paper are to stand after the others."""
        names = Names()
        names.add_page(html)
        for script in scripts:
            if script not in self._scripts:
                self._scripts[script] = Names()
                self._scripts[script].add_script(script)
            names.add(self._scripts[script])
        used = (self._asked & names.elements, self._asked & names.others)
        if used not in self._cut:
            self._cut[used] = PageStyle(cut(self._screen, names), cut(self._paper, names))
        return self._cut[used]


def style_rules(css: str) -> tuple[StyleRule, ...]:
    """Read a style sheet, to cut it as often as there are kinds of pages."""
    return tuple(map(_rule, tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def cut(rules: Iterable[StyleRule], names: Names) -> str:
    """Return a style sheet without the rules that nothing with these names can use, in few bytes."""
    return minify_style("".join(_kept(rules, names)))  # again, since what is left may be said in fewer rules


def _rule(node: Any) -> StyleRule:
    if node.type == "qualified-rule":
        return StyleRule(tuple(map(_selector, _parted(node.prelude))), body=tinycss2.serialize(node.content))
    if node.type == "at-rule" and node.content is not None and node.lower_at_keyword in _GROUPS:
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        return StyleRule(head=f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}", rules=tuple(map(_rule, inner)))
    return StyleRule(body=node.serialize())


def _kept(rules: Iterable[StyleRule], names: Names) -> Iterator[str]:
    for rule in rules:
        if rule.selectors:
            if used := [selector.text for selector in rule.selectors if selector.asks is None or _may_match(selector.asks, names)]:
                yield f"{','.join(used)}{{{rule.body}}}"
        elif rule.head:
            if kept := "".join(_kept(rule.rules, names)):
                yield f"{rule.head}{{{kept}}}"
        else:
            yield rule.body


def _parted(prelude: Iterable[Any]) -> Iterator[list[Any]]:
    """Part a list of selectors at its commas."""
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _selector(tokens: list[Any]) -> Selector:
    try:
        (parsed,) = cssselect2.parser.parse(tokens, namespaces={})
        return Selector(tinycss2.serialize(tokens), parsed.parsed_tree)
    except cssselect2.SelectorError:
        return Selector(tinycss2.serialize(tokens), None)


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
