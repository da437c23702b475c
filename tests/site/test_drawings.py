"""What the site makes of strangers' drawings, in a real browser: the same picture, on every ground, soon shown, and asking for nothing."""

from __future__ import annotations

import base64
import io
import os
import time
from collections.abc import Iterator

import pytest
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


HEAVY = {
    "copies": '<path id="a" d="M0 0L9 9V0z"/>' + "".join(f'<use href="#a" x="{place % 480}"/>' for place in range(1_250)),
    "copies of copies": '<g id="a">{}</g><g id="b">{}</g>{}'.format(
        '<rect width="9" height="9"/>' * 24, '<use href="#a"/>' * 9, '<use href="#b"/>' * 30
    ),
    "long path": f'<path fill="none" stroke="red" d="M0 0{"l9 9-9 3" * 4_000}"/>',
    "long path with many dashes": f'<path fill="none" stroke="red" stroke-dasharray="1" d="M0 0{"l9 9-9 3" * 3_000}"/>',
    "masks in masks": "".join(
        f'<mask id="m{n}"><rect width="480" height="360" fill="#fff" mask="url(#m{n + 1})"/></mask>' for n in range(9)
    )
    + '<rect width="480" height="360" mask="url(#m0)"/>'
    + '<rect width="480" height="360" mask="url(#m3)"/>' * 6,
    "patterns": '<pattern id="p" width="2" height="2" patternUnits="userSpaceOnUse"><circle r="1"/></pattern>'
    + '<rect width="480" height="360" fill="url(#p)"/>' * 150,
    "groups that are seen through": '<g opacity=".9">' * 9
    + '<rect width="480" height="360"/>' * 3
    + "</g>" * 9
    + '<g opacity=".9"><rect width="480" height="360"/><path/></g>' * 150,
    "blends": '<g style="mix-blend-mode:multiply"><rect width="480" height="360" fill="teal"/></g>' * 180,
    "markers": '<marker id="m" markerWidth="9" markerHeight="9"><circle r="3"/></marker><g fill="none" marker-mid="url(#m)">'
    + f'<path d="M0 0{"h9v9" * 700}"/></g>',
}
"""The most of each kind that still passes, or nearly."""


@pytest.mark.parametrize("inside", HEAVY.values(), ids=HEAVY)
def test_the_heaviest_drawing_that_passes_is_soon_shown(chromium: Browser, inside: str) -> None:
    picture = judged(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><title>A</title>{inside}</svg>'.encode())
    assert picture.faults == ()
    page = chromium.new_page(viewport={"width": 960, "height": 720})
    page.set_content("<img width=960 height=720>")
    started = time.monotonic()
    shot(page, picture.published or b"")
    assert time.monotonic() - started < 1
    page.close()
