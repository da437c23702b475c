"""What each of the two readers makes of a page that holds one of everything, with lines; and where two readings part."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knee.text import website
from knee.text.code_host import read_code_host
from knee.text.preview import INDENTED, OPEN_FENCE, read_preview
from knee.text.reading import Block, Extra, Html, Link, Reading, collapse_whitespace
from knee.text.website import TooSlow, read_website
from small_site import Site

FIRST = 11
"""The line of the file on which the page begins: there is front matter above it."""
PAGE = """\
# Calf &amp; *shin* rub

A slow rub, see [tips](../tips.md "More &amp; more") and ![A hand](rub.svg "A &amp; b").
It goes `on & on` &copy; 1\\*2.

![Alone](alone.svg)

## Steps

3. Sit down.

    It helps, and ![P](p.svg)

    - a [cushion](c.md)
    - a towel

3. Rub it.

---

- one
- two

> Quoted [link](q.md) and ![Q](q.svg)
>
> - three

| A | B |
| - | - |
| [x](x.md) | ![Y](y.svg) |
|  | c |

```
a < b
```

    code & more

After the code [again](../tips.md), a hard\x20\x20
break and a [named][n] one.

[n]: n&amp;m.md
[unused]: unused.md
"""
STEP, BULLET, QUOTED = ("ol",), ("ol", "ul"), ("quote", "ul")
SEEN = [
    (11, "heading", 1, (), 0, "Calf & shin rub", ()),
    (13, "paragraph", 0, (), 0, "A slow rub, see tips and A hand. It goes on & on © 1*2.", ("../tips.md", "rub.svg")),
    (16, "paragraph", 0, (), 0, "Alone", ("alone.svg",)),
    (18, "heading", 2, (), 0, "Steps", ()),
    (20, "item", 0, STEP, 3, "", ()),
    (20, "paragraph", 0, STEP, 0, "Sit down.", ()),
    (22, "paragraph", 0, STEP, 0, "It helps, and P", ("p.svg",)),
    (24, "item", 0, BULLET, 0, "", ()),
    (24, "paragraph", 0, BULLET, 0, "a cushion", ("c.md",)),
    (25, "item", 0, BULLET, 0, "", ()),
    (25, "paragraph", 0, BULLET, 0, "a towel", ()),
    (27, "item", 0, STEP, 4, "", ()),
    (27, "paragraph", 0, STEP, 0, "Rub it.", ()),
    (29, "rule", 0, (), 0, "", ()),
    (31, "item", 0, ("ul",), 0, "", ()),
    (31, "paragraph", 0, ("ul",), 0, "one", ()),
    (32, "item", 0, ("ul",), 0, "", ()),
    (32, "paragraph", 0, ("ul",), 0, "two", ()),
    (34, "paragraph", 0, ("quote",), 0, "Quoted link and Q", ("q.md", "q.svg")),
    (36, "item", 0, QUOTED, 0, "", ()),
    (36, "paragraph", 0, QUOTED, 0, "three", ()),
    (38, "table", 0, (), 0, "A B x Y c", ("x.md", "y.svg")),
    (43, "code", 0, (), 0, "a < b", ()),
    (47, "code", 0, (), 0, "code & more", ()),
    (49, "paragraph", 0, (), 0, "After the code again, a hard break and a named one.", ("../tips.md", "n&m.md")),
]
"""Line, kind, level, holders, number, words, and where its links and pictures lead."""
LINKS = [
    ("../tips.md", 13, False),
    ("c.md", 24, False),
    ("q.md", 34, True),
    ("x.md", 40, False),
    ("../tips.md", 49, False),
]
PICTURES = [
    ("rub.svg", "A hand", 13, False),
    ("alone.svg", "Alone", 16, False),
    ("p.svg", "P", 22, False),
    ("q.svg", "Q", 34, True),
    ("y.svg", "Y", 40, False),
]

Reader = Callable[[str, int], Reading]
both = pytest.mark.parametrize("read", [read_code_host, read_preview, read_website], ids=["code host", "preview", "website"])


def seen(block: Block) -> tuple[object, ...]:
    number = block.number if block.inside[-1:] == ("ol",) else 0
    return (block.kind, block.level, block.inside, number, collapse_whitespace(block.text), block.targets)


@both
def test_every_kind_of_block_is_read(read: Reader) -> None:
    assert [seen(block) for block in read(PAGE, FIRST).blocks] == [wanted[1:] for wanted in SEEN]


@both
def test_links_are_read_with_their_lines_and_whether_they_are_quoted(read: Reader) -> None:
    assert [(link.target, link.line, link.in_quote) for link in read(PAGE, FIRST).links][: len(LINKS)] == LINKS


@both
def test_pictures_are_read_with_their_words_and_lines(read: Reader) -> None:
    assert [(each.target, each.alt, each.line, each.in_quote) for each in read(PAGE, FIRST).pictures] == PICTURES


def test_the_preview_knows_the_line_of_every_block() -> None:
    assert [block.line for block in read_preview(PAGE, FIRST).blocks] == [wanted[0] for wanted in SEEN]


def test_the_preview_tells_what_shows_when_a_mouse_rests_on_a_link_or_a_picture() -> None:
    reading = read_preview(PAGE, FIRST)
    assert [link.title for link in reading.links if link.title] == ["More & more"]
    assert [picture.title for picture in reading.pictures if picture.title] == ["A & b"]


def test_the_preview_tells_a_link_by_reference_in_its_line_and_every_definition_used_or_not() -> None:
    reading = read_preview("A [name][n].\n\n[n]: a.md\n[n]: b.md\n[u]: c.md\n", FIRST)
    assert sorted((link.line, link.target) for link in reading.links) == [(11, "a.md"), (13, "a.md"), (14, "b.md"), (15, "c.md")]


def test_the_website_tells_every_definition_used_or_not() -> None:
    reading = read_website("A word.\n\n[n]: a.md\n[u]: c.md\n", FIRST)
    assert [(link.line, link.target) for link in reading.links] == [(13, "a.md"), (14, "c.md")]


def test_the_preview_tells_which_items_are_of_one_list_and_how_they_are_written() -> None:
    items = [block for block in read_preview(PAGE, FIRST).blocks if block.kind == "item"]
    lists = [item.list_id for item in items]
    assert [lists.index(each) for each in lists] == [0, 1, 1, 0, 4, 4, 6]
    assert [item.marker for item in items] == [".", "-", "-", ".", "-", "-", "-"]
    assert [item.written for item in items] == [3, 0, 0, 3, 0, 0, 0]


def test_the_preview_tells_how_code_is_marked() -> None:
    blocks = read_preview("```\na\n```\n\n    b\n\n~~~\nc\n").blocks
    assert [(block.text, block.line, block.marker) for block in blocks] == [("a\n", 1, ""), ("b\n", 5, INDENTED), ("c\n", 7, OPEN_FENCE)]


def test_a_paragraph_without_the_words_of_its_pictures_is_told_as_well() -> None:
    assert read_preview("Rub ![A hand](a.svg) it.").blocks[0].bare == "Rub  it."


@both
def test_headings_of_every_level_are_read(read: Reader) -> None:
    reading = read("\n\n".join(f"{'#' * level} L{level}" for level in range(1, 7)), FIRST)
    assert [(block.text, block.level) for block in reading.blocks] == [(f"L{level}", level) for level in range(1, 7)]


@both
def test_a_bullet_holds_its_words_and_blocks_in_their_order(read: Reader) -> None:
    reading = read("- a *b* c\n\n        d\n\n    e\n\n    > f\n\n- g\n    - h\n\n    i\n", FIRST)
    inner, quoted = ("ul", "ul"), ("ul", "quote")
    assert [(block.kind, collapse_whitespace(block.text), block.inside) for block in reading.blocks] == [
        ("item", "", ("ul",)),
        ("paragraph", "a b c", ("ul",)),
        ("code", "d", ("ul",)),
        ("paragraph", "e", ("ul",)),
        ("paragraph", "f", quoted),
        ("item", "", ("ul",)),
        ("paragraph", "g", ("ul",)),
        ("item", "", inner),
        ("paragraph", "h", inner),
        ("paragraph", "i", ("ul",)),
    ]


@both
@pytest.mark.parametrize(
    ("text", "links", "pictures"),
    [
        ("[a\\]b](c\\_d.md)", ["c_d.md"], []),
        ("![a\\]b \\* c](d\\_e.svg)", [], [("a]b * c", "d_e.svg")]),
        ("<https://a.org/?b=1&c=2>", ["https://a.org/?b=1&c=2"], []),
        ("<a@b.org>", ["mailto:a@b.org"], []),
        ("[a]()", [""], []),
        ("![a]()", [], [("a", "")]),
    ],
)
def test_marks_that_are_written_with_a_backslash_or_hidden_are_read_as_readers_see_them(
    read: Reader, text: str, links: list[str], pictures: list[tuple[str, str]]
) -> None:
    reading = read(f"Words.\n\n{text} end", FIRST)
    assert [link.target for link in reading.links] == links
    assert [(picture.alt, picture.target) for picture in reading.pictures] == pictures


def test_the_website_reads_words_after_a_heading_in_a_list() -> None:
    """Only Python-Markdown makes a heading of the item's first line, and leaves the rest without a paragraph."""
    blocks = read_website("- a\n- b\n===\nc\n", FIRST).blocks
    assert [(block.kind, collapse_whitespace(block.text), block.inside) for block in blocks] == [
        ("item", "", ("ul",)),
        ("paragraph", "a", ("ul",)),
        ("item", "", ("ul",)),
        ("heading", "b", ("ul",)),
        ("paragraph", "c", ("ul",)),
    ]


