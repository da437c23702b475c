"""Protects an author who has a paper's address and not its key: the list of sources finds the paper, and never another one."""

from __future__ import annotations

from pathlib import Path

import pytest

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
