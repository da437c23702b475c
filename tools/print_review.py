"""Writes a form for each page that a clinician can review to dist/review/, as HTML and as a tagged PDF on A4 (`make review`)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser

from knee.commands.review_forms import PLACE, review_command
from tools.browser import started
from tools.strict_build import PROJECT


def print_forms(forms: Iterable[Path], browser: Browser) -> list[Path]:
    """Print each form beside its HTML, and give the files."""
    page = browser.new_page()
    files = []
    for form in forms:
        page.goto(form.as_uri())
        files.append(form.with_suffix(".pdf"))
        page.pdf(path=files[-1], format="A4", prefer_css_page_size=True, tagged=True, outline=True)
    page.close()
    return files


def main() -> int:
    """Write the forms, print them, and say what was written. Return the exit status: 1 where a page has problems."""
    folder = PROJECT / PLACE
    if review_command([str(folder)]):
        return 1
    with started() as browser:
        files = print_forms(sorted(folder.glob("*.html")), browser)
    print(f"{len(files)} forms in {PLACE}/, each as HTML and as PDF")
    return 0


if __name__ == "__main__":
    sys.exit(main())
