"""Small photos for the tests, as phones and picture programs write them."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image


def dots(size: tuple[int, int] = (240, 200), colours: int = 9, seed: int = 1) -> Image.Image:
    """Give a picture of coloured dots, the same for the same seed."""
    shades = bytes(20 * (chance % colours) for chance in range(256))
    return Image.frombytes("L", size, random.Random(seed).randbytes(size[0] * size[1]).translate(shades))


def photo(kind: str = "png", *, size: tuple[int, int] = (240, 200), colours: int = 9, **options: Any) -> bytes:
    """Give the file of such a picture; the options are those of Pillow for its kind."""
    file = io.BytesIO()
    dots(size, colours).save(file, kind, **options)
    return file.getvalue()


def camera(*, place: bool = True, person: str = "Sam Sample", make: str = "A phone") -> Image.Exif:
    """Give what a phone writes beside a photo."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = make, person
    if place:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    return exif
