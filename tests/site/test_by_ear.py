"""Protects readers who listen: what a screen reader is given to speak, in order and with repeats.

A screen reader speaks two things by itself: what gets focus, and what is written into the page's live region. Both are kept in one
list as they come. That Orca then speaks just this, `make listen` shows (tests/heard/).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from built import BuiltPage, BuiltSite

from tools.engines import Tab
from tools.engines.tab import PATIENCE
from tools.spoken import course_of

LISTEN = """(() => {
    window.heard = [];
    const oneLine = (words) => words.replace(/\\s+/g, " ").trim();
    const changes = { childList: true, characterData: true, subtree: true };
    new MutationObserver((records) => records.flatMap(({ addedNodes, target }) => [...addedNodes, ...(target.data ? [target] : [])])
        .forEach((node) => heard.push(oneLine(node.textContent)))).observe(document.querySelector("[aria-live]"), changes);
    addEventListener("focusin", ({ target }) => {
        if (target.matches("h2")) Promise.resolve().then(() => heard.push(`(${oneLine(target.innerText)})`));
    });
})()"""
"""Keeps all that is written into the live region, and in brackets the headings that get focus, with the words that they then have."""
SPEAKS_BY_ITSELF = "[aria-live], [role=status], [role=alert], [role=log], [role=timer], [role=marquee], output"
READY = (
    "Put your phone where you can see it and reach it. "
    "For your own knees only. Had to ask first? After a yes, use a flat hand, lightly. Skip steps that say so."
)
LEGS = "Start with the leg that is more sore. Then do the other leg."
START = ["(Before you start)", "(Get ready)", f"{READY} {LEGS}"]
NOTE = "Set your screen to stay on for "
END = ["(You have finished)", "If you have not rested yet, rest for 1 to 5 minutes with your legs supported. Then stand up slowly."]
NEXT = ".session__controls [data-do=next]"


class Listener:
    """A reader who listens to one page of any browser: all that is asked of `page` is to click, and to run a script in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.evaluate(LISTEN)

    def comes(self, true: str) -> None:
        """Look until something is true in the page."""
        end = time.monotonic() + PATIENCE
        while not self.page.evaluate(true):
            assert time.monotonic() < end, f"{true}: {self.page.evaluate('heard')}"

    def hears(self, many: int) -> list[str]:
        """Give what was heard, once there are so many words to it."""
        self.comes(f"heard.length >= {many}")
        return self.page.evaluate("heard")

    def begins(self) -> None:
        """Go to the first step, once the session is there."""
        self.page.evaluate("dispatchEvent(new Event('scroll'))")
        self.comes("Boolean(document.querySelector('dialog.session'))")
        for button, heard in (("[data-start=new]", 1), ("[data-do=agree]", 3), ("section:not([hidden]) [data-do=steps]", 5)):
            self.page.click(button)
            self.hears(heard)


def heard_by_next(page: BuiltPage) -> list[str]:
    """Give all that is to be heard in a session whose reader taps Next at once."""
    return [*START, *(said for step, _ in course_of(page) for said in step), *END]


# A session


@pytest.mark.parametrize("address", ["techniques/quadriceps-massage/", "routines/2-minutes/"])
def test_each_step_is_heard_once_and_whole(reads: Callable[..., Tab], site: BuiltSite, address: str) -> None:
    """Count, leg, words, limits and notes, also where the step's heading, which is its count, has just been given focus."""
    built = site.page(address)
    expected = heard_by_next(built)
    if not built.all("[data-each-leg=true]"):
        expected[2] = READY
    listener = Listener(reads(address))
    listener.begins()
    ready, after = listener.page.evaluate("heard.slice(2, 4)")
    if NOTE in ready:  # a browser that does not keep the screen on
        expected[2] += ready.removeprefix(expected[2])
    elif NOTE in after:  # and says so late
        expected.insert(3, after)
    for heard in range(len(listener.hears(5)) + 1, len(expected)):
        listener.page.click(NEXT)
        listener.hears(heard)
    assert listener.hears(len(expected)) == expected


def test_a_device_that_says_late_that_its_screen_goes_dark_is_told_of_once(browse: Callable[..., Any]) -> None:
    """What stands on the screen has been heard by then: only what is new is told."""
    watched = browse()
    watched.page.add_init_script("navigator.wakeLock.request = () => new Promise((_, reject) => { window.answer = reject; });")
    page = watched.open("techniques/gentle-knee-rub/")
    listener = Listener(page)
    page.mouse.wheel(0, 40)
    page.locator("dialog.session").wait_for(state="attached")
    page.click("[data-start=new]")
    page.click("[data-do=agree]")
    assert listener.hears(3) == START
    page.evaluate("answer(new Error())")
    assert listener.hears(4) == [*START, f"{NOTE}4 minutes."]


