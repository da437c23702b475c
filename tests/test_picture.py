"""What is read off a picture: its kind by its content, what it holds that no picture needs, and what is left when it is made anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drawings import PROGRAMS
from drawings import drawing as program_drawing
from knee.pictures.faults import Matter, PictureFault
from knee.pictures.file import LARGEST, content_of, is_photo, kind_of
from knee.pictures.judged import judged

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">'

SHAPE = '<rect width="90" height="90"/>'
OUTSIDE = "a reference to something outside in"
RUNNING = ("script", "handler", "listener", "iframe", "OBJECT", "embed")
XHTML = "http://www.w3.org/1999/xhtml"


def drawing(inside: str, before: str = "") -> bytes:
    """Give an SVG with this on its second line, and a shape on its first."""
    return before.encode() + HEAD + f"<title>A calf</title>{SHAPE}\n{inside}\n</svg>".encode()


def told(content: bytes) -> list[tuple[Matter, int, str]]:
    """Give what is wrong with a picture."""
    return [(fault.matter, fault.line, fault.what) for fault in judged(content).faults]


def anew(inside: str) -> str:
    """Give what stands behind the first shape when a drawing is made anew."""
    picture = judged(drawing(inside))
    assert picture.faults == ()
    return picture.file.partition(SHAPE)[2].removesuffix("</svg>")


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


# What is refused


@pytest.mark.parametrize(
    ("inside", "line", "what"),
    [
        *((f"<{name}/>", 2, f"a program or a page inside it (`{name}`)") for name in RUNNING),
        ("<metadata><script/></metadata>", 2, "a program or a page inside it (`script`)"),
        (f'<x:a xmlns:x="urn:x"><script xmlns="{XHTML}"/></x:a>', 2, "a program or a page inside it (`script`)"),
        ("<foreignObject/>", 2, "a part of a web page (`foreignObject`)"),
        (f'<p xmlns="{XHTML}"/>', 2, "a part of a web page (`p`)"),
        ('\n<g onClick="x()"/>', 3, "an event attribute (`onClick`)"),
        ('<set attributeName="onload"/>', 2, "an animation that sets `onload`"),
        ('<set attributeName="xlink: HREF"/>', 2, "an animation that sets `xlink:href`"),
        ('<use href="DATA:x"/>', 2, 'a `data:` address in `href="DATA:x"`'),
        ('<use href="other.svg"/>', 2, f'{OUTSIDE} `href="other.svg"`'),
        (f'<use href="{"x" * 41}"/>', 2, f'{OUTSIDE} `href="{"x" * 39}…"`'),
        ('<use href="x\ny"/>', 2, f'{OUTSIDE} `href="x y"`'),
        ('<image src="other.png"/>', 2, "a photo or another picture inside it (`image`)"),
        ('<g style="fill: URL(Data:x)"/>', 2, "a `data:` address in a style (`Data:x`)"),
        ('<g fill="url( other.svg#a )"/>', 2, f"{OUTSIDE} a style (`other.svg#a`)"),
        ('<g fill="\\75rl(x.svg)"/>', 2, f"{OUTSIDE} a style (`x.svg`)"),
        ("<style>\n@import 'x';\n</style>", 2, "a style that can bring in something else (`@import`)"),
        ("<style>@imp<style/>ort 'x';</style>", 2, "a style that can bring in something else (`@import`)"),
        ("<style>g { fill: u<![CDATA[rl(x.svg)]]> }</style>", 2, f"{OUTSIDE} a style (`x.svg`)"),
        ("<style>g { fill: url(#a) } p { fill: url(b.svg) }</style>", 2, f"{OUTSIDE} a style (`b.svg`)"),
    ],
)
def test_what_could_run_or_ask_for_something_is_told_with_its_line(inside: str, line: int, what: str) -> None:
    assert told(drawing(inside)) == [(Matter.HARM, line, f"the svg holds {what}")]


@pytest.mark.parametrize(
    ("inside", "matter", "what"),
    [
        ("<text>knee</text>", Matter.WORDS, "words"),
        ("<g><text><tspan>kn</tspan><tspan>ee</tspan></text><text>calf</text></g>", Matter.WORDS, "words"),
        (f'<foreignObject><div xmlns="{XHTML}"><b>knee</b></div></foreignObject>', Matter.WORDS, "words"),
        ("<g><animateTransform/><animate/></g>", Matter.MOVES, "an animation (`animateTransform`)"),
        ('<g style="animation-name: a"/>', Matter.MOVES, "an animation"),
        ("<style>g{offset-path:ray(45deg)}</style>", Matter.MOVES, "a way along which a part moves (`offset`)"),
        ('<g filter="url(#f)"/>', Matter.OTHER_TOOLS, "a shadow, a blur or another effect (`filter`)"),
        ('<g style="filter:blur(9px)"/>', Matter.OTHER_TOOLS, "a shadow, a blur or another effect (`filter`)"),
        ("<style>@media (min-width: 9px) { g { fill: red } }</style>", Matter.OTHER_TOOLS, "a style that holds only sometimes (`@media`)"),
        ("<style>g:nth-child(2) { fill: red }</style>", Matter.OTHER_TOOLS, "a style for parts that it does not name (`g:nth-child(2)`)"),
        ("<style>g { --a: red; fill: var(--a) }</style>", Matter.OTHER_TOOLS, "a style that takes its value from elsewhere (`var`)"),
        ('<g fill="paint(x)"/>', Matter.OTHER_TOOLS, "a style of an unknown kind (`fill: paint()`)"),
    ],
)
def test_what_no_still_drawing_of_lines_and_colours_needs_is_told_once(inside: str, matter: Matter, what: str) -> None:
    assert told(drawing(inside)) == [(matter, 2, f"the svg holds {what}")]


@pytest.mark.parametrize("part", ["<metadata><path id='a' d='M0 0h9v9'/></metadata>", "<meshgradient id='a'/>", "<text id='a'/>"])
def test_a_part_that_falls_away_cannot_be_used(part: str) -> None:
    what = "the svg holds a part that no browser draws, and that is used elsewhere"
    assert [(matter, text) for matter, _, text in told(drawing(part + '<g fill="url(#a)"/>'))] == [(Matter.OTHER_TOOLS, what)]


def test_an_instruction_that_brings_in_a_style_is_told() -> None:
    what = "the svg holds an instruction to a program (`<?xml-stylesheet`)"
    assert told(drawing("", '<?xml-stylesheet href="a.css"?>\n')) == [(Matter.HARM, 1, what)]


def test_all_that_is_wrong_is_told_at_once_and_in_its_order() -> None:
    root = '<svg xmlns="http://www.w3.org/2000/svg" width="9in" height="25.4mm">'
    content = f'<!-- a\n --><!DOCTYPE svg\n[<!ENTITY a "b">]>\n{root}\n<text>a</text></svg>'.encode()
    assert [(line, what.removeprefix("the svg ")) for _, line, what in told(content)] == [
        (2, "holds a DOCTYPE"),
        (4, "has no viewBox of 4 numbers"),
        (4, "has no <title> with words straight under its root"),
        (5, "holds words"),
    ]
    assert judged(content).faults[1].mend.endswith('viewBox="0 0 864 96"')


@pytest.mark.parametrize("value", ["&b;&b;", "b" * 201])
def test_entities_that_could_be_blown_up_end_the_reading(value: str) -> None:
    content = drawing("&a;" * 1_000, f'<!DOCTYPE svg [<!ENTITY b "c"><!ENTITY a "{value}">]>')
    assert [what for _, _, what in told(content)] == ["the svg holds a DOCTYPE"]


@pytest.mark.parametrize(("levels", "is_told"), [(99, False), (100, True)])
def test_nesting_has_an_end(levels: int, is_told: bool) -> None:
    faults = told(drawing("<g>" * levels + "</g>" * levels))
    assert faults == ([(Matter.HEAVY, 2, "the svg holds more than 100 levels of nesting")] if is_told else [])


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (HEAD + b"\n<g>", 2, "no element found"),
        (HEAD + b"\n</g>", 2, "mismatched tag"),
        (b"<!-- --><html/>", 1, 'the root is `html`, not an svg with xmlns="http://www.w3.org/2000/svg"'),
        (b"<svg/>", 1, 'the root is `svg`, not an svg with xmlns="http://www.w3.org/2000/svg"'),
        (b'<?xml version="1.0" encoding="no-such"?>' + HEAD + b"</svg>", 1, "unknown encoding: no-such"),
    ],
)
def test_what_is_no_svg_is_told_with_its_line(content: bytes, line: int, why: str) -> None:
    assert told(content) == [(Matter.BROKEN, line, f"the svg is not well-formed: {why}")]


@pytest.mark.parametrize("view", ["0 0 400", "x", "e - + .", "0 0 0 300", "0 0 400 -300", "0 0 400 300 1", "0 0 nan 300", ""])
def test_a_picture_says_how_large_it_is(view: str) -> None:
    content = drawing("").replace(b'viewBox="0 0 400 300"', f'viewBox="{view}" width="12px" height="8"'.encode())
    mend = 'write the size of the drawing into the root, in the place of the viewBox that is there: viewBox="0 0 12 8"'
    assert judged(content).faults == (PictureFault(Matter.BROKEN, 1, "the svg has no viewBox of 4 numbers", mend),)


@pytest.mark.parametrize(("view", "is_told"), [("0 0 900 90", False), ("0 0 901 90", True), ("0 0 90 901", True), ("0 0 1 1e38", True)])
def test_a_picture_is_no_thin_line(view: str, is_told: bool) -> None:
    what = "one side of the svg's viewBox is more than 10 times as long as the other"
    assert told(drawing("").replace(b"0 0 400 300", view.encode())) == ([(Matter.BROKEN, 1, what)] if is_told else [])


@pytest.mark.parametrize("view", ["0 0 400 300", " -1,0 , 4e2 300.5 ", "0,0,400,300", "\n0\t0 400 300"])
def test_numbers_of_a_size_are_read_however_they_are_parted(view: str) -> None:
    assert told(drawing("").replace(b"0 0 400 300", view.encode())) == []


@pytest.mark.parametrize(
    "shape",
    [
        "",
        '<rect x="500" width="9" height="9"/>',
        '<path d="M0 0h9"/>',
        '<rect width="400" height="300" fill="none"/>',
        '<g opacity="0"><rect width="90" height="90"/></g>',
        '<g display="none"><rect width="90" height="90"/></g>',
        '<defs><rect width="90" height="90"/></defs>',
        '<g clip-path="url(#c)"><clipPath id="c"/><rect width="90" height="90"/></g>',
        '<use href="#nothing"/>',
    ],
)
def test_there_is_something_to_see_inside_its_view(shape: str) -> None:
    content = drawing("").replace(SHAPE.encode(), shape.encode())
    assert told(content) == [(Matter.EMPTY, 1, "there is nothing to see inside the svg's viewBox")]


@pytest.mark.parametrize("colour", ["white", "#fffdf8", "#f0f0f0"])
def test_white_on_the_light_ground_is_told_as_what_it_is(colour: str) -> None:
    content = drawing("").replace(SHAPE.encode(), f'<rect width="90" height="90" fill="{colour}"/>'.encode())
    assert told(content) == [(Matter.EMPTY, 1, "the svg is drawn in white, and cannot be seen on the light ground behind it")]


FORBIDDEN = {
    "<script>attack()</script>": Matter.HARM,
    '<image href="data:image/png;base64,AAAA" width="9" height="9"/>': Matter.HARM,
    '<g onload="attack()"/>': Matter.HARM,
    "<text>knee</text>": Matter.WORDS,
    f'<foreignObject><p xmlns="{XHTML}">knee</p></foreignObject>': Matter.WORDS,
    '<animate attributeName="x" values="0;9" dur="1s"/>': Matter.MOVES,
    '<rect width="9" height="9" filter="url(#f)"/>': Matter.OTHER_TOOLS,
    "<!-- C:\\Users\\sam\\knee.svg -->": Matter.PRIVATE,
    '<g id="self"><use href="#self"/></g>': Matter.HEAVY,
}


@pytest.mark.parametrize("forbidden", FORBIDDEN)
@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_one_thing_that_cannot_stay_is_told_once_in_a_drawing_of_every_program(forbidden: str, number: int) -> None:
    sent = program_drawing(number).decode("utf-8-sig")
    places = [found.end() for found in re.finditer(r"<(?:svg:)?g [^>]*[^/]>|</(?:svg:)?title>", sent)]
    place = places[number % len(places)]
    inside = forbidden if "svg:svg" not in sent else f'<svg xmlns="http://www.w3.org/2000/svg">{forbidden}</svg>'
    picture = judged((sent[:place] + inside + sent[place:]).encode())
    assert [fault.matter for fault in picture.faults] == [FORBIDDEN[forbidden]]


@pytest.mark.parametrize(
    ("sign", "inside", "mend"),
    [
        (
            "<!-- Generator: Adobe Illustrator 27.1.1 -->",
            '<g filter="url(#f)"/>',
            "in Illustrator select the part, and delete its effects under Window",
        ),
        ("<!-- Created with Inkscape -->", '<g filter="url(#f)"/>', "in Inkscape select the part, and choose Filters > Remove Filters"),
        ('<g id="filter0_d_1_2"/>', '<g filter="url(#f)"/>', "in Figma select the layer, and delete its Effects"),
        ('<g id="clip0_1_2"/>', "<foreignObject/>", "in Figma select the layer, and delete its Effects"),
        (
            '<g font-family="Calibri_MSFontService"/>',
            "<image/>",
            "in PowerPoint delete the photo, select the shapes, and choose Save as Picture",
        ),
        ('<g data-x="mxfile"/>', "<text>knee</text>", "delete the words in draw.io, save the drawing again"),
        ("<!-- svg-source:excalidraw -->", "<text>knee</text>", "delete the words in Excalidraw"),
        ('<g xmlns:serif="http://www.serif.com/"/>', '<g filter="url(#f)"/>', "in Affinity select the layer, and turn everything off"),
        ("", '<g filter="url(#f)"/>', "take the effect off, and save the drawing again"),
    ],
)
def test_what_to_do_is_said_for_the_program_that_drew_it(sign: str, inside: str, mend: str) -> None:
    (fault,) = judged(drawing(sign + inside)).faults
    assert fault.mend.startswith(mend)


# What falls away without a word


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- a remark -->",
        "<?php x ?>",
        "<metadata>Created by hand</metadata>",
        '<x:namedview xmlns:x="urn:x"><x:grid/></x:namedview>',
        "<title>another</title>",
        "<text/>",
        "<style>@font-face{src:url(https://example.org/a.woff)} @keyframes a{} @media print{g{fill:red}} text{font:9px a}</style>",
        '<filter id="unused"><feFlood/></filter>',
        '<flowRoot xml:space="preserve"/>',
        '<foreignObject requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/">words</foreignObject>',
    ],
)
def test_what_drawing_programs_add_falls_away(inside: str) -> None:
    assert anew(inside) == ""


def test_attributes_that_draw_nothing_fall_away() -> None:
    inert = 'role="img" xml:space="preserve" data-x="1" cursor="url(x)" font-family="A" style="-x-y: url(z); line-height: 1"'
    assert anew(f'<g id="a" class="b" {inert}/>') == "<g/>"


@pytest.mark.parametrize(
    ("inside", "made"),
    [
        ('<a href="https://example.org/" transform="scale(2)"><path d="M0\n0 h9"/></a>', '<a transform="scale(2)"><path d="M0 0h9"/></a>'),
        ('<use xlink:href="#mitten"/><path id="mitten" d=""/>', '<use href="#a"/><path id="a" d=""/>'),
        ('<use xlink:href="#hand"/><path id="hand" d=""/>', '<use href="#hand"/><path id="hand" d=""/>'),
        ('<use href="#a%20b"/><path id="a b"/>', '<use href="#a"/><path id="a"/>'),
        ('<g fill="light-dark(rgb(1, 2, 3), red)"/>', '<g fill="rgb(1, 2, 3)"/>'),
        ('<g fill="var(--fill-0, #123)"/>', '<g fill="#123"/>'),
        ('<g style="fill:red;font-size:9px;-inkscape-x:y"/>', '<g style="fill:red;font-size:9px"/>'),
        ('<g style="stroke: url( &quot;#b&quot; ) #000 !important"/><g id="b"/>', '<g style="stroke:url(#a) #000!important"/><g id="a"/>'),
        ('<switch><g systemLanguage="de"/><g requiredFeatures="x"/><g fill="red"/></switch>', "<switch><g/></switch>"),
        (
            '<switch><foreignObject requiredExtensions="urn:x">words</foreignObject><g fill="red"/></switch>',
            '<switch><g fill="red"/></switch>',
        ),
    ],
)
def test_what_draws_is_kept_and_written_in_one_way(inside: str, made: str) -> None:
    assert anew(inside.replace("xlink:href", 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href')) == made


def test_style_sheets_become_one_with_short_names() -> None:
    first = "<style>.cls-1,.cls-2:hover{fill:#fff;font-family:A}</style>"
    second = "<style type='text/css'><![CDATA[g > .cls-1 { stroke : url('#Layer 1') } #two{opacity:.5}]]></style>"
    picture = judged(drawing(f"{first}{second}<g class='other cls-1' id='two'/>"))
    assert picture.faults == ()
    assert "<style>.a{fill:#fff}g &gt; .a{stroke:url(#a)}#b{opacity:.5}</style>" in picture.file
    assert '<g id="b" class="a"/>' in picture.file


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "us-ascii", "ISO-8859-1", "windows-1252", "utf-16"])
def test_every_common_encoding_is_read_and_written_as_utf_8(encoding: str) -> None:
    content = drawing("", f'<?xml version="1.0" encoding="{encoding}"?>').decode()
    word = "calf" if encoding == "us-ascii" else "café"
    picture = judged(content.replace("calf", word).encode(encoding))
    assert (picture.faults, picture.title) == ((), f"A {word}")
    assert picture.published == f"{picture.file}\n".encode()


def test_names_with_a_prefix_are_those_of_svg() -> None:
    content = b'<p:svg xmlns:p="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><p:title>A</p:title><p:path d="M0 0h9v9"/></p:svg>'
    assert judged(content).file == '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A</title><path d="M0 0h9v9"/></svg>'
    assert "add <p:title>" in judged(content.replace(b"<p:title>A</p:title>", b"")).faults[0].mend


def test_the_words_for_those_who_cannot_see_it_are_those_of_the_picture_itself() -> None:
    words = "<title>A calf &amp; <tspan/>a hand</title><desc>One</desc><g><title>no</title></g><title>no</title><desc> and two</desc>"
    picture = judged(drawing("").replace(b"<title>A calf</title>", words.encode()))
    assert (picture.title, picture.description) == ("A calf & a hand", "One and two")
    assert picture.file.replace("<title>A calf &amp; a hand</title><desc>One</desc><desc>and two</desc>", "") == picture.drawing
