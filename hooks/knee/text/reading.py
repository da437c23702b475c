"""What one Markdown reader makes of a page: blocks, links, pictures and HTML, each with its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

Kind = Literal["heading", "paragraph", "item", "code", "rule", "table", "html"]


@dataclass(frozen=True)
class Block:
    """One block of a page, with the lists and quotes that hold it.

    `line` counts from 1 in the whole file; 0 where the reader does not know it.
    `inside` names the holders from the outside in: ("ol", "ul") is a bullet in a step.
    """

    kind: Kind
    text: str
    line: int
    inside: tuple[str, ...] = ()
    level: int = 0
    number: int = 0
    """An item's number as a reader sees it: the list's first number and then one more each."""
    written: int = 0
    """An item's number as its author wrote it."""
    marker: str = ""
    """An item's mark: "." or ")" for numbered lists."""
    list_id: int = 0
    """Which list an item belongs to: items of one list share it."""
    bare: str = ""
    """A paragraph's words without those of its pictures."""
    targets: tuple[str, ...] = ()
    """Where the links and the pictures in the block's words lead, in order."""
    place: int = -1
    """Its place among all blocks of its reading, from 0; -1 where the reader does not say."""

    @property
    def words(self) -> str:
        """The words that it shows, on one line, without those of its pictures."""
        return collapse_whitespace(self.bare if self.kind == "paragraph" else self.text)

    @property
    def in_quote(self) -> bool:
        """Whether the block stands in a quote, where nothing counts."""
        return "quote" in self.inside


@dataclass(frozen=True)
class Link:
    """Where a link or a link definition leads, as written."""

    target: str
    line: int
    in_quote: bool = False
    title: str = ""
    """The words that show when a mouse rests on it."""


@dataclass(frozen=True)
class Picture:
    """A picture as the page shows it: its address and the words for those who cannot see it."""

    target: str
    alt: str
    line: int
    in_quote: bool = False
    title: str = ""


@dataclass(frozen=True)
class Html:
    """A piece of raw HTML that a reader would let through."""

    text: str
    line: int


@dataclass(frozen=True)
class Reading:
    """Everything that one reader sees on a page, in order."""

    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    html: tuple[Html, ...] = ()


@dataclass(frozen=True)
class Difference:
    """A place where two readings part: the line, and the words that each has there."""

    line: int
    first: str
    second: str


_COSTLY = 400
"""Past this many blocks that differ, the first difference is told instead of all (comparing costs their square)."""


def collapse_whitespace(text: str) -> str:
    """Return text with every run of white space as one space, none at the ends."""
    return " ".join(text.split())


def differences(first: Reading, second: Reading) -> list[Difference]:
    """Tell where two readings of the same page part, with lines of the first reading.

    Only what a reader sees counts: kind, level, nesting, numbers and words of each block.
    """
    blocks, others = _without_html(first), _without_html(second)
    return [_difference(blocks[a:b], others[c:d], blocks, a) for tag, a, b, c, d in _opcodes(blocks, others) if tag != "equal"]


def aligned(first: Reading, second: Reading) -> dict[int, int]:
    """Return where the blocks of one reading stand in another: for each place in the first, that of the same block in the second.

    Blocks that only one of them has are left out.
    """
    ours, theirs = ([place for place, block in enumerate(reading.blocks) if block.kind != "html"] for reading in (first, second))
    codes = _opcodes(_without_html(first), _without_html(second))
    return {ours[a + i]: theirs[c + i] for tag, a, b, c, _ in codes if tag == "equal" for i in range(b - a)}


def _opcodes(blocks: Sequence[Block], others: Sequence[Block]) -> list[tuple[str, int, int, int, int]]:
    """Return how the first blocks become the others, as difflib says it: (tag, from, to, from, to)."""
    ours, theirs = _seen(blocks), _seen(others)
    start = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    same = [("equal", 0, start, 0, start)]
    if max(len(ours), len(theirs)) - start > _COSTLY:
        return [*same, ("replace", start, min(start + 1, len(ours)), start, min(start + 1, len(theirs)))]
    codes = difflib.SequenceMatcher(None, ours[start:], theirs[start:], autojunk=False).get_opcodes() if ours != theirs else []
    return [*same, *((tag, start + a, start + b, start + c, start + d) for tag, a, b, c, d in codes)]


def _without_html(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.kind != "html"]


def _seen(blocks: Iterable[Block]) -> list[tuple[object, ...]]:
    return [
        (b.kind, b.level, b.inside, b.number if b.inside[-1:] == ("ol",) else 0, collapse_whitespace(b.text), _plain(b.targets))
        for b in blocks
    ]


def _difference(ours: Sequence[Block], theirs: Sequence[Block], blocks: Sequence[Block], start: int) -> Difference:
    line = ours[0].line if ours else (blocks[min(start, len(blocks) - 1)].line if blocks else 1)
    if _words(ours) == _words(theirs):
        return Difference(line, _addresses(ours), _addresses(theirs))
    return Difference(line, _words(ours), _words(theirs))


def _words(blocks: Iterable[Block]) -> str:
    return collapse_whitespace(" ".join(f"{_NAMES[b.kind]} {b.text}" for b in blocks))


_NAMES = {"heading": "heading", "paragraph": "", "item": "list item", "code": "code", "rule": "line across", "table": "table", "html": ""}


def _plain(targets: Iterable[str]) -> tuple[str, ...]:
    return tuple(collapse_whitespace(unquote(target)) for target in targets)


def _addresses(blocks: Iterable[Block]) -> str:
    found = [target for block in blocks for target in block.targets]
    return f"a link to {', '.join(found)}" if found else "no link"
