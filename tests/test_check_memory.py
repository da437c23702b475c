"""Protects writers from waiting, and from old words: after each save, what has changed is checked again, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knee.rules import check_memory, shared_work
from knee.rules.check import check_folder
from knee.rules.check_memory import CheckMemory
from knee.rules.page_check import check_page
from small_site import Site

OTHER = "docs/techniques/shin-stroke.md"


@pytest.fixture
def saved(site: Site, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """Give a site of two techniques, and a function that checks it as after a save: it returns the names of the pages that were read."""
    (site.root / OTHER).write_text(site.text().replace("calf-stroke", "shin-stroke").replace("# ", "# Shin: ", 1), "utf-8")
    for picture in site.techniques.glob("calf-stroke*.svg"):
        shutil.copy(picture, picture.with_name(picture.name.replace("calf-stroke", "shin-stroke")))
    memory, read = CheckMemory(), set()

    def look(path: Path, *rest: object) -> object:
        read.add(path.name)
        return check_page(path, *rest)  # type: ignore[arg-type]

    def after_a_save() -> set[str]:
        read.clear()
        told = check_folder(site.context(), memory)
        names = set(read)
        assert list(map(str, told.problems)) == list(map(str, site.check().problems)), "the same as without a memory"
        return names

    for module in (shared_work, check_memory):
        monkeypatch.setattr(module, "check_page", look)
    assert after_a_save() >= {"calf-stroke.md", "shin-stroke.md", "2-minutes.md", "when-to-seek-help.md"}
    return after_a_save


def test_what_has_not_changed_is_not_read_again(site: Site, saved: Callable[[], set[str]]) -> None:
    assert saved() == set()
    site.page.write_bytes(site.page.read_bytes())  # saved as it was
    assert saved() == set()


def test_only_the_page_that_has_changed_is_read_again(site: Site, saved: Callable[[], set[str]]) -> None:
    site.change("5 times", "five times")
    assert saved() == {"calf-stroke.md"}
    assert "KE318" in {problem.id for problem in check_folder(site.context()).problems}
    site.change("five times", "5 times")
    assert saved() == {"calf-stroke.md"}


def test_a_routine_is_read_again_when_a_page_that_it_names_has_changed(site: Site, saved: Callable[[], set[str]]) -> None:
    named = site.techniques / "shin-rub.md"
    named.write_text(named.read_text("utf-8").replace("\n- ", "\n- Really ", 1), "utf-8")
    assert saved() == {"shin-rub.md", "2-minutes.md"}


def test_a_page_of_signs_is_read_again_when_it_has_changed(site: Site, saved: Callable[[], set[str]]) -> None:
    signs = site.root / "docs" / "when-to-seek-help.md"
    signs.write_text(signs.read_text("utf-8") + "\nMore words.\n", "utf-8")
    assert saved() == {"when-to-seek-help.md"}


def test_a_page_is_read_again_when_its_picture_has_changed(site: Site, saved: Callable[[], set[str]]) -> None:
    site.picture.write_text("<svg>", "utf-8")
    assert saved() == {"calf-stroke.md"}


@pytest.mark.parametrize(
    "change",
    [
        lambda site: (site.techniques / "new.svg").write_text("<svg/>", "utf-8"),
        lambda site: (site.root / OTHER).unlink(),
        lambda site: (site.root / "docs" / "sources.yml").write_text("", "utf-8"),
        lambda site: (site.root / "docs" / "when-to-seek-help.md").write_text("# Other words\n", "utf-8"),
    ],
    ids=["a new file", "a file that went", "the sources", "the headings of another page"],
)
def test_all_are_read_again_when_what_they_are_held_against_has_changed(
    site: Site, saved: Callable[[], set[str]], change: Callable[[Site], object]
) -> None:
    change(site)
    assert saved() >= {"calf-stroke.md"}
