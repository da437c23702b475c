"""The table of the front matter: what the value of each key must be, with an example to copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from knee.contract import models


@dataclass(frozen=True)
class Field:
    """One key of the table: what its value must be in words, an example that can be pasted, and why it is there."""

    rule_id: str
    must_be: str
    example: str
    why: str
    fix: str = ""
    """What to do about a wrong value, where `must_be` and the example do not say it."""

    def doc(self, key: str) -> str:
        """Return what the rule for this key asks, and why, as a rule's docstring has it."""
        return f"`{key}` is {self.must_be}.\n\nWhy: {self.why}"


FIELDS: dict[str, Field] = {
    "description": Field(
        "KE107",
        "plain text of 50 to 160 characters",
        "Slow circles round the kneecap that warm the skin and can settle a stiff, sore knee.",
        "it is what search results and cards show.",
    ),
    "order": Field("KE108", "a whole number from 1", "5", "it is the place in the list; pages without it follow, by title."),
    "works_on": Field("KE109", f"one of: {', '.join(get_args(models.Where))}", "calf", "cards and the filter show it."),
    "positions": Field(
        "KE110",
        f"a list of 1 or more of: {', '.join(models.POSITIONS)}, each once",
        "[chair, bed]",
        "key facts and the filter show it.",
    ),
    "equipment": Field(
        "KE111",
        f"a list, [] for hands only, of: {', '.join(get_args(models.Equipment))}, each once",
        "[]",
        "key facts and the filter show it.",
        f"write `[]` for hands only, or some of these, each once: {', '.join(get_args(models.Equipment))}; "
        "other things, such as a stool, can be named in a step; for example `equipment: [lotion]`",
    ),
    "pressure": Field(
        "KE112",
        "a whole number from 1 to 4 without quotes, the most pressure on the 0 to 10 scale",
        "2",
        "4 is our cautious limit: pressing harder has not been shown to help, and vigorous massage has done harm.",
        "make it a whole number from 1 to 4, the most pressure on the 0 to 10 scale; for example `pressure: 2`",
    ),
    "pain": Field(
        "KE124",
        "a whole number from 1 to 3 without quotes, the most pain that is all right in an exercise on the 0 to 10 scale",
        "3",
        "3 is our cautious limit: sources differ, and this is the lowest of them.",
    ),
    "each_leg": Field("KE113", "true or false without quotes", "true", "it decides whether the other leg follows, and doubles the time."),
    "often": Field("KE114", "plain text that says how often", "2 or 3 days a week", "key facts show it."),
    "evidence": Field("KE115", f"one of: {', '.join(get_args(models.Evidence))}", "little", "readers are told honestly how much is known."),
    "sources": Field(
        "KE116",
        "a list of 1 or more keys of docs/sources.yml, each once",
        "[ATKINS13]",
        "every claim can be traced.",
        "look for each source by its author or title on the page Evidence, and write its key, as in `sources: [ATKINS13]`; "
        "if it is not there, leave it out, or add it as the page Contribute says; if you found no study, name the source of your warnings, "
        "as in `sources: [BARTSCH21]`",
    ),
    "reviewed": Field(
        "KE118", "a real date, the year first", "2026-11-22", "readers see when the page was last checked against its sources."
    ),
    "legs": Field("KE123", "1 for the sore leg only, or 2 for both, without quotes", "1", "it decides whether the other leg follows."),
    "reviewed_by": Field(
        "KE120",
        "left out, or whole: name, profession, register, date, link (https) and digest, and nothing else",
        "",
        "a sign-off counts only when everybody can see who gave it, when, and for which words.",
        "take it out, or give it name, profession, register, date, link (https://...) and digest (of the words as they stand: {digest})",
    ),
}
