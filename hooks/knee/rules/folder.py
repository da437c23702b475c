"""Rules about the folder of techniques as a whole: names, stray files, titles."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from knee.contract.headings import heading_key
from knee.contract.page import Page
from knee.contract.site_context import PHOTO_KINDS, PICTURE_KINDS, SiteContext, plain_name
from knee.pictures.file import kind_of
from knee.rules.registry import Finding, rule
from knee.text.reading import collapse_whitespace

_ENOUGH = 1_000
"""Bytes that tell what a picture is."""
_TEXT_KINDS = ("md", "txt", "doc", "docx", "odt", "rtf", "pages", "pdf", "markdown", "html", "htm")
"""Endings of files in which people write, but that are no pages."""


@dataclass(frozen=True)
class Folder:
    """The folder of techniques: its pages that could be read, and those that could not (by their names)."""

    site: SiteContext
    path: Path
    pages: tuple[Page, ...]
    unread: frozenset[str] = frozenset()
    whole: bool = True
    """Whether every page of the folder is among `pages`; stray files are only looked for then."""

    @cached_property
    def strays(self) -> list[Path]:
        """Return what stands in the folder and is neither a page nor a picture that a page shows. Nothing of it is published."""
        shown = {page.own_picture(picture) for page in self.pages for picture in (*page.preview.pictures, *page.website.pictures)}
        return [
            self.path / entry.name
            for entry in self.entries()
            if not entry.is_symlink()
            and not (entry.name in shown and _is_a_picture(self.path / entry.name))
            and not (_is_page_name(entry.name) and entry.is_file())
        ]

    def entries(self) -> list[os.DirEntry[str]]:
        """What stands in the folder, by name."""
        return sorted(os.scandir(self.path), key=lambda entry: entry.name) if self.whole and self.path.is_dir() else []


@rule("KE601")
def page_name(folder: Folder) -> Iterator[Finding]:
    """A page's file name is lowercase letters and digits with single hyphens between, and `.md`.

    Why: the name becomes the page's address, which people type, print and send.
    """
    names = {page.source.path.name: page.source.path for page in folder.pages}
    for _, path in sorted(names.items()):
        yield from faults_of_name(path.stem, path)


def faults_of_name(stem: str, path: Path) -> Iterator[Finding]:
    """Yield what is wrong with the name of a page, given without its ending; nothing where it can be an address."""
    if (plain := plain_name(stem)) != stem:
        plain = plain or "my-technique"
        sign = next((mark for mark in stem if not re.fullmatch("[a-z0-9-]", mark)), "-")
        what = f"the file's name `{stem}.md` holds `{sign}`: only small letters, digits and single hyphens can be in an address"
        yield Finding(1, what, f"name the file `{plain}.md`, and its picture `{plain}.svg`", path)


@rule("KE602")
def no_stray_files(folder: Folder) -> Iterator[Finding]:
    """The folder holds only pages and the pictures that they show: no other files, no hidden ones, no folders.

    Why: everything in the folder is published, and a file that no page shows is seen by nobody who could check it.
    """
    if not folder.strays:
        return
    lost_pages = {plain_name(path.name.partition(".")[0]) for path in folder.strays if path.suffix[1:].lower() in _TEXT_KINDS}
    without = [page for page in folder.pages if _misses_a_picture(page)]
    told = (*folder.unread, *lost_pages, *(plain_name(page.slug) for page in without))
    named = {name for page in folder.pages for name in _picture_names(page)}
    for path in folder.strays:
        kind = path.suffix[1:].lower()
        is_picture = kind in (*PICTURE_KINDS, *PHOTO_KINDS)
        if path.name in named:
            continue
        if path.is_dir():
            yield Finding(1, "this is a folder", f"move its pages and pictures up into {folder.path.name}, and delete it", path)
        elif path.name.startswith("."):
            yield Finding(1, "this is a hidden file", "delete it", path)
        elif kind in _TEXT_KINDS:
            yield _no_page(path)
        elif not is_picture:
            mend = "delete it; a page ends in .md, a picture in .svg, .png or .webp"
            yield Finding(1, "this is neither a page nor a picture", mend, path)
        elif not plain_name(path.stem).startswith(told):
            mend = "show it on the page that it is named after, or delete it"
            if without:
                name = without[0].slug
                mend = f"if it is the picture of {name}.md, upload it again as `{name}.{kind}`; delete this one"
            if kind in PHOTO_KINDS:
                mend = "delete it, or save it anew as .webp or .png and show it on the page that it is named after"
            yield Finding(1, "no page shows this picture", mend, path)


def _no_page(path: Path) -> Finding:
    """Say how a text of another kind becomes a page."""
    if path.suffix.lower() == ".md":
        return Finding(1, "the ending of this page is in capital letters", f"name it `{path.stem}.md`", path)
    name = f"{plain_name(path.name.partition('.')[0]) or 'my-technique'}.md"
    if path.suffix.lower() in (".txt", ".markdown"):
        return Finding(
            1, "this is a text file and no page: a page's name ends in .md", f"name it `{name}` if it is a page, or delete it", path
        )
    return Finding(1, "this is a text of another kind, and no page", f"copy its words into a page `{name}`, and delete this file", path)


def _is_a_picture(path: Path) -> bool:
    """Whether this is a file, and what its name says. A photo of another kind has a rule of its own, and is never published."""
    if not path.is_file():
        return False
    kind = path.suffix[1:]
    if kind not in PICTURE_KINDS:
        return kind.lower() in (*PICTURE_KINDS, *PHOTO_KINDS)
    with path.open("rb") as file:
        return kind_of(file.read(_ENOUGH)) == kind


def _is_page_name(name: str) -> bool:
    return name.endswith(".md") and not name.startswith(".")


def _picture_names(page: Page) -> Iterator[str]:
    """Return the names of the files that a page means as its pictures, also those that its own rules refuse."""
    pictures = (*page.preview.pictures, *page.website.pictures)
    yield from (unquote(picture.target).removeprefix("./") for picture in pictures)
    yield from (lost.target for lost in page.prose.lost_links if lost.is_picture)


def _misses_a_picture(page: Page) -> bool:
    """Whether the page's own rules tell that it does not show a picture that it should: the file is then not stray as well."""
    names = [page.own_picture(picture) for picture in page.pictures]
    return not page.main_picture or not all(name and page.has_beside(name) for name in names)


