"""The checker stands alone: it knows nothing of MkDocs, and its modules import one another one way only."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from small_site import TESTS, Site

HOOKS = TESTS.parent / "hooks"
FILES = {
    ".".join(path.relative_to(HOOKS).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((HOOKS / "knee").rglob("*.py"))
}

ORDER = """
knee
knee.source knee.reading knee.dose knee.key_lines knee.links knee.report knee.lighter knee.plain knee.loaded_code knee.offline
knee.policy knee.script knee.serve_address knee.session knee.stylesheet
knee.pictures knee.pictures.file knee.pictures.faults knee.pictures.paths knee.pictures.visible knee.pictures.allowed
knee.pictures.programs knee.pictures.tree knee.pictures.style
knee.pictures.bounds knee.pictures.private_data knee.pictures.svg
knee.pictures.photo
knee.pictures.judged
knee.pictures.__main__
knee.embedded
knee.front_matter knee.preview knee.website
knee.bibliography
knee.guide
knee.page
knee.routine knee.prose
knee.technique
knee.paper
knee.sheet
knee.open_data knee.structured_data
knee.rules.registry
knee.rules.file knee.rules.front knee.rules.dialect knee.rules.forbidden knee.rules.pictures knee.rules.routine knee.rules.sheet
knee.rules.picture_content
knee.rules.body knee.rules.folder
knee.rules
knee.rule_list knee.extension
knee.check
knee.new_page knee.due knee.bundle
knee.schema
knee.site_facts knee.built
knee.successor_page knee.successor
knee.__main__
""".strip().split("\n")
"""The modules from the ground up: one imports only from the lines above its own."""
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names.split()}


def imported_by(path: Path) -> set[str]:
    """Give the modules that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in FILES else str(node.module) for name in whole}
    return found


def test_every_module_has_its_place() -> None:
    assert set(FILES) == set(LEVEL), "a new module is given its place in ORDER"


@pytest.mark.parametrize("name", FILES)
def test_a_module_imports_only_what_stands_below_it(name: str) -> None:
    ours = {other for other in imported_by(FILES[name]) if other in FILES}
    package = "knee.rules" if name == "knee.rules" else "-"
    above = {other for other in ours if LEVEL[other] >= LEVEL.get(name, 99) and not other.startswith(f"{package}.")}
    assert above == set()


@pytest.mark.parametrize("name", FILES)
def test_no_module_of_the_checker_imports_mkdocs(name: str) -> None:
    theirs = {module.partition(".")[0] for module in imported_by(FILES[name])}
    assert theirs & {"mkdocs", "material", "mkdocs_events", "zensical", "properdocs"} == set()


@pytest.mark.parametrize("name", FILES)
def test_a_module_says_what_it_is_and_what_it_imports(name: str) -> None:
    said = ast.get_docstring(ast.parse(FILES[name].read_text("utf-8"))) or ""
    assert "Imports" in said


def test_the_command_runs_where_mkdocs_is_not_installed(site: Site, tmp_path: Path) -> None:
    blocker = tmp_path / "block"
    blocker.mkdir()
    (blocker / "sitecustomize.py").write_text(
        "import sys\n"
        "class Nothing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('mkdocs', 'material'):\n"
        "            raise ImportError(f'{name} is not here')\n"
        "sys.meta_path.insert(0, Nothing())\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", "import knee.__main__, importlib\ntry: import mkdocs\nexcept ImportError: print(knee.__main__.main([]))"],
        cwd=site.root,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{blocker}{os.pathsep}{HOOKS}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "3 pages, all well\n0\n", done.stderr
