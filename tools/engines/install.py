"""Installs what the tests' other engines need, where there is apt and we may use it; `make test` runs it."""

from __future__ import annotations

import os
import shutil
import subprocess

from . import ENGINES, missing

PACKAGES = {
    "Firefox": ["firefox-esr"],
    "WebKit": ["xvfb", "gir1.2-webkit2-4.1", "python3-gi", "python3-gi-cairo"],
}
"""Debian's names. Ubuntu has no firefox-esr, and brings a Firefox of its own."""


def _apt(*words: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", "-qq", *words], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0


def main() -> None:
    """Install what is missing, and name each engine that will not be tried."""
    lacking = [name for name in ENGINES if missing(name)]
    if lacking and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"The tests try the site in {' and '.join(lacking)} too: installing", flush=True)
        _apt("update")
        for name in lacking:
            _apt("install", "-y", "--no-install-recommends", *PACKAGES[name])
        missing.cache_clear()
    for name in ENGINES:
        if lack := missing(name):
            print(f"{name} will not be tried: {lack}")


if __name__ == "__main__":
    main()
