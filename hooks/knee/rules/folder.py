"""Rules about the folder of techniques as a whole: names, stray files, titles. Imports knee.page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knee.guide import PICTURE_KINDS, Guide
from knee.page import Page, heading_key
from knee.reading import squashed
from knee.rules.pictures import is_beside
from knee.rules.registry import Finding, rule

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LIST_PAGE = "index.md"


@dataclass(frozen=True)
class Folder:
    """The folder of techniques: its pages that could be read, and those that could not (by their names)."""

    guide: Guide
    path: Path
    pages: tuple[Page, ...]
    unread: frozenset[str] = frozenset()
    whole: bool = True
    """Whether every page of the folder is among `pages`; stray files are only looked for then."""

    def entries(self) -> list[os.DirEntry[str]]:
        """What stands in the folder, by name."""
        return sorted(os.scandir(self.path), key=lambda entry: entry.name) if self.whole and self.path.is_dir() else []


@rule("KE601")
def page_name(folder: Folder) -> Iterator[Finding]:
    """A page's file name is lowercase letters and digits with single hyphens between, and `.md`.

    Why: the name becomes the page's address, which people type, print and send.
    """
    names = {page.source.path.name: page.source.path for page in folder.pages}
    for name, path in sorted(names.items()):
        if not _SLUG.fullmatch(path.stem):
            plain = "-".join(re.findall(r"[a-z0-9]+", path.stem.lower())) or "my-technique"
            yield Finding(1, f"`{name}` cannot be an address", f"name the file `{plain}.md`, and its picture `{plain}.svg`", path)


@rule("KE602")
def no_stray_files(folder: Folder) -> Iterator[Finding]:
    """The folder holds only pages and the pictures that they show: no other files, no hidden ones, no folders.

    Why: everything in the folder is published, and a file that no page shows is seen by nobody who could check it.
    """
    shown = {page.own_picture(picture) for page in folder.pages for picture in (*page.preview.pictures, *page.website.pictures)}
    told = (*folder.unread, *(page.slug for page in folder.pages if _misses_a_picture(page)))
    for entry in folder.entries():
        path = folder.path / entry.name
        if entry.is_symlink() or entry.name in shown or (entry.name.endswith(".md") and entry.is_file() and not entry.name.startswith(".")):
            continue
        if entry.is_dir():
            yield Finding(1, "this is a folder", f"move its pages and pictures up into {folder.path.name}, and delete it", path)
        elif entry.name.startswith("."):
            yield Finding(1, "this is a hidden file", "delete it", path)
        elif path.suffix[1:] not in PICTURE_KINDS:
            mend = "delete it; a page ends in .md, a picture in .svg, .png or .webp"
            yield Finding(1, "this is neither a page nor a picture", mend, path)
        elif not entry.name.startswith(told):
            yield Finding(1, "no page shows this picture", "show it on the page that it is named after, or delete it", path)


def _misses_a_picture(page: Page) -> bool:
    """Whether the page's own rules tell that it does not show a picture that it should: the file is then not stray as well."""
    names = [page.own_picture(picture) for picture in page.pictures]
    return not page.main_picture or not all(name and is_beside(page, name) for name in names)


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
            what = f"{first[key].name} has the title `{squashed(page.title.text)}` too"
            yield Finding(page.title.line, what, "give this page a title of its own", page.source.path)
        first.setdefault(key, page.source.path)


@rule("KE605")
def bibliography(folder: Folder) -> Iterator[Finding]:
    """The list docs/sources.yml can be read, and every source in it has citation, link, checked and note.

    Why: every claim is traced through this list; sources are shown with how they were checked.
    """
    for fault in folder.guide.bibliography.faults:
        yield Finding(fault.line, fault.what, fault.mend, folder.guide.docs / "sources.yml")
