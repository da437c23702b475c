"""Protects readers from a sign that gets lost: every sign and caution of tests/site/signs.yml stands on its page, under its heading.

Also that the lines about an emergency are the same in all places that have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from built import HELP, PROJECT, BuiltPage, BuiltSite, words
from justhtml.dom import Element

SIGNS: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load((Path(__file__).parent / "signs.yml").read_text("utf-8"))
PLACES = [(page, heading, keys) for page, headings in SIGNS.items() for heading, found in headings.items() for keys in found]
CHEST = "chest pain, are short of breath or faint: call your emergency number"
CALF = "a calf or thigh is newly swollen, warm, a new colour, or sore for no clear reason: get help today"
LIMB = "a leg is suddenly cold, pale, numb, hard or out of shape: get emergency help"
HOT = "your knee is hot, swollen or very painful: get help today, or emergency help if ill"
NOT_USUAL = "Swelling, lasting warmth, a new colour, or soreness that gets worse or is elsewhere: get help today."
STAND = "you cannot stand on it, or it is stuck or newly gives way: get help today"


def part(page: BuiltPage, heading: str) -> Element:
    """Give what holds a heading and the words under it: a card, or a folded part."""
    found = [one for one in page.all("main h2, main h3") if heading in words(one)]
    assert found, f"no heading {heading}"
    return found[0]


def words_under(page: BuiltPage, heading: str) -> tuple[str, bool]:
    """Give the words from a heading to the next of its level, and whether they are folded."""
    own = part(page, heading)
    folded = own.parent.name == "summary"
    first = own.parent if folded else own
    return " ".join(_until_next(first, own.name)), folded


def _until_next(first: Element, level: str) -> Iterator[str]:
    siblings = list(first.parent.children)
    for one in siblings[siblings.index(first) + 1 :]:
        if one.name == level or (one.name in ("section", "details") and first.name == level and one.query(level)):
            return
        if one.name not in ("#text", "#comment"):
            yield words(one)


@pytest.mark.parametrize(("address", "heading", "keys"), PLACES)
def test_every_sign_of_the_pack_stands_where_it_belongs(site: BuiltSite, address: str, heading: str, keys: str) -> None:
    shown, folded = words_under(site.page(address), heading)
    wanted = SIGNS[address][heading][keys]
    assert [sign for sign in wanted if sign.casefold() not in shown.casefold()] == []
    assert folded is heading.startswith("More about")


def test_the_list_names_known_sources() -> None:
    known = yaml.safe_load((PROJECT / "docs" / "sources.yml").read_text("utf-8"))
    named = {key for _, _, keys in PLACES for key in keys.split(", ") if not key.startswith("HOUSE")}
    assert named <= set(known)


def test_the_lines_about_an_emergency_are_the_same_on_every_technique(site: BuiltSite, subtests: pytest.Subtests) -> None:
    assert site.techniques
    for page in site.techniques:
        with subtests.test(page.address):
            do_not, stop = ([words(item) for item in page.all(f".safety-card__part--{name} li")] for name in ("do-not", "stop"))
            assert do_not[:4] == [CALF, LIMB, HOT, STAND]
            assert stop[0] == f"you get {CHEST}"


@pytest.mark.parametrize("start", ["publish/templates/example-knee-rub.md", "commands/templates/new-technique.md"])
def test_a_new_page_starts_from_them(start: str) -> None:
    written = (PROJECT / "hooks" / "knee" / start).read_text("utf-8")
    assert [line for line in (CALF, LIMB, HOT, STAND, f"you get {CHEST}") if f"\n- {line}\n" not in written] == []


def test_they_are_the_same_in_the_strip_the_session_the_sheet_and_on_the_pages(site: BuiltSite, subtests: pytest.Subtests) -> None:
    """In a question or an order the verb may stand elsewhere; the signs and the help are the same."""
    chest, calf = ("chest pain", "short of breath", "faint"), "newly swollen, warm, a new colour, or sore for no clear reason"
    session = (PROJECT / "overrides" / "partials" / "knee" / "session.html").read_text("utf-8")
    places = {
        "the strip": words(site.page("").one(".urgent-strip")),
        "the session's help": " ".join(session.split()),
        "the diary": words(site.page("diary/").one("main")),
        "the check": words(site.page("check-first/").one("main")),
    }
    for name, shown in places.items():
        with subtests.test(name):
            for sign in (*chest, calf, "call your emergency number"):
                assert sign in shown.casefold()
    for page in (*site.techniques, *site.routines):
        with subtests.test(page.address):
            assert all(NOT_USUAL in words(line) for line in page.all(".sheet-after"))
    assert words(part(site.page(HELP), "Chest or breathing")) == "Chest or breathing"
