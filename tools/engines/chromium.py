"""Chromium, driven by Playwright."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError

from .tab import Failed, Tab


class Chromium:
    """The engine of Chrome, Edge, Samsung Internet and many others."""

    name = "Chromium"

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.version = browser.version

    def new(self, home: str, *, dark: bool = False, scripts: bool = True, before: str = "") -> Tab:
        """Begin with a new reader. `before` runs before the scripts of each page."""
        context = self._browser.new_context(color_scheme="dark" if dark else "light", java_script_enabled=scripts)
        if before:
            context.add_init_script(before)
        return _Tab(context.new_page(), home)


class _Tab(Tab):
    def __init__(self, page: Page, home: str) -> None:
        self._page, self.home = page, home
        self._troubles: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._troubles.append(f"{page.url}: error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._troubles.append(f"{self._page.url}: console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self._troubles.append(f"{self._page.url}: asks for {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on to another page meanwhile
            self._troubles.append(f"{self._page.url}: failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._troubles.append(f"{self._page.url}: answered {response.status}: {response.url}")

    def open(self, address: str) -> None:
        self._page.goto(address if "://" in address else self.home + address)

    def run(self, body: str) -> Any:
        try:
            return self._page.evaluate(f"(async () => {{ {body} }})()")
        except PlaywrightError as error:
            raise Failed(error.message) from error

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def dark(self, on: bool) -> None:
        self._page.emulate_media(color_scheme="dark" if on else "light")

    def press(self, key: str, *modifiers: str) -> None:
        self._page.keyboard.press("+".join([*modifiers, key]))

    def tap(self, x: float, y: float) -> None:
        self._page.mouse.click(x, y)

    def pdf(self, paper: str) -> bytes:
        return self._page.pdf(format=paper, tagged=True)

    def picture(self) -> bytes:
        return self._page.screenshot()

    def troubles(self) -> list[str]:
        return self._troubles

    def close(self) -> None:
        self._page.context.close()
