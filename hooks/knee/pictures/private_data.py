"""Finds what a picture tells about the person who made it: a place, names, folders, a phone.

Only kinds are told, never what stands there: messages are public as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from knee.pictures.faults import joined_with_and
from knee.pictures.programs import Program

if TYPE_CHECKING:  # loaded only where a photo is looked at
    from PIL.Image import Image

PLACE = "the place where it was made"
NAME = "a person's name"
FOLDER = "the names of folders on a computer"
MAIL = "an email address"
PHONE = "a phone number"
DEVICE = "the make of a phone or camera"

OF_A_PHOTO = (
    "take it out. Windows: open it in Paint, select all, copy, choose New, paste, and save that as PNG. "
    "Mac, iPhone or Android: show it on the screen, take a screenshot of it, and use that. "
    "GIMP: choose File > Export As, and turn off Exif, XMP and IPTC. Upload the new file then"
)
"""How each system takes private things out of a photo."""

_FOLDERS = re.compile(
    r"""file:///?[^\s"'<>]|(?<![\w.])[A-Za-z]:[\\/][^\s"'<>\\/:*?]|\\\\[\w.-]+\\\w|%5C[^\s"'<>]*%5C
    |(?<![\w./:#-])(?:/home|/Users|/root|/media|/mnt|/Volumes|/var/folders|/storage/emulated|/data/user|/tmp)/[^\s"'<>/]
    |(?<![\w/])~/\w|(?:Documents\ and\ Settings|OneDrive|iCloud)[\\/]\w""",
    re.VERBOSE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?<![\w.])(?:tel:\s*\+?[\d ()/-]{6,}|\+\d[\d ()/-]{8,}\d)(?![\w.])")
_FILE_NAME = re.compile(r"""\b(docname|export-filename|absref|filePath|href)\s*=\s*["']([^"']*)["']""")
_PERSON = re.compile(r"[A-Z][a-z]+[\s_.-]+[A-Z][a-z]+")
_OF_PERSONS = r"(?:creator|contributor|publisher|Author|AuthorsPosition|CaptionWriter|Artist|OwnerName|CameraOwnerName|By-line|ContactName)"
_OF_PLACES = (
    r"(?:GPS\w+|City|Location|SubLocation|Sublocation|CountryName|Country|State|LocationCreated|LocationShown|coverage|CiAdrExtadr)"
)
_OF_DEVICES = r"(?:Make|Model|LensModel|LensMake|SerialNumber|BodySerialNumber|LensSerialNumber|HostComputer|DeviceManufacturer)"
_RIGHTS = re.compile(r"<dc:rights\b(?:(?!</dc:rights).)*(?:©|\(c\)|copyright)", re.IGNORECASE | re.DOTALL)
_PREFIX = re.compile(r":(?<=[\w.-]:)[A-Za-z]")
"""A prefix before a name (`dc:creator`): most drawings have none."""
_DRAWN = re.compile(r"""\s(?:d|points|transform|style)\s*=\s*(?:"[^"]*"|'[^']*')""")
"""What draws, and tells nothing: long rows of numbers."""
_PROGRAM = re.compile(r"\bv?\d+\.\d|https?://")
"""What a program writes where its user's name could stand: a version, an address."""
_SAID = re.compile(r"(?:author|artist|drawn by|owner|patient)\s*[:=]\s*[A-Za-z]", re.IGNORECASE)


Found = dict[str, int]
"""Kinds of private things, each with the line where the first of its kind stands."""


def private_in_drawing(text: str) -> Found:
    """Find private things in the text of an svg."""
    text = _DRAWN.sub(lambda part: re.sub(r"[^\n]", " ", part[0]), text)
    starts = dict(_private_places(text))
    for name in _FILE_NAME.finditer(text):
        folders, _, last = re.sub(r"[\\/]", "/", name[2]).rpartition("/")
        if folders and name[1] != "href":
            starts.setdefault(FOLDER, name.start())
        if "//" not in name[2] and _PERSON.search(last):
            starts.setdefault(NAME, name.start())
    for remark in re.finditer(r"<!--.*?-->", text, re.DOTALL):
        if said := _SAID.search(remark[0]):
            starts.setdefault(NAME, remark.start() + said.start())
    return {kind: text.count("\n", 0, start) + 1 for kind, start in starts.items()}


def private_in_text(text: str) -> list[str]:
    """Return the kinds of private things in what a photo says about itself."""
    return [kind for kind, _ in _private_places(text)]


def _private_places(text: str) -> Iterator[tuple[str, int]]:
    """Return each kind of private thing that is there, with the place of the first."""
    if _PREFIX.search(text):
        for kind, names in ((PLACE, _OF_PLACES), (NAME, _OF_PERSONS), (DEVICE, _OF_DEVICES)):
            if held := _held(text, names):
                yield kind, held.start()
    for kind, pattern in ((NAME, _RIGHTS), (FOLDER, _FOLDERS), (MAIL, _MAIL), (PHONE, _PHONE)):
        if found := pattern.search(text):
            yield kind, found.start()


def _held(text: str, names: str) -> re.Match[str] | None:
    """Find an element or an attribute of one of these names, which has to have a prefix (`dc:creator`), that holds words."""
    for element in re.finditer(rf"<([\w.-]+:{names})(?:\s[^>]*)?(?<!/)>(.*?)</\1\s*>", text, re.DOTALL):
        said = re.sub(r"<[^>]*>", "", element[2])
        if re.search(r"\w", said) and not _PROGRAM.search(said):
            return element
    return re.search(rf"""\s[\w.-]+:{names}\s*=\s*(?:"[^"]*\w|'[^']*\w)""", text)


def mend_drawing(program: Program, found: Found) -> str:
    """Say how private things are taken out of a drawing."""
    names, folders = set(found) & {NAME, MAIL, PLACE, PHONE}, set(found) & {FOLDER, DEVICE}
    ways = [program.no_names] if names else []
    ways += [program.no_folders] if folders else []
    if not all(ways):
        lines = [str(line) for line in sorted(set(found.values()))]
        return (
            f"open the file as text, delete what tells it on line{'s' if lines[1:] else ''} {joined_with_and(lines)}, and upload it again"
        )
    return f"in {program.name} {', and then '.join(dict.fromkeys(ways))}; then upload the new file"


_EXIF_PERSONS = (0x013B, 0x8298, 0x9C9D, 0xA430)
_EXIF_DEVICES = (0x010F, 0x0110, 0x013C, 0xA431, 0xA433, 0xA434, 0xA435, 0x927C)
_EXIF_PLACES, _EXIF_DETAILS = 0x8825, 0x8769
_TEXT_KEYS = {"author": NAME, "artist": NAME, "copyright": NAME, "source": DEVICE, "location": PLACE, "creator": NAME, "owner": NAME}


def private_in_photo(image: Image, content: bytes) -> list[str]:
    """Return the kinds of private things in a png or webp that is open."""
    exif = _exif_of(image)
    found = [PLACE] if exif.get(_EXIF_PLACES) else []
    found += [NAME] if any(exif.get(tag) for tag in _EXIF_PERSONS) else []
    found += [DEVICE] if any(exif.get(tag) for tag in _EXIF_DEVICES) else []
    said: dict[str, Any] = {**_texts_of(image), **{str(key): value for key, value in image.info.items()}}
    for key, value in said.items():
        words = value.decode("utf-8", errors="ignore") if isinstance(value, bytes) else str(value)
        if key in ("icc_profile", "exif", "transparency"):
            continue
        found += [_TEXT_KEYS[key.lower()]] if key.lower() in _TEXT_KEYS and words.strip() else []
        found += private_in_text(words)
        found += _in_raw_profile(key, words)
    found += private_in_text(content[-70_000:].decode("latin-1")) if b"<x:xmpmeta" in content else []
    return list(dict.fromkeys(found))


def _texts_of(image: Image) -> dict[str, Any]:
    """Return the texts of a png, also those behind its dots; of a damaged one only what was read so far."""
    try:
        return dict(getattr(image, "text", {}))
    except (OSError, SyntaxError, ValueError):
        return {}


def _exif_of(image: Image) -> dict[int, Any]:
    """Return what a camera wrote, of all its parts; where that is damaged, nothing can be told of it and everything is dropped."""
    try:
        exif = image.getexif()
        told: dict[int, Any] = {**exif, **exif.get_ifd(_EXIF_DETAILS)}
        told[_EXIF_PLACES] = exif.get_ifd(_EXIF_PLACES)
    except Exception:  # whatever is wrong with it, it is not written anew
        return {}
    return told


def _in_raw_profile(key: str, words: str) -> list[str]:
    """Look into metadata that some programs write into a png as a row of digits (`Raw profile type exif`)."""
    if not key.startswith("Raw profile type"):
        return []
    digits = re.sub(r"[^0-9a-fA-F]", "", words.partition("\n")[2].strip().partition("\n")[2])
    text = bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("latin-1")
    return (
        [*private_in_text(text), *([PLACE] if "GPS" in text else [])] or [DEVICE]
        if "exif" in key.lower() or "APP1" in key
        else private_in_text(text)
    )
