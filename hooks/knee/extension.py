"""A Python-Markdown extension that turns headings and lists into cards. Imports the facts of knee, never MkDocs.

It reads structure only, so it works wherever Python-Markdown runs; what a page cannot say in its Markdown (the key facts, the
list of sources, the list of rules) comes from `Surroundings`, and is left out without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from knee.dose import dose_of
from knee.links import address_of
from knee.page import DO_NOT, HOW_TO, SAFETY_NOTE, STOP, heading_key
from knee.technique import Routine, Technique

CARE_LEVELS = {
    "call your emergency number": ("emergency", "Immediate action required: "),
    "get help today": ("urgent", "Urgent advice: "),
    "see a": ("routine", "Non-urgent advice: "),
}
"""How a care card's heading begins, its level, and the words that a screen reader hears before it."""

_PARTS = {heading_key(DO_NOT): "do-not", heading_key(STOP): "stop"}
_TICK_BOX = "[ ] "
_SAFE = {"href": ("web", "mail", "place", "empty"), "src": ("place", "empty")}
"""Where a link may lead, and where a picture may come from."""


@dataclass(frozen=True)
class Surroundings:
    """What a page shows beyond its own Markdown."""

    templates: Path | None = None
    is_followed: bool = False
    """Whether the page is a technique or a routine."""
    shown: Technique | Routine | None = None
    """The facts of this technique or routine, where it has them all."""
    lists: dict[str, tuple[str, dict[str, Sequence[Any]]]] = field(default_factory=dict)
    """Lists to append under a heading: heading, then the template and what it wants."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Pictures that stand in the page itself: as the page names them, then the address that holds the picture."""


class KneeExtension(Extension):
    """Turns a page's headings and lists into cards, and lets no HTML and no unsafe link through."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"surroundings": [Surroundings(), "what the page shows beyond its own Markdown"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:
        around: Surroundings = self.getConfig("surroundings")
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Ids and titles are made at 5 (toc): lists with ids of their own come before it, cards that name those ids after.
        md.treeprocessors.register(_Lists(md, around), "knee_lists", 15)
        md.treeprocessors.register(_Cards(md, around), "knee_cards", 2)


def makeExtension(**settings: Any) -> KneeExtension:
    """Give the extension to Python-Markdown, which looks for this name."""
    return KneeExtension(**settings)


class _Lists(Treeprocessor):
    """Appends the derived lists, makes tick lists, and takes unsafe addresses out."""

    def __init__(self, md: Markdown, around: Surroundings) -> None:
        super().__init__(md)
        self.around = around

    def run(self, root: Element) -> None:
        for element in root.iter():
            _keep_safe(element)
        for picture in root.iter("img"):
            picture.set("src", self.around.pictures.get(picture.get("src", ""), picture.get("src", "")))
        if not self.around.is_followed:
            for items in root.iter("ul"):
                _make_tick_list(items)
        for heading, (template, facts) in self.around.lists.items():
            _append_under(root, heading, _rendered(self.around, template, facts))


class _Cards(Treeprocessor):
    """Wraps sections into cards."""

    def __init__(self, md: Markdown, around: Surroundings) -> None:
        super().__init__(md)
        self.around = around

    def run(self, root: Element) -> None:
        head, sections = _sections(root)
        if self.around.is_followed or _looks_like_a_technique(sections):
            head = self._technique_head(head)
            sections = [self._technique_section(section) for section in sections]
        else:
            sections = [_care_card(section) for section in sections]
        root[:] = head
        for section in sections:
            root.extend(section if section.tag == "knee" else [section])

    def _technique_head(self, head: list[Element]) -> list[Element]:
        leading = True
        for element in head[1:]:
            if _is_picture(element):
                element.tag, leading = "figure", False
                element.set("class", "technique-picture")
                # Room for it before it is there; a picture of another shape takes its own once it has come.
                element[0].set("width", "480")
                element[0].set("height", "360")
            elif leading and element.tag == "p":
                element.set("class", "lead")
            else:
                leading = False
        if self.around.shown:
            head.append(_rendered(self.around, "key-facts.html", {"technique": self.around.shown}))
            # Start stands within the first two phone screens; its session begins with the safety note's own list.
            head.append(_rendered(self.around, "start.html", {"minutes": self.around.shown.minutes}))
        return head

    def _technique_section(self, section: Element) -> Element:
        """Make a section of a technique or a routine into its card."""
        shown, title = self.around.shown, _heading(section)
        legs = {heading_key(part): each_leg for part, each_leg in shown.legs_of_parts.items()} if shown else {}
        card = _technique_card(section, is_followed=heading_key(title) in {heading_key(HOW_TO), *legs})
        if shown and card.get("class") == "steps":
            card.set("data-title", shown.title if heading_key(title) == heading_key(HOW_TO) else title)
            card.set("data-each-leg", str(legs.get(heading_key(title), False)).lower())
        return card


def _sections(root: Element) -> tuple[list[Element], list[Element]]:
    """Part a page at its `##` headings: what stands before the first, then each with what follows it."""
    head: list[Element] = []
    sections: list[Element] = []
    for element in root:
        if element.tag == "h2":
            sections.append(Element("knee"))
        (sections[-1] if sections else head).append(element)
    return head, sections


def _heading(section: Element) -> str:
    return "".join(section[0].itertext()).strip()


def _looks_like_a_technique(sections: list[Element]) -> bool:
    return {heading_key(SAFETY_NOTE), heading_key(HOW_TO)} <= {heading_key(_heading(section)) for section in sections}


def _technique_card(section: Element, *, is_followed: bool) -> Element:
    key = heading_key(_heading(section))
    if key == heading_key(SAFETY_NOTE):
        section[:] = _safety_parts(list(section))
        return _named(_wrapped(section, "safety-card"))
    if not is_followed:
        return _wrapped(section, "more")
    for items in section.findall("ol"):
        for item in items:
            dose = dose_of(_own_words(item))
            item.set("data-seconds", str(dose.seconds))
            item.set("data-dose", "time" if dose.times else "count" if dose.counts else "none")
    return _wrapped(section, "steps")


def _wrapped(section: Element, name: str) -> Element:
    section.tag = "section"
    section.set("class", name)
    return section


def _named(section: Element) -> Element:
    """Make a section a landmark, named by its heading: only where a reader would want to jump to it."""
    if section[0].get("id"):
        section.set("aria-labelledby", section[0].get("id", ""))
    return section


def _safety_parts(elements: list[Element]) -> list[Element]:
    """Put each part's heading and list together; what follows a list belongs to the whole note again."""
    parted: list[Element] = []
    part: Element | None = None
    for element in elements:
        name = _PARTS.get(heading_key("".join(element.itertext()))) if element.tag == "h3" else None
        if name:
            part = ElementTree.Element("div", {"class": f"safety-card__part safety-card__part--{name}"})
            parted.append(part)
        elif part is not None and (element.tag != "ul" or part.find("ul") is not None):
            part = None
        (parted if part is None else part).append(element)
    return parted


