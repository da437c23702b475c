"""What the tests of the checker share: a small good site, laid out anew for each test."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knee.check import Outcome, check_folder, check_pages
from knee.guide import Guide

TESTS = Path(__file__).parent
TREE = TESTS / "tree"
TODAY = datetime.date(2026, 11, 22)
PAGE = "docs/techniques/calf-stroke.md"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes down anew what the authors of the bad pages read."""
    parser.addoption("--rewrite-bad", action="store_true", help="write the messages of tests/bad anew, to be read and compared")


class Site:
    """A copy of the small good site in a folder of its own; `page` is the technique that tests change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(TREE / "docs", root / "docs")
        self.techniques = root / "docs" / "techniques"
        self.page = root / PAGE
        self.picture = self.page.with_suffix(".svg")

    def guide(self) -> Guide:
        """Give the site as the checker sees it today."""
        return Guide(self.root / "docs", TODAY)

    def check(self) -> Outcome:
        """Check the whole site."""
        return check_folder(self.guide())

    def check_page(self) -> Outcome:
        """Check only the page that tests change: quicker, for tests that try many."""
        return check_pages([self.page], self.guide())

    def text(self) -> str:
        """Give the text of the page as it is now."""
        return self.page.read_text("utf-8")

    def write(self, content: str | bytes) -> None:
        """Put other content in the place of the page."""
        self.page.write_bytes(content if isinstance(content, bytes) else content.encode())

    def change(self, old: str, new: str) -> None:
        """Replace some words of the page, which must be there."""
        text = self.text()
        assert old in text, f"the page does not hold {old!r}"
        self.write(text.replace(old, new, 1))

    def problems(self) -> str:
        """Give what an author reads about the site, without the closing count."""
        return "".join(f"{problem}\n" for problem in self.check().problems)

    def ids(self) -> list[str]:
        """Give the ids of the rules that the site breaks, one for each problem."""
        return [problem.id for problem in self.check().problems]


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
