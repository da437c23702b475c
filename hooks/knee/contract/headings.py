"""The headings that the contract asks for, and what authors write in their place."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from knee.text.reading import Block, collapse_whitespace

SAFETY_NOTE = "Safety note"
DO_NOT = "Do not do this if"
STOP = "Stop if"
HOW_TO = "How to do it"

LEVELS = {SAFETY_NOTE: 2, DO_NOT: 3, STOP: 3, HOW_TO: 2}
"""The headings that the contract asks for, with their level."""

BACKGROUND = ("More about", "What the research says", "Common mistakes", "Other things that help")
"""How the headings begin under which no sign and no caution ever stands."""

_ALSO_WRITTEN = {
    SAFETY_NOTE: (
        "safety",
        "safety notes",
        "safety first",
        "warning",
        "warnings",
        "cautions",
        "caution",
        "note on safety",
        "safety information",
    ),
    DO_NOT: (
        "don't do this if",
        "do not do it if",
        "do not do this when",
        "do not use this if",
        "don't if",
        "do not if",
        "avoid if",
        "not for you if",
    ),
    STOP: ("stop when", "when to stop", "stop at once if", "stop doing this if", "stop immediately if"),
    HOW_TO: ("how to", "how to do this", "steps", "the steps", "instructions", "how it is done", "what to do", "method", "how do i do it"),
}
"""Near misses, told with the right words; small differences of spelling need not be listed."""
_IN_OTHER_WORDS = {
    DO_NOT: re.compile(r"(?:please )?(?:do not|don't|never|not for|when not|who (?:must|should) not)\b"),
    STOP: re.compile(r"(?:please |when to |always )?stop(?:ping)?\b"),
}
"""How a heading of the safety note starts that says the same as one of its two parts."""
_OWN_ID = re.compile(r"\s*\{:?\s*[#.][^{}\n]*\}\s*$")
"""What some programs write after a heading: `{#safety-note}`. It is refused by itself, and hides no heading."""
_SHORT_HEADING = 40
"""Characters: a longer heading holds a reason of its own, which would be lost if the contract's words took its place."""
_ALIKE = 0.8
"""From this likeness (0 to 1) on, a heading counts as a misspelling of another."""
MEANT = "meant"
"""The mark of a paragraph that was meant as one of the contract's headings: bold words on a line of their own, say."""


def heading_key(words: str) -> str:
    """Return a heading's words as they are compared: without case, marks at the end, extra spaces and an id in curly brackets."""
    words = _OWN_ID.sub("", words)
    return collapse_whitespace(words).rstrip(" :.!…").casefold().replace("’", "'")


def is_background(words: str) -> bool:
    """Whether no sign and no caution stands under a heading with these words."""
    return heading_key(words).startswith(tuple(map(heading_key, BACKGROUND)))


def standing_headings(blocks: Sequence[Block], headings: Sequence[Block], levels: Mapping[str, int]) -> dict[str, tuple[Block, bool]]:
    """Return for each of the wanted headings the one that stands for it, and whether its words and level are right.

    `blocks` is the whole page, `headings` those of its headings that count, `levels` the wanted headings with their level.
    """
    found: dict[str, tuple[Block, bool]] = {}
    for words, level in levels.items():
        if exact := sorted(exact_headings(headings, words), key=lambda block: (block.level != level, block.marker == MEANT)):
            found[words] = (exact[0], exact[0].level == level and exact[0].marker != MEANT)
    taken = {block.line for words in levels for block in exact_headings(headings, words)}
    free = [block for block in headings if block.level > 1 and block.line not in taken]
    for words in levels:
        if words not in found and (near := next((block for block in free if _nearly(heading_key(block.text), words)), None)):
            found[words] = (near, False)
            free.remove(near)
    for words, start in _IN_OTHER_WORDS.items():
        if words in levels and words not in found and (near := _in_the_note(start, free, found)):
            found[words] = (near, False)
    for words, stand_in in ((SAFETY_NOTE, _above_its_parts), (HOW_TO, _above_numbers)):
        if words in levels and words not in found and (near := stand_in(blocks, free, found)):
            found[words] = (near, False)
    return found


def exact_headings(headings: Sequence[Block], words: str) -> list[Block]:
    """Return the headings with exactly the wanted words (capitals and end marks aside), at any level."""
    return [block for block in headings if heading_key(block.text) == heading_key(words)]


def with_meant_headings(blocks: Sequence[Block], levels: Mapping[str, int]) -> Iterator[Block]:
    """Return the blocks, with a heading in place of a paragraph that holds the words of a contract's heading which is nowhere else."""
    there = [heading_key(block.text) for block in blocks if block.kind == "heading" and not block.inside]
    wanted = [words for words in levels if not any(key == heading_key(words) or _nearly(key, words) for key in there)]
    for block in blocks:
        may_be = wanted and block.kind == "paragraph" and not block.inside and not block.text.startswith("#")
        key = heading_key(block.text) if may_be else ""
        words = next((words for words in wanted if key and (key == heading_key(words) or _nearly(key, words))), None)
        if words:
            wanted.remove(words)
            yield replace(block, kind="heading", text=block.text.strip(), level=levels[words], marker=MEANT)
        else:
            yield block


def _in_the_note(start: re.Pattern[str], free: Sequence[Block], found: Mapping[str, tuple[Block, bool]]) -> Block | None:
    """Return the short heading in the safety note that starts so: it says the same as one of the two parts, in other words."""
    begin = next((found[words][0].line for words in (SAFETY_NOTE, DO_NOT, STOP) if words in found), None)
    end = found[HOW_TO][0].line if HOW_TO in found else math.inf
    after = (block for block in free if begin is not None and begin < block.line < end and block.level >= LEVELS[STOP])
    return next((block for block in after if len(block.text) <= _SHORT_HEADING and start.match(heading_key(block.text))), None)


def _above_its_parts(blocks: Sequence[Block], free: Sequence[Block], found: Mapping[str, tuple[Block, bool]]) -> Block | None:
    """Return the heading straight above the first part of the safety note: it stands where `## Safety note` should."""
    parts = sorted((found[words][0] for words in (DO_NOT, STOP) if words in found), key=lambda block: block.line)
    above = [block for block in blocks if parts and block.kind == "heading" and not block.inside and block.line < parts[0].line]
    return above[-1] if above and above[-1] in free and above[-1].level <= LEVELS[SAFETY_NOTE] else None


def _above_numbers(blocks: Sequence[Block], free: Sequence[Block], _: Mapping[str, tuple[Block, bool]]) -> Block | None:
    """Return the first heading that has a numbered list straight under it: it stands where `## How to do it` should."""
    heading = None
    for block in blocks:
        if block.kind == "heading" and not block.inside:
            heading = block
        elif block.kind == "item" and block.inside == ("ol",) and heading in free:
            return heading
    return None


def _nearly(found: str, wanted: str) -> bool:
    if found in _ALSO_WRITTEN[wanted]:
        return True
    wanted = heading_key(wanted)
    if abs(len(found) - len(wanted)) > len(wanted):
        return False
    return found != wanted and difflib.SequenceMatcher(None, found, wanted).ratio() >= _ALIKE