@both
def test_without_front_matter_lines_count_from_1(read: Callable[[str], Reading]) -> None:
    assert read("[a](b.md)\n").links == (Link("b.md", 1, words="a"),)


@both
def test_the_same_address_again_and_again_is_told_on_each_line(read: Reader) -> None:
    text = "[a](x.md)\n\n![b](y.svg)\n\n[c](x.md)\n\n![d](y.svg)\n"
    assert [link.line for link in read(text, 5).links] == [5, 9]
    assert [picture.line for picture in read(text, 5).pictures] == [7, 11]


@pytest.mark.parametrize("read", [read_preview, read_website], ids=["preview", "website"])
def test_html_is_told_with_its_line_and_its_words_do_not_count(read: Reader) -> None:
    reading = read("Words <b>bold</b> and\n<br>.\n\n<div>\nblock\n</div>\n\nEnd.\n", FIRST)
    assert sorted((piece.line, piece.text.strip()) for piece in reading.html) == [
        (11, "</b>"), (11, "<b>"), (12, "<br>"), (14, "<div>\nblock\n</div>"),
    ]  # fmt: skip
    assert [collapse_whitespace(block.text) for block in reading.blocks if block.kind == "paragraph"] == ["Words bold and .", "End."]


def test_the_code_host_tells_on_which_lines_html_begins() -> None:
    reading = read_code_host("Words <b>bold</b> and\n<br>.\n\n<div>\nblock\n</div>\n\nEnd.\n\n<source\nc\n", FIRST)
    assert sorted({piece.line for piece in reading.html}) == [11, 14, 20]
    assert [collapse_whitespace(block.text) for block in reading.blocks] == ["Words bold and .", "End."]


