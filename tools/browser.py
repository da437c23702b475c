"""Finds and starts a Chromium; run as a program, it installs one where none is found (`make test` does)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Commands under which a system may have the browser."""
ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
"""What drops down from the address bar. Though nobody sees it, Chromium makes it anew for each window, which takes as long as the page."""
PLAYWRIGHTS_OWN = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What Playwright turns off by itself. Only the last such list counts, so ours holds theirs."""
WITHOUT = f"--disable-features={','.join([*ADDRESS_BAR, *PLAYWRIGHTS_OWN])}"
NO_BROWSER = """\
This needs Chromium, and there is none here. Install it with one of these commands, then try again:

    sudo apt-get install chromium fonts-liberation                 (Debian, Ubuntu)
    .venv/bin/python -m playwright install --with-deps chromium    (anywhere else)

If you have one in another place, put CHROMIUM=/path/to/chromium before the command.
"""


def find_browser() -> str | None:
    """Return the path of a browser: the one that CHROMIUM names, the system's, or Playwright's own download."""
    named = os.environ.get("CHROMIUM")
    system = next((path for name in NAMES if (path := shutil.which(name))), None)
    return named or system or _own_download()


def _own_download() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@contextmanager
def started() -> Iterator[Browser]:
    """Start the browser, and close it at the end of the `with` block.

    Raises: SystemExit, with how to install one, where there is none.
    """
    path = find_browser()
    if not path:
        raise SystemExit(NO_BROWSER)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[WITHOUT, *(["--no-sandbox"] if root else [])])
        yield browser
        browser.close()


def install() -> None:
    """Install Debian's chromium where there is apt and we may use it, else Playwright's own."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]
        subprocess.run(command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, stdout=subprocess.DEVNULL)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if not find_browser():
        print("The browser tests need Chromium: installing it", flush=True)
        install()
