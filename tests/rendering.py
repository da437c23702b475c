"""Writes the pages of techniques and routines as a build does, without a site builder: quick enough for thousands of pages."""

from __future__ import annotations

import re
from pathlib import Path

from markdown import Markdown

from knee.assets.minify import minify_page
from knee.publish.page_html import KneeExtension
from knee.publish.publication import Publication
from knee.text.website import EXTENSION_CONFIGS, EXTENSIONS
from small_site import TESTS

TEMPLATES = TESTS.parent / "overrides"
_LINK = re.compile(r'(href=")([^":]*)\.md(#[^"]*)?"')


def publication_of(docs: Path) -> Publication:
    """Check a folder of pages, and return what would be published of it."""
    return Publication.of(docs, TEMPLATES)


def content_of(publication: Publication, path: str) -> str:
    """Return the HTML of a page's own content, by its path under docs/."""
    page = publication.catalogue.pages[path]
    extension = KneeExtension(context=publication.context_of(path))
    markdown = Markdown(extensions=[*EXTENSIONS, extension], extension_configs=EXTENSION_CONFIGS)
    # Every page is a folder of its own on the site, so what it links to stands one folder further up.
    return _LINK.sub(r'\1../\2/\3"', markdown.convert(page.body))


def write_pages(publication: Publication, site: Path) -> None:
    """Write every page of a technique and a routine into a folder, where a build would put it."""
    for path in publication.catalogue.pages:
        folder = site / path.removesuffix(".md")
        folder.mkdir(parents=True, exist_ok=True)
        html = f'<html><body><div class="page">{content_of(publication, path)}</div></body></html>'
        (folder / "index.html").write_text(minify_page(html), "utf-8")
