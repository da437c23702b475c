"""Measures how the checks and the build grow with the number of technique pages. `make bench` runs it; it changes nothing.

For 1, 100, 1,000 and 3,000 pages, made from the project's own in a temporary copy: the time and peak memory of the checks and of
`mkdocs build`, how both grow, and up to 1,000 pages the same build without the hook, in turn. Of 1,000 pages: the checks in one process
alone, and what the hook adds by part (tools/measure/hook_parts.py). At last the build of the site as it is, against that of the same
pages with the theme as it comes. The figures of one run compare with each other, not with another machine's.
"""

from __future__ import annotations

import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.strict_build import PROJECT

PARTS = ("docs", "hooks", "overrides", "tests/bad", "tests/tree")
"""The folders that a build reads; the examples on the contribute page come from the tests."""
SIZES = {1: 5, 100: 3, 1000: 2, 3000: 1}
"""How many pages, and how often each thing is measured: the best counts."""
MANY, MOST = sorted(SIZES)[-2:]
ONE_PROCESS = "from knee.rules import shared_work; shared_work.cores = lambda: 1; from knee.__main__ import main; main()"
"""The checks, as where no other process can be started."""
WITHOUT = "INHERIT: mkdocs.yml\nhooks: []\n"
"""The same site, but nobody checks or derives anything."""
STOCK = "INHERIT: mkdocs.yml\nhooks: []\nextra_css: []\ntheme:\n  custom_dir: stock\n"
"""The same pages with the theme as it comes: its own templates and style sheets, and no hook."""


@dataclass(frozen=True)
class Run:
    """What one command took: seconds on the clock, and megabytes at the peak of its first process."""

    seconds: float
    megabytes: float

    def __str__(self) -> str:
        """Return both as the table shows them."""
        return f"{self.seconds:>7.2f} s {self.megabytes:>6.0f} MB"


@dataclass(frozen=True)
class Measured:
    """What was measured for one number of pages: checks, build, and where that is measured the checks in one process and the bare build."""

    check: Run
    build: Run
    alone: Run | None = None
    bare: Run | None = None


def main() -> int:
    """Measure, and print a table and the bars; return 1 where a bar is missed."""
    print(f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}\n")
    print(f"{'pages':>6} {'check':>19} {'build':>19} {'one process':>19} {'without the hook':>19}")
    found = {size: measured(size, times) for size, times in SIZES.items()}
    many, most = found[MANY], found[MOST]
    assert many.alone
    assert many.bare
    growth = {name: exponent(getattr(many, name), getattr(most, name)) for name in ("check", "build")}
    print(f"\nfrom {MANY} to {MOST} pages, time grows with the power of {growth['check']:.2f} (check) and {growth['build']:.2f} (build)")
    one, shared, longer = found[1].check.seconds, many.check.seconds / many.alone.seconds, many.build.seconds / many.bare.seconds
    bars = [
        (f"1 page is checked in {one:.2f} s (at most 0.6)", one <= 0.6),
        (f"{MANY} pages are checked in {shared:.0%} of the time of one process (at most 60 %)", shared <= 0.6),
        (f"{MANY} pages are checked in {many.check.megabytes:.0f} MB (under 300)", many.check.megabytes < 300),
        (f"the build of {MANY} pages takes {longer:.2f} times as long as without the hook (at most 2.0)", longer <= 2),
        (f"the time of the checks grows with the power of {growth['check']:.2f} (at most 1.05)", growth["check"] <= 1.05),
        site_against_stock(),
    ]
    print()
    for words, held in bars:
        print(f"{'held  ' if held else 'MISSED'} {words}")
    return 0 if all(held for _, held in bars) else 1


def exponent(fewer: Run, more: Run) -> float:
    """Return the power of the number of pages with which the time grows: 1 is in step."""
    return math.log(more.seconds / fewer.seconds) / math.log(MOST / MANY)


