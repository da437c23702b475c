"""What the search knows: the sections of every page, and the words that lead to them. The same for every builder of the site."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from markdown.extensions.toc import slugify

from knee.contract.bibliography import cited_key
from knee.contract.headings import LEVELS, heading_key
from knee.contract.kinds import followed_at
from knee.contract.page import SECTION_LEVEL
from knee.contract.safety_page import TICK_BOX
from knee.contract.site_context import (
    CHECK_PAGE,
    EVIDENCE,
    HELP_PAGE,
    LIST_PAGE,
    ROUTINES,
    TECHNIQUES,
    SiteContext,
    address_of_page,
    searched_headings,
)
from knee.contract.technique_page import TechniquePage
from knee.facts.routine import Routine
from knee.facts.technique import Exercise, Technique
from knee.publish.care_levels import CareLevel, level_of
from knee.publish.catalogue import Catalogue
from knee.text import front_matter
from knee.text.preview import read_preview
from knee.text.reading import Block, Reading, collapse_whitespace
from knee.text.sentences import sentences_of
from knee.text.source import Source

MODULE = "assets/js/search-index.js"
"""The script that holds it: docs/assets/js/search-finder.js imports it, and the build joins them."""
_ADVICE = ("Advice", 1.0)
_KINDS = {
    HELP_PAGE.as_posix(): ("When to seek help", 1.5),
    CHECK_PAGE.as_posix(): ("Safety check", 1.3),
    EVIDENCE.as_posix(): ("Research", 0.5),
    "index.md": ("First page", 0.5),
    "about.md": ("About this site", 0.5),
    "contribute.md": ("For contributors", 0.2),
    "drawing-kit.md": ("For contributors", 0.1),
    "diary.md": ("To print", 1.0),
    "my-sheets.md": ("To print", 1.0),
    f"{TECHNIQUES}/{LIST_PAGE}": ("List", 1.0),
    f"{ROUTINES}/{LIST_PAGE}": ("List", 1.0),
}
"""What a page is, in the words of a result, and how much its own words count. Other pages give advice."""
_BRIEF = {"contribute.md": 0, "drawing-kit.md": 0, "about.md": 1, EVIDENCE.as_posix(): 1}
"""Pages of which each section is known by its heading and so many sentences: few readers look for more, and all would fetch it."""


@dataclass(frozen=True)
class _Section:
    """A part of a page: its anchor (empty at the page's top), its heading, its lines, and the level of help where it is one of a card."""

    anchor: str
    heading: str
    lines: tuple[str, ...]
    level: CareLevel | None = None

    @property
    def kind(self) -> tuple[str | int, ...]:
        """What the index says of its kind, where it has one of its own: its words, and 1 where somebody needs help."""
        return (self.level.found, *([1] if self.level.needs_help else [])) if self.level else ()

    @property
    def short_anchor(self) -> str | int:
        """The anchor as the index holds it: 1 where the reader's phone can make it from the heading, which saves a kilobyte."""
        return 1 if self.anchor and self.heading.isascii() and self.anchor == slugify(self.heading, "-") else self.anchor


@dataclass(frozen=True)
class _Found:
    """A page as a result shows it."""

    path: str
    title: str
    kind: str
    weight: float
    sections: tuple[_Section, ...]
    is_followed: bool = False

    @property
    def as_shown(self) -> list[str | float]:
        """The page as the index holds it: 1 at its end where readers follow it along."""
        return [address_of_page(self.path), self.title, self.kind, self.weight, *([1] if self.is_followed else [])]


def search_index(site: SiteContext, catalogue: Catalogue) -> str:
    """Return the module that holds the index."""
    pages = [*_followed(catalogue), *_words(site)]
    places = {page.path: number for number, page in enumerate(pages)}
    index = {
        "pages": [page.as_shown for page in pages],
        "sections": [
            [number, section.short_anchor, section.heading, "\n".join(section.lines), *section.kind]
            for number, page in enumerate(pages)
            for section in page.sections
        ],
        "targets": [
            [places[target.page.as_posix()], target.section, ",".join(target.danger), ",".join(target.words)]
            for target in site.search_words.targets
            if target.page.as_posix() in places
        ],
    }
    return f"export const INDEX = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n"


def _followed(catalogue: Catalogue) -> Iterator[_Found]:
    """Return every technique and routine. Each is one place: a reader starts at its top, where the safety note is."""
    headings = Counter(heading_key(block.text) for page in catalogue.outcome.techniques for block in _own_headings(page))
    for path, shown in catalogue.shown.items():
        page = catalogue.pages[path]
        own = [block for block in _own_headings(page) if headings[heading_key(block.text)] == 1] if isinstance(page, TechniquePage) else []
        cited = _citations(page.preview)
        more = [cited.sub("", line) for block in own for line in _under(page.preview.blocks, block)]
        section = _Section("", "", (shown.lead, shown.description, *more))
        yield _Found(path, shown.title, followed_kind(shown), 1.0, (section,), is_followed=True)


def followed_kind(shown: Technique | Routine) -> str:
    """Return what a result says of a technique or a routine: `Technique, 4 minutes, chair or bed`."""
    name = "Exercises" if isinstance(shown, Exercise) else "Technique" if isinstance(shown, Technique) else "Session"
    minutes = f"{shown.minutes} minute{'' if shown.minutes == 1 else 's'}"
    return ", ".join(filter(None, [name, minutes, " or ".join(shown.positions), " and ".join(shown.equipment)]))


def _own_headings(page: TechniquePage) -> list[Block]:
    """Return the headings that part a technique page and are not those that every one has."""
    usual = {heading_key(words) for words in LEVELS}
    return [
        block for block in page.top if block.kind == "heading" and block.level == SECTION_LEVEL and heading_key(block.text) not in usual
    ]


def _under(blocks: Sequence[Block], heading: Block) -> Iterator[str]:
    """Return a heading's words and those of its section."""
    yield collapse_whitespace(heading.text)
    for block in blocks[heading.place + 1 :]:
        if block.kind == "heading" and block.level <= heading.level:
            return
        if block.words and block.kind != "heading":
            yield block.words


def _words(site: SiteContext) -> Iterator[_Found]:
    """Return every page that is neither a technique nor a routine, in the order of its path."""
    for file in sorted(site.docs.rglob("*.md")):
        place = PurePosixPath(file.relative_to(site.docs))
        if followed_at(place):
            continue
        path = str(place)
        reading = read_preview(*front_matter.split(Source.at(file).text)[1:])
        kind, weight = _KINDS.get(path, _ADVICE)
        sections = tuple(_parts_of_page(reading, _BRIEF.get(path)))
        if sections:
            yield _Found(path, sections[0].heading, kind, weight, (_Section("", "", sections[0].lines), *sections[1:]))


def _parts_of_page(reading: Reading, most: int | None) -> Iterator[_Section]:
    """Return the parts of a page, the first of them its title with what stands under it, and at `most` so many of their sentences."""
    cited = _citations(reading)
    level: CareLevel | None = None
    found = searched_headings(reading)
    ends = [*(heading.place for heading, _ in found[1:]), len(reading.blocks)]
    for (heading, place), end in zip(found, ends, strict=False):  # a page without a heading has an end all the same
        own, words = level_of(heading.text), collapse_whitespace(heading.text)
        level = own if heading.level <= SECTION_LEVEL else level
        lines = _searched_lines(reading.blocks[heading.place + 1 : end], cited)
        yield _Section(place, words.removesuffix(" if:") if own else words, tuple(islice(lines, most)), level)


def _searched_lines(blocks: Iterable[Block], cited: re.Pattern[str]) -> Iterator[str]:
    """Return each item of a list, and of each paragraph its first sentence."""
    for block in blocks:
        if block.kind == "paragraph" and (words := cited.sub("", block.words).strip()):
            yield words.removeprefix(TICK_BOX) if block.inside else sentences_of(words)[0]


def _citations(reading: Reading) -> re.Pattern[str]:
    """Return what finds the sources in brackets: they answer no reader's question."""
    named = {re.escape(link.words) for link in reading.links if link.words and cited_key(link.target, among_sources=True)}
    one = "|".join(sorted(named, key=len, reverse=True))
    return re.compile(rf"\s*\((?:(?:{one})(?:,\s*)?)+\)" if one else r"(?!)")
