"""What the templates' variable `knee` holds on one page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from knee.contract.page import Page
from knee.facts.review_dates import format_date, next_review, reviewed_day
from knee.facts.routine import Routine
from knee.facts.sheet_foot import sheet_of, words_on_sheet
from knee.facts.sign_off import sign_off_of
from knee.facts.technique import Exercise, Technique
from knee.publish import structured_data
from knee.publish.catalogue import Catalogue
from knee.rules.report import Problem

KINDS = {
    "home.html": "home",
    "techniques.html": "list",
    "drawing-kit.html": "drawing-kit",
    "my-sheets.html": "my-sheets",
    "write.html": "write",
}
"""Kinds of pages, by their template. The others are techniques, exercises, sheets and pages."""


def page_facts(catalogue: Catalogue, path: str, meta: Mapping[str, Any], words: str, address: str) -> dict[str, Any]:
    """Return what the templates' variable `knee` holds on this page alone, but for its sources and problems.

    The page is the one with this path under docs/, this front matter, these words (where it is no checked page) and this address.
    """
    reviewed = reviewed_day(meta)
    shown, page = catalogue.shown.get(path), catalogue.pages.get(path)
    signable = catalogue.signable.get(path)
    signed = sign_off_of(signable) if signable else None
    structured = structured_data.web_page(address, has_sources=bool(meta.get("sources")), signed=signed)
    if shown and page:
        structured = structured_data.followed_page(shown, page, signed, address)
    return {
        "kind": _kind_of(shown, meta),
        "structured": structured,
        "technique": shown if isinstance(shown, Technique) else None,
        "routine": shown if isinstance(shown, Routine) else None,
        "sign_off": signed,
        "reviewed": format_date(reviewed) if reviewed else None,
        "next_review": format_date(next_review(reviewed)) if reviewed else None,
        "sheet": sheet_of(words_on_sheet(page, shown) if page else words, reviewed.isoformat() if reviewed else "", address),
    }


def _kind_of(shown: Technique | Routine | None, meta: Mapping[str, Any]) -> str:
    if shown:
        return "exercise" if isinstance(shown, Exercise) else "technique"
    return KINDS.get(str(meta.get("template")), "sheet" if meta.get("sheet") else "page")


def problems_of(page: Page | None, place: PurePosixPath, problems: tuple[Problem, ...]) -> list[Problem]:
    """Return the problems of a page (by its place under the project's root), and of the pictures that it shows."""
    own = (page.own_picture(picture) for picture in page.pictures) if page else ()
    files = {str(place), *(str(place.with_name(name)) for name in own if name)}
    return [problem for problem in problems if problem.path in files]
