"""The folder that `make composer` puts together, as a build takes it along."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

PLACE = "composer"
"""Where it stands on the site. Nothing of it is ever saved for offline: it comes after all else."""


def size_of(folder: str | None) -> str:
    """Return how much a reader fetches of it, in MB; empty where the site is built without it."""
    if not folder:
        return ""
    files: dict[str, int] = json.loads((Path(folder) / "composer.json").read_text("utf-8"))["files"]
    return f"{sum(files.values()) / 1e6:.1f}"


def take_along(folder: str | None, site: Path) -> None:
    """Put it into a site that is built; nothing where there is none."""
    if folder:
        shutil.copytree(folder, site / PLACE, dirs_exist_ok=True)
