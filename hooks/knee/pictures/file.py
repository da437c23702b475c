"""Looks at a picture file from outside: what it really is, and how much of it is read."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

LARGEST = {"svg": 40_000, "png": 150_000, "webp": 150_000}
"""Bytes that a picture of each kind may have (contract, "What a page may not hold"); a kB is 1,000 bytes."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(content: bytes) -> str:
    """Tell what a picture is by its content: "svg", "png", "webp" or "" for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower()
    is_svg = head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doc")) or head[:2] in _UTF_16
    return "svg" if is_svg or re.match(rb"<[\w.-]+:svg[\s>]", content.lstrip(b"\xef\xbb\xbf \t\r\n")[:80]) else ""


def is_photo(content: bytes) -> bool:
    """Whether a file is a picture as cameras and phones write them: jpg, heic or avif; or a gif."""
    return content.startswith((b"\xff\xd8\xff", b"GIF8")) or content[4:8] == b"ftyp"


def content_of(path: Path, kind: str) -> bytes:
    """Read a picture, but no more than one byte over what its kind may have."""
    with path.open("rb") as file:
        return file.read(LARGEST.get(kind, 0) + 1)


def text_of(content: bytes) -> str:
    """Return the text of an svg, whatever its encoding: good enough to find words in it, not to draw it."""
    encoding = "utf-16" if content[:2] in _UTF_16 else "utf-8-sig"
    return content.decode(encoding, errors="replace")
