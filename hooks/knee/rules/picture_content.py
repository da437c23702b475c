"""Rules about what pictures hold, from the inside of their files."""

from __future__ import annotations

from collections.abc import Iterator

from knee.contract.page import Page
from knee.contract.site_context import without_words
from knee.pictures.faults import Matter
from knee.pictures.file import content_of
from knee.rules.registry import Finding, rule


@rule("KE505")
def picture_whole(page: Page) -> Iterator[Finding]:
    """A picture can be read to its end, and an svg has a `viewBox` and a `<title>` with words straight under its root.

    Why: without a viewBox it cannot grow and shrink; the title is what a screen reader says when the picture is opened alone.
    """
    yield from _faults_in(page, Matter.BROKEN)


@rule("KE506")
def svg_harmless(page: Page) -> Iterator[Finding]:
    """An svg holds no script, event attribute, foreignObject, DOCTYPE, style import, photo or `data:` address, and nothing from outside.

    Why: an svg can run programs and call other servers when it is opened.
    """
    yield from _faults_in(page, Matter.HARM)


@rule("KE507")
def drawn_for_its_page(page: Page) -> Iterator[Finding]:
    """A picture is drawn for its page: it is not the starting picture with all the parts of the drawing kit.

    Why: a reader would look for the technique among parts that belong to none.
    """
    kit = page.site.drawing_kit
    for path in page.judged_pictures:
        content = content_of(path, "svg") if kit and path.stat().st_size >= len(kit) else b""
        if content and without_words(content) == kit:
            mend = "delete the parts that you do not need, and move the hand and the arrow to their places"
            last_line = content.strip().count(b"\n") + 1
            yield Finding(last_line, "this is still the whole drawing kit", mend, path)


@rule("KE508")
def no_words_in_a_picture(page: Page) -> Iterator[Finding]:
    """A picture has no words in it.

    Why: they are too small on a phone, nobody can hear or translate them, and they look different on every machine.
    """
    yield from _faults_in(page, Matter.WORDS)


@rule("KE509")
def still(page: Page) -> Iterator[Finding]:
    """A picture is still.

    Why: what flashes can bring on a seizure, and what moves is hard to look away from.
    """
    yield from _faults_in(page, Matter.MOVES)


@rule("KE510")
def nothing_private(page: Page) -> Iterator[Finding]:
    """A picture tells no place, no name of a person, no folders of a computer, no address and no phone or camera.

    Why: the site leaves such things out, but the file that was sent stays in the project, where everybody can read it.
    """
    yield from _faults_in(page, Matter.PRIVATE)


@rule("KE511")
def pixels(page: Page) -> Iterator[Finding]:
    """A png or webp has from 200 to 2,000 pixels a side.

    Why: a smaller one is not clear on any screen; a larger one takes the memory of a phone and shows no more.
    """
    yield from _faults_in(page, Matter.PIXELS)


@rule("KE512")
def something_to_see(page: Page) -> Iterator[Finding]:
    """There is something to see in a picture, on a light ground and inside its viewBox.

    Why: a reader would see an empty card.
    """
    yield from _faults_in(page, Matter.EMPTY)


@rule("KE513")
def quick_to_draw(page: Page) -> Iterator[Finding]:
    """An svg unfolds to no more than a phone draws at once: its copies, patterns, masks and dashes are counted.

    Why: two lines of an svg can keep a browser busy for hours.
    """
    yield from _faults_in(page, Matter.HEAVY)


@rule("KE514")
def drawn_with_lines_and_colours(page: Page) -> Iterator[Finding]:
    """An svg is drawn with lines, shapes, colours and gradients alone: it holds no shadow, no blur, and no style that changes.

    Why: only such a drawing looks the same in every browser and on paper.
    """
    yield from _faults_in(page, Matter.OTHER_TOOLS)


@rule("KE515")
def off_the_stripes(page: Page) -> Iterator[Finding]:
    """A hand keeps off the stripes on its whole way, from where it starts to where it stops.

    Why: the picture moves when a reader asks for it, and a hand on the stripes says: press here.
    """
    yield from _faults_in(page, Matter.STRIPES)


@rule("KE516")
def way_to_go(page: Page) -> Iterator[Finding]:
    """A way in an svg has one of the drawing kit's names, is a line, and has a hand or a limb that goes along it.

    Why: nothing would move, and nobody would know why.
    """
    yield from _faults_in(page, Matter.WAY)


def _faults_in(page: Page, matter: Matter) -> Iterator[Finding]:
    """Return what is wrong with the page's pictures in one matter."""
    for path, picture in page.judged_pictures.items():
        for fault in picture.faults:
            if fault.matter is matter:
                yield Finding(fault.line, fault.what, fault.mend, path)
