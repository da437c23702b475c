"""Protects readers with a bad signal: pages stay light, and are read before any script comes; nothing loses its look on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from built import PROJECT, BuiltSite
from playwright.sync_api import Browser, Page, Route

from knee.assets.pipeline import STYLES
from knee.assets.script import joined
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
            assert first.requests["page"] == first.requests["style"] == 1, "it was weighed at all"
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


def test_the_themes_script_comes_when_the_reader_reaches_for_the_search(browse: Callable[..., Any]) -> None:
    page = browse().open("about/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.mouse.wheel(0, 2000)
    page.get_by_role("radio", name="Light").check()
    assert [address for address in asked if address.endswith(".js")] == []
    page.get_by_role("searchbox").focus()
    page.locator("script[src*=bundle]").wait_for(state="attached")
    page.keyboard.type("thigh")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.evaluate("Object.keys(localStorage)") == ["knee-ease-colours"], "the theme keeps nothing of its own"


def _typed_while_the_search_is_on_its_way(browse: Callable[..., Any]) -> tuple[Page, list[Route]]:
    """Type a word before the theme's script has come; give the page, and the list into which its request comes a moment later."""
    page = browse().open("about/")
    held: list[Route] = []
    page.route("**/bundle.*.js", lambda route: held.append(route))
    with page.expect_request("**/bundle.*.js"):
        page.get_by_role("searchbox").press_sequentially("thigh")
    return page, held


def test_what_was_typed_before_the_search_came_is_searched_too(browse: Callable[..., Any]) -> None:
    page, held = _typed_while_the_search_is_on_its_way(browse)
    assert page.locator("[role=status]").filter(has_text="Getting the search ready").count() == 1
    held[0].continue_()
    page.locator(".md-search-result__item").first.wait_for()


def test_enter_before_the_search_has_come_loses_nothing(browse: Callable[..., Any]) -> None:
    page, held = _typed_while_the_search_is_on_its_way(browse)
    address = page.url
    page.keyboard.press("Enter")
    held[0].continue_()
    page.locator(".md-search-result__item").first.wait_for()
    assert page.url == address


def test_words_that_are_spoken_or_pasted_are_searched(browse: Callable[..., Any]) -> None:
    """They come without a key."""
    page = browse().open("about/")
    page.get_by_role("searchbox").press_sequentially("x")
    page.locator("script[src*=bundle]").wait_for(state="attached")
    page.get_by_role("searchbox").evaluate("box => { box.value = 'calf swollen'; box.dispatchEvent(new Event('input', {bubbles: true})) }")
    page.locator(".md-search-result__item").first.wait_for()


def test_a_search_without_its_list_of_words_says_so(chromium: Browser, site: BuiltSite) -> None:
    page = chromium.new_page()
    page.clock.install()
    page.route("**/search_index.json", lambda route: route.abort())
    page.goto(site.home + "about/")
    page.get_by_role("searchbox").click()
    page.wait_for_event("requestfailed")
    page.clock.run_for(21_000)
    page.locator("[role=status]").filter(has_text="Check your signal, then load this page again.").wait_for(state="attached")
    page.close()


def test_a_search_that_does_not_come_says_so_and_can_be_tried_again(chromium: Browser, site: BuiltSite) -> None:
    page = chromium.new_page()
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(site.home + "about/")
    page.get_by_role("searchbox").click()
    page.locator("[role=status]").filter(has_text="The search did not load.").wait_for(state="attached")
    page.unroute("**/bundle.*.js")
    page.get_by_role("searchbox").press_sequentially("thigh")
    page.locator(".md-search-result__item").first.wait_for()
    page.close()


def test_single_letters_open_nothing(browse: Callable[..., Any]) -> None:
    """Somebody who speaks to their device would open the search by accident (WCAG 2.1.4)."""
    page = browse().open("about/")
    page.get_by_role("searchbox").press_sequentially("thigh")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("main h1").click()
    for letter in ("/", "s", "f"):
        page.keyboard.press(letter)
        assert not page.locator("#__search").is_checked(), letter


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


