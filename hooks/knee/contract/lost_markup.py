"""A page's lines as its author wrote them, without code, and what was meant in them but is shown as text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple

from knee.contract.headings import DO_NOT, HOW_TO, SAFETY_NOTE, STOP
from knee.contract.site_context import PHOTO_KINDS, PICTURE_KINDS
from knee.text.preview import INDENTED
from knee.text.reading import Block, collapse_whitespace

if TYPE_CHECKING:
    from knee.contract.page import Page

_PICTURE = re.compile(rf"\.(?:{'|'.join((*PICTURE_KINDS, *PHOTO_KINDS))})$", re.IGNORECASE)
_PLACE = re.compile(rf"{_PICTURE.pattern[:-1]}|\.(?:md|html?)(?:#.*)?$|/$", re.IGNORECASE)
_ADDRESS = r"([^()\[\]<>\"'\n]+)"
_LOST: dict[Literal["spaces", "apart", "swapped"], re.Pattern[str]] = {
    "spaces": re.compile(rf"(!?)\[[^\[\]]*\]\({_ADDRESS}\)"),
    "apart": re.compile(rf"(!?)\[[^\[\]]+\]\s+\({_ADDRESS}\)"),
    "swapped": re.compile(rf"(!?)\([^()]+\)\s?\[{_ADDRESS}\]"),
}
_NUMBER_WITHOUT_A_DOT = re.compile(r"\s*(?i:step\s*)?\(?([0-9]{1,2})(?:\s*[:)\u2010-\u2015-]\s*|\.\)\s*|\.(?=\S)|\s+)(?=[\"'“‘*_]*[A-Z])")
"""A capital has to follow: "5 times" may stand at the start of a line."""
_NO_BULLET = re.compile(
    r"\s*(?:(?P<sign>[-=]+>|[–—](?![\d])|[•·●▪◦‣→])\s*|(?P<no_space>-)(?=[^\s\-\d>])|(?P<odd_space>[-*+])[^\S \t]\s*)(?P<words>(?=\S).*)",
)
_FEW_WORDS = 2
"""So few words after a dash may be a name under a sentence, and no item."""
_OWN_MARK = re.compile(
    r"(?:step\s*)?\(?[a-h][.)]\s+|(?:step\s*)?\(?[0-9]{1,2}\ufe0f?\u20e3?[.):\s–-]*|[^\w\s\"'“‘(]+\ufe0f?\s*|o\s+(?=\w)", re.IGNORECASE
)
"""The mark that an author put in front of a step or a reason, where it makes no list: `Step 1:`, `1.`, `•`, a dash, a little picture."""
_SENTENCE = re.compile(r"[.?!:)]$")
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)[ \t]*")

Fault = Literal["sign", "no_space", "odd_space"]
_FAULTS: tuple[Fault, ...] = ("sign", "no_space", "odd_space")


@dataclass(frozen=True)
class LostLink:
    """A link or a picture that was meant, but is shown as text: its line, where it was to lead, and what is wrong with it."""

    line: int
    target: str
    is_picture: bool
    fault: Literal["spaces", "apart", "swapped"]


class LostStep(NamedTuple):
    """A step whose number has no dot after it, so that it stands in the step above: its line, its number and its words."""

    line: int
    number: str
    words: str


@dataclass(frozen=True)
class LostBullet:
    """A list that was meant, but is shown as text: its first such line, the sign there, the words after it, and what is wrong."""

    line: int
    sign: str
    words: str
    fault: Fault
    items: tuple[tuple[int, str], ...] = ()
    """Every such line of the list, with its words."""


class PageProse:
    """The lines of one page as its author typed them, and what they were meant as. Each thing is looked for once, when it is asked for."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def visible_lines(self) -> tuple[tuple[int, str], ...]:
        """The lines that are not inside code for both readers, with code in a line taken out."""
        return tuple(self._visible_lines())

    @cached_property
    def lost_links(self) -> tuple[LostLink, ...]:
        """The links and pictures that the preview shows as text."""
        return tuple(self._lost_links())

    @cached_property
    def lost_steps(self) -> tuple[LostStep, ...]:
        """The steps that stand in the step above, because their number has no dot after it."""
        return tuple(self._lost_steps())

    @cached_property
    def lost_bullets(self) -> tuple[LostBullet, ...]:
        """The lists whose lines begin with a sign that makes no bullet, one for each paragraph."""
        return tuple(self._lost_bullets())

    @cached_property
    def headings_by_accident(self) -> tuple[tuple[Block, int], ...]:
        """The sentences that a line under them turns into headings, with the place of that line."""
        return tuple(self._headings_by_accident())

    @cached_property
    def empty_items(self) -> tuple[Block, ...]:
        """The list items that hold nothing at all."""
        return tuple(_empty_items(self._page.preview.blocks))

    @property
    def paragraphs(self) -> Iterator[list[tuple[int, str]]]:
        """The visible lines, each with its number, in the groups that no empty line parts."""
        return _paragraphs(self.visible_lines)

    def _lost_links(self) -> Iterator[LostLink]:
        for line, text in self.visible_lines:
            for fault, pattern in _LOST.items():
                for mark, written in pattern.findall(text):
                    target = collapse_whitespace(written)
                    if (" " in target) if fault == "spaces" else (" " not in target and _PLACE.search(target)):
                        yield LostLink(line, target, bool(mark) or bool(_PICTURE.search(target)), fault)

    def _lost_steps(self) -> Iterator[LostStep]:
        page, how = self._page, self._page.section(HOW_TO)
        if not how or not page.step_lists:
            return
        first, last, count = how.heading.line, how.last_line, 0
        items = {block.line for block in page.blocks if block.kind == "item" and block.inside == ("ol",)}
        for line, text in self.visible_lines:
            if not first < line <= last:
                continue
            if line in items:
                count += 1
            elif count and (found := _NUMBER_WITHOUT_A_DOT.match(text)) and int(found[1]) == count + 1:
                count += 1
                yield LostStep(line, found[1], text[found.end() :].strip())

    def _lost_bullets(self) -> Iterator[LostBullet]:
        page = self._page
        if not (page.section(HOW_TO) or page.section(SAFETY_NOTE)):
            return
        bullets = {block.line for block in page.blocks if block.kind == "item" and block.inside == ("ul",)}
        for paragraph in self.paragraphs:
            if any("|" in text for _, text in paragraph):
                continue  # a table has signs of its own
            lines = [line for line, _ in paragraph]
            found = [lost for line in lines if (lost := _lost_bullet(line, page.line(line)))]
            if len(found) > 1 or (found and self._stands_alone(found[0], lines, bullets)):
                yield replace(found[0], items=tuple((lost.line, lost.words) for lost in found))

    def _stands_alone(self, lost: LostBullet, lines: Sequence[int], bullets: set[int]) -> bool:
        """Whether a single such line was meant as an item, and is no dash in a sentence, no name below one, and no arrow to a link."""
        if lost.line != lines[0]:
            return not self._page.line(lost.line)[:1].isspace() and lines[0] in bullets
        if any(lost.line in part for part in self._safety_lists):
            return True
        return lost.sign not in ("—", "→") and not (lost.sign == "–" and len(lost.words.split()) <= _FEW_WORDS)

    @cached_property
    def _safety_lists(self) -> tuple[range, ...]:
        """The lines of the two lists of the safety note."""
        parts = (self._page.section(words) for words in (DO_NOT, STOP))
        return tuple(range(part.heading.line + 1, part.last_line + 1) for part in parts if part)

    def _headings_by_accident(self) -> Iterator[tuple[Block, int]]:
        page = self._page
        for block in page.top:
            if (
                block.kind == "heading"
                and _SENTENCE.search(collapse_whitespace(block.text))
                and not page.line(block.line).lstrip().startswith("#")
            ):
                under = (number for number in range(block.line + 1, block.line + 9) if _UNDERLINE.fullmatch(page.line(number)))
                if line := next(under, None):
                    yield block, line

    def _visible_lines(self) -> Iterator[tuple[int, str]]:
        hidden = self._code_lines()
        paragraph: list[tuple[int, str]] = []
        for number, line in enumerate((*self._page.source.lines, ""), 1):
            if number >= self._page.first_line and number not in hidden and line.strip():
                paragraph.append((number, line))
            elif paragraph:
                kept = _without_code("\n".join(text for _, text in paragraph)).split("\n")
                yield from zip((place for place, _ in paragraph), kept, strict=True)
                paragraph = []

    def _code_lines(self) -> set[int]:
        seen_by_site = {collapse_whitespace(block.text) for block in self._page.website.blocks if block.kind == "code"}
        hidden: set[int] = set()
        for block in self._page.preview.blocks:
            if block.kind == "code" and collapse_whitespace(block.text) in seen_by_site:
                fences = 0 if block.marker == INDENTED else 2
                hidden.update(range(block.line, block.line + block.text.count("\n") + fences))
        return hidden


