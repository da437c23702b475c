"""Protects the ways to find a technique: the filter of the list, with its choice in the address, and search by everyday words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

LIST = "techniques/"
HELP = "When to seek help"


def shown(page: Page) -> list[str]:
    """Give the titles of the techniques that the list shows."""
    return page.locator(".technique-list > li:visible h2").all_inner_texts()


def test_a_choice_shortens_the_list_and_stands_in_the_address(browse: Callable[..., Any]) -> None:
    page = browse().open(LIST, width=360)
    everything = shown(page)
    page.get_by_label("Place").select_option("inner thigh")
    assert shown(page) == ["Adductor release"]
    assert page.url.endswith("?place=inner+thigh")
    assert page.locator(".technique-filter__told").inner_text() == f"1 of {len(everything)} techniques"


def test_an_address_with_a_choice_shows_the_same_list_to_somebody_else(browse: Callable[..., Any]) -> None:
    page = browse().open(f"{LIST}?position=chair&minutes=5")
    assert "Quadriceps massage" not in shown(page)
    assert "Gentle knee rub" in shown(page)
    assert page.get_by_label("Time").input_value() == "5"
    assert page.get_by_label("Position").input_value() == "chair"


def test_a_list_that_no_technique_fits_says_so_and_show_all_brings_them_back(browse: Callable[..., Any]) -> None:
    page = browse().open(f"{LIST}?place=inner+thigh&minutes=2")
    if page.get_by_label("Time").input_value() == "2":
        assert shown(page) == []
        assert "No technique fits" in page.locator(".technique-filter__told").inner_text()
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) > 1
    assert page.url.endswith(LIST)


@pytest.mark.parametrize("search", ["?position=nowhere", "?pain=bad", "?place=%3Cscript%3E"])
def test_a_choice_that_the_form_does_not_have_is_passed_over(browse: Callable[..., Any], search: str) -> None:
    page = browse().open(LIST + search)
    assert len(shown(page)) > 1


def test_the_filter_never_asks_about_symptoms(browse: Callable[..., Any]) -> None:
    page = browse().open(LIST)
    labels = [label.split("\n")[0].strip() for label in page.locator(".technique-filter label").all_inner_texts()]
    assert labels == ["Place", "Position", "You need", "Time"]


WAYS = {
    "swelling": HELP,
    "swollen leg": HELP,
    "swollen calf": HELP,
    "blood clot": HELP,
    "thigh": "massage",
    "stiff": "knee",
    "roller": "massage",
    "inner thigh": "Adductor release",
    "IT band": "IT band massage",
}
"""What somebody types, and the page that helps (or a word of its title)."""


def test_everyday_words_lead_to_the_page_that_helps(browse: Callable[..., Any], subtests: pytest.Subtests) -> None:
    page = browse().open("")
    field = page.get_by_role("searchbox")
    field.click()
    page.locator(".md-search-result__meta").filter(has_not_text="Initializing").wait_for()
    for words, wanted in WAYS.items():
        with subtests.test(words):
            field.fill("")
            page.locator(".md-search-result__item").first.wait_for(state="detached")
            field.fill(words)  # at once: the first letters alone would find something else
            page.locator(".md-search-result__item").first.wait_for()
            found = page.locator(".md-search-result__item h1").all_inner_texts()
            # What may be urgent comes first of all; a technique, whose words are those of other pages too, among the first 3.
            best = found[:1] if wanted == HELP else found[:3]
            assert any(wanted.casefold() in title.casefold() for title in best), found
