"""Protects the steps and the safety note: what the checks counted on a technique's page is what its reader gets.

Also that every list is derived: a technique is on the list, in the menu and in reach of the first page by itself.
"""

from __future__ import annotations

import datetime
import math
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import yaml
from built import PROJECT, BuiltPage, BuiltSite, collapse_whitespace, front_matter, words

from knee.contract.site_context import SiteContext
from knee.contract.technique_page import TechniquePage
from knee.rules import RULES
from knee.rules.check import check_folder

DOCS = PROJECT / "docs"
EVIDENCE = {"good": "Good evidence", "some": "Some evidence", "little": "Little evidence", "none": "No evidence"}
ORDER_OF_A_PAGE = ["h1", "lead", "technique-picture", "key-facts-block", "start", "safety-card", "steps", "more"]
ORDER = ("chair", "bed", "floor", "standing")
"""Positions are always shown in this order (the contract of a technique's page)."""


@pytest.fixture(scope="module")
def parsed() -> dict[str, TechniquePage]:
    """Give the page of every technique and exercise as the checks read it, by its address."""
    outcome = check_folder(SiteContext(DOCS, datetime.datetime.now(datetime.UTC).date()))
    return {f"{page.folder}/{page.slug}/": page for page in (*outcome.techniques, *outcome.exercises)}


def meta(page: BuiltPage) -> dict[str, object]:
    """Give the front matter that a built page was made from."""
    return front_matter(DOCS / f"{page.address.rstrip('/')}.md")


def steps(page: BuiltPage) -> list[tuple[str, int]]:
    """Give each step as the page shows it: its own words, and its seconds."""
    items = [item for items in page.all("section.steps > ol") for item in items.children if item.name == "li"]
    return [(_own_words(item), int(item.attrs["data-seconds"] or 0)) for item in items]


def _own_words(item: object) -> str:
    first = [child for child in item.children if child.name == "p"]  # type: ignore[attr-defined]
    return words(first[0] if first else item)  # type: ignore[arg-type]


def minutes(page: BuiltPage) -> int:
    """Work out how long a technique or a routine takes from the steps that its page shows, in whole minutes."""
    seconds = 0
    for section in page.all("section.steps"):
        once = sum(int(item.attrs["data-seconds"] or 0) for item in section.query("ol > li"))
        seconds += once * (2 if section.attrs["data-each-leg"] == "true" else 1)
    return math.ceil(seconds / 60)


def shown_minutes(page: BuiltPage) -> str:
    """Give the minutes as the site says them."""
    count = minutes(page)
    return f"{count} minute{'' if count == 1 else 's'}" + (", both legs" if meta(page).get("each_leg") else "")


def test_every_page_of_the_folder_is_built(site: BuiltSite, parsed: dict[str, TechniquePage]) -> None:
    written = [path for folder in ("techniques", "exercises") for path in (DOCS / folder).glob("*.md") if path.name != "index.md"]
    files = {f"{path.parent.name}/{path.stem}/" for path in written}
    assert len(files) >= 5
    assert {page.address for page in site.guides} == set(parsed) == files


def test_the_steps_that_were_counted_are_the_steps_that_are_shown(
    site: BuiltSite, parsed: dict[str, TechniquePage], subtests: pytest.Subtests
) -> None:
    for page in site.guides:
        with subtests.test(page.address):
            assert steps(page) == [(step.words, step.dose.seconds) for step in parsed[page.address].steps]
            assert 2 <= len(steps(page)) <= 8
            assert len(page.all("section.steps ol")) == 1
            assert (page.one("section.steps").attrs["data-each-leg"] == "true") is meta(page).get("each_leg", False)


