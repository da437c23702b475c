"""Reads an svg into a plain tree, and writes one. What may stand in it is for knee.pictures.svg."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from knee.pictures.file import text_of

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
DEEPEST = 100
"""Levels of elements in one another; more could stop a program that reads them one inside the other."""
_LONGEST_ENTITY = 200
"""Signs of an entity's value. Illustrator's hold an address; more, or one inside another, could be blown up without end."""
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)


@dataclass
class Element:
    """One element: its name (with its namespace before it, where that is not svg's), and what it holds."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    """By their names; those of a namespace have it before them: "http://www.w3.org/1999/xlink href"."""
    line: int = 0
    children: list[Element] = field(default_factory=list)
    text: str = ""
    """The text straight in it, joined over whatever stands between."""
    part: str = ""
    """The name by which the drawing kit knows it, where its maker gave it one (knee.pictures.movement)."""
    track: str = ""
    """How it moves when a reader asks for that: a kind and numbers, and nothing else."""
    is_unseen: bool = False
    """Whether it only says where something goes, and nothing of it is painted: a page does without it."""

    def walk(self) -> Iterator[Element]:
        """Return the element and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def words(self) -> str:
        """All the text in it, on one line."""
        return " ".join(" ".join(element.text for element in self.walk()).split())


@dataclass
class Document:
    """An svg as it was read."""

    root: Element | None = None
    broken: tuple[int, str] | None = None
    """The line and the reason where it is not well-formed XML."""
    doctype: tuple[int, int] | None = None
    """The first and last line of the DOCTYPE."""
    has_entities: bool = False
    style_sheet: int = 0
    """The line of an instruction that brings in a style sheet; 0 where there is none."""
    too_deep: int = 0
    """The line where the elements stand too deep in one another; 0 where they do not."""
    prefix: str = ""
    """What stands before the names of svg's own elements: "svg:" or nothing."""


class _Stop(Exception):
    """Nothing after this place needs to be read."""


def read(content: bytes) -> Document:
    """Read an svg with expat, which fetches nothing."""
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except _Stop:
        pass
    except expat.ExpatError as error:
        reader.document.broken = (error.lineno, expat.ErrorString(error.code) or "not XML")
    except (ValueError, LookupError) as error:
        reader.document.broken = (1, str(error))
    if reader.document.doctype:
        found = _DOCTYPE.search(text := text_of(content))
        first = text.count("\n", 0, found.start()) + 1 if found else 1
        reader.document.doctype = (first, reader.document.doctype[1])
    return reader.document


class _Reader:
    def __init__(self) -> None:
        self.document = Document()
        self.open: list[Element] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.namespace_prefixes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EndDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction

    def _doctype(self, *_: object) -> None:
        self.document.doctype = (self.parser.CurrentLineNumber, self.parser.CurrentLineNumber)

    def _entity(self, _: str, is_parameter: bool, value: str | None, *__: object) -> None:
        self.document.has_entities = True
        if is_parameter or value is None or "&" in value or len(value) > _LONGEST_ENTITY:
            raise _Stop

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet" and not self.open:
            self.document.style_sheet = self.document.style_sheet or self.parser.CurrentLineNumber

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, name, prefix = _taken_apart(tag)
        line = self.parser.CurrentLineNumber
        if not self.open:
            self.document.prefix = f"{prefix}:" if prefix else ""
            if (space, name) != (SVG, "svg"):
                self.document.broken = (line, f'the root is `{name}`, not an svg with xmlns="{SVG}"')
                raise _Stop
        if len(self.open) >= DEEPEST:
            self.document.too_deep = line
            raise _Stop
        own = {" ".join(filter(None, _taken_apart(key)[:2])): value for key, value in attributes.items()}
        element = Element(name if space == SVG else f"{space} {name}", own, line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.document.root = element
        self.open.append(element)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text


def _taken_apart(tag: str) -> tuple[str, str, str]:
    """Return the namespace, name and prefix of a name as expat writes it."""
    parts = tag.split(" ")
    return ("", tag, "") if len(parts) == 1 else (parts[0], parts[1], parts[2] if len(parts) > 2 else "")


def written(root: Element, *, in_page: bool = False) -> str:
    """Write a tree as an svg, on one line: as a file, or as it stands in a page.

    The page says the title and the description itself. It gets how parts move; the file has the names that this is worked out from.
    """
    return "".join(_parts(root, f' xmlns="{SVG}"', in_page))


def _parts(element: Element, more: str, in_page: bool) -> Iterator[str]:
    yield f"<{element.name}{more}"
    if element.part and not in_page and "id" not in element.attributes:
        yield f' id="{element.part}"'
    if element.track:
        yield f' data-way="{element.track}"'
    for name, value in element.attributes.items():
        yield f' {name}="{_escaped_xml(value)}"'
    children = [child for child in element.children if not in_page or not (child.is_unseen or child.name in ("title", "desc"))]
    if not children and not element.text:
        yield "/>"
        return
    yield ">"
    yield _escaped_xml(element.text)
    for child in children:
        yield from _parts(child, "", in_page)
    yield f"</{element.name}>"


def _escaped_xml(text: str) -> str:
    """Return text as it can stand between tags and in an attribute between double quotes."""
    for sign, code in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;"), ("\r", "&#13;"), ("\t", "&#9;")):
        text = text.replace(sign, code)
    return text
