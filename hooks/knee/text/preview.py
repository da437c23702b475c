"""Reads a page as the code host's preview does (CommonMark, with tables and ~~struck~~ words)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knee.text.reading import Block, Html, Kind, Link, Picture, Reading

INDENTED = "indented"
"""The mark of a code block that is one only because of the spaces before it."""
OPEN_FENCE = "open"
"""The mark of a code block whose fence is never closed."""
_HOLDERS = {"bullet_list": "ul", "ordered_list": "ol", "blockquote": "quote"}
_READER = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
# Every link is to be seen as it was written: judging it is a rule's job, not the reader's.
_READER.validateLink = lambda url: True  # type: ignore[method-assign]
_READER.normalizeLink = lambda url: url  # type: ignore[method-assign]


@lru_cache(maxsize=64)
def read_preview(text: str, first_line: int = 1) -> Reading:
    """Read Markdown as CommonMark; `first_line` is the line of the file on which `text` begins.

    Checks, links and the search ask for the same pages, and a writer changes one of them at a time: the last ones are kept.
    """
    environment: dict[str, Any] = {}
    walk = _Walk(first_line)
    walk.through(_READER.parse(text, environment))
    for definition in (*environment.get("references", {}).values(), *environment.get("duplicate_refs", [])):
        walk.links.append(Link(definition["href"], first_line + definition["map"][0]))
    return Reading(tuple(walk.blocks), tuple(walk.links), tuple(walk.pictures), tuple(walk.html))


class _Walk:
    """One pass over the tokens: keeps what holds the present place, collects what is found there."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.inside: list[str] = []
        self.lists: list[int] = []
        self.next_numbers: list[int | None] = []
        self.list_count = 0
        self.cells: list[str] | None = None
        self.table_line = 0
        self.heading = 0
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.targets: list[str] = []
        self.pictures: list[Picture] = []
        self.html: list[Html] = []

    def through(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            handle = getattr(self, f"_{token.type}", None)
            if handle:
                handle(token)
            elif token.type.endswith(("_list_open", "quote_open")):
                self._enter(token)
            elif token.type.endswith(("_list_close", "quote_close")):
                self._leave()

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _enter(self, token: Token) -> None:
        self.list_count += 1
        self.inside.append(_HOLDERS[token.type.removesuffix("_open")])
        self.lists.append(self.list_count)
        self.next_numbers.append(None)

    def _leave(self) -> None:
        self.inside.pop()
        self.lists.pop()
        self.next_numbers.pop()

    def _block(self, kind: Kind, text: str, line: int, **more: Any) -> None:
        self.blocks.append(Block(kind, text, line, tuple(self.inside), place=len(self.blocks), **more))

    def _list_item_open(self, token: Token) -> None:
        written = int(token.info) if token.info else 0
        self.next_numbers[-1] = written if self.next_numbers[-1] is None else self.next_numbers[-1] + 1
        numbers = {"number": self.next_numbers[-1], "written": written}
        self._block("item", "", self._line(token), marker=token.markup, list_id=self.lists[-1], **numbers)

    def _heading_open(self, token: Token) -> None:
        self.heading = int(token.tag[1])

    def _hr(self, token: Token) -> None:
        self._block("rule", "", self._line(token))

    def _fence(self, token: Token) -> None:
        start, end = token.map or (0, 0)
        closed = end - start == token.content.count("\n") + 2
        self._block("code", token.content, self._line(token), marker="" if closed else OPEN_FENCE)

    def _code_block(self, token: Token) -> None:
        self._block("code", token.content, self._line(token), marker=INDENTED)

    def _html_block(self, token: Token) -> None:
        self.html.append(Html(token.content, self._line(token)))
        self._block("html", token.content, self._line(token))

    def _table_open(self, token: Token) -> None:
        self.cells, self.table_line = [], self._line(token)

    def _table_close(self, token: Token) -> None:
        self._block("table", " ".join(filter(None, self.cells or [])), self.table_line, targets=tuple(self.targets))
        self.cells = None
        self.targets.clear()

    def _inline(self, token: Token) -> None:
        line = self._line(token)
        words, bare = self._inline_words(token.children or [], line)
        if self.cells is not None:
            self.cells.append(words.strip())
        elif self.heading:
            self._block("heading", words, line, level=self.heading, targets=tuple(self.targets))
            self.heading = 0
        else:
            self._block("paragraph", words, line, bare=bare, targets=tuple(self.targets))
        if self.cells is None:
            self.targets.clear()

    def _inline_words(self, children: Sequence[Token], line: int) -> tuple[str, str]:
        words: list[str] = []
        bare: list[str] = []
        opened = 0, 0
        quoted = "quote" in self.inside
        for child in children:
            text = ""
            if child.type in ("softbreak", "hardbreak"):
                line, text = line + 1, " "
            elif child.type == "link_open":
                self.links.append(Link(str(child.attrs.get("href", "")), line, quoted, str(child.attrs.get("title", ""))))
                self.targets.append(self.links[-1].target)
                opened = len(self.links) - 1, len(words)
            elif child.type == "link_close":
                self.links[opened[0]] = replace(self.links[opened[0]], words="".join(words[opened[1] :]))
            elif child.type == "html_inline":
                self.html.append(Html(child.content, line))
            elif child.type == "image":
                alt = self._inline_words(child.children or [], line)[0]
                self.pictures.append(Picture(str(child.attrs.get("src", "")), alt, line, quoted, str(child.attrs.get("title", ""))))
                self.targets.append(self.pictures[-1].target)
                words.append(alt)
            elif child.type in ("text", "code_inline"):
                text = child.content
            words.append(text)
            bare.append(text)
        return "".join(words), "".join(bare)
