"""A new site is written beside the old one, and takes its place only when all of it is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class StagedSite:
    """Where a site is to stand, and the folder beside that place in which it is written first."""

    place: Path

    @property
    def folder(self) -> Path:
        """The folder in which the new site is written."""
        return self.place.with_name(f".{self.place.name}-next")

    def put_in_place(self) -> Path:
        """Let the new site take the old one's place; return that place."""
        old = self.place.with_name(f".{self.place.name}-old")
        shutil.rmtree(old, ignore_errors=True)
        if self.place.exists():
            self.place.rename(old)
        self.folder.rename(self.place)
        shutil.rmtree(old, ignore_errors=True)
        return self.place

    def discard(self) -> None:
        """Delete the new site, and leave the old one as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
