"""The rules: one small function for each line of the contract. Each finds on its own; none knows another but by its id."""

from knee.rules import (  # noqa: F401 - importing a module enters its rules into RULES
    code_host,
    dialect,
    file,
    filler,
    folder,
    forbidden,
    front_matter_form,
    front_matter_values,
    other_programs,
    picture_content,
    pictures,
    routine,
    safety_note,
    search_words,
    section_headings,
    sheet,
    sources,
    steps,
    title_and_picture,
)
from knee.rules.registry import RULES, Finding, Rule

__all__ = ["RULES", "Finding", "Rule"]
