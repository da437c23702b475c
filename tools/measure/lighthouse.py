"""Scores five pages with Lighthouse, as a slow phone: the home page, the list, a technique, help, the check. `make lighthouse` runs it.

Each score is the median of three runs. Needs Node.js: Lighthouse comes from the npm registry at its first run.
Nothing else of the project needs it.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.browser import find_browser
from tools.local_server import GzipHandler, served
from tools.strict_build import strictly_built

LIGHTHOUSE = "lighthouse@12.8.2"
RUNS = 3
PAGES = ("", "techniques/", "techniques/quadriceps-massage/", "when-to-seek-help/", "check-first/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def score(address: str, browser: str) -> dict[str, int]:
    """Return the scores of one run, 0 to 100, by category."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.json"
        flags = "--headless" + (" --no-sandbox" if os.geteuid() == 0 else "")
        command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", f"--chrome-flags={flags}", "--output=json", f"--output-path={out}"]
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": browser})
        found = json.loads(out.read_text("utf-8"))["categories"]
    return {name: round(100 * found[name]["score"]) for name in CATEGORIES}


def main() -> int:
    """Build the site, score the pages, and print the median of the runs. Return the exit status."""
    browser = find_browser()
    if not (browser and shutil.which("npx")):
        print("This needs Chromium and Node.js (npx). Install what is missing, then run it again.", file=sys.stderr)
        return 1
    print(f"{'':34}" + "".join(f"{name:>16}" for name in CATEGORIES))
    with strictly_built(SITE_URL="https://example.org/") as site, served(site, GzipHandler) as home:
        for page in PAGES:
            runs = [score(home + page, browser) for _ in range(RUNS)]
            medians = "".join(f"{statistics.median(run[name] for run in runs):>16g}" for name in CATEGORIES)
            print(f"{page or '(the first page)':34}{medians}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
