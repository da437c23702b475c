"""Where the blocks of a checked page stand in its rendered elements: cards and clocks are put where the page says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE

from knee.contract.pace import Pace
from knee.contract.page import Page
from knee.contract.safety_note import SafetyNote
from knee.contract.sections import Step
from knee.contract.technique_page import TechniquePage
from knee.facts.technique import OTHER_LEG
from knee.text.differences import aligned
from knee.text.reading import Block
from knee.text.website import SiteWalk

PART_NAMES = ("do-not", "stop")
"""How the two parts of a safety note are named in its card, in their order."""


class PlacedBlocks:
    """The elements of a page by the blocks of its reading. A block that only one of the two readers sees has none."""

    def __init__(self, page: Page, markdown: Markdown, root: Element) -> None:
        walk = SiteWalk(markdown, page.body, page.first_line)
        places = aligned(page.preview, walk.through(root))
        self._elements = {ours: walk.elements[theirs] for ours, theirs in places.items()}
        self._top = {id(inner): outer for outer in root for inner in outer.iter()}

    def element(self, block: Block) -> Element | None:
        """Return the element of a block."""
        return self._elements.get(block.place)

    def top(self, block: Block) -> Element | None:
        """Return the element of the page that holds a block, itself or somewhere inside."""
        return self._top.get(id(self.element(block)))

    def span(self, elements: Sequence[Element], blocks: Iterable[Block]) -> list[Element]:
        """Return those of some elements of the page that stand from the first to the last of the blocks."""
        wanted = {id(self.top(block)) for block in blocks}
        places = [place for place, element in enumerate(elements) if id(element) in wanted]
        return list(elements[places[0] : places[-1] + 1]) if places else []


def put_clock(step: Step, placed: PlacedBlocks) -> None:
    """Write a step's time on its element: seconds, and whether its words name a time, a count or neither."""
    element = placed.element(step.item)
    if element is not None:
        element.set("data-seconds", str(step.dose.seconds))
        element.set("data-dose", "time" if step.dose.times else "count" if step.dose.counts else "none")


def put_pace(pace: Pace | None, element: Element | None) -> None:
    """Write on what holds a picture how fast it moves: the seconds of a round, and of its hold."""
    if pace and element is not None:
        element.set("data-round", f"{pace.seconds:g}")
        if pace.hold:
            element.set("data-hold", str(pace.hold))


def movement_switch(page: TechniquePage, templates: Path) -> list[Element]:
    """Return the switch that lets pictures move, where one does."""
    return [rendered(templates, "show-movement.html", {})] if page.paces else []


def pain_limit(page: TechniquePage, templates: Path) -> list[Element]:
    """Return how much the massage or the exercise may hurt, where the page says it, and how to read what follows."""
    values = page.front.values if page.front and page.front.meta else {}
    limits = {"massage": values.get("pressure"), "exercise": values.get("pain")}
    told = " ".join(picture.alt for picture in page.pictures).casefold()
    key = {"limits": limits, "has_stripes": "stripe" in told, "has_spot": "dark spot" in told}
    before: dict[str, dict[str, Any]] = {"pain-limit.html": {"limits": limits}, "steps-key.html": key}
    return [rendered(templates, name, facts) for name, facts in before.items()] if any(limits.values()) else []


def with_other_leg(elements: Iterable[Element], steps: Sequence[Step], placed: PlacedBlocks, templates: Path) -> Iterator[Element]:
    """Return what stands around some steps, and after the last of them the line that sends the reader to the other leg."""
    last = placed.top(steps[-1].item) if steps else None
    for element in elements:
        yield element
        if element is last:
            yield rendered(templates, "other-leg.html", {"words": OTHER_LEG})


def steps_card(elements: Iterable[Element], title: str, *, each_leg: bool, kind: str = "") -> Element:
    """Return the card of one part that is followed step by step; `kind` is "exercise", "own" for a routine's own, or empty."""
    card = Element("section", {"class": "steps", "data-title": as_literal(title), "data-each-leg": str(each_leg).lower()})
    if kind:
        card.set("data-kind", kind)
    card.extend(elements)
    return card


def safety_card(elements: Sequence[Element], note: SafetyNote, placed: PlacedBlocks) -> Element:
    """Return the card of a safety note: each part with all that belongs to it, and what belongs to the whole note."""
    card = Element("section", {"class": "safety-card", "aria-labelledby": "safety-note"})
    if (heading := placed.element(note.section.heading)) is not None:
        heading.set("id", "safety-note")
    parts = {}
    for name, part in zip(PART_NAMES, note.parts, strict=True):
        for element in (held := placed.span(elements, (part.heading, *part.blocks))):
            parts[id(element)] = (name, held)
    for element in elements:
        name, held = parts.get(id(element), ("", [element]))
        if not name:
            card.append(element)
        elif element is held[0]:
            ElementTree.SubElement(card, "div", {"class": f"safety-card__part safety-card__part--{name}"}).extend(held)
    return card


def as_literal(words: str) -> str:
    """Return words as Python-Markdown has to get them: it would take `&lt;` for the character itself."""
    return words.replace("&", f"{AMP_SUBSTITUTE}amp;")


def rendered(templates: Path, name: str, facts: dict[str, Any]) -> Element:
    """Return one of the site's partial templates, filled in, as an element. It has to be well-formed XML with one root."""
    made = ElementTree.fromstring(_environment(templates).get_template(f"partials/knee/{name}").render(facts).strip())
    for element in made.iter():
        element.text, element.tail = (text and as_literal(text) for text in (element.text, element.tail))
    return made


@cache
def _environment(templates: Path) -> Environment:
    return Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
