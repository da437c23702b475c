"""What surrounds a page: the site's files, the known sources, today's date."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import yaml
from markdown.extensions.toc import slugify, unique

from knee.contract.bibliography import Bibliography
from knee.contract.search_words import NAME as SEARCH_WORDS
from knee.contract.search_words import SearchWords
from knee.text import front_matter
from knee.text.preview import read_preview
from knee.text.reading import Block, Reading
from knee.text.source import LARGEST_PAGE, Source

PICTURE_KINDS = ("svg", "png", "webp")
PHOTO_KINDS = ("jpg", "jpeg", "heic", "heif", "gif", "bmp", "tif", "tiff", "avif")
"""Endings of pictures that people have, but that the site does not show."""
LIST_PAGE = "index.md"
"""The page of a folder that lists its pages."""
TECHNIQUES = "techniques"
EXERCISES = "exercises"
ROUTINES = "routines"
HELP_PAGE = PurePosixPath("when-to-seek-help.md")
"""The page with the signs that need help, which every safety note leads to."""
CHECK_PAGE = PurePosixPath("check-first.md")
"""The page that says who must not be massaged, and who asks first."""
SAFETY_PAGES = (HELP_PAGE, CHECK_PAGE)
"""The pages of signs and checks that a clinician can sign, beside the techniques."""
KIT = PurePosixPath("assets", "pictures", "drawing-kit.svg")
"""The starting picture, with all the parts of the drawing kit."""
_DEEPEST_SEARCHED = 3
"""The lowest level of headings that part a page for the search."""
EVIDENCE = PurePosixPath("evidence.md")
"""The page that shows every source, each with a place of its own that a link can lead to."""


def plain_name(stem: str) -> str:
    """Return a file's name (without its ending) as it can be an address: "Calf Stroke" is `calf-stroke`; empty where nothing is left."""
    return "-".join(re.findall(r"[a-z0-9]+", stem.lower()))


def address_of_page(path: str | PurePosixPath) -> str:
    """Return the address of a page, by its path under docs/, seen from the site's root: `tips.md` is shown at `tips/`."""
    place = PurePosixPath(path)
    folders = place.parent.parts if place.stem == "index" else place.with_suffix("").parts
    return "".join(f"{folder}/" for folder in folders)


def without_words(svg: bytes) -> bytes:
    """Return an svg without its title, its description and its white space: two drawings that look the same are the same then."""
    return b"".join(re.sub(rb"<(title|desc)>[^<]*</\1>", b"", svg).split())


def headings_of(reading: Reading) -> list[tuple[Block, str]]:
    """Return the headings of a page, each with the id that the site gives it."""
    ids: set[str] = set()
    return [(block, unique(slugify(block.text, "-"), ids)) for block in reading.blocks if block.kind == "heading"]


def searched_headings(reading: Reading) -> list[tuple[Block, str]]:
    """Return the headings that part a page for the search, with their ids. The first is its title: what it leads to is the page."""
    return [(heading, place) for heading, place in headings_of(reading) if heading.level <= _DEEPEST_SEARCHED and not heading.in_quote]


@dataclass(frozen=True)
class SiteContext:
    """The site around the pages: `docs` is the folder of its pages, `today` the date by UTC that reviews are held against."""

    docs: Path
    today: datetime.date

    @property
    def root(self) -> Path:
        """The project's root: the folder that holds docs/."""
        return self.docs.parent

    @property
    def techniques(self) -> Path:
        """The folder of the technique pages and their pictures."""
        return self.docs / TECHNIQUES

    @property
    def exercises(self) -> Path:
        """The folder of the exercise pages and their pictures."""
        return self.docs / EXERCISES

    @property
    def routines(self) -> Path:
        """The folder of the routine pages."""
        return self.docs / ROUTINES

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in which pages stand."""
        return self.docs, self.techniques, self.exercises, self.routines

    @cached_property
    def bibliography(self) -> Bibliography:
        """The sources that pages may name, from docs/sources.yml."""
        return Bibliography.at(self.docs / "sources.yml")

    @cached_property
    def signs(self) -> dict[str, dict[str, dict[str, list[str]]]]:
        """The words of each sign on the pages of signs, by page, heading and the keys of its sources: what the tests hold the pages to.

        Empty where the project has none.
        """
        path = self.root / "tests" / "site" / "signs.yml"
        return yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}

    @cached_property
    def search_words(self) -> SearchWords:
        """The words that lead to pages in the search, from docs/search-words.yml."""
        return SearchWords.at(self.docs / SEARCH_WORDS)

    @cached_property
    def drawing_kit(self) -> bytes:
        """The drawing kit without its words: what every picture begins as. Empty where the site has none."""
        path = self.docs / KIT
        return without_words(path.read_bytes()) if path.is_file() else b""

    @cached_property
    def _anchors(self) -> dict[Path, frozenset[str]]:
        return {}

    @cached_property
    def _searched(self) -> dict[Path, frozenset[str]]:
        return {}

    @cached_property
    def _there(self) -> dict[Path, bool]:
        return {}

    @cached_property
    def _names(self) -> dict[Path, frozenset[str]]:
        return {}

    def look_again(self) -> None:
        """Forget which files there are: some have come or gone. What stands in the lists of sources and words is kept."""
        for known in (self._anchors, self._searched, self._there, self._names):
            known.clear()

    def has_file(self, path: Path) -> bool:
        """Whether a file of the site stands at `path`, with exactly these capitals, and is no link out of the site."""
        path = self.docs.joinpath(path)
        if path not in self._there:
            self._there[path] = path.name in self.files_in(path.parent) and path.resolve().is_relative_to(self.docs.resolve())
        return self._there[path]

    def near(self, wanted: Path) -> list[str]:
        """Return the names of the pages and pictures that stand where `wanted` was looked for."""
        return sorted(name for name in self.files_in(wanted.parent) if name.rpartition(".")[2] in ("md", *PICTURE_KINDS))

    def anchors(self, page: Path) -> frozenset[str]:
        """Return the places in a page that a link can lead to: its headings, and on the evidence page each source."""
        if page not in self._anchors:
            found = {place for _, place in headings_of(_preview_of(page))}
            if page == self.docs / EVIDENCE:
                found |= {key.lower() for key in self.bibliography.keys}
            self._anchors[page] = frozenset(found)
        return self._anchors[page]

    def searched_sections(self, page: Path) -> frozenset[str]:
        """Return the sections of a page that the search knows, and that its words can lead to."""
        if page not in self._searched:
            self._searched[page] = frozenset(place for _, place in searched_headings(_preview_of(page))[1:])
        return self._searched[page]

    def files_in(self, folder: Path) -> frozenset[str]:
        """Return the names of the plain files in a folder. Each folder is looked at once: with 1,000 pages, that is most of the work."""
        if folder not in self._names:
            entries = os.scandir(folder) if folder.is_dir() else ()
            self._names[folder] = frozenset(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
        return self._names[folder]


def _preview_of(page: Path) -> Reading:
    """Return the preview of a page (the quicker reading); an empty one where the page is not read at all."""
    source = Source.at(page)
    return Reading() if source.size > LARGEST_PAGE or source.too_deep else read_preview(*front_matter.split(source.text)[1:])
