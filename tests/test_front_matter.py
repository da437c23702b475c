"""What the checker reads off front matter: keys with their lines and values, and what it cannot read as it was meant."""

from __future__ import annotations

import datetime
from functools import partial

import pytest

from knee.contract.models import Meta
from knee.text import front_matter
from knee.text.front_matter import split

FrontMatter = partial(front_matter.FrontMatter, model=Meta)

PLAIN = "write one `key: value` a line; put a text with signs such as : # [ { & * ! | > ' \" % @ ` in quotes"
CLOSE = "close the bracket on the same line, or put a text that starts with a bracket in quotes"
QUOTES = "put the whole value in quotes"
LEVELS = ("the front matter is nested more than 10 levels deep", "write each list on one level")
KEYS = ("the front matter is not made of keys and values", "write one `key: value` a line, without { } and without - before it")


def test_keys_have_their_lines_and_values() -> None:
    front = FrontMatter("often: daily\npositions:\n  - chair\n  - bed\nreviewed: 2026-11-22\npressure: 2\n")
    assert [(entry.key, entry.line) for entry in front.entries] == [("often", 2), ("positions", 3), ("reviewed", 6), ("pressure", 7)]
    assert front.values == {"often": "daily", "positions": ["chair", "bed"], "reviewed": datetime.date(2026, 11, 22), "pressure": 2}
    assert front.faults == []
    assert [front.line_of(key) for key in ("pressure", "evidence")] == [7, 9]


def test_of_a_key_that_stands_twice_the_first_counts() -> None:
    front = FrontMatter("pressure: 2\npressure: 3")
    assert front.values == {"pressure": 2}
    assert front.line_of("pressure") == 2


def test_a_part_that_stands_twice_is_told_with_its_line() -> None:
    assert FrontMatter("reviewed_by:\n  name: A\n  date: B\n  name: C").entries[0].repeated == (5, "name")
    assert FrontMatter("reviewed_by:\n  name: A\n  date: B").entries[0].repeated is None


def test_front_matter_of_nothing_holds_nothing() -> None:
    front = FrontMatter("")
    assert (front.entries, front.faults, front.line_of("often")) == ([], [], 2)
    assert FrontMatter("# a remark").entries == []


def test_wrong_keys_and_wrong_parts_are_told_by_name() -> None:
    front = FrontMatter("often:\npressure: 9\nreviewed_by:\n  name: A\n  link: b\n  more: c\n")
    assert {"often", "pressure", "reviewed_by", "works_on"} <= front.wrong
    assert front.wrong_parts("reviewed_by") == ["date", "digest", "link", "more", "profession", "register"]
    assert front.wrong_parts("pressure") == []
    assert front.meta is None


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ("a: 1\nb: [x, y", 3, "stops making sense at `b: [x, y`", CLOSE),
        ("a: 1\nb: [x,\n  y\nc: 2", 3, "stops making sense at `b: [x,`", CLOSE),
        ("b: 1\na: 'x", 3, "stops making sense at `a: 'x`", PLAIN),
        ('b: 1\na: "x\n', 4, 'stops making sense at `a: "x`', PLAIN),
        ("a: b\n c: d", 3, "stops making sense at `c: d`", PLAIN),
        ("a: @b", 2, "stops making sense at `a: @b`", PLAIN),
        ("a: ]", 2, "stops making sense at `a: ]`", PLAIN),
        ("@" + "x" * 58 + ":", 2, "stops making sense at `@" + "x" * 58 + ":`", PLAIN),
        ("@" + "x" * 59 + ":", 2, "stops making sense at `@" + "x" * 58 + "…`", PLAIN),
        ("often: 'x\n  y'\npressure: [", 4, "stops making sense at `pressure: [`", CLOSE),
    ],
)
def test_what_cannot_be_read_is_told_where_it_begins(text: str, line: int, what: str, mend: str) -> None:
    front = FrontMatter(text)
    assert [(fault.line, fault.what, fault.mend) for fault in front.faults] == [(line, f"the front matter {what}", mend)]
    assert front.entries == []


@pytest.mark.parametrize(("text", "line"), [("\ta: 1", 2), ("a: 1\nb: 2\n\tc: 3", 4)])
def test_a_tab_is_told_by_its_line(text: str, line: int) -> None:
    faults = FrontMatter(text).faults
    assert [fault.line for fault in faults] == [line]
    assert "tab" in faults[0].what


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ("a: 1\nb: &x 1", 3, "a value starts with `&` or `*`, which has a meaning of its own here", QUOTES),
        ("a: 1\nb: *x", 3, "a value starts with `&` or `*`, which has a meaning of its own here", QUOTES),
        ("a: !x 1", 2, "a value starts with `!`, which has a meaning of its own here", f"{QUOTES}, or drop the word with `!`"),
        ("a: 1\nb: \x01", 3, "the front matter holds a sign that cannot be shown (U+0001)", "delete it"),
        ("a: 1\nb:\n  c: " + "[" * 9 + "]" * 9, 4, *LEVELS),
        ("a: " + "[" * 10_000, 2, *LEVELS),
        ("a: 1\nb: " + "{a: " * 40, 3, *LEVELS),
        ("a word", 2, *KEYS),
        ("- a: 1", 2, *KEYS),
        ("{a: 1}", 2, *KEYS),
    ],
)
def test_what_plain_front_matter_never_needs_is_refused(text: str, line: int, what: str, mend: str) -> None:
    front = FrontMatter(text)
    assert [(fault.line, fault.what, fault.mend) for fault in front.faults] == [(line, what, mend)]
    assert front.entries == []


