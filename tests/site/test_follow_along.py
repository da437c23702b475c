"""Protects the reader who follows along with lotion on the hands: the timed session, driven as a reader drives it.

The browser's clock is Playwright's, so minutes pass at once. Wake lock and voices are stand-ins that a test can look into.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe import AXE, violations
from built import PROJECT, BuiltPage, BuiltSite, collapse_whitespace, words
from playwright.sync_api import Browser, Page
from waiting import until

PHONE = {"width": 360, "height": 640}
SIZES = {
    "upright": PHONE,
    "on its side": {"width": 640, "height": 360},
    "tablet": {"width": 768, "height": 1024},
    "wide": {"width": 1280, "height": 800},
}
ENHANCED = {**AXE, "rules": {"color-contrast-enhanced": {"enabled": True}}}
"""In the site's own colours, all words have a contrast of 7 to 1."""
TARGET = 64
"""The least side of anything to press in a session, in CSS pixels."""
BUDGETS = {"technique.js": 2_300, "session.js": 7_250}
"""The most bytes of the scripts of a technique's page, compressed: what comes with the page, and the session with its words."""
ONE_SCREEN = """[...document.querySelectorAll("dialog.session section")].filter(
    (one) => getComputedStyle(one).display !== "none").length <= 1"""
"""The screen that was left has gone: it stays for a moment, so that a screen reader does not lose its place."""
KEY = "knee-ease-session"
BREATH = 4_000
"""Milliseconds from "Time is up" to the next step."""
LOOK = 500
"""Milliseconds within which a change shows."""
START = "Start: "
AGREE = "Nothing on this list is true for me: start"
FIRST = "Show step 1"

WAKE_LOCK = """
    window.wake = { asked: 0, held: 0, refuse: false };
    Object.defineProperty(navigator, "wakeLock", { configurable: true, value: {
        async request() {
            wake.asked += 1;
            if (wake.refuse) throw new DOMException("no", "NotAllowedError");
            wake.held += 1;
            const lock = new EventTarget();
            lock.release = async () => {
                if (lock.gone) return;
                lock.gone = true;
                wake.held -= 1;
                lock.dispatchEvent(new Event("release"));
            };
            wake.lock = lock;
            return lock;
        },
    } });
    window.hide = (hidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
        if (hidden) wake.lock?.release();
        document.dispatchEvent(new Event("visibilitychange"));
    };
"""
BELL = """
    window.tones = 0;
    const begin = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { tones += 1; return begin.apply(this, when); };
"""
TONES = 3
"""One stroke of the bell is made of so many tones."""


def voices(*offered: dict[str, Any], late: bool = False) -> str:
    """Give a stand-in for the browser's speech, with these voices: it notes what it is told, and when."""
    return """
    window.said = [];
    const speech = new EventTarget();
    let ready = !LATE;
    Object.assign(speech, {
        speaking: false,
        pending: false,
        getVoices: () => (ready ? OFFERED : []),
        speak(utterance) { this.speaking = true; said.push([Date.now(), "speak", utterance.text, utterance.voice.name]); },
        cancel() { this.speaking = false; said.push([Date.now(), "cancel"]); },
    });
    window.voicesCome = () => { ready = true; speech.dispatchEvent(new Event("voiceschanged")); };
    Object.defineProperty(window, "speechSynthesis", { configurable: true, value: speech });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
""".replace("LATE", json.dumps(late)).replace("OFFERED", json.dumps(offered))


OUT_OF_SIGHT = """() => ["[data-do=help]", "[data-do=next]", "[data-do=back]", "[data-session=clock]"].filter(one => {
    const box = document.querySelector("dialog.session " + one).getBoundingClientRect();
    return !box.width || box.top < 0 || box.bottom > innerHeight || box.right > innerWidth;
})"""

HERE = {"name": "Here", "lang": "en_GB", "localService": True}
AWAY = {"name": "Away", "lang": "en-GB", "localService": False}
FOREIGN = {"name": "Foreign", "lang": "fr-FR", "localService": True}


