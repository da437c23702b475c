"""One mistake is told once: whatever follows from it is not told as well, and nothing that is not told slips onto the site."""

from __future__ import annotations

import shutil

import pytest

from knee.publish.publication import Publication
from knee.text.near_miss_keys import near_miss_lines
from small_site import Site

KEYS = ("description", "works_on", "positions", "each_leg")


def test_every_heading_in_bold_is_told_once_and_the_steps_under_it_are_still_read(site: Site) -> None:
    for heading in ("## Safety note", "### Do not do this if", "### Stop if", "## How to do it"):
        site.change(heading, f"**{heading.strip('# ')}**")
    site.change("5 times", "five times")
    assert site.ids() == ["KE306", "KE306", "KE306", "KE306", "KE318"]


def test_bold_words_beside_the_right_headings_are_no_headings(site: Site) -> None:
    site.change("## Make it easier", "## Make it easier\n\n**Stop if**\n\nRest a while.")
    assert site.ids() == []


@pytest.mark.parametrize("step", ["1. Sit", "2. Stroke", "3. Bend"])
def test_a_bracket_after_any_one_number_is_told_once(site: Site, step: str) -> None:
    site.change(step, step.replace(".", ")", 1))
    assert site.ids() == ["KE203"]


def test_2_real_lists_are_still_2(site: Site) -> None:
    site.change("3. Bend", "Now rest.\n\n1) Bend")
    assert site.ids() == ["KE203", "KE312"]


@pytest.mark.parametrize("line", ["– Sit on a bed.", "• Sit on a bed.", "-Sit on a bed.", "*\u00a0Sit on a bed.", "–Sit on a bed."])
def test_a_line_that_was_meant_as_an_item_is_told(site: Site, line: str) -> None:
    site.change("- Sit on a bed.", line)
    assert site.ids() == ["KE210"]


@pytest.mark.parametrize("sign", "–—•·●▪◦‣→")
def test_no_sign_of_a_word_processor_makes_an_item(site: Site, sign: str) -> None:
    site.change("- Sit on a bed.", f"{sign} Sit on a bed.\n{sign} Use less lotion.")
    site.change("- the pain is sharp\n- your foot feels numb", f"{sign} the pain is sharp")
    assert site.ids() == ["KE210", "KE210"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1. Sit on a chair with 1 foot on a stool.\n2. Stroke", "• Sit on a chair with 1 foot on a stool.\n• Stroke", "KE312"),
        ("### Stop if", "– Stop if", "KE306"),
        ("- Sit on a bed.", "-> Sit on a bed.\n-> Use less lotion.", "KE210"),
        ("- Sit on a bed.", "- Sit on a bed.\n– Use less lotion.", "KE210"),
        ("- Sit on a bed.", "<!--\n– Sit on a bed.\n-->", "KE401"),
    ],
)
def test_what_another_rule_tells_is_not_told_as_a_list_too(site: Site, old: str, new: str, told: str) -> None:
    site.change(old, new)
    if told == "KE312":
        site.change("3. Bend", "• Bend")
    assert site.ids() == [told]


@pytest.mark.parametrize(
    "lines",
    [
        "Press lightly\n– that is, 2 out of 10 –\nor less.",
        "It helps me at night.\n\n— Anna",
        "→ More of this is on [tips](../tips.md).",
        "-5 degrees is too cold.",
        "–5 °C is cold, and -5 too.",
        "It helps me at night.\n\n– Anna, 70",
        "`Ctrl` – press it.\n`x`-ray pictures show bone.",
        "Here is a ruler:\n\n– – –",
        "- Sit on a bed, or\n  – as you like – on a sofa.",
        "--- or nearly so",
        "```text\n• Sit on a bed.\n• Use less lotion.\n```",
        "- Sit on a bed. It is soft, and you\n  need not hurry: – rest – when you like.",
    ],
)
def test_a_dash_or_an_arrow_in_plain_text_is_left_alone(site: Site, lines: str) -> None:
    site.change("- Sit on a bed.", lines)
    assert site.ids() == []


def test_each_line_without_a_colon_is_told(site: Site) -> None:
    site.change("works_on: calf", "works_on calf")
    site.change("evidence: none", "evidence none")
    assert [(problem.line, problem.id) for problem in site.check().problems] == [(4, "KE102"), (10, "KE102")]


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("Works on calf", "write `works_on: calf`"),
        ("works-on – calf", "write `works_on: calf`"),
        ("each leg true", "write `each_leg: true`"),
        ("positions：[chair]", "write `positions: [chair]`"),
        ("  works_on: calf", "delete them: `works_on: calf`"),
    ],
)
def test_a_line_that_is_nearly_a_key_is_given_as_it_should_be(line: str, mend: str) -> None:
    assert [slip.mend for slip in near_miss_lines(["description: Long strokes.", line], KEYS)] == [mend]


@pytest.mark.parametrize("line", ["works_on: calf", "  - chair", "- chair", "# a remark", "", "  more of the text"])
def test_a_line_that_may_be_right_is_left_alone(line: str) -> None:
    assert list(near_miss_lines(["positions:", line], KEYS)) == []


def test_a_list_over_several_lines_is_left_alone() -> None:
    assert list(near_miss_lines(["positions: [chair,", "bed]", "each_leg: true"], KEYS)) == []


def test_a_picture_that_is_told_elsewhere_is_not_published_all_the_same(site: Site) -> None:
    other = site.picture.with_name("calf stroke.svg")
    shutil.copy(site.picture, other)
    site.change("(calf-stroke.svg)", "(calf stroke.svg)")
    assert site.ids() == ["KE208"]
    facts = Publication.of(site.root / "docs", site.root)
    assert facts.withholds(other)
    assert facts.withholds(site.picture), "no page shows it now"
    assert not facts.withholds(site.page)


@pytest.mark.parametrize("name", ["calf-stroke.html", "calf-stroke.svg", "calf-stroke.js"])
def test_a_file_that_a_page_calls_its_picture_is_not_published_for_that(site: Site, name: str) -> None:
    other = site.techniques / name
    other.write_text("<script>alert(1)</script>", "utf-8")
    site.change("(calf-stroke.svg)", f"({name})")
    assert site.ids() == ["KE503"]
    assert Publication.of(site.root / "docs", site.root).withholds(other)


def test_a_picture_under_an_old_name_is_led_to_the_page_that_misses_it(site: Site) -> None:
    picture = site.page.with_suffix(".svg")
    picture.rename(picture.with_name("leg-rub.svg"))
    (stray,) = (problem for problem in site.check().problems if problem.id == "KE602")
    assert stray.mend == "if it is the picture of calf-stroke.md, upload it again as `calf-stroke.svg`; delete this one"
