"""How a rule is declared: `@rule("KE201")` over a function that yields what it finds."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_type_hints

from knee.text.mended import Mended


class Finding(NamedTuple):
    """What a rule found: the line, what stands there, and an order that mends it.

    An order that takes a search to work out is given as a function: it is only called for what is reported.
    """

    line: int
    what: str
    fix: str | Callable[[], str]
    path: Path | None = None
    """Where it is, only when that is not the page itself (a picture, say)."""
    about: str = ""
    """The words of the page that it is about, where those are not simply its line. Other findings give way by them."""
    spoils: range = range(0)
    """Further lines that nobody can judge until this is mended: all that stands inside a fence, say."""
    mended: Mended | Callable[[], Mended | None] | None = None
    """The same order for a button that does it, where it leaves nothing to choose. It is given as a function where the order is."""


Where = Literal["its lines", "its section", "the page", "its words", "anywhere"]


class GivesWay(NamedTuple):
    """A rule's findings are not reported where another rule finds something: which rules, and how near."""

    where: Where
    ids: tuple[str, ...]


def on_its_lines(*ids: str) -> GivesWay:
    """Give way to what those rules find on the same line, or that spoils it."""
    return GivesWay("its lines", ids)


def in_its_section(*ids: str) -> GivesWay:
    """Give way to what those rules find between the same two headings."""
    return GivesWay("its section", ids)


def on_the_page(*ids: str) -> GivesWay:
    """Give way to whatever those rules find on the same page."""
    return GivesWay("the page", ids)


def on_its_words(*ids: str) -> GivesWay:
    """Give way to what those rules find on a line, or in a piece of HTML, that holds the words which the finding is about."""
    return GivesWay("its words", ids)


def anywhere(*ids: str) -> GivesWay:
    """Give way to whatever those rules find in any file."""
    return GivesWay("anywhere", ids)


Check = Callable[[Any], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One line of the contract: its id (for ever: never renumbered, never used again), what it asks and why, and its check."""

    id: str
    asks: str
    why: str
    check: Check
    yields_to: tuple[GivesWay, ...] = ()

    @property
    def name(self) -> str:
        """The rule's name in words, from its function."""
        return str(getattr(self.check, "__name__", self.id)).replace("_", " ")

    @property
    def group(self) -> str:
        """What the rule looks at: the module it is declared in ("file", "steps", "dialect" and so on)."""
        return str(getattr(self.check, "__module__", "")).rpartition(".")[2]

    @cached_property
    def subject(self) -> type:
        """What the check is given, from its own signature: a file, any page, a technique, a routine, a folder."""
        hints = get_type_hints(self.check)
        hints.pop("return", None)
        return next(iter(hints.values()), object)


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of the ids."""


def rule(rule_id: str, doc: str | None = None, *, yields_to: tuple[GivesWay, ...] = ()) -> Callable[[Check], Check]:
    """Register a check as a rule: the first paragraph of its docstring is what it asks, the next one why.

    Raises: ValueError for an id that is taken, or a docstring without both paragraphs (our own mistakes, seen at import).
    """

    def register(check: Check) -> Check:
        asks, _, why = inspect.cleandoc(doc or check.__doc__ or "").partition("\n\n")
        if rule_id in RULES:
            raise ValueError(f"{rule_id} is taken")
        if not asks or not why.startswith("Why: "):
            raise ValueError(f"{rule_id} needs a docstring: what it asks, an empty line, and `Why: ...`")
        RULES[rule_id] = Rule(rule_id, " ".join(asks.split()), " ".join(why.removeprefix("Why: ").split()), check, yields_to)
        return check

    return register


def rules_in(group: str) -> list[Rule]:
    """Return the rules declared in one module of rules, by id."""
    return sorted((rule for rule in RULES.values() if rule.group == group), key=lambda rule: rule.id)


def rules_for(subject: type) -> list[Rule]:
    """Return the rules whose checks take such a thing (a technique page, say), by id."""
    return sorted((rule for rule in RULES.values() if issubclass(subject, rule.subject)), key=lambda rule: rule.id)
