"""What one Markdown reader makes of a page: blocks, links, pictures and HTML, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import unquote

_LEFT_OUT = re.compile(r"(?:javascript|vbscript|file|data):", re.IGNORECASE)
"""Addresses that the code host leaves out. Rules of their own tell of them; here they are the same as none."""

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
    info: str = ""
    """What the fence of a code block says about its language."""
    place: int = -1
    """Its place among all blocks of its reading, from 0; -1 where the reader does not say."""

    @property
    def words(self) -> str:
        """The words that it shows, on one line, without those of its pictures."""
        return collapse_whitespace(self.bare if self.kind == "paragraph" else self.text)

    @property
    def places(self) -> tuple[str, ...]:
        """Where its links and pictures lead, as far as that can be compared: however it is written, and without what one leaves out."""
        return tuple("" if _LEFT_OUT.match(target) else collapse_whitespace(unquote(target)) for target in self.targets)

    @property
    def seen(self) -> tuple[object, ...]:
        """What people see of it: kind, level, holders, number, words and where its links and pictures lead."""
        number = self.number if self.inside[-1:] == ("ol",) else 0
        return self.kind, self.level, self.inside, number, collapse_whitespace(self.text), self.places

    @property
    def shows_something(self) -> bool:
        """Whether there is anything to see: not of HTML, which is left out, nor of a paragraph of nothing but spaces."""
        return self.kind != "html" and (self.kind != "paragraph" or bool(self.text.strip() or self.targets))

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
    words: str | None = None
    """The words that a reader touches, those for a picture as well; None for a link definition, which shows nothing by itself."""


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
class Extra:
    """Something that only the code host draws: a footnote, a box to tick, words struck out, an address that became a link."""

    kind: Literal["footnote", "box", "strike", "address"]
    text: str
    line: int


@dataclass(frozen=True)
class Reading:
    """Everything that one reader sees on a page, in order."""

    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    html: tuple[Html, ...] = ()
    strikes: tuple[str, ...] = ()
    """The words that are struck out."""
    extras: tuple[Extra, ...] = ()
    """What the code host makes more of than Markdown asks for."""

    @cached_property
    def shown(self) -> list[int]:
        """The places of the blocks that show something."""
        return [place for place, block in enumerate(self.blocks) if block.shows_something]

    @cached_property
    def seen(self) -> list[tuple[object, ...]]:
        """What people see of those blocks; kept, because a reading is compared with several others."""
        return [self.blocks[place].seen for place in self.shown]


def collapse_whitespace(text: str) -> str:
    """Return text with every run of white space as one space, none at the ends."""
    return " ".join(text.split())
