"""Protects whoever meets the site through a program: search engines, other sites and reuse are told what the page shows, and no more."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from built import PROJECT, BuiltPage, BuiltSite, collapse_whitespace, front_matter, words
from justhtml.dom import Element
from rdflib import RDF, SDO, Graph, Literal, URIRef

LOCAL = {"@vocab": str(SDO)}
"""What schema.org's own context says of the words used here, so that nothing is fetched."""
BELONGS = {
    "WebPage": {"name", "url"},
    "MedicalWebPage": {"name", "url", "about", "audience", "mainEntity", "lastReviewed", "reviewedBy"},
    "MedicalSymptom": {"name"},
    "PeopleAudience": {"suggestedMinAge"},
    "HowTo": {"name", "step", "supply", "tool", "totalTime"},
    "HowToTip": {"text", "url"},
    "HowToSection": {"name", "itemListElement"},
    "HowToStep": {"text"},
    "Person": {"name", "jobTitle"},
}
"""The properties that schema.org (30.1) gives each type, as far as they are used. rdflib knows the words, not where each belongs."""
SOCIAL = {
    "og:type", "og:title", "og:description", "og:url", "og:image", "og:image:alt", "twitter:card",
}  # fmt: skip


READS_LINKED_DATA = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
"""rdflib 7 reads JSON-LD with a part of its own that it will replace. That is its own affair, not a coming error of ours."""


def structured(page: BuiltPage) -> dict[str, Any]:
    """Give what a page says to search engines about itself."""
    (block,) = page.all('script[type="application/ld+json"]')
    return json.loads(block.to_text(strip=False))


def social(page: BuiltPage) -> dict[str, str]:
    """Give what other sites show beside a link to a page."""
    found = {
        element.attrs.get("property") or element.attrs.get("name") or "": element.attrs["content"] for element in page.all("meta[content]")
    }
    return {name: content or "" for name, content in found.items() if name.startswith(("og:", "twitter:"))}


def things(data: Any) -> Iterator[dict[str, Any]]:
    """Give every thing that structured data describes."""
    if isinstance(data, dict):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from things(part)


def steps_of(part: Element) -> list[str]:
    """Give the words of each step that a page shows in a part of it."""
    return [words(step) for step in part.query("ol > li")]


# Structured data


