"""The programs in which people draw: how to tell their files, and where in them something is mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knee.pictures.faults import Matter


@dataclass(frozen=True)
class Program:
    """A program that draws: its name as its users know it, and where in it something is done."""

    name: str = ""
    sign: str = ""
    """A pattern that only files of this program hold."""
    no_effects: str = ""
    no_photo: str = ""
    plain: str = ""
    """How to save a drawing with the least that the program can write."""
    no_doctype: str = ""
    no_names: str = ""
    """How to take out who drew it."""
    no_folders: str = ""

    @property
    def where(self) -> str:
        """Return " in Inkscape" and the like."""
        return f" in {self.name}" if self.name else ""


_INKSCAPE_PLAIN = "choose File > Save a Copy, and as the type Plain SVG"
_PROGRAMS = (
    Program(
        "Excalidraw",
        r"excalidraw",
        plain="choose Export image with Embed scene off, then SVG",
        no_names="choose Export image with Embed scene off, then SVG",
    ),
    Program(
        "draw.io",
        r"mxfile|drawio|diagrams\.net|mxgraph",
        no_effects="select the part, and turn off Shadow, Glass and Sketch under Style",
        plain="choose File > Export as > SVG, and turn off Include a copy of my diagram",
        no_names="choose File > Export as > SVG, and turn off Include a copy of my diagram",
        no_folders="choose File > Export as > SVG, and turn off Include a copy of my diagram",
    ),
    Program(
        "Inkscape",
        r"inkscape|sodipodi",
        no_effects="select the part, and choose Filters > Remove Filters",
        plain=_INKSCAPE_PLAIN,
        no_doctype=_INKSCAPE_PLAIN,
        no_names="empty every field but Title in File > Document Properties > Metadata, and save it",
        no_folders=_INKSCAPE_PLAIN,
    ),
    Program(
        "Illustrator",
        r"Adobe Illustrator|ns\.adobe\.com/AdobeIllustrator",
        no_effects="select the part, and delete its effects under Window > Appearance",
        plain="choose File > Export > Export As, the type SVG, and Styling: Presentation Attributes",
        no_doctype="choose File > Export > Export As and the type SVG, not Save As",
        no_names="empty the fields of File > File Info, and choose File > Export > Export As and the type SVG, not Save As",
        no_folders="choose File > Export > Export As and the type SVG, not Save As",
    ),
    Program(
        "Affinity",
        r"serif\.com",
        no_effects="select the layer, and turn everything off under Layer Effects",
        plain="choose Export, SVG, and Rasterise: Nothing",
        no_names="empty the fields of the Metadata panel, and export it again",
    ),
    Program("CorelDRAW", r"coreldraw|CorelCorpID", plain="choose File > Export, SVG, and Styling options: Presentation attributes"),
    Program("Sketch", r"Generator: Sketch|bohemiancoding", no_effects="select the layer, and delete its shadows and blurs on the right"),
    Program(
        "PowerPoint",
        r"MSFontService|<svg[^>]*\soverflow=\"hidden\"[^>]*><defs><clipPath id=\"clip0\"",
        no_effects="select the shape, and choose Shape Format > Shape Effects, then No Shadow",
        no_photo="delete the photo, select the shapes, and choose Save as Picture with a right click",
    ),
    Program("Canva", r"zoomAndPan=\"magnify\"", no_effects="select the part, choose Edit, and take its effects off"),
    Program(
        "potrace",
        r"Created by potrace",
    ),
    Program(
        "Figma",
        r"data-figma|id=\"(?:clip0|paint0_(?:linear|radial)|filter0_[a-z]+|mask0|pattern0|image0)_",
        no_effects="select the layer, and delete its Effects",
    ),
)
_EFFECTS = "take the effect off{where}, and save the drawing again"
_PHOTO = "delete the photo{where}, and save the drawing again; a photo alone can be sent as WebP"
_PLAIN = "save it anew as plain SVG, or as png"
_TAKE_OUT = "take it out, or save the drawing again as plain SVG"
_WORDS = "delete the words{where}, save the drawing again, and say on the page what they said"
_STILL = "take the animation out{where}, and save the drawing again as a still picture"


@lru_cache(maxsize=1)
def program_of(text: str) -> Program:
    """Tell by the text of an svg in which program it was drawn; a program without a name where none is known.

    It takes a search for each program, so it is asked only where something is to be mended, and then for every fault.
    """
    return next((program for program in _PROGRAMS if re.search(program.sign, text, re.IGNORECASE)), Program())


def mend_for(program: Program, matter: Matter, what: str) -> str:
    """Say how to mend a fault in the program that the drawing comes from."""
    if matter is Matter.WORDS:
        return _WORDS.format(where=program.where)
    if matter is Matter.MOVES:
        return _STILL.format(where=program.where)
    if "foreignObject" in what:  # Figma writes the blur of what lies behind in this way
        return _in(program, program.no_effects) or _TAKE_OUT
    if "effect" in what:
        return _in(program, program.no_effects) or _EFFECTS.format(where=program.where)
    if "photo" in what:
        return _in(program, program.no_photo) or _PHOTO.format(where=program.where)
    if matter is Matter.OTHER_TOOLS:
        return _in(program, program.plain) or _PLAIN
    return _TAKE_OUT


def mend_doctype(program: Program, lines: tuple[int, int], *, has_entities: bool) -> str:
    """Say how a drawing is saved without a DOCTYPE on these lines."""
    first, last = lines
    by_hand = f"delete it, from `<!DOCTYPE` to its `>`{f' on line {last}' if last > first else ''}"
    if has_entities or program.no_doctype:
        in_program = _in(program, program.no_doctype) or _PLAIN
        return in_program if has_entities else f"{by_hand}, or {in_program}"
    return by_hand


def save_plain(program: Program) -> str:
    """Say how a drawing is saved with the least that its program can write; empty where the program is not known."""
    return _in(program, program.plain)


def _in(program: Program, action: str) -> str:
    return action and f"in {program.name} {action}; then upload the new file"
