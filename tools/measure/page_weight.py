"""Weighs the built site as a reader's phone gets it: requests and bytes of each page, by kind, on a first visit (`make weigh`).

Each page is opened in a browser that has nothing of the site yet, on a phone's screen, from a server that sends gzip as hosts do.
What is counted is what went over the wire, headers included, until the network is quiet.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tools.browser import started
from tools.local_server import GzipHandler, served
from tools.strict_build import strictly_built

PHONE = {"width": 360, "height": 640}
KINDS = {"Document": "page", "Stylesheet": "style", "Script": "script", "Image": "picture"}

FIRST_ANSWER = 14_000
"""The most bytes of the page itself, headers included: what a server sends at once. With it, a page can be read and printed."""
BUDGETS = {
    "": 13_000,
    "techniques/": 13_500,
    "techniques/*/": 23_000,
    "exercises/*/": 23_500,
    "routines/": 11_000,
    "routines/*/": 24_000,
    "when-to-seek-help/": 16_000,
    "check-first/": 19_000,
}
"""The most bytes of a first visit, by address, with all that comes after the first answer: drawings of later steps, and scripts."""
WITH_SESSION = {"exercises/*/": 33_000, "routines/*/": 34_000}
MOST_WITH_SESSION = 33_000
"""The most bytes of a page once its reader has begun to read, and the timed session has come; some kinds have a budget of their own."""
MOST_REQUESTS = 10
"""All of a first visit: page, script, icon, and drawings; exercises have 7."""
FIX = "draw fewer or simpler pictures, or shorten what stands under the steps"


@dataclass
class Weight:
    """What one page took on a first visit: bytes on the wire and requests, by kind."""

    bytes: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)

    @property
    def all_bytes(self) -> int:
        """Bytes of all kinds."""
        return sum(self.bytes.values())

    @property
    def all_requests(self) -> int:
        """Requests of all kinds."""
        return sum(self.requests.values())


def weigh(browser: Browser, address: str) -> tuple[Weight, Weight]:
    """Open a page as a reader who has never been here: return what it took, and what all had taken after the first scroll."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=3, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    weight = _listening(page)
    page.goto(address, wait_until="networkidle")
    first = Weight(weight.bytes.copy(), weight.requests.copy())
    page.evaluate("scrollBy(0, 1)")
    page.wait_for_load_state("networkidle")
    if page.locator("script[data-session]").count():
        page.locator("dialog.session").wait_for(state="attached")
    context.close()
    return first, weight


def _listening(page: Page) -> Weight:
    weight, kinds = Weight(), dict[str, str]()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")

    def answered(event: dict[str, Any]) -> None:
        if not event["response"]["url"].startswith("data:"):
            kinds[event["requestId"]] = KINDS.get(event["type"], "other")

    def arrived(event: dict[str, Any]) -> None:
        if kind := kinds.get(event["requestId"]):
            weight.bytes[kind] += int(event["encodedDataLength"])
            weight.requests[kind] += 1

    network.on("Network.responseReceived", answered)
    network.on("Network.loadingFinished", arrived)
    return weight


def pages_of(site: Path) -> list[str]:
    """Return the addresses of a built site's pages, seen from its root."""
    found = sorted(page.parent.relative_to(site).as_posix() for page in site.rglob("index.html"))
    return ["" if address == "." else f"{address}/" for address in found]


def budget_of(address: str) -> int | None:
    """Return the most bytes that a page may have; None where there is no budget."""
    return BUDGETS.get(_kind_of(address))


def _kind_of(address: str) -> str:
    folder, _, name = address.partition("/")
    return f"{folder}/*/" if name else address


def over_budget(address: str, weight: Weight, read: Weight) -> list[str]:
    """Return what of a page is over its budget, on a first visit and once it is being read."""
    most = budget_of(address)
    faults = []
    if most is not None and weight.bytes["page"] > FIRST_ANSWER:
        faults.append(f"{address or 'the first page'} has {weight.bytes['page']:,} bytes itself; {FIRST_ANSWER:,} is the most: {FIX}")
    if most is not None and weight.all_bytes > most:
        faults.append(f"{address or 'the first page'} has {weight.all_bytes:,} bytes; {most:,} is the most: {FIX}")
    if most is not None and weight.all_requests > MOST_REQUESTS:
        faults.append(f"{address or 'the first page'} makes {weight.all_requests} requests; {MOST_REQUESTS} is the most")
    most_read = WITH_SESSION.get(_kind_of(address), MOST_WITH_SESSION)
    if most is not None and read.all_bytes > most_read:
        faults.append(f"{address} has {read.all_bytes:,} bytes with its session; {most_read:,} is the most: {FIX}")
    return faults


def main() -> int:
    """Build the site, weigh every page, and print a table. Return the exit status: 1 where a page is over its budget."""
    kinds = ("page", "style", "script", "picture", "other")
    faults: list[str] = []
    addresses = {"SITE_URL": "https://example.org/", "REPO_URL": "https://example.org/knee-ease"}
    with started() as browser, strictly_built(**addresses) as site, served(site, GzipHandler) as home:
        print(f"{'':34}{'all':>8}{'requests':>10}" + "".join(f"{kind:>9}" for kind in kinds) + f"{'with session':>14}")
        for address in pages_of(site):
            weight, read = weigh(browser, home + address)
            faults += over_budget(address, weight, read)
            parts = "".join(f"{weight.bytes[kind]:>9,}" for kind in kinds)
            print(f"{address or '(the first page)':34}{weight.all_bytes:>8,}{weight.all_requests:>10}{parts}{read.all_bytes:>14,}")
    print("\n".join(faults) or "All pages are within their budgets.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
