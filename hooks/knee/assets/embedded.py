"""Pictures as addresses that hold the picture itself, so that a page needs no request for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from knee.pictures.file import content_of
from knee.pictures.judged import judged

_NUMBERS = re.compile(r"""(?<=\s)(?:d|points|viewBox|transform)=("[^"]*"|'[^']*')""")
"""Lists of numbers: a comma between two of them needs no code in an address, a space does."""
_AS_THEY_ARE = "".join(sign for sign in map(chr, range(0x20, 0x7F)) if sign not in ' "#%<>')
"""Signs that an address in a page may hold: the fewer are written as numbers, the better the page packs."""


class Pictures(Mapping[str, str]):
    """The drawings of some folders as addresses, by the address under which a page shows them; each is made when it is first asked for.

    The folders are given by what a page writes before the names of their drawings: nothing for its own.

    A drawing that the rules refuse is not among them, nor are photographs: those stay files.
    """

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = folders

    def __getitem__(self, address: str) -> str:
        under, slash, name = address.rpartition("/")
        folder = self._folders.get(under + slash)
        if not folder or not name.endswith(".svg"):
            raise KeyError(address)
        try:
            drawing = judged(content_of(folder / name, "svg")).drawing
        except OSError:
            raise KeyError(address) from None
        if drawing is None:
            raise KeyError(address)
        return _as_address(drawing)

    def __iter__(self) -> Iterator[str]:
        return (f"{under}{path.name}" for under, folder in self._folders.items() for path in sorted(folder.glob("*.svg")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=256)
def _as_address(svg: str) -> str:
    """Return a drawing as a `data:` address."""
    svg = _NUMBERS.sub(lambda found: re.sub(r"(?<=\d) +(?=[\d.-])", ",", found[0]), svg)
    return "data:image/svg+xml," + quote(svg if "'" in svg else svg.replace('"', "'"), safe=_AS_THEY_ARE)
