"""What the tests of the checker share: a small good site, laid out anew for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from small_site import PAGE, TREE, Site


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes down anew what the authors of the bad pages read."""
    parser.addoption("--rewrite-bad", action="store_true", help="write the messages of tests/bad anew, to be read and compared")
    parser.addoption("--examples", type=int, default=25, help="how many pages the generators of legal pages make for a test")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a small good site that the test may change."""
    return Site(tmp_path)


@pytest.fixture(scope="session")
def good_page() -> str:
    """Give the text of a page that is right in every way."""
    return (TREE / PAGE).read_text("utf-8")


@pytest.fixture
def broken(site: Site) -> Callable[..., list[str]]:
    """Give a function that changes the page's words and tells the ids of the rules that it then breaks."""

    def ids_after(*changes: tuple[str, str]) -> list[str]:
        for old, new in changes:
            site.change(old, new)
        return site.ids()

    return ids_after
