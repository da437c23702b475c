"""Protects whoever looks for the place of a change: few entries at each level, small modules, and arrows that point one way."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from small_site import TESTS

PROJECT = TESTS.parent
MADE = {"site", "dist"}
"""What commands of the Makefile write; git does not keep it."""
MODULES = sorted((PROJECT / "hooks").rglob("*.py"))
ASKED_FOR = {"makeExtension"}
"""Names that a library asks for."""


def imported(path: Path) -> Iterator[str]:
    """Yield the first part of each module that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).partition(".")[0]


def test_the_root_has_few_entries() -> None:
    entries = {path.name for path in PROJECT.iterdir() if not path.name.startswith((".", "__"))} - MADE
    assert len(entries) <= 16, sorted(entries)


def test_the_core_has_few_files_outside_its_packages() -> None:
    assert len(list((PROJECT / "hooks" / "knee").glob("*.py"))) <= 3


def test_no_module_is_long() -> None:
    lines = {path.relative_to(PROJECT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {path: count for path, count in lines.items() if count > 300} == {}


def test_a_name_means_one_thing() -> None:
    """No class or function outside another has the name of a second one: whoever searches for it finds the right one."""
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name not in ASKED_FOR:
                places[node.name].append(path.relative_to(PROJECT).as_posix())
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_the_packages_of_the_core_import_only_what_stands_below_them() -> None:
    """And nothing of a site builder. The contracts stand in pyproject.toml."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    hooks = {**os.environ, "PYTHONPATH": str(PROJECT / "hooks"), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=PROJECT, env=hooks, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 broken" in done.stdout, "the contracts were read"


def test_comments_name_only_files_that_are_there() -> None:
    """Modules move, and a comment that still names the old place sends its reader into the void."""
    folders = ("hooks", "overrides", "docs/assets", "tools", ".github")
    kinds = (".py", ".html", ".js", ".css", ".md", ".yml")
    files = [path for folder in folders for path in (PROJECT / folder).rglob("*") if path.suffix in kinds]
    named = {(path, name) for path in files for name in re.findall(r"\bhooks/[\w/-]+\.\w+", path.read_text("utf-8"))}
    assert len(named) > 10
    assert [f"{path.relative_to(PROJECT)} names {name}" for path, name in sorted(named) if not (PROJECT / name).is_file()] == []


def test_the_tools_work_without_the_tests() -> None:
    ours = {path.stem for path in TESTS.rglob("*.py")}
    tools = sorted((PROJECT / "tools").rglob("*.py"))
    assert tools
    assert {path.name: found for path in tools if (found := ours.intersection(imported(path)))} == {}
