"""Every rule is declared alike: an id for ever, what it asks, and why, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from knee.rules import RULES, Finding, registry
from knee.rules.registry import Rule, rule, rules_in

ALL = list(RULES.values())
HUNDREDS = {
    "file": "0",
    "front_matter_form": "1",
    "front_matter_values": "1",
    "sources": "1",
    "dialect": "2",
    "code_host": "2",
    "title_and_picture": "3",
    "section_headings": "3",
    "safety_note": "3",
    "steps": "3",
    "filler": "3",
    "forbidden": "4",
    "other_programs": "4",
    "pictures": "5",
    "picture_content": "5",
    "folder": "6",
    "routine": "7",
    "sheet": "3",
    "search_words": "6",
}


def test_the_ids_are_ke_and_3_digits() -> None:
    assert [each.id for each in ALL if not re.fullmatch(r"KE\d{3}", each.id)] == []


def test_no_id_is_missing_within_a_hundred() -> None:
    for hundred in set(HUNDREDS.values()):
        numbers = sorted(int(each.id[3:]) for each in ALL if each.id[2] == hundred)
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_rule_stands_in_the_hundred_of_its_module(each: Rule) -> None:
    assert each.id[2] == HUNDREDS[each.group]


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_rule_says_what_it_asks_and_why_in_whole_sentences(each: Rule) -> None:
    assert each.asks.endswith(".")
    assert each.why.endswith(".")
    assert each.asks[0].isupper() or each.asks[0] == "`"
    assert each.name.strip()


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_rule_is_written_in_plain_words(each: Rule) -> None:
    words = set(re.findall(r"[a-z]+", f"{each.asks} {each.why}".lower()))
    assert (
        words & {"lint", "schema", "invalid", "parse", "parses", "parsed", "parser", "regex", "token", "syntax", "boolean", "integer"}
        == set()
    )


def test_the_groups_together_hold_all_rules() -> None:
    assert sorted(each.id for group in HUNDREDS for each in rules_in(group)) == sorted(RULES)


def test_rules_give_way_to_rules_that_there_are_and_none_to_itself_by_any_way_round() -> None:
    gives_way_to = {each.id: {other for way in each.yields_to for other in way.ids} for each in ALL}
    assert set().union(*gives_way_to.values()) <= set(RULES)
    assert list(TopologicalSorter(gives_way_to).static_order()), "raises CycleError where two would silence each other"


def test_no_rule_knows_another_but_by_its_id() -> None:
    """A module of rules imports no other, and nothing of a rule is used but by the runner."""
    groups = {each.group for each in ALL}
    for group in groups:
        text = (Path(registry.__file__).parent / f"{group}.py").read_text("utf-8")
        assert groups.isdisjoint(re.findall(r"from knee\.rules\.(\w+) import", text)), group


def test_an_id_cannot_be_taken_twice() -> None:
    with pytest.raises(ValueError, match="KE001 is taken"):
        rule("KE001", "It asks.\n\nWhy: it is so.")(lambda _: iter(()))


def nothing_stands_alone(_: object) -> Iterator[Finding]:
    """Nothing stands alone.

    Why: it would
    fall.

    The rest is for readers of the code.
    """
    return iter(())


def test_a_rule_takes_its_words_from_its_docstring_and_its_name_from_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "RULES", {})
    assert rule("KE999")(nothing_stands_alone) is nothing_stands_alone
    declared = registry.RULES["KE999"]
    assert declared == Rule("KE999", "Nothing stands alone.", "it would fall. The rest is for readers of the code.", nothing_stands_alone)
    assert declared.name == "nothing stands alone"
    assert [each.id for each in rules_in("test_registry")] == ["KE999"]


def test_words_that_are_given_stand_in_the_place_of_the_docstring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "RULES", {})
    rule("KE999", "It asks that.\n\nWhy: so it is.")(nothing_stands_alone)
    assert (registry.RULES["KE999"].asks, registry.RULES["KE999"].why) == ("It asks that.", "so it is.")


@pytest.mark.parametrize("doc", ["", "It asks.", "It asks.\n\nIt is so.", "\n\nWhy: it is so."])
def test_a_rule_without_its_why_is_refused(doc: str) -> None:
    with pytest.raises(ValueError, match="needs a docstring"):
        rule("KE999", doc)(lambda _: iter(()))
    assert "KE999" not in RULES


def test_a_finding_is_a_line_what_was_found_and_what_to_do() -> None:
    assert Finding(3, "a", "b")[:4] == (3, "a", "b", None)
