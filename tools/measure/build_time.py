"""Measures how the checks and the build grow with the number of technique pages. `make bench` runs it; it changes nothing.

For one, 100 and 1,000 pages, made from the project's own in a temporary copy: the checker's time and peak memory, and the time of
`mkdocs build` with and without the hook, in turn; and the build of the site as it is against that of the same pages with the theme
as it comes. The figures of one run compare with each other, not with another machine's.

Bars: 1 page is checked in under 0.5 s; 1,000 pages in at most a third of the time of their build; the hook adds at most 10 %; the site
as it is takes at most 1.5 times as long as with the theme as it comes.
"""

from __future__ import annotations

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
SIZES = {1: 5, 100: 3, 1000: 2}
"""How many pages, and how often each thing is measured: the best counts."""
WITHOUT = "INHERIT: mkdocs.yml\nhooks: []\n"
"""The same site, but nobody checks or derives anything."""
STOCK = "INHERIT: mkdocs.yml\nhooks: []\nextra_css: []\ntheme:\n  custom_dir: stock\n"
"""The same pages with the theme as it comes: its own templates and style sheets, and no hook."""


@dataclass(frozen=True)
class Run:
    """What one command took: seconds on the clock, and megabytes at its peak."""

    seconds: float
    megabytes: float


def main() -> int:
    """Measure, and print a table and the bars; return 1 where a bar is missed."""
    print(f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}\n")
    print(f"{'pages':>6} {'check':>9} {'memory':>9} {'build':>9} {'without':>9} {'check/build':>12} {'with/without':>13}")
    figures = {size: measured(size, times) for size, times in SIZES.items()}
    one, many = figures[min(SIZES)], figures[max(SIZES)]
    of_build, longer = many[0].seconds / many[1].seconds, many[1].seconds / many[2].seconds - 1
    bars = [
        (f"1 page is checked in {one[0].seconds:.2f} s (under 0.5 s)", one[0].seconds < 0.5),
        (f"{max(SIZES)} pages are checked in {of_build:.0%} of the time of their build (at most a third)", of_build <= 1 / 3),
        (f"the hook makes the build of {max(SIZES)} pages {longer:.0%} longer (at most 10 %)", longer <= 0.1),
        site_against_stock(),
    ]
    print()
    for words, held in bars:
        print(f"{'held  ' if held else 'MISSED'} {words}")
    return 0 if all(held for _, held in bars) else 1


def measured(size: int, times: int) -> tuple[Run, Run, Run]:
    """Measure one number of pages, print its line, and return the check, the build with the hook, and the build without."""
    with tempfile.TemporaryDirectory(prefix="knee-bench-") as folder:
        project = copy_with_pages(Path(folder), size)
        check = best([run(["-m", "knee"], project) for _ in range(times)])
        pairs = [(build(project, "mkdocs.yml"), build(project, "without.yml")) for _ in range(times)]
        hooked, bare = best([pair[0] for pair in pairs]), best([pair[1] for pair in pairs])
    print(
        f"{size:>6} {check.seconds:>7.2f} s {check.megabytes:>6.0f} MB {hooked.seconds:>7.2f} s {bare.seconds:>7.2f} s"
        f" {check.seconds / hooked.seconds:>12.2f} {hooked.seconds / bare.seconds:>13.2f}",
        flush=True,
    )
    return check, hooked, bare


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
        f"the site takes {ours:.2f} s, {times:.2f} times as long as with the theme as it comes, {stock:.2f} s (at most 1.5)",
        times <= 1.5,
    )


def best(runs: Sequence[Run]) -> Run:
    """Return the quickest run: what is slower was disturbed."""
    return min(runs, key=lambda one: one.seconds)


def build(project: Path, config: str) -> Run:
    """Build the site once."""
    return run(["-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", "site"], project)


def run(arguments: Sequence[str], project: Path) -> Run:
    """Run Python in a project, and return what it took. A command that fails ends the bench."""
    settings = {**os.environ, "PYTHONPATH": str(project / "hooks"), "NO_MKDOCS_2_WARNING": "1"}
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
