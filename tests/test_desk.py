"""Protects whoever writes a technique in a browser: an odd file name is reported, and spoils no later answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knee.composer.desk import Desk
from small_site import TESTS, TODAY, Site

PLACE = "techniques/calf-press.md"


@pytest.fixture
def desk(site: Site) -> Desk:
    """Give a desk on the small good site, as a browser has it."""
    shutil.copytree(TESTS.parent / "overrides", site.root / "overrides")
    shutil.copy(TESTS.parent / "mkdocs.yml", site.root)
    return Desk(site.root, TODAY)


def answered(desk: Desk, site: Site, place: str = PLACE) -> str:
    """Return what is told of a good page under a name of its own, with its picture."""
    page = site.text().replace("calf-stroke", "calf-press").replace("# ", "# Press: ", 1)
    pictures = {path.name.replace("calf-stroke", "calf-press"): path.read_bytes() for path in site.techniques.glob("calf-stroke*.svg")}
    files = {place: page.encode(), **{f"techniques/{name}": content for name, content in pictures.items()}}
    return str(desk.answer(place, files, TODAY)["text"])


def files_of(site: Site) -> set[Path]:
    return {path for path in site.root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["calf-stroke.md/x", "../x", "old/x", "Calf Press", "calf--press"])
def test_a_name_that_cannot_be_an_address_is_told_in_the_words_of_the_check_and_nothing_is_written(
    desk: Desk, site: Site, name: str
) -> None:
    there = files_of(site)
    told = answered(desk, site, f"techniques/{name}.md")
    assert "KE601 the file's name `" in told
    assert "1 problem in 1 file" in told
    assert desk.shown() == {"page": "", "host": ""}
    assert files_of(site) == there


def test_the_words_about_a_name_are_those_of_the_check(desk: Desk, site: Site) -> None:
    shutil.copytree(TESTS / "bad" / "KE601-capital" / "techniques", site.techniques, dirs_exist_ok=True)
    assert answered(desk, site, "techniques/Calf_Press.md").startswith(site.problems())


def test_after_a_name_that_was_refused_the_next_page_is_answered(desk: Desk, site: Site) -> None:
    answered(desk, site, "techniques/calf-stroke.md/x.md")
    assert answered(desk, site).endswith("all well")


def test_a_file_that_could_not_be_written_spoils_no_further_answer(desk: Desk, site: Site) -> None:
    with pytest.raises(OSError, match="calf-stroke"):
        desk.answer(PLACE, {PLACE: b"", "techniques/calf-stroke.md/x.svg": b""}, TODAY)
    assert answered(desk, site).endswith("all well")


def test_what_a_page_stood_in_place_of_is_there_again_when_the_next_is_looked_at(desk: Desk, site: Site) -> None:
    there, text = files_of(site), site.text()
    desk.answer("techniques/calf-stroke.md", {"techniques/calf-stroke.md": b"# Other words"}, TODAY)
    answered(desk, site)
    assert site.text() == text
    desk.answer("techniques/calf-stroke.md", {}, TODAY)
    assert files_of(site) == there
