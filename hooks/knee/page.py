"""One technique page: its two readings and the facts that rules and cards need, with lines. Imports the readers, knee.dose, knee.source."""

from __future__ import annotations

import difflib
import hashlib
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from pydantic import BaseModel

from knee import front_matter
from knee.dose import Dose, dose_of, whole_minutes
from knee.front_matter import FrontMatter, Meta
from knee.guide import PHOTO_KINDS, PICTURE_KINDS, TECHNIQUES, Guide, plain_name
from knee.links import address_of
from knee.preview import read_preview
from knee.reading import Block, Difference, Picture, Reading, differences, squashed
from knee.source import Source
from knee.website import read_website

SAFETY_NOTE = "Safety note"
DO_NOT = "Do not do this if"
STOP = "Stop if"
HOW_TO = "How to do it"

LEVELS = {SAFETY_NOTE: 2, DO_NOT: 3, STOP: 3, HOW_TO: 2}
"""The headings that the contract asks for, with their level."""

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
_SHORT_HEADING = 40
"""Characters: a longer heading holds a reason of its own, which would be lost if the contract's words took its place."""
_ALIKE = 0.8
"""From this likeness (0 to 1) on, a heading counts as a misspelling of another."""
MEANT = "meant"
"""The mark of a paragraph that was meant as one of the contract's headings: bold words on a line of their own, say."""
_CITED = re.compile(r"(?:^|/)evidence\.md#([a-z0-9-]+)$", re.IGNORECASE)
_TO_A_PICTURE = re.compile(rf"\.(?:{'|'.join((*PICTURE_KINDS, *PHOTO_KINDS))})$", re.IGNORECASE)


def heading_key(words: str) -> str:
    """Give a heading's words as they are compared: without case, marks at the end and extra spaces."""
    return squashed(words).rstrip(" :.!…").casefold().replace("’", "'")


@dataclass(frozen=True)
class Step:
    """One numbered step: its own first paragraph, and whatever belongs to it."""

    number: int
    words: str
    line: int
    rest: tuple[Block, ...]

    @property
    def dose(self) -> Dose:
        """What the step's own words say about its length."""
        return dose_of(self.words)

    @property
    def rest_words(self) -> str:
        """The words of what belongs to the step."""
        return squashed(" ".join(block.text for block in self.rest))

    @property
    def more(self) -> list[str]:
        """What belongs to the step, piece by piece, without its pictures."""
        return [squashed(block.bare) for block in self.rest if block.bare.strip()]


@dataclass(frozen=True)
class Section:
    """A heading at the page's own level and everything under it, up to the next heading of its level or above."""

    heading: Block
    blocks: tuple[Block, ...]
    exact: bool = True
    """Whether the heading has the right words and level; otherwise it is a near miss."""

    def parts(self) -> list[Block]:
        """Give the headings inside the section, those in lists as well."""
        return [block for block in self.blocks if block.kind == "heading"]

    @property
    def last_line(self) -> int:
        """The last line on which a block of the section begins."""
        return max([self.heading.line, *(block.line for block in self.blocks)])


