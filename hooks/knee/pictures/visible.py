"""Whether there is something to see in a picture, on the light ground that stands behind it."""

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


def shows_something(image: Image, ground: str = GROUND) -> bool:
    """Whether a picture can be told from the bare ground."""
    from PIL import Image as images
    from PIL import ImageChops

    image = image.convert("RGBA")
    bare = images.new("RGBA", image.size, ground)
    seen = ImageChops.difference(images.alpha_composite(bare, image).convert("RGB"), bare.convert("RGB"))
    return any(cast("tuple[int, int]", band.getextrema())[1] >= _DIFFERENT for band in seen.split())


def drawn(svg: str, height: int) -> Image | None:
    """Draw a drawing that is known to be harmless and bounded, at most `height` pixels high; None where it cannot be drawn."""
    import resvg_py
    from PIL import Image as images

    svg = re.sub(r"^<svg([^>]*?) width=\"[^\"]*\"", r"<svg\1", re.sub(r"^<svg([^>]*?) height=\"[^\"]*\"", r"<svg\1", svg))
    try:
        content = resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH, height=height, skip_system_fonts=True)
    except ValueError:
        return None
    except BaseException as error:  # how the renderer, which is no Python, says that it stumbled
        if type(error).__name__ != "PanicException":
            raise
        return None
    return images.open(io.BytesIO(content))
