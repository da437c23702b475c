"""Works out, without a browser, how long the printed sheet of a technique or of exercises gets.

The sizes are those of docs/assets/css/print.css and sheet.css, in millimetres and points; change both together.
tests/site/test_print.py holds them against the real print.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knee.contract.headings import HOW_TO, SAFETY_NOTE
from knee.contract.sections import Section
from knee.contract.technique_page import ExercisePage, TechniquePage
from knee.facts.technique import Technique, technique_of
from knee.text.reading import Block, collapse_whitespace

MM_A_POINT = 25.4 / 72
MARGIN_ACROSS, MARGIN_ALONG = 12.0, 7.0
LINE = 1.08
"""The height of a line, by that of its letters."""
RESERVE = 2.0
"""White kept free at the end of a sheet, for a printer whose letters are a little wider."""
WORDS_A_LINE = {14.0: 13, 18.0: 10}
"""About how many words a line of the sheet holds, by the size of its letters."""


@dataclass(frozen=True)
class Paper:
    """A size of paper, in millimetres."""

    name: str
    width: float
    height: float

    @property
    def across(self) -> float:
        """The width that can be printed on."""
        return self.width - 2 * MARGIN_ACROSS

    @property
    def along(self) -> float:
        """The height that can be printed on."""
        return self.height - 2 * MARGIN_ALONG


PAPERS = (Paper("A4", 210.0, 297.0), Paper("Letter", 215.9, 279.4))


@dataclass(frozen=True)
class Line:
    """Something on the sheet that has a line of its own in the file: how many lines of paper it takes."""

    number: int
    lines: int


@dataclass(frozen=True)
class Side:
    """One printed side: how high it gets and may get, in millimetres, and what on it takes room."""

    paper: Paper
    points: float
    height: float
    safety: tuple[Line, ...]
    steps: tuple[Line, ...]

    @property
    def over(self) -> int:
        """How many lines too many there are; 0 where all fits."""
        too_much = self.height - (self.paper.along - RESERVE)
        return max(0, math.ceil(too_much / (self.points * LINE * MM_A_POINT)))


def sides(page: TechniquePage) -> Iterator[Side]:
    """Return every side that a technique's page is printed on: 14 points on 1 side, then 18 points on 2, on each paper.

    Exercises have a picture each: 14 points on 2 sides, then the first side of the large print, which has no end to its sides.
    """
    safety, how, technique = page.section(SAFETY_NOTE), page.section(HOW_TO), technique_of(page)
    if not safety or not how or not technique:
        return
    sheet = _Sheet(page, technique, safety, how)
    if isinstance(page, ExercisePage):
        for paper in PAPERS:
            yield from sheet.exercises(paper)
    else:
        for paper in PAPERS:
            yield sheet.normal(paper)
        for paper in PAPERS:
            yield from sheet.large(paper)


@dataclass(frozen=True)
class _Sheet:
    page: TechniquePage
    technique: Technique
    safety: Section
    how: Section

    def normal(self, paper: Paper) -> Side:
        type_ = _Type(14.0, 19.0, 12.0, paper.across)
        safety, steps = self._safety_lines(type_), self._step_lines(type_)
        top = max(_PICTURE, type_.title(self.technique.title, beside_picture=True) + type_.facts(self.technique))
        return Side(paper, 14.0, top + self._how(type_) + self._note(type_) + type_.end(self.technique), safety, steps)

    def large(self, paper: Paper) -> Iterator[Side]:
        type_ = _Type(18.0, 26.0, 14.0, paper.across)
        first = type_.title(self.technique.title, beside_picture=False)
        yield Side(paper, 18.0, first + self._note(type_), self._safety_lines(type_), ())
        second = max(_PICTURE, type_.facts(self.technique)) + self._how(type_) + type_.end(self.technique)
        yield Side(paper, 18.0, second, (), self._step_lines(type_))

    def exercises(self, paper: Paper) -> Iterator[Side]:
        type_, first_of_large = _Type(14.0, 19.0, 12.0, paper.across), next(self.large(paper))
        head = type_.title(self.technique.title, beside_picture=False)
        facts = max(_PICTURE, type_.facts(self.technique))
        yield Side(paper, 14.0, head + facts + self._note(type_) + type_.afterwards(self.technique), self._safety_lines(type_), ())
        steps = self._step_lines(type_, beside=_STEP_PICTURE[0])
        pictures = sum(max(0.0, _STEP_PICTURE[1] - line.lines * type_.line) for line in steps[-len(self.page.steps) :])
        height = self._how(type_, steps) + pictures + len(self.page.steps) * _STEP_GAP
        yield Side(paper, 14.0, height + type_.foot, (), steps)
        yield first_of_large

    def _note(self, type_: _Type) -> float:
        lines, gap = self._safety_lines(type_), 0.1 if type_.points == 14.0 else 0.4
        items = sum(block.kind == "item" for block in self.safety.blocks)
        headings = sum(block.kind == "heading" for block in self.safety.blocks)
        others = sum(block.kind == "paragraph" and not block.inside for block in self.safety.blocks)
        borders = 4.1 + 3.7 + 2 + 1.1
        return borders + headings * (type_.points * 1.1 * MM_A_POINT + 1.3) + type_.height(lines) + items * gap + others

    def _how(self, type_: _Type, steps: Sequence[Line] = ()) -> float:
        loose = 1 + sum(block.kind == "paragraph" and not block.inside for block in self.how.blocks)
        heading = 1.3 + (type_.points + 2) * 1.1 * MM_A_POINT
        own = type_.line * 2  # the most pain before the steps
        lines = type_.height(steps or self._step_lines(type_))
        return heading + own + lines + len(self.page.steps) * 0.2 + loose * (0.6 + type_.line * 0.05)

    def _safety_lines(self, type_: _Type) -> tuple[Line, ...]:
        return tuple(_lines(self.safety.blocks, type_, indent=4.5, edge=6.7))

    def _step_lines(self, type_: _Type, beside: float = 0.0) -> tuple[Line, ...]:
        """Return the lines of the steps, and of what stands above them; `beside` is the room that a picture beside each step takes."""
        loose = [block for block in self.how.blocks if block.kind == "paragraph" and not block.inside]
        found = list(_lines(loose, type_, indent=0, edge=0))
        for step in self.page.steps:
            on = [block.bare for block in step.rest if block.kind == "paragraph" and block.inside == ("ol",)]
            bullets = [block for block in step.rest if block.kind == "paragraph" and len(block.inside) > 1]
            paragraphs = [step.words, *filter(str.strip, on)]  # beside a picture, each begins a line
            count = sum(type_.lines_of(words, type_.across - 8 - beside) for words in (paragraphs if beside else [" ".join(paragraphs)]))
            found.append(Line(step.line, count + sum(type_.lines_of(block.bare, type_.across - 13 - beside) for block in bullets)))
        return tuple(found)


_PICTURE = 25.5
_STEP_PICTURE = (40.0, 28.0)
"""The room that the picture of an exercise takes, across and along."""
_STEP_GAP = 1.5
_BESIDE_PICTURE = 34.0 + 5.0


@dataclass(frozen=True)
class _Type:
    """The sizes of letters on a sheet, and how high what never changes gets with them."""

    points: float
    title_points: float
    small_points: float
    across: float

    @property
    def line(self) -> float:
        return self.points * LINE * MM_A_POINT

    def height(self, lines: Iterable[Line]) -> float:
        return sum(line.lines for line in lines) * self.line

    def lines_of(self, words: str, across: float, *, points: float = 0.0, wider: float = 1.0) -> int:
        return wrapped(words, across / wider, points or self.points)

    def title(self, words: str, *, beside_picture: bool) -> float:
        across = self.across - (_BESIDE_PICTURE if beside_picture else 0)
        lines = self.lines_of(words, across, points=self.title_points, wider=1.07)
        return lines * self.title_points * 1.1 * MM_A_POINT + 1.5

    def facts(self, technique: Technique) -> float:
        """The key facts run on, each unbroken where it fits."""
        legs = ", both legs" if technique.each_leg else ""
        facts = {
            "Position: ": " or ".join(technique.positions),
            "Time: ": f"about {technique.minutes} minutes{legs}",
            "How often: ": technique.often,
            "You need: ": ", ".join(technique.equipment) or "hands only",
        }
        across, at, rows = self.across - _BESIDE_PICTURE, 0.0, 0
        for name, value in facts.items():
            width = measured(name, self.small_points) + measured(value, self.points) * 1.07
            if rows and at + 4 + width <= across:
                at += 4 + width
            else:
                rows, at = rows + math.ceil(width / across), width
        return rows * (self.line + 0.4)

    def end(self, technique: Technique) -> float:
        return self.afterwards(technique) + self.foot

    def afterwards(self, technique: Technique) -> float:
        """The other leg, and what is normal afterwards."""
        words = f"{technique.other_leg} Normal afterwards: {' '.join(technique.afterwards)}".lstrip()
        return 1 + self.line * self.lines_of(words, self.across, wider=1.01)

    @property
    def foot(self) -> float:
        """The foot with its QR code."""
        return 1.5 + (20.9 if self.points == 14.0 else 29.5)


def _lines(blocks: Sequence[Block], type_: _Type, *, indent: float, edge: float) -> Iterator[Line]:
    for block in blocks:
        if block.kind == "paragraph" and (words := collapse_whitespace(block.bare)):
            across = type_.across - edge - indent * len(block.inside)
            yield Line(block.line, type_.lines_of(words, across))


@lru_cache(1_000)
def wrapped(words: str, across: float, points: float) -> int:
    """Return how many lines words take, broken where the next word no longer fits; `across` is in millimetres."""
    lines, at, space = 1, 0.0, measured(" ", points)
    for word in words.split():
        width = measured(word, points)
        if at and at + space + width > across:
            lines, at = lines + 1, width
        else:
            at += width + (space if at else 0)
        lines, at = lines + int(at // across), at % across
    return lines


def measured(words: str, points: float) -> float:
    """Return the width of words in millimetres, in the letters of the sheet (Arial and its equals)."""
    return _ems(words) * points * MM_A_POINT


@lru_cache(20_000)
def _ems(words: str) -> float:
    return sum(_WIDTHS.get(mark, 1.0 if ord(mark) > 0x2E80 else 0.556) for mark in words)


_WIDTHS = {
    mark: width
    for width, marks in {
        0.191: "'",
        0.222: "ijl‘’",
        0.278: " !,./:;I[]\\ft|",
        0.333: "()-r`“”",
        0.355: '"',
        0.389: "*",
        0.5: "Jckszvxy",
        0.556: "#$0123456789?L_abdeghnopqu–",
        0.584: "+<=>~",
        0.611: "FTZ",
        0.667: "&ABEKPSVXY",
        0.722: "CDHNRUw",
        0.778: "GOQ",
        0.833: "Mm",
        0.889: "%",
        0.944: "W",
        1.0: "—…",
        1.015: "@",
    }.items()
    for mark in marks
}
