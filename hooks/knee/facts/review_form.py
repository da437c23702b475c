"""What a clinician is asked to judge on a page: what protects and leads its readers, and what it claims on which source."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from knee.contract.bibliography import CitedSource, cited_key
from knee.contract.headings import HOW_TO
from knee.contract.page import SECTION_LEVEL, Page
from knee.contract.safety_page import TICK_BOX, SafetyPage
from knee.contract.technique_page import TechniquePage
from knee.text.reading import Block
from knee.text.sentences import sentences_of

LINES_A_MINUTE = 3
"""How many lines a reviewer reads and ticks in a minute (our estimate)."""
_HOUSE = "HOUSE"
"""How the list of signs names what is a choice of ours."""
DOSE = "Dose and pain"
"""The part of a form with what the front matter says."""
_OUR_CHOICE = re.compile(r"\bour (?:own )?cautious (?:limits?|rules?|choices?|lines?)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"^(?:This|That|These|Those)\b")
"""How a sentence begins that says of the one before it that it is our choice."""
_PAIN = {
    "pressure": "Pain from the massage: at most {} out of 10 (our cautious limit)",
    "pain": "Pain during the exercise: at most {} out of 10 (our cautious limit)",
}
"""How much it may hurt, by the key of the front matter that says it."""


@dataclass(frozen=True)
class FormLine:
    """One line to agree with or to change: its words, and the sources that its links name."""

    words: str
    number: int = 0
    """The number of a step; 0 for all else."""
    sources: tuple[CitedSource, ...] = ()
    is_ours: bool = False
    """Whether it is known as a cautious choice of ours, with or without a source beside it."""
    picture: Path | None = None


@dataclass(frozen=True)
class FormPart:
    """The lines under one heading."""

    title: str
    lines: tuple[FormLine, ...]
    level: int = SECTION_LEVEL
    """The level of its heading."""


@dataclass(frozen=True)
class ReviewForm:
    """All that stands on the form of one page."""

    page: TechniquePage | SafetyPage
    title: str
    parts: tuple[FormPart, ...]
    """What is signed, and the dose: in the order of harm."""
    claims: tuple[FormLine, ...]
    """The sentences elsewhere on the page that name a source."""
    choices: tuple[str, ...]
    """The sentences elsewhere on the page that call something our own cautious choice."""
    sources: tuple[CitedSource, ...] = field(repr=False)
    """All that the page rests on."""

    @property
    def name(self) -> str:
        """The page's name, as its file has it."""
        return self.page.slug

    @property
    def digest(self) -> str:
        """The digest of the words that are signed."""
        return self.page.digest

    @property
    def lines_to_paste(self) -> str:
        """The lines of the front matter with which the site shows the review. The digest is in quotes: some would be a number."""
        parts = ("name", "profession", "register", "date", "link")
        return "\n".join(["reviewed_by:", *(f"    {part}: " for part in parts), f'    digest: "{self.digest}"'])

    @property
    def has_levels(self) -> bool:
        """Whether its parts stand under each other."""
        return any(part.level > SECTION_LEVEL for part in self.parts)

    @property
    def to_open(self) -> list[CitedSource]:
        """The sources whose live page has to be opened first."""
        return [source for source in self.sources if source.open_first]

    @property
    def others(self) -> list[CitedSource]:
        """The sources that no line of the form names, and that need not be opened first."""
        named = {source.key for line in (*self.claims, *(line for part in self.parts for line in part.lines)) for source in line.sources}
        return [source for source in self.sources if source.key not in named and not source.open_first]

    @cached_property
    def count(self) -> int:
        """How many lines there are to judge."""
        return sum(len(part.lines) for part in self.parts) + len(self.claims) + len(self.choices)

    @property
    def minutes(self) -> int:
        """About how many minutes it takes, in steps of five."""
        return 5 * math.ceil(self.count / LINES_A_MINUTE / 5)


def form_of(page: TechniquePage | SafetyPage) -> ReviewForm:
    """Return what a clinician is asked to judge on a page."""
    signed = {block.place for block in page.signed_blocks}
    rest = [block for block in page.blocks if block.place not in signed]
    cited = _Citations(page)
    own = page.front.values.get("sources") if page.front else None
    keys = dict.fromkeys([*(own if isinstance(own, list) else []), *page.cited])
    title = page.title.text if page.title else page.slug
    lead = {block.place for block in page.lead}
    claims = [FormLine(words, 0, sources) for block in rest for words, sources in cited.sentences(block) if sources]
    choices = [words for block in rest if block.place not in lead for words in _choices(sentences_of(block.words))]
    sources = tuple(page.site.bibliography.named(list(keys)))
    parts = _technique_parts(page, cited) if isinstance(page, TechniquePage) else _safety_parts(page, title, cited)
    with_lines = tuple(part for part in parts if part.lines or (part.level == SECTION_LEVEL and isinstance(page, SafetyPage)))
    return ReviewForm(page, title, with_lines, tuple(claims), tuple(choices), sources)


def _choices(sentences: Sequence[str]) -> Iterator[str]:
    for place, words in enumerate(sentences):
        if _OUR_CHOICE.search(words):
            yield " ".join(sentences[max(0, place - 1) : place + 1]) if _POINTS_BACK.match(words) else words