def test_10_levels_are_read() -> None:
    assert FrontMatter("a: " + "[" * 9 + "]" * 9).faults == []
    assert FrontMatter(f"a: {'[' * 8}x{']' * 8}\nb: {'[' * 8}x{']' * 8}\nc: {'[' * 8}x{']' * 8}").faults == []


@pytest.mark.parametrize(
    ("value", "what", "mend"),
    [
        ("2026-13-45", "`2026-13-45` is no real date or number", "write one that is, or put a text in quotes"),
        ("10:30", "`10:30` would be read as another number", "write a plain whole number such as 2, or put a text in quotes"),
        ("01", "`01` would be read as another number", "write a plain whole number such as 2, or put a text in quotes"),
        ("0x1F", "`0x1F` would be read as another number", "write a plain whole number such as 2, or put a text in quotes"),
        (".5", "`.5` would be read as another number", "write a plain number, or put a text in quotes"),
        ("yes", "`yes` would be read as true or false", "write true or false, or put a text in quotes"),
        ("TRUE", "`TRUE` has capital letters", "write `true`"),
        ("False", "`False` has capital letters", "write `false`"),
        ("x # y", "the text ends at ` #`, and `# y` would be dropped", "put the whole text in quotes"),
        ("[x, yes]", "`yes` would be read as true or false", "write true or false, or put a text in quotes"),
    ],
)
def test_a_value_that_would_be_changed_is_told(value: str, what: str, mend: str) -> None:
    fault = FrontMatter(f"x: 1\na: {value}").entries[1].changed
    assert fault is not None
    assert (fault.line, fault.what, fault.mend) == (3, f"`a`: {what}", mend)


def test_a_part_that_would_be_changed_is_told_on_its_own_line() -> None:
    fault = FrontMatter("a:\n  b: 1\n  c: no").entries[0].changed
    assert fault is not None
    assert fault.line == 4


@pytest.mark.parametrize(
    "value", ["2", "0", "-3", "1.50", "true", "false", "2026-11-22", "'yes'", '"x # y"', "x#y", "1 # a remark", "'x' # y", "|\n  x # y"]
)
def test_a_value_that_is_read_as_written_is_not_told(value: str) -> None:
    assert FrontMatter(f"a: {value}\nb: 1\n# a remark").entries[0].changed is None


DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("works_on", "Calf", "calf"),
        ("works_on", "'“calf”'", "calf"),
        ("works_on", "'[calf]'", "calf"),
        ("works_on", "'" + "calf " * 16 + "'", None),
        ("pressure", "'2'", 2),
        ("pressure", "2.0", 2),
        ("pressure", "2.5", None),
        ("pressure", "'1000'", None),
        ("each_leg", "'yes'", True),
        ("each_leg", "'True'", True),
        ("each_leg", "'no'", False),
        ("each_leg", "'false'", False),
        ("each_leg", "'both'", None),
        ("positions", "chair", ["chair"]),
        ("positions", "chair, bed", ["chair", "bed"]),
        ("positions", "Chair / floor; Bed or standing", ["chair", "floor", "bed", "standing"]),
        ("positions", "chair and chair", ["chair"]),
        ("positions", "[Chair, BED, chair]", ["chair", "bed"]),
        ("positions", "[chair, 2]", None),
        ("positions", "none", None),
        *(("equipment", words, []) for words in ("none", "nothing", "'no'", "hands", "hands only", "Only hands")),
        ("sources", "ATKINS13 and NHS-DVT", ["ATKINS13", "NHS-DVT"]),
        ("reviewed", "2026/11/22", DAY),
        ("reviewed", "2026.11.22", DAY),
        ("reviewed", "22.11.2026", DAY),
        ("reviewed", "22. 11. 2026", DAY),
        ("reviewed", "31.11.2026", None),
        ("reviewed", "22/11/2026", None),
    ],
)
def test_what_a_wrong_value_may_have_been_meant_as_comes_first(key: str, written: str, meant: object) -> None:
    front = FrontMatter(f"{key}: {written}")
    assert front.faults == []
    found = next(iter(front.meant(key)), None)
    assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize(
    ("text", "front", "body", "line"),
    [
        ("---\na: 1\n---\n# T\nx", "a: 1", "# T\nx", 4),
        ("--- \t\na: 1\nb: 2\n...\t\n\n# T", "a: 1\nb: 2", "\n# T", 5),
        ("---\n---\n# T", "", "# T", 3),
        ("# T\n\nx", None, "# T\n\nx", 1),
        ("a: 1\n---\n\n# T\nx", None, "# T\nx", 4),
        ("a\n# no title\n\n# T", None, "# T", 4),
        ("x\ny", None, "x\ny", 1),
        ("---\na: 1\n", None, "---\na: 1\n", 1),
        (" ---\na: 1\n---\n\n# T", None, "# T", 5),
    ],
)
def test_a_page_is_taken_apart_at_its_fences(text: str, front: str | None, body: str, line: int) -> None:
    found, rest, first_line = split(text)
    assert (found.text if found else None, rest, first_line) == (front, body, line)
