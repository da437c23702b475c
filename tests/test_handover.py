"""Protects what is handed over to a builder without hooks: facts as plain data, and no site without its cards."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment
from markdown import Markdown

from knee.assets.pipeline import AssetPipeline
from knee.contract.site_context import address_of_page
from knee.publish.publication import Publication
from knee.zensical.plain import plain
from knee.zensical.successor import NotBuilt, Project, prepare, take_place, zensical_command
from small_site import TESTS

PROJECT = TESTS.parent


@dataclass(frozen=True)
class Thing:
    """What facts are made of."""

    name: str
    days: tuple[datetime.date, ...]
    inner: object = None

    @property
    def loud(self) -> str:
        """The name in capitals."""
        return self.name.upper()

    @cached_property
    def count(self) -> int:
        """How many days."""
        return len(self.days)

    @property
    def _own(self) -> str:
        return "nobody else's"


def test_an_object_becomes_a_mapping_of_its_fields_and_public_properties() -> None:
    day = datetime.date(2026, 11, 24)
    made = plain(Thing("a", (day,), {"b": Thing("b", ())}))
    inner = {"name": "b", "days": [], "inner": None, "loud": "B", "count": 0}
    assert made == {"name": "a", "days": ["2026-11-24"], "inner": {"b": inner}, "loud": "A", "count": 1}


def test_what_is_left_out_is_left_out_everywhere() -> None:
    assert plain([Thing("a", (), Thing("b", ()))], leave_out=("days", "loud")) == [
        {"name": "a", "inner": {"name": "b", "inner": None, "count": 0}, "count": 0}
    ]


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises(TypeError, match="no plain data: object"):
        plain({"thing": object()})


def test_the_facts_of_the_real_site_go_through_json_and_yaml_unchanged() -> None:
    facts = plain(Publication.of(PROJECT / "docs", PROJECT / "overrides").shared_facts)
    assert facts["techniques"]
    assert json.loads(json.dumps(facts)) == facts
    assert yaml.safe_load(yaml.safe_dump(facts)) == facts


def test_a_template_reads_the_same_from_plain_facts() -> None:
    template = Environment(autoescape=True).from_string((PROJECT / "overrides" / "partials" / "knee" / "key-facts.html").read_text("utf-8"))
    techniques = Publication.of(PROJECT / "docs", PROJECT / "overrides").catalogue.techniques
    assert [template.render(technique=plain(one)) for one in techniques] == [template.render(technique=one) for one in techniques]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("tips.md", "tips/"),
        ("techniques/index.md", "techniques/"),
        ("routines/5-minutes.md", "routines/5-minutes/"),
        ("techniques/knee-index.md", "techniques/knee-index/"),
        ("index/tips.md", "index/tips/"),
    ],
)
def test_a_page_has_the_address_that_mkdocs_gives_it(path: str, address: str) -> None:
    assert address_of_page(path) == address


def test_what_is_prepared_has_no_hooks_and_names_every_page_of_a_technique(tmp_path: Path) -> None:
    prepare(Project(PROJECT), AssetPipeline.of(PROJECT / "overrides"), tmp_path / "prepared")
    settings = yaml.safe_load((tmp_path / "prepared" / "mkdocs.yml").read_text("utf-8"))
    assert "hooks" not in settings
    for page in (PROJECT / "docs" / "techniques").glob("*.md"):
        assert f"techniques/{page.name}" in str(settings["nav"])
        written = (tmp_path / "prepared" / "docs" / "techniques" / page.name).read_text("utf-8")
        assert page.read_text("utf-8").split("---\n", 2)[2].strip() in written


def test_the_address_of_the_site_ends_with_a_slash_as_mkdocs_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, meant in (("https://knee.test/ease", "https://knee.test/ease/"), ("https://knee.test/", "https://knee.test/"), ("", "")):
        monkeypatch.setenv("SITE_URL", said)
        assert Project(PROJECT).site_url == meant


def test_no_page_is_rendered_where_nobody_says_which_page_it_is() -> None:
    settings = {"docs": str(PROJECT / "docs"), "templates": str(PROJECT / "overrides")}
    with pytest.raises(RuntimeError, match="no longer says which page"):
        Markdown(
            extensions=["knee.zensical.successor_page:SuccessorPage"],
            extension_configs={"knee.zensical.successor_page:SuccessorPage": settings},
        )


def test_without_zensical_the_command_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PROJECT)
    monkeypatch.setattr("knee.zensical.successor.find_spec", lambda _: None)
    assert zensical_command([str(tmp_path / "site")]) == 1
    assert "`make successor` installs it" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_new_site_takes_the_place_of_the_old_one_and_leaves_hidden_files_there(tmp_path: Path) -> None:
    old, new = tmp_path / "site", tmp_path / "workshop" / "site"
    for file in (old / "old.html", old / ".well-known" / "a", new / "new.html"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("1", "utf-8")
    take_place(new, old)
    assert sorted(path.name for path in old.iterdir()) == [".well-known", "new.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "workshop"]


def test_a_new_site_that_cannot_take_its_place_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    old = tmp_path / "site"
    old.mkdir()
    (old / "index.html").write_text("old", "utf-8")
    with pytest.raises(NotBuilt, match="cannot be put in the place of"):
        take_place(tmp_path / "nothing", old)
    assert (old / "index.html").read_text("utf-8") == "old"