def test_cut_style_sheets_change_nothing_that_is_seen(chromium: Browser, site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Once with its own style sheet and once with every rule of the site: each element has the same look.

    Each page on a phone; one of each kind on a wide screen in dark colours, and on paper.
    """
    styles = _all_rules()
    of_each_kind = {path: built for built in site.pages for path in STYLES if path in built.html}.values()
    for width, scheme, media, pages in (
        (360, "light", "screen", site.pages),
        (1280, "dark", "screen", of_each_kind),
        (718, "light", "print", of_each_kind),
    ):
        page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.emulate_media(media=media)  # type: ignore[arg-type]
        for built in pages:
            with subtests.test(built.address, width=width, media=media):
                page.goto(site.home + built.address)
                page.evaluate(STILL)
                assert _look(page, styles) > 50
                _use(page, styles)
                assert _changes(page, styles) == []
        page.close()


STILL = """async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
}"""
"""Waits until all pictures of a page are there: they have their size."""
LOOK = """css => {
    const names = new Set();
    const collect = (rules) => [...rules].forEach((rule) => {
        [...rule.style ?? []].forEach((name) => names.add(name));
        collect(rule.cssRules ?? []);
    });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    collect(sheet.cssRules);
    const look = [];
    for (const element of document.querySelectorAll("html, body, body *")) {
        for (const part of ["", "::before", "::after", "::marker", "::backdrop"]) {
            const style = getComputedStyle(element, part);
            const isMade = !part || (/after|before/.test(part) ? style.content !== "none" : element.matches("li, summary, dialog"));
            const isSeen = (name) => isMade && !(name.startsWith("background-position") && style.backgroundImage === "none");
            const values = [...names].filter(isSeen).map((name) => `${name}: ${style.getPropertyValue(name)}`);
            look.push([`${element.outerHTML.slice(0, 80)}${part}`, values]);
        }
    }
    return look;
}"""
"""Gives the look of all elements of a page, and of what styles put before, after, beside or behind them.

A look is each property that the site sets anywhere. Fewer bytes may put a picture that is not there at another place.
"""


def _look(page: Page, styles: str) -> int:
    """Remember what a page looks like, and return how many elements have a look. `styles` names the properties that are looked at."""
    return page.evaluate(f"css => (window.before = ({LOOK})(css)).filter(([, values]) => values.length > 100).length", styles)


def _changes(page: Page, styles: str) -> list[str]:
    """Return what looks otherwise than remembered: the first few elements, each with its properties."""
    return page.evaluate(
        f"""css => ({LOOK})(css).map(([what, values], place) => {{
            const before = new Set(window.before[place][1]);
            const changed = [...values.filter((value) => !before.delete(value)), ...(values.length ? [] : before)];
            return changed.length ? `${{what}} ${{changed.join("; ")}}` : "";
        }}).filter(Boolean).slice(0, 5)""",
        styles,
    )


def test_a_session_looks_the_same_with_the_cut_style_sheet(chromium: Browser, site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Its screens are made by a script: what they need may not be cut."""
    page = chromium.new_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    page.clock.install()
    page.goto(site.home + site.techniques[0].address)
    page.locator("[data-start=new]").click()
    styles = _all_rules()
    ways = {"check": "agree", "ready": "steps", "step": "next", "help": "go-on"}
    for screen, action in ways.items():
        with subtests.test(screen):
            page.locator(f"section[data-screen={screen}]").wait_for()
            assert _look(page, styles) > 50
            added = _use(page, styles)
            assert _changes(page, styles) == []
            added()
        if screen == "step":
            page.locator("[data-do=help]").first.click()
        else:
            page.locator(f"section:visible [data-do={action}]").first.click()
    page.close()


@pytest.mark.parametrize("selector", ["body", ".site-foot", ".technique-card"])
def test_a_lost_rule_would_show(chromium: Browser, site: BuiltSite, selector: str) -> None:
    """The comparison has eyes: without a single rule, the page looks otherwise."""
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.goto(site.home + "techniques/")
    styles = _all_rules()
    assert _look(page, styles) > 50
    assert _changes(page, styles) == []
    page.evaluate(
        """selector => {
            const { sheet } = document.querySelector("link[rel=stylesheet]");
            sheet.deleteRule([...sheet.cssRules].findIndex((rule) => rule.selectorText === selector));
        }""",
        selector,
    )
    assert _changes(page, styles) != []
    page.close()


def _all_rules() -> str:
    """Give every rule of the site's style sheets, as they are written."""
    import yaml

    class _Loader(yaml.SafeLoader):
        """Reads mkdocs.yml, whose `!ENV` asks for the environment."""

    _Loader.add_constructor("!ENV", lambda loader, node: None)
    config = yaml.load((PROJECT / "mkdocs.yml").read_text("utf-8"), _Loader)
    return "\n".join((PROJECT / "docs" / path).read_text("utf-8") for path in config["extra_css"])


def _use(page: Page, css: str) -> Callable[[], None]:
    """Put a style sheet in the place of the page's own, and give the way back."""
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
            document.querySelector("link[rel=stylesheet]").disabled = true;
        }""",
        css,
    )
    return lambda: page.evaluate("document.adoptedStyleSheets = []; document.querySelector('link[rel=stylesheet]').disabled = false")


def test_every_style_sheet_is_asked_for_by_some_page(site: BuiltSite) -> None:
    asked = {path for path in STYLES for page in site.pages if path in page.html}
    assert asked == set(STYLES)
    assert not (site.folder / "assets" / "css" / "tokens.css").exists(), "the parts are not published beside the whole"