def test_every_page_describes_itself_once_and_the_missing_page_does_not(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.pages:
        if page.address == "404.html":
            assert page.all('script[type="application/ld+json"]') == []
        else:
            with subtests.test(page.address):
                said = structured(page)
                assert said["@context"] == "https://schema.org"
                assert f"{said['name']} - Knee Ease" == words(page.one("title")) or (page.address, said["name"]) == ("", "Knee Ease")
                assert said["url"] == site.home + page.address


@READS_LINKED_DATA
def test_it_is_linked_data_in_the_words_of_schema_org(site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Read by a JSON-LD processor, which drops what it does not understand: so nothing may be missing afterwards."""
    for page in site.pages[:-1]:
        with subtests.test(page.address):
            said = structured(page)
            graph = Graph().parse(data=json.dumps({**said, "@context": LOCAL}), format="json-ld")
            assert [term for term in {*graph.predicates(), *graph.objects(None, RDF.type)} - {RDF.type} if term not in SDO] == []
            values = sum(len(one) if isinstance(one, list) else 1 for thing in things(said) for key, one in thing.items() if key[0] != "@")
            assert len(graph) == values + sum("@type" in thing for thing in things(said))
            for thing in things(said):
                assert {key for key in thing if key[0] != "@"} <= BELONGS[thing["@type"]]


@READS_LINKED_DATA
def test_a_word_that_schema_org_does_not_know_would_be_noticed() -> None:
    graph = Graph().parse(data=json.dumps({"@context": LOCAL, "@type": "HowTo", "minutes": 5}), format="json-ld")
    assert (None, URIRef(f"{SDO}minutes"), Literal(5)) in graph
    assert SDO.totalTime in SDO
    assert URIRef(f"{SDO}minutes") not in SDO


def test_medical_is_what_rests_on_sources(site: BuiltSite) -> None:
    kinds = {page.address: structured(page)["@type"] for page in site.pages[:-1]}
    medical = {address for address, kind in kinds.items() if kind == "MedicalWebPage"}
    assert {"", "check-first/", "when-to-seek-help/", "evidence/", "tips/"} <= medical
    assert {page.address for page in (*site.guides, *site.routines)} <= medical
    assert medical.isdisjoint({"about/", "contribute/", "techniques/", "routines/", "my-sheets/"})
    assert set(kinds.values()) == {"MedicalWebPage", "WebPage"}


def test_the_steps_of_a_technique_are_those_that_it_shows(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.guides:
        with subtests.test(page.address):
            how = structured(page)["mainEntity"]
            safety, *steps = how["step"]
            assert how["@type"] == "HowTo"
            assert how["name"] == words(page.one("h1"))
            assert [step["text"] for step in steps] == steps_of(page.one("section.steps"))
            assert safety == {
                "@type": "HowToTip",
                "text": words(page.one(".safety-link a")),
                "url": f"{site.home}{page.address}#safety-note",
            }
            facts = key_facts(page)
            assert re.fullmatch(r"PT([0-9]+)M", how["totalTime"])
            assert facts["Time"].split()[:2] == ["about", how["totalTime"][2:-1]]
            needed = [*how.get("supply", []), *how.get("tool", [])]
            assert sorted(needed) == sorted([] if facts["You need"] in ("hands only", "nothing else") else facts["You need"].split(", "))


def test_the_steps_of_a_routine_are_those_that_it_shows_part_by_part(site: BuiltSite, subtests: pytest.Subtests) -> None:
    assert site.routines
    for page in site.routines:
        with subtests.test(page.address):
            how = structured(page)["mainEntity"]
            safety, *parts = how["step"]
            shown = [(words(part.query("h2")[0]), steps_of(part)) for part in page.all("section.steps")]
            assert [(part["name"], [step["text"] for step in part["itemListElement"]]) for part in parts] == shown
            assert safety["text"] == "Read the safety note first"
            assert key_facts(page)["Time"].split()[:2] == ["about", how["totalTime"][2:-1]]


def key_facts(page: BuiltPage) -> dict[str, str]:
    """Give the key facts that a page shows."""
    return {words(row.query("dt")[0]): words(row.query("dd")[0]) for row in page.all(".key-facts > div")}


def test_no_reviewer_is_claimed_that_is_not_there(site: BuiltSite, subtests: pytest.Subtests) -> None:
    """And no date of a review: on a medical page it is taken for a clinician's."""
    for page in site.pages[:-1]:
        place = PROJECT / "docs" / (page.address.rstrip("/") or "index")
        meta = front_matter(place / "index.md" if place.is_dir() else place.with_suffix(".md"))
        with subtests.test(page.address):
            assert {"reviewedBy", "lastReviewed"} & set(structured(page)) == set() or "reviewed_by" in meta


# What other sites show beside a link


def test_beside_a_link_stands_what_the_page_says_with_a_picture(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.pages[:-1]:
        with subtests.test(page.address):
            told, said = social(page), structured(page)
            assert set(told) == SOCIAL
            assert (told["og:title"], told["og:url"]) == (said["name"], said["url"])
            assert told["og:description"] == page.one("meta[name=description]").attrs["content"]
            assert told["og:image"] == f"{site.home}assets/social.png"
            assert told["twitter:card"] == "summary_large_image"
            assert len(told["og:image:alt"]) > 30


def test_the_missing_page_has_no_address_of_its_own(site: BuiltSite) -> None:
    page = site.page("404.html")
    assert social(page) == {}
    assert page.all("link[rel=canonical]") == []


def test_the_picture_beside_a_link_is_of_the_size_that_is_asked_for_and_light(site: BuiltSite) -> None:
    picture = (site.folder / "assets" / "social.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 60_000


def test_without_an_address_nothing_of_it_is_there(bare_site: BuiltSite, subtests: pytest.Subtests) -> None:
    assert not (bare_site.folder / "assets" / "social.png").exists()
    for file in bare_site.folder.rglob("*.html"):
        page = BuiltPage(file.relative_to(bare_site.folder).as_posix(), file)
        with subtests.test(page.address):
            assert social(page) == {}
            assert not {"url", "image"} & {key for block in page.all('script[type="application/ld+json"]') for key in flat(block)}


def flat(block: Element) -> list[str]:
    """Give every key of a block of data."""
    return [key for thing in things(json.loads(block.to_text(strip=False))) for key in thing]


# Open data


def opened(site: BuiltSite) -> dict[str, Any]:
    """Give the open data of a built site."""
    return json.loads((site.folder / "techniques.json").read_text("utf-8"))


def test_the_open_data_fits_its_schema(site: BuiltSite, bare_site: BuiltSite) -> None:
    schema = site.folder / opened(site)["$schema"]
    assert schema.read_text("utf-8") == (PROJECT / ".vscode" / "schema" / "techniques.schema.json").read_text("utf-8"), "run: make schema"
    files = [str(built.folder / "techniques.json") for built in (site, bare_site)]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *files]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schema_wants_every_key_and_says_what_it_is() -> None:
    schema = json.loads((PROJECT / ".vscode" / "schema" / "techniques.schema.json").read_text("utf-8"))
    for thing in (schema, *(thing for name, thing in schema["$defs"].items() if name.startswith("Open"))):
        assert set(thing["required"]) == set(thing["properties"])
        assert all(about["description"] for about in thing["properties"].values()), thing["title"]


def test_the_open_data_holds_every_technique_in_the_order_of_the_list(site: BuiltSite) -> None:
    listed = [card.attrs["href"] for card in site.page("techniques/").all(".technique-card h2 a")]
    assert [f"{technique['slug']}/" for technique in opened(site)["techniques"]] == [place for place in listed if place]
    assert len(listed) == len(site.techniques)


OF_THE_SITE = ".pain-limit, .steps-key, .steps__other-leg"
"""Lines about the steps that the site writes by itself."""


def test_the_open_data_says_what_the_page_says(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for technique in opened(site)["techniques"]:
        page = site.page(f"techniques/{technique['slug']}/")
        meta = front_matter(PROJECT / "docs" / "techniques" / f"{technique['slug']}.md")
        with subtests.test(technique["slug"]):
            assert technique["title"] == words(page.one("h1"))
            assert technique["lead"] == collapse_whitespace(" ".join(words(part) for part in page.all(".lead")))
            assert technique["address"] == site.home + page.address
            assert (site.folder / technique["picture"]["place"]).is_file()
            assert technique["picture"]["words"] == page.one("figure.technique-picture img").attrs["alt"]
            steps = [" ".join([step["words"], *step["more"]]) for step in technique["steps"]]
            assert steps == steps_of(page.one("section.steps"))
            assert [str(step["seconds"]) for step in technique["steps"]] == [
                li.attrs["data-seconds"] for li in page.all("section.steps > ol > li")
            ]
            assert technique["before"] == [words(part) for part in page.all("section.steps > p:not(.pain-limit, .steps__other-leg)")]
            once = sum(step["seconds"] for step in technique["steps"])
            assert technique["seconds"] == once * (2 if technique["each_leg"] else 1)
            for key in ("description", "works_on", "equipment", "pressure", "each_leg", "often", "evidence"):
                assert technique[key] == meta[key]
            assert set(technique["positions"]) == set(meta["positions"])
            assert [source["key"] for source in technique["sources"]] == meta["sources"]
            evidence = words(site.page("evidence/").one("main"))
            assert all(source["citation"] in evidence for source in technique["sources"])
            assert technique["reviewed"] == str(meta["reviewed"])
            assert technique["next_review"] > technique["reviewed"]
            assert (technique["reviewed_by"] is None) is ("reviewed_by" not in meta)
            assert f"version {technique['version']}" in words(page.one(".sheet-foot"))
            assert technique["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_open_data_carries_the_whole_safety_note_of_each_technique(site: BuiltSite) -> None:
    assert "Show the safety note of a technique before its steps" in opened(site)["read_first"]
    for technique in opened(site)["techniques"]:
        card, note = site.page(f"techniques/{technique['slug']}/").one(".safety-card"), technique["safety_note"]
        assert note["do_not"] == [words(item) for item in card.query(".safety-card__part--do-not li")]
        assert note["stop"] == [words(item) for item in card.query(".safety-card__part--stop li")]
        assert note["also"] == [words(part) for part in card.query(".safety-card > p")]
        assert len(note["do_not"]) > 3
        assert len(note["stop"]) > 3


def test_without_an_address_the_open_data_invents_none(bare_site: BuiltSite) -> None:
    assert {technique["address"] for technique in opened(bare_site)["techniques"]} == {None}


def test_readers_are_told_of_the_open_data(site: BuiltSite) -> None:
    assert "techniques.json" in site.page("about/").links("main")
