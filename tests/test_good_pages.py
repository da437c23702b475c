"""Pages that are right in an unusual way raise nothing (tests/good/README.md)."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from small_site import TESTS, Site

GOOD = TESTS / "good"
SLOW = {"svg-at-the-limit"}
KEPT = [
    pytest.param(path.name, marks=[pytest.mark.slow] if path.name in SLOW else [])
    for path in sorted(GOOD.iterdir())
    if path.name != "README.md"
]


@pytest.mark.parametrize("case", KEPT)
def test_a_good_page_raises_nothing(case: str, site: Site) -> None:
    site.lay(GOOD / case)
    assert site.problems() == ""


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "windows line ends": lambda page: page.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda page: b"\xef\xbb\xbf" + page,
    "both": lambda page: b"\xef\xbb\xbf" + page.replace(b"\n", b"\r\n"),
    "no line end at the end": lambda page: page.rstrip(b"\n"),
    "many line ends at the end": lambda page: page + b"\n\n\n",
    "100,000 bytes": lambda page: page + b"\nRest.\n" + b"\n" * (100_000 - len(page) - 7),
}


@pytest.mark.parametrize("shape", BYTES)
def test_a_good_page_in_other_bytes_raises_nothing(shape: str, site: Site) -> None:
    site.write(BYTES[shape](site.page.read_bytes()))
    assert site.problems() == ""


@pytest.mark.parametrize("shape", BYTES)
def test_other_bytes_change_nothing_of_what_is_read(shape: str, site: Site) -> None:
    plain = site.check().techniques[0]
    site.write(BYTES[shape](site.page.read_bytes()))
    other = site.check().techniques[0]
    assert [step.words for step in other.steps] == [step.words for step in plain.steps]
    assert other.digest == plain.digest
    assert other.front is not None
    assert plain.front is not None
    assert other.front.values == plain.front.values


def test_the_sign_off_holds_while_words_outside_the_safety_note_and_the_steps_change(site: Site) -> None:
    shutil.copy(GOOD / "signed-by-a-clinician.md", site.page)
    site.change("- Sit on a bed.", "- Sit on a bed or a sofa.")
    site.change("It feels warm", "It feels very warm")
    assert site.problems() == ""


@pytest.mark.parametrize(("old", "new"), [("the pain is sharp", "the pain is dull"), ("5 times", "6 times"), ("Keep off", "Rub")])
def test_the_sign_off_is_void_when_a_word_of_the_safety_note_or_the_steps_changes(old: str, new: str, site: Site) -> None:
    shutil.copy(GOOD / "signed-by-a-clinician.md", site.page)
    site.change(old, new)
    assert site.ids() == ["KE121"]