@rule("KE603")
def no_symlinks(folder: Folder) -> Iterator[Finding]:
    """Nothing in the folder is a symbolic link.

    Why: a link can bring any file of the machine that builds the site onto the site.
    """
    paths = [folder.path / entry.name for entry in folder.entries()] or [page.source.path for page in folder.pages]
    for path in paths:
        if path.is_symlink():
            yield Finding(1, "this is a symbolic link", "put the file itself here", path)


@rule("KE604")
def titles_differ(folder: Folder) -> Iterator[Finding]:
    """No two pages have the same title.

    Why: in the list, in search and on paper nobody could tell them apart.
    """
    first: dict[str, Path] = {}
    for page in folder.pages:
        if not page.title or not page.title.text.strip():
            continue
        key = heading_key(page.title.text)
        if key in first:
            what = f"{first[key].name} has the title `{collapse_whitespace(page.title.text)}` too"
            yield Finding(page.title.line, what, "give this page a title of its own", page.source.path)
        first.setdefault(key, page.source.path)


@rule("KE605")
def bibliography(folder: Folder) -> Iterator[Finding]:
    """The list docs/sources.yml can be read, and every source in it has citation, link, checked and note.

    Why: every claim is traced through this list; sources are shown with how they were checked.
    """
    for fault in folder.site.bibliography.faults:
        yield Finding(fault.line, fault.what, fault.mend, folder.site.docs / "sources.yml")
