"""A page as a sheet of paper: the version that stands on it, and its address as a QR code. Imports knee.page and knee.paper."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import groupby

import segno

from knee.page import Page
from knee.paper import AFTERWARDS
from knee.technique import Technique, technique_of

QR_EDGE = 4
"""The white edge that a QR code needs on every side, in modules (ISO/IEC 18004)."""


@dataclass(frozen=True)
class QrCode:
    """A QR code to draw: how many modules wide it is with its white edge, and its dark modules as one svg path."""

    size: int
    path: str


@dataclass(frozen=True)
class Sheet:
    """What stands at the foot of a printed page. `address` and `qr` are empty where nobody said where the site stands."""

    version: str
    address: str
    qr: QrCode | None
    afterwards: str = AFTERWARDS


def sheet_of(words: str, reviewed: str, address: str) -> Sheet:
    """Give the foot of a page's sheet. The version changes with the words that are printed, and with nothing else."""
    print_of_words = hashlib.sha256(words.encode()).hexdigest()[:4]
    return Sheet(", ".join(filter(None, [reviewed, print_of_words])), address, qr_code(address) if address else None)


def words_on_sheet(page: Page) -> str:
    """Give all that a technique's sheet says: its words and facts, not the sections that are not printed."""
    technique = technique_of(page)
    return json.dumps([page.digest, *(_facts(technique) if technique else [])], ensure_ascii=False)


def _facts(technique: Technique) -> list[object]:
    facts = [technique.positions, technique.minutes, technique.each_leg, technique.often, technique.pressure, technique.equipment]
    return [technique.title, technique.lead, *facts]


def qr_code(address: str) -> QrCode:
    """Give an address as a QR code that still reads with a crease or a smudge on it."""
    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=QR_EDGE)]
    lines = (_line(y, row) for y, row in enumerate(rows))
    return QrCode(len(rows), "".join(lines))


def _line(y: int, row: bytes) -> str:
    """Draw the dark runs of one row."""
    drawn, x = "", 0
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            drawn += f"M{x} {y}h{width}v1h-{width}z"
        x += width
    return drawn
