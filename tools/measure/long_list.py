"""Measures the list of techniques, its filter and the search with 1,000 techniques. `make bench-list` runs it; it changes nothing.

It writes a site with so many techniques in a temporary folder, each with its own title, picture, place, equipment and description, builds
it, serves it on this machine, and opens it in headless Chromium as wide as a phone, with the processor slowed down four times. Compare the
figures of one run with each other, not with another machine's. `python -m tools.measure.long_list 200` measures another number of
techniques; a second argument names a file for a picture of the list.

Bars: the list shows in 3 s, a choice changes it in 0.5 s, what a search finds shows 0.3 s after the last letter, and the list page has at
most 100 kB with gzip. Before the first letter the search has to come, and to read its list of words: how long that takes is told too.
"""

from __future__ import annotations

import gzip
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from tools.browser import started
from tools.local_server import served
from tools.measure.build_time import build, copy_with_pages
from tools.strict_build import PROJECT

SLOWER = 4
"""How many times slower than this machine the phone is."""
TIMES = 3
"""How often each thing is measured; the one in the middle counts."""
PLACES = ("front of the knee", "front of the thigh", "inner thigh", "outer thigh", "back of the thigh", "hip")
EQUIPMENT = ("", "lotion", "towel", "cushion", "roller stick, lotion")

WORDS = sorted(set(re.findall("[a-z]{3,12}", (PROJECT / "docs" / "tips.md").read_text("utf-8"))))
"""Words for descriptions."""

SHOWN = "document.querySelectorAll('.technique-list > li').length"
CHOOSE = """async ([name, value]) => {
  const select = document.querySelector(`select[name=${name}]`);
  const start = performance.now();
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
"""Makes a choice, and gives the milliseconds until the browser has drawn the shorter list."""
QUERIES = ("thigh", "front of the knee", "swollen calf", "stroek slowly", "towel")
TYPE = """async (typed) => {
  const box = document.querySelector(".site-search__box");
  const start = performance.now();
  box.value = typed;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
"""Types a letter more, and gives the milliseconds until the browser has drawn what is found."""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main(arguments: Sequence[str]) -> int:
    """Measure, and print the figures and the bars; return 1 where a bar is missed."""
    count = int(arguments[0]) if arguments else 1000
    with tempfile.TemporaryDirectory(prefix="knee-list-") as folder:
        project = copy_with_pages(Path(folder), count)
        for number, page in enumerate(sorted((project / "docs" / "techniques").glob("page-*.md"))):
            page.write_text(varied(page.read_text("utf-8"), number), "utf-8")
        built = build(project, "mkdocs.yml")
        print(f"{count} techniques\n\n  built in {built.seconds:.1f} s, {built.megabytes:.0f} MB at the peak")
        wire = weigh(project / "site")
        with served(project / "site") as home, started() as browser:
            seconds = measure(browser, home, count, Path(arguments[1]) if len(arguments) > 1 else None)
    bars = [
        (f"the list page has {wire / 1000:.0f} kB on the wire (at most 100)", wire <= 100_000),
        (f"the list shows after {seconds['list']:.2f} s (at most 3)", seconds["list"] <= 3),
        (f"a choice has changed the list after {seconds['choice']:.2f} s (at most 0.5)", seconds["choice"] <= 0.5),
        (f"what is found shows {seconds['search']:.2f} s after the last letter (at most 0.3)", seconds["search"] <= 0.3),
    ]
    print()
    for words, held in bars:
        print(f"{'held  ' if held else 'MISSED'} {words}")
    return 0 if all(held for _, held in bars) else 1


def varied(text: str, number: int) -> str:
    """Return a page with a place, equipment and description of its own: the filter has something to do, and gzip finds little twice."""
    chance = random.Random(number)
    description = " ".join(chance.choice(WORDS) for _ in range(chance.randint(14, 20)))[:155]
    text = re.sub("^description: .*$", f"description: {description.capitalize()}.", text, count=1, flags=re.MULTILINE)
    text = re.sub("^works_on: .*$", f"works_on: {PLACES[number % len(PLACES)]}", text, count=1, flags=re.MULTILINE)
    return re.sub("^equipment: .*$", f"equipment: [{EQUIPMENT[number % len(EQUIPMENT)]}]", text, count=1, flags=re.MULTILINE)


def weigh(site: Path) -> int:
    """Print the bytes of the list page and of the search, and return those of the list page on the wire."""
    for name in ("techniques/index.html", "assets/js/pages/search.js"):
        content = (site / name).read_bytes()
        print(f"  {name}: {len(content):,} bytes, {len(gzip.compress(content)):,} with gzip")
    return len(gzip.compress((site / "techniques/index.html").read_bytes()))


def measure(browser: Browser, home: str, count: int, picture: Path | None) -> dict[str, float]:
    """Return the seconds until the list shows, until a choice has changed it, and until a letter more has changed what is found."""
    lists, choices, searches, comes = [], [], [], []
    for _ in range(TIMES):
        page = slow_page(browser)
        page.goto(home + "techniques/", wait_until="load")
        page.wait_for_selector(".technique-filter:not([hidden])")
        lists.append(page.evaluate(FIRST_PAINT) / 1000)
        for choice in (("place", PLACES[0]), ("equipment", "lotion"), ("place", "")):
            choices.append(page.evaluate(CHOOSE, list(choice)) / 1000)
        assert 0 < page.evaluate(SHOWN) < count
        if picture:
            page.screenshot(path=picture)
        come, letters = seconds_of_a_search(page, home)
        comes.append(come)
        searches += letters
        page.close()
    medians = {"list": median(lists), "choice": max(choices), "search": max(searches)}
    for name, each in (("the list shows", lists), ("a choice", choices), ("the search comes", comes), ("a letter", searches)):
        print(f"  {name}: {', '.join(f'{one:.2f}' for one in each)} s")
    return medians


def slow_page(browser: Browser) -> Page:
    """Open a tab as wide as a phone, with the processor slowed down."""
    page = browser.new_page(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def seconds_of_a_search(page: Page, home: str) -> tuple[float, list[float]]:
    """Return the seconds from opening the search to its first result, and from a letter to what is found then, for each letter."""
    page.goto(home)
    start = page.evaluate("performance.now()")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("combobox", name="Search").press("t")
    page.wait_for_selector(".found")
    come = float(page.evaluate("performance.now()") - start) / 1000
    return come, [page.evaluate(TYPE, typed) / 1000 for query in QUERIES for typed in (query[:-1], query)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
