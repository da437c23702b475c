"""`python -m knee [PATH ...]`: checks technique, exercise and routine pages."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from knee.contract.kinds import FOLLOWED, docs_around, judged_as
from knee.contract.site_context import LIST_PAGE, TECHNIQUES, SiteContext
from knee.facts.review_dates import today_utc
from knee.rules.check import Outcome, check_folder, check_pages, pages_in
from knee.rules.report import as_github, as_json, as_summary, as_text
from knee.rules.search_words import hints, words_by_page


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the pages named, or the whole folder of techniques, and print what is to mend.

    Returns the exit status: 0 all well, 1 problems. A wrong call ends with 2 (argparse).
    """
    parser = _parser()
    chosen = parser.parse_args(arguments)
    paths = [Path(name) for name in chosen.paths]
    for path in paths:
        if fault := _wrong_call(path):
            parser.error(fault)
    outcome = _check(paths)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    followed = (*outcome.techniques, *outcome.routines)
    told = "".join(f"{hint}\n" for hint in hints(followed))
    formats = {
        "text": lambda: told + as_text(outcome.problems, outcome.count),
        "github": lambda: told + as_github(outcome.problems, outcome.count),
        "json": lambda: as_json(outcome.problems),
    }
    _print(formats[chosen.format]())
    if chosen.format == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(as_summary(outcome.problems, outcome.count, words_by_page(followed)) + "\n")
    return 1 if outcome.problems else 0


def _print(text: str) -> None:
    """Print, and say nothing more where the reader of a pipe has read enough (`... | head`)."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what Python still wants to write at its end goes nowhere


def _wrong_call(path: Path) -> str:
    """Say why a path cannot be checked; empty where it can."""
    if path.is_dir():
        return ""
    if not path.exists():
        return f"there is no file {path}"
    if not path.is_file() or path.suffix != ".md":
        return f"{path} is not a page: a page's name ends in .md"
    if path.name == LIST_PAGE:
        return f"{path} is a list of pages: it has no rules of its own"
    if not judged_as(path):
        return f"{path} has no rules of its own: it is no technique, exercise, routine or page of signs"
    return ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knee", description="Checks technique pages and says how to mend them.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a page to check; without one, the whole folder of techniques")
    parser.add_argument("--format", choices=("text", "github", "json"), default="text", help="how to print what is found")
    return parser


def _check(paths: Sequence[Path]) -> Outcome:
    here = _project()
    docs = here / "docs"
    everything = [folder.resolve() for folder in (here, docs, *(docs / name for name in FOLLOWED))]
    if all(path.resolve() in everything for path in paths):
        return check_folder(SiteContext(docs, today_utc()))
    pages = [page for path in paths for page in (pages_in(path) if path.is_dir() else [path])]
    return check_pages(pages, SiteContext(_docs_of(pages, here), today_utc()))


def _project() -> Path:
    """Return the project's root: where we stand if it has a folder of techniques, else the one that this package is in."""
    here = Path.cwd()
    return here if (here / "docs" / TECHNIQUES).is_dir() else Path(__file__).resolve().parents[2]


def _docs_of(pages: Sequence[Path], project: Path) -> Path:
    """Return the folder of the site that some pages are held against: their own where all stand in one, else that of the project."""
    around = {docs_around(page) for page in pages}
    return (around.pop() if len(around) == 1 else None) or project / "docs"


if __name__ == "__main__":
    sys.exit(main())
