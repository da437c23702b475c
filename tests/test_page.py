"""What the checker reads off a technique page: the facts that rules, cards and the sheet are made of, with their lines."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from knee.contract.headings import DO_NOT, HOW_TO, SAFETY_NOTE, STOP, heading_key
from knee.contract.site_context import SiteContext
from knee.contract.technique_page import TechniquePage
from knee.text.source import Source
from small_site import PAGE, TODAY, TREE

TEXT = (TREE / PAGE).read_text("utf-8")
STEPS = TEXT[TEXT.index("1. Sit on") : TEXT.index("## Make it")]
GUIDE = SiteContext(TREE / "docs", TODAY)


def page_of(*changes: tuple[str, str]) -> TechniquePage:
    """Give the small site's page with some words changed."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    content = text.encode()
    return TechniquePage(Source(TREE / PAGE, len(content), content), GUIDE)


def test_the_facts_of_a_good_page() -> None:
    page = page_of()
    assert (page.slug, page.place, page.first_line) == ("calf-stroke", PurePosixPath("techniques/calf-stroke.md"), 14)
    assert page.title is not None
    assert (page.title.text, page.title.line) == ("Calf stroke", 15)
    assert page.lead_words == "You stroke your calf from the heel up. It feels warm and slow."
    assert page.main_picture is not None
    assert (page.main_picture.target, page.main_picture.line) == ("calf-stroke.svg", 19)
    assert (page.seconds, page.minutes) == (2 * (60 + 5 * 6), 3)
    assert page_of(("each_leg: true", "each_leg: false")).seconds == 90


def test_the_steps_with_their_own_words_and_what_belongs_to_them() -> None:
    assert [(step.number, step.words, step.line, step.rest_words) for step in page_of().steps] == [
        (1, "Sit on a chair with 1 foot on a stool.", 37, ""),
        (2, "Stroke up the calf with both palms for 1 minute.", 38, "Keep off the back of the knee."),
        (3, "Bend and straighten your foot 5 times.", 42, ""),
    ]


def test_what_belongs_to_a_step_may_be_more_than_one_paragraph() -> None:
    page = page_of((STEPS, "1. Sit.\n\n    Rest\n    well.\n\n    - soft\n    - warm\n\n2. Rub.\n\nAnd then:\n\n- Stop.\n\n"))
    assert [(step.words, step.rest_words) for step in page.steps] == [("Sit.", "Rest well. soft warm"), ("Rub.", "")]


def test_a_step_that_begins_with_no_words_has_none() -> None:
    page = page_of((STEPS, "1. ```\n    code\n    ```\n2. ![A](calf-stroke.svg)\n\n"))
    assert [(step.words, step.rest_words) for step in page.steps] == [("", "code"), ("", "")]


def test_only_the_first_numbered_list_holds_the_steps() -> None:
    page = page_of((STEPS, "- First:\n\n    1. no step\n\n1. Sit.\n2. Rub.\n\nAgain:\n\n1. Sit.\n\n"))
    assert [step.words for step in page.steps] == ["Sit.", "Rub."]
    assert len(page.step_lists) == 2


def test_without_its_heading_or_its_list_there_are_no_steps() -> None:
    assert page_of((f"## How to do it\n\n{STEPS}", "")).steps == []
    assert page_of((STEPS, "")).steps == []
    assert page_of((STEPS, "")).seconds == 0


@pytest.mark.parametrize(
    ("lead", "sentences"),
    [
        ("It is warm", 1),
        ("It is warm.", 1),
        ("It is warm. It is slow!", 2),
        ("Is it warm? It is. “It is slow.” (It is!) Yes.", 5),
        ("It takes 2.5 minutes, e.g. twice.", 1),
        ("It is warm...", 1),
        ("It is warm.It is slow.", 1),
        ("It is warm.\n\nIt is slow.", 2),
        ("![A calf and a hand.](calf-stroke.svg)", 0),
    ],
)
def test_the_sentences_of_a_lead_are_counted(lead: str, sentences: int) -> None:
    assert page_of(("You stroke your calf from the heel up. It feels warm and slow.", lead)).lead_sentences == sentences


def test_the_lead_ends_where_something_else_begins() -> None:
    page = page_of(("It feels warm and slow.", "\n\n- It feels warm.\n\nIt is slow."))
    assert page.lead_words == "You stroke your calf from the heel up."
    assert page_of(("# Calf stroke", "Calf stroke")).lead == []


