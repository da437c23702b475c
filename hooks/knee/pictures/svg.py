"""Reads an svg with an allowlist of what a still drawing is made of, and makes a new one of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from knee.pictures.allowed import GEOMETRY, HOLDERS, PAINT, REFERRING, SHAPES
from knee.pictures.faults import Matter, PictureFault, letters, short
from knee.pictures.part_names import is_part
from knee.pictures.paths import shorter
from knee.pictures.programs import mend_for, program_of
from knee.pictures.tree import XHTML, Document, Element

if TYPE_CHECKING:  # the reader of CSS is loaded only for drawings that have styles
    from knee.pictures.style import Declared, Style

_PLAIN = re.compile(r"[\w#.,%+\s-]*", re.ASCII)
"""Words, numbers and colours: no style of this kind can name anything."""
_PLAIN_REFERENCE = re.compile(r"\s*url\(#([\w-]+)\)\s*", re.ASCII)
_RUNNING = ("script", "handler", "listener", "iframe", "object", "embed", "audio", "video", "canvas")
_MOVING = ("animate", "animatetransform", "animatemotion", "animatecolor", "set", "discard")
_SETS_A_PROGRAM = re.compile(r"(.*:)?(on|href$|src$)")
_WORDS = ("text", "foreignObject")
_XLINK = "http://www.w3.org/1999/xlink href"
_SPOKEN = (XHTML, "http://www.w3.org/1998/Math/MathML")
"""What a `requiredExtensions` may ask for, and every browser has."""


@dataclass
class Drawing:
    """A drawing made anew, and what was wrong with the one that was sent."""

    root: Element | None
    title: str
    """The words of the first `<title>` straight under the root."""
    description: str
    """The words of every `<desc>` straight under the root."""
    faults: list[PictureFault]


def drawing_of(document: Document, text: str) -> Drawing:
    """Make a drawing anew from what was read in its text. It is the same drawing where no fault is told."""
    return _Maker(text).drawing(document.root) if document.root else Drawing(None, "", "", [])


class _Maker:
    """Makes one drawing anew."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: dict[str, PictureFault] = {}
        """The first fault of each kind."""
        self.line = 1
        self.names: dict[str, str] = {}
        """The new names of the parts that some other part asks for, by their old ones."""

    @cached_property
    def style(self) -> Style:
        """The judge of the drawing's styles."""
        from knee.pictures.style import Style

        return Style(self.refuse, self._name_of)

    def drawing(self, root: Element) -> Drawing:
        for element in root.walk():
            if "style" in element.attributes:
                self.style.note_variables(element.attributes["style"], is_sheet=False)
            elif element.name == "style":
                self.style.note_variables(element.text, is_sheet=True)
        made = self._sheets(root)
        title = next((child for child in root.children if child.name == "title"), None)
        descriptions = [child for child in root.children if child.name == "desc"]
        new = self._made(root)
        new.children[:0] = [Element(part.name, text=part.words) for part in (title, *descriptions) if part and part.words] + made
        self._put_names(root, new)
        description = " ".join(part.words for part in descriptions)
        return Drawing(new, title.words if title else "", description, list(self.faults.values()))

    def refuse(self, matter: Matter, what: str) -> None:
        """Note a fault, once for each kind."""
        key = what.partition(" (")[0]
        if key not in self.faults:
            mend = mend_for(program_of(self.text), matter, what)
            self.faults[key] = PictureFault(matter, self.line, f"the svg holds {what}", mend)

    def _name_of(self, old: str) -> str:
        return self.names.setdefault(old, old if is_part(old) else letters(len(self.names)))

    def _sheets(self, root: Element) -> list[Element]:
        """Return the drawing's style sheets as one."""
        rules: list[tuple[str, Declared]] = []
        for element in root.walk():
            if element.name == "style" and element.attributes.get("type", "text/css") in ("text/css", ""):
                self.line = element.line
                if element.attributes.get("media", "all") not in ("all", "screen", ""):
                    self.refuse(Matter.OTHER_TOOLS, "a style that holds only sometimes (`media`)")
                rules += self.style.sheet(element.text)
        return [Element("style", text="".join(f"{selectors}{{{_css(declared)}}}" for selectors, declared in rules))] if rules else []

    def _made(self, element: Element) -> Element:
        """Make one element anew, with what it holds."""
        self.line = element.line
        new = Element(element.name, dict(self._attributes(element)), element.line)
        new.part = name if is_part(name := element.attributes.get("id", "")) else ""
        for child in self._chosen(element) if element.name == "switch" else element.children:
            new.children += self._kept(child)
        return new

    def _kept(self, element: Element) -> Iterator[Element]:
        """Return what stays of an element: itself made anew, or nothing."""
        self.line, name = element.line, element.name
        if name in SHAPES or name in HOLDERS:
            if not _is_only_for_some(element):
                yield self._made(element)
            return
        if name in _WORDS and not _is_only_for_some(element):
            self._judge_words(element)
        for inner in element.walk():  # whatever falls away may run all the same
            self.line = inner.line
            self._judge_dropped(inner, is_html=name == "foreignObject")

    def _judge_words(self, element: Element) -> None:
        if element.words:
            self.refuse(Matter.WORDS, "words")
        elif element.name == "foreignObject":
            self.refuse(Matter.HARM, "a part of a web page (`foreignObject`)")

    def _judge_dropped(self, element: Element, *, is_html: bool) -> None:
        space, _, name = element.name.rpartition(" ")
        lower = name.lower()
        if space not in ("", XHTML):
            return
        if lower in _RUNNING:
            self.refuse(Matter.HARM, f"a program or a page inside it (`{name}`)")
        elif lower in _MOVING and _SETS_A_PROGRAM.match(sets := "".join(element.attributes.get("attributeName", "").lower().split())):
            self.refuse(Matter.HARM, f"an animation that sets `{short(sets)}`")
        elif lower in _MOVING:
            self.refuse(Matter.MOVES, f"an animation (`{name}`)")
        elif lower == "image" and not space:
            self.refuse(Matter.HARM, "a photo or another picture inside it (`image`)")
        elif space and not is_html:
            self.refuse(Matter.HARM, f"a part of a web page (`{name}`)")
        self._judge_events(element)

    def _judge_events(self, element: Element) -> None:
        if found := next((key for key in element.attributes if key.lower().startswith("on")), None):
            self.refuse(Matter.HARM, f"an event attribute (`{found}`)")

    def _chosen(self, switch: Element) -> list[Element]:
        """Return the one child of a `<switch>` that a browser shows."""
        drawn = (child for child in switch.children if " " not in child.name and not _is_only_for_some(child))
        return list(drawn)[:1]

    def _attributes(self, element: Element) -> Iterator[tuple[str, str]]:
        self._judge_events(element)
        old = element.attributes
        if "id" in old:
            yield "id", old["id"]
        if element.name in REFERRING and (address := old.get("href", old.get(_XLINK))) is not None:
            yield from self._reference(address.strip())
        for name, value in old.items():
            if name in GEOMETRY and not (name == "transform" and not value.strip()):
                yield name, shorter(value) if name == "d" else " ".join(value.split())
            elif name in PAINT:
                yield from self._paint(name, value)
            elif name == "filter":
                self.style.attribute(name, value)
        if "class" in old and (classes := self.style.classes(old["class"])):
            yield "class", classes
        if "style" in old and (declared := self.style.declarations(old["style"])):
            yield "style", _css(declared)

    def _paint(self, name: str, value: str) -> Iterator[tuple[str, str]]:
        """Return an attribute that is a style of its own."""
        if _PLAIN.fullmatch(value):
            yield name, " ".join(value.split())
        elif found := _PLAIN_REFERENCE.fullmatch(value):
            yield name, f"url(#{self._name_of(found[1])})"
        elif (kept := self.style.attribute(name, value)) is not None:
            yield name, kept

    def _reference(self, address: str) -> Iterator[tuple[str, str]]:
        if address.startswith("#"):
            yield "href", f"#{self._name_of(unquote(address[1:]))}"
        elif address:
            kind = "a `data:` address in" if re.match(r"data\s*:", address, re.IGNORECASE) else "a reference to something outside in"
            self.refuse(Matter.HARM, f'{kind} `href="{short(address)}"`')

    def _put_names(self, old: Element, new: Element) -> None:
        """Return the parts that are asked for their new names, and take all other names away."""
        there = set()
        for element in new.walk():
            name = element.attributes.pop("id", None)
            if name in self.names:
                element.attributes = {"id": self.names[name], **element.attributes}
                there.add(name)
        for element in old.walk():
            name = element.attributes.get("id")
            if name in self.names and name not in there and not self.faults:
                self.line = element.line
                self.refuse(Matter.OTHER_TOOLS, "a part that no browser draws, and that is used elsewhere")


def _is_only_for_some(element: Element) -> bool:
    """Whether a browser leaves an element out: it wants another program, or another language."""
    extensions, languages = element.attributes.get("requiredExtensions"), element.attributes.get("systemLanguage")
    english = languages is None or any(language.strip().lower().startswith("en") for language in languages.split(","))
    return not english or any(extension not in _SPOKEN for extension in (extensions or "").split())


def _css(declared: Declared) -> str:
    return ";".join(f"{name}:{value}{'!important' if important else ''}" for name, value, important in declared)
