"""Protects somebody who needs help now: the three care cards, their order and words, on the screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from built import HELP, BuiltPage, BuiltSite, words
from markdown import Markdown
from playwright.sync_api import Page

from knee.publish.page_html import KneeExtension

PREFIXES = {"emergency": "Immediate action required: ", "urgent": "Urgent advice: ", "routine": "Non-urgent advice: "}
HEADINGS = {"emergency": "Call your emergency number", "urgent": "Get help today", "routine": "See a"}
BORDERS = {"emergency": "8px", "urgent": "6px", "routine": "4px"}


@pytest.fixture
def help_page(site: BuiltSite) -> BuiltPage:
    """Give "When to seek help" as it was built."""
    return site.page(HELP)


def test_the_three_cards_stand_in_order_with_emergency_first(help_page: BuiltPage) -> None:
    cards = help_page.all(".care-card")
    assert [card.attrs["class"] for card in cards] == [f"care-card care-card--{level}" for level in PREFIXES]
    assert help_page.headings[1][1].startswith(PREFIXES["emergency"]), "nothing stands before the emergency card"


@pytest.mark.parametrize("level", PREFIXES)
def test_a_card_has_a_real_heading_that_ends_in_if(help_page: BuiltPage, level: str) -> None:
    card = help_page.one(f".care-card--{level}")
    heading = card.query("h2")[0]
    assert card.name == "section"
    assert card.attrs["aria-labelledby"] == heading.attrs["id"]
    assert words(heading).removeprefix(PREFIXES[level]).startswith(HEADINGS[level])
    assert words(heading).endswith("if:")
    assert len(card.query("li")) >= 5


@pytest.mark.parametrize("level", PREFIXES)
def test_a_screen_reader_hears_how_urgent_a_card_is(browse: Callable[..., Any], level: str) -> None:
    """The words before the heading are read out, and do not show."""
    page: Page = browse().open(HELP)
    card = page.locator(f".care-card--{level}")
    prefix = card.locator("h2 > span.visually-hidden")
    others = [other for name, other in PREFIXES.items() if name != level]
    name = card.get_by_role("heading", level=2).aria_snapshot()
    assert prefix.text_content() == PREFIXES[level]
    assert PREFIXES[level] + HEADINGS[level] in name
    assert not any(other in name.replace(PREFIXES[level], "") for other in others)
    box = prefix.bounding_box()
    assert box is None or (box["width"] <= 1 and box["height"] <= 1)


@pytest.mark.parametrize("level", PREFIXES)
def test_the_prefix_comes_from_how_a_heading_begins(level: str) -> None:
    html = Markdown(extensions=[KneeExtension()]).convert(f"# Help\n\n## {HEADINGS[level]} doctor if:\n\n- it hurts\n")
    assert f'<span class="visually-hidden">{PREFIXES[level]}</span>{HEADINGS[level]}' in html
    assert [other for other in PREFIXES.values() if other in html] == [PREFIXES[level]]


def test_the_emergency_card_leads_nowhere_but_to_the_telephone(help_page: BuiltPage) -> None:
    assert help_page.links(".care-card--emergency") == ["tel:999", "tel:112", "tel:911", "tel:000"]


def test_every_number_to_call_is_called_by_a_press(help_page: BuiltPage) -> None:
    """A link calls the number that it shows, and no number that help is reached by is left without its link."""
    links = {words(link): link.attrs["href"] for link in help_page.all("main a") if (link.attrs["href"] or "").startswith("tel:")}
    assert {shown: "tel:" + re.sub(r"\D", "", shown) for shown in links} == links
    assert {"tel:999", "tel:112", "tel:911", "tel:000", "tel:111", "tel:811", "tel:1800022222"} == set(links.values())


@pytest.mark.parametrize("level", BORDERS)
def test_on_paper_the_border_tells_the_level(browse: Callable[..., Any], level: str) -> None:
    page: Page = browse().open(HELP)
    page.emulate_media(media="print")
    card = page.locator(f".care-card--{level}")
    sides = card.evaluate("e => ['Top', 'Right', 'Bottom', 'Left'].map(side => getComputedStyle(e)[`border${side}Width`])")
    styles = card.evaluate("e => ['Top', 'Right', 'Bottom', 'Left'].map(side => getComputedStyle(e)[`border${side}Style`])")
    assert sides == [BORDERS[level]] * 4
    assert styles == ["solid"] * 4
    assert card.get_by_role("heading", level=2).is_visible()


def test_on_paper_nothing_is_left_of_the_screens_controls(browse: Callable[..., Any]) -> None:
    page: Page = browse().open(HELP)
    page.emulate_media(media="print")
    assert page.locator("header:visible, nav:visible, button:visible, form:visible, input:visible").count() == 0
    assert "Not reviewed by a clinician" in page.locator("main").inner_text()


def test_every_page_leads_to_help_in_one_link(browse: Callable[..., Any], site: BuiltSite, subtests: pytest.Subtests) -> None:
    """A link that shows without scripts and without opening a menu, before everything else on the page."""
    reader = browse(java_script_enabled=False)
    for built in site.pages:
        with subtests.test(built.address):
            page: Page = reader.open(built.address, width=320)
            first = page.get_by_role("link", name="When to seek help").locator("visible=true").first
            assert first.evaluate("link => link.href") == site.home + HELP
            box = first.bounding_box()
            assert box
            assert box["y"] < 800
