"""What technique and routine pages have in common: two readings, headings, title, lead and pictures, each with its line."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from pydantic import BaseModel

from knee.contract.bibliography import cited_key
from knee.contract.dose import whole_minutes
from knee.contract.headings import SAFETY_NOTE, exact_headings, standing_headings, with_meant_headings
from knee.contract.lost_markup import PageProse
from knee.contract.sections import Section, Step, until_heading
from knee.contract.site_context import PHOTO_KINDS, PICTURE_KINDS, SiteContext, plain_name
from knee.pictures.file import content_of
from knee.pictures.judged import Judged, judged
from knee.text import front_matter
from knee.text.addresses import address_of
from knee.text.code_host import read_code_host
from knee.text.differences import ReadingDifference, differences
from knee.text.front_matter import FrontMatter
from knee.text.preview import read_preview
from knee.text.reading import Block, Html, Picture, Reading, collapse_whitespace
from knee.text.source import Source
from knee.text.website import read_website
from knee.text.words import has_words

SECTION_LEVEL = 2
"""The level of the headings that part a page."""
_TO_A_PICTURE = re.compile(rf"\.(?:{'|'.join((*PICTURE_KINDS, *PHOTO_KINDS))})$", re.IGNORECASE)


class Page(ABC):
    """A page as both readers see it. Lines count from 1 in the whole file.

    Raises, when it is made: TooSlow, where the site's reader does not get through the page in time.
    """

    folder: str
    """The folder of the site that pages of this kind stand in."""
    model: type[BaseModel]
    """What the front matter of pages of this kind must be."""
    signed_part = "the safety note or the steps"
    """What of it a clinician signs, in words."""
    levels: Mapping[str, int] = {}
    """The headings that pages of this kind are to have and that authors write in other words, with their level."""

    def __init__(self, source: Source, site: SiteContext) -> None:
        self.source = source
        self.site = site
        self.slug = source.slug
        parted: tuple[FrontMatter | None, str, int] = front_matter.split(source.text, self.model)
        self.front, self.body, self.first_line = parted
        self.preview: Reading = read_preview(self.body, self.first_line)
        self.website: Reading = read_website(self.body, self.first_line)

    @cached_property
    def code_host(self) -> Reading:
        """The page as the code host shows it. Only the rules ask for it."""
        return read_code_host(self.body, self.first_line)

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
        return list(with_meant_headings(joined, self.levels))

    def list_of(self, item: Block) -> int:
        """Return the list that an item of the preview belongs to, as its author sees it."""
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
            if block.kind != "paragraph" or block.inside or not has_words(block.bare) or self._is_meant_as_picture(block):
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
        return collapse_whitespace(" ".join(block.bare for block in self.lead))

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
        """Return the file name of a picture that stands beside the page and is named after it; None for any other picture."""
        address = address_of(picture.target)
        name = address.path.removeprefix("./")
        if address.kind != "place" or address.anchor or "?" in picture.target or "/" in name:
            return None
        return name if re.fullmatch(rf"{re.escape(self.slug)}(-[a-z0-9][a-z0-9-]*)?\.[^.]+", name) else None

    def picture_name(self, stem: str) -> str:
        """Return the name (without its ending) that a picture of this page should have in the place of `stem`."""
        slug, plain = plain_name(self.slug), plain_name(stem)
        return plain if plain == slug or plain.startswith(f"{slug}-") else slug

    def exact_headings(self, words: str) -> list[Block]:
        """Return the headings with exactly the contract's words (capitals and end marks aside), at any level."""
        return exact_headings(self.headings, words)

    @cached_property
    def _standing(self) -> dict[str, tuple[Block, bool]]:
        return standing_headings(self.blocks, self.headings, self.levels)

    def near_miss(self, words: str) -> Block | None:
        """Return the heading that stands where `words` should, with other words or at another level."""
        heading, exact = self._standing.get(words, (None, True))
        return None if exact else heading

    def section(self, words: str) -> Section | None:
        """Return the section under one of the contract's headings; a near miss stands in where the heading is missing."""
        heading, exact = self._standing.get(words, (None, False))
        return self.under(heading, exact=exact) if heading else None

    @cached_property
    def sections(self) -> list[Section]:
        """The page's sections, in order: each `##` heading with everything under it."""
        return [self.under(heading) for heading in self.headings if self._level(heading) == SECTION_LEVEL]

    def under(self, heading: Block, *, exact: bool = True) -> Section:
        """Return a heading with everything under it."""
        after = self.blocks[self.blocks.index(heading) + 1 :]
        return Section(heading, tuple(until_heading(after, self._level(heading), self._level)), exact)

    def _level(self, heading: Block) -> int:
        """Return the level of a heading, or the one that it should have where it is a near miss."""
        meant = (self.levels[words] for words, (block, exact) in self._standing.items() if block is heading and not exact)
        return next(meant, heading.level)

    @cached_property
    def cited(self) -> list[str]:
        """The keys of the sources that the text links to, each once."""
        return list(dict.fromkeys(key for link in self.preview.links if (key := cited_key(link.target))))

    @property
    def step_lists(self) -> list[int]:
        """The numbered lists in which steps are looked for, by their ids, in order."""
        return []

    @property
    @abstractmethod
    def steps(self) -> list[Step]:
        """The page's own steps, in order."""

    @property
    @abstractmethod
    def seconds(self) -> int:
        """How long all of it takes on the clock, in seconds."""

    @property
    def minutes(self) -> int:
        """How long all of it takes in minutes, rounded up."""
        return whole_minutes(self.seconds)

    @property
    @abstractmethod
    def digest(self) -> str:
        """A short hash of the words that protect and lead a reader: those of the safety note and the steps."""

    @cached_property
    def prose(self) -> PageProse:
        """The page as its author typed it, and what was meant there but is shown as text."""
        return PageProse(self)

    @cached_property
    def shown_pictures(self) -> list[Picture]:
        """Each picture that either reader sees, once; not what the preview takes for text."""
        lost = {link.target for link in self.prose.lost_links}
        pictures = (picture for picture in (*self.preview.pictures, *self.website.pictures) if picture.target not in lost)
        return list({picture.target: picture for picture in reversed(list(pictures))}.values())[::-1]

    @cached_property
    def picture_lines(self) -> dict[str, int]:
        """The name of each picture that stands beside the page, with the line that shows it first."""
        named = [(self.own_picture(picture), picture.line) for picture in self.shown_pictures]
        return {name: line for name, line in reversed(named) if name and self.has_beside(name)}

    @cached_property
    def judged_pictures(self) -> dict[Path, Judged]:
        """The pictures beside the page that are what their names say, as they were judged. Each is read once."""
        paths = (self.source.path.with_name(name) for name in self.picture_lines)
        found = {path: judged(content_of(path, path.suffix[1:])) for path in paths if path.suffix[1:] in PICTURE_KINDS}
        return {path: picture for path, picture in found.items() if picture.kind == path.suffix[1:]}

    def has_beside(self, name: str) -> bool:
        """Whether a file of exactly this name stands beside the page."""
        return name in self.site.files_in(self.source.path.parent)

    @cached_property
    def differences(self) -> list[ReadingDifference]:
        """Where the code host and the site part."""
        return differences(self.code_host, self.website)

    @cached_property
    def misread(self) -> list[ReadingDifference]:
        """Where the reading that the rules judge parts from what the code host and the site show alike."""
        return [] if self.differences else differences(self.preview, self.website)

    @cached_property
    def html(self) -> tuple[Html, ...]:
        """The pieces of HTML that any reader would let through, with the most certain lines that there are."""
        return (*self.preview.html, *self.website.html) or self.code_host.html

    def only_the_site_lists(self, section: Section) -> bool:
        """Whether a section has a list for the site's reader, but none that the preview shows: the two readings part there."""
        return any(section.heading.line <= found.line <= section.last_line and "item" in found.kinds[1] for found in self.differences)

    def line(self, number: int) -> str:
        """Return a line of the file by its number, from 1; empty where there is none."""
        return self.source.lines[number - 1] if 0 < number <= len(self.source.lines) else ""
