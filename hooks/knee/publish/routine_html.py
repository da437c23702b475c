"""The page of a routine: the safety notes and the steps of its techniques and exercises stand in the place of their names.

They are taken from the rendered pages of those, so that a routine shows the very items and steps that were checked there, whole.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Mapping
from copy import deepcopy
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from markdown import Markdown

from knee.contract.headings import HOW_TO
from knee.contract.routine_page import PARTS, REST, WARM_UP, RoutinePage
from knee.contract.safety_note import SafetyPart
from knee.contract.technique_page import TechniquePage
from knee.publish.page_context import PageContext
from knee.publish.placing import (
    PART_NAMES,
    PlacedBlocks,
    as_literal,
    movement_switch,
    pain_limit,
    put_clock,
    put_pace,
    rendered,
    steps_card,
    with_other_leg,
)
from knee.publish.technique_html import kind_of_steps, more_card, page_head, sections_of
from knee.text.addresses import address_of
from knee.text.website import SiteMarkdown, SiteWalk


def put_routine_cards(page: RoutinePage, context: PageContext, markdown: Markdown, root: Element) -> None:
    """Make the elements of a routine's page into its cards, in place, and put in what it names."""
    placed = PlacedBlocks(page, markdown, root)
    head, *sections = sections_of(root, page, placed)
    parts = {title: part for title in PARTS if (part := page.part(title))}
    own = {title: section for title, part in parts.items() for section in sections if section[0] is placed.element(part.heading)}
    named = {one.place: _RenderedTechnique(one, page) for one in page.named}
    for step in page.steps:
        put_clock(step, placed)
    cards = [steps_card(own[title], title, each_leg=False, kind="own") if title in own else None for title in (WARM_UP, REST)]
    moving = next((one for one in page.named if one.paces), None)
    followed = [named[one.place].steps(context, each_leg=page.legs == 2 and one.each_leg, has_switch=one is moving) for one in page.named]
    others = [more_card(section) for section in sections if all(section is not known for known in own.values())]
    safety = [_safety(page, named, context)] if named else []
    root[:] = [*page_head(page, context, head, placed), *safety, *filter(None, [cards[0], *followed, cards[1]]), *others]


class _RenderedTechnique:
    """A technique's page as the site shows it, with addresses as they are seen from a routine."""

    def __init__(self, page: TechniquePage, seen_from: RoutinePage) -> None:
        self.page = page
        markdown = SiteMarkdown(html=False)
        self.root = markdown.tree(page.body)
        self.placed = PlacedBlocks(page, markdown, self.root)
        walk = SiteWalk(markdown, page.body, page.first_line)
        for element in self.root.iter():
            _write_out(element, walk)
            element.attrib.pop("id", None)
            for name in {"href", "src"} & element.attrib.keys():
                element.set(name, _seen_from(element.attrib[name], page, seen_from))

    def part(self, part: SafetyPart) -> list[Element]:
        """Return all that belongs to a part of the safety note, without its heading."""
        return self.placed.span(list(self.root), part.blocks)

    def steps(self, context: PageContext, *, each_leg: bool, has_switch: bool) -> Element | None:
        """Return the card with the technique's steps under its name, and the way to its whole page."""
        how = self.page.section(HOW_TO)
        if not how or not self.page.title:
            return None
        for step in self.page.steps:
            put_clock(step, self.placed)
            put_pace(self.page.paces.get(step.number), self.placed.element(step.item))
        heading, title = Element("h2"), self.page.title.text
        heading.text = as_literal(title)
        way = rendered(context.templates, "whole-page.html", {"place": f"../{self.page.place}"})
        switch = movement_switch(self.page, context.templates) if has_switch else []
        held = [*pain_limit(self.page, context.templates), *switch, *self.placed.span(list(self.root), how.blocks)]
        if each_leg:
            held = [*with_other_leg(held, self.page.steps, self.placed, context.templates)]
        return steps_card([heading, *held, way], title, each_leg=each_leg, kind=kind_of_steps(self.page))


def _safety(page: RoutinePage, rendered_pages: Mapping[PurePosixPath, _RenderedTechnique], context: PageContext) -> Element:
    """Return one safety note for all that a routine names."""
    card = rendered(context.templates, "routine-safety.html", {})
    for place, name in enumerate(PART_NAMES):
        part = next(element for element in card if name in element.get("class", ""))
        items = (rendered_pages[owner.place].placed.element(item.item) for owner, item in page.safety_items(place))
        if found := [deepcopy(element) for element in items if element is not None]:
            part.append(Element("ul"))
            part[-1].extend(found)
        part.extend(element for owner, whole in page.safety_parts(place) for element in rendered_pages[owner.place].part(whole))
    also = (rendered_pages[owner.place].placed.top(block) for owner, block in page.safety_also)
    card.extend(element for element in dict.fromkeys(also) if element is not None)
    return card


def _write_out(element: Element, walk: SiteWalk) -> None:
    """Put what Python-Markdown keeps aside (entities, code) back into an element, so that it can stand on another page."""
    code = walk.code_in(element)
    if code is not None:
        element.tag, element.text = "pre", code
    own = html.unescape(element.text or "") if element.tag == "code" else element.text or ""
    element.text, element.tail = (as_literal(walk.resolved(text)) for text in (own, element.tail or ""))
    for name, value in element.items():
        element.set(name, as_literal(walk.resolved(value)))


def _seen_from(target: str, page: TechniquePage, routine: RoutinePage) -> str:
    """Return an address on a technique's page as it is written on a routine's."""
    address = address_of(target)
    if address.kind != "place":
        return target
    path, mark, anchor = target.partition("#")
    there = posixpath.join(page.place.parent.as_posix(), path or page.place.name)
    return posixpath.relpath(there, routine.place.parent.as_posix()) + mark + anchor
