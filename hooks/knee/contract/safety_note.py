"""The safety note as it was read: its two parts with all that belongs to them, and what it says beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knee.contract.sections import Section
from knee.text.reading import Block


@dataclass(frozen=True)
class SafetyItem:
    """One bullet of a part: all its words, with those of wrapped lines, further paragraphs and lists inside it."""

    words: str
    item: Block
    targets: tuple[str, ...]
    """Where its links lead."""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two items of different pages the same: their words, and where their links lead."""
        return self.words, self.targets


@dataclass(frozen=True)
class SafetyPart:
    """`### Do not do this if` or `### Stop if` with all that belongs to it, in order."""

    heading: Block
    blocks: tuple[Block, ...]
    """Everything under the heading that belongs to the part."""
    items: tuple[SafetyItem, ...]
    about: tuple[str, ...]
    """The words of the part that stand in no list: each paragraph."""


@dataclass(frozen=True)
class SafetyNote:
    """A whole safety note."""

    section: Section
    do_not: SafetyPart
    stop: SafetyPart
    also: tuple[Block, ...]
    """What belongs to the whole note: what stands before its parts, and what follows the last list."""

    @property
    def parts(self) -> tuple[SafetyPart, SafetyPart]:
        """Both parts, in their order."""
        return self.do_not, self.stop

    @property
    def also_words(self) -> list[str]:
        """The words of the paragraphs that belong to the whole note."""
        return list(_loose_words(self.also))

    @property
    def is_whole(self) -> bool:
        """Whether it has the contract's headings and something in each of its parts."""
        return self.section.exact and all(part.items for part in self.parts)


def safety_note_of(whole: Section, do_not: Section, stop: Section) -> SafetyNote:
    """Take a safety note apart.

    Words beside a list belong to its part. Only what follows the last list of the last part belongs to the whole note: there the reader
    finds the way to help.
    """
    first, last = sorted((do_not, stop), key=lambda section: section.heading.line)
    lists_end = max((place for place, block in enumerate(last.blocks, 1) if block.inside), default=0)
    taken = {block.place for block in (*first.blocks, *last.blocks)}
    before = tuple(block for block in whole.blocks if block.place < first.heading.place and block.place not in taken)
    parts = {id(first): _part(first.heading, first.blocks), id(last): _part(last.heading, last.blocks[:lists_end])}
    return SafetyNote(whole, parts[id(do_not)], parts[id(stop)], (*before, *last.blocks[lists_end:]))


def _part(heading: Block, blocks: tuple[Block, ...]) -> SafetyPart:
    return SafetyPart(heading, blocks, tuple(_safety_items(blocks)), tuple(_loose_words(blocks)))


def _safety_items(blocks: Sequence[Block]) -> Iterator[SafetyItem]:
    starts = [place for place, block in enumerate(blocks) if block.kind == "item" and len(block.inside) == 1]
    for start, end in pairwise([*starts, len(blocks)]):
        words = " ".join(block.words for block in blocks[start:end] if block.inside and block.words)
        targets = tuple(target for block in blocks[start:end] for target in block.targets)
        yield SafetyItem(words, blocks[start], targets)


def _loose_words(blocks: Sequence[Block]) -> Iterator[str]:
    return (block.words for block in blocks if block.kind != "heading" and not block.inside and block.words)
