"""What a reader does in front of a page, the same in every engine: open, look, press, print. An engine gives the few acts below."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from typing import Any

PATIENCE = 30.0
"""Seconds in which whatever a page does on its own has happened."""
PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Millimetres: across and along."""
MARGINS = {"top": 7, "right": 12, "bottom": 7, "left": 12}
"""Millimetres, as docs/assets/css/print.css asks for."""
STICKS_OUT = """[...document.querySelectorAll("body *")].filter((one) => document.documentElement.scrollWidth > innerWidth
    && one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 120)).slice(-3)"""
PLACE = """const box = element.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2]"""


class Failed(Exception):
    """An engine did not do what it was told."""


class Tab(ABC):
    """One reader's tab, with stores of its own that begin empty."""

    home: str
    """The site's root: whatever a page asks for elsewhere is trouble."""

    # What each engine does in its own way

    @abstractmethod
    def open(self, address: str) -> None:
        """Open an address under the site's root, or a whole one, and wait until it has loaded."""

    @abstractmethod
    def run(self, body: str) -> Any:
        """Run the body of an asynchronous function in the page, and return what it returns."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Make the page so large, in CSS pixels."""

    @abstractmethod
    def dark(self, on: bool) -> None:
        """Tell pages that the reader's device is in dark colours, or that it is not."""

    @abstractmethod
    def press(self, key: str, *modifiers: str) -> None:
        """Press a key by the name that the web gives it ("Tab", "ArrowRight", "a"), with "Shift" or "Control" held."""

    @abstractmethod
    def tap(self, x: float, y: float) -> None:
        """Press the pointer's button at a place of the page that can be seen, in CSS pixels."""

    @abstractmethod
    def pdf(self, paper: str) -> bytes:
        """Print the page on a paper of `PAPERS`."""

    @abstractmethod
    def picture(self) -> bytes:
        """Return what can be seen of the page, as a PNG."""

    @abstractmethod
    def troubles(self) -> list[str]:
        """Return what no reader may meet, since the tab began: errors, requests that failed, requests to other hosts."""

    @abstractmethod
    def close(self) -> None:
        """End the tab, and forget its stores."""

    # What follows from that

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression in the page; a promise is waited for."""
        return self.run(f"return ({expression})")

    def wait_for(self, expression: str, seconds: float = PATIENCE) -> None:
        """Wait until an expression is true in the page, also over the change from one page to another."""
        looks = f"""const looks = () => Boolean({expression});
            if (looks()) return true;
            await new Promise((resolve) => setTimeout(resolve, 20));
            return looks();"""
        end, told = time.monotonic() + seconds, ""
        while time.monotonic() < end:
            try:
                if self.run(looks):
                    return
            except Failed as error:  # between two pages there is nowhere to look
                told = f" ({error})"
        raise Failed(f"within {seconds} seconds this did not become true: {expression}{told}")

    def wait_for_sheet(self) -> None:
        """Wait until the script that puts a page's sheet in order is at work: it says which size of print the address asks for."""
        self.wait_for("document.documentElement.dataset.print === (new URLSearchParams(location.search).get('print') ?? 'normal')")
        self.run("await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")

    def find(self, selector: str, words: str = "") -> str:
        """Return an expression for the first element that shows, fits a selector, and whose words begin with `words`."""
        return (
            f"[...document.querySelectorAll({json.dumps(selector)})].find((one) => one.getClientRects().length"
            f" && one.innerText.trim().startsWith({json.dumps(words)}))"
        )

    def click(self, selector: str, words: str = "") -> None:
        """Press the pointer's button on an element, once it is there."""
        found = self.find(selector, words)
        self.wait_for(found)
        look = f"const element = {found}; element.scrollIntoView({{block: 'center', behavior: 'instant'}}); {PLACE};"
        later = f"await new Promise((resolve) => setTimeout(resolve, 60)); {look}"
        before, place = None, self.run(look)
        while before != place:  # what has just come may still move, when the device has answered
            before, place = place, self.run(later)
        self.tap(*place)

    def goes(self, selector: str, words: str = "") -> None:
        """Click on what leads to another page, and wait until that has loaded."""
        self.run("window.left = true")
        self.click(selector, words)
        # Between two pages Firefox can show an empty one, which has loaded too.
        self.wait_for("!window.left && location.href !== 'about:blank' && document.readyState === 'complete'")

    def type(self, words: str) -> None:
        """Press the keys of some words, one after the other."""
        for letter in words:
            self.press(letter)

    def words(self, selector: str) -> str:
        """Return the words that an element shows, on one line; "" where it does not show."""
        return self.evaluate(f"({self.find(selector)})?.innerText.replace(/\\s+/g, ' ').trim() ?? ''")

    def sticks_out(self) -> list[str]:
        """Return what stands out of the page's right edge; nothing where the page does not scroll sideways."""
        return list(self.evaluate(STICKS_OUT))

    @property
    def focused(self) -> str:
        """The beginning of the element that has the focus."""
        return str(self.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
