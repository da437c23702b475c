"""Drawings that stand in the page itself, as addresses that hold them: a page needs no request for as many as fit into its first answer."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from posixpath import join, normpath
from urllib.parse import quote

DrawingAt = Callable[[str], str | None]
"""Returns a drawing by its path under the site's root, as it stands inside a page; None for what is no sound drawing of the site."""

ROOM = 13_820
"""The most bytes of a page with its drawings, after gzip: 14,000 with the headers of a plain host. A server sends 10 packets
(14,600 bytes, RFC 6928) before it waits for the reader's first answer, so a host may say 600 bytes more."""

_PICTURE = re.compile(r"""<img(?P<before>(?:[^>"]|"[^"]*")*?) src="(?P<src>[^":]+\.svg)"(?P<after>(?:[^>"]|"[^"]*")*)>""")
_MAIN = '<figure class="technique-picture">'
"""What stands before the main picture of a technique or an exercise: it is printed on the sheet, and so stands in the page always."""
_NUMBERS = re.compile(r"""(?<=\s)(?:d|points|viewBox|transform)=("[^"]*"|'[^']*')""")
"""Lists of numbers: a comma between two of them needs no code in an address, a space does."""
_AS_THEY_ARE = "".join(sign for sign in map(chr, range(0x20, 0x7F)) if sign not in ' "#%<>')
"""Characters that an address in a page may hold: the fewer are written as numbers, the better the page packs."""


def with_drawings(html: str, address: str, drawing_at: DrawingAt) -> str:
    """Return a page with its main drawing and the first others in it, as many as there is `ROOM` for. The rest are files that come after.

    `address` is the page's own, seen from the site's root: "techniques/calf-stroke/".
    """
    # The site's mark, above, is not one of them: phones do not show it, and others get it for the page's tab anyway.
    in_main = _PICTURE.finditer(html, max(html.find("<main"), 0))
    pictures = [(found, drawing_at(normpath(join(address, found["src"])))) for found in in_main]
    drawings = [(found, drawing) for found, drawing in pictures if drawing is not None]
    main = [one for one in drawings if html.endswith(_MAIN, 0, one[0].start())]
    drawings = [*main, *(one for one in drawings if one not in main)]
    everything = _embedded(html, drawings)
    if packed_size(everything) <= ROOM:
        return everything
    counts = range(len(main) + 1, len(drawings))
    count = len(main) + bisect_right(counts, ROOM, key=lambda count: packed_size(_embedded(html, drawings[:count])))
    return _embedded(html, drawings[:count])


def packed_size(html: str) -> int:
    """Return how many bytes a page has after gzip."""
    return len(zlib.compress(html.encode(), 6)) + 12  # gzip's header and trailer are 12 bytes longer than zlib's


def _embedded(html: str, drawings: list[tuple[re.Match[str], str]]) -> str:
    parts, at = [], 0
    for found, drawing in sorted(drawings, key=lambda one: one[0].start()):
        attributes = f'{found["before"]} src="{as_address(drawing)}"{found["after"]}'.replace(' loading="lazy"', "")
        parts += [html[at : found.start()], f"<img{attributes}>"]
        at = found.end()
    return "".join([*parts, html[at:]])


@lru_cache(maxsize=256)
def as_address(svg: str) -> str:
    """Return a drawing as a `data:` address."""
    svg = _NUMBERS.sub(lambda found: re.sub(r"(?<=\d) +(?=[\d.-])", ",", found[0]), svg)
    return "data:image/svg+xml," + quote(svg if "'" in svg else svg.replace('"', "'"), safe=_AS_THEY_ARE)
