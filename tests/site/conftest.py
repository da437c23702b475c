"""The site as its readers get it: built once, strictly, served on this machine, and opened in a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from built import PROJECT, REPO_URL, BuiltSite, build, copy_project
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from tools.browser import find_browser
from tools.local_server import QuietHandler, served

ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
)
"""Keep the browser to the pages it is given."""

UNDER = "knee-ease"
"""The site stands in a folder of its host, as it does on many: an address that starts at the host's root would show."""


class _HostHandler(QuietHandler):
    """Answers with 404.html where there is no file, as hosts of static sites do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / UNDER / "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """Build the real site, strictly, for the address where it is then served."""
    root = tmp_path_factory.mktemp("served")
    with served(root, _HostHandler) as host:
        home = f"{host}{UNDER}/"
        result = build(PROJECT, root / UNDER, SITE_URL=home, REPO_URL=REPO_URL)
        assert result.returncode == 0, result.stdout
        yield BuiltSite(root / UNDER, home)


@pytest.fixture(scope="session")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the real site where nobody said which address it has, nor where the project is kept."""
    folder = tmp_path_factory.mktemp("bare") / "site"
    result = build(PROJECT, folder)
    assert result.returncode == 0, result.stdout
    return BuiltSite(folder)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a copy of the project that a test may change."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser. Without one, tests are skipped at home and fail where CI=true."""
    path = find_browser()
    if not path:
        told = "there is no Chromium here: install one, or name it in CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *(["--no-sandbox"] if root else [])])
        yield browser
        browser.close()


class Watched:
    """A browser's page that keeps a list of what no reader may meet: errors, failed requests, requests to other hosts."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.troubles: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def open(self, address: str, *, width: int = 1280) -> Page:
        """Open a page by its address under the site's root."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.goto(self.home + address)
        return self.page

    def _note(self, trouble: str) -> None:
        self.troubles.append(f"{self.page.url}: {trouble}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self._note(f"asks for {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on to another page meanwhile
            self._note(f"failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"answered {response.status}: {response.url}")


@pytest.fixture
def browse(chromium: Browser, site: BuiltSite) -> Iterator[Callable[..., Watched]]:
    """Give a function that opens a new reader's browser, on this site or at another `home`; other arguments are Playwright's.

    The test fails at its end where one of them met a console message, an error, a failed request or another host.
    """
    opened: list[Watched] = []

    def new(*, home: str = site.home, **options: Any) -> Watched:
        context = chromium.new_context(**options)
        context.set_default_timeout(10_000)
        opened.append(Watched(context.new_page(), home))
        return opened[-1]

    yield new
    for watched in opened:
        watched.page.context.close()
    troubles = [trouble for watched in opened for trouble in watched.troubles]
    assert not troubles, "\n".join(troubles)
