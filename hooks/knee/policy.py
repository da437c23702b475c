"""The Content-Security-Policy of every page: which scripts, styles and pictures a browser may use. Imports nothing of knee."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PLACE = "'knee-theme-scripts'"
"""Where the policy in overrides/main.html names the theme's own scripts. Left as it is, a browser allows none of them."""
_SERVING = "'unsafe-inline'"
"""While a writer looks at the site, the server puts a script of its own into every page, another one each time."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FILLED_IN = re.compile(r"\\\{\\\{.*?\\\}\\\}")
_FILLING = r'[^"<>\\\n]*'
"""What a template may fill in: an address between double quotes, which nothing here can end."""


@dataclass(frozen=True)
class Policy:
    """The inline scripts that the theme itself writes, each as a pattern of its whole text."""

    scripts: tuple[re.Pattern[str], ...]
    serving: bool = False

    @classmethod
    def of(cls, folders: Iterable[str], *, serving: bool = False) -> Policy:
        """Read the theme's scripts from its folders of templates."""
        files = (file for folder in folders for file in sorted(Path(folder, "partials", "javascripts").glob("*.html")))
        texts = (text for file in files for text in _INLINE.findall(file.read_text("utf-8")))
        return cls(tuple(re.compile(_FILLED_IN.sub(lambda _: _FILLING, re.escape(text))) for text in texts), serving)

    def put_into(self, html: str) -> str:
        """Name the theme's scripts in a page's policy.

        A script counts by its text, never because it stands on the page: one that came in with somebody's words is not named.
        """
        if PLACE not in html:
            return html
        mine = [text for text in _INLINE.findall(html) if any(script.fullmatch(text) for script in self.scripts)]
        named = [_SERVING] if self.serving else hashes(mine)
        return html.replace(PLACE, " ".join(named), 1)


def hashes(scripts: Sequence[str]) -> list[str]:
    """Give scripts as a policy names them, each once."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return list(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))
