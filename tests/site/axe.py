"""Asks axe what keeps people from using a page, as a browser shows it."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

Rules = dict[str, object]
AXE: Rules = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def violations(page: Page, rules: Rules = AXE) -> list[str]:
    """Return what axe finds on a page as it stands: the rule, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What it did not find is a long list, which takes as long to hand over as the page takes to read.
    found = page.evaluate("rules => axe.run(rules).then(({ violations }) => violations)", rules)
    return [f"{broken['id']}: {broken['help']}: {node['html'][:200]} {node['target']}" for broken in found for node in broken["nodes"]]
