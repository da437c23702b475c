"""Protects readers with a bad signal: pages stay light, and are read before any script comes; nothing loses its look on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from built import PROJECT, BuiltSite
from playwright.sync_api import Browser, Page, Request, Route

from knee.assets.minify import minify_script
from knee.assets.offline import files_of
from knee.assets.pipeline import STYLE
from knee.assets.script import joined
from knee.assets.stylesheet import with_short_names
from machine_speed import slowness
from tools.local_server import GzipHandler, served
from tools.measure.page_weight import budget_of, over_budget, weigh


@pytest.fixture(scope="module")
def packed(site: BuiltSite) -> Iterator[str]:
    """Serve the built site as hosts do, with gzip."""
    with served(site.folder, GzipHandler) as home:
        yield home


def test_pages_are_within_their_budgets(packed: str, site: BuiltSite, chromium: Browser, subtests: pytest.Subtests) -> None:
    for address in [address for address in site.addresses if budget_of(address)]:
        with subtests.test(address):
            first, read = weigh(chromium, packed + address)
            assert first.requests["page"] == 1, "it was weighed at all"
            assert first.requests["style"] == 0, "it stands in the page"
            assert over_budget(address, first, read) == []


def test_the_steps_come_before_every_script_that_is_asked_for(site: BuiltSite) -> None:
    """Before them stands only the short one that puts the chosen colours on the page: a white page at night would dazzle."""
    for page in [*site.techniques, *site.routines]:
        before, _, after = page.html.partition('class="steps"')
        scripts = [element for element in page.all("script") if element.attrs.get("type") != "application/ld+json"]
        assert before.count("<script") == 1
        assert len(scripts[0].to_text(strip=False)) < 200
        assert "src" not in scripts[0].attrs
        assert after.count(" src=") > 0


def test_chosen_colours_are_there_before_the_page_has_come(chromium: Browser, site: BuiltSite) -> None:
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(site.home)
    page.evaluate("localStorage.setItem('knee-ease-colours', 'dark')")
    start = (site.folder / "index.html").read_text("utf-8").partition("<main")[0]
    page.route(site.home, lambda route: route.fulfill(body=start, content_type="text/html"))
    page.goto(site.home)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    context.close()


SEARCH = "**/pages/search.js"
FIRST_SEARCH = 30_000
"""Bytes on the wire: all that comes with the first letter."""
SLOWER = 4
"""How many times slower than this machine the phone is."""
LONGEST_WAIT = 150
"""Milliseconds from the last letter to what it finds, on such a phone."""
WAITED = """() => new Promise((resolve) => {
  const box = document.querySelector(".site-search__box");
  const start = performance.now();
  box.value = "knee swol";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => resolve([performance.now() - start, document.querySelectorAll(".found").length])));
})"""
"""Types the last letter, and gives the milliseconds until the list is drawn, and how many results it has."""


def test_the_search_comes_when_the_reader_reaches_for_it_and_keeps_nothing(browse: Callable[..., Any]) -> None:
    page = browse().open("about/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.mouse.wheel(0, 2000)
    page.get_by_role("radio", name="Light").check()
    assert [address for address in asked if address.endswith(".js")] == []
    page.get_by_role("combobox", name="Search").focus()
    page.keyboard.type("thigh")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate("Object.keys(localStorage)") == ["knee-ease-colours"]


def test_the_first_search_is_light(packed: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(packed + "about/", wait_until="networkidle")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.get_by_role("combobox", name="Search").press_sequentially("heat")
    page.get_by_role("option").first.wait_for()
    assert sorted(request.url.rpartition("/")[2] for request in asked) == ["search.css", "search.js"]
    sizes = [request.sizes() for request in asked]
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= FIRST_SEARCH
    page.close()


def test_what_is_found_comes_at_once_on_a_slow_phone(packed: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(packed + "about/")
    page.get_by_role("combobox", name="Search").press_sequentially("knee swo")
    page.get_by_role("option").first.wait_for()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    waited, found = zip(*(page.evaluate(WAITED) for _ in range(5)), strict=True)
    assert min(found) > 0
    assert min(waited) <= LONGEST_WAIT * slowness(), waited  # the others wait for what else this machine does
    page.close()


def _typed_while_the_search_is_on_its_way(browse: Callable[..., Any]) -> tuple[Page, list[Route]]:
    """Type a word before the search has come; give the page, and the list into which its request comes a moment later."""
    page = browse().open("about/")
    held: list[Route] = []
    page.route(SEARCH, lambda route: held.append(route))
    with page.expect_request(SEARCH):
        page.get_by_role("combobox", name="Search").press_sequentially("thigh")
    return page, held


def test_what_was_typed_before_the_search_came_is_searched_too(browse: Callable[..., Any]) -> None:
    page, held = _typed_while_the_search_is_on_its_way(browse)
    assert page.locator(".site-search__told").inner_text() == "Getting the search ready"
    held[0].continue_()
    page.get_by_role("option").first.wait_for()


def test_enter_before_the_search_has_come_loses_nothing(browse: Callable[..., Any]) -> None:
    page, held = _typed_while_the_search_is_on_its_way(browse)
    address = page.url
    page.keyboard.press("Enter")
    held[0].continue_()
    page.get_by_role("option").first.wait_for()
    assert page.url == address


def test_words_that_are_spoken_or_pasted_are_searched(browse: Callable[..., Any]) -> None:
    """They come without a key."""
    page = browse().open("about/")
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("x")
    page.locator(".site-search__told").filter(has_text="found").wait_for()
    box.evaluate("box => { box.value = 'calf swollen'; box.dispatchEvent(new Event('input', {bubbles: true})) }")
    page.get_by_role("option", name="When to seek help: Signs of a blood clot").wait_for()


def test_a_search_that_does_not_come_says_so_and_can_be_tried_again(chromium: Browser, site: BuiltSite) -> None:
    page = chromium.new_page()
    page.route(SEARCH, lambda route: route.abort())
    page.goto(site.home + "about/")
    page.get_by_role("combobox", name="Search").click()
    page.locator(".site-search__told").filter(has_text="The search did not load.").wait_for()
    page.unroute(SEARCH)
    page.get_by_role("combobox", name="Search").press_sequentially("thigh")
    page.get_by_role("option").first.wait_for()
    page.close()


def test_single_letters_open_nothing(browse: Callable[..., Any]) -> None:
    """Somebody who speaks to their device would open the search by accident (WCAG 2.1.4)."""
    page = browse().open("about/")
    page.get_by_role("combobox", name="Search").press_sequentially("thigh")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("main h1").click()
    for letter in ("/", "s", "f"):
        page.keyboard.press(letter)
        assert not page.locator(".site-search__output").is_visible(), letter


def test_a_constant_that_is_made_of_others_stays_behind_them() -> None:
    """What minifies scripts would move it to the front, and the search would stop."""
    made = minify_script("(() => { const c = [{ b: 2 }]; const b = c[0]; const { b: d } = { ...{}, ...b }; return [b, c, d] })()")
    assert made.index("...") > made.index("=[{")


def test_nothing_is_published_that_no_page_asks_for(site: BuiltSite) -> None:
    there = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()}
    for_others = {"assets/social.png"}  # who shows a link to the site asks for it
    assert [path for path in there - for_others - set(files_of(site.folder)) if path.startswith(("assets/", "search"))] == []
    assert [path for path in there if re.search(r"\.map$|lunr|javascripts|stylesheets|vendor|search_index|search-words", path)] == []


def test_names_of_two_modules_never_meet(chromium: Browser) -> None:
    modules = {
        "a.js": 'import { shown } from "./b.js";\nconst key = 1;\nwindow.found = [key, shown()];\n',
        "b.js": "const key = 2;\nexport function shown() {\n  return key;\n}\n",
    }
    page = chromium.new_page()
    page.evaluate(joined("a.js", modules.__getitem__))
    assert page.evaluate("window.found") == [1, 2]
    page.close()


# The look

LOST = Path(__file__).with_name("lost-rules.js").read_text("utf-8").strip().removesuffix(";")


def _lost_rules(page: Page) -> list[str]:
    """Return the rules of the site that fit something on a page as it stands, and that its style sheet does not have as they are."""
    found = page.evaluate(LOST, _all_rules())
    assert found["needed"] > 50, "there was something to look for"
    return found["lost"]


def test_cut_style_sheets_change_nothing_that_is_seen(chromium: Browser, site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Every rule that fits something on a page is there, in its order and with its values: for all screens, colours and paper."""
    page = chromium.new_page()
    for built in site.pages:
        with subtests.test(built.address):
            page.goto(site.home + built.address)
            assert _lost_rules(page) == []
    page.close()


