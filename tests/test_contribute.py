"""Protects the way in: what a newcomer is given passes the checks, and what helps them is never older than the rules."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from forms import misfits
from knee.commands import due, schema
from knee.commands import new_technique as new_page
from knee.contract.bibliography import Bibliography
from knee.contract.site_context import SiteContext
from knee.facts.review_dates import next_review, today_utc
from knee.publish import contribute_links, rule_list
from knee.publish.publication import Publication
from knee.rules import RULES
from knee.rules.check import check_folder
from small_site import Site

TESTS = Path(__file__).parent
PROJECT = TESTS.parent
TODAY = today_utc()
HOME = "https://code.test/knee-ease"
EDIT_URI = "edit/main/docs/"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Give a copy of the project's pages that a test may change."""
    return shutil.copytree(PROJECT / "docs", tmp_path / "docs")


def link() -> str:
    ways = contribute_links.ways_in(HOME, EDIT_URI)
    assert ways
    return ways.add


# The link to a new page


def test_the_link_opens_a_new_page_in_the_folder_of_techniques() -> None:
    address = urlsplit(link())
    assert address.path == "/knee-ease/new/main/docs/techniques"
    assert sorted(parse_qs(address.query)) == ["filename", "value"]


def test_the_link_holds_the_example_page_and_nothing_else() -> None:
    filled_in = parse_qs(urlsplit(link()).query, keep_blank_values=True)
    assert filled_in["value"] == [contribute_links.EXAMPLE.read_text("utf-8")]
    assert filled_in["filename"] == [contribute_links.EXAMPLE.name]


def test_the_link_is_short_enough_for_every_browser_and_host() -> None:
    assert len(link()) < 6_000


def test_the_example_passes_every_check_as_soon_as_its_picture_is_there(docs: Path) -> None:
    shutil.copy(contribute_links.EXAMPLE, docs / "techniques")
    shutil.copy(docs / "techniques" / "gentle-knee-rub.svg", docs / "techniques" / "example-knee-rub.svg")
    assert [str(problem) for problem in check_folder(SiteContext(docs, TODAY)).problems] == []


def test_the_example_without_its_picture_has_one_problem_which_says_so(docs: Path) -> None:
    shutil.copy(contribute_links.EXAMPLE, docs / "techniques")
    assert [problem.id for problem in check_folder(SiteContext(docs, TODAY)).problems] == ["KE502"]


@pytest.mark.parametrize(("home", "edit_uri"), [(None, EDIT_URI), ("", EDIT_URI), (HOME, None), (HOME, ""), (HOME, "blob/main/docs/")])
def test_nothing_points_to_an_invented_address(home: str | None, edit_uri: str | None) -> None:
    assert contribute_links.ways_in(home, edit_uri) is None


def test_the_form_for_an_idea_is_there() -> None:
    ways = contribute_links.ways_in(HOME + "/", EDIT_URI)
    assert ways
    assert ways.suggest == f"{HOME}/issues/new?template={contribute_links.SUGGEST}"
    assert (PROJECT / ".github" / "ISSUE_TEMPLATE" / contribute_links.SUGGEST).is_file()


# `make new`


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Calf stroke", "calf-stroke"), ("  Slow   calf  rub ", "slow-calf-rub"), ("Façade's rub, 2", "facades-rub-2"), ("日本", "")],
)
def test_a_name_becomes_an_address(name: str, slug: str) -> None:
    assert new_page.slug_of(name) == slug


def test_a_started_page_lacks_only_what_its_author_can_know(docs: Path) -> None:
    page, picture = new_page.start("Slow calf stroke", docs, TODAY)
    lines = {path: path.read_text("utf-8").splitlines() for path in (page, picture)}
    problems = [problem for problem in check_folder(SiteContext(docs, TODAY)).problems if problem.id != "KE507"]
    assert {problem.id for problem in problems} == {"KE109", "KE117", "KE319"}
    for problem in problems:
        here = lines[docs.parent / problem.path][problem.line - 1 :]
        assert any("TODO" in line for line in here[:3]), problem
    assert len(problems) == page.read_text("utf-8").count("TODO") + picture.read_text("utf-8").count("TODO")


