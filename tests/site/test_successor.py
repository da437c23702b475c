"""Protects the way out of the theme: the same docs/ built by its successor (Zensical) and by the fork of MkDocs (ProperDocs).

What differs is written down here, each with its reason, and in .github/MAINTAINING.md ("Leaving the theme"). Anything else is a mistake.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from built import PROJECT, REPO_URL, BuiltPage, BuiltSite, environment, hashes, words
from justhtml.dom import Element
from test_finding import FIND, QUERIES, asked, with_search
from test_follow_along import AGREE, FIRST, PHONE, START, Reader

from knee.assets.policy import PLACE

SAME = ("body",)
"""The parts of a page that are compared, by CSS selector: all that a reader meets."""
CODE = "highlight"
"""The class that Zensical puts on every code block. It has no style of its own."""


def run_successor(project: Path, to: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Build a project as `make successor` does, and give the exit status and all that was printed."""
    command = [sys.executable, "-m", "knee.zensical.successor", str(to)]
    return subprocess.run(
        command,
        cwd=project,
        env=environment(PYTHONPATH=str(project / "hooks"), **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session")
def successor(site: BuiltSite, made_once: Callable[..., Path]) -> BuiltSite:
    """Build the real site with Zensical, for the address of the site that it is compared with, and serve it beside that site."""

    def make(folder: Path) -> None:
        result = run_successor(PROJECT, folder, SITE_URL=site.home, REPO_URL=REPO_URL)
        assert result.returncode == 0, result.stdout

    return BuiltSite(made_once("successor", make, site.folder.parent), site.home)


def _told(page: BuiltPage, selector: str) -> list[str]:
    """Give the words of some parts of a page. How much a saved copy weighs differs: each builder brings scripts of its own."""
    return [re.sub(r"about \d+ kB", "about so many kB", words(part)) for part in page.all(selector)]


def seen(page: BuiltPage, selector: str) -> list[str]:
    """Give the elements of the first part that a selector picks, each on one line, but for what differs for a reason."""
    return [_line(page, element) for part in page.all(selector)[:1] for element in _walk(part)]


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from _walk(child)


def _line(page: BuiltPage, element: Element) -> str:
    kept = {name: value or "" for name, value in element.attrs.items() if (name, value) != ("class", CODE)}
    for name in {"href", "src", "data-place", "data-worker", "data-script", "data-style", "data-session"} & kept.keys():
        kept[name] = page.leads_to(kept[name])
    return " ".join([element.name, *(f"{name}={value}" for name, value in sorted(kept.items()))])


def test_the_successor_builds_every_page_and_no_other(site: BuiltSite, successor: BuiltSite) -> None:
    assert sorted(successor.addresses) == sorted(site.addresses)


@pytest.mark.parametrize("selector", SAME)
def test_every_word_stands_on_the_successors_page(site: BuiltSite, successor: BuiltSite, selector: str) -> None:
    told = {page.address: _told(page, selector) for page in site.pages}
    assert {address: _told(successor.page(address), selector) for address in told} == told


@pytest.mark.parametrize("selector", SAME)
def test_every_card_fact_and_step_is_made_of_the_same_elements(site: BuiltSite, successor: BuiltSite, selector: str) -> None:
    for page in site.pages:
        assert seen(successor.page(page.address), selector) == seen(page, selector), page.address


@pytest.mark.parametrize("selector", ["title", "meta[name]", "link[rel=canonical]", "link[rel=icon]"])
def test_the_head_of_a_page_says_the_same(site: BuiltSite, successor: BuiltSite, selector: str) -> None:
    for page in site.pages:
        theirs = successor.page(page.address)
        assert [words(one) for one in theirs.all(selector)] == [words(one) for one in page.all(selector)], page.address
        assert [_line(theirs, one) for one in theirs.all(selector)] == [_line(page, one) for one in page.all(selector)], page.address


def test_pictures_styles_and_scripts_are_the_same_files(site: BuiltSite, successor: BuiltSite) -> None:
    """So is the search, with its list of words."""
    ours, theirs = (hashes(built.folder) for built in (site, successor))
    same = [path for path in ours if not path.endswith((".html", "sitemap.xml", "sitemap.xml.gz", "sw.js"))]
    assert len(same) > 40
    assert {path: theirs.get(path) for path in same} == {path: ours[path] for path in same}
    assert [path for path in theirs if path not in ours] == []


def test_search_engines_other_sites_and_programs_are_told_the_same(site: BuiltSite, successor: BuiltSite) -> None:
    for page in site.pages[:-1]:
        there = successor.page(page.address)
        for selector in ('script[type="application/ld+json"]', "meta[property]", "meta[name^=twitter]"):
            told = [json.loads(one.to_text(strip=False)) if one.name == "script" else one.attrs for one in page.all(selector)]
            assert told == [json.loads(one.to_text(strip=False)) if one.name == "script" else one.attrs for one in there.all(selector)]
            assert told, selector
    for file in ("techniques.json", "techniques.schema.json"):
        assert (site.folder / file).read_bytes() == (successor.folder / file).read_bytes()


def test_every_page_of_the_successor_has_the_policy_of_the_site(site: BuiltSite, successor: BuiltSite) -> None:
    for page in successor.pages:
        (policy,) = page.all('meta[http-equiv="Content-Security-Policy"]')
        (ours,) = site.page(page.address).all('meta[http-equiv="Content-Security-Policy"]')
        assert policy.attrs["content"] == ours.attrs["content"], page.address
        assert PLACE not in page.html


@pytest.fixture
def reader(browse: Callable[..., Any], site: BuiltSite, successor: BuiltSite) -> Any:
    """Give a reader of the successor's site; the test fails where they meet an error, a refusal or another host."""
    return browse(home=site.home.replace(site.folder.name, successor.folder.name))


def test_nothing_on_the_successors_pages_is_refused_or_asked_of_another_host(reader: Any, successor: BuiltSite) -> None:
    for address in successor.addresses:
        page = reader.open(address, width=360)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_the_session_of_the_successor_is_followed_to_its_second_step(reader: Any) -> None:
    reader.page.clock.install()
    page = reader.open("techniques/gentle-knee-rub/", width=PHONE["width"])
    person = Reader(page)
    for name in (START, AGREE, FIRST, "Next"):
        person.press(name)
    assert page.locator("dialog.session").get_by_role("heading", name="Step 2 of").is_visible()


def test_the_search_of_the_successor_finds_the_same(reader: Any, browse: Callable[..., Any]) -> None:
    queries = [query for group in QUERIES for query, _, _ in asked(group)]
    theirs, ours = (with_search(one.open("about/", width=1280)).evaluate(FIND, queries) for one in (reader, browse()))
    assert theirs == ours


def test_a_page_with_a_problem_stops_the_successor_and_leaves_the_old_site(project: Path, tmp_path: Path) -> None:
    old = tmp_path / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the old site", "utf-8")
    page = project / "docs" / "techniques" / "gentle-knee-rub.md"
    page.write_text(page.read_text("utf-8").replace("## Safety note", "## Note"), "utf-8")
    result = run_successor(project, old.parent)
    assert result.returncode == 1
    assert "docs/techniques/gentle-knee-rub.md" in result.stdout
    assert "Traceback" not in result.stdout
    assert list(old.parent.iterdir()) == [old]


def test_properdocs_builds_the_same_files_byte_for_byte(site: BuiltSite, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", str(tmp_path / "site")]
    settings = environment(SITE_URL=site.home, REPO_URL=REPO_URL)
    result = subprocess.run(command, cwd=PROJECT, env=settings, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert hashes(tmp_path / "site") == hashes(site.folder)
