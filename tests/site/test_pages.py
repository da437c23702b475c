"""Protects every reader: each page of the built site loads clean, is accessible, fits a phone, and is whole without scripts.

The pages are those of the site's own sitemap, and the page that is shown where there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from axe import AXE, violations
from built import PROJECT, REPO_URL, BuiltPage, BuiltSite, collapse_whitespace, words
from playwright.sync_api import Browser, Page

NARROW, WIDE = 320, 1280
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
"""The one rule whose answer depends on the colours."""
SCHEMES = ("light", "dark")
DOCS = PROJECT / "docs"
NAMES = sorted(path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md"))
ADDRESSES = ["" if name == "index" else name.removesuffix("index").rstrip("/") + "/" for name in NAMES]
MAIN = "main"
DEAD = """all => all.filter(one => !one.matches(".tick-list input[type=checkbox]")).map(one => one.outerHTML)"""
"""Which of the controls need a script: all but the boxes of a tick list."""


def overflow(page: Page) -> list[str]:
    """Give what stands out of a page's right edge; nothing where the page does not scroll sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
            .map(element => element.outerHTML.slice(0, 120)).slice(-5).concat("the page scrolls sideways")"""
    )


def test_axe_would_tell(chromium: Browser) -> None:
    """A net with a hole this large would catch nothing: a picture without words is found, and so is what overflows."""
    page = chromium.new_page(viewport={"width": NARROW, "height": 600})
    page.set_content('<main><h1>Knee</h1><img src="data:," style="width: 400px; height: 10px"></main>')
    assert any("image-alt" in broken for broken in violations(page))
    assert overflow(page)
    page.close()


def test_the_sitemap_names_every_page(site: BuiltSite) -> None:
    assert set(site.addresses) == set(ADDRESSES)


@pytest.mark.parametrize("address", [*ADDRESSES, "404.html"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browse: Callable[..., Any], address: str) -> None:
    """With all that can be opened open: every rule in light, and in dark what colours can change."""
    page = browse().open(address, width=NARROW)
    page.locator("main").evaluate("main => main.querySelectorAll('details').forEach(one => { one.open = true })")
    for scheme, rules in (("light", AXE), ("dark", CONTRAST)):
        page.emulate_media(color_scheme=scheme)
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page, rules) == [], (scheme, width)
            assert overflow(page) == [], (scheme, width)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_open_menu_search_and_sources_pass_too(browse: Callable[..., Any], site: BuiltSite, scheme: str, width: int) -> None:
    page = browse(color_scheme=scheme).open(site.techniques[0].address, width=width)
    for opened in page.locator("main details:visible > summary").all():
        opened.click()
    if page.locator(".site-menu summary").is_visible():
        page.locator(".site-menu summary").click()
        assert page.get_by_role("navigation", name="Menu").is_visible()
        assert violations(page) == []
        assert overflow(page) == []
        page.locator(".site-menu summary").click()
    _search(page, "thigh")
    assert violations(page) == []
    assert overflow(page) == []


def test_the_dark_scheme_is_dark(browse: Callable[..., Any]) -> None:
    brightness = {}
    for scheme in SCHEMES:
        page = browse(color_scheme=scheme).open("")
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness[scheme] = sum(map(int, re.findall(r"\d+", colour)[:3])) / 3
    assert brightness["light"] > 200
    assert brightness["dark"] < 60


def _search(page: Page, wanted: str) -> None:
    if not page.get_by_role("combobox", name="Search").is_visible():
        page.get_by_role("button", name="Search").click()
    field = page.get_by_role("combobox", name="Search")
    field.click()
    field.press_sequentially(wanted)
    page.get_by_role("option").first.wait_for()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_search_leads_to_a_page(browse: Callable[..., Any], site: BuiltSite, width: int) -> None:
    page = browse().open("about/", width=width)
    _search(page, "quadriceps")
    page.get_by_role("option").first.click()
    page.wait_for_url(re.compile("quadriceps-massage"))


def test_headings(site: BuiltSite, subtests: pytest.Subtests) -> None:
    """One h1, first; no level is skipped on the way down."""
    for page in site.pages:
        with subtests.test(page.address):
            levels = [level for level, _ in page.headings]
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))
            assert all(said for _, said in page.headings)


def test_html_is_valid(site: BuiltSite, subtests: pytest.Subtests) -> None:
    """A browser has to guess nothing, and no id stands twice. There are no exemptions."""
    for page in site.pages:
        with subtests.test(page.address):
            assert [f"{error.line}:{error.column} {error.code}" for error in page.tree.errors] == []
            assert [name for name, count in Counter(page.ids).items() if count > 1] == []
            named = [name for element in page.all("[aria-labelledby], label[for]") for name in _named(element.attrs)]
            assert set(named) <= set(page.ids)


def _named(attributes: dict[str, str | None]) -> list[str]:
    return (attributes.get("aria-labelledby") or attributes.get("for") or "").split()


def test_nothing_leads_nowhere(site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Also what templates link to, which MkDocs does not look at."""
    for page in site.pages:
        with subtests.test(page.address):
            targets = [element.attrs.get("href") or element.attrs.get("src") or "" for element in page.all("[href], [src]")]
            targets = [target for target in targets if not target.startswith(("data:image/", "tel:"))]
            places = [page.leads_to(target.removeprefix(f"/{urlsplit(site.home).path.strip('/')}/")) for target in targets]
            here = [place.removeprefix(site.home) for place in places if place.startswith(site.home) or "://" not in place]
            assert [lack for place in here if (lack := site.lacks(place))] == []
            assert [place for place in places if "://" in place and not place.startswith((site.home, "https://"))] == []


