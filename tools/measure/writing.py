"""Measures "Write a technique" in Chromium: from the button to the first answer, cold and warm, each further answer, and the memory.

`make measure-writing` runs it. The site has to be there with its checker: `make composer build`.
"""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import find_browser
from tools.composer import PROJECT
from tools.local_server import served

KEYS = 10
WAIT = """() => {
  const start = performance.now();
  window.taken = new Promise((resolve) => {
    const answered = new MutationObserver(() => resolve(performance.now() - start));
    answered.observe(document.querySelector(".composer"), { attributes: true, attributeFilter: ["data-answered"] });
  });
}"""


def first_answer(page: Page, home: str) -> float:
    """Open the page, start the checker, and return the seconds to the first answer."""
    page.goto(f"{home}write/")
    start = time.monotonic()
    page.get_by_role("button", name="Start writing").click()
    page.locator(".composer[data-answered]").wait_for()
    return time.monotonic() - start


def next_answer(page: Page, key: str) -> float:
    """Press a key in the box, and return the seconds to its answer, by the page's own clock."""
    page.evaluate(WAIT)
    page.keyboard.press(key)
    return float(page.evaluate("window.taken")) / 1000


def memory(browser: Browser) -> float:
    """Return the MB that the largest process of a page holds by itself (Linux)."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    states = (Path(f"/proc/{one['id']}/status").read_text("utf-8") for one in found if one["type"] == "renderer")
    return max(int(re.findall(r"RssAnon:\s+(\d+)", state)[0]) for state in states) / 1000


def main() -> None:
    """Measure, and print."""
    with served(PROJECT / "site") as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_context().new_page()
        page.set_default_timeout(120_000)
        print(f"first answer, cold: {first_answer(page, home):.1f} s; warm: {first_answer(page, home):.1f} s")
        answers = [next_answer(page, key) for key in ["x", "Backspace"] * (KEYS // 2)]
        print(f"each further answer: median {statistics.median(answers):.2f} s, longest {max(answers):.2f} s after the key")
        print(f"memory: {memory(browser):.0f} MB")
        browser.close()


if __name__ == "__main__":
    main()
