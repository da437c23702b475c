"""A page's lines as its author wrote them, without code, and what was meant in them but is shown as text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from knee.contract.headings import DO_NOT, HOW_TO, MEANT, SAFETY_NOTE, STOP
from knee.contract.page import Page
from knee.contract.site_context import PHOTO_KINDS, PICTURE_KINDS
from knee.text.reading import Block, collapse_whitespace

_PICTURE = re.compile(rf"\.(?:{'|'.join((*PICTURE_KINDS, *PHOTO_KINDS))})$", re.IGNORECASE)
_PLACE = re.compile(rf"{_PICTURE.pattern[:-1]}|\.(?:md|html?)(?:#.*)?$|/$", re.IGNORECASE)
_ADDRESS = r"([^()\[\]<>\"'\n]+)"


@dataclass(frozen=True)
class LostLink:
    """A link or a picture that was meant, but is shown as text: its line, where it was to lead, and what is wrong with it."""

    line: int
    target: str
    is_picture: bool
    fault: Literal["spaces", "apart", "swapped"]


@lru_cache(maxsize=8)
def lost_links(page: Page) -> tuple[LostLink, ...]:
    """Return the links and pictures of a page that the preview shows as text; kept, because several rules ask for those of one page."""
    return tuple(_lost_links(page))


def _lost_links(page: Page) -> Iterator[LostLink]:
    for line, text in visible_lines(page):
        for fault, pattern in _LOST.items():
            for mark, written in pattern.findall(text):
                target = collapse_whitespace(written)
                if (" " in target) if fault == "spaces" else (" " not in target and _PLACE.search(target)):
                    yield LostLink(line, target, bool(mark) or bool(_PICTURE.search(target)), fault)


_LOST: dict[Literal["spaces", "apart", "swapped"], re.Pattern[str]] = {
    "spaces": re.compile(rf"(!?)\[[^\[\]]*\]\({_ADDRESS}\)"),
    "apart": re.compile(rf"(!?)\[[^\[\]]+\]\s+\({_ADDRESS}\)"),
    "swapped": re.compile(rf"(!?)\([^()]+\)\s?\[{_ADDRESS}\]"),
}


_NUMBER_WITHOUT_A_DOT = re.compile(r"\s*(?i:step\s*)?\(?([0-9]{1,2})(?:\s*[:)\u2010-\u2015-]\s*|\.\)\s*|\.(?=\S)|\s+)(?=[\"'“‘*_]*[A-Z])")
"""A capital has to follow: "5 times" may stand at the start of a line."""


@lru_cache(maxsize=8)
def lost_steps(page: Page) -> tuple[tuple[int, str, str], ...]:
    """Return the steps whose number has no dot after it, so that they stand in the step above: line, number, the rest of the line."""
    return tuple(_lost_steps(page))


def _lost_steps(page: Page) -> Iterator[tuple[int, str, str]]:
    how = page.section(HOW_TO)
    if not how or not page.step_lists:
        return
    first, last, count = how.heading.line, how.last_line, 0
    items = {block.line for block in page.blocks if block.kind == "item" and block.inside == ("ol",)}
    for line, text in visible_lines(page):
        if not first < line <= last:
            continue
        if line in items:
            count += 1
        elif count and (found := _NUMBER_WITHOUT_A_DOT.match(text)) and int(found[1]) == count + 1:
            count += 1
            yield line, found[1], text[found.end() :].strip()


Fault = Literal["sign", "no_space", "odd_space"]


@dataclass(frozen=True)
class LostBullet:
    """A list that was meant, but is shown as text: its first such line, the sign there, the words after it, and what is wrong."""

    line: int
    sign: str
    words: str
    fault: Fault


_FAULTS: tuple[Fault, ...] = ("sign", "no_space", "odd_space")
_NO_BULLET = re.compile(
    r"\s*(?:(?P<sign>[-=]+>|[–—](?![\d])|[•·●▪◦‣→])\s*|(?P<no_space>-)(?=[^\s\-\d>])|(?P<odd_space>[-*+])[^\S \t]\s*)(?P<words>(?=\S).*)",
)
_FEW_WORDS = 2
"""So few words after a dash may be a name under a sentence, and no item."""


@lru_cache(maxsize=8)
def lost_bullets(page: Page) -> tuple[LostBullet, ...]:
    """Return the lists whose lines begin with a sign that makes no bullet, one for each paragraph; kept, because several rules ask."""
    return tuple(_lost_bullets(page))


def _lost_bullets(page: Page) -> Iterator[LostBullet]:
    how, headings = page.section(HOW_TO), {heading.line for heading in page.headings if heading.marker == MEANT}
    if not (how or page.section(SAFETY_NOTE)) or page.html:
        return
    no_steps = range(how.heading.line, how.last_line + 1) if how and not page.step_lists else range(0)
    bullets = {block.line for block in page.blocks if block.kind == "item" and block.inside == ("ul",)}
    for paragraph in visible_paragraphs(page):
        lines = [line for line, _ in paragraph]
        if lines[0] in no_steps or headings.intersection(lines) or any("|" in text for _, text in paragraph):
            continue  # other rules tell of steps without numbers and of words for a heading; a table has signs of its own
        found = [lost for line in lines if (lost := _lost_bullet(line, page.line(line)))]
        if len(found) > 1 or (found and _stands_alone(page, found[0], lines, bullets)):
            yield found[0]


def _lost_bullet(line: int, text: str) -> LostBullet | None:
    match = _NO_BULLET.fullmatch(text)
    if not match or not any(sign.isalpha() for sign in match["words"]):
        return None
    fault = next(fault for fault in _FAULTS if match[fault])
    return LostBullet(line, match[fault], match["words"].strip(), fault)


def _stands_alone(page: Page, lost: LostBullet, lines: Sequence[int], bullets: set[int]) -> bool:
    """Whether a single such line was meant as an item, and is no dash in a sentence, no name below one, and no arrow to a link."""
    if lost.line != lines[0]:
        return not page.line(lost.line)[:1].isspace() and lines[0] in bullets
    if any(lost.line in part for part in _safety_lists(page)):
        return True
    return lost.sign not in ("—", "→") and not (lost.sign == "–" and len(lost.words.split()) <= _FEW_WORDS)


@lru_cache(maxsize=8)
def _safety_lists(page: Page) -> tuple[range, ...]:
    """Return the lines of the two lists of the safety note; kept, because each lost bullet of a page asks."""
    parts = (page.section(words) for words in (DO_NOT, STOP))
    return tuple(range(part.heading.line + 1, part.last_line + 1) for part in parts if part)


def visible_paragraphs(page: Page) -> Iterator[list[tuple[int, str]]]:
    """Return the visible lines of a page, each with its number, in the groups that no empty line parts."""
    for _, group in groupby(enumerate(visible_lines(page)), key=lambda entry: entry[1][0] - entry[0]):
        yield [line for _, line in group]


@lru_cache(maxsize=8)
def headings_by_accident(page: Page) -> tuple[tuple[Block, int], ...]:
    """Return the sentences that a line under them turns into headings, with the place of that line."""
    return tuple(_headings_by_accident(page))


def _headings_by_accident(page: Page) -> Iterator[tuple[Block, int]]:
    for block in page.top:
        if (
            block.kind == "heading"
            and _SENTENCE.search(collapse_whitespace(block.text))
            and not page.line(block.line).lstrip().startswith("#")
        ):
            under = (number for number in range(block.line + 1, block.line + 9) if _UNDERLINE.fullmatch(page.line(number)))
            if line := next(under, None):
                yield block, line


_SENTENCE = re.compile(r"[.?!:)]$")
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)[ \t]*")


@lru_cache(maxsize=8)
def visible_lines(page: Page) -> tuple[tuple[int, str], ...]:
    """Return the lines that are not inside code for both readers, with code in a line taken out; kept for the rules that ask in turn."""
    return tuple(_visible_lines(page))


def _visible_lines(page: Page) -> Iterator[tuple[int, str]]:
    hidden = _code_lines(page)
    paragraph: list[tuple[int, str]] = []
    for number, line in enumerate((*page.source.lines, ""), 1):
        if number >= page.first_line and number not in hidden and line.strip():
            paragraph.append((number, line))
        elif paragraph:
            kept = _without_code("\n".join(text for _, text in paragraph)).split("\n")
            yield from zip((place for place, _ in paragraph), kept, strict=True)
            paragraph = []


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


def _code_lines(page: Page) -> set[int]:
    seen_by_site = {collapse_whitespace(block.text) for block in page.website.blocks if block.kind == "code"}
    hidden: set[int] = set()
    for block in page.preview.blocks:
        if block.kind == "code" and collapse_whitespace(block.text) in seen_by_site:
            hidden.update(range(block.line, block.line + block.text.count("\n") + 2))
    return hidden
