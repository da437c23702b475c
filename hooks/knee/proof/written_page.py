"""What the HTML of a technique's or a routine's page holds, read anew from the file that was written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knee.contract.site_context import HELP_PAGE

PARTS = ("do-not", "stop")
"""How the parts of a safety note are named in its card, in their order."""


def without_spaces(words: str) -> str:
    """Return words as they are compared: HTML and Markdown part blocks with different white space."""
    return "".join(words.split())


@dataclass(frozen=True)
class WrittenPage:
    """One page of a built site. `address` is its folder, seen from the site's root: "techniques/calf-stroke"."""

    address: str
    html: str

    @classmethod
    def at(cls, site: Path, address: str) -> WrittenPage | None:
        """Read a page of a built site; None where it was not written."""
        file = site / address / "index.html"
        return cls(address, file.read_text("utf-8")) if file.is_file() else None

    @cached_property
    def _page(self) -> LexborNode:
        found = LexborHTMLParser(self.html).css_first(".page")
        return found if found is not None else LexborHTMLParser("<p>").root  # type: ignore[return-value]

    def words(self, selector: str) -> list[str]:
        """Return the words of each element that a CSS selector picks, in order."""
        return [without_spaces(node.text(deep=True)) for node in self._page.css(selector)]

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id stands on the page."""
        return Counter(node.attributes.get("id") or "" for node in LexborHTMLParser(self.html).css("[id]"))

    @property
    def pictures(self) -> list[str]:
        """The words of each picture for those who cannot see it."""
        return [without_spaces(picture.attributes.get("alt") or "") for picture in self._page.css("img[src]")]

    def safety_items(self, part: str) -> list[str]:
        """Return the words of each item in a part of the safety note."""
        return self.words(f".safety-card__part--{part} > ul > li, .safety-card__part--{part} > ol > li")

    def safety_words(self, part: str) -> str:
        """Return all the words of a part of the safety note, with its heading."""
        return "".join(self.words(f".safety-card__part--{part}"))

    @property
    def safety_also(self) -> str:
        """The words of the safety note that stand in neither part."""
        return "".join(self.words(".safety-card > :not(h2, .safety-card__part)"))

    @property
    def ways_to_help(self) -> list[str]:
        """The words of each link in the safety note that leads to the page with the signs that need help."""
        help_page = HELP_PAGE.with_suffix("").as_posix()
        links = self._page.css(".safety-card a[href]")
        there = (link for link in links if self._leads_to(link) in (help_page, f"{help_page}/index.html"))
        return [without_spaces(_with_alts(link)) for link in there]

    def _leads_to(self, link: LexborNode) -> str:
        return normpath(join(self.address, urldefrag(link.attributes.get("href") or "").url))

    @property
    def steps(self) -> list[list[tuple[str, int | None]]]:
        """The steps of each part that is followed: their words with all that belongs to them, and their seconds on the clock."""
        return [[_step(item) for item in card.css("section > ol > li")] for card in self._page.css("section.steps")]


def _step(item: LexborNode) -> tuple[str, int | None]:
    seconds = item.attributes.get("data-seconds") or ""
    return without_spaces(item.text(deep=True)), int(seconds) if seconds.isdigit() else None


def _with_alts(link: LexborNode) -> str:
    return link.text(deep=True) + "".join(picture.attributes.get("alt") or "" for picture in link.css("img"))