def test_a_section_holds_all_up_to_the_next_heading_of_its_level() -> None:
    page = page_of()
    found = {words: page.section(words) for words in (SAFETY_NOTE, DO_NOT, STOP, HOW_TO)}
    lines = {words: (part.heading.line, part.last_line) for words, part in found.items() if part}
    assert lines == {SAFETY_NOTE: (21, 33), DO_NOT: (23, 26), STOP: (28, 33), HOW_TO: (35, 42)}
    assert all(part and part.exact for part in found.values())
    safety = found[SAFETY_NOTE]
    assert safety is not None
    assert [block.text for block in safety.parts()] == [DO_NOT, STOP]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("### When to stop", "near"),
        ("### Stop iff", "near"),
        ("### stop IF:", "right"),
        ("#### Stop if", "near"),
        ("## Stop if", "near"),
        ("### Stop", "near"),
        ("### Stop if your foot feels numb and cold and white and odd", "none"),
    ],
)
def test_a_heading_is_right_or_nearly_right_or_another(line: str, found: str) -> None:
    page = page_of(("### Stop if", line))
    assert (page.section(STOP) is None) == (found == "none")
    assert (page.near_miss(STOP) is not None) == (found == "near")


def test_a_near_miss_ends_where_the_right_heading_would() -> None:
    page = page_of(("### Stop if", "##### Stop when"), ("Not sure?", "#### More\n\nNot sure?"))
    part = page.section(STOP)
    assert part is not None
    assert (part.exact, part.last_line) == (False, 35)


def test_the_right_heading_is_taken_before_a_nearly_right_one() -> None:
    page = page_of(("## Make it easier", "### Stop when"))
    assert page.near_miss(STOP) is None
    part = page.section(STOP)
    assert part is not None
    assert part.heading.line == 28


def test_of_two_headings_the_one_of_the_right_level_is_taken() -> None:
    part = page_of(("### Stop if", "#### Stop if\n\n### Stop if")).section(STOP)
    assert part is not None
    assert (part.heading.line, part.exact) == (30, True)


def test_one_heading_does_not_stand_for_two() -> None:
    page = page_of(("### Do not do this if", "### Stop when"), ("### Stop if", "### Stop at once if"))
    assert page.near_miss(STOP) is not None
    assert page.near_miss(DO_NOT) is None


@pytest.mark.parametrize(("words", "key"), [("  Stop  if … ", "stop if"), ("STOP IF!", "stop if"), ("Don’t if", "don't if")])
def test_headings_are_compared_without_case_and_marks_at_the_end(words: str, key: str) -> None:
    assert heading_key(words) == key


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("calf-stroke.svg", "calf-stroke.svg"),
        ("./calf-stroke.png", "calf-stroke.png"),
        ("calf-stroke-bed.svg", "calf-stroke-bed.svg"),
        ("calf-stroke.tar.gz", None),
        ("calf-stroke", None),
        ("calf-stroke-.svg", None),
        ("calf-strokes.svg", None),
        ("calf.stroke.svg", None),
        ("x/calf-stroke.svg", None),
        ("../techniques/calf-stroke.svg", None),
        ("calf-stroke.svg#a", None),
        ("calf-stroke.svg?a", None),
        ("https://example.org/calf-stroke.svg", None),
    ],
)
def test_a_picture_is_the_page_s_own_by_its_name(target: str, name: str | None) -> None:
    page = page_of(("(calf-stroke.svg)", f"({target})"))
    assert page.own_picture(page.pictures[0]) == name


def test_the_main_picture_stands_before_the_safety_note_and_in_no_quote() -> None:
    picture = "![A person sits with 1 foot on a stool. Both palms hold the calf. An arrow points up.](calf-stroke.svg)"
    assert page_of((picture, f"> {picture}")).pictures == []
    assert page_of((picture, ""), ("- the pain is sharp", f"- the pain is sharp {picture}")).main_picture is None
    assert page_of((picture, "![Another](calf-stroke-bed.svg)")).main_picture is None
    alone = page_of((TEXT[TEXT.index("## Safety") :], ""))
    assert alone.first_pictures == alone.pictures


@pytest.mark.parametrize(("number", "line"), [(0, ""), (1, "---"), (15, "# Calf stroke"), (46, "- Sit on a bed."), (47, ""), (48, "")])
def test_a_line_is_given_by_its_number(number: int, line: str) -> None:
    assert page_of().line(number) == line


def test_the_last_line_needs_no_line_end() -> None:
    assert page_of(("- Sit on a bed.\n", "- Sit on a bed.")).line(46) == "- Sit on a bed."


def test_a_page_without_front_matter_begins_with_its_title() -> None:
    page = page_of(("---\n", ""))
    assert page.front is None
    assert (page.first_line, page.seconds) == (14, 90)
    assert page.title is not None
    assert page.title.line == 14
