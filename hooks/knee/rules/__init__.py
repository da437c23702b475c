"""The rules: one small function for each line of the contract. Each finds on its own; none knows another but by its id."""

from knee.rules import (
    code_host,
    dialect,
    file,
    filler,
    folder,
    forbidden,
    front_matter_form,
    front_matter_values,
    pictures,
    routine,
    safety_note,
    section_headings,
    sheet,
    sources,
    steps,
    title_and_picture,
)
from knee.rules.registry import RULES, Finding, Rule

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "code_host",
    "dialect",
    "file",
    "filler",
    "folder",
    "forbidden",
    "front_matter_form",
    "front_matter_values",
    "pictures",
    "routine",
    "safety_note",
    "section_headings",
    "sheet",
    "sources",
    "steps",
    "title_and_picture",
]
