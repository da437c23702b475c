"""A built site as its readers get it: its pages, their words, headings and links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from justhtml import JustHTML
from justhtml.dom import Element


def collapse_whitespace(text: str) -> str:
    """Return text with every run of white space as one space."""
    return " ".join(text.split())


def words(element: Element) -> str:
    """Return the words that an element holds, on one line."""
    return collapse_whitespace(element.to_text(separator=" ", strip=False, separator_blocks_only=True))


@dataclass(frozen=True)
class BuiltPage:
    """One page as it was built: its address under the site's root ("tips/"), and its HTML."""

    address: str
    file: Path

    @cached_property
    def html(self) -> str:
        """The file's text."""
        return self.file.read_text("utf-8")

    @cached_property
    def tree(self) -> JustHTML:
        """The page as a browser would read it, with the places where it had to guess."""
        return JustHTML(self.html, sanitize=False, collect_errors=True, track_node_locations=True)

    def all(self, selector: str) -> list[Element]:
        """Return the elements that a CSS selector picks, in order."""
        return self.tree.query(selector)

    def one(self, selector: str) -> Element:
        """Return the only element that a CSS selector picks."""
        (element,) = self.all(selector)
        return element

    @cached_property
    def ids(self) -> list[str]:
        """Every id on the page."""
        return [element.attrs["id"] or "" for element in self.all("[id]")]

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Every heading on the page, in order: its level and its words."""
        return [(int(element.name[1]), words(element)) for element in self.all("h1, h2, h3, h4, h5, h6")]

    def links(self, within: str = "body") -> list[str]:
        """Return where the links in a part of the page lead, seen from the site's root; whole for other sites."""
        return [self.leads_to(element.attrs["href"] or "") for element in self.all(f"{within} a[href]")]

    def leads_to(self, href: str) -> str:
        """Return where an address on this page leads, seen from the site's root; whole for other sites."""
        root = "http://here.test/"
        there = urljoin(urljoin(root, self.address), href)
        return there.removeprefix(root)


@dataclass(frozen=True)
class BuiltSite:
    """A folder with a built site, and the address that it was built for."""

    folder: Path
    home: str = ""

    @cached_property
    def addresses(self) -> list[str]:
        """The addresses in the sitemap, seen from the site's root: "" is the first page."""
        found = ElementTree.parse(self.folder / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
        return [(place.text or "").removeprefix(self.home) for place in found]

    @cached_property
    def pages(self) -> list[BuiltPage]:
        """Every page of the sitemap, and the page that is shown where there is none."""
        return [*map(self.page, self.addresses), self.page("404.html")]

    @cached_property
    def _read(self) -> dict[str, BuiltPage]:
        return {}

    def page(self, address: str) -> BuiltPage:
        """Return the page at an address; each is read once."""
        file = self.folder / address if address.endswith(".html") else self.folder / address / "index.html"
        return self._read.setdefault(address, BuiltPage(address, file))

    @cached_property
    def techniques(self) -> list[BuiltPage]:
        """The pages of techniques."""
        return [page for page in self.pages if page.address.startswith("techniques/") and page.address != "techniques/"]

    @cached_property
    def exercises(self) -> list[BuiltPage]:
        """The pages of exercises."""
        return [page for page in self.pages if page.address.startswith("exercises/")]

    @cached_property
    def guides(self) -> list[BuiltPage]:
        """The pages that show how something is done: techniques and exercises."""
        return [*self.techniques, *self.exercises]

    @cached_property
    def routines(self) -> list[BuiltPage]:
        """The pages of routines."""
        return [page for page in self.pages if page.address.startswith("routines/") and page.address != "routines/"]

    def lacks(self, place: str) -> str | None:
        """Say what is missing where a link leads (seen from the site's root); None where all is there."""
        address, anchor = urldefrag(place)
        path = self.folder / urlsplit(address).path
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            return f"{place}: no such page"
        if (
            anchor
            and "=" not in anchor
            and anchor not in self.page(file.relative_to(self.folder).as_posix().removesuffix("index.html")).ids
        ):
            return f"{place}: no such place on the page"
        return None