def test_a_started_picture_is_refused_until_it_is_drawn(docs: Path) -> None:
    _, picture = new_page.start("Slow calf stroke", docs, TODAY)
    told = [problem.path for problem in check_folder(SiteContext(docs, TODAY)).problems if problem.id == "KE507"]
    assert told == [f"docs/techniques/{picture.name}"]
    picture.write_text(picture.read_text("utf-8").replace("</svg>", '<circle r="9"/></svg>'), "utf-8")
    assert "KE507" not in {problem.id for problem in check_folder(SiteContext(docs, TODAY)).problems}


def test_a_started_page_has_its_name_its_day_and_its_picture(docs: Path) -> None:
    page, picture = new_page.start("Slow calf stroke", docs, TODAY)
    assert page.name == "slow-calf-stroke.md"
    assert "\n# Slow calf stroke\n" in page.read_text("utf-8")
    assert f"\nreviewed: {TODAY}\n" in page.read_text("utf-8")
    assert "(slow-calf-stroke.svg)" in page.read_text("utf-8")
    kit = (docs / "assets" / "pictures" / "drawing-kit.svg").read_text("utf-8")
    assert picture.read_text("utf-8").partition("</desc>")[2] == kit.partition("</desc>")[2]


def test_a_started_page_passes_once_its_author_has_written(docs: Path) -> None:
    page, picture = new_page.start("Slow calf stroke", docs, TODAY)
    text = page.read_text("utf-8").replace("works_on: TODO", "works_on: calf").replace("[TODO]", "[NHSW-DVT]").replace("TODO ", "")
    page.write_text(text, "utf-8")
    picture.write_text(picture.read_text("utf-8").replace("TODO ", "").replace("</svg>", '<circle r="9"/></svg>'), "utf-8")
    assert [str(problem) for problem in check_folder(SiteContext(docs, TODAY)).problems] == []


@pytest.mark.parametrize("there", ["calf-rub.md", "calf-rub.svg"])
def test_nothing_is_ever_overwritten(docs: Path, there: str) -> None:
    (docs / "techniques" / there).write_text("mine", "utf-8")
    with pytest.raises(new_page.CannotStart, match=f"docs/techniques/{there} is there already"):
        new_page.start("Calf rub", docs, TODAY)
    assert (docs / "techniques" / there).read_text("utf-8") == "mine"
    assert len(list((docs / "techniques").glob("calf-rub.*"))) == 1


def test_a_link_to_somewhere_else_is_not_written_through(docs: Path) -> None:
    (docs / "techniques" / "calf-rub.md").symlink_to(docs / "new.md")
    with pytest.raises(new_page.CannotStart):
        new_page.start("Calf rub", docs, TODAY)
    assert not (docs / "new.md").exists()


@pytest.mark.parametrize("name", ["", "  ", "index", "日本", "a" * 61, "<b>rub</b>", "# rub", "*rub*", "[rub](x)", "rub {: x }"])
def test_a_name_that_is_no_title_is_refused(docs: Path, name: str) -> None:
    before = sorted(docs.rglob("*"))
    with pytest.raises(new_page.CannotStart):
        new_page.start(name, docs, TODAY)
    assert sorted(docs.rglob("*")) == before


def test_the_command_says_what_is_left_in_plain_words(
    docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(docs.parent)
    assert new_page.new_technique_command(["Slow", "calf", "stroke"]) == 0
    told = capsys.readouterr().out
    assert "docs/techniques/slow-calf-stroke.md, line 3:\n        works_on: TODO\n" in told
    assert told.count("TODO") == len(check_folder(SiteContext(docs, today_utc())).problems), "once in the heading, never for KE507"
    assert "The picture still holds all the parts of the drawing kit" in told
    assert new_page.new_technique_command(["Slow calf stroke"]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "started"), [("Anna's calf rub", "annas-calf-rub"), ("$(touch made) `touch made`; touch made", None)])
