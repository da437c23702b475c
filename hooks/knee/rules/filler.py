"""The rule about words that were left for later, wherever a reader would see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from knee.contract.models import shown_texts
from knee.contract.page import Page
from knee.rules.registry import Finding, rule
from knee.text.reading import collapse_whitespace

_DOTS = re.compile(r"[.…\s]+")
_NOTHING = re.compile(r"(?:n\.?\s?/?\s?a|etc|none|nothing|nil|as above|see above|and so on)\.?", re.IGNORECASE)
_FILLER = re.compile(r"\b(?:todo|tbd|fixme|lorem\s+ipsum|x{3,})\b", re.IGNORECASE)


@rule("KE319")
def filler(page: Page) -> Iterator[Finding]:
    """No filler is left: TODO, TBD, FIXME, lorem ipsum, xxx, or an item of nothing but dots or `N/A`.

    Why: a reader would see it.
    """
    told: set[int] = set()
    for line, text in _seen_by_readers(page):
        if found := _FILLER.search(text):
            line = _line_with(page, line, found[0])
            if line not in told:
                told.add(line)
                yield Finding(line, f"`{collapse_whitespace(found[0])}` is left in the page", "write the real words, or take it out")
    for block, after in pairwise(page.preview.blocks):
        if block.kind == "item" and after.kind == "paragraph" and _DOTS.fullmatch(after.text) and after.line not in told:
            yield Finding(after.line, "this item is nothing but dots", "write the item, or delete the line")
        elif block.kind == "item" and after.kind == "paragraph" and _NOTHING.fullmatch(collapse_whitespace(after.text)):
            yield Finding(after.line, f"the item `{collapse_whitespace(after.text)}` says nothing", "write the item, or delete the line")
    for path, name, words in _words_in_svgs(page):
        if found := _FILLER.search(words):
            line = 1 + path.read_bytes().partition(f"<{name}".encode())[0].count(b"\n")
            yield Finding(line, f"the svg's <{name}> holds `{collapse_whitespace(found[0])}`", "write what the picture shows", path)


def _seen_by_readers(page: Page) -> Iterator[tuple[int, str]]:
    for block in page.preview.blocks:
        if block.kind != "html":
            yield block.line, block.text
    yield from ((link.line, link.title) for link in page.preview.links)
    yield from ((picture.line, picture.title) for picture in page.preview.pictures)
    if page.front:
        for key, text in shown_texts(page.front):
            yield page.front.line_of(key), text


def _words_in_svgs(page: Page) -> Iterator[tuple[Path, str, str]]:
    """Return each drawing that the page shows, with the names of its elements of words and what they hold."""
    for path, drawing in page.judged_pictures.items():
        yield path, "title", drawing.title
        yield path, "desc", drawing.description


def _line_with(page: Page, start: int, words: str) -> int:
    """Return the line of a paragraph on which the words stand, or begin."""
    number, first = start, words.split()[0]
    while page.line(number).strip():
        if first in page.line(number):
            return number
        number += 1
    return start