def measured(size: int, times: int) -> Measured:
    """Measure one number of pages, and print its line; of `MANY`, what the hook adds by part as well."""
    with tempfile.TemporaryDirectory(prefix="knee-bench-") as folder:
        project, alone, bare = copy_with_pages(Path(folder), size), None, None
        check = best([run(["-m", "knee"], project) for _ in range(times)])
        if size == MANY:
            pairs = [(run(["-m", "knee"], project), run(["-c", ONE_PROCESS], project)) for _ in range(times)]
            check, alone = best([check, *(pair[0] for pair in pairs)]), best([pair[1] for pair in pairs])
        if size < MOST:
            pairs = [(build(project, "mkdocs.yml"), build(project, "without.yml")) for _ in range(times)]
            hooked, bare = best([pair[0] for pair in pairs]), best([pair[1] for pair in pairs])
        else:
            hooked = build(project, "mkdocs.yml")
        print(f"{size:>6} {check!s:>19} {hooked!s:>19} {alone or ''!s:>19} {bare or ''!s:>19}".rstrip(), flush=True)
        if size == MANY:
            run(["-m", "tools.measure.hook_parts"], project)
            print(re.sub(r"\A.*(?=^\d+\.\d\d s in all)", "", (project / "output.txt").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE))
    return Measured(check, hooked, alone, bare)


def site_against_stock() -> tuple[str, bool]:
    """Build the site as it is and with the theme as it comes, in turn, and return the bar and whether it held."""
    with tempfile.TemporaryDirectory(prefix="knee-bench-") as folder:
        project = Path(folder)
        for part in PARTS:
            shutil.copytree(PROJECT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(PROJECT / "mkdocs.yml", project)
        (project / "stock.yml").write_text(STOCK, "utf-8")
        (project / "stock").mkdir()
        for template in (PROJECT / "overrides").glob("*.html"):  # pages name them; the theme's own page does for all
            (project / "stock" / template.name).write_text('{% extends "base.html" %}', "utf-8")
        pairs = [(build(project, "mkdocs.yml"), build(project, "stock.yml")) for _ in range(5)]
    ours, stock = best([pair[0] for pair in pairs]).seconds, best([pair[1] for pair in pairs]).seconds
    times = ours / stock
    return (
        f"the site takes {ours:.2f} s, {times:.2f} times as long as with the theme as it comes, {stock:.2f} s (at most 1.6)",
        times <= 1.6,
    )


def best(runs: Sequence[Run]) -> Run:
    """Return the quickest run: what is slower was disturbed."""
    return min(runs, key=lambda one: one.seconds)


def build(project: Path, config: str) -> Run:
    """Build the site once."""
    return run(["-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", "site"], project)


def run(arguments: Sequence[str], project: Path) -> Run:
    """Run Python in a project, and return what it took. A command that fails ends the bench."""
    path = os.pathsep.join([str(project / "hooks"), str(PROJECT)])
    settings = {**os.environ, "PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1", "COMPOSER": ""}  # no copy has the in-browser checker
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # the hook is compiled once, as MkDocs itself was
    started = time.perf_counter()
    with (project / "output.txt").open("wb") as output:
        process = subprocess.Popen([sys.executable, *arguments], cwd=project, env=settings, stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit((project / "output.txt").read_text("utf-8")[-3000:])
    return Run(seconds, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))


def copy_with_pages(folder: Path, size: int) -> Path:
    """Copy the project with so many technique pages, each with its pictures, in place of its own and of the routines of those."""
    for part in PARTS:
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "routines"))
    config = re.sub(r".*\broutines/.*\n", "", (PROJECT / "mkdocs.yml").read_text("utf-8"))
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    (folder / "without.yml").write_text(WITHOUT, "utf-8")
    techniques = folder / "docs" / "techniques"
    shutil.rmtree(techniques)
    techniques.mkdir()
    shutil.copy(PROJECT / "docs" / "techniques" / "index.md", techniques)
    words = folder / "docs" / "search-words.yml"  # those that lead to pages that are not here would be problems
    words.write_text(re.sub(r"^(?:techniques|routines)/[^:]*:\n(?:\s.*\n|\n)*", "", words.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    models = sorted(path for path in (PROJECT / "docs" / "techniques").glob("*.md") if path.name != "index.md")
    for number in range(size):
        add_page(techniques, models[number % len(models)], number)
    return folder


def add_page(techniques: Path, model: Path, number: int) -> None:
    """Write a page like a real one, with a name, a title and pictures of its own."""
    slug = f"page-{number:04}"
    text = re.sub(r"^# (.*)", rf"# \1 {number}", model.read_text("utf-8"), count=1, flags=re.MULTILINE)
    text = re.sub(r"^order: .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([a-z0-9-]+\.md\b", "](index.md", text).replace(f"]({model.stem}", f"]({slug}")
    (techniques / f"{slug}.md").write_text(text, "utf-8")
    for picture in model.parent.glob(f"{model.stem}*.svg"):
        shutil.copy(picture, techniques / picture.name.replace(model.stem, slug, 1))


if __name__ == "__main__":
    sys.exit(main())
