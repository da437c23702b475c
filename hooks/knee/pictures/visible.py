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
_SMALLER, _SHARE = 3, 20
"""At a glance a drawing is looked at so many times smaller, which takes a quarter of the time. It has to differ twice as far, in one dot of
so many: then it differs as well where it is drawn larger."""


def shows_something(image: Image, ground: str = GROUND) -> bool:
    """Whether a picture can be told from the bare ground."""
    return any(cast("tuple[int, int]", band.getextrema())[1] >= _DIFFERENT for band in _against(image, ground))


def shows_at_a_glance(svg: str, height: int) -> bool:
    """Whether a drawing shows so much, also when it is drawn small, that nobody has to look closely; `height` as for `drawn`."""
    image = drawn(svg, max(height // _SMALLER, 1), WIDTH // _SMALLER)
    if image is None:
        return False
    return any(sum(band.histogram()[2 * _DIFFERENT :]) * _SHARE >= band.width * band.height for band in _against(image, GROUND))


def _against(image: Image, ground: str) -> tuple[Image, ...]:
    """Return how far each dot of a picture differs from the bare ground, by colour."""
    from PIL import Image as images
    from PIL import ImageChops

    image = image.convert("RGBA")
    bare = images.new("RGBA", image.size, ground)
    return ImageChops.difference(images.alpha_composite(bare, image).convert("RGB"), bare.convert("RGB")).split()


def drawn(svg: str, height: int, width: int = WIDTH) -> Image | None:
    """Draw a drawing that is known to be harmless and bounded, at most `height` pixels high; None where it cannot be drawn."""
    import resvg_py
    from PIL import Image as images

    svg = re.sub(r"^<svg([^>]*?) width=\"[^\"]*\"", r"<svg\1", re.sub(r"^<svg([^>]*?) height=\"[^\"]*\"", r"<svg\1", svg))
    try:
        content = resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height, skip_system_fonts=True)
    except ValueError:
        return None
    except BaseException as error:  # how the renderer, which is no Python, says that it stumbled
        if type(error).__name__ != "PanicException":
            raise
        return None
    return images.open(io.BytesIO(content))
