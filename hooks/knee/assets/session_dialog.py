"""The timed session's own HTML, as its script holds it."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knee.assets.minify import minify_page

MODULE = "assets/js/session-dialog.js"
"""The script that holds it."""
_PLACE = '"knee-session-dialog"'
_TEMPLATE = "partials/knee/session.html"


def with_dialog(script: str, templates: Path) -> str:
    """Return the script that holds the session's HTML, with the HTML in its place: the page itself is lighter without it.

    Raises: ValueError, where the script has no place for it.
    """
    if _PLACE not in script:
        raise ValueError(f"{MODULE} has no {_PLACE}: the session would have no words")
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
    return script.replace(_PLACE, json.dumps(minify_page(environment.get_template(_TEMPLATE).render()), ensure_ascii=False))
