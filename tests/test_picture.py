"""What is read off a picture file: its kind by its content, and what an SVG holds that no picture needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from knee.pictures.picture import LARGEST, content_of, is_photo, kind_of, svg_of

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">'

OUTSIDE = "a reference to something outside"
RUNNING = ("script", "foreignObject", "handler", "listener", "iframe", "OBJECT", "embed")


def drawing(inside: str, before: str = "") -> bytes:
    """Give an SVG with this on its second line."""
    return before.encode() + HEAD + b"\n" + inside.encode() + b"\n</svg>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "png"),
        (b"\x89PNG", ""),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", ""),
        (b"junk\0\0\0\0WEBP", ""),
        (b"<svg/>", "svg"),
        (b"\xef\xbb\xbf \t\r\n<SVG/>", "svg"),
        (b'<?xml version="1.0"?><svg/>', "svg"),
        (b"<!-- drawn by hand --><svg/>", "svg"),
        (b"<!DOCTYPE svg><svg/>", "svg"),
        ("<svg/>".encode("utf-16-le"), ""),
        (b"\xff\xfe" + "<svg/>".encode("utf-16-le"), "svg"),
        (b"\xfe\xff" + "<svg/>".encode("utf-16-be"), "svg"),
        (b"<html>", ""),
        (b"X<svg/>", ""),
        (b"", ""),
    ],
)
def test_a_kind_is_told_by_the_content(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "photo"),
    [
        (b"\xff\xd8\xff\xe0", True),
        (b"GIF89a", True),
        (b"gif89a", False),
        (b"\0\0\0\x18ftypheic", True),
        (b"\0\0\0\x18FTYPheic", False),
        (b"\0\0\0\0\x18ftyp", False),
        (b"\x89PNG\r\n\x1a\n", False),
    ],
)
def test_a_photo_is_told_by_the_content(content: bytes, photo: bool) -> None:
    assert is_photo(content) is photo


def test_no_more_is_read_than_shows_that_a_file_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(b"x" * 200_000)
    assert {kind: len(content_of(file, kind)) for kind in (*LARGEST, "")} == {"svg": 40_001, "png": 150_001, "webp": 150_001, "": 1}


@pytest.mark.parametrize(
    ("inside", "line", "what"),
    [
        *((f"<{name}/>", 2, f"a `{name}` element") for name in RUNNING),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', 2, "an HTML element (`p`)"),
        ('\n<g onClick="x()"/>', 3, "an event attribute (`onClick`)"),
        ("<?php x ?>", 2, "an instruction to a program (`<?php`)"),
        ('<set attributeName="onload"/>', 2, "an animation that sets `onload`"),
        ('<set attributeName="xlink: HREF"/>', 2, "an animation that sets `xlink: HREF`"),
        ('<use href="DATA:x"/>', 2, 'a `data:` address in `href="DATA:x"`'),
        ('<use href="other.svg"/>', 2, f'{OUTSIDE} in `href="other.svg"`'),
        ('<image src="other.png"/>', 2, f'{OUTSIDE} in `src="other.png"`'),
        ('<g xml:base="https://example.org/"/>', 2, f'{OUTSIDE} in `base="https://example.org/"`'),
        (f'<a href="{"x" * 40}"/>', 2, f'{OUTSIDE} in `href="{"x" * 40}"`'),
        (f'<a href="{"x" * 41}"/>', 2, f'{OUTSIDE} in `href="{"x" * 39}…"`'),
        ('<a href="x\ny"/>', 2, f'{OUTSIDE} in `href="x y"`'),
        ('<g style="fill: URL(Data:x)"/>', 2, "a `data:` address in a style (`fill: URL(Data:x)`)"),
        ('<g fill="url( other.svg#a )"/>', 2, f"{OUTSIDE} (`url( other.svg#a )`)"),
        ('<g style="cursor: //example.org"/>', 2, f"{OUTSIDE} (`cursor: //example.org`)"),
        ("<style>\n@import 'x';\n</style>", 4, "a style that can bring in something else (`@import`)"),
        ("<style>g { fill: u/**/rl(x.svg) }</style>", 2, f"{OUTSIDE} (`g {{ fill: url(x.svg) }}`)"),
        ("<style>g { fill: u/*\n*/rl(x.svg) }</style>", 3, f"{OUTSIDE} (`g {{ fill: url(x.svg) }}`)"),
        ("<style>g { fill: u<![CDATA[rl(x.svg)]]> }</style>", 2, f"{OUTSIDE} (`g {{ fill: url(x.svg) }}`)"),
        ("<style>g { fill: url(#a) } p { fill: url(b.svg) }</style>", 2, f"{OUTSIDE} (`g {{ fill: url(#a) }} p {{ fill: url(b.svg…`)"),
    ],
)
def test_what_no_picture_needs_is_told_with_its_line(inside: str, line: int, what: str) -> None:
    assert svg_of(drawing(inside)).hostile == [(line, what)]


@pytest.mark.parametrize(
    "inside",
    [
        '<use href="#a"/>',
        '<g fill="url(#a)" style="stroke: url(\'#b\')"/>',
        '<set attributeName="fill" to="red"/>',
        '<g aria-label="more: https://example.org" class="a:b" id="x:y"/>',
        "<style>/* a remark: red as the others */ g { fill: red }</style>",
    ],
)
def test_what_stays_inside_the_picture_is_let_alone(inside: str) -> None:
    svg = svg_of(drawing(inside))
    assert (svg.hostile, svg.broken, svg.cut_short) == ([], None, False)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "us-ascii", "ISO-8859-1"])
def test_encodings_that_all_programs_read_alike_are_let_alone(encoding: str) -> None:
    assert svg_of(drawing("", f'<?xml version="1.0" encoding="{encoding}"?>')).hostile == []


def test_utf_16_is_read_like_the_rest() -> None:
    svg = svg_of(drawing("<script/>", '<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16"))
    assert svg.hostile == [(2, "a `script` element")]


def test_an_encoding_that_programs_read_differently_is_told() -> None:
    what = "an encoding that programs read differently (`windows-1252`)"
    assert svg_of(drawing("", '<?xml version="1.0" encoding="windows-1252"?>')).hostile == [(1, what)]


def test_a_doctype_ends_the_reading() -> None:
    svg = svg_of(drawing("<script/>", "<!DOCTYPE svg>"))
    assert (svg.hostile, svg.cut_short, svg.broken) == ([(1, "a DOCTYPE")], True, None)


@pytest.mark.parametrize(("levels", "hostile"), [(99, []), (100, [(2, "more than 100 levels of nesting")])])
def test_nesting_has_an_end(levels: int, hostile: list[tuple[int, str]]) -> None:
    assert svg_of(drawing("<g>" * levels + "</g>" * levels)).hostile == hostile


@pytest.mark.parametrize(
    ("content", "broken"),
    [
        (HEAD + b"\n<g>", (2, "no element found")),
        (HEAD + b"\n</g>", (2, "mismatched tag")),
        (b"", (1, "no element found")),
        (b"<html/>", (1, 'the root is `html`, not an svg with xmlns="http://www.w3.org/2000/svg"')),
        (b"<svg/>", (1, 'the root is `svg`, not an svg with xmlns="http://www.w3.org/2000/svg"')),
        (b'<?xml version="1.0" encoding="no-such"?>' + HEAD + b"</svg>", (1, "unknown encoding: no-such")),
    ],
)
def test_what_is_no_svg_is_told_with_its_line(content: bytes, broken: tuple[int, str]) -> None:
    assert svg_of(content).broken == broken


def test_the_words_for_those_who_cannot_see_it_are_those_of_the_picture_itself() -> None:
    svg = svg_of(
        drawing(
            "<title>A calf &amp; <tspan/>a hand</title><desc>One</desc><g><title>no</title><desc>no</desc></g>tail"
            "<title>no</title><desc> and two</desc>"
        )
    )
    assert (svg.title, svg.description) == ("A calf & ", "One and two")


@pytest.mark.parametrize(
    ("attribute", "has"),
    [
        ('viewBox="0 0 400 300"', True),
        ('viewBox=" -1,0 , 4e2 3.5 "', True),
        ('viewBox="0 0 400"', False),
        ('viewBox="x"', False),
        ("", False),
    ],
)
def test_a_picture_says_how_large_it_is(attribute: str, has: bool) -> None:
    assert svg_of(f'<svg xmlns="http://www.w3.org/2000/svg" {attribute}/>'.encode()).has_view_box is has
