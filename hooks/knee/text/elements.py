"""What a reader sees of a page's elements: the way from the HTML that a Markdown reader makes to a reading."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from knee.text.reading import Block, Kind, Link, Picture

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {"p", "ul", "ol", "blockquote", "pre", "hr", "table", "div", "section", *_HEADINGS}


class ElementWalk:
    """One pass over elements: collects the blocks, links and pictures that they show.

    How one Markdown reader keeps text, code and places in its elements is left to the walk over that reader's elements.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.targets: list[str] = []
        self.pictures: list[Picture] = []
        self.elements: list[Element] = []
        """The element of each block; for the words of a tight item, one that stands in no page."""

    def block_line(self, element: Element) -> int:
        """Return the line of the file on which a block stands; 0 where the reader does not know it."""
        return 0

    def target_line(self, written: str) -> int:
        """Return the line of the next link or picture that leads to `written`."""
        raise NotImplementedError

    def resolved(self, text: str) -> str:
        """Return text of an element as a reader sees it."""
        return text

    def shown_code(self, text: str) -> str:
        """Return text of a code element as a reader sees it."""
        return text

    def shown_address(self, written: str) -> str:
        """Return an address as it stands in an element in the form that a browser reads."""
        return written

    def code_in(self, element: Element) -> str | None:
        """Return the code that a paragraph stands for; None for every true paragraph."""
        return None

    def meet(self, element: Element, words: str) -> None:
        """Take note of an element in a line of words; `words` are its own."""

    def meet_html(self, *, in_words: bool) -> None:
        """Take note of a place, in a line of words or between blocks, where a piece of HTML was left out."""

    def blocks_in(self, holder: Element, inside: tuple[str, ...]) -> None:
        """Collect the blocks of a holder, bare text between them as well."""
        self._paragraph(holder.text or "", inside)
        for element in holder:
            self._element(element, inside)
            self._paragraph(element.tail or "", inside)

    def _element(self, element: Element, inside: tuple[str, ...]) -> None:
        tag, line = element.tag, self.block_line(element)
        if not isinstance(tag, str):
            self.meet_html(in_words=False)
        elif tag in ("ul", "ol"):
            self._list(element, (*inside, tag))
        elif tag in ("blockquote", "section"):
            self.blocks_in(element, (*inside, "quote") if tag == "blockquote" else inside)
        elif tag in _HEADINGS:
            self._block("heading", self._words(element, inside), element, line, inside, level=int(tag[1]))
        elif tag == "pre":
            self._block("code", self.shown_code("".join(element.itertext())), element, line, inside, info=_language(element))
        elif tag == "hr":
            self._block("rule", "", element, line, inside)
        elif tag == "table":
            cells = (self._words(cell, inside).strip() for row in element.iter("tr") for cell in row)
            self._block("table", " ".join(filter(None, cells)), element, line, inside)
        else:
            self._text_block(element, line, inside)

    def _block(self, kind: Kind, text: str, element: Element, line: int, inside: tuple[str, ...], **more: Any) -> None:
        self.elements.append(element)
        self.blocks.append(Block(kind, text, line, inside, targets=tuple(self.targets), **more))
        self.targets.clear()

    def _list(self, element: Element, inside: tuple[str, ...]) -> None:
        first = int(element.get("start", "1"))
        for place, item in enumerate(element):
            self._block("item", "", item, self.block_line(item), inside, number=first + place)
            self._item(item, inside)

    def _item(self, item: Element, inside: tuple[str, ...]) -> None:
        """Collect what an item holds. A tight one holds its words without a paragraph: give them one."""
        loose = Element("p", item.attrib)
        loose.text = item.text
        rest: list[Element] = []
        for child in item:
            if not rest and child.tag not in _BLOCKS:
                loose.append(child)
            else:
                rest.append(child)
        if (loose.text or "").strip() or len(loose):
            self._text_block(loose, self.block_line(loose), inside)
        for child in rest:
            self._element(child, inside)
            self._paragraph(child.tail or "", inside)

    def _paragraph(self, text: str, inside: tuple[str, ...]) -> None:
        if text.strip():
            element = Element("p")
            element.text = text
            self._text_block(element, self.block_line(element), inside)

    def _text_block(self, element: Element, line: int, inside: tuple[str, ...]) -> None:
        code = self.code_in(element)
        if code is not None:
            self._block("code", code, element, line, inside)
            return
        words = self._words(element, inside)
        if words.strip() or self.targets:
            self._block("paragraph", words, element, line, inside)

    def _words(self, element: Element, inside: tuple[str, ...]) -> str:
        text = element.text or ""
        words = [self.shown_code(text) if element.tag == "code" else self.resolved(text)]
        for child in element:
            words += [self._word(child, inside), self.resolved(child.tail or "")]
        return "".join(words)

    def _word(self, child: Element, inside: tuple[str, ...]) -> str:
        quoted = "quote" in inside
        if not isinstance(child.tag, str):
            self.meet_html(in_words=True)
            return ""
        if child.tag == "br":
            return " "
        if child.tag == "img":
            target, alt = self.shown_address(child.get("src", "")), self.resolved(child.get("alt", ""))
            self.pictures.append(Picture(target, alt, self.target_line(child.get("src", "")), quoted))
            self.targets.append(target)
            return alt
        if child.tag == "a":
            target, line = self.shown_address(child.get("href", "")), self.target_line(child.get("href", ""))
            place = len(self.links)
            self.links.append(Link(target, line, quoted))
            self.targets.append(target)
            words = self._words(child, inside)
            self.links[place] = Link(target, line, quoted, words=words)
        else:
            words = self._words(child, inside)
        self.meet(child, words)
        return words


def _language(pre: Element) -> str:
    """Return what a fence says about the language of its code."""
    code = pre.find("code")
    return "" if code is None else code.get("class", "").removeprefix("language-")
