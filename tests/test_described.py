"""Protects what programs are told of a page: no step, no caution and no need is lost, and nothing unsafe is handed on."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from knee.facts.sign_off import SignedBy
from knee.publish.open_data import PLACE
from knee.publish.publication import Publication
from knee.publish.structured_data import followed_page, web_page
from small_site import TESTS, Site

CALF = "techniques/calf-stroke.md"


def described(site: Site, path: str, address: str = "") -> dict[str, Any]:
    """Give what a page of the small site says to search engines about itself."""
    return Publication.of(site.root / "docs", Path()).page_facts(path, {}, "", address, with_problems=False)["structured"]


def handed_on(site: Site, home: str = "") -> list[dict[str, Any]]:
    """Give the techniques of the small site as open data."""
    return json.loads(Publication.of(site.root / "docs", Path()).open_files(home)[PLACE])["techniques"]


# Search engines


def test_a_plain_page_says_only_that_it_is_one() -> None:
    assert web_page("", has_sources=False) == {"@context": "https://schema.org", "@type": "WebPage"}


def test_a_page_with_sources_is_medical_and_for_adults_with_a_sore_knee() -> None:
    assert web_page("https://knee.test/tips/", has_sources=True) == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "about": {"@type": "MedicalSymptom", "name": "Sore knee"},
        "audience": {"@type": "PeopleAudience", "suggestedMinAge": 18},
        "url": "https://knee.test/tips/",
    }


def test_a_technique_says_its_steps_its_time_and_what_one_needs(site: Site) -> None:
    site.change("equipment: [lotion]", "equipment: [towel, lotion, cushion]")
    assert described(site, CALF)["mainEntity"] == {
        "@type": "HowTo",
        "name": "Calf stroke",
        "totalTime": "PT3M",
        "supply": ["lotion"],
        "tool": ["towel", "cushion"],
        "step": [
            {"@type": "HowToTip", "text": "Read the safety note first"},
            {"@type": "HowToStep", "text": "Sit on a chair with 1 foot on a stool."},
            {"@type": "HowToStep", "text": "Stroke up the calf with both palms for 1 minute. Keep off the back of the knee."},
            {"@type": "HowToStep", "text": "Bend and straighten your foot 5 times."},
        ],
    }


def test_where_hands_are_enough_nothing_is_needed(site: Site) -> None:
    site.change("equipment: [lotion]", "equipment: []")
    assert {"supply", "tool"}.isdisjoint(described(site, CALF)["mainEntity"])


def test_where_the_site_has_an_address_the_tip_leads_to_the_safety_note(site: Site) -> None:
    said = described(site, CALF, "https://knee.test/techniques/calf-stroke/")
    assert said["mainEntity"]["step"][0]["url"] == "https://knee.test/techniques/calf-stroke/#safety-note"


def test_a_routine_says_its_parts_in_their_order_and_none_that_is_not_there(site: Site) -> None:
    how = described(site, "routines/2-minutes.md")["mainEntity"]
    assert [part["name"] for part in how["step"][1:]] == ["Shin rub", "Rest"]
    assert how["step"][2]["itemListElement"] == [{"@type": "HowToStep", "text": "Rest with your leg on a stool for 20 seconds."}]
    assert how["totalTime"] == "PT2M"


def test_a_page_that_lacks_facts_is_described_as_a_plain_page(site: Site) -> None:
    site.change("pressure: 2\n", "")
    assert described(site, CALF)["@type"] == "WebPage"


@pytest.mark.parametrize("signed", [None, SignedBy("Ann Able", "physiotherapist", "HCPC", datetime.date(2026, 11, 20), "https://a.test/")])
def test_a_reviewer_is_named_with_the_day_only_where_one_signed(site: Site, signed: SignedBy | None) -> None:
    facts = Publication.of(site.root / "docs", Path())
    page = next(page for page in facts.outcome.techniques if page.slug == "calf-stroke")
    said = followed_page(facts.catalogue.techniques[-1], page, signed, "")
    assert said.get("reviewedBy") == (signed and {"@type": "Person", "name": "Ann Able", "jobTitle": "physiotherapist"})
    assert said.get("lastReviewed") == (signed and "2026-11-20")


# Open data


def test_every_technique_is_handed_on_in_the_order_of_the_list(site: Site) -> None:
    assert [technique["slug"] for technique in handed_on(site)] == ["shin-rub", "calf-stroke"]


def test_a_technique_is_handed_on_whole(site: Site) -> None:
    site.change("positions: [chair, bed]", "positions: [bed, chair]")
    site.change("## How to do it\n", "## How to do it\n\nUse light hands.\n")
    technique = handed_on(site, "https://knee.test/")[-1]
    version = technique.pop("version")
    assert version.startswith("2026-11-22, ")
    (source,) = technique.pop("sources")
    assert (source["key"], source["link"][:8]) == ("ATKINS13", "https://")
    assert technique == {
        "slug": "calf-stroke",
        "title": "Calf stroke",
        "description": "Long, slow strokes up the calf with both palms, for a leg that feels tight and tired.",
        "lead": "You stroke your calf from the heel up. It feels warm and slow.",
        "address": "https://knee.test/techniques/calf-stroke/",
        "picture": {
            "place": "techniques/calf-stroke.svg",
            "words": "A person sits with 1 foot on a stool. Both palms hold the calf. An arrow points up.",
        },
        "works_on": "calf",
        "positions": ["chair", "bed"],
        "equipment": ["lotion"],
        "pressure": 2,
        "each_leg": True,
        "seconds": 180,
        "minutes": 3,
        "often": "2 or 3 days a week",
        "evidence": "none",
        "evidence_words": "No evidence: we found no study of this for knee pain.",
        "safety_note": {
            "do_not": ["your calf is hot, swollen or sore", "you have had a blood clot"],
            "stop": ["the pain is sharp", "your foot feels numb"],
            "about_do_not": [],
            "about_stop": [],
            "also": ["Not sure? Read when to seek help first."],
        },
        "before": ["Use light hands."],
        "steps": [
            {"words": "Sit on a chair with 1 foot on a stool.", "seconds": 10, "more": []},
            {"words": "Stroke up the calf with both palms for 1 minute.", "seconds": 60, "more": ["Keep off the back of the knee."]},
            {"words": "Bend and straighten your foot 5 times.", "seconds": 20, "more": []},
        ],
        "after": [],
        "reviewed": "2026-11-22",
        "next_review": "2027-11-22",
        "reviewed_by": None,
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("### Stop if\n\n- the pain is sharp\n- your foot feels numb\n", ""),
        ("- the pain is sharp\n- your foot feels numb\n", "No signs.\n"),
        ("- your calf is hot, swollen or sore\n- you have had a blood clot\n", ""),
        ("## Safety note\n", "## Other\n"),
    ],
)
def test_without_its_whole_safety_note_a_technique_is_not_handed_on(site: Site, part: str, instead: str) -> None:
    site.change(part, instead)
    assert [technique["slug"] for technique in handed_on(site)] == ["shin-rub"]


def test_what_belongs_to_a_caution_goes_with_it(site: Site) -> None:
    site.change("- the pain is sharp\n", "- the pain is sharp\n\n    Or it burns.\n\n    - or it shoots\n")
    assert handed_on(site)[-1]["safety_note"]["stop"] == ["the pain is sharp Or it burns. or it shoots", "your foot feels numb"]


def test_a_sign_off_is_handed_on_whole_until_the_words_change(site: Site) -> None:
    text = (TESTS / "good" / "signed-by-a-clinician.md").read_text("utf-8")
    site.write(text)
    told = handed_on(site)[-1]["reviewed_by"]
    assert set(told) == {"name", "profession", "register", "date", "link", "digest"}
    site.change("1. ", "1. Slowly. ")
    assert handed_on(site)[-1]["reviewed_by"] is None
