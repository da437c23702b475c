"""Waits for what a page does a moment after it was asked."""

from __future__ import annotations

import time

from playwright.sync_api import Page

PATIENCE = 20
"""Seconds within which anything happens, also on a machine that does other work as well."""


def until(page: Page, condition: str) -> None:
    """Look until a condition, which may be a promise, holds in the page; fail when it does not within PATIENCE.

    Playwright's own `wait_for_function` looks a second time from within the page: there the page's policy forbids it to.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(f"async () => Boolean(await ({condition}))"):
        assert time.monotonic() < end, f"within {PATIENCE} seconds this did not come true: {condition}"
