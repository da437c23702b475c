"""The Markdown extension as the theme's successor uses it: it finds out which page is being rendered.

Zensical runs no hooks, so nobody hands each page its surroundings. It does say, to every Markdown extension, which page it renders.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from knee.publish.contribute_links import ways_in
from knee.publish.page_html import KneeExtension
from knee.publish.publication import Publication

_PAGE_AT_HAND = "rendering_context"
"""The name under which Zensical registers the page that it renders (its `zensical.extensions.context`)."""


class SuccessorPage(Extension):
    """Gives the site's own extension what stands around the page that Zensical renders now."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "docs": ["", "the folder of the pages as their authors wrote them"],
            "templates": ["", "the folder of the site's templates"],
            "repo_url": ["", "where the project is kept"],
            "edit_uri": ["", "the site's setting for the edit links"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:
        site = _site(*(self.getConfig(name) for name in ("docs", "templates", "repo_url", "edit_uri")))
        KneeExtension(context=site.context_of(_path_at_hand(md))).extendMarkdown(md)


def _path_at_hand(md: Markdown) -> str:
    """Return the path under docs/ of the page that is being rendered.

    Raises: RuntimeError, where Zensical says it no longer in this way: a site without its cards and key facts must not be built.
    """
    try:
        at_hand: Any = md.preprocessors[_PAGE_AT_HAND]
        return str(at_hand.page.path)
    except (KeyError, AttributeError) as error:
        told = "Zensical no longer says which page it renders: look for the new way in its zensical/markdown/render.py"
        raise RuntimeError(told) from error


@cache
def _site(docs: str, templates: str, repo_url: str, edit_uri: str) -> Publication:
    return Publication.of(Path(docs), Path(templates), ways_in(repo_url, edit_uri))
