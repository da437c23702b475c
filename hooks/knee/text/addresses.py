"""Where a link leads, judged as a browser would: schemes, hosts, places on this site."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote

Kind = Literal["web", "mail", "place", "scheme", "absolute", "empty"]

_CONTROLS = re.compile("[\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """A link's target taken apart: what kind it is, its scheme, and for a place on this site its path and anchor."""

    kind: Kind
    scheme: str = ""
    path: str = ""
    anchor: str = ""


def address_of(target: str) -> Address:
    """Take a target apart as a browser does: entities decoded, control characters dropped, backslashes read as slashes."""
    plain = _CONTROLS.sub("", _unescaped(target)).replace("\\", "/")
    if not plain:
        return Address("empty")
    if found := _SCHEME.match(plain):
        return _with_scheme(found[1].lower(), plain)
    if plain.startswith("/"):
        return Address("absolute")
    path, _, anchor = plain.partition("#")
    return Address("place", path=unquote(path.partition("?")[0]), anchor=unquote(anchor))


def resolved(page: PurePosixPath, path: str) -> PurePosixPath | None:
    """Return the place, seen from the site's folder, that a relative path on `page` leads to; None outside the folder."""
    parts: list[str] = list(page.parts[:-1]) if path else list(page.parts)
    for part in PurePosixPath(path).parts:
        if part == ".." and not parts:
            return None
        parts = parts[:-1] if part == ".." else [*parts, part]
    return PurePosixPath(*parts)


def _unescaped(target: str) -> str:
    for _ in range(3):
        decoded = html.unescape(target)
        if decoded == target:
            break
        target = decoded
    return target


def _with_scheme(scheme: str, plain: str) -> Address:
    if scheme == "https" and re.match(r"https://[^/?#@]+([/?#]|$)", plain, re.IGNORECASE):
        return Address("web", scheme)
    return Address("mail" if scheme == "mailto" else "scheme", scheme)