def test_every_page_says_that_no_clinician_has_reviewed_it(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.pages:
        with subtests.test(page.address):
            said = words(page.one("body"))
            reviewed = "Reviewed by " in words(page.one(MAIN))
            assert "No clinician has reviewed it." in said
            assert page.address == "404.html" or reviewed or "Not reviewed by a clinician." in words(page.one("main .page-foot"))


def test_language_title_and_description(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.pages:
        with subtests.test(page.address):
            assert page.one("html").attrs["lang"] == "en"
            assert "Knee Ease" in words(page.one("title"))
            assert 50 <= len(page.one("meta[name=description]").attrs["content"] or "") <= 160
    titles = [words(page.one("title")) for page in site.pages]
    assert len(set(titles)) == len(titles)


def test_with_addresses_every_page_names_its_own_and_can_be_mended(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.pages:
        if page.address != "404.html":
            with subtests.test(page.address):
                assert page.one("link[rel=canonical]").attrs["href"] == site.home + page.address
                source = page.address.rstrip("/") or "index"
                source = f"{source}/index" if (PROJECT / "docs" / source).is_dir() else source
                assert f"{REPO_URL}/edit/main/docs/{source}.md" in page.links("main .page-foot")
                assert any(link.startswith(f"{REPO_URL}/issues/new") for link in page.links("main .page-foot"))


def test_without_addresses_nothing_points_to_an_invented_one(bare_site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Every address on another host is one that a page or the list of sources names, or the licence at the foot."""
    sources = yaml.safe_load((PROJECT / "docs" / "sources.yml").read_text("utf-8"))
    known = {source["link"] for source in sources.values()} | {"https://creativecommons.org/licenses/by/4.0/"}
    known |= {link for path in (PROJECT / "docs").rglob("*.md") for link in re.findall(r"\]\((https:[^)]+)\)", path.read_text("utf-8"))}
    for file in sorted(bare_site.folder.rglob("*.html")):
        with subtests.test(file.parent.name):
            page = BuiltPage(file.relative_to(bare_site.folder).as_posix(), file)
            assert page.all("link[rel=canonical]") == []
            targets = [
                value or ""
                for element in page.all(":not([http-equiv])")  # the digests of the policy may hold anything
                for name, value in element.attrs.items()
                if name in ("href", "src", "content", "action")
            ]
            assert {target for target in targets if "//" in target and not target.startswith("data:image/")} <= known
            assert [words(link) for link in page.all("a[href]") if words(link) in ("Edit this page", "Report a mistake")] == []
    assert "<loc>" not in (bare_site.folder / "sitemap.xml").read_text("utf-8")


def test_all_words_are_there_without_scripts(browse: Callable[..., Any], site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Scripts may only bring out their own controls, which the page itself holds as hidden."""
    scripted, plain = browse(), browse(java_script_enabled=False)
    for built in site.pages:
        with subtests.test(built.address):
            controls = [f".{(element.attrs['class'] or '').split()[0]}" for element in built.all("main [hidden][class]")]
            shown, said = (_main_words(reader.open(built.address), controls) for reader in (plain, scripted))
            assert shown == said
            assert len(said) > 100


def _main_words(page: Page, but: list[str]) -> str:
    page.locator(MAIN).evaluate("(main, but) => but.forEach(one => main.querySelectorAll(one).forEach(element => element.remove()))", but)
    return collapse_whitespace(page.locator(MAIN).inner_text())


def test_no_control_is_dead_without_scripts(browse: Callable[..., Any], site: BuiltSite, subtests: pytest.Subtests) -> None:
    """What shows without scripts works without them: a summary opens, a box can be ticked; search and colours do not show."""
    reader = browse(java_script_enabled=False)
    for built in site.pages:
        page = reader.open(built.address)
        for width in (WIDE, NARROW):
            with subtests.test(built.address, width=width):
                page.set_viewport_size({"width": width, "height": 800})
                shown = page.locator("button:visible, [role=button]:visible, select:visible, textarea:visible, input:visible, form:visible")
                assert shown.evaluate_all(DEAD) == []
                menu = page.locator(".site-menu")
                if menu.is_visible():
                    menu.locator("summary").click()
                    assert menu.get_by_role("link", name="When to seek help").is_visible()
                    menu.locator("summary").click()
        with subtests.test(built.address, part="boxes"):  # the same boxes stand on a wide screen
            for label in page.locator("label:visible").all():
                box = label.locator("input[type=checkbox]")
                before = box.is_checked()
                label.click()
                assert box.is_checked() is not before


def test_nothing_is_kept_until_the_reader_switches_something_on(browse: Callable[..., Any], site: BuiltSite) -> None:
    """A whole visit, with a search and a session that was left before its first step: no cookie, no store holds anything."""
    reader = browse()
    for built in site.pages:
        page = reader.open(built.address)
    _search(page, "heat")
    page = reader.open(site.techniques[0].address)
    page.locator("[data-start=new]").click()
    page.locator("section:not([hidden]) [data-do=leave]").click()
    assert _kept(page) == []


def test_what_is_kept_has_the_names_that_the_about_page_tells(browse: Callable[..., Any], site: BuiltSite) -> None:
    page = browse().open("about/")
    assert page.get_by_role("radio", name="Same as my device").is_checked(), "what is so is shown as so"
    page.get_by_role("radio", name="Dark").check()
    assert page.locator("html").get_attribute("data-colours") == "dark"
    page.goto(site.home + site.techniques[0].address)
    assert page.locator("html").get_attribute("data-colours") == "dark", "the choice holds on the next page"
    page.get_by_role("switch", name="Show movement").check()
    page.locator("[data-start=new]").click()
    for action in ("agree", "steps"):
        page.locator(f"section:not([hidden]) [data-do={action}]").click()
    told = {words(code) for code in _privacy(site.page("about/"))}
    assert set(_kept(page)) <= told
    assert len(_kept(page)) == 3
    page.goto(site.home + "about/")
    page.get_by_role("radio", name="Same as my device").check()
    assert "knee-ease-colours" not in _kept(page), "the choice can be taken back"


def _kept(page: Page) -> list[str]:
    """Give the names of all that the browser holds for this site, in every kind of store."""
    found = page.evaluate(
        """async () => [
            ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(one => one.name),
            ...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
        ]"""
    )
    return [*found, *(cookie["name"] for cookie in page.context.cookies())]


def _privacy(page: BuiltPage) -> Iterator[Any]:
    inside = False
    for element in page.one("main .page").children:
        if element.name == "h2":
            inside = words(element) == "Your privacy"
        elif inside and element.name in ("p", "ul"):
            yield from element.query("code")


def test_a_wrong_address_shows_a_page_that_leads_back(site: BuiltSite, chromium: Browser) -> None:
    """Hosts show 404.html at any depth, so its links and styles may not depend on the address."""
    page = chromium.new_page()
    answer = page.goto(site.home + "no/such/page/")
    assert answer
    assert answer.status == 404
    assert page.get_by_role("heading", level=1).inner_text() == "This page is not here"
    assert (
        page.evaluate("performance.getEntriesByType('resource').filter(asked => asked.responseStatus >= 400).map(asked => asked.name)")
        == []
    )
    page.locator("main").get_by_role("link", name="See all techniques").click()
    assert page.url == site.home + "techniques/"
    page.close()
