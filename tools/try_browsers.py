"""Tries every page and every sheet in the three engines (`make browsers`), prints what is wrong, and writes down what was tried.

Pages: on a phone's width and a desk's, in light and in dark colours: errors, and what scrolls sideways. Sheets: on A4 and on Letter, in
normal and in large print: how many sides there are, words that are lost, cut, crossed by a line or pale, letters that are too small. The
tests of `make test` do a part of it. The PDFs stay in dist/browsers/.
"""

from __future__ import annotations

import datetime
import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tools.browser import started as started_chromium
from tools.engines import ENGINES, PAPERS, Engine, Tab, missing, started
from tools.engines.paper import Print
from tools.local_server import served
from tools.print_sheets import sheets_of
from tools.strict_build import PROJECT, strictly_built

OUT = PROJECT / "dist" / "browsers"
TRIED = PROJECT / "overrides" / "partials" / "knee" / "tried-browsers.html"
WIDTHS = (360, 1280)
SIZES = {"normal": (12.0, 14.0), "large": (14.0, 18.0)}
"""The smallest and the usual letter of each size of print, in points."""
A_LITTLE = 0.06
"""Rounding of a size in points."""


def promised(address: str, size: str) -> int | None:
    """Return how many sides a sheet has; None for the longer ones."""
    if address == "diary/":
        return 1
    if address.startswith("techniques/"):
        return {"normal": 1, "large": 2}[size]
    return 1 if size == "normal" and address in ("routines/2-minutes/", "routines/5-minutes/") else None


def faults_of_pages(tab: Tab, addresses: list[str]) -> Iterator[str]:
    """Open every page in both widths and colours, and say what is wrong."""
    for address in addresses:
        for dark in (False, True):
            for width in WIDTHS:
                tab.resize(width, 800)
                tab.open(address)
                tab.dark(dark)
                for out in tab.sticks_out():
                    yield f"{address} at {width} px: sticks out: {out}"
    yield from tab.troubles()


def faults_of_sheet(sheet: Print, address: str, size: str, first: Print) -> Iterator[str]:
    """Say what is wrong with a printed sheet; `first` is that of the first engine."""
    sides, (smallest, usual) = promised(address, size), SIZES[size]
    if sides and len(sheet.sides) != sides:
        yield f"{len(sheet.sides)} sides, not {sides}"
    if sheet.smallest < smallest - A_LITTLE or sheet.usual < usual - A_LITTLE:
        yield f"letters of {sheet.smallest} points, most of {sheet.usual}"
    if lost := Counter(first.text) - Counter(sheet.text):
        yield f"{lost.total()} letters are lost"
    if not any(side.codes for side in sheet.sides):
        yield "the code cannot be read"
    yield from sheet.faults()


def try_paper(name: str, tab: Tab, addresses: list[str], firsts: dict[str, Print]) -> tuple[int, list[str]]:
    """Print every sheet; return how many sheets were printed, and what is wrong."""
    count, faults = 0, []
    for address in addresses:
        for size in SIZES:
            tab.open(f"{address}?print={size}")
            tab.wait_for_sheet()
            for paper in PAPERS:
                file = OUT / f"{address.strip('/').replace('/', '-')}-{paper.lower()}-{size}-{name.lower()}.pdf"
                file.write_bytes(tab.pdf(paper))
                sheet = Print(file.read_bytes())
                first = firsts.setdefault(f"{address} {paper} {size}", sheet)
                faults += [f"{file.name}: {fault}" for fault in faults_of_sheet(sheet, address, size, first)]
                count += 1
    return count, faults


def try_engine(engine: Engine, home: str, site: Path, firsts: dict[str, Print]) -> list[str]:
    """Try all in one engine, print the figures, and return what is wrong."""
    places = ElementTree.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    addresses = [(place.text or "").split("/", 3)[3] for place in places]
    tab = engine.new(home)
    pages = list(faults_of_pages(tab, addresses))
    tab.resize(1280, 800)
    tab.dark(False)
    count, sheets = try_paper(engine.name, tab, sheets_of(site), firsts)
    tab.close()
    print(f"{engine.name} {engine.version}: {len(addresses)} pages x {len(WIDTHS)} widths x 2 colours, {len(pages)} faults;", end=" ")
    print(f"{count} sheets, {len(sheets)} faults", flush=True)
    return [f"{engine.name}: {fault}" for fault in (*pages, *sheets)]


def write_down(tried: dict[str, str]) -> None:
    """Write which engines were tried, in which versions and when: the about page shows it."""
    today = datetime.datetime.now(datetime.UTC).date()
    TRIED.write_text(
        "{#- Written by `make browsers` when all of it was right, and by nothing else; overrides/about.html shows it. -#}\n"
        f"{{% set tried_on = {json.dumps(f'{today.day} {today:%B %Y}')} %}}\n{{% set tried = {json.dumps(tried)} %}}\n",
        "utf-8",
    )


def main() -> int:
    """Build the site and try it. Return the exit status."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    faults, tried, firsts = [], {}, {}
    with started_chromium() as chromium, strictly_built(SITE_URL="https://knee-ease.example.org/") as site, served(site) as home:
        for name in ENGINES:
            if lack := missing(name):
                faults.append(f"{name} was not tried: {lack}")
                continue
            with started(name, chromium) as engine:
                tried[name] = engine.version
                faults += try_engine(engine, home, site, firsts)
    print("\n".join(faults) or "Nothing is wrong.")
    if not faults:
        write_down(tried)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