def _care_card(section: Element) -> Element:
    words = _heading(section)
    level = next((level for start, level in CARE_LEVELS.items() if words.casefold().startswith(start)), None)
    if not level or not words.endswith("if:"):
        return section
    card = _named(_wrapped(section, f"care-card care-card--{level[0]}"))
    prefix = ElementTree.Element("span", {"class": "visually-hidden"})
    prefix.text, prefix.tail, card[0].text = level[1], card[0].text, None
    card[0].insert(0, prefix)
    return card


def _make_tick_list(items: Element) -> None:
    if not any(_line_of(item).text and (_line_of(item).text or "").startswith(_TICK_BOX) for item in items):
        return
    items.set("class", "tick-list")
    for item in items:
        line = _line_of(item)
        if (line.text or "").startswith(_TICK_BOX):
            _make_tick_box(line)


def _line_of(item: Element) -> Element:
    """Give what holds an item's own words: the item, or its first paragraph."""
    return item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item


def _make_tick_box(line: Element) -> None:
    label, box = Element("label"), ElementTree.Element("input", {"type": "checkbox"})
    box.tail = " " + (line.text or "").removeprefix(_TICK_BOX)
    label.append(box)
    own = [child for child in line if child.tag not in ("ul", "ol", "p")]
    label.extend(own)
    for child in own:
        line.remove(child)
    line.text = None
    line.insert(0, label)


def _own_words(item: Element) -> str:
    """Give the words of an item's own first paragraph."""
    line = _line_of(item)
    words = [line.text or ""]
    for child in line:
        if child.tag in ("ul", "ol", "p"):
            break
        words += ["".join(child.itertext()), child.tail or ""]
    return "".join(words)


def _is_picture(element: Element) -> bool:
    return (
        element.tag == "p"
        and len(element) == 1
        and element[0].tag == "img"
        and not ((element.text or "") + (element[0].tail or "")).strip()
    )


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


def _rendered(around: Surroundings, template: str, facts: dict[str, Any]) -> Element:
    made = ElementTree.fromstring(_environment(around.templates or Path()).get_template(f"partials/knee/{template}").render(facts).strip())
    for element in made.iter():  # Python-Markdown would take words such as `&lt;` for the sign itself
        element.text, element.tail = (text and text.replace("&", f"{AMP_SUBSTITUTE}amp;") for text in (element.text, element.tail))
    return made


@cache
def _environment(templates: Path) -> Environment:
    return Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
