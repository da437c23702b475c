"""A page's file before it is read as Markdown: its bytes, its lines, and what would choke a reader of Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from knee.text.source import LARGEST_PAGE, Source


def source_of(content: bytes | str) -> Source:
    content = content if isinstance(content, bytes) else content.encode()
    return Source(Path("calf-rub.md"), len(content), content)


def test_no_more_of_a_file_is_read_than_a_page_may_hold(tmp_path: Path) -> None:
    path = tmp_path / "calf-rub.md"
    path.write_bytes(b"a" * (LARGEST_PAGE + 9))
    source = Source.at(path)
    assert (source.path, source.slug, source.size, len(source.content)) == (path, "calf-rub", LARGEST_PAGE + 9, LARGEST_PAGE + 1)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a\nb\n", None),
        (b"\xffa", 1),
        (b"a\n\xc3\xa9\nb\xe9", 3),
        ("a\né膝".encode(), None),
        (b"a\xc3", 1),
        (b"a" * LARGEST_PAGE + b"\xff", None),
    ],
)
def test_the_first_byte_that_is_not_utf_8_is_told_by_its_line(content: bytes, line: int | None) -> None:
    assert source_of(content).bad_byte == line


@pytest.mark.parametrize(("before", "line"), [(1, None), (3, None), (4, 1)])
def test_a_letter_that_only_the_limit_cuts_is_no_bad_byte(before: int, line: int | None) -> None:
    start = b"a" * (LARGEST_PAGE - before)
    letters = "🦵".encode() if before < 4 else b"\xf0aaa"
    assert source_of(start + letters + b"more").bad_byte == line


def test_a_byte_order_mark_and_other_line_ends_are_no_part_of_the_text() -> None:
    source = source_of(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert source.text == "a\nb\nc\n"
    assert source.lines == ["a", "b", "c", ""]


def test_marks_are_found_by_their_lines() -> None:
    source = source_of("a\r\nb\0\rc\n\u202ed \u2066e\u200f\n")
    assert [source.line_with(mark) for mark in (b"a", b"\0", b"x")] == [1, 2, 0]
    assert source.lone_return == 2
    assert source_of("a\r\nb").lone_return == 0
    assert list(source.turning_marks()) == [(4, "U+202E"), (4, "U+2066"), (4, "U+200F")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("> " * 10 + "x", 0),
        ("> " * 11 + "x", 1),
        ("a\n\n" + "- > 1. " * 3 + "* + x", 3),
        ("- - - - - - - - - - - -", 0),
        ("* * * * * * * * * * * *\n", 0),
        ("-" * 40, 0),
        (" " * 39 + "- x", 0),
        (" " * 40 + "- x", 1),
        (" " * 40 + "10) x", 1),
        (" " * 40 + "x - y", 0),
        ("[" * 20, 0),
        ("a\n" + "[" * 21, 2),
        ("[" * 11 + "\n" + "[" * 10, 2),
        ("[" * 11 + "\n \n" + "[" * 10, 0),
        ("[" * 20 + "]" * 5 + "[" * 5, 0),
        ("[" * 20 + "]" * 5 + "[" * 6, 1),
        ("]" * 30 + "[" * 20, 0),
        ("]" * 30 + "[" * 21, 1),
        ("[" * 21 + "]" * 21, 1),
    ],
)
def test_the_line_that_goes_too_deep_is_told(text: str, line: int) -> None:
    assert source_of(text).too_deep == line
