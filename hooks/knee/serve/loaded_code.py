"""Whether the code that is running is still the code in the files: `mkdocs serve` loads it once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

RESTART = "the checks have changed since this server was started, and the old ones still run: stop `make serve` and start it again"
"""What a writer of the code is told, in the log; the page says it in words of its own (partials/knee/problems.html)."""


@dataclass(frozen=True)
class LoadedCode:
    """The Python files of a folder as they were when they were loaded."""

    folder: Path
    digest: str

    @classmethod
    def of(cls, folder: Path) -> LoadedCode:
        """Take the digest of the files in a folder, as they are now."""
        return cls(folder, _digest_of(folder))

    def has_changed(self) -> bool:
        """Whether a file was changed, added or taken away since. A file that is only saved again has not changed."""
        return _digest_of(self.folder) != self.digest


def _digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()
