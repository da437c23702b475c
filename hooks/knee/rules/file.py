"""Rules about a page's file, before it is read as Markdown. A page that breaks one of the first 5, or the last, is not read on."""

from __future__ import annotations

from collections.abc import Iterator

from knee.rules.registry import Finding, rule
from knee.text.mended import Mended
from knee.text.source import DEEPEST, LARGEST_PAGE, Source, merge_conflicts_in


@rule("KE001")
def size(source: Source) -> Iterator[Finding]:
    """The file is at most 100 kB.

    Why: a technique is one short page; a huge file would keep the build and every reader's phone busy.
    """
    if source.size > LARGEST_PAGE:
        what = f"the page has {source.size:,} bytes; {LARGEST_PAGE:,} are the most"
        yield Finding(1, what, "shorten it: a technique is one short page; pictures are files of their own")


@rule("KE002")
def utf_8(source: Source) -> Iterator[Finding]:
    """The file is UTF-8.

    Why: in another encoding letters turn into other letters, and the site cannot tell which.
    """
    if source.bad_byte and b"\x00" not in source.content:
        yield Finding(source.bad_byte, "this line holds bytes that are not UTF-8", "save the file again with the encoding UTF-8")


@rule("KE003")
def no_nul(source: Source) -> Iterator[Finding]:
    """The file holds no NUL bytes.

    Why: a NUL byte means the file is not text, or was saved as UTF-16.
    """
    if line := source.line_with(b"\x00"):
        mend = "save the file again as plain text with the encoding UTF-8 (not UTF-16 or Unicode)"
        yield Finding(line, "the file holds NUL bytes, so it is not plain UTF-8 text", mend)


@rule("KE004")
def depth(source: Source) -> Iterator[Finding]:
    """Lists, quotes and brackets stand at most 10 levels deep in one another.

    Why: nobody can follow a deeper list, and thousands of levels stop the programs that read Markdown.
    """
    if line := source.too_deep:
        what = f"lists, quotes or open brackets go too deep here; {DEEPEST} levels are the most"
        yield Finding(line, what, "write them on 1 or 2 levels")


@rule("KE005")
def readable(source: Source) -> Iterator[Finding]:
    """The site can read the page within a few seconds.

    Why: some runs of signs, repeated thousands of times, keep a Markdown reader busy for hours. The check that reads the page
    reports this one (see `knee.rules.check`), because only trying tells.
    """
    yield from ()


@rule("KE006")
def line_ends(source: Source) -> Iterator[Finding]:
    """Lines end with LF or CRLF.

    Why: other line ends look like spaces to some programs, so that a whole page becomes one line.
    """
    if line := source.lone_return:
        mend = "save the file again, and let your editor end the lines with LF or CRLF"
        yield Finding(line, "this line ends with a lone carriage return (CR)", mend)


@rule("KE007")
def direction(source: Source) -> Iterator[Finding]:
    """The file holds no marks that turn the direction of text around.

    Why: such marks are invisible, and they can make a page read differently from what a reviewer sees.
    """
    for line, mark in source.turning_marks():
        what = f"this line holds an invisible mark that turns the direction of text ({mark})"
        plain = source.lines[line - 1].replace(chr(int(mark[2:], 16)), "")
        yield Finding(line, what, "delete it, or retype the line", mended=Mended(line, 1, (plain,)))


@rule("KE008")
def no_merge_conflict(source: Source) -> Iterator[Finding]:
    """The file holds one version of each line: no merge conflict is left in it.

    Why: readers would see two versions of a warning or a step, one after the other, and the signs between them.
    """
    for fault in merge_conflicts_in(source.lines):
        yield Finding(fault.line, fault.what, fault.mend)
