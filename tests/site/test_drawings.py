"""What the site makes of strangers' drawings, in a real browser: the same picture, on every ground, soon shown, and asking for nothing."""

from __future__ import annotations

import base64
import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from built import PROJECT, BuiltSite
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from drawings import PROGRAMS, drawing
from knee.pictures.judged import judged

WIDTH, HEIGHT = 240, 180
WHITE = ((255, 255),) * 3
DOTS_THAT_MAY_DIFFER = 80
COUNT = int(os.environ.get("DRAWINGS", 5 * len(PROGRAMS)))
"""How many drawings are looked at: more with DRAWINGS=300."""


@pytest.fixture(scope="module")
def frame(chromium: Browser) -> Iterator[Page]:
    """Give a page that shows one picture."""
    page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_content(f"<style>body{{margin:0;font-size:0}}</style><img width={WIDTH} height={HEIGHT}>")
    yield page
    page.close()


def shot(frame: Page, svg: bytes) -> Image.Image:
    """Give what a browser shows of a drawing, dot for dot."""
    address = "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
    frame.evaluate("async (address) => { document.images[0].src = address; await document.images[0].decode(); }", address)
    return Image.open(io.BytesIO(frame.screenshot())).convert("RGB")


def as_browsers_read(svg: bytes) -> bytes:
    """Give a drawing in UTF-8: as a picture of a page, a browser reads none in another encoding of single bytes."""
    return svg.decode("iso-8859-1").replace("iso-8859-1", "utf-8").encode() if b"iso-8859-1" in svg[:60] else svg


@pytest.mark.parametrize("number", range(COUNT))
def test_a_drawing_of_every_program_is_the_same_to_the_dot_when_it_is_made_anew(frame: Page, number: int) -> None:
    sent = drawing(number)
    picture = judged(sent)
    assert picture.faults == ()
    before = shot(frame, as_browsers_read(sent))
    assert before.getextrema() != WHITE, "something is drawn"
    for made in (picture.published, (picture.drawing or "").encode()):
        different = ImageChops.difference(before, shot(frame, made or b"")).convert("L").point(lambda light: 255 if light else 0)
        assert different.histogram()[255] < DOTS_THAT_MAY_DIFFER


RECT = '<rect width="480" height="360"'
GRADIENT = '<radialGradient id="g"><stop/><stop offset="1" stop-color="red"/></radialGradient>'
PATTERN = '<pattern id="p" width="2" height="2" patternUnits="userSpaceOnUse"><circle r="1"/></pattern>'
MASK = f'<mask id="m">{RECT} fill="#fff"/></mask>'
MARKER = '<marker id="m" markerWidth="9" markerHeight="9"><circle r="3"/></marker>'
HEAVY = {
    "copies": f'<g id="a">{RECT} fill="#12345678"/></g>' + '<use href="#a"/>' * 1_100,
    "gradients": GRADIENT + f'{RECT} fill="url(#g)"/>' * 190,
    "patterns": PATTERN + f'{RECT} fill="url(#p)"/>' * 80,
    "masks": MASK + f'{RECT} mask="url(#m)"/>' * 32,
    "blends": f'<g style="mix-blend-mode:multiply">{RECT} fill="teal"/></g>' * 170,
    "groups that are seen through": f'<g opacity=".9">{RECT}/></g>' * 230,
    "clips": '<clipPath id="c"><path d="M0 0h480v360z"/></clipPath>' + f'<g clip-path="url(#c)">{RECT} fill="#12345678"/></g>' * 290,
    "a long path": f'<path fill="none" stroke="red" d="M0 0{"l9 9-9 3" * 4_000}"/>',
    "dashes": f'<path fill="none" stroke="red" stroke-dasharray="1" d="M0 0{"l9 9-9 3" * 3_000}"/>',
    "markers": f'{MARKER}<g fill="none" marker-mid="url(#m)"><path d="M0 0{"h9v9" * 580}"/></g>',
}
"""Of each kind nearly the most that still passes."""


def seconds_of(process: int) -> float:
    """Give the seconds that a process and all that it started have worked."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            parents[int(status.parent.name)] = status.read_text("utf-8").rpartition(")")[2].split()
    family = {process}
    for _ in range(9):
        family |= {child for child, told in parents.items() if int(told[1]) in family}
    return sum(int(parents[each][11]) + int(parents[each][12]) for each in family if each in parents) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells how long a browser worked")
@pytest.mark.parametrize("inside", HEAVY.values(), ids=HEAVY)
def test_the_heaviest_drawing_that_passes_is_soon_shown(chromium: Browser, inside: str) -> None:
    picture = judged(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><title>A</title>{inside}</svg>'.encode())
    assert picture.faults == ()
    page = chromium.new_page(viewport={"width": 960, "height": 720})
    page.set_content("<img width=960 height=720>")
    page.screenshot()
    before = seconds_of(os.getpid())
    shot(page, picture.published or b"")
    assert seconds_of(os.getpid()) - before < 2, "of both cores together: under 1 second by the clock"
    page.close()


@pytest.mark.parametrize("path", sorted((PROJECT / "docs" / "techniques").glob("*.svg")), ids=lambda path: path.stem)
def test_our_own_drawings_are_the_same_to_the_dot(frame: Page, path: Path) -> None:
    sent = path.read_bytes()
    assert ImageChops.difference(shot(frame, sent), shot(frame, judged(sent).published or b"")).getbbox() is None


def test_every_picture_of_the_site_is_made_anew(site: BuiltSite) -> None:
    published = sorted((site.folder / "techniques").glob("*.svg"))
    assert len(published) > 20
    for path in published:
        picture = judged((PROJECT / "docs" / "techniques" / path.name).read_bytes())
        assert path.read_bytes() == picture.published
