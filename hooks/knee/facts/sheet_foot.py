"""A page as a sheet of paper: the version that stands on it, and its address as a QR code."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache

from knee.contract.page import Page
from knee.facts.routine import Routine
from knee.facts.technique import Technique

QR_EDGE = 4
"""The white edge that a QR code needs on every side, in modules (ISO/IEC 18004)."""
QR_SCALE = 2
"""Dots a module: a printer that smooths small pictures then blurs no more than the modules' edges."""


@dataclass(frozen=True)
class Sheet:
    """What stands at the foot of a printed page. `address` and `qr` are empty where nobody said where the site stands."""

    version: str
    address: str
    qr: str
    """The QR code as an address that holds the picture itself."""


def sheet_of(words: str, reviewed: str, address: str) -> Sheet:
    """Return the foot of a page's sheet. The version changes with the words that are printed, and with nothing else."""
    print_of_words = hashlib.sha256(words.encode()).hexdigest()[:4]
    return Sheet(", ".join(filter(None, [reviewed, print_of_words])), address, qr_code(address) if address else "")


def words_on_sheet(page: Page, shown: Technique | Routine | None) -> str:
    """Return all that the sheet of a technique or a routine says: its words and facts, not the sections that are not printed."""
    return json.dumps([page.digest, *(_facts(shown) if shown else [])], ensure_ascii=False)


def _facts(shown: Technique | Routine) -> list[object]:
    facts = [shown.positions, shown.minutes, shown.each_leg, shown.often, shown.pressure, shown.equipment]
    return [shown.title, shown.lead, *facts, *([shown.pain] if shown.pain else [])]


@cache
def qr_code(address: str) -> str:
    """Return an address as a QR code that still reads with a crease or a smudge on it: a `data:` address of a small picture."""
    import segno  # takes longer to load than many pages to read, and is of use only where the site has an address

    return segno.make(address, error="m", micro=False).png_data_uri(scale=QR_SCALE, border=QR_EDGE)