def test_the_key_facts_are_those_of_the_front_matter(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.guides:
        with subtests.test(page.address):
            facts = dict(zip(map(words, page.all("dl.key-facts dt")), map(words, page.all("dl.key-facts dd")), strict=True))
            said = meta(page)
            positions = [position for position in ORDER if position in said["positions"]]  # type: ignore[operator]
            limit, joint = ("Pain from the massage", " or ") if "pressure" in said else ("Pain as you move", " and ")
            assert facts == {
                "Position": joint.join(", ".join(positions).rsplit(", ", 1)),
                "Time": f"about {shown_minutes(page)}",
                "How often": said["often"],
                limit: f"at most {said.get('pressure') or said.get('pain')} out of 10",
                "You need": ", ".join(said["equipment"]) or "hands only",  # type: ignore[arg-type]
            }


def take_out_unpainted_ways(part: ElementTree.Element, stroke: str = "none") -> None:
    """Take out each way that nobody sees: it only tells how a part of the drawing moves."""
    stroke = part.get("stroke", stroke)
    for child in list(part):
        if child.get("id", "").startswith("way-") and not len(child) and child.get("stroke", stroke) == "none":
            part.remove(child)
        else:
            take_out_unpainted_ways(child, stroke)


def test_a_page_begins_with_title_lead_picture_and_facts_and_the_safety_note_before_the_steps(
    site: BuiltSite, parsed: dict[str, TechniquePage], subtests: pytest.Subtests
) -> None:
    for page in site.guides:
        with subtests.test(page.address):
            top = [child for child in page.one("main .page--technique").children if child.name not in ("#text", "#comment")]
            kinds = [kind for child in top if (kind := (child.attrs.get("class") or child.name).split()[0]) in ORDER_OF_A_PAGE]
            assert list(dict.fromkeys(kinds)) == ORDER_OF_A_PAGE
            assert [kind for kind in kinds if kind != "more"] == ORDER_OF_A_PAGE[:-1]
            assert words(page.one("[data-start=new]")) == f"Start: {shown_minutes(page).partition(',')[0]}"
            assert words(page.one("p.lead")) == parsed[page.address].lead_words
            picture = page.one("figure.technique-picture img")
            assert picture.attrs["alt"] == parsed[page.address].main_picture.alt  # type: ignore[union-attr]
            kind, _, drawing = (picture.attrs["src"] or "").partition(",")
            drawn = ElementTree.fromstring(unquote(drawing) if drawing else (site.folder / page.address / kind).read_text("utf-8"))
            own = ElementTree.parse(DOCS / f"{page.address.rstrip('/')}.svg").getroot()
            take_out_unpainted_ways(own)
            parts, own_parts = ([part.tag for part in one.iter() if not part.tag.endswith(("title", "desc"))] for one in (drawn, own))
            assert parts == own_parts, "the page's own drawing, whole"


def test_the_safety_note_is_a_card_with_both_lists(site: BuiltSite, parsed: dict[str, TechniquePage], subtests: pytest.Subtests) -> None:
    for page in site.guides:
        with subtests.test(page.address):
            card = page.one("section.safety-card")
            assert words(page.one(f"h2#{card.attrs['aria-labelledby']}")) == "Safety note"
            for part, title in (("do-not", "Do not do this if"), ("stop", "Stop if")):
                section = parsed[page.address].section(title)
                written = [
                    collapse_whitespace(block.text) for block in section.blocks if block.kind == "paragraph" and block.inside == ("ul",)
                ]  # type: ignore[union-attr]
                assert words(page.one(f".safety-card__part--{part} h3")) == title
                assert [words(item) for item in page.all(f".safety-card__part--{part} > ul > li")] == written
                assert written
            assert "when-to-seek-help/" in page.links("section.safety-card")
            assert "#safety-note" in {link.attrs["href"] for link in page.all(".key-facts-block a")}


def test_a_routine_shows_the_steps_and_the_cautions_of_its_techniques(
    site: BuiltSite, parsed: dict[str, TechniquePage], subtests: pytest.Subtests
) -> None:
    """In the techniques' own words: a routine has none of its own but those of its warm-up and rest."""
    assert site.routines
    for page in site.routines:
        with subtests.test(page.address):
            named = [place for place in page.links("section.steps") if place in parsed]
            assert named
            for place in named:
                own = [(step.words, step.dose.seconds) for step in parsed[place].steps]
                start = steps(page).index(own[0])
                assert steps(page)[start : start + len(own)] == own
                cautions = {words(item) for item in site.page(place).all("section.safety-card li")}
                assert cautions <= {words(item) for item in page.all("section.safety-card li")}


def test_the_list_shows_every_technique_in_order(site: BuiltSite) -> None:
    order = sorted(site.techniques, key=lambda page: (meta(page).get("order", math.inf), words(page.one("h1"))))
    cards = site.page("techniques/").all(".technique-card")
    assert [words(card.query("h2 a")[0]) for card in cards] == [words(page.one("h1")) for page in order]
    for card, page in zip(cards, order, strict=True):
        text = words(card)
        assert site.page("techniques/").leads_to(card.query("h2 a")[0].attrs["href"] or "") == page.address
        assert str(meta(page)["description"]) in text
        assert f"About {shown_minutes(page)}" in text
        assert f"Pain from the massage: at most {meta(page)['pressure']} out of 10" in text


def test_the_menu_of_every_page_has_every_technique(site: BuiltSite, subtests: pytest.Subtests) -> None:
    order = [site.page("techniques/").leads_to(link.attrs["href"] or "") for link in site.page("techniques/").all(".technique-card h2 a")]
    for page in site.pages:
        with subtests.test(page.address):
            menu = [place.removeprefix(site.home).removeprefix("knee-ease/") for place in page.links("nav[aria-label=Menu]")]
            assert [place for place in menu if place.startswith("techniques/") and place != "techniques/"] == order


def test_the_first_page_leads_to_every_technique(site: BuiltSite) -> None:
    """At most two links: through the list, should it not name one itself."""
    near = set(site.page("").links("main"))
    assert {"check-first/", "techniques/", "when-to-seek-help/"} <= near
    assert {page.address for page in site.guides} <= near | set(site.page("techniques/").links("main"))


def test_every_technique_is_found_by_search(site: BuiltSite) -> None:
    index = (site.folder / "assets" / "js" / "pages" / "search.js").read_text("utf-8")
    assert [page.address for page in site.guides if f'"{page.address}"' not in index] == []


def test_the_foot_says_how_much_is_known_and_when_it_was_read(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.guides:
        with subtests.test(page.address):
            reviewed = meta(page)["reviewed"]
            assert isinstance(reviewed, datetime.date)
            assert EVIDENCE[str(meta(page)["evidence"])] in words(page.one(".page-foot h2 + p"))
            assert [words(day) for day in page.all(".page-foot__dates dd")] == [
                f"{day.day} {day:%B %Y}" for day in (reviewed, reviewed.replace(year=reviewed.year + 1))
            ]


def test_every_page_shows_its_sources_at_its_foot(site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Each by who and when, with the way to its whole entry. A routine has those of its techniques as well."""
    known = yaml.safe_load((DOCS / "sources.yml").read_text("utf-8"))
    for page in site.pages:
        path = DOCS / f"{page.address.rstrip('/') or 'index'}.md"
        path = path if path.is_file() else DOCS / page.address / "index.md"
        if path.is_file():
            with subtests.test(page.address):
                keys = front_matter(path)["sources"]
                assert isinstance(keys, list)
                items = page.all(".page-foot__sources > li > a")
                shown = {page.leads_to(link.attrs["href"] or "").removeprefix(site.home): words(link) for link in items}
                assert len(shown) == len(items) == len(page.all(".page-foot__sources > li")), "each source once"
                assert len(shown) == len(keys) or (page in site.routines and len(shown) > len(keys))
                for key in keys:
                    said = shown[f"evidence/#{key.lower()}"]
                    assert collapse_whitespace(known[key]["citation"]).startswith(re.sub(r"(?: (?:19|20)\d\d)?(?: \(report\))?$", "", said))


def test_the_evidence_page_lists_every_source_where_links_lead(site: BuiltSite) -> None:
    known = yaml.safe_load((DOCS / "sources.yml").read_text("utf-8"))
    listed = {item.attrs["id"]: words(item) for item in site.page("evidence/").all("ol.sources > li")}
    assert set(listed) == {key.lower() for key in known}
    assert [key for key, source in known.items() if collapse_whitespace(source["citation"]) not in listed[key.lower()]] == []
    links = {item.attrs["id"]: [link.attrs["href"] for link in item.query("a")] for item in site.page("evidence/").all("ol.sources > li")}
    for key, source in known.items():
        assert {"read": "Read by us", "copy": "Read as a copy or report"}[source["checked"]] in listed[key.lower()]
        assert links[key.lower()] == ([source["link"]] if source["link"] else [])


def test_the_contribute_page_lists_every_rule(site: BuiltSite) -> None:
    listed = {entry.attrs["id"]: words(entry) for entry in site.page("contribute/").all("dl.rules > div")}
    assert set(listed) == {rule_id.lower() for rule_id in RULES}
    for rule_id, rule in RULES.items():
        assert rule_id in listed[rule_id.lower()]
        assert collapse_whitespace(rule.asks) in listed[rule_id.lower()]
        assert collapse_whitespace(rule.why) in listed[rule_id.lower()]
