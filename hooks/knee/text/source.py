"""A page's file before it is read as Markdown: its bytes, and whether they can be read at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knee.text.yaml_values import Fault

LARGEST_PAGE = 100_000
"""Bytes that a page may have (contract, last paragraph of Body)."""
DEEPEST = 10
"""Levels of lists and quotes in one another that a page may have (contract, last paragraph of Body)."""

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARK = r"(?:[-+*]|[0-9]{1,9}[.)])"
_MARKS = re.compile(rf"(?:[ \t]*(?:>|{_MARK}(?=[ \t]))){{{DEEPEST + 1}}}")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*$")
_DEEP_INDENT = re.compile(rf"[ \t]{{{4 * DEEPEST},}}{_MARK}[ \t]")
_CONFLICT_END = re.compile(r">{7}(?:\s|$)")
_OPEN_BRACKETS = 20
"""More open brackets than this in one paragraph keep Markdown readers busy for minutes."""


@dataclass(frozen=True)
class Source:
    """One page's file: where it is, and its bytes (None where they were not read, because there are far too many)."""

    path: Path
    size: int
    content: bytes

    @classmethod
    def at(cls, path: Path) -> Source:
        """Read the file, but never more than a page may hold."""
        with path.open("rb") as file:
            return cls(path, path.stat().st_size, file.read(LARGEST_PAGE + 1))

    @property
    def slug(self) -> str:
        """The page's name in addresses: its file name without the ending."""
        return self.path.stem

    @cached_property
    def bad_byte(self) -> int | None:
        """The line of the first byte that is not UTF-8, if any."""
        try:
            self.content[:LARGEST_PAGE].decode("utf-8")
        except UnicodeDecodeError as error:
            cut_by_us = self.size > LARGEST_PAGE and error.start > LARGEST_PAGE - 4
            return None if cut_by_us else self.content[: error.start].count(b"\n") + 1
        return None

    @cached_property
    def text(self) -> str:
        """The page as text, without a byte order mark, with a line feed at the end of every line."""
        return self.content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def lines(self) -> list[str]:
        """The page's lines, without their ends."""
        return self.text.split("\n")

    def end_of(self, number: int) -> int:
        """Return the last line of the words that begin on a line: the one before the next empty line."""
        return next((after for after, line in enumerate(self.lines[number:], number) if not line.strip()), len(self.lines))

    def line_with(self, mark: bytes) -> int:
        """Return the line of the first place that holds `mark`; 0 where there is none."""
        place = self.content.find(mark)
        return 0 if place < 0 else self.content[:place].count(b"\n") + 1

    @cached_property
    def lone_return(self) -> int:
        """The line of the first carriage return that is not part of a Windows line end; 0 where there is none."""
        found = re.search(rb"\r(?!\n)", self.content)
        return self.content[: found.start()].count(b"\n") + 1 if found else 0

    def turning_marks(self) -> Iterator[tuple[int, str]]:
        """Return the line and the code of every mark that turns the direction of text around."""
        for number, line in enumerate(self.lines, 1):
            for mark in _TURNING.findall(line):
                yield number, f"U+{ord(mark):04X}"

    @cached_property
    def too_deep(self) -> int:
        """The line where lists, quotes or brackets go so deep that Markdown readers choke; 0 where they do not."""
        open_brackets = 0
        for number, line in enumerate(self.lines, 1):
            open_brackets = _most_open(line, open_brackets) if line.strip() else 0
            marks = _DEEP_INDENT.match(line) or (_MARKS.match(line) and not _RULE.match(line))
            if marks or open_brackets > _OPEN_BRACKETS:
                return number
        return 0


def merge_conflicts_in(lines: Sequence[str]) -> Iterator[Fault]:
    """Return each merge conflict that was left in a text, as its author reads of it."""
    for start, end in _conflicts(lines):
        what = f"a merge conflict was left here: lines {start} to {end} hold two versions of the same words"
        yield Fault(start, what, "keep the lines that are right, and delete those that begin with `<<<<<<<`, `=======` or `>>>>>>>`")


def _conflicts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Return the lines on which each conflict begins and ends, counted from 1."""
    start = 0
    last_end = max((number for number, line in enumerate(lines, 1) if _CONFLICT_END.match(line)), default=0)
    for number, line in enumerate(lines, 1):
        if line.startswith("<<<<<<<") and not line.startswith("<<<<<<<<"):
            start = start or number
        elif line.rstrip() == "=======" and not start and number < last_end:
            start = number
        elif start and _CONFLICT_END.match(line):
            yield start, number
            start = 0
    if start:
        yield start, len(lines)


def _most_open(line: str, still_open: int) -> int:
    """Return how many brackets are open at the end of a line, or the most that were open in it where that is too many."""
    for bracket in re.findall(r"[\[\]]", line):
        still_open = still_open + 1 if bracket == "[" else max(still_open - 1, 0)
        if still_open > _OPEN_BRACKETS:
            break
    return still_open
