"""Measures when a reader on a bad line sees a page first: a 400 ms round trip, 400 kbit/s. `make first-paint` runs it.

Cold, median of five, in turn: each page of the site, the same page of another build where one is named (`make first-paint BEFORE=folder`,
say of the commit before), and a page such as somebody writes by hand: the same words and pictures, and hardly any style.

Then a reader of three pages who comes back to the first: with the style in each page, and with the same style in files that are kept.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page

from tools.browser import started
from tools.local_server import GzipHandler, served
from tools.strict_build import strictly_built

LATENCY = 400
"""Milliseconds from asking to the first byte."""
BYTES_A_SECOND = 400_000 / 8
TIMES = 5
PAGES = ("", "techniques/", "techniques/quadriceps-massage/", "when-to-seek-help/", "check-first/")
WALK = ("", "techniques/", "techniques/quadriceps-massage/", "")
"""What the reader of three pages opens."""
MOST = 1.15
"""How many times as long as by hand a page of the site may take."""
BY_HAND = "body{max-width:40em;margin:auto;padding:1em;font:1.1em/1.5 sans-serif}img{max-width:100%}"
PAINT = """new Promise((resolve) => new PerformanceObserver((list) => {
  for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") resolve(startTime);
}).observe({ type: "paint", buffered: true }))"""


class KeptHandler(GzipHandler):
    """Lets a browser keep files for ten minutes, as GitHub Pages does."""

    def end_headers(self) -> None:
        """Say how long, and end the headers."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


def written_by_hand(html: str) -> str:
    """Return a page with the same title, description, words, links and pictures, and a line of style: no policy, no scripts, no classes."""
    html = re.sub(r"<script.*?</script>|<style>.*?</style>|<meta http-equiv[^>]*>", "", html, flags=re.DOTALL)
    head, end, body = html.partition("</head>")
    body = re.sub(r'\s(?!href=|src=|alt=|id=|width=|height=)[\w-]+="[^"]*"', "", body)
    return f"{head}<style>{BY_HAND}</style>{end}{body}"


def rewritten(site: Path, to: Path, *, by_hand: bool) -> Path:
    """Copy a site with its pages written by hand, or else with their style in files that pages of a kind share."""
    shutil.copytree(site, to)
    for path in to.rglob("*.html"):
        html = path.read_text("utf-8")
        if by_hand:
            path.write_text(written_by_hand(html), "utf-8")
        elif styles := re.findall(r"<style>(.*?)</style>", html, re.DOTALL):
            style = "".join(styles)
            name = f"{hashlib.sha256(style.encode()).hexdigest()[:8]}.css"
            (to / name).write_text(style, "utf-8")
            up = "../" * len(path.parent.relative_to(to).parts)
            html = html.replace(f"<style>{styles[0]}</style>", f'<link rel="stylesheet" href="{up}{name}">')
            path.write_text(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL), "utf-8")
    return to


def walk(browser: Browser, addresses: Sequence[str]) -> list[float]:
    """Open pages one after another as a reader who has never been here, and return the seconds to the first paint of each."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=3, is_mobile=True)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    network.send("Network.emulateNetworkConditions", line)
    seconds = [first_paint(page, address) for address in addresses]
    context.close()
    return seconds


def first_paint(page: Page, address: str) -> float:
    """Open a page, and return the seconds until something of it was seen."""
    page.goto(address, wait_until="networkidle")
    return float(page.evaluate(PAINT)) / 1000


def main(before: Sequence[str]) -> int:
    """Measure and print; return 1 where a page of the site takes too long."""
    with ExitStack() as stack:
        browser, site = stack.enter_context(started()), stack.enter_context(strictly_built(SITE_URL="https://example.org/"))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="knee-paint-")))
        builds = {"the site": site, "by hand": rewritten(site, folder / "by-hand", by_hand=True)}
        if before:
            builds["before"] = Path(before[0])
        homes = {name: stack.enter_context(served(build, KeptHandler)) for name, build in builds.items()}
        print(f"seconds to the first paint: cold, {LATENCY} ms, {BYTES_A_SECOND * 8 / 1000:.0f} kbit/s, median of {TIMES}\n")
        print(f"{'':34}" + "".join(f"{name:>11}" for name in homes) + f"{'site/hand':>11}")
        late = []
        for page in PAGES:
            runs = [[walk(browser, [home + page])[0] for home in homes.values()] for _ in range(TIMES)]
            medians = [statistics.median(each) for each in zip(*runs, strict=True)]
            print(f"{page or '(the first page)':34}" + "".join(f"{one:>11.2f}" for one in medians) + f"{medians[0] / medians[1]:>11.2f}")
            late += [page] * (medians[0] > MOST * medians[1])
        ways = {
            "style in the page": homes["the site"],
            "style in files": stack.enter_context(served(rewritten(site, folder / "linked", by_hand=False), KeptHandler)),
        }
        print("\nthree pages, and the first again: seconds to the first paint of each, and together")
        walks = [[walk(browser, [home + page for page in WALK]) for home in ways.values()] for _ in range(TIMES)]
        for name, each in zip(ways, zip(*walks, strict=True), strict=True):
            print(f"{name:34}" + "".join(f"{statistics.median(one):>8.2f}" for one in [*zip(*each, strict=True), list(map(sum, each))]))
    print(f"\n{'MISSED' if late else 'held  '} no page takes more than {MOST} times as long as by hand")
    return bool(late)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
