"""Draws docs/assets/social.png from social/picture.svg: what other sites show beside a link to Knee Ease (`make social`)."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

from browser import find_browser
from print_sheets import NO_BROWSER, started

PROJECT = Path(__file__).resolve().parents[1]
DRAWING = PROJECT / "social" / "picture.svg"
OUT = PROJECT / "docs" / "assets" / "social.png"
WIDTH, HEIGHT = 1200, 630
"""What other sites ask for, in pixels."""
COLOURS = 64
"""The drawing has 12 colours; the rest are for smooth edges. It makes the file a third as large."""


def draw(browser: str) -> bytes:
    """Give the drawing as a small PNG; `browser` is the path of a Chromium."""
    with started(browser) as chromium:
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(DRAWING.as_uri())
        shot = page.screenshot(animations="disabled")
    made = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> int:
    """Draw the picture, and say how large it is. Gives the exit status."""
    path = find_browser()
    if not path:
        print(NO_BROWSER.replace("make sheets", "make social"), file=sys.stderr)
        return 1
    OUT.write_bytes(draw(path))
    print(f"{OUT.relative_to(PROJECT)}: {OUT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