def test_a_session_looks_the_same_with_the_cut_style_sheet(chromium: Browser, site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Its screens are made by a script: what they need may not be cut."""
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.clock.install()
    page.goto(site.home + site.techniques[0].address)
    page.locator("[data-start=new]").click()
    ways = {"check": "agree", "ready": "steps", "step": "next", "help": "go-on"}
    for screen, action in ways.items():
        with subtests.test(screen):
            page.locator(f"section[data-screen={screen}]").wait_for()
            assert _lost_rules(page) == []
        if screen == "step":
            page.locator("[data-do=help]").first.click()
        else:
            page.locator(f"section:not([hidden]) [data-do={action}]").first.click()
    page.close()


@pytest.mark.parametrize(
    "damage",
    [
        "sheet.deleteRule(place)",
        "sheet.cssRules[place].style.removeProperty('margin-top')",
        "sheet.cssRules[place].style.setProperty('color', 'red')",
        "sheet.insertRule(sheet.cssRules[place].cssText, 0); sheet.deleteRule(place + 1)",
    ],
    ids=["a rule", "a declaration", "a value", "the order"],
)
def test_what_is_lost_is_found(chromium: Browser, site: BuiltSite, damage: str) -> None:
    """The comparison has eyes: a style sheet that lacks a single thing is found, and nothing else is said of it."""
    page = chromium.new_page()
    page.goto(site.home + "techniques/")
    page.evaluate(
        f"""() => {{
            const {{ sheet }} = document.querySelector("style");
            const place = [...sheet.cssRules].findIndex((rule) => rule.selectorText === "body");
            {damage};
        }}"""
    )
    (lost,) = _lost_rules(page)
    assert lost.startswith("body {")
    page.close()


def _all_rules() -> str:
    """Give every rule of the site's style sheets, as they are written; only the names of values are those of the wire."""
    import yaml

    class _Loader(yaml.SafeLoader):
        """Reads mkdocs.yml, whose `!ENV` asks for the environment."""

    _Loader.add_constructor("!ENV", lambda loader, node: None)
    config = yaml.load((PROJECT / "mkdocs.yml").read_text("utf-8"), _Loader)
    docs = PROJECT / "docs"
    sheets = with_short_names({path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in docs.rglob("*.css")})
    return "\n".join(sheets[path] for path in config["extra_css"])


def test_only_pages_that_show_other_pages_ask_for_a_style_sheet(site: BuiltSite) -> None:
    assert [page.address for page in site.pages if STYLE in page.html] == ["my-sheets/", "write/"]
    assert [page.address for page in site.pages if "<style>" not in page.html] == ["my-sheets/", "write/"]
    assert not (site.folder / "assets" / "css" / "tokens.css").exists(), "the parts are not published beside the whole"
