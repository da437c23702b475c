"""Protects readers of every browser: what they do on the site is done in the three engines, as far as these may differ."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from built import BuiltSite, words

from tools.engines import Engine, Tab

Reads = Callable[..., Tab]
TECHNIQUE, ROUTINE = "techniques/adductor-release/", "routines/2-minutes/"
WIDTHS = (360, 1280)
STOPS = """window.stopsIn = (part) => [...part.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((one) =>
    one.checkVisibility({ visibilityProperty: true }) && !one.disabled
    && !(one.type === "radio" && !one.checked && part.querySelector(`[name="${one.name}"]:checked`)));"""
"""Where Tab stops; of a group of radio buttons, at the one that is chosen."""
SCREEN = (
    "([...document.querySelectorAll('dialog section')].filter((one) => one.checkVisibility()).length === 1"
    " && document.querySelector('dialog').dataset.screen)"
)


# Every page


def test_every_page_opens_without_an_error_and_never_scrolls_sideways(reads: Reads, site: BuiltSite, subtests: pytest.Subtests) -> None:
    tab = reads("")
    for page in site.pages:
        tab.dark(False)
        tab.resize(WIDTHS[0], 800)
        tab.open(page.address)
        for dark in (False, True):
            tab.dark(dark)
            for width in WIDTHS if not dark else WIDTHS[::-1]:
                with subtests.test(page.address, width=width, dark=dark):
                    tab.resize(width, 800)
                    assert tab.sticks_out() == []
                    assert tab.words("h1")


def test_a_page_that_is_too_wide_would_be_told(engine: Engine, site: BuiltSite) -> None:
    tab = engine.new(site.home)
    tab.resize(360, 800)
    tab.open("")
    tab.run(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"width: 500px\">wide</p>'); document.body.lastChild.style.width = '500px'"
    )
    assert tab.sticks_out()
    tab.run("setTimeout(() => { throw new Error('a fault') })")
    tab.run(
        "console.error('another'); await fetch('there-is-none').catch(() => {}); await new Promise((resolve) => setTimeout(resolve, 50))"
    )
    told = "\n".join(tab.troubles())
    assert "a fault" in told
    assert "another" in told
    assert "there-is-none" in told
    tab.close()


# By keyboard


@pytest.mark.parametrize(("address", "width"), [("", 360), (TECHNIQUE, 360), ("techniques/", 1280), ("about/", 1280), ("my-sheets/", 360)])
def test_tab_reaches_everything_and_goes_on(reads: Reads, address: str, width: int) -> None:
    tab = reads(address, width)
    reaches_all(tab, "document")


def reaches_all(tab: Tab, part: str) -> None:
    """Press Tab through a part of the page, and fail where it does not come to all that can be pressed."""
    tab.run(f"{STOPS} window.reached = new Set(); document.addEventListener('focusin', (event) => reached.add(event.target));")
    count = tab.run(f"window.wanted = stopsIn({part}); wanted[0].focus(); return wanted.length")
    assert count > 2
    left = "wanted.filter((one) => !reached.has(one)).map((one) => one.outerHTML.slice(0, 150))"
    for _ in range(count + 8):
        tab.press("Tab")
        if not tab.evaluate(f"{left}.length"):
            return
    pytest.fail(f"Tab does not come to {tab.evaluate(left)}")


def tab_to(tab: Tab, selector: str, *modifiers: str) -> None:
    """Press Tab until an element has the focus; with "Shift", go back."""
    for _ in range(80):
        if tab.evaluate(f"document.hasFocus() && document.activeElement.matches({json.dumps(selector)})"):
            return
        tab.press("Tab", *modifiers)
    pytest.fail(f"Tab never comes to {selector}")


@pytest.mark.parametrize("width", [480, 1280])
def test_nobody_is_caught_in_the_search(reads: Reads, width: int) -> None:
    """Somebody who uses a keyboard looks for a page, and goes on to what stands behind the search."""
    tab = reads("", width)
    if width < 960:
        tab_to(tab, ".site-search__open")
        tab.press("Enter")
        tab.wait_for("document.activeElement.matches('.site-search__box')")
    tab_to(tab, ".site-search__box")
    tab.type("thigh")
    tab.wait_for("document.querySelector('.found')?.checkVisibility()")
    tab.press("ArrowDown")
    tab.wait_for("document.activeElement.getAttribute('aria-activedescendant') === document.querySelector('.found').id")
    tab_to(tab, "main a")
    assert not tab.evaluate("document.querySelector('.site-search__output').checkVisibility()")
    tab_to(tab, ".site-search__box" if width > 960 else ".site-search__open", "Shift")


@pytest.mark.parametrize("address", [TECHNIQUE, ROUTINE])
def test_a_whole_session_by_keyboard(reads: Reads, site: BuiltSite, address: str) -> None:
    tab = reads(address)
    tab_to(tab, "[data-start=new]")
    tab.press("Enter")
    for screen, button in (("check", "agree"), ("ready", "steps")):
        tab.wait_for(f"{SCREEN} === '{screen}' && document.activeElement.closest('dialog')")
        reaches_all(tab, "document.querySelector('dialog.session')")
        tab_to(tab, f"section:not([hidden]) [data-do={button}]", "Shift")
        tab.press("Enter")
    tab.wait_for(f"{SCREEN} === 'step'")
    reaches_all(tab, "document.querySelector('dialog.session')")
    tab_to(tab, "dialog [data-do=next]", "Shift")
    shown = steps_until_the_end(tab, lambda: tab.press("ArrowRight"))
    assert steps_of(site, address) <= shown
    tab.press("Escape")
    tab.wait_for("!document.querySelector('dialog.session').open && document.activeElement.closest('.start')")


@pytest.mark.parametrize("address", [TECHNIQUE, ROUTINE])
def test_a_whole_session_by_pointer(reads: Reads, site: BuiltSite, address: str) -> None:
    tab = reads(address)
    tab.click("[data-start=new]")
    tab.wait_for(f"{SCREEN} === 'check'")
    tab.click("dialog [data-do=agree]")
    tab.click("dialog [data-do=steps]")
    shown = steps_until_the_end(tab, lambda: tab.click("dialog [data-do=next]"))
    assert steps_of(site, address) <= shown
    tab.click("dialog section[data-screen=end] [data-do=done]")
    tab.wait_for("!document.querySelector('dialog.session').open")


def steps_until_the_end(tab: Tab, go_on: Callable[[], None]) -> set[str]:
    """Go through the steps of a session, and return their words."""
    shown: set[str] = set()
    where = "document.querySelector('[data-session=where]').textContent + document.querySelector('[data-session=count]').textContent"
    for _ in range(60):
        tab.wait_for(f"{SCREEN} !== 'ready'")
        if tab.evaluate(SCREEN) == "end":
            return shown
        shown.add(tab.words("[data-session=words]"))
        before = json.dumps(tab.evaluate(where))
        go_on()
        tab.wait_for(f"{SCREEN} === 'end' || ({where}) !== {before}")
    raise AssertionError("the session does not end")


def steps_of(site: BuiltSite, address: str) -> set[str]:
    """Return the first words of every step of a page."""
    return {words(step.query("p")[0] if step.query("p") else step) for step in site.page(address).all(".steps ol > li")}


# What the site's scripts do


def test_the_filter_shortens_the_list(reads: Reads) -> None:
    tab = reads("techniques/")
    everything = tab.evaluate("document.querySelectorAll('.technique-list > li').length")
    tab.run("""const choice = document.querySelector("select[name=place]"); choice.value = "inner thigh";
        for (const event of ["input", "change"]) choice.dispatchEvent(new Event(event, { bubbles: true }));""")
    tab.wait_for("[...document.querySelectorAll('.technique-list > li')].filter((one) => one.checkVisibility()).length === 1")
    tab.wait_for(f"document.querySelector('main').innerText.includes('1 of {everything} techniques')")
    tab.click("button", "Show all")
    tab.wait_for(f"[...document.querySelectorAll('.technique-list > li')].filter((one) => one.checkVisibility()).length === {everything}")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_search_leads_to_a_page(reads: Reads, width: int) -> None:
    tab = reads("about/", width)
    tab.click(".site-search__open" if width == WIDTHS[0] else ".site-search__box")
    tab.wait_for("document.activeElement.matches('.site-search__box')")
    tab.type("quadriceps")
    # The list is written anew for each letter, and a press that begins on one list and ends on the next is no click.
    tab.wait_for(
        "document.querySelector('.site-search__box').value === 'quadriceps' && document.querySelector('.found')?.checkVisibility()"
    )
    tab.goes(".found")
    tab.wait_for("document.querySelector('h1')?.innerText === 'Front of the thigh: quadriceps massage'")


def test_the_menu_leads_to_a_page(reads: Reads) -> None:
    tab = reads("tips/")
    tab.click(".site-menu summary", "Menu")
    tab.goes(".site-menu a", "Evidence")
    assert tab.evaluate("location.pathname.endsWith('/evidence/')")


def test_the_colours_change_and_stay(reads: Reads, site: BuiltSite) -> None:
    tab = reads("about/")
    tab.click("label", "Dark")
    tab.wait_for("document.documentElement.dataset.colours === 'dark'")
    tab.open("")
    assert tab.evaluate("document.documentElement.dataset.colours") == "dark"


def test_my_sheets_are_put_together_and_kept_in_the_address(reads: Reads) -> None:
    tab = reads("my-sheets/")
    tab.click("label", "4-week diary")
    tab.wait_for("document.querySelector('[data-my-sheets]').innerText.includes('1 sheet is ready.')")
    tab.open(tab.evaluate("location.href"))
    tab.wait_for("document.querySelector('[data-my-sheets]').innerText.includes('1 sheet is ready.')")
    assert tab.evaluate("document.querySelectorAll('.sheet').length") == 1


def test_the_site_is_saved_and_removed(reads: Reads) -> None:
    tab = reads("")
    tab.click("button", "Save for offline")
    tab.wait_for("document.querySelector('.save-offline').innerText.includes('Saved on this device')")
    tab.click("button", "Remove the saved copy")
    tab.wait_for("document.querySelector('.save-offline').innerText.includes('The saved copy is gone.')")
    assert tab.evaluate("caches.keys()") == []


# Without scripts


@pytest.mark.parametrize("address", ["", TECHNIQUE, "techniques/", "about/", "my-sheets/"])
def test_without_scripts_the_words_are_there_and_no_control_is_dead(reads: Reads, address: str) -> None:
    tab = reads(address, scripts=False)
    dead = (
        "[...document.querySelectorAll('button, select, input, form')].filter((one) =>"
        " one.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true }) && !one.closest('.tick-list'))"
    )
    assert tab.evaluate(f"{dead}.map((one) => one.outerHTML.slice(0, 120))") == []
    assert tab.evaluate("document.querySelector('main').innerText.length") > 300
