"""Rules about the pictures that a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from knee.contract.page import Page
from knee.contract.site_context import PHOTO_KINDS, PICTURE_KINDS, plain_name
from knee.pictures.file import LARGEST, content_of, is_photo, kind_of, text_of
from knee.pictures.programs import program_of, save_plain
from knee.rules.registry import Finding, rule
from knee.text.mended import with_words
from knee.text.reading import Picture
from knee.text.wording import shortened


@rule("KE501")
def picture_beside_the_page(page: Page) -> Iterator[Finding]:
    """A picture stands in the same folder as the page, and its name begins with the page's name.

    Why: a picture from elsewhere could change or vanish, and would tell a stranger who reads the page.
    """
    for picture in page.shown_pictures:
        if page.own_picture(picture) is not None or _waits_for_the_page_s_name(page, picture):
            continue
        name = PurePosixPath(unquote(picture.target))
        what = f"the picture `{shortened(picture.target)}` is not one of this page's own"
        kind = name.suffix.lower() if name.suffix[1:].lower() in PICTURE_KINDS else ".svg"
        right = f"{page.slug}{kind}" if picture in page.first_pictures[:1] and not page.main_picture else ""
        named = f"`{right}`" if right else f"`{page.slug}-word{kind}`, with a word of your own for `word`"
        mend = f"put the picture beside the page, name it {named}, and write that name here"
        sign = next((sign for sign in name.stem if not re.fullmatch("[a-z0-9-]", sign)), "")
        if sign and sign != " " and name.stem.startswith(page.slug) and name.suffix[1:] in PICTURE_KINDS:
            what = f"the picture's name `{shortened(name.name)}` holds `{sign}`: only small letters, digits and hyphens can be in it"
            right = f"{page.picture_name(name.stem)}{name.suffix}"
            mend = f"name the file `{right}`, and write that name here"
        elif picture.target.lower().startswith("data:"):
            what = f"the picture is written into the page itself, as `{shortened(picture.target)}`"
            right, file = "", f"{page.picture_name('')}.{_kind_in_address(picture.target)}"
            mend = f"save it as a file `{file}` beside the page, and write `![what the picture shows]({file})` here"
        elif " " in name.name:
            what = f"there is a space in the name `{shortened(name.name)}`"
            right = f"{page.picture_name(name.stem)}{name.suffix.lower()}"
            mend = f"name the file `{right}`, and write that name here"
        elif name.suffix[1:].lower() in PHOTO_KINDS:
            right, mend = "", _saved_anew(page.picture_name(name.stem))
        yield _with_a_name(page, picture, what, mend, right)


def _with_a_name(page: Page, picture: Picture, what: str, mend: str, right: str = "") -> Finding:
    """Tell of a picture that gets the `right` name on its line, where there is one right name for it."""
    mended = with_words(page.source.lines, picture.line, f"]({picture.target}", f"]({right}") if right else None
    return Finding(picture.line, what, mend, mended=mended)


def _kind_in_address(address: str) -> str:
    """Return the kind of a picture that an address holds: "png" where the site shows no such kind."""
    found = re.match(r"data:image/([a-z]+)", address.lower())
    return found[1] if found and found[1] in PICTURE_KINDS else "png"


def _waits_for_the_page_s_name(page: Page, picture: Picture) -> bool:
    """Whether the page's own name cannot stay (another rule tells that), and the picture has the name that goes with the new one."""
    return plain_name(page.slug) != page.slug and PurePosixPath(picture.target).stem.startswith(plain_name(page.slug))


@rule("KE502")
def picture_is_there(page: Page) -> Iterator[Finding]:
    """The file of a picture is there.

    Why: a reader would see an empty frame instead of the hand's place.
    """
    for picture in page.shown_pictures:
        name = page.own_picture(picture)
        if not name or page.has_beside(name) or _other_kind(name):
            continue
        what, mend, right = f"there is no picture {name} beside the page", "add the file, or mend its name here", ""
        if page.source.path.with_name(name).is_dir():
            what = f"{what}, but a folder of that name"
            mend = "take the picture out of the folder, delete the folder, and put the picture in its place"
        elif like := _meant_file(page, name):
            what, (mend, right) = f"{what}, but there is `{like}`", _how_it_fits(page, name, like)
        elif folder := _wrong_folder(page, name):
            what, mend = f"{what}, but there is one in {folder}", "upload it into the folder of the page, and delete it there"
        yield _with_a_name(page, picture, what, mend, right)


_IN_A_BROWSER = " (in a browser: upload it again under that name, and delete the first one)"


def _wrong_folder(page: Page, name: str) -> str:
    """Return the folder above, as its reader knows it, in which the picture was put by mistake; empty where it is in none."""
    for folder, shown in ((page.site.docs, f"{page.site.docs.name}/"), (page.site.root, "the first folder")):
        if name in page.site.files_in(folder):
            return shown
    return ""


