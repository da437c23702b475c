"""What came out of a printer: the letters of a PDF, how large they are, and whether a reader can read each of them."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image

from .tab import MARGINS

DOTS = 144
"""Dots an inch of the picture of a sheet."""
DARK, PALE = 110, 150
"""Of 255: a dot up to DARK is ink; words whose darkest dot is over PALE can hardly be read."""
A_LITTLE = 1.5
"""Millimetres that a letter's box may stand out of the sheet's margins: a box is larger than its letter."""
WORN = 8
"""Millimetres: a line of words shorter than this can be dark all along by itself ("1", "•")."""
MM = 72 / 25.4
BROKEN_AT = 2
"""How pdfium gives a hyphen at the end of a line."""


@dataclass(frozen=True)
class Letter:
    """One letter: its box in points from the sheet's lower left corner, its baseline, and its size in points."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float
    baseline: float
    points: float


@dataclass
class Row:
    """Letters on one baseline."""

    letters: list[Letter] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(letter.sign for letter in self.letters).strip()

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        seen = [letter for letter in self.letters if letter.sign.strip()]
        return (
            min(one.left for one in seen),
            min(one.bottom for one in seen),
            max(one.right for one in seen),
            max(one.top for one in seen),
        )


def bare(text: str) -> str:
    """Return text without spaces, bullets and joined letters: those are the paper's business."""
    return re.sub(r"[\s•\u00ad\u200b\ufffe\x00-\x1f]+", "", unicodedata.normalize("NFKC", text))


class Side:
    """One printed side."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.across, self.along = page.get_size()

    @cached_property
    def letters(self) -> list[Letter]:
        """Its letters, in the order in which a program reads them aloud."""
        return list(_letters(self._page))

    @cached_property
    def picture(self) -> Image.Image:
        """What is seen of it, in grey."""
        return self._page.render(scale=DOTS / 72, grayscale=True).to_pil()

    @cached_property
    def text(self) -> str:
        """Its words, without spaces."""
        return bare("".join(letter.sign for letter in self.letters))

    @cached_property
    def rows(self) -> list[Row]:
        """Its letters by baseline, those on the same one side by side."""
        rows: dict[int, Row] = {}
        for letter in self.letters:
            if letter.sign.strip() and letter.right > letter.left:
                rows.setdefault(round(letter.baseline), Row()).letters.append(letter)
        return [part for row in rows.values() for part in _parts(row)]

    def faults(self) -> Iterator[str]:
        """Say which words a reader cannot read whole: cut by the sheet's edge, crossed by a line, or pale."""
        for row in self.rows:
            left, bottom, right, top = row.box
            over = A_LITTLE * MM
            if bottom < MARGINS["bottom"] * MM - over or top > self.along - MARGINS["top"] * MM + over:
                yield f"cut at the edge: {row.text}"
            if left < MARGINS["left"] * MM - over or right > self.across - MARGINS["right"] * MM + over:
                yield f"runs out of the sheet: {row.text}"
            yield from self._faults_of_ink(row)

    def _faults_of_ink(self, row: Row) -> Iterator[str]:
        left, bottom, right, top = (edge * DOTS / 72 for edge in row.box)
        height = self.picture.height
        words = self.picture.crop((int(left), int(height - top), int(right) + 1, int(height - bottom) + 1))
        dark = words.point(lambda dot: 255 if dot <= DARK else 0)
        if words.getextrema()[0] > PALE:
            yield f"pale: {row.text}"
        if words.width >= WORN * DOTS / 25.4 and _has_line(dark):
            yield f"crossed by a line: {row.text}"

    @cached_property
    def codes(self) -> list[str]:
        """What the QR codes on it say, as a phone reads them."""
        return [found.text for found in zxingcpp.read_barcodes(self.picture)]


def _has_line(dark: Image.Image) -> bool:
    """Tell whether ink runs through a picture from its left to its right: letters have white between them, a line has none."""
    edge = dark.height // 8  # what only touches the tail of a letter crosses nothing
    inner = dark.crop((0, edge, dark.width, dark.height - edge))
    rows = inner.resize((1, inner.height), Image.Resampling.BOX)
    return rows.getextrema()[1] > 255 * 0.97


def _parts(row: Row) -> Iterator[Row]:
    """Part what stands side by side on one baseline, as the facts and the code's words do."""
    part = Row()
    for letter in sorted(row.letters, key=lambda one: one.left):
        if part.letters and letter.left - part.letters[-1].right > 3 * letter.points:
            yield part
            part = Row()
        part.letters.append(letter)
    yield part


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    for place in range(text.count_chars()):
        pdfium.FPDFText_GetCharBox(text.raw, place, left, right, bottom, top)
        pdfium.FPDFText_GetMatrix(text.raw, place, matrix)
        pdfium.FPDFText_GetCharOrigin(text.raw, place, x, y)
        points = pdfium.FPDFText_GetFontSize(text.raw, place) * sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        code = pdfium.FPDFText_GetUnicode(text.raw, place)
        sign = "-" if code == BROKEN_AT else chr(code)
        yield Letter(sign, left.value, bottom.value, right.value, top.value, y.value, points)


class Print:
    """A printed PDF."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)
        self.sides = [Side(page) for page in self._document]

    @property
    def texts(self) -> list[str]:
        """The words of each side, without spaces."""
        return [side.text for side in self.sides]

    @property
    def text(self) -> str:
        """Every word of it, without spaces."""
        return "".join(self.texts)

    @cached_property
    def sizes(self) -> Counter[float]:
        """How many letters there are of each size, in points."""
        return Counter(round(letter.points, 1) for side in self.sides for letter in side.letters if letter.sign.strip())

    def below(self, points: float) -> str:
        """Return the letters that are smaller than so many points."""
        return bare("".join(letter.sign for side in self.sides for letter in side.letters if round(letter.points, 1) < points))

    @property
    def smallest(self) -> float:
        """The smallest letter."""
        return min(self.sizes)

    @property
    def usual(self) -> float:
        """The size of most letters."""
        return self.sizes.most_common(1)[0][0]

    def faults(self) -> list[str]:
        """Say which words a reader cannot read whole, and on which side."""
        return [f"side {number}: {fault}" for number, side in enumerate(self.sides, 1) for fault in side.faults()]
