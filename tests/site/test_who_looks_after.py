"""Protects readers who ask who answers for a copy: each page names them, the about page says more, and a copy of nobody says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from built import PROJECT, BuiltSite, build, words
from test_successor import run_successor

HOME = "https://knee.test/"
NAMED = {
    "MAINTAINER_NAME": "Ann & Sons",
    "MAINTAINER_ROLE": "physiotherapist",
    "MAINTAINER_EMAIL": "ann@example.org",
    "MAINTAINER_INTERESTS": "sells rollers",
}
RUN = {"mkdocs": build, "zensical": run_successor}


@pytest.fixture(scope="module", params=RUN)
def named(request: pytest.FixtureRequest, made_once: Callable[..., Path]) -> BuiltSite:
    """Build the real site for somebody, with each builder."""

    def make(folder: Path) -> None:
        result = RUN[request.param](PROJECT, folder, SITE_URL=HOME, **NAMED)
        assert result.returncode == 0, result.stdout

    return BuiltSite(made_once(f"named by {request.param}", make), HOME)


def test_the_foot_of_every_page_names_who_looks_after_the_copy(named: BuiltSite) -> None:
    assert len(named.pages) > 15
    for page in named.pages:
        foot = page.one(".site-foot")
        assert "Ann & Sons, physiotherapist, looks after this copy: ann@example.org." in words(foot), page.address
        assert [link.attrs["href"] for link in foot.query("a[href^=mailto]")] == ["mailto:ann@example.org"]


def test_the_about_page_says_what_they_earn_by_it(named: BuiltSite) -> None:
    about = words(named.page("about/").one("main"))
    assert "Who looks after this copy Name: Ann & Sons What they are: physiotherapist E-mail: ann@example.org" in about
    assert "What they earn, or could earn, by this site: sells rollers" in about
    assert "Nobody is named" not in about


def test_search_engines_are_told_too(named: BuiltSite) -> None:
    for address in ("", "tips/", named.techniques[0].address):
        told = json.loads(named.page(address).one('script[type="application/ld+json"]').to_text(strip=False))
        assert told["maintainer"] == {"@type": "Person", "name": "Ann & Sons", "jobTitle": "physiotherapist", "email": "ann@example.org"}


def test_where_nobody_is_named_the_about_page_says_so(site: BuiltSite) -> None:
    assert "Nobody is named for this copy." in words(site.page("about/").one("main"))
    for page in site.pages:
        assert "looks after this copy:" not in page.html
        assert '"maintainer"' not in page.html


@pytest.mark.parametrize("builder", RUN)
def test_a_half_name_stops_the_build_with_what_to_write(builder: str, tmp_path: Path) -> None:
    result = RUN[builder](PROJECT, tmp_path / "site", **{**NAMED, "MAINTAINER_EMAIL": ""})
    assert result.returncode == 1
    assert "extra.maintainer has no email: say an address that readers can write to, such as knees@example.org" in result.stdout
    assert "Traceback" not in result.stdout
    assert not (tmp_path / "site").exists()
