"""Protects what the site is built with: every package is pinned with the prints of its files, and the bill of materials names them all."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.vendor import FILES, PLACE, NotTheSame, changed_files, unpack

PROJECT = Path(__file__).parents[1]
COMMITTED = "1764000000"
"""The date of the commit that a test stands in for: 24 November 2025, 16:00 UTC."""


@dataclass(frozen=True)
class Locked:
    """One package of requirements.lock."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version that it is pinned to."""
        (pin,) = self.requirement.specifier
        assert pin.operator == "=="
        return pin.version

    @property
    def is_for_here(self) -> bool:
        """Whether this system needs it."""
        return not self.requirement.marker or self.requirement.marker.evaluate()


def pins(file: str) -> dict[str, Requirement]:
    """Give what a file of requirements asks for, by name."""
    lines = [line.partition("#")[0].strip() for line in (PROJECT / file).read_text("utf-8").splitlines()]
    asked = [Requirement(line) for line in lines if line]
    return {canonicalize_name(requirement.name): requirement for requirement in asked}


@pytest.fixture(scope="module")
def lock() -> dict[str, Locked]:
    text = (PROJECT / "requirements.lock").read_text("utf-8")
    entries = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    found = [entry.split(" --hash=") for entry in entries]
    locked = [Locked(Requirement(first), tuple(print_.strip() for print_ in hashes)) for first, *hashes in found]
    return {canonicalize_name(one.requirement.name): one for one in locked}


def test_the_lock_holds_what_was_pinned_by_hand(lock: dict[str, Locked]) -> None:
    by_hand = pins("requirements.txt")
    assert len(by_hand) >= 9
    for name, requirement in by_hand.items():
        assert name in lock, f"{name} is not locked; run: make lock"
        assert lock[name].requirement.specifier == requirement.specifier, f"{name} is locked to another version; run: make lock"


def test_what_the_code_imports_is_pinned_by_hand() -> None:
    """Not only because another package needs it, which may do without it one day."""
    trees = [ast.walk(ast.parse(path.read_text("utf-8"))) for path in (PROJECT / "hooks").rglob("*.py")]
    nodes = [node for tree in trees for node in tree if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = [node.module or "" if isinstance(node, ast.ImportFrom) else alias.name for node in nodes for alias in node.names]
    packages = metadata.packages_distributions()
    imported = {canonicalize_name(package) for name in names for package in packages.get(name.partition(".")[0], ())}
    assert len(imported) >= 9
    assert imported <= pins("requirements.txt").keys()


def test_the_lock_holds_what_its_own_packages_need(lock: dict[str, Locked]) -> None:
    for name, locked in lock.items():
        needed = [Requirement(words) for words in metadata.requires(name) or ()] if locked.is_for_here else []
        for requirement in needed:
            if not requirement.marker or requirement.marker.evaluate({"extra": ""}):
                other = lock.get(canonicalize_name(requirement.name))
                assert other, f"{name} needs {requirement.name}; run: make lock"
                assert other.version in requirement.specifier, f"{name} needs {requirement}; run: make lock"


def test_every_locked_package_has_the_prints_of_its_files(lock: dict[str, Locked]) -> None:
    for name, locked in lock.items():
        assert locked.version
        assert locked.hashes, name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", print_) for print_ in locked.hashes), name
    assert len(lock["pyyaml"].hashes) > 50, "made for every system, not only for the one where somebody ran make lock"


def test_the_lock_says_nothing_of_where_it_was_made() -> None:
    text = (PROJECT / "requirements.lock").read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host|\bfile:|^/", text, re.MULTILINE)


def test_the_tests_run_with_what_readers_get(lock: dict[str, Locked]) -> None:
    for name, locked in lock.items():
        if locked.is_for_here:
            assert metadata.version(name) == locked.version, name


def test_what_the_site_needs_is_installed_by_the_lock() -> None:
    done = subprocess.run(["make", "--dry-run", "VENV=none", "none/.site-ready"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert "pip install --quiet --require-hashes --requirement requirements.lock" in done.stdout
    assert "requirements.txt" not in done.stdout


@pytest.mark.slow
def test_the_bill_of_materials_names_every_package_and_is_always_the_same(lock: dict[str, Locked], tmp_path: Path) -> None:
    """`make sbom` as it stands, but with this Python's packages instead of new ones."""
    for file in ("Makefile", "requirements.txt", "requirements.lock"):
        shutil.copy(PROJECT / file, tmp_path / file)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, does in {"python": f'exec "{sys.executable}" "$@"', "pip": ""}.items():
        (programs / name).write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        (programs / name).chmod(0o755)
    (tmp_path / ".venv" / ".site-ready").touch()
    command = ["make", "--silent", "sbom", f"SOURCE_DATE_EPOCH={COMMITTED}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    bill = json.loads((tmp_path / "dist" / "sbom.json").read_text("utf-8"))
    assert {part["name"]: part["version"] for part in bill["components"]} == {name: locked.version for name, locked in lock.items()}
    assert "serialNumber" not in bill, "a number drawn by chance would differ each time"
    assert bill["metadata"]["timestamp"].startswith("2025-11-24T16:00:00")
    assert str(tmp_path) not in json.dumps(bill)


def test_the_licences_that_are_published_are_those_of_the_project_and_of_what_it_carries() -> None:
    """Whoever hands out the site, or its zip, hands out the search as well, and its licence wants to come along."""
    published = (PROJECT / "docs" / "assets" / "licences.txt").read_text("utf-8")
    assert (PROJECT / "LICENSE").read_text("utf-8").strip() in published
    assert (PLACE / "minisearch-licence.txt").read_text("utf-8").strip() in published


def test_the_code_of_others_is_as_it_was_published() -> None:
    """The whole package has a published hash, which `make vendor` holds it against; each file that is kept has its own."""
    assert changed_files() == []
    assert {path.name for path in PLACE.iterdir()} == set(FILES)


def test_a_package_that_is_not_as_it_was_published_changes_nothing(tmp_path: Path) -> None:
    package = tmp_path / "minisearch.tgz"
    package.write_bytes(b"something else")
    with pytest.raises(NotTheSame, match="was published: nothing was changed"):
        unpack(package, tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()
