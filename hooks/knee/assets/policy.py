"""The Content-Security-Policy of every page: which scripts a browser may run, and which style it may apply."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knee.assets.minify import minify_page

PLACE = "'knee-first-script'"
"""Where the policy in overrides/main.html names the script that stands in the page. Left as it is, a browser runs none."""
STYLE_PLACE = " 'knee-own-style'"
"""Where it names the style that stands in the page; a page that asks for a style sheet has none."""
FIRST_SCRIPT = Path("partials", "knee", "first-script.html")
"""The template of that script, under the templates' folder."""
_SERVING = "'unsafe-inline'"
"""While a writer looks at the site, the server puts a script of its own into every page, another one each time."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Policy:
    """The one script that may stand in every page, as the policy names it."""

    named: str

    @classmethod
    def of(cls, templates: Path, *, serving: bool = False) -> Policy:
        """Read the script from its template: it counts by its text there, never because it stands on a page."""
        (script,) = _INLINE.findall(minify_page((templates / FIRST_SCRIPT).read_text("utf-8")))
        return cls(_SERVING if serving else _hash(script))

    def put_into(self, html: str, styles: Iterable[str] = ()) -> str:
        """Name the script in a page's policy, and the styles that stand in the page."""
        return html.replace(PLACE, self.named, 1).replace(STYLE_PLACE, "".join(f" {_hash(style)}" for style in styles), 1)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