class Page:
    """A technique page as both readers see it. Lines count from 1 in the whole file.

    Raises, when it is made: TooSlow, where the site's reader does not get through the page in time.
    """

    folder = TECHNIQUES
    """The folder of the site that pages of this kind stand in."""
    model: type[BaseModel] = Meta
    """What the front matter of pages of this kind must be."""

    def __init__(self, source: Source, guide: Guide) -> None:
        self.source = source
        self.guide = guide
        self.slug = source.slug
        parted: tuple[FrontMatter | None, str, int] = front_matter.split(source.text, self.model)
        self.front, self.body, self.first_line = parted
        self.preview: Reading = read_preview(self.body, self.first_line)
        self.website: Reading = read_website(self.body, self.first_line)

    @property
    def place(self) -> PurePosixPath:
        """Where the page stands, seen from the site's folder of pages."""
        return PurePosixPath(self.folder, f"{self.slug}.md")

    @cached_property
    def blocks(self) -> list[Block]:
        """The preview's blocks, without those in quotes: nothing in a quote counts.

        What is one thing to its author is one thing here, so that one mistake is not told as many: a line that was meant as one of the
        contract's headings is a heading (marked `MEANT`), and numbered lists that only the sign after the number parts are one list.
        """
        counting = [block for block in self.preview.blocks if not block.in_quote]
        joined = [replace(block, list_id=self.list_of(block)) if block.kind == "item" else block for block in counting]
        return list(_with_meant_headings(joined))

    def list_of(self, item: Block) -> int:
        """Give the list that an item of the preview belongs to, as its author sees it."""
        return self._joined.get(item.list_id, item.list_id)

    @cached_property
    def _joined(self) -> dict[int, int]:
        """For each numbered list that goes on with another sign after its numbers (`1)` and then `2.`): the list that it goes on with."""
        found: dict[int, int] = {}
        open_lists: dict[tuple[str, ...], Block] = {}
        for block in self.preview.blocks:
            depth = len(block.inside)
            open_lists = {inside: item for inside, item in open_lists.items() if block.inside[: len(inside)] == inside}
            if block.kind != "item" or block.inside[-1] != "ol":
                continue
            before = open_lists.get(block.inside)
            if before and before.list_id != block.list_id and before.marker != block.marker:
                found[block.list_id] = found.get(before.list_id, before.list_id)
            open_lists = {inside: item for inside, item in open_lists.items() if len(inside) < depth} | {block.inside: block}
        return found

    @cached_property
    def top(self) -> list[Block]:
        """The blocks that stand in no list and no quote."""
        return [block for block in self.blocks if not block.inside]

    @cached_property
    def items_on(self) -> dict[int, list[Block]]:
        """The list items by the line on which they begin."""
        found: dict[int, list[Block]] = {}
        for block in self.blocks:
            if block.kind == "item":
                found.setdefault(block.line, []).append(block)
        return found

    @cached_property
    def headings(self) -> list[Block]:
        """The headings that count: those in no list and no quote."""
        return [block for block in self.top if block.kind == "heading"]

    @cached_property
    def title(self) -> Block | None:
        """The page's title: its first `#` heading."""
        return next((block for block in self.headings if block.level == 1), None)

    @cached_property
    def lead(self) -> list[Block]:
        """The paragraphs straight after the title that hold words of their own."""
        if not self.title:
            return []
        lead = []
        for block in self.blocks[self.blocks.index(self.title) + 1 :]:
            if block.kind != "paragraph" or block.inside or not block.bare.strip() or self._is_meant_as_picture(block):
                break
            lead.append(block)
        return lead

    def _is_meant_as_picture(self, paragraph: Block) -> bool:
        """Whether a paragraph was to be a picture, but is a link to one, or text: `![...](calf stroke.svg)`."""
        first = self.line(paragraph.line).strip()
        is_link = first.startswith("[") and first.endswith(")") and any(_TO_A_PICTURE.search(target) for target in paragraph.targets)
        return is_link or paragraph.bare.startswith("![")

    @cached_property
    def lead_words(self) -> str:
        """The words of the lead."""
        return squashed(" ".join(block.bare for block in self.lead))

    @cached_property
    def lead_sentences(self) -> int:
        """How many sentences the lead has: an end is `.`, `!` or `?` before a space and a capital, or at the end."""
        if not self.lead_words:
            return 0
        return 1 + sum(str(found[1]).isupper() for found in re.finditer(r"[.!?][\"'”’)]*\s+[\"'“‘(]*(\w)", self.lead_words))

    @cached_property
    def pictures(self) -> list[Picture]:
        """The pictures that the page shows, as the preview sees them."""
        return [picture for picture in self.preview.pictures if not picture.in_quote]

    @cached_property
    def cited(self) -> list[str]:
        """The keys of the sources that the text links to, each once."""
        found = (_CITED.search(link.target) for link in self.preview.links)
        return list(dict.fromkeys(match[1].upper() for match in found if match))

    @cached_property
    def main_picture(self) -> Picture | None:
        """The picture named after the page, before the safety note."""
        names = [f"{self.slug}.{kind}" for kind in PICTURE_KINDS]
        return next((picture for picture in self.first_pictures if self.own_picture(picture) in names), None)

    @cached_property
    def first_pictures(self) -> list[Picture]:
        """The pictures before the safety note."""
        safety = self.section(SAFETY_NOTE)
        return [picture for picture in self.pictures if not safety or picture.line < safety.heading.line]

    def own_picture(self, picture: Picture) -> str | None:
        """Give the file name of a picture that stands beside the page and is named after it; None for any other picture."""
        address = address_of(picture.target)
        name = address.path.removeprefix("./")
        if address.kind != "place" or address.anchor or "?" in picture.target or "/" in name:
            return None
        return name if re.fullmatch(rf"{re.escape(self.slug)}(-[a-z0-9][a-z0-9-]*)?\.[^.]+", name) else None

    def picture_name(self, stem: str) -> str:
        """Give the name (without its ending) that a picture of this page should have in the place of `stem`."""
        slug, plain = plain_name(self.slug), plain_name(stem)
        return plain if plain == slug or plain.startswith(f"{slug}-") else slug

    def exact_headings(self, words: str) -> list[Block]:
        """Give the headings with exactly the contract's words (capitals and end marks aside), at any level."""
        return [block for block in self.headings if heading_key(block.text) == heading_key(words)]

    @cached_property
    def _standing(self) -> dict[str, tuple[Block, bool]]:
        """For each of the contract's headings the one that stands for it, and whether its words and level are right."""
        found: dict[str, tuple[Block, bool]] = {}
        for words, level in LEVELS.items():
            if exact := sorted(self.exact_headings(words), key=lambda block: (block.level != level, block.marker == MEANT)):
                found[words] = (exact[0], exact[0].level == level and exact[0].marker != MEANT)
        taken = {block.line for words in LEVELS for block in self.exact_headings(words)}
        free = [block for block in self.headings if block.level > 1 and block.line not in taken]
        for words in LEVELS:
            if words not in found and (near := next((block for block in free if _nearly(heading_key(block.text), words)), None)):
                found[words] = (near, False)
                free.remove(near)
        for words, start in _IN_OTHER_WORDS.items():
            if words not in found and (near := _in_the_note(start, free, found)):
                found[words] = (near, False)
        for words, stand_in in ((SAFETY_NOTE, _above_its_parts), (HOW_TO, _above_numbers)):
            if words not in found and (near := stand_in(self.blocks, free, found)):
                found[words] = (near, False)
        return found

    def near_miss(self, words: str) -> Block | None:
        """Give the heading that stands where `words` should, with other words or at another level."""
        heading, exact = self._standing.get(words, (None, True))
        return None if exact else heading

    def section(self, words: str) -> Section | None:
        """Give the section under one of the contract's headings; a near miss stands in where the heading is missing."""
        heading, exact = self._standing.get(words, (None, False))
        return self.under(heading, exact=exact) if heading else None

    def under(self, heading: Block, *, exact: bool = True) -> Section:
        """Give a heading with everything under it."""
        after = self.blocks[self.blocks.index(heading) + 1 :]
        return Section(heading, tuple(_until_heading(after, self._level(heading), self._level)), exact)

    def _level(self, heading: Block) -> int:
        """Give the level of a heading, or the one that it should have where it is a near miss."""
        meant = (LEVELS[words] for words, (block, exact) in self._standing.items() if block is heading and not exact)
        return next(meant, heading.level)

    @cached_property
    def step_lists(self) -> list[int]:
        """The numbered lists under "How to do it", by their ids, in order."""
        how = self.section(HOW_TO)
        items = [block for block in how.blocks if block.kind == "item" and block.inside == ("ol",)] if how else []
        return list(dict.fromkeys(item.list_id for item in items))

    @cached_property
    def steps(self) -> list[Step]:
        """The steps: the items of the first numbered list under "How to do it"."""
        how = self.section(HOW_TO)
        return list(steps_in(how.blocks, self.step_lists[0])) if how and self.step_lists else []

    @cached_property
    def seconds(self) -> int:
        """How long the steps take in seconds, for both legs where the page says so."""
        once: int = sum(step.dose.seconds for step in self.steps)
        both = bool(self.front and self.front.values.get("each_leg") is True)
        return once * 2 if both else once

    @property
    def minutes(self) -> int:
        """How long the technique takes in minutes, rounded up."""
        return whole_minutes(self.seconds)

    @cached_property
    def digest(self) -> str:
        """A short print of the words of the safety note and the steps: a clinician's sign-off holds for these only."""
        sections = [section for words in (SAFETY_NOTE, HOW_TO) if (section := self.section(words))]
        words = "\n".join(f"{block.kind} {squashed(block.text)}" for section in sections for block in (section.heading, *section.blocks))
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @cached_property
    def differences(self) -> list[Difference]:
        """Where the preview and the site part."""
        return differences(self.preview, self.website)

    def line(self, number: int) -> str:
        """Give a line of the file by its number, from 1; empty where there is none."""
        return self.source.lines[number - 1] if 0 < number <= len(self.source.lines) else ""


