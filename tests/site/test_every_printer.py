"""Protects whoever prints: the sheets of the three engines are as promised, with every word whole, dark, and crossed by no line.

A few of them, on the paper and in the size where each is fullest. `make browsers` prints them all.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built import PROJECT, BuiltPage, BuiltSite, words

from tools.engines import Engine, Tab
from tools.engines.paper import Print, bare

TECHNIQUES = sorted(path.stem for path in (PROJECT / "docs" / "techniques").glob("*.md") if path.stem != "index")
ROUTINES = ("2-minutes", "5-minutes")
"""Those that are one sheet in normal print."""
A_LITTLE = 0.06
"""Rounding of a size in points."""
Prints = Callable[..., Print]


@pytest.fixture
def prints(reads: Callable[..., Tab]) -> Prints:
    """Return a function that prints a page in each engine."""

    def new(address: str, paper: str) -> Print:
        tab = reads(address, width=1280)
        tab.wait_for_sheet()
        return Print(tab.pdf(paper))

    return new


EXERCISES = sorted(path.stem for path in (PROJECT / "docs" / "exercises").glob("*.md"))


def wanted(page: BuiltPage) -> list[str]:
    """Return the words that the sheet of a technique or a routine may not lose, part by part."""
    places = (
        ".safety-card h2",
        ".safety-card h3",
        ".safety-card li",
        ".steps h2",
        ".steps li",
        ".steps__other-leg",
        ".key-facts div:not(.key-facts__pain) dd",
        ".sheet-after",
        ".sheet-foot p",
    )
    found = [bare(words(element)) for place in ("h1", *places) for element in page.all(f"{place}")]
    assert len(found) > 20
    return found


def is_readable(sheet: Print, smallest: float, usual: float) -> None:
    """Fail where a word is cut, crossed by a line or pale, or where letters are too small."""
    assert sheet.faults() == []
    assert sheet.smallest >= smallest - A_LITTLE
    assert sheet.usual >= usual - A_LITTLE


@pytest.mark.parametrize("address", [*(f"techniques/{slug}/" for slug in TECHNIQUES), *(f"routines/{slug}/" for slug in ROUTINES)])
def test_a_technique_and_a_short_routine_are_one_sheet(address: str, prints: Prints, site: BuiltSite) -> None:
    sheet, page = prints(address, "Letter"), site.page(address)
    assert len(sheet.sides) == 1
    is_readable(sheet, 12, 14)
    assert [text for text in wanted(page) if text not in sheet.text] == []
    assert sheet.sides[0].codes == [site.home + address]


@pytest.mark.parametrize("slug", TECHNIQUES)
def test_large_print_is_two_sheets_with_the_whole_safety_note_on_the_first(slug: str, prints: Prints, site: BuiltSite) -> None:
    sheet, page = prints(f"techniques/{slug}/?print=large", "Letter"), site.page(f"techniques/{slug}/")
    assert len(sheet.sides) == 2
    is_readable(sheet, 14, 18)
    safety = [bare(words(item)) for item in page.all(".safety-card li")]
    assert [text for text in safety if text not in sheet.texts[0]] == []
    assert [text for text in wanted(page) if text not in sheet.text] == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("slug", EXERCISES)
def test_exercises_are_one_sheet_with_what_to_know_on_its_first_side(slug: str, paper: str, prints: Prints, site: BuiltSite) -> None:
    """Each exercise stands whole on the second side, with its picture."""
    sheet, page = prints(f"exercises/{slug}/", paper), site.page(f"exercises/{slug}/")
    assert len(sheet.sides) == 2
    is_readable(sheet, 12, 14)
    first = [
        bare(words(element))
        for place in (".safety-card li", ".key-facts div:not(.key-facts__pain) dd", ".sheet-after")
        for element in page.all(place)
    ]
    assert [text for text in first if text not in sheet.texts[0]] == []
    assert [text for text in wanted(page) if text not in sheet.text] == []
    assert bare("Prepared for") not in sheet.text
    assert sheet.sides[1].codes == [site.home + page.address]


@pytest.mark.parametrize("slug", EXERCISES)
def test_large_print_of_exercises_is_two_sheets_with_the_whole_safety_note_on_the_first_side(
    slug: str, prints: Prints, site: BuiltSite
) -> None:
    sheet, page = prints(f"exercises/{slug}/?print=large", "Letter"), site.page(f"exercises/{slug}/")
    assert len(sheet.sides) in (3, 4)
    is_readable(sheet, 14, 18)
    assert [text for item in page.all(".safety-card li") if (text := bare(words(item))) not in sheet.texts[0]] == []
    assert [text for text in wanted(page) if text not in sheet.text] == []


def test_whoever_hands_out_exercises_can_ask_for_lines_to_fill_in(reads: Callable[..., Tab]) -> None:
    tab = reads(f"my-sheets/#sheets={EXERCISES[0]}&lines=yes", width=1280)
    tab.wait_for("document.querySelector('[data-print=sheets]:enabled')")
    sheet = Print(tab.pdf("Letter"))
    assert len(sheet.sides) == 2
    assert bare("Prepared for") in sheet.texts[0]
    assert bare("Changes for you") in sheet.texts[0]


@pytest.mark.parametrize("address", ["diary/", "diary/?print=large"])
def test_the_diary_is_one_sheet(address: str, prints: Prints) -> None:
    sheet = prints(address, "Letter")
    assert len(sheet.sides) == 1
    is_readable(sheet, 12, 14)
    assert bare("Week 4, day 3") in sheet.text


@pytest.mark.parametrize("address", ["when-to-seek-help/", "check-first/", "routines/2-minutes/?print=large"])
def test_longer_pages_break_between_words(address: str, prints: Prints) -> None:
    large = "large" in address
    is_readable(prints(address, "Letter"), 14 if large else 12, 18 if large else 14)


def test_my_sheets_are_one_job_with_a_sheet_for_each(reads: Callable[..., Tab]) -> None:
    first, second = TECHNIQUES[:2]
    tab = reads(f"my-sheets/#sheets={first},{second},diary", width=1280)
    tab.wait_for("document.querySelector('[data-print=sheets]:enabled')")
    sheets = Print(tab.pdf("A4"))
    assert ["Stopif" in text for text in sheets.texts] == [True, True, False]
    is_readable(sheets, 12, 14)


def test_lines_to_fill_in_by_hand_stand_on_every_sheet(reads: Callable[..., Tab]) -> None:
    tab = reads(f"my-sheets/#sheets={','.join(TECHNIQUES)}&lines=yes", width=1280)
    tab.wait_for("document.querySelector('[data-print=sheets]:enabled')")
    sheets = Print(tab.pdf("Letter"))
    assert sheets.text.count(bare("Changes for you")) == len(TECHNIQUES)
    assert len(sheets.texts) <= 2 * len(TECHNIQUES)
    is_readable(sheets, 12, 14)


def test_after_printing_the_reader_is_where_they_were(reads: Callable[..., Tab]) -> None:
    tab = reads(f"techniques/{TECHNIQUES[0]}/")
    tab.wait_for("document.querySelector('[data-print=page]')?.checkVisibility()")
    tab.run("const button = document.querySelector('[data-print=page]'); button.scrollIntoView({ block: 'center' }); button.focus();")
    before = tab.evaluate("scrollY")
    assert before > 300
    tab.pdf("A4")
    tab.wait_for(f"document.activeElement.matches('[data-print=page]') && Math.abs(scrollY - {before}) < 3")


# That the tests above would tell


@pytest.mark.parametrize(
    ("style", "told"),
    [
        (
            "body::after { content: ''; position: absolute; top: 3.2mm; left: 0; width: 100%; border-top: 2mm solid #000 }",
            "crossed by a line",
        ),
        (".steps li { opacity: 0.2 }", "pale"),
        ("h1 { margin-left: -9mm }", "runs out of the sheet"),
    ],
)
def test_a_sheet_that_cannot_be_read_would_be_told(engine: Engine, site: BuiltSite, style: str, told: str) -> None:
    tab = engine.new(site.home)
    tab.resize(1280, 800)
    tab.open(f"techniques/{TECHNIQUES[0]}/")
    rules = f"@media print {{ {style} }}"
    tab.run(f"const sheet = new CSSStyleSheet(); sheet.replaceSync({rules!r}); document.adoptedStyleSheets.push(sheet)")
    assert any(told in fault for fault in Print(tab.pdf("A4")).faults())
    tab.close()
