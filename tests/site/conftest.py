"""The site as its readers get it: built once, strictly, served on this machine, and opened in a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from built import PROJECT, REPO_URL, BuiltSite, build, copy_project
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright
from waiting import PATIENCE

from host import UNDER, HostHandler
from tools.browser import WITHOUT, find_browser
from tools.engines import ENGINES, Engine, Tab, missing, started
from tools.local_server import served

ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    WITHOUT,
)
"""Keep the browser to the pages it is given."""
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def served_at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Return the folder that is served on this machine, and its address: one for all workers."""
    if given := getattr(request.config, "workerinput", {}).get("served"):
        root, address = given
        yield Path(root), address
    else:
        root = tmp_path_factory.mktemp("served")
        with served(root, HostHandler) as address:
            yield root, address


@pytest.fixture(scope="session")
def site(served_at: tuple[Path, str], made_once: Callable[..., Path]) -> BuiltSite:
    """Build the real site, strictly, for the address where it is then served."""
    root, address = served_at
    home = f"{address}{UNDER}/"
    return BuiltSite(made_once(UNDER, partial(_build_here, SITE_URL=home, REPO_URL=REPO_URL), root), home)


def _build_here(folder: Path, **settings: str) -> None:
    result = build(PROJECT, folder, **settings)
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="session")
def bare_build(made_once: Callable[..., Path]) -> Path:
    """Build the real site where nobody said which address it has, nor where the project is kept: site/ and printed.txt."""
    return made_once("bare", _build_bare)


def _build_bare(folder: Path) -> None:
    result = build(PROJECT, folder / "site")
    (folder / "printed.txt").write_text(result.stdout, "utf-8")
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="session")
def bare_site(bare_build: Path) -> BuiltSite:
    """Return the site that was built without an address."""
    return BuiltSite(bare_build / "site")


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
        context.set_default_timeout(PATIENCE * 1000)
        opened.append(Watched(context.new_page(), home))
        return opened[-1]

    yield new
    for watched in opened:
        watched.page.context.close()
    troubles = [trouble for watched in opened for trouble in watched.troubles]
    assert not troubles, "\n".join(troubles)


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Engine]:
    """Start each of the engines that readers hold. One that is not here is named and passed over; with CI=true the test fails."""
    if lack := missing(request.param):
        told = f"{request.param} was not tried: {lack}"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    with started(request.param, chromium) as engine:
        yield engine


@pytest.fixture
def reads(engine: Engine, site: BuiltSite) -> Iterator[Callable[..., Tab]]:
    """Return a function that opens a page of the site for a new reader, in each engine. The test fails where that reader met trouble."""
    opened: list[Tab] = []

    def new(address: str, width: int = 360, **options: Any) -> Tab:
        tab = engine.new(options.pop("home", site.home), **options)
        opened.append(tab)
        tab.resize(width, 800)
        tab.open(address)
        return tab

    yield new
    troubles = [trouble for tab in opened for trouble in tab.troubles()]
    for tab in opened:
        tab.close()
    assert not troubles, "\n".join(troubles)