ONLY_THE_CODE_HOST = "- [x] a\n- b\n\nSee ~c~ and ~~d~~ at\nwww.e.org, f@g.org, <https://h.org>[^1].\n\n[^1]: a note\n"


def test_the_code_host_tells_what_only_it_draws() -> None:
    assert set(read_code_host(ONLY_THE_CODE_HOST, FIRST).extras) == {
        Extra("box", "[x]", 11),
        Extra("strike", "c", 14),
        Extra("strike", "d", 14),
        Extra("address", "www.e.org", 15),
        Extra("address", "f@g.org", 15),
        Extra("footnote", "[^", 15),
    }


def test_the_website_tells_what_it_strikes_out() -> None:
    assert read_website(ONLY_THE_CODE_HOST).strikes == ("d",)


@both
def test_the_words_of_a_link_are_told(read: Reader) -> None:
    links = read("[a *b*](x.md) and [![c](d.svg)](e.md) and [](f.md)\n", FIRST).links
    assert [(link.target, link.words) for link in links] == [("x.md", "a b"), ("e.md", "c"), ("f.md", "")]


def test_the_code_host_tells_what_a_fence_says_of_its_code() -> None:
    assert [block.info for block in read_code_host("```mermaid x\na\n```\n\n```\nb\n```\n").blocks] == ["mermaid", ""]


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "\x7f", "\u2028"])
def test_signs_that_xml_cannot_hold_come_through(sign: str) -> None:
    reading = read_code_host(f"a{sign}b `c{sign}d`\n\n[e{sign}f](g.md)\n")
    assert [block.text for block in reading.blocks] == [f"a{sign}b c{sign}d", f"e{sign}f"]


