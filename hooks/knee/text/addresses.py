"""Where a link leads: whether it may do harm is judged as a browser would read it, whether its place exists as it is written."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote

Kind = Literal["web", "mail", "phone", "place", "scheme", "absolute", "empty"]

_CONTROLS = re.compile(
    "[\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Signs that nobody sees: controls, spaces, and what Unicode lets programs leave out."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)

HELP_NUMBERS = frozenset({"000", "111", "112", "811", "911", "999", "1800022222"})
"""The only numbers that a press may call: those of the help page. Any other could be a stranger's, or cost money."""


@dataclass(frozen=True)
class Address:
    """A link's target taken apart: what kind it is, its scheme, and for a place on this site its path and anchor as they are written."""

    kind: Kind
    scheme: str = ""
    path: str = ""
    anchor: str = ""


def address_of(target: str) -> Address:
    """Take a target apart.

    Its kind is that which a browser may make of it: entities decoded, control characters dropped, backslashes read as slashes. Its path is
    left as it is, because a place on this site has to be written plainly: what one program mends, another leaves dead.
    """
    plain = _cleaned(target)
    if not plain:
        return Address("empty")
    if found := _SCHEME.match(plain):
        return _with_scheme(found[1].lower(), plain)
    if plain.startswith("/"):
        return Address("absolute")
    path, _, anchor = target.partition("#")
    return Address("place", path=path.partition("?")[0], anchor=anchor)


def meant_address(target: str) -> str:
    """Return the address that was meant by a target: without unseen characters, percent codes, backslashes, needless dots and slashes."""
    path, hash_sign, anchor = unquote(_cleaned(target)).partition("#")
    return f"{posixpath.normpath(path) if path else ''}{hash_sign}{anchor}"


def is_plain_path(path: str) -> bool:
    """Return whether a path has no needless dots and slashes, `./` before it aside: not every program takes them out."""
    return not path or path.removeprefix("./") == posixpath.normpath(path)


def resolved(page: PurePosixPath, path: str) -> PurePosixPath | None:
    """Return the place, seen from the site's folder, that a relative path on `page` leads to; None outside the folder."""
    parts: list[str] = list(page.parts[:-1]) if path else list(page.parts)
    for part in PurePosixPath(path).parts:
        if part == ".." and not parts:
            return None
        parts = parts[:-1] if part == ".." else [*parts, part]
    return PurePosixPath(*parts)


def _cleaned(target: str) -> str:
    return _CONTROLS.sub("", _unescaped(target)).replace("\\", "/")


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
    if scheme == "tel" and plain.partition(":")[2] in HELP_NUMBERS:
        return Address("phone", scheme)
    return Address("mail" if scheme == "mailto" else "scheme", scheme)
