"""Judges a picture, and gives what the site publishes in its place: the same picture, made anew.

Nothing that was sent is published as it came. A drawing is made anew from the elements and attributes of a still drawing, a photo from
its dots alone; the file, the copy inside a page and whatever else shows it are made from the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knee.pictures import bounds, visible
from knee.pictures.faults import Matter, PictureFault, joined_with_and
from knee.pictures.file import LARGEST, kind_of, text_of
from knee.pictures.movement import put_movement
from knee.pictures.private_data import mend_drawing, private_in_drawing
from knee.pictures.programs import mend_doctype, program_of
from knee.pictures.svg import Drawing, drawing_of
from knee.pictures.tree import DEEPEST, Document, Element, read, written
from knee.text.surroundings import CAN_DRAW

_IN_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*(px|pt|pc|mm|cm|in|)\s*")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_VIEW = re.compile(rf"\s*{_NUMBER}(?:\s*,\s*|\s+){_NUMBER}(?:\s*,\s*|\s+)({_NUMBER})(?:\s*,\s*|\s+)({_NUMBER})\s*")
_LONGEST = 10
"""How many times as long as the other one side of a picture may be."""
_SAVE_AGAIN = "save it again from the drawing program as plain SVG"


@dataclass(frozen=True)
class Judged:
    """A picture with its kind ("svg", "png", "webp"), all that is wrong with it, and what it says about itself."""

    kind: str
    content: bytes
    faults: tuple[PictureFault, ...] = ()
    file: str = ""
    """A drawing made anew, as a file; empty for a photo, and for what cannot be drawn."""
    inside: str = ""
    """The same without its own words, as it stands inside a page, which says them itself."""
    title: str = ""
    description: str = ""
    movement: str = ""
    """What kind of movement a drawing shows when a reader asks for it; empty where nothing moves."""

    @property
    def is_sound(self) -> bool:
        """Whether the picture, made anew, can be shown to everybody. It may still lack its words for those who cannot see it."""
        return bool(self.kind) and all(fault.matter is Matter.BROKEN and fault.what in (_NO_TITLE, _NO_VIEW) for fault in self.faults)

    @cached_property
    def published(self) -> bytes | None:
        """The file that the site publishes; None where the picture is refused."""
        return self._anew() if self.is_sound else None

    @property
    def cleaned(self) -> bytes | None:
        """The picture without what it tells of its maker, and without its DOCTYPE; None where more is wrong with it than that."""
        can_go = (_NO_TITLE, _NO_VIEW, _DOCTYPE)
        can_be_cleaned = all(fault.matter is Matter.PRIVATE or fault.what in can_go for fault in self.faults)
        return self._anew() if self.kind and can_be_cleaned else None

    def _anew(self) -> bytes:
        if self.file:
            return f"{self.file}\n".encode()
        if not CAN_DRAW:
            return self.content
        from knee.pictures.photo import written_anew

        return written_anew(self.content, self.kind)

    @property
    def drawing(self) -> str | None:
        """A sound drawing as it stands inside a page; None for any other picture."""
        return self.inside if self.inside and self.is_sound else None


@lru_cache(maxsize=2048)
def judged(content: bytes) -> Judged:
    """Judge a picture by its content. Rules, pages and files ask for the same pictures, so the last ones are kept."""
    kind = kind_of(content)
    if not kind or len(content) > LARGEST[kind]:
        return Judged("", content)
    if kind == "svg":
        return _judged_svg(content)
    if not CAN_DRAW:
        return Judged(kind, content)
    from knee.pictures.photo import faults_of

    return Judged(kind, content, tuple(faults_of(content, kind)))


_NO_TITLE = "the svg has no <title> with words straight under its root"
_DOCTYPE = "the svg holds a DOCTYPE"
_NO_VIEW = "the svg has no viewBox of 4 numbers"


def _judged_svg(content: bytes) -> Judged:
    text, document = text_of(content), read(content)
    drawing = drawing_of(document, text)
    faults = [*_faults_of_the_file(document, text), *drawing.faults]
    if found := private_in_drawing(text):
        what = f"the svg holds {joined_with_and(list(found))}, and everybody can read it in the project"
        faults.append(PictureFault(Matter.PRIVATE, min(found.values()), what, mend_drawing(program_of(text), found)))
    if document.root and not document.broken:
        faults += _faults_of_the_root(document, drawing)
    if drawing.root and all(fault.what == _NO_TITLE for fault in faults):
        faults += _faults_as_drawn(drawing.root, document.root)
    movement = ""
    if drawing.root and all(fault.what == _NO_TITLE for fault in faults):
        movement, wrong = put_movement(drawing.root)
        faults += wrong
    faults.sort(key=lambda fault: fault.line)
    file, inside = (written(drawing.root), written(drawing.root, in_page=True)) if drawing.root else ("", "")
    return Judged("svg", content, tuple(faults), file, inside, drawing.title, drawing.description, movement)


def _faults_of_the_file(document: Document, text: str) -> list[PictureFault]:
    faults = []
    if document.broken:
        line, why = document.broken
        faults.append(PictureFault(Matter.BROKEN, line, f"the svg is not well-formed: {why}", _SAVE_AGAIN))
    if document.doctype:
        mend = mend_doctype(program_of(text), document.doctype, has_entities=document.has_entities)
        faults.append(PictureFault(Matter.HARM, document.doctype[0], _DOCTYPE, mend))
    if document.style_sheet:
        what = "the svg holds an instruction to a program (`<?xml-stylesheet`)"
        faults.append(PictureFault(Matter.HARM, document.style_sheet, what, "take it out, or save the drawing again as plain SVG"))
    if document.too_deep:
        what, mend = f"the svg holds more than {DEEPEST} levels of nesting", "ungroup its parts, and save it again"
        faults.append(PictureFault(Matter.HEAVY, document.too_deep, what, mend))
    return faults


def _faults_of_the_root(document: Document, drawing: Drawing) -> list[PictureFault]:
    """Tell what the root of a drawing does not say."""
    root, faults = document.root, []
    assert root is not None
    view = _VIEW.fullmatch(root.attributes.get("viewBox", ""))
    if not view or not float(view[1]) > 0 or not float(view[2]) > 0:
        numbers = _numbers_of(root)
        mend = f'write the size of the drawing into the root, beside <svg: viewBox="{numbers}"'
        if not numbers:
            mend = 'write the width and height of the drawing into the root, beside <svg, for example viewBox="0 0 480 360"'
        if "viewBox" in root.attributes:
            mend = mend.replace("beside <svg", "in the place of the viewBox that is there")
        faults.append(PictureFault(Matter.BROKEN, root.line, _NO_VIEW, mend))
    elif not 1 / _LONGEST <= float(view[1]) / float(view[2]) <= _LONGEST:
        what = f"one side of the svg's viewBox is more than {_LONGEST} times as long as the other"
        faults.append(PictureFault(Matter.BROKEN, root.line, what, "make the page of the drawing about 4 to 3, and save it again"))
    if not drawing.title:
        name, root_name = f"{document.prefix}title", f"{document.prefix}svg"
        mend = (
            f"open it in a text editor, and add <{name}>What the picture shows</{name}> straight after the > that ends <{root_name}; "
            "or in Inkscape fill in File > Document Properties > Metadata > Title, and save it; then upload the new file"
        )
        faults.append(PictureFault(Matter.BROKEN, root.line, _NO_TITLE, mend))
    return faults


def _numbers_of(root: Element) -> str:
    """Return the numbers of a viewBox by the width and height of a drawing; empty where it does not say them."""
    found = [_LENGTH.fullmatch(root.attributes.get(name, "")) for name in ("width", "height")]
    sides = [float(length[1]) * _IN_PIXELS[length[2]] for length in found if length]
    return f"0 0 {sides[0]:.6g} {sides[1]:.6g}" if len(sides) == 2 and all(sides) else ""


def _faults_as_drawn(root: Element, source: Element | None) -> list[PictureFault]:
    """Tell what is wrong with a drawing once it is drawn."""
    line = source.line if source else 1
    try:
        bounds.judge(root)
    except bounds.TooMuch as found:
        mend = "draw it with fewer parts and copies, or send it as a png"
        return [PictureFault(Matter.HEAVY, line, f"the svg unfolds to too much for a phone: {found}", mend)]
    if not CAN_DRAW:
        return []
    view = _VIEW.fullmatch(root.attributes.get("viewBox", ""))
    height = max(round(visible.WIDTH * float(view[2]) / float(view[1])), 1) if view else visible.WIDTH
    drawing = written(root, in_page=True)
    if visible.shows_at_a_glance(drawing, height):
        return []
    image = visible.drawn(drawing, height)
    if image is None or not visible.shows_something(image):
        what = "there is nothing to see inside the svg's viewBox"
        mend = "draw something, or make the page of the drawing as large as what is drawn on it, and save it again"
        if image is not None and visible.shows_something(image, "black"):
            what = "the svg is drawn in white, and cannot be seen on the light ground behind it"
            mend = "draw it in dark colours, and save it again"
        return [PictureFault(Matter.EMPTY, line, what, mend)]
    return []