def test_the_preview_tells_where_a_block_of_html_stands() -> None:
    assert read_preview("a\n\n<div>\n</div>\n").blocks[1] == Block("html", "<div>\n</div>\n", 3, place=1)
    assert read_preview("a\n\n<div>\n</div>\n").html == (Html("<div>\n</div>\n", 3),)


# --- the reading of a long page can be stopped --------------------------------------------------------------------------------------

LONG = PAGE + "\n" * website.LONG_PAGE
BUSY = "<a " * website.LONG_PAGE


def in_a_thread(text: str, first_line: int = 1) -> Reading:
    """Read a page where no timer can be set: it is read in a process of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(read_website, text, first_line).result()


@pytest.mark.parametrize("read", [read_website, in_a_thread])
def test_a_long_page_is_read_alike(read: Callable[[str, int], Reading]) -> None:
    assert read(LONG, FIRST) == read_website(PAGE, FIRST)


@pytest.mark.parametrize("read", [read_website, in_a_thread])
def test_a_long_page_that_takes_too_long_is_given_up(read: Callable[[str], Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(website, "PATIENCE", 0.05)
    with pytest.raises(TooSlow):
        read(BUSY)
    assert read_website(PAGE, FIRST) == in_a_new_reader(PAGE)
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    assert signal.getsignal(signal.SIGPROF) == signal.SIG_DFL


@pytest.mark.parametrize("read", [read_website, in_a_thread])
def test_a_page_that_goes_too_deep_for_the_reader_is_told_alike(read: Callable[[str], Reading]) -> None:
    with pytest.raises(RecursionError):
        read("*" * website.LONG_PAGE + "a" + "*" * website.LONG_PAGE)


def test_a_reader_that_breaks_down_is_no_fault_of_the_page(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "markdown.py").write_text("raise SystemError('out of order')\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    site.write(site.text() + "\n" * website.LONG_PAGE)
    with ThreadPoolExecutor(1) as thread, pytest.raises(RuntimeError, match="SystemError: out of order"):
        thread.submit(site.check_page).result()


def test_a_reader_that_does_not_start_is_no_fault_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    with pytest.raises(RuntimeError, match="does not start"):
        in_a_thread(LONG)


def in_a_new_reader(text: str) -> Reading:
    """Read a page with a reader that has read no other."""
    website._idle.clear()
    return read_website(text, FIRST)


def test_nothing_of_one_page_is_left_for_the_next() -> None:
    texts = (PAGE, "# Two\n\n## Two\n\n[a][n] <b>", "<i>b</i>\n\n[n][n]\n\n```\nc\n```\n", PAGE)
    alone = [in_a_new_reader(text) for text in texts]
    assert [read_website(text, FIRST) for text in texts] == alone
