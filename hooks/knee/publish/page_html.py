"""The Python-Markdown extension of the site: it puts what the checks have read into a page's elements, and knows nothing of MkDocs.

What a page cannot say in its Markdown (the key facts, the list of sources, the list of rules) comes from `PageContext`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from knee.contract.headings import heading_key
from knee.contract.routine_page import RoutinePage
from knee.contract.safety_page import TICK_BOX
from knee.contract.technique_page import TechniquePage
from knee.publish.care_levels import level_of
from knee.publish.folds import fold
from knee.publish.page_context import PageContext
from knee.publish.placing import rendered
from knee.publish.report_labels import label_reports
from knee.publish.routine_html import put_routine_cards
from knee.publish.technique_html import put_technique_cards
from knee.text.addresses import address_of
from knee.text.website import NoHtml

_AS_WRITTEN = ("lead", "safety-card", "steps")
"""What a technique's page shows in the very words of its author: the proof compares them."""
_SAFE = {"href": ("web", "mail", "phone", "place", "empty"), "src": ("place", "empty")}
"""Where a link may lead, and where a picture may come from."""


class KneeExtension(Extension):
    """Turns a page's headings and lists into cards, and lets no HTML and no unsafe link through."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"context": [PageContext(), "what the page shows beyond its own Markdown"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:
        context: PageContext = self.getConfig("context")
        NoHtml().extendMarkdown(md)
        # Ids are made at 5 (toc): cards with ids of their own come before it, cards that name those ids after.
        md.treeprocessors.register(_Contents(md, context), "knee_contents", 15)
        md.treeprocessors.register(_CareCards(md, context), "knee_care_cards", 2)


class _PageProcessor(Treeprocessor):
    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(md)
        self.context = context


class _Contents(_PageProcessor):
    """Makes the cards of techniques and routines, tick lists, folds and derived lists, and takes unsafe addresses out."""

    def run(self, root: Element) -> None:
        page = self.context.page
        if isinstance(page, TechniquePage):
            put_technique_cards(page, self.context, self.md, root)
        elif isinstance(page, RoutinePage):
            put_routine_cards(page, self.context, self.md, root)
        else:
            for items in root.iter("ul"):
                _make_tick_list(items)
        fold(root)
        for element in root:
            if element.get("class", "").split(" ")[0] not in _AS_WRITTEN:
                label_reports(element, self.context.reports)
        for element in root.iter():
            _keep_safe(element)
        for heading, (template, facts) in self.context.lists.items():
            _append_under(root, heading, rendered(self.context.templates, template, facts))


class _CareCards(_PageProcessor):
    """Wraps the sections of the help pages into care cards."""

    def run(self, root: Element) -> None:
        if self.context.page:
            return
        starts = [place for place, element in enumerate(root) if element.tag in ("h2", "details")]
        for start, end in reversed(list(pairwise([*starts, len(root)]))):
            if card := _care_card(root[start:end]):
                root[start:end] = [card]


def _care_card(section: list[Element]) -> Element | None:
    """Return a section as a care card; None where its heading does not say when to seek which help."""
    level = level_of("".join(section[0].itertext()))
    if not level:
        return None
    card = Element("section", {"class": f"care-card care-card--{level.name}", "aria-labelledby": section[0].get("id", "")})
    card.extend(section)
    prefix = ElementTree.Element("span", {"class": "visually-hidden"})
    prefix.text, prefix.tail, card[0].text = level.spoken, card[0].text, None
    card[0].insert(0, prefix)
    return card


def _make_tick_list(items: Element) -> None:
    if not any(_line_of(item).text and (_line_of(item).text or "").startswith(TICK_BOX) for item in items):
        return
    items.set("class", "tick-list")
    for item in items:
        line = _line_of(item)
        if (line.text or "").startswith(TICK_BOX):
            _make_tick_box(line)


def _line_of(item: Element) -> Element:
    """Return what holds an item's own words: the item, or its first paragraph."""
    return item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item


def _make_tick_box(line: Element) -> None:
    label, box = Element("label"), ElementTree.Element("input", {"type": "checkbox"})
    box.tail = " " + (line.text or "").removeprefix(TICK_BOX)
    label.append(box)
    own = [child for child in line if child.tag not in ("ul", "ol", "p")]
    label.extend(own)
    for child in own:
        line.remove(child)
    line.text = None
    line.insert(0, label)


def _keep_safe(element: Element) -> None:
    """Turn links and pictures whose address the rules refuse into words: nothing gets through, also where nobody ran the checks.

    A style of its own goes as well (tables bring one): the site's security policy refuses it.
    """
    element.attrib.pop("style", None)
    for name, safe in _SAFE.items():
        target = element.get(name)
        if target and address_of(target.replace("\x02amp\x03", "&")).kind not in safe:
            element.text = element.text or element.get("alt")
            element.tag = "span"
            element.attrib.clear()


def _append_under(root: Element, heading: str, appended: Element) -> None:
    """Put an element at the end of the section under a `##` heading."""
    starts = [place for place, element in enumerate(root) if element.tag == "h2"]
    here = next((place for place in starts if heading_key("".join(root[place].itertext())) == heading_key(heading)), None)
    if here is not None:
        root.insert(next((place for place in starts if place > here), len(root)), appended)