def without_own_mark(line: str) -> str:
    """Return a line without the mark that its author put in front of it."""
    return line[found.end() :] if (found := _OWN_MARK.match(line)) else line


def _empty_items(blocks: Sequence[Block]) -> Iterator[Block]:
    for item, after in zip_longest(blocks, blocks[1:]):
        if item.kind != "item" or item.in_quote:
            continue
        depth = len(item.inside)
        if after is None or after.inside[:depth] != item.inside or (after.kind == "item" and len(after.inside) == depth):
            yield item


def _lost_bullet(line: int, text: str) -> LostBullet | None:
    match = _NO_BULLET.fullmatch(text)
    if not match or not any(sign.isalpha() for sign in match["words"]):
        return None
    fault = next(fault for fault in _FAULTS if match[fault])
    return LostBullet(line, match[fault], match["words"].strip(), fault)


def _paragraphs(lines: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Return lines in the groups that no empty line parts."""
    for _, group in groupby(enumerate(lines), key=lambda entry: entry[1][0] - entry[0]):
        yield [line for _, line in group]


def _without_code(text: str) -> str:
    """Take the code between backticks out of a paragraph, but leave its line ends."""
    runs = [found for found in re.finditer(r"`+", text) if not _is_escaped(text, found.start())]
    later: dict[int, list[int]] = {}
    for run in re.finditer(r"`+", text):
        later.setdefault(len(run[0]), []).append(run.start())
    kept, at = [], 0
    for run in runs:
        starts = later[len(run[0])]
        next_one = bisect_right(starts, run.start())
        if run.start() >= at and next_one < len(starts):
            end = starts[next_one]
            kept += [text[at : run.start()], "\n" * text.count("\n", run.start(), end)]
            at = end + len(run[0])
    return "".join((*kept, text[at:]))


def _is_escaped(text: str, place: int) -> bool:
    marks = 0
    while place > marks and text[place - marks - 1] == "\\":
        marks += 1
    return marks % 2 == 1
