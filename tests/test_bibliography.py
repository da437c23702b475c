"""Protects an author who has a paper's address and not its key: the list of sources finds the paper, and never another one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knee.contract.bibliography import Bibliography

SOURCES = Bibliography.at(Path(__file__).parents[1] / "docs" / "sources.yml")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8998857/", "FR-LONG22"),
        ("https://europepmc.org/article/PMC/PMC8998857#abstract", "FR-LONG22"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/acr.24131", "ACR19"),
        ("doi:10.1002/ACR.24131", "ACR19"),
        ("http://www.slideplayer.com/slide/10358310/", "ATKINS-SLIDES"),
        ("https://pubmed.ncbi.nlm.nih.gov/10358310/", ""),
        ("https://pmc.ncbi.nlm.nih.gov/articles/", ""),
        ("PMC899885", ""),
        ("", ""),
    ],
)
def test_a_paper_is_found_by_what_its_addresses_have_in_common(address: str, key: str) -> None:
    assert key == (found.key if (found := SOURCES.at_address(address)) else "")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Gloucestershire DVT leaflet", "GLOS-DVT"),
        ("Konrad et al. 2022", "KONRAD22"),
        ("Cochrane review", "FRANSEN15"),
        ("systematic review", ""),
        ("my own paper on calves", ""),
        ("", ""),
    ],
)
def test_a_paper_is_found_by_the_words_of_its_citation_if_no_other_has_as_many(written: str, key: str) -> None:
    meant = SOURCES.meant_by(written)
    assert (meant.key if meant else "") == key


def test_each_source_with_an_address_is_found_by_it() -> None:
    addresses = {source.link for source in SOURCES.sources.values() if source.link}
    assert addresses
    found = {source.link for address in addresses if (source := SOURCES.at_address(address))}
    assert found == addresses


# What somebody has to open before it is published

SIGNS = yaml.safe_load(Path(__file__).with_name("site").joinpath("signs.yml").read_text("utf-8"))["when-to-seek-help/"]
TIERS = ("Call your emergency number", "Get help today")


def test_the_source_of_each_sign_of_help_now_and_today_is_to_be_opened_first() -> None:
    keys = {key for heading, signs in SIGNS.items() if heading.startswith(TIERS) for named in signs for key in named.split(", ")}
    sourced = {key for key in keys if not key.startswith("HOUSE")}
    assert len(sourced) > 25
    assert sorted(key for key in sourced if not SOURCES.sources[key].open_first) == []


def test_weak_sources_and_the_guideline_that_we_lean_on_are_to_be_opened_first() -> None:
    weak = {key for key, source in SOURCES.sources.items() if source.note and "weak" in source.note.lower().split(":")[0].split()}
    assert len(weak) > 5
    assert sorted(key for key in (*weak, "NICE226") if not SOURCES.sources[key].open_first) == []


def test_most_sources_need_not_be_opened_first() -> None:
    assert sum(source.open_first for source in SOURCES.sources.values()) < len(SOURCES.sources) / 2
