"""The rules: one small function for each line of the contract."""

from knee.rules import body, code_host, dialect, file, folder, forbidden, front, pictures, routine, sheet
from knee.rules.registry import RULES, Finding, Rule

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "body",
    "code_host",
    "dialect",
    "file",
    "folder",
    "forbidden",
    "front",
    "pictures",
    "routine",
    "sheet",
]
