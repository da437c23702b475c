"""The page of a technique or an exercise: its sections as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown

from knee.contract.headings import HOW_TO
from knee.contract.page import Page
from knee.contract.technique_page import ExercisePage, TechniquePage
from knee.publish.page_context import PageContext
from knee.publish.placing import (
    PlacedBlocks,
    movement_switch,
    pain_limit,
    put_clock,
    put_pace,
    rendered,
    safety_card,
    steps_card,
    with_other_leg,
)


def put_technique_cards(page: TechniquePage, context: PageContext, markdown: Markdown, root: Element) -> None:
    """Make the elements of a technique's page into its cards, in place."""
    placed = PlacedBlocks(page, markdown, root)
    head, *sections = sections_of(root, page, placed)
    root[:] = [*page_head(page, context, head, placed), *(_card(page, context, section, placed) for section in sections)]


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
        pictures = [] if element.tag != "p" else _take_pictures(element)
        if "".join(element.itertext()).strip() or not pictures:
            if id(element) in leads:
                element.set("class", "lead")
            yield element
        for picture in pictures:
            yield _figure(picture, page)
    if context.shown:
        yield rendered(context.templates, "key-facts.html", {"technique": context.shown})
        # Start stands within the first two phone screens; its session begins with the safety note's own list.
        yield rendered(context.templates, "start.html", {"minutes": context.shown.minutes})


def more_card(section: Sequence[Element]) -> Element:
    """Return a section that is neither followed nor a warning."""
    card = Element("section", {"class": "more"})
    card.extend(section)
    return card


def kind_of_steps(page: TechniquePage) -> str:
    """Return what a page's steps are, as scripts and style sheets are told."""
    return "exercise" if isinstance(page, ExercisePage) else ""


def _card(page: TechniquePage, context: PageContext, section: Sequence[Element], placed: PlacedBlocks) -> Element:
    note, how = page.safety_note, page.section(HOW_TO)
    if note and placed.element(note.section.heading) is section[0]:
        return safety_card(section, note, placed)
    if how and placed.element(how.heading) is section[0]:
        for step in page.steps:
            put_clock(step, placed)
            put_pace(page.paces.get(step.number), placed.element(step.item))
        held = [section[0], *pain_limit(page, context.templates), *movement_switch(page, context.templates), *section[1:]]
        if page.each_leg:
            held = [*with_other_leg(held, page.steps, placed, context.templates)]
        return steps_card(held, page.title.text if page.title else page.slug, each_leg=page.each_leg, kind=kind_of_steps(page))
    return more_card(section)


def _take_pictures(paragraph: Element) -> list[Element]:
    """Take the pictures out of a paragraph, each with the link around it, and leave its words."""
    taken = [child for child in paragraph if next(child.iter("img"), None) is not None and not "".join(child.itertext()).strip()]
    for picture in taken:
        place = list(paragraph).index(picture)
        before = paragraph[place - 1] if place else None
        if before is None:
            paragraph.text = (paragraph.text or "") + (picture.tail or "")
        else:
            before.tail = (before.tail or "") + (picture.tail or "")
        picture.tail = None
        paragraph.remove(picture)
    return taken


def _figure(picture: Element, page: Page) -> Element:
    """Return a picture in a frame, with room for it before it is there; one of another shape takes its own once it has come."""
    figure = Element("figure", {"class": "technique-picture"})
    figure.append(picture)
    if isinstance(page, TechniquePage):
        for image in figure.iter("img"):
            put_pace(page.main_pace, image)
    for image in figure.iter("img"):
        image.set("width", "480")
        image.set("height", "360")
    return figure
