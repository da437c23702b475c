"""Fetches the code of others that the site carries, checks it against its published hash, and puts it in place. `make vendor` runs it.

Only MiniSearch (https://github.com/lucaong/minisearch) so far: the search stands on it. npm fetches the package; nothing of it is run.
To take a newer version: write its number and its integrity here (`npm view minisearch dist.integrity`), run `make vendor`, then the tests.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE, VERSION = "minisearch", "7.2.0"
INTEGRITY = "sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg=="
"""The hash of the whole package, as the npm registry publishes it."""
PLACE = Path(__file__).parents[1] / "docs" / "assets" / "js" / "vendor"
FILES = {
    "minisearch.js": ("package/dist/es/index.js", "sha256-A5OzuiU7gJ1eVXB8ewh175tRiilqAGxnObKIduFU7bM="),
    "minisearch-licence.txt": ("package/LICENSE.txt", "sha256-cNNzVNY5Vin7me2yjLN6XTVv+iSkjNAqXe9bg6MAqJk="),
}
"""For each file that is kept: where it stands in the package, and its own hash, which a test holds it against."""


class NotTheSame(Exception):
    """What was fetched is not what was published; says which file."""


def hash_of(content: bytes, kind: str = "sha256") -> str:
    """Return a hash as the registry and browsers write it."""
    return f"{kind}-{base64.b64encode(hashlib.new(kind, content).digest()).decode()}"


def changed_files(folder: Path = PLACE) -> list[str]:
    """Return the kept files that are not as they were published."""
    return [name for name, (_, kept) in FILES.items() if hash_of((folder / name).read_bytes()) != kept]


def npm_package(name: str, version: str, integrity: str, folder: Path) -> Path:
    """Fetch a package of npm into a folder, and return it.

    Raises: NotTheSame, where it has not the hash with which it was published.
    """
    subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return as_published(folder / f"{name}-{version}.tgz", integrity)


def as_published(package: Path, integrity: str) -> Path:
    """Return a package that is as it was published.

    Raises: NotTheSame.
    """
    if (found := hash_of(package.read_bytes(), "sha512")) != integrity:
        raise NotTheSame(f"{package.name} has the hash {found}, and {integrity} was published: nothing was changed")
    return package


def unpack(package: Path, to: Path = PLACE) -> None:
    """Put the files of a fetched package in their place.

    Raises: NotTheSame; nothing is written then.
    """
    as_published(package, INTEGRITY)
    with tarfile.open(package) as archive:
        contents = {name: archive.extractfile(inside).read() for name, (inside, _) in FILES.items()}  # type: ignore[union-attr]
    for name, content in contents.items():
        if (found := hash_of(content)) != FILES[name][1]:
            raise NotTheSame(f"{name} has the hash {found}: write it into tools/vendor.py if you have just changed the version")
    to.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (to / name).write_bytes(content)


def main() -> int:
    """Fetch and unpack. Return the exit status."""
    with tempfile.TemporaryDirectory(prefix="knee-vendor-") as folder:
        try:
            unpack(npm_package(PACKAGE, VERSION, INTEGRITY, Path(folder)))
        except NotTheSame as problem:
            print(problem, file=sys.stderr)
            return 1
    print(f"{PACKAGE} {VERSION} is in {PLACE.relative_to(Path(__file__).parents[1])}, as it was published")
    return 0


if __name__ == "__main__":
    sys.exit(main())