def _with_meant_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give the blocks, with a heading in place of a paragraph that holds the words of a contract's heading which is nowhere else."""
    there = [heading_key(block.text) for block in blocks if block.kind == "heading" and not block.inside]
    wanted = [words for words in LEVELS if not any(key == heading_key(words) or _nearly(key, words) for key in there)]
    for block in blocks:
        may_be = wanted and block.kind == "paragraph" and not block.inside and not block.text.startswith("#")
        key = heading_key(block.text) if may_be else ""
        words = next((words for words in wanted if key and (key == heading_key(words) or _nearly(key, words))), None)
        if words:
            wanted.remove(words)
            yield replace(block, kind="heading", text=block.text.strip(), level=LEVELS[words], marker=MEANT)
        else:
            yield block


def _in_the_note(start: re.Pattern[str], free: Sequence[Block], found: Mapping[str, tuple[Block, bool]]) -> Block | None:
    """Give the short heading in the safety note that starts so: it says the same as one of the two parts, in other words."""
    begin = next((found[words][0].line for words in (SAFETY_NOTE, DO_NOT, STOP) if words in found), None)
    end = found[HOW_TO][0].line if HOW_TO in found else math.inf
    after = (block for block in free if begin is not None and begin < block.line < end and block.level >= LEVELS[STOP])
    return next((block for block in after if len(block.text) <= _SHORT_HEADING and start.match(heading_key(block.text))), None)


