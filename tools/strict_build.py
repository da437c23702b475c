"""Builds the site for the tools that look at it: strictly, into a folder of its own, so that site/ stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def build_strictly(site: Path, **settings: str) -> None:
    """Build the site into a folder. `settings` are environment variables, such as SITE_URL.

    Raises: SystemExit, with the exit status of MkDocs, where the build is refused; MkDocs has then printed the reason.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    status = subprocess.run(command, cwd=PROJECT, check=False, env={**os.environ, **settings}).returncode
    if status:
        raise SystemExit(status)


@contextmanager
def strictly_built(**settings: str) -> Iterator[Path]:
    """Build the site in a temporary folder, and yield that folder."""
    with tempfile.TemporaryDirectory(prefix="knee-site-") as folder:
        site = Path(folder) / "site"
        build_strictly(site, **settings)
        yield site
