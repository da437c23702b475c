"""Where two readings of one page part, told with what each of them shows: two things that are never the same."""

from __future__ import annotations

import pytest

from knee.text.differences import differences
from knee.text.reading import Block, Reading


def told(first: Reading, second: Reading) -> list[tuple[int, str, str]]:
    """Give the differences of two readings as an author reads them."""
    return [(found.line, found.first, found.second) for found in differences(first, second)]


def paragraphs(*words: str, **more: tuple[str, ...]) -> Reading:
    return Reading(tuple(Block("paragraph", text, line, **more) for line, text in enumerate(words, 5)))


def test_readings_that_a_reader_cannot_tell_apart_do_not_differ() -> None:
    first = Reading((Block("html", "<b>", 1), Block("paragraph", "a\nb", 2, targets=("x%20y.md",))))
    assert differences(first, Reading((Block("paragraph", "a b", 0, targets=("x y.md",)),))) == []


def test_the_words_that_differ_are_told_with_their_line() -> None:
    two = told(paragraphs("a", "b", "c", "d", "e"), paragraphs("a", "x", "c", "y", "e"))
    assert two == [(6, "the text `b`", "the text `x`"), (8, "the text `d`", "the text `y`")]
    assert told(paragraphs("a", "b", "c", "d", "e"), paragraphs("a", "x", "c", "e")) == [
        (6, "the text `b`", "the text `x`"),
        (8, "the text `d`", "nothing"),
    ]


def test_a_block_of_another_kind_is_told_by_its_name() -> None:
    first, second = Reading((Block("item", "", 3, ("ol",), number=1), Block("heading", "a", 4))), Reading((Block("rule", "", 0),))
    assert told(first, second) == [(3, "list item 1 ``", "a line across")]
    assert [found.kinds for found in differences(first, second)] == [({"item", "heading"}, {"rule"})]


@pytest.mark.parametrize(
    "change",
    [Block("heading", "a", 0, (), 3), Block("heading", "a", 0, ("ul",), 2), Block("heading", "a", 0, (), 2, targets=("x",))],
    ids=["level", "holders", "target"],
)
def test_blocks_that_differ_in_more_than_words_part_the_readings(change: Block) -> None:
    same = Block("heading", "a", 7, (), 2)
    assert differences(Reading((same,)), Reading((same,))) == []
    assert [found.line for found in differences(Reading((same,)), Reading((change,)))] == [7]


def test_the_number_of_a_step_counts_and_that_of_a_bullet_does_not() -> None:
    step, bullet = [[Reading((Block("item", "", 3, inside, number=number),)) for number in (1, 2)] for inside in (("ol",), ("ul",))]
    assert len(differences(*step)) == 1
    assert differences(*bullet) == []


def test_links_that_differ_are_told_by_where_they_lead() -> None:
    assert told(paragraphs("a", targets=("x.md", "y.md")), paragraphs("a")) == [
        (5, "the text `a` with a link to `x.md`, `y.md`", "the text `a` without a link")
    ]


@pytest.mark.parametrize(("words", "line"), [(("a", "b"), 6), (("a",), 5), ((), 1)])
def test_what_only_the_second_reading_has_is_told_where_the_first_ends(words: tuple[str, ...], line: int) -> None:
    assert told(paragraphs(*words), paragraphs(*words, "more")) == [(line, "nothing", "the text `more`")]


def test_what_only_the_second_reading_has_is_told_before_the_block_that_follows() -> None:
    assert told(paragraphs("a", "b", "c"), paragraphs("a", "more", "b", "c")) == [(6, "nothing", "the text `more`")]


def test_of_very_many_differences_the_first_is_told() -> None:
    first, second = ["same", *(f"a{n}" for n in range(400))], ["same", *(f"b{n}" for n in range(400))]
    assert told(paragraphs(*first, "same again"), paragraphs(*second, "same again")) == [(6, "the text `a0`", "the text `b0`")]
    assert len(differences(paragraphs(*first[:3], "same"), paragraphs(*second[:2], "x", "same"))) == 1


LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"


def test_of_long_words_those_are_told_that_differ() -> None:
    [(_, first, second)] = told(paragraphs(f"{LONG} a {LONG}"), paragraphs(f"{LONG} b {LONG}"))
    assert first == "the text `…ifteen sixteen seventeen a one two three four five six seven…`"
    assert second == "the text `…ifteen sixteen seventeen b one two three four five six seven…`"


def test_a_table_under_a_text_is_told_by_its_own_words() -> None:
    first = Reading((Block("paragraph", LONG, 1), Block("table", "a b", 2)))
    assert told(first, paragraphs(f"{LONG} | a | b |")) == [(2, "the table `a b`", "the text `…ifteen sixteen seventeen | a | b |`")]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (Block("heading", "a", 1, (), 2), Block("heading", "a", 1, (), 3), ("the heading `## a`", "the heading `### a`")),
        (Block("item", "", 1, ("ol",), number=1), Block("item", "", 1, ("ol",), number=2), ("list item 1 ``", "list item 2 ``")),
        (Block("paragraph", "a", 1), Block("paragraph", "a", 1, ("ul",)), ("the text `a` in no list", "the text `a` in a bulleted list")),
        (
            Block("paragraph", "a", 1, ("ol", "ul")),
            Block("paragraph", "a", 1, ("quote", "ul")),
            ("the text `a` in a bulleted list in a numbered list", "the text `a` in a bulleted list in a quote"),
        ),
    ],
    ids=["level", "number", "list", "holders"],
)
def test_what_is_told_of_both_is_never_the_same(first: Block, second: Block, words: tuple[str, str]) -> None:
    assert told(Reading((first,)), Reading((second,))) == [(1, *words)]


@pytest.mark.parametrize("address", ["javascript:a", "DATA:text/html,a", "vbscript:a", "file:///a"])
def test_an_address_that_the_code_host_leaves_out_is_no_difference(address: str) -> None:
    assert differences(paragraphs("a", targets=("",)), paragraphs("a", targets=(address,))) == []


def test_a_paragraph_of_nothing_but_spaces_is_not_seen() -> None:
    assert differences(paragraphs("a", "\u00a0"), paragraphs("a")) == []
