"""The three engines that readers hold, behind one small driver, so that a test is written once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from playwright.sync_api import Browser

from . import firefox, webkit
from .chromium import Chromium
from .firefox import Firefox
from .tab import PAPERS, Failed, Tab
from .webkit import WebKit

__all__ = ["ENGINES", "PAPERS", "Engine", "Failed", "Tab", "missing", "started"]

ENGINES = ("Chromium", "Firefox", "WebKit")
Engine = Chromium | Firefox | WebKit


@cache
def missing(name: str) -> str | None:
    """Return what an engine needs and this machine lacks; None where it can start."""
    return {"Firefox": firefox.missing, "WebKit": webkit.missing}[name]() if name != "Chromium" else None


@contextmanager
def started(name: str, chromium: Browser) -> Iterator[Engine]:
    """Start an engine, and end it with the `with` block. Chromium is there already."""
    if name == "Chromium":
        yield Chromium(chromium)
        return
    engine = Firefox() if name == "Firefox" else WebKit()
    try:
        yield engine
    finally:
        engine.close()
