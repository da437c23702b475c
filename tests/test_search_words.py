"""Protects what contributors see of the search: which words lead to their page, and a hint where none does."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest

from knee.assets.unasked import remove_unasked
from knee.publish.publication import Publication
from knee.publish.search_index import search_index
from small_site import PAGE, Site
from test_command import knee

OWN = PurePosixPath("techniques/calf-stroke.md")


def without_words(site: Site) -> None:
    """Take the words of the tested page out of the list."""
    file = site.root / "docs" / "search-words.yml"
    kept = file.read_text("utf-8").replace("techniques/calf-stroke.md:\n  words:\n    lower leg, cramp, back of the leg,\n    calf\n", "")
    file.write_text(kept, "utf-8")
    assert "calf-stroke" not in kept


def index_of(site: Site) -> dict[str, list[list[object]]]:
    """Give what the search knows of a site."""
    facts = Publication.of(site.root / "docs", Path())
    return json.loads(search_index(facts.site, facts.catalogue).removeprefix("export const INDEX = ").removesuffix(";\n"))


def test_words_may_stand_on_several_lines(site: Site) -> None:
    assert site.context().search_words.of_page(OWN) == ["lower leg", "cramp", "back of the leg", "calf"]


def test_a_comma_at_the_end_is_no_mistake(site: Site) -> None:
    file = site.root / "docs" / "search-words.yml"
    file.write_text(file.read_text("utf-8").replace("short, quick", "short, quick,"), "utf-8")
    assert site.problems() == ""


def test_a_list_that_is_not_there_is_told(site: Site) -> None:
    (site.root / "docs" / "search-words.yml").unlink()
    assert site.ids() == ["KE606"]


def test_a_technique_without_words_is_a_hint_and_no_problem(site: Site) -> None:
    assert "hint" not in knee(site).stdout
    without_words(site)
    done = knee(site)
    assert done.returncode == 0
    assert done.stdout == (
        f"{PAGE}: hint: no search words lead here\n"
        "    write `techniques/calf-stroke.md:` into docs/search-words.yml, and under it `words:` with what readers call it\n"
        "3 pages, all well\n"
    )
    assert json.loads(knee(site, "--format", "json").stdout) == []


def test_the_summary_of_a_pull_request_names_the_words_of_each_page(site: Site, tmp_path: Path) -> None:
    without_words(site)
    summary = tmp_path / "summary.md"
    knee(site, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    told = summary.read_text("utf-8")
    assert "docs/techniques/shin-rub.md: shin, front of the lower leg\n" in told
    assert f"{PAGE}: none yet, only its own words\n" in told


@pytest.mark.parametrize("serving", [True, False])
def test_only_a_writer_sees_the_words_on_the_page(site: Site, serving: bool) -> None:
    facts = Publication.of(site.root / "docs", Path()).page_facts(str(OWN), {}, "", "", with_problems=serving)
    assert facts.get("search_words") == (["lower leg", "cramp", "back of the leg", "calf"] if serving else None)


def test_a_page_that_follows_is_known_as_one_place_without_its_safety_note(site: Site) -> None:
    """Its signs of danger would lead to a massage, and whoever comes in the middle would pass the note by."""
    index = index_of(site)
    number = [page[0] for page in index["pages"]].index("techniques/calf-stroke/")
    (only,) = (section for section in index["sections"] if section[0] == number)
    assert only[1] == ""
    assert "swollen" not in str(only[3])
    assert "new lump" not in str(only[3])


def sections_of(site: Site, words: str) -> list[list[object]]:
    """Give the sections that the search knows of the page of help, with these words in the page's place."""
    (site.root / "docs" / "when-to-seek-help.md").write_text(words, "utf-8")
    index = index_of(site)
    number = [page[0] for page in index["pages"]].index("when-to-seek-help/")
    return [section[1:] for section in index["sections"] if section[0] == number]


def test_a_small_heading_parts_no_section_in_two(site: Site) -> None:
    """The search knows the headings down to `###`; what stands under a smaller one belongs to the section around it."""
    sections = sections_of(site, "# Help\n\n## Signs\n\nFever.\n\n#### At night\n\nPain.\n\n## Remember\n\nCall.\n")
    assert [(heading, words) for _, heading, words, *_ in sections] == [("", ""), ("Signs", "Fever.\nPain."), ("Remember", "Call.")]


def test_a_section_has_the_place_that_the_site_gives_it_also_after_the_same_words_in_a_quote(site: Site) -> None:
    sections = sections_of(site, "# Help\n\n> ## Signs\n\n## Signs\n\nFever.\n")
    assert [place for place, *_ in sections] == ["", "signs_1"]
    assert site.context().anchors(site.root / "docs" / "when-to-seek-help.md") == {"help", "signs", "signs_1"}


def test_the_search_is_told_who_needs_help_and_what_is_followed_and_need_not_know_the_words_for_it(site: Site) -> None:
    """Whoever needs help today is offered nothing to follow along: the kinds of results may get other names."""
    cards = "# Help\n\n## Call your emergency number if:\n\n### Chest\n\n- pain\n\n## Get help today if:\n\n- fever\n\n"
    sections = sections_of(site, f"{cards}## See a doctor if:\n\n- tired\n\n## Remember\n\nCall.\n")
    assert [(place, more) for place, _, _, *more in sections] == [
        ("", []),
        ("call-your-emergency-number-if", ["Help now", 1]),
        (1, ["Help now", 1]),
        ("get-help-today-if", ["Help today", 1]),
        ("see-a-doctor-if", ["See a doctor"]),
        (1, []),
    ]
    followed = {address: more for address, _, _, _, *more in index_of(site)["pages"]}
    assert followed["techniques/calf-stroke/"] == followed["routines/2-minutes/"] == [1]
    assert followed["techniques/"] == followed["check-first/"] == []


def test_a_page_whose_name_ends_in_index_has_its_own_address(site: Site) -> None:
    (site.root / "docs" / "pain-index.md").write_text("# Pain\n\nWords.\n", "utf-8")
    assert "pain-index/" in [page[0] for page in index_of(site)["pages"]]


def test_a_word_that_leads_to_a_page_without_its_facts_leads_nowhere_yet(site: Site) -> None:
    site.change("works_on:", "works_onn:")
    index = index_of(site)
    assert "techniques/calf-stroke/" not in [page[0] for page in index["pages"]]
    assert not any("lower leg" in str(target[3]).split(",") for target in index["targets"])


def test_what_nobody_asks_for_is_deleted_and_what_somebody_put_there_stays(tmp_path: Path) -> None:
    for path in (
        "assets/js/pages/page.js",
        "assets/js/vendor/part.js",
        "assets/themes/a.css.map",
        "search/list.json",
        ".well-known/a",
        "b/c.txt",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("1", "utf-8")
    (tmp_path / "index.html").write_text('<script src="assets/js/pages/page.js"></script>', "utf-8")
    remove_unasked(tmp_path)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == [".well-known/a", "assets/js/pages/page.js", "b/c.txt", "index.html"]
    assert not (tmp_path / "search").exists()
