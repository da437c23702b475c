"""Whether there is something to see in a picture, on the light ground that stands behind it. Imports nothing of knee."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # loaded only where a picture is looked at
    from PIL.Image import Image

GROUND = "#fffdf8"
"""The ground behind every picture (docs/assets/css/base.css)."""
WIDTH = 120
"""Pixels across, at which a drawing is looked at: enough to tell whether anything is there."""
_DIFFERENT = 24
"""Of 255: how far two parts differ that somebody can tell apart."""


def shows_something(image: Image) -> bool:
    """Whether a picture is more than one flat colour when it stands on the ground."""
    from PIL import Image as images

    image = image.convert("RGBA")
    ground = images.new("RGBA", image.size, GROUND)
    ground.alpha_composite(image)
    bands = (cast("tuple[int, int]", band.getextrema()) for band in ground.convert("RGB").split())
    return any(high - low >= _DIFFERENT for low, high in bands)


def drawn(svg: str) -> Image | None:
    """Draw a drawing that is known to be harmless and bounded; None where it cannot be drawn."""
    import resvg_py
    from PIL import Image as images

    svg = re.sub(r"^<svg([^>]*?) width=\"[^\"]*\"", r"<svg\1", re.sub(r"^<svg([^>]*?) height=\"[^\"]*\"", r"<svg\1", svg))
    try:
        content = resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH, skip_system_fonts=True)
    except ValueError:
        return None
    return images.open(io.BytesIO(content))
