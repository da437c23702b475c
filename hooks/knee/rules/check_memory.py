"""Remembers the pages that were checked, while a writer looks at the site: only what has changed is read and checked again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from knee.contract.page import Page
from knee.contract.routine_page import RoutinePage
from knee.contract.site_context import SiteContext
from knee.rules.page_check import CheckedPage, check_page
from knee.rules.shared_work import Job, checked

_HEADINGS = re.compile(r"^ {0,3}#.*$|^.*\n {0,3}(?:=+|-+)[ \t]*$|^title:.*$", re.MULTILINE)
"""Lines that may be headings or titles: other pages lead to them, and the menu shows them."""
_SHARED = ("docs/sources.yml", "docs/search-words.yml", "docs/assets/pictures/drawing-kit.svg", "tests/site/signs.yml")
"""Files that every page is held against, seen from the project's root."""


class CheckMemory:
    """What was checked last, with a fingerprint of all that it was checked against."""

    def __init__(self) -> None:
        self.surroundings = ""
        """A fingerprint of what every page is held against."""
        self._checked: dict[Path, tuple[str, CheckedPage]] = {}
        self._alone: dict[Path, tuple[str, CheckedPage]] = {}

    def checked(self, jobs: Sequence[Job], site: SiteContext) -> list[CheckedPage]:
        """Check those pages that have changed, themselves or in a picture, and return all in the order of the jobs.

        When something has changed that they are held against, all are checked.
        """
        surroundings = _print_of_surroundings(site)
        if surroundings != self.surroundings:
            self._checked, self._alone = {}, {}
        known = self._checked
        before = {path: _print_of_page(path, known[path][1].page if path in known else None) for path, _ in jobs}
        kept = {path: known[path][1] for path in before if path in known and known[path][0] == before[path]}
        new = checked([job for job in jobs if job[0] not in kept], site)
        found = [kept[path] if path in kept else next(new) for path in before]
        self.surroundings = surroundings
        self._checked = {one.path: known[one.path] if one.path in kept else (_print_of_page(one.path, one.page), one) for one in found}
        return found

    def alone(self, path: Path, kind: type[Page], site: SiteContext, *to_name: Mapping[PurePosixPath, Page]) -> CheckedPage:
        """Check one other page after those, if it has changed or one of the pages that it names out of those that it can name."""
        digest, known = self._alone.get(path, ("", None))
        if known and digest == _print_of_page(path, known.page) and all(_names_the_same(known.page, pages) for pages in to_name):
            return known
        new = check_page(path, kind, site, *to_name)
        self._alone[path] = _print_of_page(path, new.page), new
        return new


def _names_the_same(page: Page | None, pages: Mapping[PurePosixPath, Page]) -> bool:
    if not isinstance(page, RoutinePage) or len(page.named) < len(page.naming_items):
        return False
    return all(pages.get(named.place) is named for named in page.named)


def _print_of_page(path: Path, page: Page | None) -> str:
    """Return a fingerprint of a page's file, and of the pictures that it shows."""
    return _digest(_content(path), *(_content(path.with_name(name)) for name in (page.picture_lines if page else ())))


def _print_of_surroundings(site: SiteContext) -> str:
    files = sorted(site.docs.rglob("*"))
    pages = (path for path in files if path.suffix == ".md")
    headings = ("\n".join(_HEADINGS.findall(_content(path).decode("utf-8", "replace"))).encode() for path in pages)
    shared = (_content(site.root / name) for name in _SHARED)
    return _digest(site.today.isoformat().encode(), "\n".join(map(str, files)).encode(), *headings, *shared)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
