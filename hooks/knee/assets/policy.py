"""The Content-Security-Policy of every page: which scripts a browser may run."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from knee.assets.minify import minify_page

PLACE = "'knee-first-script'"
"""Where the policy in overrides/main.html names the script that stands in the page. Left as it is, a browser runs none."""
FIRST_SCRIPT = Path("partials", "knee", "first-script.html")
"""The template of that script, under the templates' folder."""
_SERVING = "'unsafe-inline'"
"""While a writer looks at the site, the server puts a script of its own into every page, another one each time."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Policy:
    """The one script that may stand in a page, as the policy names it."""

    named: str

    @classmethod
    def of(cls, templates: Path, *, serving: bool = False) -> Policy:
        """Read the script from its template: it counts by its text there, never because it stands on a page."""
        (script,) = _INLINE.findall(minify_page((templates / FIRST_SCRIPT).read_text("utf-8")))
        return cls(_SERVING if serving else _hash(script))

    def put_into(self, html: str) -> str:
        """Name the script in a page's policy."""
        return html.replace(PLACE, self.named, 1)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
