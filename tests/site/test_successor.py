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
from test_finding import HELP, WAYS
from test_follow_along import AGREE, FIRST, PHONE, START, Reader

from knee.assets.policy import PLACE

SAME = ("main", ".urgent-strip", ".site-menu", ".site-links", ".site-foot")
"""The parts of a page that every reader meets, by CSS selector. Left out is the search, which each theme brings itself."""
DIFFERENT: dict[str, Callable[[Element], bool]] = {
    "the skip link leads to a place of the theme's own": lambda element: element.attrs.get("id") == "__skip",
    "the skip link leads to the first heading": lambda element: element.attrs.get("class") == "md-skip",
}
"""Elements that only one of the builders writes, by reason. They hold no words that a reader sees."""
DROPPED = {
    "data-search-exclude": "Zensical takes it off when it has made its list of words",
}
"""Attributes that are not compared, each with its reason."""
OWN = PROJECT / "hooks" / "knee" / "zensical" / "overlay" / "docs"
"""What the successor's search needs of its own."""
PUT_TOGETHER = ("assets/css/for-", "assets/js/pages/")
"""Files that are put together, also from those of `OWN`."""
THEIRS = ("search.json", "assets/images/", "assets/javascripts/", "assets/stylesheets/")
"""What the successor and its theme bring."""
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
    """Give the elements of the first part that a selector picks, each on one line, without what differs for a reason."""
    return [_line(page, element) for part in page.all(selector)[:1] for element in _walk(part)]


def _walk(element: Element) -> Iterator[Element]:
    if not any(differs(element) for differs in DIFFERENT.values()):
        yield element
        for child in element.children:
            if isinstance(child, Element):
                yield from _walk(child)


def _line(page: BuiltPage, element: Element) -> str:
    kept = {name: value or "" for name, value in element.attrs.items() if name not in DROPPED and (name, value) != ("class", CODE)}
    for name in {"href", "src", "data-place", "data-worker", "data-script"} & kept.keys():
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
    ours, theirs = (hashes(built.folder) for built in (site, successor))
    own = {path.relative_to(OWN).as_posix() for path in OWN.rglob("*")}
    same = [path for path in ours if (PROJECT / "docs" / path).is_file() and path not in own and not path.startswith(PUT_TOGETHER)]
    assert len(same) > 40
    assert {path: theirs.get(path) for path in same} == {path: ours[path] for path in same}
    assert [path for path in theirs if path not in ours and not path.startswith(THEIRS)] == []


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
        parts = dict(part.strip().split(" ", 1) for part in (policy.attrs["content"] or "").split(";"))
        (ours,) = site.page(page.address).all('meta[http-equiv="Content-Security-Policy"]')
        assert parts.keys() == {part.split()[0] for part in (ours.attrs["content"] or "").split(";")}
        assert "unsafe" not in str(parts)
        assert PLACE not in page.html
        allowed = [source for name in ("script-src", "style-src") for source in parts[name].split()]
        assert [source for source in allowed if not source.startswith("'sha256-")] == ["'self'", "'self'"], page.address


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


def test_the_search_of_the_successor_opens_shows_the_help_page_for_urgent_words_and_keeps_nothing(reader: Any) -> None:
    page = reader.open("", width=1280)
    assert not page.locator("script[src*=javascripts]").count(), "the theme's script waits until it is needed"
    page.get_by_role("button", name="Search", exact=True).click()
    field = page.get_by_role("combobox")
    for urgent in (asked for asked, wanted in WAYS.items() if wanted == HELP):
        field.fill("")
        page.get_by_role("option").first.wait_for(state="detached")
        field.fill(urgent)
        page.get_by_role("option").first.wait_for()
        assert any(HELP in found for found in page.get_by_role("option").all_inner_texts()[:3]), urgent
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


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
