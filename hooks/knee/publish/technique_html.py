"""The page of a technique: its sections as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown

from knee.contract.headings import HOW_TO
from knee.contract.page import Page
from knee.contract.technique_page import TechniquePage
from knee.publish.page_context import PageContext
from knee.publish.placing import PlacedBlocks, put_clock, rendered, safety_card, steps_card


def put_technique_cards(page: TechniquePage, context: PageContext, markdown: Markdown, root: Element) -> None:
    """Make the elements of a technique's page into its cards, in place."""
    placed = PlacedBlocks(page, markdown, root)
    head, *sections = sections_of(root, page, placed)
    root[:] = [*page_head(page, context, head, placed), *(_card(page, section, placed) for section in sections)]


def sections_of(root: Element, page: Page, placed: PlacedBlocks) -> list[list[Element]]:
    """Part a page at its sections: what stands before the first, then each heading with what follows it."""
    wanted = {id(placed.element(section.heading)) for section in page.sections}
    found: list[list[Element]] = [[]]
    for element in root:
        if id(element) in wanted:
            found.append([])
        found[-1].append(element)
    return found


def page_head(page: Page, context: PageContext, head: Sequence[Element], placed: PlacedBlocks) -> Iterator[Element]:
    """Yield what stands above the first section: title, lead, main picture, and the key facts with the way into the session."""
    leads = {id(placed.element(block)) for block in page.lead}
    for element in head:
        if id(element) in leads:
            element.set("class", "lead")
        elif _is_picture_alone(element):
            element.tag = "figure"
            element.set("class", "technique-picture")
            # Room for it before it is there; a picture of another shape takes its own once it has come.
            element[0].set("width", "480")
            element[0].set("height", "360")
        yield element
    if context.shown:
        yield rendered(context.templates, "key-facts.html", {"technique": context.shown})
        # Start stands within the first two phone screens; its session begins with the safety note's own list.
        yield rendered(context.templates, "start.html", {"minutes": context.shown.minutes})


def more_card(section: Sequence[Element]) -> Element:
    """Return a section that is neither followed nor a warning."""
    card = Element("section", {"class": "more"})
    card.extend(section)
    return card


def _card(page: TechniquePage, section: Sequence[Element], placed: PlacedBlocks) -> Element:
    note, how = page.safety_note, page.section(HOW_TO)
    if note and placed.element(note.section.heading) is section[0]:
        return safety_card(section, note, placed)
    if how and placed.element(how.heading) is section[0]:
        for step in page.steps:
            put_clock(step, placed)
        return steps_card(section, page.title.text if page.title else page.slug, each_leg=page.each_leg)
    return more_card(section)


def _is_picture_alone(element: Element) -> bool:
    alone = element.tag == "p" and len(element) == 1 and element[0].tag == "img"
    return alone and not ((element.text or "") + (element[0].tail or "")).strip()
