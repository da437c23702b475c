"""Opens a png or a webp whole, and re-encodes it with nothing but its pixels."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from knee.pictures.faults import Matter, PictureFault, joined_with_and
from knee.pictures.private_data import OF_A_PHOTO, private_in_photo
from knee.pictures.visible import shows_something

if TYPE_CHECKING:  # loaded only where a photo is looked at
    from PIL.Image import Image

FEWEST, MOST = 200, 2_000
"""Pixels that each side of a png or webp may have."""
_QUALITY = 90
_CUT_OFF = "save or export it again, and look at it before you upload it"


def faults_of(content: bytes, kind: str) -> list[PictureFault]:
    """Tell what is wrong with a png or a webp."""
    try:
        image = _opened(content, kind)
    except _TooLarge:
        return [_size_fault(f"the {kind} has far more than {MOST:,} pixels a side")]
    except _UNREADABLE as error:
        return [PictureFault(Matter.BROKEN, 1, f"the {kind} cannot be opened: it is cut off or damaged{_because(error)}", _CUT_OFF)]
    faults = []
    is_sized = all(FEWEST <= side <= MOST for side in image.size)
    if not is_sized:
        faults.append(_size_fault(f"the {kind} has {image.width:,} x {image.height:,} pixels"))
    if (frames := getattr(image, "n_frames", 1)) > 1:
        mend = "save only one frame of it: in GIMP keep one layer, and export it anew"
        faults.append(PictureFault(Matter.MOVES, 1, f"the {kind} moves: it has {frames} frames", mend))
    try:
        if is_sized:
            image.load()
            if not shows_something(image):
                faults.append(
                    PictureFault(Matter.EMPTY, 1, f"there is nothing to see in the {kind}: it is as clear or white as its ground", _CUT_OFF)
                )
    except _UNREADABLE:
        faults.append(PictureFault(Matter.BROKEN, 1, f"the {kind} cannot be opened to its end: it is cut off or damaged", _CUT_OFF))
    if found := private_in_photo(image, content):
        what = f"the {kind} holds {joined_with_and(found)}, and everybody can read it in the project"
        faults.append(PictureFault(Matter.PRIVATE, 1, what, OF_A_PHOTO))
    return faults


def written_anew(content: bytes, kind: str) -> bytes:
    """Return a sound picture with the same dots, in the colours of the web, and with nothing else in the file."""
    from PIL import ImageOps

    image = ImageOps.exif_transpose(_opened(content, kind))
    image = _in_web_colours(image)
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    out = io.BytesIO()
    lossless = kind == "png" or b"VP8L" in content[:64]
    options: dict[str, Any] = {"optimize": True} if kind == "png" else {"lossless": lossless, "quality": _QUALITY, "method": 4}
    image.save(out, kind.upper(), **options)
    return out.getvalue()


class _TooLarge(Exception):
    """The picture has more pixels than anybody opens."""


_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, OverflowError, MemoryError)
"""What Pillow raises for files that are damaged, by accident or on purpose."""


def _opened(content: bytes, kind: str) -> Image:
    """Open a picture without reading its dots. Raises: _TooLarge, or one of _UNREADABLE."""
    from PIL import Image as images

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return images.open(io.BytesIO(content), formats=[kind.upper()])
        except images.DecompressionBombError:
            raise _TooLarge from None


def _in_web_colours(image: Image) -> Image:
    """Return a picture in sRGB. Phones and screenshots bring a profile of their own; without it, their colours would be others."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image


def _size_fault(what: str) -> PictureFault:
    between = f"from {FEWEST} to {MOST:,} are right"
    return PictureFault(
        Matter.PIXELS, 1, f"{what}; {between}", "make it 800 pixels wide in Paint, Preview, GIMP or the like, and save it again"
    )


def _because(error: BaseException) -> str:
    return " (its text is too long)" if "too large" in str(error).lower() else ""
