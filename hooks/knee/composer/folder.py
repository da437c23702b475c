"""The folder that `make composer` puts together, and how a build includes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

PLACE = "composer"
"""Its place on the site. Nothing in it is ever saved for offline: it is added last."""


def size_of(folder: str | None) -> str:
    """Return how much of it a reader downloads, in MB, or "" if the site is built without it."""
    if not folder:
        return ""
    files: dict[str, int] = json.loads((Path(folder) / "composer.json").read_text("utf-8"))["files"]
    return f"{sum(files.values()) / 1e6:.1f}"


def take_along(folder: str | None, site: Path) -> None:
    """Copy it into a built site, if there is one to copy."""
    if folder:
        shutil.copytree(folder, site / PLACE, dirs_exist_ok=True)
