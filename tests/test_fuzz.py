"""`make fuzz` judges pages as it says: what the two readers show alike, what the checks refuse, and what is a find."""

from __future__ import annotations

from pathlib import Path

import pytest

import fuzz
from knee.rules.check import Outcome


@pytest.fixture
def judge(tmp_path: Path) -> fuzz.Judge:
    return fuzz.Judge(tmp_path)


def test_the_short_page_is_good(judge: fuzz.Judge) -> None:
    judge.site.write(fuzz.HEAD + fuzz.SHORT)
    assert judge.site.check_page().problems == ()


@pytest.mark.parametrize(("section", "outcome"), [("It *helps*.", "same"), ("It ~helps~.", "refused"), ("See www.a.org.", "refused")])
def test_a_page_is_the_same_for_both_readers_or_refused(judge: fuzz.Judge, section: str, outcome: str) -> None:
    assert judge.outcome(f"{fuzz.SHORT}\n## More\n\n{section}\n") == outcome


def test_a_page_that_differs_and_breaks_no_rule_is_a_find(judge: fuzz.Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "_LIKELY", [])
    monkeypatch.setattr(fuzz, "check_pages", lambda *_: Outcome((), ()))
    assert judge.outcome(f"{fuzz.SHORT}\n## More\n\nIt ~helps~.\n") == "find"


@pytest.mark.parametrize("kind", sorted(fuzz.KINDS))
def test_the_same_seed_makes_the_same_tries(kind: str) -> None:
    assert fuzz.try_piece(kind, "seed", 5) == fuzz.try_piece(kind, "seed", 5)


def test_a_find_is_made_as_small_as_it_goes() -> None:
    text = "one\ntwo\nthree ~x~ four\nfive\n"
    assert fuzz.smallest(text, lambda smaller: smaller.count("~") == 2) == "~~"


def test_examples_are_read_from_the_test_files_of_cmark_gfm(tmp_path: Path) -> None:
    fence = "`" * 32
    (tmp_path / "spec.txt").write_text(
        f"{fence} example\n→a\n.\n<p>a</p>\n{fence}\n\n{fence} example table\n| b |\n.\n.\n{fence}\n", "utf-8"
    )
    assert list(fuzz.examples([tmp_path / "spec.txt"])) == ["\ta\n", "| b |\n"]