class Reader:
    """A reader in front of one page: presses what has words on it, and sees what is on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.locator("dialog.session")

    def press(self, name: str) -> None:
        """Press the button with these words (from their beginning)."""
        self.page.get_by_role("button", name=re.compile("^" + re.escape(name))).first.click()
        until(self.page, ONE_SCREEN)

    def sees(self, name: str) -> bool:
        """Tell whether a button or switch with these words can be pressed."""
        named = re.compile("^" + re.escape(name))
        return any(self.session.get_by_role(role, name=named).count() for role in ("button", "switch"))

    def wait(self, milliseconds: float) -> None:
        """Let time pass."""
        self.page.clock.run_for(milliseconds)

    def wait_until(self, happens: Callable[[], bool]) -> int:
        """Let time pass, in small steps, until something happens; give how many milliseconds it took."""
        for look in range(1, 10 * 60_000 // LOOK):
            self.wait(LOOK)
            if happens():
                return look * LOOK
        raise AssertionError("it did not happen within 10 minutes")

    def part(self, name: str) -> str:
        """Give the words of a part of the session."""
        return collapse_whitespace(self.page.locator(f'[data-session="{name}"]').inner_text())

    @property
    def screen(self) -> str | None:
        """Give the screen that is shown; None where there is no session."""
        return self.session.get_attribute("data-screen") if self.session.evaluate("dialog => dialog.open") else None

    @property
    def step(self) -> tuple[str, str]:
        """Give which step is shown, and its words."""
        return self.part("count"), self.part("words")

    @property
    def clock(self) -> str:
        """Give what the clock shows."""
        return self.part("time")

    @property
    def message(self) -> str:
        """Give what the clock says in words."""
        return self.part("message")

    @property
    def kept(self) -> Any:
        """Give what the browser keeps of the session."""
        return json.loads(self.page.evaluate(f"sessionStorage.getItem('{KEY}')") or "null")

    def switch(self, name: str) -> None:
        """Turn a switch on or off, as a finger does: on its row."""
        self.session.locator("label").filter(has_text=name).click()

    def is_on(self, name: str) -> bool:
        """Tell how a switch stands."""
        return self.page.get_by_role("switch", name=name).is_checked()

    def to_ready(self) -> Reader:
        """Press Start, and agree to the safety check."""
        self.press(START)
        self.press(AGREE)
        assert self.screen == "ready"
        return self

    def to_step(self, number: int = 1) -> Reader:
        """Go on to a step of the first leg."""
        self.to_ready()
        self.press(FIRST)
        for _ in range(number - 1):
            self.press("Next")
        return self


@pytest.fixture
def follow(browse: Callable[..., Any], site: BuiltSite) -> Callable[..., Reader]:
    """Give a function that opens a page for a reader, with a clock that only the test moves (where `paused`)."""

    def new(
        address: str = "techniques/gentle-knee-rub/", *, before: str = "", size: dict[str, int] = PHONE, paused: bool = True, **options: Any
    ) -> Reader:
        watched = browse(**{"reduced_motion": "reduce", **options})
        watched.page.clock.install(time=0)
        watched.page.add_init_script(WAKE_LOCK + BELL + before)
        watched.page.set_viewport_size(size)
        watched.page.goto(site.home + address)
        if paused:
            watched.page.clock.pause_at(60_000)
        return Reader(watched.page)

    return new


def parts_of(page: BuiltPage) -> list[tuple[str, bool, list[tuple[str, int]]]]:
    """Read from a built page what a session should do: each part's title, whether for both legs, and its steps with their seconds."""
    return [
        (
            section.attrs["data-title"] or "",
            section.attrs["data-each-leg"] == "true",
            [(_own_words(item), int(item.attrs["data-seconds"] or 0)) for item in section.query("ol > li")],
        )
        for section in page.all("section.steps")
    ]


def _own_words(item: Any) -> str:
    paragraphs = [child for child in item.children if getattr(child, "name", "") == "p"]
    return words(paragraphs[0] if paragraphs else item)


def course_of(page: BuiltPage) -> list[tuple[str, str, str, int]]:
    """Give every step of a session in order: "Step 1 of 5", its words, the leg in words, and its seconds."""
    return [
        (f"Step {number} of {len(steps)}", text, leg, seconds)
        for _, each_leg, steps in parts_of(page)
        for leg in (("first leg", "other leg") if each_leg else ("",))
        for number, (text, seconds) in enumerate(steps, 1)
    ]


def followed(site: BuiltSite) -> list[BuiltPage]:
    """Give every page that can be followed along."""
    return [page for page in site.pages if page.all("section.steps") and page.all(".start")]


# The whole way through


def test_every_technique_and_routine_can_be_followed(site: BuiltSite) -> None:
    pages = {page.address for page in followed(site)}
    assert pages >= {page.address for page in site.guides}
    routines = {page.address for page in site.pages if page.address.startswith("routines/") and page.address != "routines/"}
    assert pages >= routines


def test_a_session_by_pointer_shows_every_step_of_every_page_in_order(
    follow: Callable[..., Reader], site: BuiltSite, subtests: pytest.Subtests
) -> None:
    for built in followed(site):
        with subtests.test(built.address):
            reader = follow(built.address).to_ready()
            reader.press(FIRST)
            course = course_of(built)
            for place, (count, text, leg, _) in enumerate(course, 1):
                told = "Now the other leg. " if leg == "other leg" and count.startswith("Step 1 ") else ""
                assert (
                    collapse_whitespace(
                        reader.session.locator(".session__step > :not(.session__where, .session__notes)").evaluate_all(
                            "all => all.filter(one => !one.hidden).map(one => one.innerText).join(' ')"
                        )
                    )
                    == f"{count} {told}{text}"
                )
                assert reader.part("where").endswith(leg)
                reader.press("Next" if place < len(course) else "Finish")
            assert reader.screen == "end"
            reader.press("Done")
            assert reader.screen is None
            assert reader.kept is None


