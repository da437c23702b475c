"""Looks into a picture file: what it really is, and what an SVG holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

LARGEST = {"svg": 40_000, "png": 150_000, "webp": 150_000}
"""Bytes that a picture of each kind may have (contract, "What a page may not hold"); a kB is 1,000 bytes."""

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
_DEEPEST = 100
_OUTSIDE = re.compile(r"@import|@font-face|\bsrc\(|\bimage(?:-set)?\(|cross-fade\(|expression\(|\\", re.IGNORECASE)
_SUSPECT = re.compile(r"[:/\\@(]")
"""Without one of these signs, a style can name nothing: numbers and colours, which is most of a picture."""
_URL = re.compile(r"url\s*\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)


@dataclass
class Svg:
    """What stands in an SVG: its faults with their lines, and what the contract asks for."""

    broken: tuple[int, str] | None = None
    """The line and the reason where the file is not well-formed XML."""
    has_view_box: bool = False
    title: str = ""
    """The words of the first `<title>` straight under the root."""
    description: str = ""
    """The words of every `<desc>` straight under the root."""
    hostile: list[tuple[int, str]] = field(default_factory=list)
    """What may not stand in a picture: the line, and what it is."""
    cut_short: bool = False
    """Whether the reading ended early, because nothing after that place needs to be read."""


def kind_of(content: bytes) -> str:
    """Tell what a picture is by its content: "svg", "png", "webp" or "" for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower()
    return "svg" if head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doc")) or head[:2] in (b"\xff\xfe", b"\xfe\xff") else ""


def is_photo(content: bytes) -> bool:
    """Whether a file is a picture as cameras and phones write them: jpg, heic or avif; or a gif."""
    return content.startswith((b"\xff\xd8\xff", b"GIF8")) or content[4:8] == b"ftyp"


def content_of(path: Path, kind: str) -> bytes:
    """Read a picture, but no more than one byte over what its kind may have."""
    with path.open("rb") as file:
        return file.read(LARGEST.get(kind, 0) + 1)


@lru_cache(maxsize=32)
def svg_of(content: bytes) -> Svg:
    """Read an SVG with expat, which expands nothing here: a DOCTYPE ends the reading at once.

    Several rules ask for the same pictures of one page, so the last ones are kept.
    """
    reader = _SvgReader()
    return reader.read(content)


class _Stop(Exception):
    """Nothing after this place needs to be read."""


class _SvgReader:
    def __init__(self) -> None:
        self.svg = Svg()
        self.open: list[str] = []
        self.style: list[str] = []
        self.title_open = False
        self.description_open = False
        self.titles = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.XmlDeclHandler = self._declaration

    def read(self, content: bytes) -> Svg:
        try:
            self.parser.Parse(content, True)
        except _Stop:
            self.svg.cut_short = True
        except expat.ExpatError as error:
            self.svg.broken = (error.lineno, expat.ErrorString(error.code) or "not XML")
        except (ValueError, LookupError) as error:
            self.svg.broken = (1, str(error))
        return self.svg

    def _refuse(self, what: str) -> None:
        self.svg.hostile.append((self.parser.CurrentLineNumber, what))

    def _doctype(self, *_: object) -> None:
        self._refuse("a DOCTYPE")
        raise _Stop

    def _declaration(self, _: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf-16", "us-ascii", "iso-8859-1"):
            self._refuse(f"an encoding that programs read differently (`{_short(encoding)}`)")

    def _instruction(self, target: str, _: str) -> None:
        self._refuse(f"an instruction to a program (`<?{target}`)")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if not self.open and tag != f"{SVG} svg":
            self.svg.broken = (self.parser.CurrentLineNumber, f'the root is `{name}`, not an svg with xmlns="{SVG}"')
            raise _Stop
        if not self.open:
            self.svg.has_view_box = re.fullmatch(_FOUR_NUMBERS, attributes.get("viewBox", "")) is not None
        if len(self.open) >= _DEEPEST:
            self._refuse(f"more than {_DEEPEST} levels of nesting")
            raise _Stop
        self._judge_element(space, name)
        self.title_open = tag == f"{SVG} title" and len(self.open) == 1 and self.titles == 0
        self.titles += self.title_open
        self.description_open = tag == f"{SVG} desc" and len(self.open) == 1
        self.open.append(name)
        for key, value in attributes.items():
            self._judge_attribute(key.rpartition(" ")[2], value)

    def _end(self, _: str) -> None:
        if self.open.pop() == "style":
            self._judge_css("".join(self.style))
            self.style.clear()
        self.title_open = self.description_open = False

    def _words(self, words: str) -> None:
        if self.title_open:
            self.svg.title += words
        if self.description_open:
            self.svg.description += words
        if self.open and self.open[-1] == "style":
            self.style.append(words)

    def _judge_element(self, space: str, name: str) -> None:
        if name.lower() in ("script", "foreignobject", "handler", "listener", "iframe", "object", "embed"):
            self._refuse(f"a `{name}` element")
        elif space == XHTML:
            self._refuse(f"an HTML element (`{name}`)")

    def _judge_attribute(self, name: str, value: str) -> None:
        lower = name.lower()
        if lower.startswith("on"):
            self._refuse(f"an event attribute (`{name}`)")
        elif lower == "attributename" and re.match(r"(.*:)?(on|href$|src$)", _plain(value)):
            self._refuse(f"an animation that sets `{_short(value)}`")
        elif lower in ("href", "src", "base"):
            plain = _plain(value)
            if not plain.startswith("#"):
                what = "a `data:` address in" if plain.startswith("data:") else "a reference to something outside in"
                self._refuse(f'{what} `{name}="{_short(value)}"`')
        elif not (lower.startswith("aria-") or lower in _WORDS_ONLY):
            self._judge_css(value)

    def _judge_css(self, css: str) -> None:
        """Judge a style twice, with its remarks and without: a remark may hide an address, and a text may look like a remark."""
        if not _SUSPECT.search(css):
            return
        for text in (css, re.sub(r"/\*.*?(\*/|$)", "", css, flags=re.DOTALL)):
            outside = next((target for target in _URL.findall(text) if not target.startswith("#")), None)
            if "data:" in text.lower():
                self._refuse(f"a `data:` address in a style (`{_short(text)}`)")
            elif found := _OUTSIDE.search(text):
                self._refuse(f"a style that can bring in something else (`{_short(found[0])}`)")
            elif outside is not None or _ADDRESS.search(text):
                self._refuse(f"a reference to something outside (`{_short(text)}`)")
            else:
                continue
            return


_FOUR_NUMBERS = r"\s*[-+.0-9eE]+(?:[\s,]+[-+.0-9eE]+){3}\s*"
_WORDS_ONLY = ("id", "class", "role", "lang", "title", "label")
"""Attributes that hold words or names, never an address or a style."""
_ADDRESS = re.compile(r"(^|[;\s'\"])\s*((java|vb)script:|https?:|//)", re.IGNORECASE)


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x20]", "", text).lower()


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"
