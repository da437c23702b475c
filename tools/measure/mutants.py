"""Mutation testing of the core: changes it in thousands of small ways and counts how many the tests notice. `make mutants` runs it.

    make mutants                                 everything: about an hour on one core
    make mutants PARTS="contract readers" WORKERS=1  some parts of `PARTS` below, on one core

mutmut makes the changes, picks the tests that reach each, and runs them. It passes by functions with a decorator, and those are all
our rules and most of the page's facts; so the copy that it works on says `x = rule("KE301")(x)` after a function in the place of
`@rule("KE301")` before it, which means the same. It changes nothing outside functions: patterns, tables and limits stay as they are.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import libcst as cst

from tools.strict_build import PROJECT

PLACE = PROJECT / ".mutants"
"""Everything happens in here: the project's own files are never changed."""
NEEDED = ("tests", "docs", "mkdocs.yml")
"""What the tests read, beside the core."""
BAR = 0.90
BARRED = ("text", "contract", "rules")
"""The least score, from 0 to 1, of the packages that read and judge a page."""


@dataclass(frozen=True)
class Part:
    """Some packages of the core, and the tests that look at them: all in one process, or a change would not be seen."""

    name: str
    packages: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def modules(self) -> list[str]:
        """The files of the packages, by their paths in the core's folder."""
        core = PROJECT / "hooks" / "knee"
        found = (path for package in self.packages for path in sorted((core / package).glob("*.py")))
        return [path.relative_to(core).as_posix() for path in found if path.name != "__init__.py"]

    @property
    def settings(self) -> str:
        """What mutmut has to know."""
        return f"""
[tool.mutmut]
source_paths = ["src"]
only_mutate = {[f"src/knee/{module}" for module in self.modules]!r}
also_copy = {[*NEEDED, "likely_first.py"]!r}
pytest_add_cli_args_test_selection = {[*(f"tests/test_{name}.py" for name in self.tests), "-k", SLOW]!r}
pytest_add_cli_args = ["-p", "likely_first", "-p", "no:cacheprovider"]
timeout_multiplier = 4.0
timeout_constant = 5.0
use_git_change_detection = false
track_dependencies = false
"""


SLOW = "not too_much and not read_soon and not keeps-the-reader-busy and not mistake_of_the_hand and not good_pieces"
"""Tests that take seconds: those that hold the checker to a time, and those that try many pages of chance."""
BAD_AND_GOOD = ("rules", "good_pages", "limits")
PARTS = (
    Part("rules", ("rules", "pictures"), (*BAD_AND_GOOD, "registry", "picture", "hostile")),
    Part("contract", ("contract",), (*BAD_AND_GOOD, "page", "front_matter", "dose", "bibliography", "hostile")),
    Part("readers", ("text",), (*BAD_AND_GOOD, "readings", "two_readings", "source", "front_matter", "links")),
    Part("facts", ("facts",), (*BAD_AND_GOOD, "dose", "described")),
)
"""Only the modules of one part are changed at a time, because what makes a function changeable makes it slow."""


def main(chosen: Sequence[str]) -> int:
    """Try the parts that were named, or all, and print the scores; return 1 where the bar is missed."""
    verdicts: dict[str, str] = {}
    for part in PARTS:
        if not chosen or part.name in chosen:
            verdicts |= tried(part)
    return report(verdicts)


def tried(part: Part) -> dict[str, str]:
    """Lay one part out, let mutmut change it, and return its verdict on every change."""
    place = PLACE / part.name
    lay_out(place, part)
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    environment = {**os.environ, "PYTHONPATH": str(place)}
    workers = os.environ.get("WORKERS", str(os.cpu_count() or 1))
    subprocess.run([mutmut, "run", "--max-children", workers], cwd=place, env=environment, check=True)
    told = subprocess.run([mutmut, "results", "--all", "true"], cwd=place, env=environment, check=True, capture_output=True, text=True)
    return dict(line.strip().rsplit(": ", 1) for line in told.stdout.splitlines() if "__mutmut_" in line)


def lay_out(place: Path, part: Part) -> None:
    """Copy the core, its decorators moved, and its tests to where mutmut works; mutmut's older verdicts go."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in NEEDED:
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, place / name)
    shutil.copy(Path(__file__).with_name("likely_first.py"), place)
    core = place / "src" / "knee"
    shutil.copytree(PROJECT / "hooks" / "knee", core, ignore=shutil.ignore_patterns("__pycache__"))
    for path in core.rglob("*.py"):
        path.write_text(cst.parse_module(path.read_text("utf-8")).visit(DecoratorsAfter()).code, "utf-8")
    (place / "pyproject.toml").write_text((PROJECT / "pyproject.toml").read_text("utf-8") + part.settings, "utf-8")


class DecoratorsAfter(cst.CSTTransformer):
    """Writes every decorator of a function as a call after the function."""

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        """Move the decorators, apart from those that mutmut knows."""
        decorators = [decorator.decorator for decorator in updated_node.decorators]
        if not decorators or any(isinstance(known, cst.Name) and known.value in ("staticmethod", "classmethod") for known in decorators):
            return updated_node
        value: cst.BaseExpression = updated_node.name
        for decorator in reversed(decorators):
            value = cst.Call(decorator, [cst.Arg(value)])
        after = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(updated_node.name)], value)])
        return cst.FlattenSentinel([updated_node.with_changes(decorators=[]), after])


def report(verdicts: dict[str, str]) -> int:
    """Print what was not noticed and the score of each module; return 1 where the bar is missed."""
    modules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, verdict in verdicts.items():
        modules[name.rpartition(".")[0].removeprefix("knee.")][verdict] += 1
    print("\nNot noticed (see one with: cd .mutants/PART && ../../.venv/bin/mutmut show NAME):")
    for name, verdict in sorted(verdicts.items()):
        if not noticed(verdict):
            print(f"  {name}: {verdict}")
    print(f"\n{'module':<18} {'changes':>8} {'noticed':>8} {'score':>7}")
    for module, counts in sorted(modules.items()):
        print_score(module, counts)
    barred = sum((counts for module, counts in modules.items() if module.partition(".")[0] in BARRED), Counter())
    print_score("all that was tried", sum(modules.values(), Counter()))
    if not barred:
        return 0
    print_score("rules and parse", barred)
    held = share(barred) >= BAR
    print(f"\n{'held  ' if held else 'MISSED'} at least {BAR:.0%} of the changes to the rules and the parse are noticed")
    return 0 if held else 1


def noticed(verdict: str) -> bool:
    """Whether a test failed, or never came to its end."""
    return verdict in ("killed", "timeout", "segfault")


def share(counts: Counter[str]) -> float:
    """Return the share of changes that were noticed, from 0 to 1."""
    return sum(count for verdict, count in counts.items() if noticed(verdict)) / max(counts.total(), 1)


def print_score(name: str, counts: Counter[str]) -> None:
    """Print one line of the table."""
    good = sum(count for verdict, count in counts.items() if noticed(verdict))
    print(f"{name:<18} {counts.total():>8} {good:>8} {share(counts):>7.1%}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
