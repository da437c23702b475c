"""Reads a page as the code host shows it, with the code host's own reader (cmark-gfm)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from cmarkgfm import cmark

from knee.text.elements import ElementWalk
from knee.text.reading import Extra, Html, Reading

_OPTIONS = cmark.Options.CMARK_OPT_SOURCEPOS | cmark.Options.CMARK_OPT_FOOTNOTES
_EXTENSIONS = ("table", "strikethrough", "autolink", "tagfilter", "tasklist")
"""What the code host turns on, footnotes aside: they are an option."""

_NOT_XML = {code: 0xF700 + code for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20))} | {0xFFFE: 0xF7FE, 0xFFFF: 0xF7FF}
"""Characters that HTML may hold and XML may not, with a place of private use for each while the elements are read."""
_BACK = {private: code for code, private in _NOT_XML.items()}
_NO_VALUE = re.compile(r" data-footnote(?:s|-ref)(?=>)|(?<=\") data-footnote-backref(?= data-)")
"""The attributes without a value that cmark-gfm writes; text cannot look like them, because its `>` and `"` are escaped."""
_SEARCHED = 50
"""So many times as much as a page holds is searched for lines: then its time grows with its length, and not with its square."""
_BARE = re.compile(r"^(?:https?://|mailto:|ftp://|xmpp:)")


def read_code_host(text: str, first_line: int = 1) -> Reading:
    """Read Markdown as the code host does; `first_line` is the line of the file on which `text` begins.

    Blocks have the line on which the code host sees them; HTML has one that holds a `<` near its place.
    """
    written: str = cmark.markdown_to_html_with_extensions(text, _OPTIONS, _EXTENSIONS)
    builder = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    builder.feed(f"<page>{_NO_VALUE.sub('', written).translate(_NOT_XML)}</page>")
    return _CodeHostWalk(text, first_line).through(builder.close())


def shown_by_code_host(text: str) -> str:
    """Return the HTML that the code host makes of Markdown, without the HTML that its author wrote."""
    html: str = cmark.markdown_to_html_with_extensions(text, cmark.Options.CMARK_OPT_FOOTNOTES, _EXTENSIONS)
    return html


class _CodeHostWalk(ElementWalk):
    """One pass over the elements of cmark-gfm's HTML, which tell where each block stands."""

    def __init__(self, text: str, first_line: int) -> None:
        super().__init__()
        self.lines = text.split("\n")
        self.first_line = first_line
        self.at = self.after = 0
        """The line on which the block that is read begins, and the first on which another can; from 0 in the page's body."""
        self.left = _SEARCHED * len(text)
        """Characters that may still be searched."""
        self.html: list[Html] = []
        self.strikes: list[str] = []
        self.extras: list[Extra] = []

    def through(self, root: Element) -> Reading:
        """Return what the code host shows of the page whose elements `root` holds."""
        self.blocks_in(root, ())
        parts: list[Any] = [self.blocks, self.links, self.pictures, self.html, self.strikes, self.extras]
        return Reading(*map(tuple, parts))

    def block_line(self, element: Element) -> int:
        """Return the line on which a block begins, or that of the block before where it does not say."""
        if place := element.get("data-sourcepos"):
            self.at, end = (int(part.partition(":")[0]) - 1 for part in place.split("-"))
            after = self.at if element.tag in ("ul", "ol", "li", "blockquote") else end + 1
            self.after = min(after, len(self.lines) - 1)  # an open fence in a list may end, as it says, below the page
        return self.first_line + self.at

    def target_line(self, written: str) -> int:
        """Return the next line that holds an address; the line of its block where it is written in another way."""
        return self._line_with(written)

    def resolved(self, text: str) -> str:
        """Return text with the characters that XML cannot hold put back."""
        return text.translate(_BACK)

    def shown_code(self, text: str) -> str:
        """Return code with the characters that XML cannot hold put back."""
        return text.translate(_BACK)

    def shown_address(self, written: str) -> str:
        """Return an address with the characters that XML cannot hold put back."""
        return written.translate(_BACK)

    def meet(self, element: Element, words: str) -> None:
        """Remember what is struck out, and what only the code host draws."""
        if element.tag == "del":
            self.strikes.append(words)
            self._extra("strike", words)
        elif element.tag == "input":
            self._extra("box", "[ ]" if element.get("checked") is None else "[x]")
        elif element.tag == "sup":
            self._extra("footnote", "[^")
        elif element.tag == "a" and unquote(_BARE.sub("", element.get("href", ""))) == unquote(_BARE.sub("", words)):
            self._extra("address", words)
            if f"<{words}>" in self.lines[self.extras[-1].line - self.first_line]:
                self.extras.pop()

    def meet_html(self, *, in_words: bool) -> None:
        """Remember a place where HTML was left out. A block of it has no line of its own: it stands after the block before."""
        self.at = self.at if in_words else self.after
        line = self._line_with("<")
        self.html.append(Html(self.lines[line - self.first_line].strip(), line))

    def _extra(self, kind: Any, text: str) -> None:
        self.extras.append(Extra(kind, text, self._line_with(text.split("\n")[0])))

    def _line_with(self, words: str) -> int:
        """Return the next line that holds words; that of their block where none does, or where too much was searched already."""
        for number in range(self.at, len(self.lines)):
            self.left -= len(self.lines[number]) + 1
            if self.left < 0:
                break
            if words in self.lines[number]:
                return self.first_line + number
        return self.first_line + self.at
