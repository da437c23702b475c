"""Writes every sheet of the site to dist/ as a tagged PDF: on A4 and on Letter, in normal and in large print (`make sheets`)."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from tools.browser import started
from tools.local_server import served
from tools.strict_build import PROJECT, strictly_built

OUT = PROJECT / "dist" / "sheets"
PAPERS = ("A4", "Letter")
SIZES = ("normal", "large")
OTHERS = ("diary", "when-to-seek-help", "check-first", "tips", "relaxation-space")
"""The sheets that nobody follows along."""

_ORDER = (PROJECT / "docs" / "assets" / "js" / "sheet-order.js").read_text("utf-8").replace("export ", "")
ORDERED = f"""
(size) => {{
  {_ORDER}
  putInOrder(document.querySelector(".page"), size);
}}
"""
"""Puts the parts of a page into the order of its sheet, as a browser does before it prints."""


def sheets_of(site: Path) -> list[str]:
    """Return the addresses of the sheets of a built site, seen from its root."""
    listed = [page.parent for folder in ("techniques", "exercises", "routines") for page in sorted((site / folder).glob("*/index.html"))]
    others = [site / name for name in OTHERS]
    return [page.relative_to(site).as_posix() + "/" for page in [*listed, *others] if (page / "index.html").is_file()]


def print_sheet(page: Page, home: str, address: str, size: str, out: Path) -> Iterator[Path]:
    """Print one sheet in one size on every paper, and give the files."""
    page.goto(f"{home}{address}?print={size}", wait_until="load")
    page.evaluate(ORDERED, size)
    name = address.strip("/").replace("/", "-")
    for paper in PAPERS:
        file = out / f"{name}-{paper.lower()}{'-large' if size == 'large' else ''}.pdf"
        page.pdf(path=file, format=paper, tagged=True, outline=True)
        yield file


def write_sheets(site: Path, out: Path, browser: Browser) -> list[Path]:
    """Print all sheets of a built site into a folder, and give the files."""
    shutil.rmtree(out, ignore_errors=True)  # the sheet of a page that is no more must not be handed out
    out.mkdir(parents=True)
    files: list[Path] = []
    with served(site) as home:
        page = browser.new_page()
        for address in sheets_of(site):
            for size in SIZES:
                files += print_sheet(page, home, address, size, out)
        page.close()
    return files


def main() -> int:
    """Build the site, print its sheets, and say what was written. Return the exit status."""
    with started() as browser, strictly_built() as site:
        files = write_sheets(site, OUT, browser)
    print(f"{len(files)} sheets in {OUT.relative_to(PROJECT)}/")
    if not os.environ.get("SITE_URL"):
        print("They have no address and no QR code. With SITE_URL=https://example.org/ make sheets they have both.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
