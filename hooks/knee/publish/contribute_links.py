"""Where somebody with a technique can go at the code host, and the example page that the way in opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from knee.contract.site_context import TECHNIQUES

EXAMPLE = Path(__file__).parent / "templates" / "example-knee-rub.md"
"""A whole page that is right in every way: what the link opens, and what the contribute page shows."""
SUGGEST = "technique.yml"
"""The issue form for an idea (.github/ISSUE_TEMPLATE)."""


@dataclass(frozen=True)
class WaysIn:
    """Addresses at the code host: a new page that is filled in already, and the form for an idea."""

    add: str
    suggest: str


def ways_in(project_home: str | None, edit_uri: str | None) -> WaysIn | None:
    """Return the ways in for somebody with a technique; None where nobody said where the project is kept.

    `edit_uri` is the site's setting for the edit links, such as `edit/main/docs/`: the branch and the folder stand in it.
    """
    found = re.fullmatch(r"edit/(.+?)/?", edit_uri or "")
    if not project_home or not found:
        return None
    filled_in = urlencode({"filename": EXAMPLE.name, "value": example_page()}, quote_via=quote)
    home = project_home.rstrip("/")
    return WaysIn(f"{home}/new/{found[1]}/{TECHNIQUES}?{filled_in}", f"{home}/issues/new?template={SUGGEST}")


def example_page() -> str:
    """Return the example page's text."""
    return EXAMPLE.read_text("utf-8")
