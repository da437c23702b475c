"""Where two readings of one page part, and how that is told."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knee.text.reading import Block, Reading, collapse_whitespace


@dataclass(frozen=True)
class ReadingDifference:
    """A place where two readings part: the line, and what each of them shows there, as words of a message that are never the same."""

    line: int
    first: str
    second: str
    kinds: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    """The kinds of all the blocks that each shows there and the other does not."""
    texts: tuple[str, str] = ("", "")
    """All the words of those blocks."""


_COSTLY = 400
"""Past this many blocks that differ, the first difference is told instead of all (comparing costs their square)."""


def differences(first: Reading, second: Reading) -> list[ReadingDifference]:
    """Tell where two readings of the same page part, with lines of the first reading.

    Only what a reader sees counts: kind, level, nesting, numbers and words of each block, and where its links and pictures lead.
    """
    if first.seen == second.seen:
        return []
    blocks, others = ([reading.blocks[place] for place in reading.shown] for reading in (first, second))
    codes = _opcodes(first, second)
    return [_difference(blocks, others, range(a, b), range(c, d)) for tag, a, b, c, d in codes if tag != "equal"]


def aligned(first: Reading, second: Reading) -> dict[int, int]:
    """Return where the blocks of one reading stand in another: for each place in the first, that of the same block in the second.

    Blocks that only one of them has are left out.
    """
    ours, theirs = first.shown, second.shown
    codes = _opcodes(first, second)
    return {ours[a + i]: theirs[c + i] for tag, a, b, c, _ in codes if tag == "equal" for i in range(b - a)}


def _opcodes(first: Reading, second: Reading) -> list[tuple[str, int, int, int, int]]:
    """Return how the blocks of the first reading become those of the second, as difflib says it: (tag, from, to, from, to)."""
    ours, theirs = first.seen, second.seen
    start = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    same = [("equal", 0, start, 0, start)]
    if max(len(ours), len(theirs)) - start > _COSTLY:
        return [*same, ("replace", start, min(start + 1, len(ours)), start, min(start + 1, len(theirs)))]
    codes = difflib.SequenceMatcher(None, ours[start:], theirs[start:], autojunk=False).get_opcodes() if ours != theirs else []
    return [*same, *((tag, start + a, start + b, start + c, start + d) for tag, a, b, c, d in codes)]


def _difference(blocks: Sequence[Block], others: Sequence[Block], ours: range, theirs: range) -> ReadingDifference:
    """Return what each reading shows where they part first, among blocks of both that differ."""
    skip = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if blocks[a].seen != others[b].seen), 0)
    kinds = frozenset(blocks[place].kind for place in ours), frozenset(others[place].kind for place in theirs)
    place, other = _first_that_differs(blocks, ours, skip, kinds[1]), _first_that_differs(others, theirs, skip, kinds[0])
    line = blocks[min(place, len(blocks) - 1)].line if blocks else 1
    texts = " ".join(_texts_in(blocks, ours)), " ".join(_texts_in(others, theirs))
    same = _same_start(*texts)
    our = _block_from(blocks, ours, place, same) if place in ours else None
    their = _block_from(others, theirs, other, same) if other in theirs else None
    return ReadingDifference(line, *_told_apart(our, their), kinds, texts)


def _first_that_differs(blocks: Sequence[Block], part: range, skip: int, other_kinds: frozenset[str]) -> int:
    """Return the place of the block that tells most of a part: the first of a kind that the other reading has none of there."""
    return next((place for place in part if other_kinds and blocks[place].kind not in other_kinds), part.start + skip)


def _words_at(blocks: Sequence[Block], place: int) -> str:
    """Return the words of a block; for a list item those of the paragraph after it."""
    block = blocks[place]
    after = blocks[place + 1] if block.kind == "item" and place + 1 < len(blocks) else block
    return collapse_whitespace(after.text if after.inside == block.inside and after.kind != "item" else block.text)


def _texts_in(blocks: Sequence[Block], part: Iterable[int]) -> list[str]:
    return [words for place in part if (words := collapse_whitespace(blocks[place].text))]


def _same_start(first: str, second: str) -> int:
    """Return with how many of the same characters two texts begin."""
    return next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))


def _block_from(blocks: Sequence[Block], part: range, place: int, same: int) -> tuple[Block, str]:
    """Return a block and what a message says of it, with its words from shortly before the place where the two readings part."""
    before = " ".join([*_texts_in(blocks, range(part.start, place)), ""])
    words, start = _words_at(blocks, place), same - len(before) - _BEFORE
    return blocks[place], _block_in_words(blocks[place], words, start if 0 < start < len(words) else 0)


def _told_apart(our: tuple[Block, str] | None, their: tuple[Block, str] | None) -> tuple[str, str]:
    """Return what is said of two blocks; where that is the same, with their addresses and then with their places as well."""
    told = [each[1] if each else "nothing" for each in (our, their)]
    if told[0] == told[1] and our and their:
        more = _leads_to if our[0].places != their[0].places else _stands_in
        told = [f"{words} {more(block)}" for words, (block, _) in zip(told, (our, their), strict=True)]
    return told[0], told[1]


_BEFORE, _MOST = 25, 60
"""Characters that are shown of a block's words: how many before the place where they part, and how many in all."""


def _block_in_words(block: Block, words: str, start: int) -> str:
    words = f"{'…' if start else ''}{words[start : start + _MOST]}{'…' if len(words) > start + _MOST else ''}".replace("`", "'")
    name = {"heading": "the heading", "paragraph": "the text", "item": "the list item", "code": "the code", "table": "the table"}
    if block.kind == "rule":
        return "a line across"
    if block.kind == "item" and block.inside[-1] == "ol":
        return f"list item {block.number} `{words}`"
    return f"{name[block.kind]} `{'#' * block.level}{' ' * bool(block.level)}{words}`"


def _leads_to(block: Block) -> str:
    return f"with a link to {', '.join(f'`{target[:_MOST]}`' for target in block.targets)}" if block.targets else "without a link"


def _stands_in(block: Block) -> str:
    names = {"ul": "a bulleted list", "ol": "a numbered list", "quote": "a quote"}
    return f"in {' in '.join(names[holder] for holder in reversed(block.inside))}" if block.inside else "in no list"
