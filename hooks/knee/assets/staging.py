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

    @property
    def _old(self) -> Path:
        return self.place.with_name(f".{self.place.name}-old")

    def put_in_place(self) -> Path:
        """Let the new site take the old one's place; return that place. Hidden entries stay, as MkDocs leaves them (`.git`, `.well-known`).

        Raises: OSError, where the system refuses; the old site then stands as it was.
        """
        self._bury()
        if self.place.exists():
            self.place.rename(self._old)
        try:
            self.folder.rename(self.place)
        except OSError:
            self._bury()
            raise
        self._bury()
        return self.place

    def put_over(self) -> Path:
        """Let every new file take the place of the old one, and all other files stay; return the place.

        Raises: OSError, where the system refuses.
        """
        for file in [path for path in self.folder.rglob("*") if path.is_file()]:
            place = self.place / file.relative_to(self.folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
        self.discard()
        return self.place

    def _bury(self) -> None:
        """Delete the old site where another stands in its place, and put it back where none does."""
        if not self._old.exists():
            return
        if not self.place.exists():
            self._old.rename(self.place)
            return
        for kept in self._old.glob(".*"):
            if not (self.place / kept.name).exists():
                kept.rename(self.place / kept.name)
        shutil.rmtree(self._old, ignore_errors=True)

    def discard(self) -> None:
        """Delete the new site, and leave the old one as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