def test_a_session_that_runs_by_itself_says_when_a_time_is_up_and_no_seconds(browse: Callable[..., Any], site: BuiltSite) -> None:
    built = site.page("techniques/gentle-knee-rub/")
    watched = browse()
    watched.page.clock.install(time=0)
    page = watched.open(built.address)
    page.mouse.wheel(0, 40)
    page.locator("dialog.session").wait_for(state="attached")
    page.clock.pause_at(60_000)
    listener = Listener(page)
    expected = list(START)
    for button in ("[data-start=new]", "[data-do=agree]", "section:not([hidden]) [data-do=steps]"):
        page.click(button)
        page.clock.run_for(700)
    course = list(course_of(built))
    for place, (step, seconds) in enumerate(course, 1):
        expected += step
        assert listener.hears(len(expected)) == expected
        if not seconds:
            page.click(NEXT)
            page.clock.run_for(250)
            continue
        page.clock.run_for(seconds * 1_000)
        soon = "You rest soon." if place == len(course) else "Other leg soon." if place == len(course) / 2 else "Next step soon."
        expected.append(f"Time is up. {soon}")
        assert listener.hears(len(expected)) == expected
        page.clock.run_for(4_250)
    page.clock.run_for(700)
    assert listener.hears(len(expected) + 2) == [*expected, *END]


def test_pause_and_coming_back_are_heard(browse: Callable[..., Any]) -> None:
    listener = Listener(browse().open("techniques/gentle-knee-rub/"))
    listener.begins()
    listener.page.click(NEXT)
    listener.hears(6)
    listener.page.click("[data-do=pause]")
    listener.hears(7)
    listener.page.click(".session__bar [data-do=help]")
    listener.page.click("[data-do=go-on]")
    step = "Step 2 of 5, first leg. Rest both palms on the sides of your kneecap for 10 seconds. Paused"
    assert listener.hears(10)[6:] == ["Paused", "(Stop and get help)", "(Step 2 of 5)", step]


def test_the_emergency_words_are_heard_by_whoever_taps_help(browse: Callable[..., Any]) -> None:
    listener = Listener(browse().open("techniques/gentle-knee-rub/"))
    listener.begins()
    listener.page.click(".session__bar [data-do=help]")
    heading, words = listener.hears(7)[5:]
    assert heading == "(Stop and get help)"
    assert words.startswith("Call your emergency number now if you get chest pain, are short of breath or faint.")
    assert words.endswith("Get help today if a calf or thigh is newly swollen, warm, a new colour, or sore for no clear reason.")


def test_nothing_but_the_one_region_speaks_by_itself(browse: Callable[..., Any], site: BuiltSite, subtests: pytest.Subtests) -> None:
    """What is seen has no such role: a screen reader would speak of it as well, and drop the one or the other."""
    reader = browse()
    for built in site.pages:
        with subtests.test(built.address):
            page = reader.open(built.address)
            if built.all(".start"):
                page.mouse.wheel(0, 40)
                page.locator("dialog.session").wait_for(state="attached")
            assert page.locator(SPEAKS_BY_ITSELF).count() == 1
            assert page.locator("[aria-live]").evaluate("region => region.textContent") == ""


# Elsewhere


def test_the_filter_says_what_is_left(browse: Callable[..., Any]) -> None:
    listener = Listener(browse().open("techniques/"))
    listener.page.select_option("[name=place]", "front of the knee")
    listener.hears(1)
    listener.page.click("button[type=reset]")
    assert listener.hears(2) == ["1 of 4 techniques", "4 of 4 techniques"]


def test_my_sheets_say_how_many_are_ready(browse: Callable[..., Any]) -> None:
    listener = Listener(browse().open("my-sheets/"))
    for count, box in enumerate(("gentle-knee-rub", "diary"), 1):
        listener.page.check(f"[value={box}]")
        listener.hears(count)
    for box in ("gentle-knee-rub", "diary"):
        listener.page.uncheck(f"[value={box}]")
    assert listener.hears(3)[:2] == ["1 sheet is ready.", "2 sheets are ready."]
    assert listener.hears(3)[-1] == "Nothing is ticked yet."


def test_the_search_says_once_what_it_found(browse: Callable[..., Any]) -> None:
    listener = Listener(browse().open("about/"))
    listener.page.get_by_role("combobox", name="Search").press_sequentially("thigh")
    listener.page.get_by_role("option").first.wait_for()
    found = listener.page.locator(".site-search__told").inner_text()
    assert re.fullmatch(r"\d+ pages found", found)
    heard = listener.hears(1)
    while found not in heard:
        heard = listener.hears(len(heard) + 1)
    assert heard in ([found], ["Getting the search ready", found])


def test_saving_and_removing_are_heard(browse: Callable[..., Any]) -> None:
    listener = Listener(browse().open(""))
    listener.page.click("[data-do=save]")
    listener.hears(2)
    listener.page.click("[data-do=remove]")
    saving, saved, removed = listener.hears(3)
    assert saving == "Saving. This can take 2 minutes. Keep this page open."
    assert re.fullmatch(r"Saved on this device: \d+ \w+ \d{4}\. \d+ pages, about \d+ kB\.", saved)
    assert removed == "The saved copy is gone."