def test_make_new_takes_a_name_as_it_is(docs: Path, name: str, started: str | None) -> None:
    """A name reaches the program as one word, whatever signs a shell would act on."""
    root = docs.parent
    for file in ("Makefile", "requirements.lock"):
        shutil.copy(PROJECT / file, root)
    (root / "hooks").symlink_to(PROJECT / "hooks")
    (root / ".venv" / "bin").mkdir(parents=True)
    python = root / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    (root / ".venv" / ".site-ready").touch()
    before = {path.name for path in root.rglob("*")}
    done = subprocess.run(["make", "new", f"name={name}"], cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode == 0) is bool(started), done.stdout + done.stderr
    made = {path.name for path in root.rglob("*")} - before
    assert made == ({f"{started}.md", f"{started}.svg"} if started else set())


def test_a_name_without_quotes_starts_nothing() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "new", "name=Calf", "stroke"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert done.stdout == ""
    assert 'use `new` on its own, with the name in quotes: make new name="Thigh stroke"' in done.stderr


# While the site is served


def test_what_is_wrong_with_a_picture_stands_on_the_page_that_shows_it(site: Site) -> None:
    picture = site.page.with_suffix(".svg")
    picture.write_text(picture.read_text("utf-8").replace("<title>", "<title>TODO "), "utf-8")
    facts = Publication.of(site.root / "docs", Path())
    on = {
        name: facts.page_facts(f"techniques/{name}.md", {}, "", "", with_problems=True)["problems"] for name in ("calf-stroke", "shin-rub")
    }
    assert [(problem.path, problem.id) for problem in on["calf-stroke"]] == [("docs/techniques/calf-stroke.svg", "KE319")]
    assert on["shin-rub"] == []


# The list of rules


def test_every_rule_is_listed_once_with_the_bad_page_of_its_test() -> None:
    shown = [rule for group in rule_list.groups(TESTS / "bad") for rule in group.rules]
    assert sorted(rule.id for rule in shown) == sorted(RULES)
    for rule in shown:
        assert rule.bad, rule.id
        kept = [path.read_text("utf-8") for path in sorted((TESTS / "bad").glob(f"{rule.id}-*.txt"))]
        assert any(f"{rule.id} {rule.bad.what}\n    {rule.bad.mend}\n" in text for text in kept)


def test_the_lines_shown_are_those_of_the_bad_page() -> None:
    shown = {rule.id: rule for group in rule_list.groups(TESTS / "bad") for rule in group.rules}
    bad = shown["KE204"].bad
    assert bad
    page = (TESTS / "bad" / "KE204-bullets-in-a-step.md").read_text("utf-8").splitlines()
    assert [line.text for line in bad.lines] == [page[line.number - 1] for line in bad.lines]
    assert [line.told for line in bad.lines].count(True) == 1
    without = {rule_id for rule_id, rule in shown.items() if rule.bad and not rule.bad.lines}
    assert without <= {rule_id for rule_id, rule in RULES.items() if rule.group in ("file", "folder", "pictures", "picture_content")}


def test_every_group_has_a_heading_in_words() -> None:
    assert {rule.group for rule in RULES.values()} <= set(rule_list.GROUPS)


def test_without_the_tests_the_rules_are_listed_all_the_same_and_the_builder_is_told(tmp_path: Path) -> None:
    shown = [rule for group in rule_list.groups(tmp_path / rule_list.EXAMPLES) for rule in group.rules]
    assert sorted(rule.id for rule in shown) == sorted(RULES)
    assert {rule.bad for rule in shown} == {None}
    assert rule_list.missing_examples(tmp_path).startswith("the contribute page has no example for the rules: ")
    assert rule_list.missing_examples(PROJECT) == ""


def test_a_rule_without_an_example_is_named(tmp_path: Path) -> None:
    bad = tmp_path / rule_list.EXAMPLES
    bad.mkdir(parents=True)
    for rule_id in sorted(RULES)[2:]:
        (bad / f"{rule_id}-a-case.txt").touch()
    assert rule_list.missing_examples(tmp_path).startswith("the contribute page has no example for KE001, KE002: ")


# What editors use


def test_what_editors_use_is_as_new_as_the_rules() -> None:
    stale = [path for path, text in schema.files().items() if (PROJECT / path).read_text("utf-8") != text]
    assert stale == [], "run: make schema"


