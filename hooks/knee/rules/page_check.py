"""Checks one page alone: reads its file and lets the rules for a file and for such a page look at it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knee.contract.page import Page
from knee.contract.routine_page import RoutinePage
from knee.contract.safety_page import SafetyPage
from knee.contract.site_context import SiteContext
from knee.contract.technique_page import ExercisePage, TechniquePage
from knee.rules import RULES, Finding, Rule
from knee.rules.folder import Folder
from knee.rules.precedence import Found
from knee.rules.registry import rules_for
from knee.text.source import Source
from knee.text.website import TooSlow

_UNREADABLE = ("KE001", "KE002", "KE003", "KE004", "KE005", "KE008")
"""Rules whose break means that the page is not read, nor built, at all."""
_RULES_FOR: dict[type, list[Rule]] = {
    subject: rules_for(subject) for subject in (Source, TechniquePage, ExercisePage, RoutinePage, Folder, SiteContext)
}
_RULES_FOR[SafetyPage] = [RULES["KE120"], RULES["KE121"]]  # a page of signs is free in all but its sign-off


@dataclass(frozen=True)
class CheckedPage:
    """A page's file, the page where it could be read, and all that the rules found in it."""

    path: Path
    page: Page | None
    found: tuple[Found, ...]


def check_page(path: Path, kind: type[Page], site: SiteContext, *more: object) -> CheckedPage:
    """Read a page of one kind and let the rules look at it; `more` is what pages of this kind need besides."""
    try:
        source = Source.at(path)
    except OSError as error:
        finding = Finding(1, f"the file cannot be opened: {error.strerror}", "make it a plain file that can be read")
        return CheckedPage(path, None, (Found(RULES["KE002"], finding, path),))
    found = look_at(source, path)
    if {one.rule.id for one in found}.intersection(_UNREADABLE):
        return CheckedPage(path, None, found)
    try:
        page = kind(source, site, *more)
    except (TooSlow, RecursionError):
        what = "the site's Markdown reader does not get through this page in time"
        finding = Finding(1, what, "look for long runs of signs such as [ < * and take them out, or shorten the page")
        return CheckedPage(path, None, (*found, Found(RULES["KE005"], finding, path)))
    return CheckedPage(path, page, (*found, *look_at(page, path)))


def look_at(subject: Source | Page | Folder | SiteContext, path: Path) -> tuple[Found, ...]:
    """Let the rules for such a thing look at it; what they find is in the file at `path` where they name no other."""
    return tuple(Found(rule, finding, finding.path or path) for rule in _RULES_FOR[type(subject)] for finding in rule.check(subject))
