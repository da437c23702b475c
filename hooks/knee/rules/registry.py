"""How a rule is declared: `@rule("KE201")` over a function that yields what it finds."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple


class Finding(NamedTuple):
    """What a rule found: the line, what stands there, and an order that mends it.

    `path` is set only where the place is not in the page itself (a picture, say).
    """

    line: int
    what: str
    mend: str
    path: Path | None = None


Check = Callable[[Any], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One line of the contract: its id (for ever: never renumbered, never used again), what it asks and why, and its check."""

    id: str
    asks: str
    why: str
    check: Check

    @property
    def name(self) -> str:
        """The rule's name in words, from its function."""
        return str(getattr(self.check, "__name__", self.id)).replace("_", " ")

    @property
    def group(self) -> str:
        """What the rule looks at: the module it is declared in ("file", "front", "body" and so on)."""
        return str(getattr(self.check, "__module__", "")).rpartition(".")[2]


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of the ids."""


def rule(rule_id: str, doc: str | None = None) -> Callable[[Check], Check]:
    """Register a check as a rule: the first paragraph of its docstring is what it asks, the next one why.

    Raises: ValueError for an id that is taken, or a docstring without both paragraphs (our own mistakes, seen at import).
    """

    def register(check: Check) -> Check:
        asks, _, why = inspect.cleandoc(doc or check.__doc__ or "").partition("\n\n")
        if rule_id in RULES:
            raise ValueError(f"{rule_id} is taken")
        if not asks or not why.startswith("Why: "):
            raise ValueError(f"{rule_id} needs a docstring: what it asks, an empty line, and `Why: ...`")
        RULES[rule_id] = Rule(rule_id, " ".join(asks.split()), " ".join(why.removeprefix("Why: ").split()), check)
        return check

    return register


def rules_of(group: str) -> list[Rule]:
    """Return the rules declared in one module of rules, by id."""
    return sorted((rule for rule in RULES.values() if rule.group == group), key=lambda rule: rule.id)