def _above_its_parts(blocks: Sequence[Block], free: Sequence[Block], found: Mapping[str, tuple[Block, bool]]) -> Block | None:
    """Give the heading straight above the first part of the safety note: it stands where `## Safety note` should."""
    parts = sorted((found[words][0] for words in (DO_NOT, STOP) if words in found), key=lambda block: block.line)
    above = [block for block in blocks if parts and block.kind == "heading" and not block.inside and block.line < parts[0].line]
    return above[-1] if above and above[-1] in free and above[-1].level <= LEVELS[SAFETY_NOTE] else None


def _above_numbers(blocks: Sequence[Block], free: Sequence[Block], _: Mapping[str, tuple[Block, bool]]) -> Block | None:
    """Give the first heading that has a numbered list straight under it: it stands where `## How to do it` should."""
    heading = None
    for block in blocks:
        if block.kind == "heading" and not block.inside:
            heading = block
        elif block.kind == "item" and block.inside == ("ol",) and heading in free:
            return heading
    return None


def _until_heading(blocks: Sequence[Block], level: int, level_of: Callable[[Block], int]) -> Iterator[Block]:
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
        yield Step(number, squashed(first.bare) if first else "", blocks[start].line, tuple(rest))


def _nearly(found: str, wanted: str) -> bool:
    if found in _ALSO_WRITTEN[wanted]:
        return True
    wanted = heading_key(wanted)
    if abs(len(found) - len(wanted)) > len(wanted):
        return False
    return found != wanted and difflib.SequenceMatcher(None, found, wanted).ratio() >= _ALIKE
