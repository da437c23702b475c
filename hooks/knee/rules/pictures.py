"""Rules about the pictures that a page shows. Imports the page and knee.picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knee.guide import PICTURE_KINDS
from knee.page import Page
from knee.picture import LARGEST, content_of, kind_of, svg_of
from knee.reading import Picture
from knee.rules.registry import Finding, rule


@rule("KE501")
def picture_beside_the_page(page: Page) -> Iterator[Finding]:
    """A picture stands in the same folder as the page, and its name begins with the page's name.

    Why: a picture from elsewhere could change or vanish, and would tell a stranger who reads the page.
    """
    for picture in _shown(page):
        if page.own_picture(picture) is None:
            mend = f"put the picture beside the page and name it {page.slug}.svg or {page.slug}-word.svg"
            yield Finding(picture.line, f"the picture `{_cut(picture.target)}` is not one of this page's own", mend)


@rule("KE502")
def picture_is_there(page: Page) -> Iterator[Finding]:
    """The file of a picture is there.

    Why: a reader would see an empty frame instead of the hand's place.
    """
    for picture in _shown(page):
        name = page.own_picture(picture)
        if name and not is_beside(page, name):
            yield Finding(picture.line, f"there is no picture {name} beside the page", "add the file, or mend its name here")


@rule("KE503")
def kind_by_content(page: Page) -> Iterator[Finding]:
    """A picture is an svg, png or webp, by its content and not only by its name.

    Why: a program under a picture's name is still a program.
    """
    for name, line in _files(page):
        path = page.source.path.parent / name
        kind = path.suffix[1:]
        if kind not in PICTURE_KINDS:
            yield Finding(line, f"{name} is not an svg, png or webp", "save the picture as svg (best), png or webp")
        elif (found := kind_of(content_of(path, kind))) != kind:
            what = f"{name} is not {_a(kind)} inside, but {_a(found) if found else 'something else'}"
            yield Finding(line, what, f"save it anew as {_a(kind)}; a new name alone does not change a picture")


@rule("KE504")
def size_of_a_picture(page: Page) -> Iterator[Finding]:
    """An svg has at most 40 kB, a png or webp at most 150 kB.

    Why: the reader's signal is bad, and the phone is old.
    """
    for name, line in _files(page):
        path = page.source.path.parent / name
        limit, size = LARGEST.get(path.suffix[1:], 0), path.stat().st_size
        if limit and size > limit:
            mend = "draw it with fewer points" if path.suffix == ".svg" else "save it with fewer pixels or colours"
            yield Finding(line, f"{name} has {size:,} bytes; {limit:,} is the most", mend)


@rule("KE505")
def svg_well_formed(page: Page) -> Iterator[Finding]:
    """An svg is well-formed, and has a `viewBox` and a `<title>` with words straight under its root.

    Why: without a viewBox it cannot grow and shrink; the title is what a screen reader says when the picture is opened alone.
    """
    for path in _readable_svgs(page):
        svg = svg_of(content_of(path, "svg"))
        if svg.broken:
            line, why = svg.broken
            yield Finding(line, f"the svg is not well-formed: {why}", "save it again from the drawing program as plain SVG", path)
        elif not svg.cut_short:
            if not svg.has_view_box:
                yield Finding(1, "the svg has no viewBox of 4 numbers", 'write it in the root, for example viewBox="0 0 480 360"', path)
            if not svg.title.strip():
                mend = "add <title>What the picture shows</title> as its first element"
                yield Finding(1, "the svg has no <title> with words straight under its root", mend, path)


@rule("KE506")
def svg_harmless(page: Page) -> Iterator[Finding]:
    """An svg holds no script, event attribute, foreignObject, DOCTYPE, style import or `data:` address, and no reference outside itself.

    Why: an svg can run programs and call other servers when it is opened.
    """
    for path in _readable_svgs(page):
        for line, what in svg_of(content_of(path, "svg")).hostile:
            yield Finding(line, f"the svg holds {what}", "take it out, or save the drawing again as plain SVG", path)


def svg_titles(page: Page) -> Iterator[tuple[Path, str]]:
    """Give each svg that the page shows, with the words of its title."""
    for path in _readable_svgs(page):
        yield path, svg_of(content_of(path, "svg")).title


def _shown(page: Page) -> Iterator[Picture]:
    """Give each picture that either reader sees, once."""
    told: set[str] = set()
    for picture in (*page.preview.pictures, *page.website.pictures):
        if picture.target not in told:
            told.add(picture.target)
            yield picture


def _files(page: Page) -> Iterator[tuple[str, int]]:
    """Give the name of each picture that is there, with the line that shows it first."""
    told: set[str] = set()
    for picture in _shown(page):
        name = page.own_picture(picture)
        if name and name not in told and is_beside(page, name):
            told.add(name)
            yield name, picture.line


def is_beside(page: Page, name: str) -> bool:
    """Whether a file of exactly this name stands beside the page."""
    return name in page.guide.files_in(page.source.path.parent)


def _readable_svgs(page: Page) -> Iterator[Path]:
    for name, _ in _files(page):
        path = page.source.path.with_name(name)
        if path.suffix == ".svg" and path.stat().st_size <= LARGEST["svg"] and kind_of(content_of(path, "svg")) == "svg":
            yield path


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "svg" else f"a {kind}"


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
