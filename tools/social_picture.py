"""Draws docs/assets/social.png from social_picture.svg: what other sites show beside a link to Knee Ease (`make social`)."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

from tools.browser import started
from tools.strict_build import PROJECT

DRAWING = Path(__file__).with_name("social_picture.svg")
OUT = PROJECT / "docs" / "assets" / "social.png"
WIDTH, HEIGHT = 1200, 630
"""What other sites ask for, in pixels."""
COLOURS = 64
"""The drawing has 12 colours; the rest are for smooth edges. It makes the file a third as large."""


def draw() -> bytes:
    """Return the drawing as a small PNG."""
    with started() as chromium:
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(DRAWING.as_uri())
        shot = page.screenshot(animations="disabled")
    made = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> int:
    """Draw the picture, and say how large it is. Return the exit status."""
    OUT.write_bytes(draw())
    print(f"{OUT.relative_to(PROJECT)}: {OUT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
