"""What a check found, and how it is told: as lines, as annotations, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from knee.text.wording import counted

ANNOTATION_LIMIT = 10
"""A code host shows this many annotations a step and drops the rest without a word."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where it stands, which rule asks, what was found and what to do.

    `path` is relative to the project's root, with forward slashes; `line` counts from 1.
    """

    path: str
    line: int
    id: str
    what: str
    mend: str
    mended: tuple[int, int, tuple[str, ...]] | None = field(default=None, compare=False)
    """What a button does that mends it: put lines in the place of so many lines from a first one on. It is not reported in words."""

    def __str__(self) -> str:
        """Return the two lines that the author reads, the same in the command and in the build."""
        return f"{self.path}:{self.line}: {self.id} {self.what}\n    {self.mend}"


def shown_path(path: Path, root: Path) -> str:
    """Return `path` as the author knows it: from the project's root where it lies inside, else whole."""
    try:
        return path.absolute().relative_to(root.absolute()).as_posix()
    except ValueError:
        return path.as_posix()


def closing_count(problems: Sequence[Problem], pages: int) -> str:
    """Return the last line of a report: how many problems in how many files, or that all is well."""
    if not problems:
        return f"{counted(pages, 'page')}, all well"
    files = len({problem.path for problem in problems})
    return f"{counted(len(problems), 'problem')} in {counted(files, 'file')} ({counted(pages, 'page')} checked)"


def as_text(problems: Sequence[Problem], pages: int) -> str:
    """Return every problem and the closing count as plain text."""
    return "\n".join([*map(str, sorted(problems)), closing_count(problems, pages)])


def as_json(problems: Sequence[Problem]) -> str:
    """Return the problems as a JSON list of objects with path, line, id, what and mend."""
    told = [{name: value for name, value in asdict(problem).items() if name != "mended"} for problem in sorted(problems)]
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_github(problems: Sequence[Problem], pages: int) -> str:
    """Return the plain text, then workflow commands that set the problems beside the lines of a pull request.

    Only `ANNOTATION_LIMIT` annotations are shown there, so with more problems than that the last one stands for the rest
    and says that the full list is in the text above.
    """
    ordered = sorted(problems)
    told = ordered if len(ordered) <= ANNOTATION_LIMIT else ordered[: ANNOTATION_LIMIT - 1]
    notes = [_annotation(problem) for problem in told]
    if left := ordered[len(told) :]:
        rest = f"{len(left)} more problems: the full list of {len(ordered)} is in this step's output"
        notes.append(f"::error title=And {len(left)} more::{_escaped(rest)}")
    return "\n".join([_no_command(as_text(problems, pages)), *map(_no_command, notes)])


def as_summary(problems: Sequence[Problem], pages: int, words: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return every problem as Markdown for a job's summary page, which has no limit of ten.

    Where there are pages with `words` by which the search finds them, these follow.
    """
    lines = [f"## {closing_count(problems, pages)}", ""]
    for problem in sorted(problems):
        lines += [*_fenced(str(problem)), ""]
    if words:
        lines += ["## Words that lead to a page in the search", ""]
        lines += _fenced("\n".join(f"{path}: {', '.join(found) or 'none yet, only its own words'}" for path, found in words.items()))
        lines.append("")
    return "\n".join(lines)


def _fenced(text: str) -> list[str]:
    return ["```text", text.replace("```", "'''"), "```"]


def _no_command(text: str) -> str:
    """Break the other form of a workflow command, which is obeyed wherever it stands in a line."""
    return text.replace("##[", "## [")


def _annotation(problem: Problem) -> str:
    where = f"file={_escaped_property(problem.path)},line={problem.line},title={problem.id}"
    return f"::error {where}::" + _escaped(f"{problem.what}\n{problem.mend}")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