def test_a_session_runs_by_itself_once_the_reader_is_ready(follow: Callable[..., Reader], site: BuiltSite) -> None:
    """Hands with lotion on them press Next once, when the reader sits. All else comes by itself, other leg and end included."""
    built = site.page("techniques/gentle-knee-rub/")
    reader = follow(built.address).to_step()
    course = course_of(built)
    reader.wait(10 * 60_000)
    assert reader.step == course[0][:2]
    assert reader.message == "Take your time. Then tap Next."
    reader.press("Next")
    for place, (count, text, _, seconds) in list(enumerate(course))[1:]:
        assert reader.step == (count, text)
        assert seconds * 1000 - LOOK <= reader.wait_until(lambda: reader.message != "") <= seconds * 1000 + LOOK
        last, change = place == len(course) - 1, place == len(course) / 2 - 1
        assert reader.message == "Time is up. " + ("You rest soon." if last else "Other leg soon." if change else "Next step soon.")
        assert BREATH - LOOK <= reader.wait_until(lambda: reader.screen == "end" or reader.message == "") <= BREATH + LOOK
    assert reader.screen == "end"
    assert reader.kept is None


def test_a_routine_runs_through_its_parts(follow: Callable[..., Reader], site: BuiltSite) -> None:
    """The time of all its parts passes; a technique's first step waits, so that the reader can sit down and read its limits."""
    built = max(followed(site), key=lambda page: len(page.all("section.steps")))
    parts = parts_of(built)
    assert len(parts) > 1
    reader = follow(built.address).to_step()
    for number, (title, _, _) in enumerate(parts, 1):
        assert reader.part("where").startswith(f"Part {number} of {len(parts)}: {title}")
        for _ in range(3600):
            if reader.message.startswith("Take your time"):
                reader.press("Next")
            if reader.screen == "end" or not reader.part("where").startswith(f"Part {number} "):
                break
            reader.wait(5_000)
    assert reader.screen == "end"


def test_a_session_by_keyboard_alone(follow: Callable[..., Reader]) -> None:
    reader = follow()
    page, keys = reader.page, reader.page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(40):
            if page.evaluate("document.activeElement.innerText").strip().startswith(name):
                return
            keys.press("Tab")
        raise AssertionError(f"Tab never reached {name!r}")

    page.locator(".start__button").first.focus()
    keys.press("Enter")
    assert reader.screen == "check"
    assert page.evaluate("document.activeElement.innerText") == "Before you start"
    tab_to("Nothing on this list")
    keys.press("Enter")
    keys.press("Tab")  # from the heading to the first switch
    keys.press("Space")
    assert not reader.is_on("Keep screen on")
    tab_to(FIRST)
    keys.press("Enter")
    assert page.evaluate("document.activeElement.innerText").split("\n")[0] == "Step 1 of 5"
    keys.press("ArrowRight")
    assert reader.part("count") == "Step 2 of 5"
    reader.wait(3_000)
    keys.press("Space")
    assert reader.message == "Paused"
    keys.press("Space")
    assert reader.message == ""
    keys.press("ArrowLeft")
    assert reader.part("count") == "Step 1 of 5"
    tab_to("Next")
    for _ in range(10):
        keys.press("Enter")  # focus stays on Next, from step to step
    assert reader.screen == "end"
    tab_to("Done")
    keys.press("Space")
    assert reader.screen is None
    assert page.evaluate("document.activeElement.innerText").startswith(START)


