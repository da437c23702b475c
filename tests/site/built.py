"""Builds the site as its writers do, and reads what was built: what the tests in this folder share."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tools.built_pages import BuiltPage, BuiltSite, collapse_whitespace, words

__all__ = [
    "COMMITTED",
    "HELP",
    "PROJECT",
    "REPO_URL",
    "BuiltPage",
    "BuiltSite",
    "build",
    "check",
    "collapse_whitespace",
    "copy_project",
    "environment",
    "front_matter",
    "hashes",
    "words",
]

PROJECT = Path(__file__).resolve().parents[2]
PARTS = ("mkdocs.yml", "docs", "hooks", "overrides", "tests/bad", "tests/tree")
"""What a build of the site reads: the examples on the contribute page come from the tests of the rules."""
_NOT_PASSED_ON = (
    "SITE_URL",
    "REPO_URL",
    "CI",
    "PYTHONPATH",
    "COMPOSER",
    *(f"MAINTAINER_{part}" for part in ("NAME", "ROLE", "EMAIL", "INTERESTS")),
)
REPO_URL = "https://code.test/knee-ease"
"""Where the project is said to be kept. No such place exists, and no test asks for it."""
COMMITTED = "1764000000"
"""The date of the commit that every build is said to be of: 24 November 2025, 16:00 UTC."""
HELP = "when-to-seek-help/"


def environment(**settings: str) -> dict[str, str]:
    """Give what a command may know: this machine's settings, but no addresses of the site but those in `settings`."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    # Wide lines: in a terminal, MkDocs breaks its messages to the width.
    ours = {"NO_MKDOCS_2_WARNING": "1", "COLUMNS": "4000", "PYTHONDONTWRITEBYTECODE": "1", "SOURCE_DATE_EPOCH": COMMITTED}
    return {**kept, **ours, **settings}


def copy_project(to: Path) -> Path:
    """Copy what a build reads, so that a test can change it."""
    to.mkdir(parents=True)
    for part in PARTS:
        if (PROJECT / part).is_dir():
            shutil.copytree(PROJECT / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / part, to / part)
    return to


def build(project: Path, out: Path, *, strict: bool = True, verbose: bool = False, **settings: str) -> subprocess.CompletedProcess[str]:
    """Build a project with the `mkdocs` command, and give its exit status and all that it printed."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(out), *["--strict"] * strict, *["--verbose"] * verbose]
    return _run(command, project, environment(**settings))


def check(project: Path, *paths: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m knee` in a project."""
    return _run([sys.executable, "-m", "knee", *paths], project, environment(PYTHONPATH=str(project / "hooks")))


def _run(command: list[str], project: Path, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=project, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120, check=False
    )


def hashes(folder: Path) -> dict[str, str]:
    """Give every file of a folder by its path, with a print of what it holds."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def front_matter(page: Path) -> dict[str, object]:
    """Give the front matter of a page, read here and not by the code that is tested."""
    return yaml.safe_load(page.read_text("utf-8").split("---\n")[1])