def test_every_key_has_its_description() -> None:
    keys = json.loads((PROJECT / ".vscode" / "schema" / "technique.schema.json").read_text("utf-8"))["properties"]
    assert all(" Why: " in key["description"] for key in keys.values())


def test_good_front_matter_fits_the_schema_and_bad_does_not(tmp_path: Path) -> None:
    def told(name: str, *files: Path) -> str:
        return misfits("--schemafile", PROJECT / ".vscode" / "schema" / name, *files)

    def front(page: Path, kind: str) -> Path:
        out = tmp_path / f"{kind}-{page.stem}.yml"
        out.write_text(page.read_text("utf-8").split("---\n")[1], "utf-8")
        return out

    good = {
        kind: [front(page, kind) for page in (PROJECT / "docs" / kind).glob("*.md") if page.stem != "index"]
        for kind in ("techniques", "routines")
    }
    assert told("technique.schema.json", *good["techniques"], front(TESTS / "good" / "signed-by-a-clinician.md", "good")) == ""
    assert told("routine.schema.json", *good["routines"]) == ""
    assert told("sources.schema.json", PROJECT / "docs" / "sources.yml") == ""
    for case, words in (
        ("KE104-misspelt-key", "each-leg"),
        ("KE105-key-missing", "evidence"),
        ("KE107-too-short", "description"),
        ("KE108-empty", "order"),
        ("KE109-capital", "works_on"),
        ("KE110-twice", "positions"),
        ("KE112-above-4", "pressure"),
        ("KE120-half", "reviewed_by"),
    ):
        assert words in told("technique.schema.json", front(TESTS / "bad" / f"{case}.md", "bad")), case


def test_the_settings_of_the_editor_name_files_that_are_there() -> None:
    text = re.sub(r"^\s*//.*$", "", (PROJECT / ".vscode" / "settings.json").read_text("utf-8"), flags=re.MULTILINE)
    for made, of in yaml.safe_load(text)["yaml.schemas"].items():
        assert (PROJECT / made).is_file()
        assert (PROJECT / of).is_file()
    assert Bibliography.at(PROJECT / "docs" / "sources.yml").faults == ()


# Pages past their review date


def test_a_page_is_due_after_its_twelve_months_and_not_on_the_day(docs: Path) -> None:
    page = docs / "techniques" / "gentle-knee-rub.md"
    page.write_text(re.sub("^reviewed: .*", f"reviewed: {TODAY}", page.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    day = next_review(TODAY)
    assert page not in [path for path, _ in due.due(docs, day)]
    assert page in [path for path, _ in due.due(docs, day + datetime.timedelta(days=1))]


@pytest.mark.parametrize("written", ["2020-01-31", '"2020-01-31"', "'2020-01-31'", "2020-01-31 10:00:00"])
def test_a_page_is_due_however_its_day_is_written(written: str, docs: Path) -> None:
    page = docs / "techniques" / "gentle-knee-rub.md"
    page.write_text(re.sub("^reviewed: .*", f"reviewed: {written}", page.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert (page, datetime.date(2021, 1, 31)) in due.due(docs, TODAY)


@pytest.mark.parametrize("day", ["9999-01-31", '"9999-12-31"'])
def test_a_slip_in_the_year_is_told_and_stops_no_preview(day: str, docs: Path) -> None:
    page = docs / "techniques" / "gentle-knee-rub.md"
    page.write_text(re.sub("^reviewed: .*", f"reviewed: {day}", page.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    facts = Publication.of(docs, Path())
    assert "KE119" in {problem.id for problem in facts.outcome.problems}
    meta = {"reviewed": day.strip('"')}
    assert facts.page_facts("techniques/gentle-knee-rub.md", meta, "", "", with_problems=True)["next_review"] == "31 December 9999"
    assert page not in [path for path, _ in due.due(docs, TODAY)]


def test_the_pages_that_are_due_are_told_as_a_list(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = docs / "techniques" / "gentle-knee-rub.md"
    page.write_text(re.sub("^reviewed: .*", "reviewed: 2020-01-31", page.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert due.due_command([str(docs)]) == 0
    assert "gentle-knee-rub.md` was to be checked again by 31 January 2021" in capsys.readouterr().out
