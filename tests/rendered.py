"""The HTML that each reader makes of a page, and what people see in it: the judge that knows nothing of the checker's own readings."""

from __future__ import annotations

import html
from collections.abc import Iterator
from urllib.parse import unquote

from cmarkgfm import cmark
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser, LexborNode

from knee.text.website import EXTENSION_CONFIGS, EXTENSIONS

_BLOCKS = ("p", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "hr")
_LEFT_OUT = ("javascript:", "vbscript:", "file:", "data:")


_MARKDOWN = Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS)


def on_the_site(body: str) -> str:
    """Give the HTML that the site makes of a page."""
    return _MARKDOWN.reset().convert(body)


def on_the_code_host(body: str) -> str:
    """Give the HTML that the code host makes of a page, with all that it turns on."""
    extensions = ("table", "strikethrough", "autolink", "tagfilter", "tasklist")
    return str(cmark.markdown_to_html_with_extensions(body, cmark.Options.CMARK_OPT_FOOTNOTES, extensions))


def outline(page: str) -> list[str]:
    """Give what a reader sees of a page's HTML: headings, items with their numbers, words, links and pictures, in order."""
    body = LexborHTMLParser(f"<body>{page}</body>").body
    assert body is not None
    return list(_seen(body, "", [*body.iter(include_text=True)]))


def _seen(holder: LexborNode, inside: str, children: list[LexborNode]) -> Iterator[str]:
    number = int(holder.attributes.get("start") or 1)
    for child in children:
        tag = str(child.tag)
        if tag in ("ul", "ol", "blockquote", "table", "thead", "tbody", "section"):
            inner = f"{inside}{tag}>" if tag in ("ul", "ol", "blockquote") else inside
            yield from _seen(child, inner, [*child.iter(include_text=True)])
        elif tag == "li":
            yield f"{inside} item {number if inside.endswith('ol>') else ''}"
            number += 1
            yield from _own_words(child, inside)
            parts = [*child.iter(include_text=True)]
            first_block = next((place for place, part in enumerate(parts) if part.tag in _BLOCKS), len(parts))
            yield from _seen(child, inside, parts[first_block:])
        elif words := _with_targets(child):
            yield f"{inside} {tag if tag[0] == 'h' else 'code' if tag == 'pre' else 'words'}: {words}"
        elif tag[0] == "h":
            yield f"{inside} {tag}"


def _with_targets(node: LexborNode) -> str:
    targets = _target_list(node)
    return f"{_words(node)} {targets or ''}".strip()


def _own_words(item: LexborNode, inside: str) -> Iterator[str]:
    """The words of an item that stand in no paragraph: both ways of writing a list are the same to a reader."""
    own, targets = "", []
    for child in item.iter(include_text=True):
        if child.tag in _BLOCKS:
            break
        own += child.text(deep=True) or "" if child.tag != "br" else " "
        targets += _target_list(child)
    if own.strip() or targets:
        yield f"{inside} words: {' '.join(own.split())} {targets or ''}".rstrip()


def _words(node: LexborNode) -> str:
    return " ".join((node.text(deep=True, separator="") or "").split())


def _target_list(node: LexborNode) -> list[str]:
    shown = {item.mem_id: item for item in (node, *(node.css("a, img") if node.tag != "-text" else [])) if item.tag in ("a", "img")}
    return [f"{_target(item)} {' '.join((item.attributes.get('alt') or '').split())}".strip() for item in shown.values()]


def _target(item: LexborNode) -> str:
    target = unquote(html.unescape(item.attributes.get("href") or item.attributes.get("src") or ""))
    return "" if target.lower().startswith(_LEFT_OUT) else " ".join(target.split())
