"""Pictures as addresses that hold the picture itself, so that a page needs no request for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from knee.assets.minify import minify_picture
from knee.pictures.picture import LARGEST, content_of, kind_of, svg_of

_ID = re.compile(r'\sid="([^"]*)"')
_WORDS = re.compile(r"<(title|desc)\b[^>]*>[^<]*</\1>")
"""A picture's own words: where it is embedded, the page says them (`alt`)."""
_NUMBERS = re.compile(r"""(?<=\s)(?:d|points|viewBox|transform)=("[^"]*"|'[^']*')""")
"""Lists of numbers: a comma between two of them needs no code in an address, a space does."""
_AS_THEY_ARE = "".join(sign for sign in map(chr, range(0x20, 0x7F)) if sign not in ' "#%<>')
"""Signs that an address in a page may hold: the fewer are written as numbers, the better the page packs."""


class Pictures(Mapping[str, str]):
    """The drawings of a folder as addresses, by the address under which a page shows them; each is made when it is first asked for.

    A drawing that the rules would refuse is not among them, nor are photographs: those stay files.
    """

    def __init__(self, folder: Path, under: str = "") -> None:
        self._folder = folder
        self._under = under

    def __getitem__(self, address: str) -> str:
        name = address.removeprefix(self._under)
        if not address.startswith(self._under) or "/" in name or not name.endswith(".svg"):
            raise KeyError(address)
        try:
            content = content_of(self._folder / name, "svg")
        except OSError:
            raise KeyError(address) from None
        if not is_harmless(content):
            raise KeyError(address)
        try:
            return as_address(content)
        except ValueError:  # written in signs that only some programs read: it stays a file
            raise KeyError(address) from None

    def __iter__(self) -> Iterator[str]:
        return (f"{self._under}{path.name}" for path in sorted(self._folder.glob("*.svg")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def is_harmless(content: bytes) -> bool:
    """Whether a drawing passes the same checks as the rules KE503 to KE506 make."""
    if len(content) > LARGEST["svg"] or kind_of(content) != "svg":
        return False
    svg = svg_of(content)
    return not (svg.broken or svg.hostile or svg.cut_short)


@lru_cache(maxsize=256)
def as_address(content: bytes) -> str:
    """Return a harmless drawing as a `data:` address. The drawing looks the same; its own words and unused names are left out."""
    svg = _WORDS.sub("", minify_picture(content.decode("utf-8-sig")))
    svg = _ID.sub(lambda found: found[0] if _is_named_again(found[1], svg) else "", svg)
    svg = _NUMBERS.sub(lambda found: re.sub(r"(?<=\d) +(?=[\d.-])", ",", found[0]), svg)
    if "'" not in svg:
        svg = svg.replace('"', "'")
    return "data:image/svg+xml," + quote(svg, safe=_AS_THEY_ARE)


def _is_named_again(name: str, svg: str) -> bool:
    return len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", svg)) > 1
