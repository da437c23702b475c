"""Writes every sheet of the site to dist/ as a tagged PDF: on A4 and on Letter, in normal and in large print (`make sheets`)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from browser import find_browser

PROJECT = Path(__file__).resolve().parents[1]
OUT = PROJECT / "dist" / "sheets"
PAPERS = ("A4", "Letter")
SIZES = ("normal", "large")
OTHERS = ("diary", "when-to-seek-help", "check-first", "tips", "relaxation-space")
"""The sheets that are neither a technique nor a routine."""

NO_BROWSER = """\
There is no Chromium here, and the sheets are printed with one. Install it with 1 of these, then run `make sheets` again:

    sudo apt-get install chromium fonts-liberation                 (Debian, Ubuntu)
    .venv/bin/python -m playwright install --with-deps chromium    (anywhere else)

Or, if you have one in another place: CHROMIUM=/path/to/chromium make sheets
"""

ORDERED = """
async ([script, size]) => {
  const { putInOrder } = await import(script);
  putInOrder(document.querySelector(".page"), size);
}
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a built site on this machine only, as scripts and addresses need it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """Start the browser at a path."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()


def sheets_of(site: Path) -> list[str]:
    """Give the addresses of the sheets of a built site, seen from its root."""
    listed = [page.parent for folder in ("techniques", "routines") for page in sorted((site / folder).glob("*/index.html"))]
    others = [site / name for name in OTHERS]
    return [page.relative_to(site).as_posix() + "/" for page in [*listed, *others] if (page / "index.html").is_file()]


def print_sheet(page: Page, home: str, address: str, size: str, out: Path) -> Iterator[Path]:
    """Print one sheet in one size on every paper, and give the files."""
    page.goto(f"{home}{address}?print={size}", wait_until="load")
    page.evaluate(ORDERED, [f"{home}assets/js/sheet-order.js", size])
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
    """Build the site, print its sheets, and say what was written. Gives the exit status."""
    path = find_browser()
    if not path:
        print(NO_BROWSER, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
        built = subprocess.run(command, cwd=PROJECT, check=False)
        if built.returncode:
            return built.returncode
        with started(path) as browser:
            files = write_sheets(site, OUT, browser)
    print(f"{len(files)} sheets in {OUT.relative_to(PROJECT)}/")
    if not os.environ.get("SITE_URL"):
        print("They have no address and no QR code. With SITE_URL=https://example.org/ make sheets they have both.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