class _Citations:
    """The sources that the links of a page's blocks name, by the sentence in which each link stands."""

    def __init__(self, page: Page) -> None:
        self._known: Mapping[str, CitedSource] = page.site.bibliography.sources
        self._links: dict[int, list[tuple[str, str]]] = {}
        links = iter(link for link in page.preview.links if link.words is not None)
        pending = next(links, None)
        for block in page.preview.blocks:
            for target in block.targets:
                if pending and target == pending.target:
                    self._links.setdefault(block.place, []).append((pending.words or "", target))
                    pending = next(links, None)

    def of(self, blocks: Iterable[Block]) -> tuple[CitedSource, ...]:
        """Return the sources that the links in some blocks name, each once."""
        return self.named(target for block in blocks for _, target in self._links.get(block.place, []))

    def named(self, targets: Iterable[str]) -> tuple[CitedSource, ...]:
        """Return the sources that some links lead to."""
        return tuple(self._known[key] for key in dict.fromkeys(map(cited_key, targets)) if key in self._known)

    def only_lead_on(self, blocks: Iterable[Block], words: str) -> bool:
        """Whether words are nothing but links to other places of the page."""
        links = [(text, target) for block in blocks for text, target in self._links.get(block.place, [])]
        return bool(links) and all(target.startswith("#") for _, target in links) and " ".join(text for text, _ in links) == words

    def sentences(self, block: Block) -> Iterator[tuple[str, tuple[CitedSource, ...]]]:
        """Return each sentence of a block with the sources that its links name."""
        links = list(self._links.get(block.place, []))
        for words in sentences_of(block.words):
            targets, at = [], 0
            while links and (found := words.find(" ".join(links[0][0].split()), at)) >= 0:
                text, target = links.pop(0)
                at = found + len(text)
                targets.append(target)
            yield words, self.named(targets)


def _technique_parts(page: TechniquePage, cited: _Citations) -> Iterator[FormPart]:
    if note := page.safety_note:
        for part in note.parts:
            items = (FormLine(item.words, sources=cited.named(item.targets)) for item in part.items)
            yield FormPart(part.heading.words, (*map(FormLine, part.about), *items))
        yield FormPart("For the whole safety note", tuple(map(FormLine, note.also_words)))
    yield FormPart(DOSE, tuple(_dose(page)))
    steps = (
        FormLine(" ".join([step.words, *step.more]), step.number, picture=_picture(page, (step.item, *step.rest))) for step in page.steps
    )
    yield FormPart(HOW_TO, (*map(FormLine, page.before_steps), *steps, *map(FormLine, page.after_steps)))


def _dose(page: TechniquePage) -> Iterator[FormLine]:
    values = page.front.values if page.front else {}
    yield from (FormLine(words.format(values[key])) for key, words in _PAIN.items() if key in values)
    yield FormLine(f"Time: about {page.minutes} minutes{', both legs' if page.each_leg else ''}")
    if isinstance(often := values.get("often"), str):
        yield FormLine(f"How often: {often}")


def _safety_parts(page: SafetyPage, title: str, cited: _Citations) -> Iterator[FormPart]:
    """Part the signs and cautions at their headings, each line once: a bullet or a paragraph with all that belongs to it."""
    heading, level, lines = title, 1, list[FormLine]()
    listed = page.site.signs.get(f"{page.slug}/", {})
    known: dict[str, list[str]] = {}
    for held in _held_together(page.signed_blocks):
        if held[0].kind == "heading" and not held[0].inside:
            yield FormPart(heading, tuple(lines), level)
            heading, level, lines = held[0].words, held[0].level, []
            if level == SECTION_LEVEL:
                known = {keys: list(signs) for keys, signs in next((one for start, one in listed.items() if start in heading), {}).items()}
        elif (words := " ".join(block.words for block in held if block.words)) and not cited.only_lead_on(held, words):
            number = held[0].number if held[0].inside[-1:] == ("ol",) else 0
            keys = list(_keys_of(words, known))
            sources = tuple(dict.fromkeys([*cited.of(held), *page.site.bibliography.named(keys)]))
            lines.append(FormLine(words.removeprefix(TICK_BOX), number, sources, any(key.startswith(_HOUSE) for key in keys)))
    yield FormPart(heading, tuple(lines), level)


def _keys_of(words: str, known: Mapping[str, list[str]]) -> Iterator[str]:
    """Return the keys of the signs that a line names, and take those signs off the list: each is sourced in its own line, the first."""
    for keys, signs in known.items():
        if found := [sign for sign in signs if sign.casefold() in words.casefold()]:
            signs[:] = [sign for sign in signs if sign not in found]
            yield from keys.split(", ")


def _held_together(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Return each top-level item with all that is in it, and every other block alone."""
    held: list[Block] = []
    for block in blocks:
        if block.inside and held and not (block.kind == "item" and len(block.inside) == 1):
            held.append(block)
            continue
        if held:
            yield held
            held = []
        if block.inside:
            held = [block]
        else:
            yield [block]
    if held:
        yield held


def _picture(page: Page, held: Iterable[Block]) -> Path | None:
    shown = {picture.target: page.own_picture(picture) for picture in page.pictures}
    names = (shown.get(target) for block in held for target in block.targets)
    return next((page.source.path.with_name(name) for name in names if name and page.has_beside(name)), None)
