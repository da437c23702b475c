"""A finding gives way to others only where its rule says so: on its lines, in its section, by its words, on its page, anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knee.rules import Finding
from knee.rules.precedence import Found, without_those_that_give_way
from knee.rules.registry import GivesWay, Rule, anywhere, in_its_section, on_its_lines, on_its_words, on_the_page
from small_site import Site

OTHER = "KE998"


def nothing(_: object) -> Iterator[Finding]:
    return iter(())


def is_reported(site: Site, way: GivesWay, finding: Finding, other: Finding, other_file: str = "calf-stroke.md") -> bool:
    """Whether a finding is reported beside another one, in the page of the small site or in another file."""
    page = site.check_page().techniques[0]
    rules = Rule("KE999", "It asks.", "so it is.", nothing, (way,)), Rule(OTHER, "It asks.", "so it is.", nothing)
    found = [Found(rules[0], finding, site.page), Found(rules[1], other, site.techniques / other_file)]
    left = list(without_those_that_give_way(found, {site.page: page}))
    assert found[1] in left, "the other gives way to nothing"
    return found[0] in left


def at(line: int, *, about: str = "", spoils: range = range(0), path: Path | None = None) -> Finding:
    return Finding(line, "what", "fix", path, about, spoils)


@pytest.mark.parametrize(
    ("way", "finding", "other", "reported"),
    [
        (on_its_lines(OTHER), at(30), at(30), False),
        (on_its_lines(OTHER), at(30), at(31), True),
        (on_its_lines(OTHER), at(30), at(20, spoils=range(20, 31)), False),
        (on_its_lines(OTHER), at(31), at(20, spoils=range(20, 31)), True),
        (in_its_section(OTHER), at(25), at(26), False),
        (in_its_section(OTHER), at(25), at(30), True),
        (on_its_words(OTHER), at(15, about="stop if"), at(28), False),
        (on_its_words(OTHER), at(15, about="top if"), at(28), True),
        (on_its_words(OTHER), at(15, about="stop if"), at(40, about="<b>Stop  if</b>"), False),
        (on_its_words(OTHER), at(28), at(28), True),
        (on_the_page(OTHER), at(15), at(40), False),
        (on_the_page("KE997"), at(15), at(15), True),
    ],
)
def test_a_finding_gives_way_as_near_as_its_rule_says(way: GivesWay, finding: Finding, other: Finding, reported: bool, site: Site) -> None:
    assert is_reported(site, way, finding, other) == reported


@pytest.mark.parametrize(("way", "reported"), [(on_the_page(OTHER), True), (on_its_lines(OTHER), True), (anywhere(OTHER), False)])
def test_what_is_found_in_another_file_counts_only_where_a_rule_says_so(way: GivesWay, reported: bool, site: Site) -> None:
    assert is_reported(site, way, at(15), at(15), "foot-rub.md") == reported


def test_a_finding_gives_way_also_to_one_that_gives_way_itself(site: Site) -> None:
    rules = [
        Rule("KE997", "It asks.", "so it is.", nothing, (on_the_page("KE998"),)),
        Rule("KE998", "It asks.", "so it is.", nothing, (on_the_page("KE999"),)),
        Rule("KE999", "It asks.", "so it is.", nothing),
    ]
    found = [Found(each, at(15), site.page) for each in rules]
    assert list(without_those_that_give_way(found, {})) == found[2:]