def test_space_presses_the_button_that_has_focus_and_does_not_pause(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(2)
    reader.session.locator("[data-do=next]").focus()
    reader.page.keyboard.press("Space")
    assert reader.part("count") == "Step 3 of 5"
    assert reader.message == ""


def test_arrows_turn_round_where_the_language_is_written_from_right_to_left(follow: Callable[..., Reader]) -> None:
    reader = follow()
    reader.page.evaluate("document.documentElement.dir = document.body.dir = 'rtl'")
    reader.to_step()
    reader.page.keyboard.press("ArrowLeft")
    assert reader.part("count") == "Step 2 of 5"
    assert reader.session.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    back, onward = (reader.session.locator(f"[data-do={name}]").bounding_box() for name in ("back", "next"))
    assert back["x"] > onward["x"]


# Safety


def test_the_safety_check_comes_first_and_is_the_pages_own_list(follow: Callable[..., Reader], site: BuiltSite) -> None:
    reader = follow()
    built = site.page("techniques/gentle-knee-rub/")
    reader.press(START)
    assert reader.screen == "check"
    shown = [collapse_whitespace(text) for text in reader.session.locator("[data-list=do-not] li").all_inner_texts()]
    assert shown == [words(item) for item in built.all(".safety-card__part--do-not li")]
    assert reader.session.locator("section:not([hidden]) [data-help]").get_attribute("href") == "../../when-to-seek-help/"
    reader.press("Leave")
    assert reader.screen is None
    assert reader.kept is None


def test_stop_and_get_help_shows_the_signs_and_the_clock_waits(follow: Callable[..., Reader], site: BuiltSite) -> None:
    reader = follow().to_step(3)
    reader.wait(5_000)
    before = reader.clock
    reader.press("Stop and get help")
    shown = [collapse_whitespace(text) for text in reader.session.locator("section:not([hidden]) [data-list=stop] li").all_inner_texts()]
    assert shown == [words(item) for item in site.page("techniques/gentle-knee-rub/").all(".safety-card__part--stop li")]
    reader.wait(60_000)
    reader.press("None of these")
    assert reader.clock == before
    reader.press("Stop and get help")
    reader.press("Stop for today")
    assert reader.screen is None
    assert reader.kept is None
    assert reader.page.locator(".start").inner_text().startswith(START)


def test_help_back_and_next_are_in_sight_on_every_step_and_the_words_are_very_large(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step()
    for _ in range(10):
        for name, size in SIZES.items():
            reader.page.set_viewport_size(size)
            assert reader.page.evaluate(OUT_OF_SIGHT) == [], name
            assert 28 <= reader.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.session__words')).fontSize)") <= 48
        reader.press("Finish" if reader.sees("Finish") else "Next")


def test_the_end_says_how_to_rest_and_how_to_judge(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step()
    for _ in range(9):
        reader.press("Next")
    reader.press("Finish")
    shown = collapse_whitespace(reader.session.inner_text())
    for said in ("stand up slowly", "Judge by the next day", "Stop if", "call your emergency number", "Read when to seek help"):
        assert said in shown


@pytest.mark.parametrize(
    ("address", "after_massage", "after_exercise"),
    [
        ("techniques/gentle-knee-rub/", True, False),
        ("routines/5-minutes/", True, False),
        ("exercises/knee-exercises/", False, True),
        ("routines/10-minutes/", True, True),
    ],
)
def test_the_end_says_how_to_judge_what_was_done(
    follow: Callable[..., Reader], address: str, after_massage: bool, after_exercise: bool
) -> None:
    reader = follow(address).to_step()
    while not reader.sees("Finish"):
        reader.press("Next")
    reader.press("Finish")
    shown = collapse_whitespace(reader.session.inner_text())
    assert ("do half the strokes, and press less" in shown, "Within 1 hour, your knee feels as usual" in shown) == (
        after_massage,
        after_exercise,
    )


def test_each_exercise_is_followed_with_its_picture_and_with_when_to_leave_it_out(follow: Callable[..., Reader], site: BuiltSite) -> None:
    page = site.page("exercises/knee-exercises/")
    pictures = [picture.attrs["alt"] for picture in page.all(".steps li img")]
    assert len(set(pictures)) == len(page.all(".steps li > p:first-child")) == 6
    reader = follow(page.address).to_step()
    shown = []
    for _ in pictures:
        shown.append(reader.session.locator(".session__picture img").get_attribute("alt"))
        left_out = "Leave it out" in reader.session.locator(".session__notes").inner_text()
        assert left_out == (len(shown) in (3, 5, 6))
        reader.press("Finish" if reader.sees("Finish") else "Next")
    assert shown == pictures


# The clock


def test_back_and_next_keep_what_is_left_of_each_step(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(3)
    reader.wait(12_000)
    assert reader.clock == "0:18"
    reader.press("Next")
    reader.wait(5_000)
    assert reader.clock == "0:25"
    reader.press("Back")
    assert reader.clock == "0:18"
    reader.wait(1_000)
    assert reader.clock == "0:17"
    reader.press("Next")
    assert reader.clock == "0:25"


def test_a_step_that_is_done_starts_again_when_the_reader_goes_back_to_it(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(3)
    reader.wait(30_000 + BREATH + 500)
    assert reader.part("count") == "Step 4 of 5"
    reader.press("Back")
    assert reader.clock == "0:30"


def test_pause_holds_the_clock_also_over_steps(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(3)
    reader.wait(10_000)
    reader.press("Pause")
    reader.wait(120_000)
    assert (reader.message, reader.clock) == ("Paused", "0:20")
    reader.press("Next")
    reader.wait(60_000)
    assert (reader.message, reader.clock) == ("Paused", "0:30")
    reader.press("Continue")
    reader.wait(1_000)
    assert reader.clock == "0:29"


def test_pause_also_holds_back_the_next_step(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(3)
    reader.wait(31_000)
    reader.press("Pause")
    reader.wait(60_000)
    assert reader.part("count") == "Step 3 of 5"
    reader.press("Continue")
    reader.wait(BREATH)
    assert reader.part("count") == "Step 4 of 5"


def test_next_step_comes_only_when_asked_for_if_the_reader_says_so(follow: Callable[..., Reader]) -> None:
    reader = follow().to_ready()
    reader.switch("Next step comes by itself")
    reader.press(FIRST)
    reader.press("Next")
    reader.wait(10_250)
    assert reader.message == "Time is up. Tap Next."
    assert not reader.sees("Pause")
    reader.wait(3_600_000)
    assert reader.part("count") == "Step 2 of 5"
    reader.press("Settings")
    reader.switch("Next step comes by itself")
    reader.press("Continue")
    reader.wait(BREATH + 500)
    assert reader.part("count") == "Step 3 of 5"


def test_nothing_moves_on_while_the_screen_is_off(follow: Callable[..., Reader]) -> None:
    """The clock runs on, since hands do too, but one that comes back finds the step that it left."""
    reader = follow().to_step(3)
    reader.page.evaluate("hide(true)")
    reader.wait(600_000)
    reader.page.evaluate("hide(false)")
    assert reader.part("count") == "Step 3 of 5"
    assert reader.message == "Time is up. Next step soon."
    reader.wait(BREATH + 500)
    assert reader.part("count") == "Step 4 of 5"


def test_what_the_settings_say_is_kept_while_the_clock_waits_for_them(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(3)
    reader.wait(4_000)
    reader.press("Settings")
    reader.wait(60_000)
    reader.press("Continue")
    assert (reader.part("count"), reader.clock) == ("Step 3 of 5", "0:26")


# The bell


def test_the_bell_rings_when_the_time_is_up_and_twice_before_the_other_leg(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(4)
    assert reader.page.evaluate("tones") == 0
    reader.wait(30_500)
    assert reader.page.evaluate("tones") == TONES
    reader.wait(BREATH)
    reader.wait(20_500)
    assert reader.message == "Time is up. Other leg soon."
    assert reader.page.evaluate("tones") == 3 * TONES


def test_the_bell_is_heard_when_it_is_turned_on_and_is_silent_when_off(follow: Callable[..., Reader]) -> None:
    reader = follow().to_ready()
    reader.switch("Bell")
    reader.press(FIRST)
    reader.press("Next")
    reader.wait(10_500)
    assert reader.message.startswith("Time is up.")
    assert reader.page.evaluate("tones") == 0
    reader.press("Settings")
    reader.switch("Bell")
    assert reader.page.evaluate("tones") == TONES


# The screen


def test_the_screen_is_kept_on_after_a_tap_and_let_go_on_leaving(follow: Callable[..., Reader]) -> None:
    reader = follow()
    reader.press(START)
    assert reader.page.evaluate("wake.asked") == 0
    reader.press(AGREE)
    assert reader.is_on("Keep screen on")
    until(reader.page, "wake.held === 1")
    reader.switch("Keep screen on")
    assert not reader.is_on("Keep screen on")
    until(reader.page, "wake.held === 0")
    reader.switch("Keep screen on")
    reader.press(FIRST)
    reader.press("Leave")
    until(reader.page, "wake.held === 0")


def test_the_screen_is_let_go_at_the_end_and_when_the_phone_was_forgotten(follow: Callable[..., Reader], site: BuiltSite) -> None:
    reader = follow().to_step()
    for _ in range(9):
        reader.press("Next")
    until(reader.page, "wake.held === 1")
    reader.press("Finish")
    until(reader.page, "wake.held === 0")
    reader.press("Done")
    reader.to_step()
    course = course_of(site.page("techniques/gentle-knee-rub/"))
    length = sum(seconds * 1000 + BREATH for *_, seconds in course)
    reader.wait(length + 9 * 60_000)
    until(reader.page, "wake.held === 1")
    reader.wait(2 * 60_000)
    until(reader.page, "wake.held === 0")


def test_a_screen_lost_on_hide_is_asked_for_again_only_if_still_wanted(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step()
    reader.page.evaluate("hide(true)")
    until(reader.page, "wake.held === 0")
    reader.page.evaluate("hide(false)")
    until(reader.page, "wake.held === 1")
    reader.press("Settings")
    assert reader.is_on("Keep screen on")
    reader.switch("Keep screen on")
    asked = reader.page.evaluate("wake.asked")
    reader.page.evaluate("hide(true)")
    reader.page.evaluate("hide(false)")
    assert reader.page.evaluate("wake.asked") == asked
    assert not reader.is_on("Keep screen on")


def test_the_switch_shows_it_when_the_phone_takes_the_screen_back(follow: Callable[..., Reader]) -> None:
    reader = follow().to_ready()
    reader.page.evaluate("wake.lock.release()")
    assert not reader.is_on("Keep screen on")


@pytest.mark.parametrize(
    "without", ["wake.refuse = true;", "delete navigator.wakeLock; Object.defineProperty(navigator, 'wakeLock', { value: undefined });"]
)
def test_where_the_screen_cannot_be_kept_on_the_switch_gives_way_to_1_sentence(
    follow: Callable[..., Reader], site: BuiltSite, without: str
) -> None:
    reader = follow(before=without).to_ready()
    assert not reader.sees("Keep screen on")
    course = course_of(site.page("techniques/gentle-knee-rub/"))
    minutes = math.ceil(sum(seconds + BREATH / 1000 for *_, seconds in course) / 60)
    assert reader.part("awake-note") == f"Set your screen to stay on for {minutes} minutes."


# Reading aloud


def test_without_a_voice_on_the_device_nothing_is_offered(follow: Callable[..., Reader], subtests: pytest.Subtests) -> None:
    missing = "Object.defineProperty(window, 'speechSynthesis', { value: undefined });"
    for name, before in {"no speech": missing, "no voices": voices(), "others only": voices(AWAY, FOREIGN)}.items():
        with subtests.test(name):
            reader = follow(before=before).to_ready()
            assert not reader.sees("Read aloud")
            reader.press(FIRST)
            assert not reader.sees("Read this step")


def test_reading_aloud_is_off_until_asked_for_and_uses_the_voice_of_the_device(follow: Callable[..., Reader]) -> None:
    reader = follow(before=voices(AWAY, FOREIGN, HERE)).to_ready()
    assert not reader.is_on("Read aloud")
    reader.press(FIRST)
    assert reader.page.evaluate("said") == []
    assert not reader.sees("Read this step")
    reader.press("Settings")
    reader.switch("Read aloud")
    reader.press("Continue")
    said = [what[2:] for what in reader.page.evaluate("said")]
    assert said[0] == ["Sit on a sturdy chair with both feet flat.", "Here"]
    assert all(len(re.findall(r"[.!?]", sentence)) == 1 for sentence, _ in said)
    assert {voice for _, voice in said} == {"Here"}


def test_words_never_follow_straight_after_others_were_called_off(follow: Callable[..., Reader]) -> None:
    reader = follow(before=voices(HERE)).to_ready()
    reader.switch("Read aloud")
    reader.press(FIRST)
    reader.press("Next")
    reader.press("Next")
    reader.session.locator("[data-do=hush]").click()
    reader.press("Read this step")
    reader.wait(1_000)
    said = reader.page.evaluate("said")
    for (then, did, *_), (now, does, *_) in itertools.pairwise(said):
        if did == "cancel" and does == "speak":
            assert now - then >= 250
    assert said[-1][2] == "Keep a palm on each side of the kneecap, and move the skin in small circles for 30 seconds."
    reader.press("Leave")
    until(reader.page, "said.at(-1)[1] === 'cancel'")


def test_voices_that_come_late_are_offered_when_they_come(follow: Callable[..., Reader]) -> None:
    reader = follow(before=voices(HERE, late=True)).to_ready()
    assert not reader.sees("Read aloud")
    reader.page.evaluate("voicesCome()")
    assert reader.sees("Read aloud")


# Leaving and coming back


def test_a_reload_in_the_middle_offers_to_go_on(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(3)
    reader.wait(12_000)
    reader.page.reload()
    start = reader.page.locator(".start")
    assert start.locator("button:visible").all_inner_texts() == ["Continue: step 3 of 5", "Start again"]
    reader.press("Continue")
    assert (reader.screen, reader.part("count"), reader.clock) == ("step", "Step 3 of 5", "0:18")
    until(reader.page, "wake.held === 1")
    for _ in range(5):
        reader.press("Next")
    reader.page.reload()
    assert start.locator("button:visible").first.inner_text() == "Continue: step 3 of 5, other leg"
    reader.press("Start again")
    assert reader.screen == "check"
    assert reader.kept is None


def test_escape_leaves_and_the_place_is_kept(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(3)
    reader.wait(2_000)
    reader.page.keyboard.press("Escape")
    assert reader.screen is None
    assert reader.kept["place"] == 2
    reader.page.locator("button:focus", has_text="Continue: step 3 of 5").wait_for()
    reader.wait(60_000)
    reader.press("Continue")
    assert reader.clock == "0:28"


def test_settings_are_kept_with_the_place(follow: Callable[..., Reader]) -> None:
    reader = follow().to_ready()
    reader.switch("Bell")
    reader.switch("Keep screen on")
    reader.press(FIRST)
    reader.page.reload()
    reader.press("Continue")
    assert reader.page.evaluate("wake.asked") == 0
    reader.press("Settings")
    assert not reader.is_on("Bell")
    assert not reader.is_on("Keep screen on")


def test_after_half_an_hour_the_safety_check_comes_first_again(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(3)
    reader.press("Leave")
    reader.wait(31 * 60_000)
    reader.page.reload()
    assert reader.page.locator(".start button:visible").all_inner_texts() == ["Start: 4 minutes"]


def test_a_place_of_another_page_or_of_older_steps_is_not_offered(follow: Callable[..., Reader], site: BuiltSite) -> None:
    reader = follow().to_step(3)
    reader.press("Leave")
    reader.page.goto(site.home + "techniques/it-band-massage/")
    assert reader.page.locator(".start button:visible").count() == 1
    reader.page.goto(site.home + "techniques/gentle-knee-rub/")
    assert reader.page.locator(".start button:visible").count() == 2
    for broken in ('{"shape": "other"}', "not even JSON", "{}", "null"):
        reader.page.evaluate(f"kept => sessionStorage.setItem('{KEY}', kept)", broken)
        reader.page.reload()
        assert reader.page.locator(".start button:visible").count() == 1


def test_a_browser_that_keeps_nothing_can_follow_all_the_same(follow: Callable[..., Reader]) -> None:
    reader = follow(before="Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no'); } });").to_step(3)
    reader.press("Leave")
    assert reader.page.locator(".start button:visible").all_inner_texts() == ["Start: 4 minutes"]


def test_nothing_else_is_kept(follow: Callable[..., Reader]) -> None:
    reader = follow()
    before = reader.page.evaluate("Object.keys(localStorage).sort()")
    reader.to_step(3)
    assert reader.page.evaluate("Object.keys(sessionStorage)") == [KEY]
    assert reader.page.evaluate("Object.keys(localStorage).sort()") == before
    assert reader.page.context.cookies() == []


# For every reader


@pytest.mark.parametrize(
    "colours", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"color_scheme": "dark", "forced_colors": "active"}]
)
def test_axe_finds_nothing_on_any_screen(follow: Callable[..., Reader], subtests: pytest.Subtests, colours: dict[str, str]) -> None:
    reader = follow(before=voices(HERE), paused=False, **colours)  # axe needs a clock that goes

    def clean(name: str) -> None:
        with subtests.test(name):
            assert violations(reader.page, AXE if "forced_colors" in colours else ENHANCED) == []

    clean("start")
    reader.press(START)
    clean("check")
    reader.press(AGREE)
    reader.switch("Read aloud")
    clean("ready")
    reader.press(FIRST)
    clean("a step that waits")
    reader.press("Next")
    clean("a step that runs")
    reader.wait(10_500)
    clean("time is up")
    reader.press("Stop and get help")
    clean("help")
    reader.press("None of these")
    for _ in range(4):
        reader.press("Next")
    clean("other leg")
    for _ in range(4):
        reader.press("Next")
    reader.press("Finish")
    clean("end")
    reader.press("Done")


SMALL = """() => [...document.querySelectorAll("dialog.session :is(button, a, label)")]
    .map(element => [element.innerText, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < TARGET || box.height < TARGET))
    .map(([words, box]) => `${words}: ${box.width} by ${box.height}`)""".replace("TARGET", str(TARGET))
CLOSE = """() => {
    const all = [...document.querySelectorAll("dialog.session :is(button, a)")];
    const boxes = all.map(one => one.getBoundingClientRect()).filter(box => box.width);
    return boxes.some((one, place) => boxes.slice(place + 1).some(other =>
        one.left < other.right + 4 && other.left < one.right + 4 && one.top < other.bottom + 4 && other.top < one.bottom + 4));
}"""


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("letters", [16, 32], ids=["usual letters", "200% letters"])
def test_everything_to_press_is_large_and_apart_and_nothing_scrolls_sideways(
    follow: Callable[..., Reader], size: dict[str, int], letters: int
) -> None:
    reader = follow("techniques/quadriceps-massage/", before=voices(HERE), size=size)
    if letters != 16:
        sizes = {"fontSizes": {"standard": letters, "fixed": letters}}
        reader.page.context.new_cdp_session(reader.page).send("Page.setFontSizes", sizes)

    def holds() -> None:
        assert reader.page.evaluate(SMALL) == []
        assert not reader.page.evaluate(CLOSE)
        assert reader.session.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")

    reader.press(START)
    holds()
    reader.press(AGREE)
    reader.switch("Read aloud")
    holds()
    reader.press(FIRST)
    holds()
    reader.press("Next")
    holds()
    where, count = (reader.session.locator(f"[data-session={name}]").bounding_box() for name in ("where", "count"))
    assert count["y"] >= where["y"] + where["height"] - 1 or count["x"] + count["width"] <= where["x"], "the name is not under the count"
    reader.wait(40_500)
    assert reader.message.startswith("Time is up.")
    holds()
    reader.press("Stop and get help")
    holds()


def test_nothing_moves_where_the_reader_wants_no_motion(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(2)
    moving = """() => [...document.querySelectorAll("dialog.session, dialog.session *")].filter(element => {
        const style = getComputedStyle(element);
        return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
    }).length"""
    assert reader.page.evaluate(moving) == 0
    reader.page.emulate_media(reduced_motion="no-preference")
    assert reader.page.evaluate(moving) > 0


def test_the_step_shows_its_own_picture_or_that_of_the_page(follow: Callable[..., Reader]) -> None:
    reader = follow()
    own = reader.page.locator("section.steps ol > li").evaluate_all("items => items.map(item => item.querySelector('img')?.src ?? null)")
    main = reader.page.locator(".technique-picture img").evaluate("image => image.src")
    reader.to_step()
    for place in range(len(own)):
        picture = reader.session.locator(".session__picture img")
        assert picture.evaluate("image => image.src") == (own[place] or main)
        assert picture.get_attribute("alt")
        reader.press("Next")


def test_the_first_step_shows_its_whole_picture_on_a_small_phone(
    follow: Callable[..., Reader], site: BuiltSite, subtests: pytest.Subtests
) -> None:
    """It shows how to sit: most is read on that screen, and nothing may lie over the picture."""
    for technique in site.techniques:
        reader = follow(technique.address).to_step()
        with subtests.test(technique.address):
            bottom = reader.session.locator(".session__picture img").evaluate("image => image.getBoundingClientRect().bottom")
            assert bottom <= reader.session.locator(".session__controls").evaluate("controls => controls.getBoundingClientRect().top")


def test_the_same_screen_gets_a_reader_ready_and_holds_the_settings_later(follow: Callable[..., Reader]) -> None:
    reader = follow("techniques/quadriceps-massage/").to_ready()
    heading = reader.session.locator("section:not([hidden]) h2")
    assert (heading.inner_text(), reader.sees(FIRST)) == ("Get ready", True)
    assert reader.session.get_by_text("Put your phone where you can see it").is_visible()
    reader.press(FIRST)
    reader.press("Settings")
    assert (heading.inner_text(), reader.sees(FIRST), reader.sees("Continue")) == ("Settings", False, True)
    assert not reader.session.get_by_text("Put your phone where you can see it").is_visible()


def test_what_belongs_to_a_step_and_the_limits_of_pressure_are_shown(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step()
    assert "Pain from the massage: at most 2 out of 10 (our cautious limit)." in reader.part("notes")
    for _ in range(3):
        reader.press("Next")
    assert reader.part("notes") == "Keep off the back of the knee, and off the outer side just below it."


def test_the_pages_own_keys_are_off_in_a_session(follow: Callable[..., Reader]) -> None:
    reader = follow().to_step(2)
    for key in ("s", "f", "/"):
        reader.page.keyboard.press(key)
    assert not reader.page.locator(".site-search__output").is_visible()


def test_without_scripts_the_page_is_whole_and_no_start_shows(follow: Callable[..., Reader], site: BuiltSite) -> None:
    for built in followed(site):
        assert "hidden" in built.one(".start").attrs
        assert not built.all("dialog")
    reader = follow(java_script_enabled=False)
    assert not reader.page.locator(".start").is_visible()
    assert not reader.session.is_visible()
    assert reader.page.locator("section.steps ol > li").first.is_visible()


def test_scripts_come_only_where_they_are_needed_and_stay_small(site: BuiltSite) -> None:
    for page in site.pages:
        assert bool(re.search(r"js/pages/(?:technique|exercise)\.js", page.html)) == bool(page.all(".start")), page.address
    for name, most in BUDGETS.items():
        script = (site.folder / "assets" / "js" / "pages" / name).read_bytes()
        assert len(gzip.compress(script, 9, mtime=0)) <= most


def test_every_word_of_the_session_stands_in_its_template() -> None:
    """So that it can be translated: what a script would show has a phrase in the template, and no phrase is left over."""
    scripts = PROJECT / "docs" / "assets" / "js"
    script = "".join((scripts / name).read_text("utf-8") for name in ("follow-along.js", "session-view.js"))
    template = (PROJECT / "overrides" / "partials" / "knee" / "session.html").read_text("utf-8")
    phrases = set(re.findall(r'data-phrase="([^"]+)"', template))
    assert len(phrases) > 10
    assert all(f'"{phrase}"' in script for phrase in phrases)
    assert set(re.findall(r'phrase\("([^"]+)"', script)) <= phrases


# The session comes when the reader begins to read


def test_the_session_comes_at_the_first_sign_of_a_reader_and_starts_without_a_signal_then(follow: Callable[..., Reader]) -> None:
    reader = follow()
    page, asked = reader.page, []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    with page.expect_event("requestfinished", lambda request: request.url.endswith("session.js")):
        page.mouse.wheel(0, 40)
    page.locator("dialog.session").wait_for(state="attached")
    assert set(asked) == {"session.js", "session.css"}
    page.context.set_offline(True)
    reader.press(START)
    assert reader.screen == "check"
    page.context.set_offline(False)


def test_a_session_that_does_not_come_says_so_and_can_be_tried_again(chromium: Browser, site: BuiltSite) -> None:
    page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.route("**/session.*", lambda route: route.abort())
    page.goto(site.home + "techniques/gentle-knee-rub/")
    page.locator("[data-start=new]").click()
    page.locator(".start__note", has_text="Follow the steps below, or check your signal and tap Start again.").wait_for()
    page.unroute("**/session.*")
    page.locator("[data-start=new]").click()
    page.locator("dialog.session section[data-screen=check]").wait_for()
    page.locator("section:not([hidden]) [data-do=leave]").click()
    assert page.locator(".start__note").inner_text() == "1 step at a time, with a clock."
    page.close()


def test_a_line_that_never_answers_is_not_waited_for(chromium: Browser, site: BuiltSite) -> None:
    page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.clock.install()
    page.route("**/session.*", lambda route: None)
    page.goto(site.home + "techniques/gentle-knee-rub/")
    page.locator("[data-start=new]").click()
    page.locator(".start__note", has_text="Getting ready. The steps are below as well.").wait_for()
    page.clock.fast_forward(21_000)
    page.locator(".start__note", has_text="The timed steps did not load.").wait_for()
    page.unroute("**/session.*")
    page.locator("[data-start=new]").click()
    page.locator("dialog.session section[data-screen=check]").wait_for()
    page.close()


def test_a_style_sheet_that_comes_late_or_at_the_second_try_makes_one_session(chromium: Browser, site: BuiltSite) -> None:
    """Neither a style sheet that fails once, nor taps while it is on its way, may start a session twice, or throw a reader back."""
    page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
    held: list[Any] = []
    page.route("**/session.css", lambda route: held.append(route) or (len(held) == 1 and route.abort()))
    page.goto(site.home + "techniques/gentle-knee-rub/")
    start = page.locator("[data-start=new]")
    with page.expect_event("request", lambda request: request.url.endswith("session.css") and len(held) == 1):
        start.click()
        page.locator(".start__note", has_text="The timed steps did not load.").wait_for()
        start.click()
    for _ in range(2):
        start.click()
    held[1].continue_()
    page.locator("dialog.session section[data-screen=check]").wait_for()
    assert page.locator("dialog.session").count() == 1
    assert page.locator("[data-list=do-not] li").count() == page.locator(".safety-card__part--do-not li").count()
    page.locator("section:not([hidden]) [data-do=agree]").click()
    page.locator("section:not([hidden]) [data-do=steps]").click()
    assert page.locator("dialog.session").get_attribute("data-screen") == "step"
    page.close()
