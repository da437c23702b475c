"""Photos are opened whole, and written anew with nothing but their dots; what they tell of their makers is named, not repeated."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, PngImagePlugin

from knee.pictures.faults import Matter
from knee.pictures.judged import judged
from knee.pictures.private_data import DEVICE, FOLDER, MAIL, NAME, PHONE, PLACE, private_in_drawing
from photos import camera, dots, photo


def matters(content: bytes) -> list[Matter]:
    """Give what the faults of a picture are about."""
    return [fault.matter for fault in judged(content).faults]


def told(content: bytes) -> str:
    """Give what is wrong with a picture in one matter."""
    (fault,) = judged(content).faults
    return fault.what


def opened(content: bytes | None) -> Image.Image:
    """Open what is published."""
    return Image.open(io.BytesIO(content or b""))


def chunk(name: bytes, content: bytes) -> bytes:
    """Give a chunk of a png."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_texts(**texts: str) -> bytes:
    """Give a png with texts in it."""
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_itxt(key.replace("_", " "), text)
    return photo(pnginfo=info)


@pytest.mark.parametrize("size", [(200, 200), (2_000, 200), (200, 2_000)])
@pytest.mark.parametrize("kind", ["png", "webp"])
def test_the_smallest_and_the_largest_are_right(kind: str, size: tuple[int, int]) -> None:
    assert matters(photo(kind, size=size, colours=2)[:150_000]) == []


@pytest.mark.parametrize("size", [(199, 200), (200, 199), (2_001, 200), (200, 2_001)])
def test_a_dot_less_or_more_is_told_with_the_size(size: tuple[int, int]) -> None:
    what = told(photo(size=size, colours=2))
    assert what == f"the png has {size[0]:,} x {size[1]:,} pixels; from 200 to 2,000 are right"


@pytest.mark.parametrize("side", [10_000, 20_000, 100_000])
def test_a_picture_that_would_fill_the_memory_is_never_opened(side: int) -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    assert matters(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")) == [Matter.PIXELS]


@pytest.mark.parametrize("kind", ["png", "webp"])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9, 0.99])
def test_what_is_cut_off_is_told(kind: str, share: float) -> None:
    whole = photo(kind)
    assert matters(whole[: int(len(whole) * share)]) == [Matter.BROKEN]


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_frames_are_counted(kind: str) -> None:
    frames = [dots(seed=seed) for seed in (2, 3)]
    assert told(photo(kind, save_all=True, append_images=frames, lossless=True)) == f"the {kind} moves: it has 3 frames"


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (photo("webp", exif=camera()), [PLACE, NAME, DEVICE]),
        (photo("png", exif=camera()), [PLACE, NAME, DEVICE]),
        (photo("webp", exif=camera(place=False, person="", make="A phone")), [DEVICE]),
        (photo("webp", xmp=b'<x:xmpmeta xmlns:x="x"><rdf:Description photoshop:City="Leeds"/></x:xmpmeta>'), [PLACE]),
        (with_texts(XML_com="<x:xmpmeta><dc:creator><rdf:li>Sam Sample</rdf:li></dc:creator></x:xmpmeta>"), [NAME]),
        (with_texts(Author="Sam Sample"), [NAME]),
        (with_texts(Comment=r"from C:\Users\sam\Pictures, sam@sample.test"), [FOLDER, MAIL]),
        (photo()[:-12] + chunk(b"tEXt", b"Author\0Sam Sample") + chunk(b"IEND", b""), [NAME]),
    ],
)
def test_private_things_are_told_by_kind_and_not_repeated(content: bytes, kinds: list[str]) -> None:
    (fault,) = judged(content).faults
    assert fault.matter is Matter.PRIVATE
    assert all(kind in fault.what for kind in kinds)
    assert not {"Sam", "Leeds", "A phone", "sam@"} & {word for word in ("Sam", "Leeds", "A phone", "sam@") if word in str(fault)}
    for system in ("Windows", "Mac", "Android", "iPhone", "GIMP"):
        assert system in fault.mend


def test_what_says_nothing_private_falls_away_without_a_word() -> None:
    exif = Image.Exif()
    exif[0x0131] = "GIMP 2.10"
    content = photo("webp", exif=exif, lossless=True)
    assert matters(content) == []
    assert b"GIMP" not in (judged(content).published or b"")
    assert matters(with_texts(Software="Paint", Title="A palm")) == []


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_a_photo_made_anew_has_the_same_dots_and_nothing_else(kind: str) -> None:
    content = photo(kind, lossless=True) + b"<script>attack()</script>"
    made = judged(content).published
    assert ImageChops.difference(opened(made).convert("L"), dots()).getextrema() == (0, 0)
    assert b"script" not in (made or b"")


def test_a_clear_ground_stays_clear() -> None:
    image = Image.new("RGBA", (240, 200), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (20, 20, 90, 90))
    file = io.BytesIO()
    image.save(file, "png")
    made = opened(judged(file.getvalue()).published)
    assert (made.getpixel((0, 0)), made.getpixel((50, 50))) == ((0, 0, 0, 0), (0, 0, 0, 255))


def test_a_photo_that_was_taken_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(judged(photo("webp", size=(300, 200), exif=exif, lossless=True)).published).size == (200, 300)


# What a drawing tells


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('<svg sodipodi:docname="drawing.svg" inkscape:export-filename="knee.png">', {}),
        ('<svg>\n<g inkscape:export-filename="/home/sam/knee.png"/>', {FOLDER: 2}),
        ('<g sodipodi:absref="C:\\Users\\sam\\knee.png"/>', {FOLDER: 1}),
        ('<g inkscape:export-filename="..\\patients\\knee.png"/>', {FOLDER: 1}),
        ("<a>file:///media/stick/knee.svg</a>", {FOLDER: 1}),
        ('<svg sodipodi:docname="knee of Sam Sample.svg">', {NAME: 1}),
        ("<dc:creator>\n<cc:Agent><dc:title>Sam</dc:title></cc:Agent></dc:creator>", {NAME: 1}),
        ("<dc:creator><cc:Agent><dc:title></dc:title></cc:Agent></dc:creator>", {}),
        ("<dc:creator><cc:Agent><dc:title>Matplotlib v3.8.0, https://matplotlib.org/</dc:title></cc:Agent></dc:creator>", {}),
        ("<dc:rights><cc:Agent><dc:title>© Sam</dc:title></cc:Agent></dc:rights>", {NAME: 1}),
        ("<dc:rights>CC BY 4.0</dc:rights><dc:format>image/svg+xml</dc:format>", {}),
        ("<!-- Author: Sam -->", {NAME: 1}),
        ("<!-- Created by potrace 1.16, written by Peter Selinger 2001-2019 -->", {}),
        ("<!-- Generator: Adobe Illustrator 27.1.1, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->", {}),
        ('<rdf:li exif:GPSLatitude="53,48N"/>', {PLACE: 1}),
        ("<tiff:Model>A phone</tiff:Model>", {DEVICE: 1}),
        ("<desc>write to sam@sample.test</desc>", {MAIL: 1}),
        ("<!-- tel: +44 113 4960000 -->", {PHONE: 1}),
        ('<path d="M/home/ +44 113 4960000 20"/>', {}),
        ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://ns.example.test/home/x"><xmp:CreatorTool>Inkscape</xmp:CreatorTool>', {}),
    ],
)
def test_a_drawing_tells_of_its_maker_with_the_line(text: str, kinds: dict[str, int]) -> None:
    assert private_in_drawing(text) == kinds
