"""What stands under a heading, and the steps of a numbered list."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from knee.contract.dose import Dose, dose_of
from knee.text.reading import Block, collapse_whitespace


@dataclass(frozen=True)
class Step:
    """One numbered step: its own first paragraph, and whatever belongs to it."""

    number: int
    words: str
    item: Block
    rest: tuple[Block, ...]
    is_exercise: bool = False

    @property
    def line(self) -> int:
        """The line on which the step begins."""
        return self.item.line

    @property
    def dose(self) -> Dose:
        """What the step's own words say about its length."""
        return dose_of(self.words, exercise=self.is_exercise)

    @property
    def rest_words(self) -> str:
        """The words of what belongs to the step."""
        return collapse_whitespace(" ".join(block.text for block in self.rest))

    @property
    def more(self) -> list[str]:
        """What belongs to the step, piece by piece, without its pictures."""
        return [block.words for block in self.rest if block.words]


@dataclass(frozen=True)
class Section:
    """A heading at the page's own level and everything under it, up to the next heading of its level or above."""

    heading: Block
    blocks: tuple[Block, ...]
    exact: bool = True
    """Whether the heading has the right words and level; otherwise it is a near miss."""

    def parts(self) -> list[Block]:
        """Return the headings inside the section, those in lists as well."""
        return [block for block in self.blocks if block.kind == "heading"]

    @property
    def last_line(self) -> int:
        """The last line on which a block of the section begins."""
        return max([self.heading.line, *(block.line for block in self.blocks)])


def digest_of(blocks: Iterable[Block]) -> str:
    """Return a short hash of the words of some blocks: a clinician's sign-off holds for these only."""
    words = "\n".join(f"{block.kind} {collapse_whitespace(block.text)}" for block in blocks)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def until_heading(blocks: Sequence[Block], level: int, level_of: Callable[[Block], int]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "heading" and not block.inside and level_of(block) <= level:
            return
        yield block


def steps_in(blocks: Sequence[Block], list_id: int) -> Iterator[Step]:
    """Take one numbered list apart into its steps."""
    starts = [i for i, block in enumerate(blocks) if block.kind == "item" and block.list_id == list_id]
    for number, start in enumerate(starts, 1):
        own = []
        for place in range(start + 1, len(blocks)):
            block = blocks[place]
            if block.inside[:1] != ("ol",) or (block.kind == "item" and block.inside == ("ol",)):
                break
            own.append(block)
        first = own[0] if own and own[0].kind == "paragraph" and own[0].inside == ("ol",) else None
        rest = own[1:] if first else own
        yield Step(number, collapse_whitespace(first.bare) if first else "", blocks[start], tuple(rest))
