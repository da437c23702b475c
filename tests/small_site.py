"""A small good site for the tests of the checker, laid out in a folder of its own."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from knee.contract.site_context import SiteContext
from knee.rules.check import Outcome, check_folder, check_pages

TESTS = Path(__file__).parent
TREE = TESTS / "tree"
TODAY = datetime.date(2026, 11, 22)
PAGE = "docs/techniques/calf-stroke.md"


class Site:
    """A copy of the small good site in a folder of its own; `page` is the technique that tests change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(TREE / "docs", root / "docs")
        self.techniques = root / "docs" / "techniques"
        self.page = root / PAGE
        self.picture = self.page.with_suffix(".svg")

    def context(self) -> SiteContext:
        """Give the site as the checker sees it today."""
        return SiteContext(self.root / "docs", TODAY)

    def check(self) -> Outcome:
        """Check the whole site."""
        return check_folder(self.context())

    def check_page(self) -> Outcome:
        """Check only the page that tests change: quicker, for tests that try many."""
        return check_pages([self.page], self.context())

    def lay(self, kept: Path) -> None:
        """Lay a kept case over the site: a page in the place of its own, or a folder over docs/."""
        if kept.is_dir():
            shutil.copytree(kept, self.root / "docs", dirs_exist_ok=True)
        else:
            shutil.copy(kept, self.page)

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
