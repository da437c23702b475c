"""The rules: one small function for each line of the contract. Imports every module of rules, so that all are registered."""

from knee.rules import body, dialect, file, folder, forbidden, front, picture_content, pictures, routine, sheet
from knee.rules.registry import RULES, Finding, Rule

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "body",
    "dialect",
    "file",
    "folder",
    "forbidden",
    "front",
    "picture_content",
    "pictures",
    "routine",
    "sheet",
]
