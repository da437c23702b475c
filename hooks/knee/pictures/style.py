"""Judges the styles of a drawing with a real reader of CSS, and writes anew what a still drawing needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

import tinycss2
from tinycss2.ast import Declaration, FunctionBlock, LiteralToken, Node, QualifiedRule

from knee.pictures.allowed import BOXES, FUNCTIONS, PAINT
from knee.pictures.faults import Matter, letters, short

_REFUSED = {
    "animation": (Matter.MOVES, "an animation"),
    "offset": (Matter.MOVES, "a way along which a part moves (`offset`)"),
    "filter": (Matter.OTHER_TOOLS, "a shadow, a blur or another effect (`filter`)"),
    "backdrop-filter": (Matter.OTHER_TOOLS, "an effect on what lies behind (`backdrop-filter`)"),
    "perspective": (Matter.OTHER_TOOLS, "an effect of depth (`perspective`)"),
    "mask-image": (Matter.OTHER_TOOLS, "a style of an unknown kind (`mask-image`)"),
    "background-image": (Matter.HARM, "a photo or another picture inside it (`background-image`)"),
}
"""Properties (or how the names of some begin) without which the drawing would be another one."""
_NOTHING = ("none", "auto", "initial", "unset", "normal", "0s", "0")
_SIGNS = frozenset(",/+-*")
_UNDER_THE_HAND = ("hover", "focus", "active", "visited", "link", "focus-visible", "focus-within", "target")
"""States that a picture of a page is never in: rules for them are left out."""
_INERT_RULES = ("charset", "namespace", "font-face", "keyframes", "-webkit-keyframes", "-moz-keyframes", "font-feature-values", "page")

Refuse = Callable[[Matter, str], None]
NameOf = Callable[[str], str]
Declared = list[tuple[str, str, bool]]
"""Properties with their values, and whether they are `!important`."""


class Style:
    """Judges styles. `name_of` gives the new name of a part of the drawing, `refuse` takes what cannot stay."""

    def __init__(self, refuse: Refuse, name_of: NameOf) -> None:
        self._refuse = refuse
        self._name_of = name_of
        self.variables: set[str] = set()
        """Names that some style of the drawing gives a value to."""
        self._classes: dict[str, str] = {}

    def note_variables(self, css: str, *, is_sheet: bool) -> None:
        """Remember what variables a style sets, before any is judged."""
        rules = tinycss2.parse_stylesheet(css) if is_sheet else []
        for content in [rule.content for rule in rules if rule.type == "qualified-rule"] if is_sheet else [css]:
            found = tinycss2.parse_blocks_contents(content)
            self.variables |= {part.name for part in found if isinstance(part, Declaration) and part.name.startswith("--")}

    def attribute(self, name: str, value: str) -> str | None:
        """Return the value of an attribute that is a style of its own (`fill="red"`); None where it falls away."""
        tokens = tinycss2.parse_component_value_list(value, skip_comments=True)
        kept = self._judged(name, tokens)
        if kept is None:
            return None
        return " ".join(value.split()) if kept == tokens else tinycss2.serialize(kept).strip()

    def declarations(self, css: str) -> Declared:
        """Return what stays of the declarations of a `style` attribute or of a rule."""
        found = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
        return list(self._declared(found))

    def sheet(self, css: str) -> list[tuple[str, Declared]]:
        """Return the rules of a style sheet that a still drawing needs, each with its selectors."""
        kept = []
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                selectors = self._selectors(rule)
                declared = list(self._declared(tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)))
                if selectors and declared:
                    kept.append((selectors, declared))
            elif rule.type == "at-rule":
                self._at_rule(rule.lower_at_keyword, tinycss2.serialize(rule.prelude).lower())
        return kept

    def classes(self, names: str) -> str:
        """Return the new names of those classes of an element that a rule asks for."""
        return " ".join(self._classes[name] for name in names.split() if name in self._classes)

    def _at_rule(self, keyword: str, prelude: str) -> None:
        if keyword == "import":
            self._refuse(Matter.HARM, "a style that can bring in something else (`@import`)")
        elif keyword not in _INERT_RULES and not (
            keyword == "media" and ("print" in prelude or "dark" in prelude) and "not" not in prelude
        ):
            self._refuse(Matter.OTHER_TOOLS, f"a style that holds only sometimes (`@{short(keyword)}`)")

    def _selectors(self, rule: QualifiedRule) -> str:
        """Return the selectors of a rule; empty where none can ever hold. Only names, classes and ids are known here."""
        groups: list[list[Node]] = [[]]
        for token in rule.prelude:
            if token == ",":
                groups.append([])
            else:
                groups[-1].append(token)
        return ",".join(filter(None, (self._selector(group) for group in groups)))

    def _selector(self, tokens: list[Node]) -> str:
        written, before = "", ""
        for token in tokens:
            if token.type == "ident" and before == ".":
                written += self._classes.setdefault(token.value, letters(len(self._classes)))
            elif token.type == "ident" and before == ":" and token.lower_value in _UNDER_THE_HAND:
                return ""
            elif token.type == "hash":
                written += f"#{self._name_of(token.value)}"
            elif token.type == "whitespace":
                written += " "
            elif (token.type == "ident" and (before != ":" or token.lower_value == "root")) or (
                isinstance(token, LiteralToken) and token.value in (".", ">", "*", ":")
            ):
                written += str(token.value)
            else:
                self._refuse(Matter.OTHER_TOOLS, f"a style for parts that it does not name (`{short(tinycss2.serialize(tokens))}`)")
                return ""
            before = token.value if isinstance(token, LiteralToken) else ""
        return written.strip()

    def _declared(self, found: Iterable[Node]) -> Iterator[tuple[str, str, bool]]:
        for declaration in found:
            if isinstance(declaration, Declaration):
                tokens = [token for token in declaration.value if token.type != "comment"]
                kept = self._judged(declaration.lower_name, tokens)
                if kept is not None:
                    yield declaration.lower_name, tinycss2.serialize(kept).strip(), declaration.important
            elif isinstance(declaration, QualifiedRule):
                self._refuse(Matter.OTHER_TOOLS, "styles inside a style")

    def _judged(self, name: str, tokens: list[Node]) -> list[Node] | None:
        """Return what a property may be set to; None where it falls away, as what no drawing needs."""
        words = tinycss2.serialize(tokens).strip().lower()
        for start, (matter, what) in _REFUSED.items():
            if f"{name.removeprefix('-webkit-')}-".startswith(f"{start}-"):
                if words not in _NOTHING:
                    self._refuse(matter, what)
                return None
        if name not in PAINT and name not in BOXES and not name.startswith(("margin-", "padding-", "border-")):
            return None
        return self._values(name, tokens)

    def _values(self, name: str, tokens: list[Node]) -> list[Node] | None:
        kept: list[Node] = []
        for token in tokens:
            if token.type == "url" or (isinstance(token, FunctionBlock) and token.lower_name == "url"):
                kept += self._reference(token)
            elif isinstance(token, FunctionBlock):
                inner = self._function(name, token)
                if inner is None:
                    return None
                kept += inner
            elif token.type in ("error", "{} block", "[] block", "at-keyword", "string") or (
                isinstance(token, LiteralToken) and token.value not in _SIGNS
            ):
                return None
            else:
                kept.append(token)
        return kept

    def _function(self, name: str, token: FunctionBlock) -> list[Node] | None:
        """Return what stands for a function: itself, or of a choice what holds on a light ground."""
        called, arguments = token.lower_name, token.arguments
        if called == "light-dark":
            return self._values(name, _until_comma(arguments))
        if called == "var":
            variable = next((argument for argument in arguments if argument.type == "ident"), None)
            if variable is None or variable.value in self.variables:
                self._refuse(Matter.OTHER_TOOLS, "a style that takes its value from elsewhere (`var`)")
                return None
            rest = arguments[len(_until_comma(arguments)) + 1 :]
            return self._values(name, rest) if rest else None
        if called not in FUNCTIONS:
            self._refuse(Matter.OTHER_TOOLS, f"a style of an unknown kind (`{short(name)}: {short(called)}()`)")
            return None
        inner = self._values(name, arguments)
        if inner is None or inner == arguments:
            return None if inner is None else [token]
        return list(tinycss2.parse_component_value_list(f"{called}({tinycss2.serialize(inner)})"))

    def _reference(self, token: Any) -> list[Node]:
        """Return an address that leads to a part of the drawing, by the part's new name."""
        strings = [token.value] if token.type == "url" else [part.value for part in token.arguments if part.type == "string"]
        address = strings[0].strip() if strings else ""
        if not address.startswith("#"):
            self._refuse(Matter.HARM, _named_outside(address))
            return []
        return list(tinycss2.parse_component_value_list(f"url(#{self._name_of(unquote(address[1:]))})"))


def _named_outside(address: str) -> str:
    is_data = address.lower().startswith("data:")
    return f"{'a `data:` address' if is_data else 'a reference to something outside'} in a style (`{short(address)}`)"


def _until_comma(tokens: list[Node]) -> list[Node]:
    return tokens[: next((place for place, token in enumerate(tokens) if token == ","), len(tokens))]