def _how_it_fits(page: Page, name: str, like: str) -> tuple[str, str]:
    """Say how the file that is there becomes the picture `name`: by its content, because a new name alone does not change a picture.

    With it goes the name to write, where that is all there is to do.
    """
    stem, kind = PurePosixPath(name).stem, PurePosixPath(like).suffix[1:].lower()
    content = content_of(page.source.path.with_name(like), kind)
    real = kind_of(content) or kind
    if kind in PHOTO_KINDS or is_photo(content):
        return _saved_anew(stem), ""
    fitting = f"{stem}.{real}"
    if fitting == name:
        return f"give `{like}` the name `{name}`{_IN_A_BROWSER}", ""
    if fitting == like:
        return f"write `{like}` here", like
    return f"write `{fitting}` here, and give `{like}` that name{_IN_A_BROWSER}", ""


def _meant_file(page: Page, name: str) -> str | None:
    """Return the file beside the page that was most likely meant: the same name, but for spaces, capitals or its kind."""
    wanted = plain_name(PurePosixPath(name).stem)
    kinds = (*PICTURE_KINDS, *PHOTO_KINDS)
    there = (PurePosixPath(other) for other in sorted(page.site.files_in(page.source.path.parent)))
    pictures = [other for other in there if other.suffix[1:].lower() in kinds]
    return next((other.name for other in pictures if wanted in (plain_name(other.stem), plain_name(PurePosixPath(other.stem).stem))), None)


@rule("KE503")
def kind_by_content(page: Page) -> Iterator[Finding]:
    """A picture is an svg, png or webp, by its content and not only by its name.

    Why: a program under a picture's name is still a program.
    """
    for picture in page.shown_pictures:
        name = page.own_picture(picture)
        if name and (kind := _other_kind(name)):
            stem = PurePosixPath(name).stem
            if kind.lower() in PICTURE_KINDS:
                mend = f"name the file `{(right := f'{stem}.{kind.lower()}')}`, and write that name here"
                yield _with_a_name(page, picture, f"the ending of {name} is in capital letters", mend, right)
            elif kind.lower() in PHOTO_KINDS:
                what = f"{name} is a {kind.lower()}; the site shows svg, png and webp"
                yield Finding(picture.line, what, _saved_anew(stem))
            else:
                yield Finding(picture.line, f"{name} is not an svg, png or webp", "save the picture as svg (best), png or webp")
    for name, line in page.picture_lines.items():
        path = page.source.path.parent / name
        kind, content = path.suffix[1:], content_of(path, path.suffix[1:])
        if kind not in PICTURE_KINDS or (found := kind_of(content)) == kind:
            continue
        what = f"{name} is not {_a(kind)} inside, but {_a(found) if found else 'something else'}"
        mend, mended = f"save it anew as {_a(kind)}; a new name alone does not change a picture", None
        if found:
            mend = f"name the picture `{path.stem}.{found}`, and write that name on this line"
            mended = with_words(page.source.lines, line, name, f"{path.stem}.{found}")
        if is_photo(content):
            what, mend, mended = f"{name} is a photo with another name: inside it is no {kind}", _saved_anew(path.stem), None
        yield Finding(line, what, mend, mended=mended)


def _other_kind(name: str) -> str:
    """Return the ending of a picture's name where it is none of the site's; empty where it is one."""
    kind = PurePosixPath(name).suffix[1:]
    return "" if kind in PICTURE_KINDS else kind


def _saved_anew(stem: str) -> str:
    """Say how a photo becomes a picture that the site shows, with what people have."""
    return (
        "open it in Paint, Preview, GIMP or the like, make it 800 pixels wide, and save or export it as WebP (a drawing also as PNG); "
        f"name it `{stem}.webp` or `{stem}.png`, and write that name on the page"
    )


@rule("KE504")
def size_of_a_picture(page: Page) -> Iterator[Finding]:
    """An svg has at most 40 kB, a png or webp at most 150 kB.

    Why: the reader's signal is bad, and the phone is old.
    """
    for name, line in page.picture_lines.items():
        path = page.source.path.parent / name
        limit, size = LARGEST.get(path.suffix[1:], 0), path.stat().st_size
        if limit and size > limit:
            mend = "save it with fewer pixels, or a photo as webp"
            if path.suffix == ".svg":
                plain = save_plain(program_of(text_of(content_of(path, "svg"))))
                mend = f"draw it with fewer points{plain and f', or {plain}'}"
            yield Finding(line, f"{name} has {size:,} bytes; {limit:,} is the most", mend)


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "svg" else f"a {kind}"
