"""Protects the ways to find a technique: the filter of the list, with its choice in the address, and the search."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from built import PROJECT
from playwright.sync_api import Page, Route

from knee.contract.search_words import SearchWords
from knee.contract.site_context import address_of_page

LIST = "techniques/"


def shown(page: Page) -> list[str]:
    """Give the titles of the techniques that the list shows."""
    return page.locator(".technique-list > li:visible h2").all_inner_texts()


def test_a_choice_shortens_the_list_and_stands_in_the_address(browse: Callable[..., Any]) -> None:
    page = browse().open(LIST, width=360)
    everything = shown(page)
    page.get_by_label("Place").select_option("inner thigh")
    assert shown(page) == ["Inner thigh: adductor release"]
    assert page.url.endswith("?place=inner+thigh")
    assert page.locator(".technique-filter__told").inner_text() == f"1 of {len(everything)} techniques"


def test_an_address_with_a_choice_shows_the_same_list_to_somebody_else(browse: Callable[..., Any]) -> None:
    page = browse().open(f"{LIST}?position=chair&minutes=5")
    assert "Front of the thigh: quadriceps massage" not in shown(page)
    assert "Front of the knee: gentle knee rub" in shown(page)
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


# The search

QUERIES = yaml.safe_load((PROJECT / "tests" / "search" / "queries.yml").read_text("utf-8"))
FIND = """async (queries) => {
  const box = document.querySelector(".site-search__box");
  const found = {};
  for (const query of queries) {
    box.value = query;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    const told = document.querySelector(".site-search__told").textContent;
    const links = told.startsWith("Nothing") ? [] : [...document.querySelectorAll(".found")];
    found[query] = links.map((link) => link.href.slice(new URL("../", location).href.length));
  }
  return found;
}"""
"""Types each query into the box of a page one level down, and gives the addresses that the list shows for it."""
MOST = 8


@pytest.fixture
def searching(browse: Callable[..., Any]) -> Any:
    """Give a page whose search has come."""
    return with_search(browse().open("about/"))


def with_search(page: Page) -> Page:
    """Give a page once its search has come."""
    page.get_by_role("combobox", name="Search").press_sequentially("thigh")
    page.get_by_role("option").first.wait_for()
    return page


def asked(group: str) -> list[tuple[str, str, int]]:
    """Give each query of a group, the address that it has to find, and among how many of the first."""
    places = {"first": 1, "within_3": 3}
    return [(query, each["page"], places[place]) for each in QUERIES[group] for place in places for query in each.get(place, [])]


def leads_to(address: str, wanted: str) -> bool:
    """Whether an address is that of a page, and of its section where one is wanted."""
    return wanted in (address, address.partition("#")[0])


def missed(page: Any, group: str) -> dict[str, list[str]]:
    """Give the queries of a group that do not find what they have to, with what they find."""
    queries = asked(group)
    found = page.evaluate(FIND, [query for query, _, _ in queries])
    return {query: found[query][:4] for query, wanted, most in queries if not any(leads_to(one, wanted) for one in found[query][:most])}


def test_whoever_types_a_symptom_or_a_worry_gets_help_first(searching: Any) -> None:
    assert len(asked("safety")) > 200
    assert missed(searching, "safety") == {}


def test_what_else_readers_type_finds_its_page(searching: Any) -> None:
    lost = missed(searching, "others")
    assert len(lost) <= 0.03 * len(asked("others")), lost


def test_each_word_of_the_list_leads_to_its_page(searching: Any) -> None:
    """A word of danger first, to the page of its own or to one that stands higher in the list; another among what is shown."""
    targets = SearchWords.at(PROJECT / "docs" / "search-words.yml").targets
    found = searching.evaluate(FIND, [word for target in targets for word in target.all_words])
    pages = [address_of_page(target.page) for target in targets if target.danger]
    lost = {}
    for target in targets:
        own = address_of_page(target.page)
        higher = pages[: pages.index(own) + 1] if own in pages else []
        lost |= {
            word: found[word][:2] for word in target.danger if not any(leads_to(one, page) for one in found[word][:1] for page in higher)
        }
        lost |= {
            word: found[word]
            for word in target.words
            if not any(leads_to(one, own) for one in found[word]) and not found[word][0].startswith("when-")
        }
    assert lost == {}


def slips(word: str) -> list[str]:
    """Give a word with one slip of a finger: a letter left out, twice, another, or two that changed places."""
    middle = len(word) // 2
    left, right = word[:middle], word[middle:]
    return [left + right[1:], left + right[0] + right, left + "x" + right[1:], left[:-1] + right[0] + left[-1] + right[1:]]


def test_a_slip_of_one_letter_finds_the_same_help(searching: Any) -> None:
    words = [
        "swollen",
        "swelling",
        "locked",
        "breath",
        "fever",
        "numb",
        "chest",
        "child",
        "buckles",
        "pregnant",
        "warfarin",
        "infection",
        "thrombosis",
    ]
    typed = {slip: word for word in words for slip in slips(word)}
    found = searching.evaluate(FIND, [*words, *typed])
    assert {slip: found[slip][:1] for slip, word in typed.items() if found[slip][:1] != found[word][:1]} == {}


def test_endings_capitals_accents_and_apostrophes_make_no_difference(searching: Any) -> None:
    alike = [
        ("swelling", "SWELLINGS"),
        ("buckle", "buckled"),
        ("can't walk", "CANNOT WALK"),
        ("can't walk", "cant  walk"),
        ("oedema", "œdéma".replace("œ", "oe")),
    ]
    found = searching.evaluate(FIND, [query for pair in alike for query in pair])
    assert [pair for pair in alike if found[pair[0]] != found[pair[1]]] == []


def test_no_page_is_found_twice_and_at_most_8_are_shown(searching: Any) -> None:
    found = searching.evaluate(FIND, [query for group in QUERIES for query, _, _ in asked(group)])
    assert max(map(len, found.values())) == MOST
    for query, links in found.items():
        pages = [link.partition("#")[0] for link in links]
        assert len(set(pages)) == len(pages), query


def offered_to_follow(page: Page) -> dict[str, list[str]]:
    """Give what is offered to follow along for some signs that need help at once or today."""
    found = page.evaluate(FIND, ["hot knee", "swollen calf", "chest pain", "knee locked", "thigh hot and swollen"])
    offered = {query: [link for link in links if re.match("(techniques|exercises|routines)/.", link)] for query, links in found.items()}
    return {query: links for query, links in offered.items() if links}


def test_whoever_needs_help_today_is_not_offered_a_massage(searching: Any) -> None:
    assert offered_to_follow(searching) == {}


def test_no_massage_is_offered_either_when_results_say_in_other_words_what_they_are(browse: Callable[..., Any]) -> None:
    page = browse().open("about/")

    def in_other_words(route: Route) -> None:
        script = route.fetch().text()
        for name in ("Technique, ", "Exercises, ", "Session, ", "Help now", "Help today"):
            assert f'"{name}' in script
            script = script.replace(f'"{name}', f'"In other words, {name}')
        route.fulfill(body=script, content_type="text/javascript")

    page.route("**/search.js", in_other_words)
    assert offered_to_follow(with_search(page)) == {}


def test_a_result_says_where_it_leads_what_answers_and_of_which_kind_it_is(searching: Any) -> None:
    box = searching.get_by_role("combobox", name="Search")
    box.fill("my knee is hot")
    first = searching.get_by_role("option").first
    assert first.locator(".found__title").inner_text() == "When to seek help: Get help today from an urgent care service or a doctor"
    assert first.locator(".found__kind").inner_text() == "Help today"
    assert first.locator("mark").all_inner_texts()[-1] == "hot"
    box.fill("quads")
    kind = searching.get_by_role("option").first.locator(".found__kind").inner_text()
    assert re.fullmatch(r"Technique, \d+ minutes, chair or bed", kind)


def test_nothing_found_offers_the_ways_in(searching: Any) -> None:
    searching.get_by_role("combobox", name="Search").fill("qqqqqq")
    assert searching.locator(".site-search__told").inner_text() == "Nothing found. Try another word, or start here:"
    assert searching.locator(".found__title").all_inner_texts() == ["Check first", "Techniques", "When to seek help"]


def test_the_arrows_choose_and_enter_opens_what_is_chosen(searching: Any) -> None:
    box = searching.get_by_role("combobox", name="Search")
    options = searching.get_by_role("option")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None, "nothing is chosen for the reader"
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        box.press(key)
        assert box.get_attribute("aria-activedescendant") == options.nth(place).get_attribute("id")
        assert [option.get_attribute("aria-selected") for option in options.all()].count("true") == 1
        assert options.nth(place).get_attribute("aria-selected") == "true"
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    box.press("Enter")
    searching.wait_for_url(lambda address: "about/" not in address)


def test_enter_without_a_choice_opens_the_first_page(searching: Any) -> None:
    searching.get_by_role("combobox", name="Search").fill("short of breath")
    searching.keyboard.press("Enter")
    searching.wait_for_url(re.compile("when-to-seek-help/#call-your-emergency"))


def test_escape_closes_the_list_and_then_empties_the_box(searching: Any) -> None:
    box = searching.get_by_role("combobox", name="Search")
    box.press("Escape")
    assert not searching.get_by_role("option").first.is_visible()
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "thigh")
    box.press("ArrowDown")
    assert searching.get_by_role("option").first.is_visible()
    box.press("Escape")
    box.press("Escape")
    assert box.input_value() == ""


def test_on_a_phone_the_search_closes_by_its_button_by_escape_and_by_going_on(browse: Callable[..., Any]) -> None:
    page = browse().open("about/", width=320)
    box, opener = page.get_by_role("combobox", name="Search"), page.get_by_role("button", name="Search")
    opener.click()
    box.press_sequentially("heat")
    page.get_by_role("option").first.wait_for()
    assert all(option.bounding_box()["height"] >= 44 for option in page.get_by_role("option").all()), "wide enough for a thumb"
    page.get_by_role("button", name="Close").click()
    assert not box.is_visible()
    assert not page.get_by_role("option").first.is_visible()
    opener.click()
    for _ in range(3):  # the list, the words, the box
        box.press("Escape")
    assert not box.is_visible()
    opener.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert not box.is_visible()


def test_without_scripts_no_search_shows(browse: Callable[..., Any]) -> None:
    page = browse(java_script_enabled=False).open("", width=360)
    assert page.locator(".site-search").count() == 1
    assert not page.locator(".site-search").is_visible()
