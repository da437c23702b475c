"""What surrounds a page: the site's files, the known sources, today's date. Imports knee.website and knee.bibliography."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knee import front_matter, website
from knee.bibliography import Bibliography

PICTURE_KINDS = ("svg", "png", "webp")
TECHNIQUES = "techniques"


@dataclass(frozen=True)
class Guide:
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

    @cached_property
    def bibliography(self) -> Bibliography:
        """The sources that pages may name, from docs/sources.yml."""
        return Bibliography.at(self.docs / "sources.yml")

    @cached_property
    def _anchors(self) -> dict[Path, set[str]]:
        return {}

    def has_file(self, path: Path) -> bool:
        """Whether a file of the site stands at `path`, with exactly these capitals, and is no link out of the site."""
        if not path.is_file() or path.is_symlink() or not path.resolve().is_relative_to(self.docs.resolve()):
            return False
        return path.name in os.listdir(path.parent)

    def anchors(self, page: Path) -> set[str]:
        """Give the places in a page that a link can lead to: its headings, and on the evidence page each source."""
        if page not in self._anchors:
            body = front_matter.split(page.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n"))[1]
            found = website.anchors_of(body)
            if page == self.docs / "evidence.md":
                found |= {key.lower() for key in self.bibliography.keys}
            self._anchors[page] = found
        return self._anchors[page]

    def near(self, wanted: Path) -> list[str]:
        """Give the names of the pages and pictures that stand where `wanted` was looked for."""
        if not wanted.parent.is_dir():
            return []
        return [entry.name for entry in wanted.parent.iterdir() if entry.suffix[1:] in ("md", *PICTURE_KINDS)]
