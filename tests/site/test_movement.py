"""Protects the reader who asks to see a movement: it comes only then, at the pace of the words, 1 at a time, and it stops."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from built import PROJECT, BuiltSite
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Request
from waiting import until

from knee.assets.offline import files_of
from knee.assets.script import joined
from knee.pictures.judged import judged
from tools.engines import Tab
from tools.local_server import GZIP_LEVEL, GzipHandler, served

Reads = Callable[..., Tab]
ADDRESS, EXERCISES, ROUTINE = "techniques/quadriceps-massage/", "exercises/knee-exercises/", "routines/10-minutes/"
KEY = "knee-ease-movement"
ASKED = 3_000
"""The most bytes on the wire when a reader asks for movement."""
BEFORE = 700
"""The most bytes that movement adds to a page, with its drawings and its script, before it is asked for."""
OF_MOVEMENT = re.compile(
    r"<label class=\"show-movement.*?</label>|\.show-movement[^{}]*\{[^{}]*\}|(?: |%20)data-(?:way|round)=(?:\"[^\"]*\"|'[^']*')", re.DOTALL
)
"""What stands in a page and its drawings for the movement alone."""
LESS_MOTION = (
    "const asked = matchMedia; window.matchMedia = (query) => query.includes('reduced-motion') ? { matches: true } : asked(query);"
)
"""A device whose reader has asked for less motion."""
PARTS = "[...(document.querySelector('.movement__drawing')?.shadowRoot.querySelectorAll('[data-way]') ?? [])]"
RUNS = f"{PARTS}.flatMap((part) => part.parentNode.getAnimations())"
STEP = "document.querySelector('li[data-round]')"
"""The first step that moves."""
ORANGE = (0xCF, 0x60, 0x30)


def at(share: float) -> str:
    """Give what lets a movement stand still at a share of its round, and returns where its first part then is, in the drawing's units."""
    return f"""for (const one of {RUNS}) {{ one.pause(); one.currentTime = {share} * one.effect.getTiming().duration; }}
        const part = {PARTS}[0], drawing = part.ownerSVGElement.getBoundingClientRect(), box = part.getBoundingClientRect();
        return [(box.x - drawing.x) * 480 / drawing.width, (box.y - drawing.y) * 480 / drawing.width]"""


def switch(tab: Tab, on: bool) -> None:
    """Press the page's switch, and wait until it is pressed."""
    tab.click(".show-movement")
    tab.wait_for(f"document.querySelector('.show-movement input').checked === {json.dumps(on)}")


def ask(tab: Tab) -> None:
    """Switch the movement on, and look at the first step that moves."""
    switch(tab, True)
    tab.run(f"{STEP}.querySelector('img').scrollIntoView({{ block: 'center' }})")
    tab.wait_for(f"{STEP}.querySelector('.movement__drawing')")


# In every engine


def test_nothing_moves_and_nothing_is_fetched_until_it_is_asked_for(reads: Reads) -> None:
    tab = reads(ADDRESS)
    tab.run(f"{STEP}.querySelector('img').scrollIntoView()")
    assert not tab.evaluate("document.querySelector('.show-movement input').checked")
    assert tab.evaluate("performance.getEntriesByType('resource').filter((one) => one.name.includes('movement')).length") == 0
    assert tab.evaluate("document.querySelectorAll('.movement').length") == 0


def test_the_hand_goes_along_its_way_and_back_and_stops_after_3_rounds(reads: Reads) -> None:
    tab = reads(ADDRESS)
    ask(tab)
    assert tab.evaluate(f"{RUNS}[0].effect.getTiming().duration") == 4000
    assert tab.evaluate(f"{RUNS}[0].effect.getTiming().iterations") == 3
    start = tab.run(at(0))
    assert tab.run(at(0.6)) == pytest.approx([start[0] - 106, start[1]], abs=2), "the whole way, as it is drawn"
    assert start[0] - 106 < tab.run(at(0.25))[0] < start[0]
    assert tab.run(at(0.99)) == pytest.approx(start, abs=2)
    tab.run(f"for (const one of {RUNS}) one.finish()")
    tab.wait_for(f"!{STEP}.querySelector('.movement')")
    assert tab.evaluate(f"{STEP}.querySelector('img').checkVisibility()"), "the still picture is there again"


def test_a_moving_drawing_lies_dot_for_dot_over_its_picture(reads: Reads) -> None:
    tab = reads(ADDRESS, dark=True)
    ask(tab)
    tab.run(at(0))
    moving = _seen(tab)
    switch(tab, False)
    tab.wait_for("!document.querySelector('.movement')")
    tab.run(f"{STEP}.querySelector('img').scrollIntoView({{ block: 'center' }})")
    different = ImageChops.difference(moving, _seen(tab)).convert("L").point(lambda light: 255 if light > 60 else 0)
    assert different.histogram()[255] < moving.width * moving.height / 100


def _seen(tab: Tab) -> Image.Image:
    """Give the first step's picture, as it is seen."""
    left, top, width, height = tab.run(
        "await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));"
        f" const box = {STEP}.querySelector('img').getBoundingClientRect(); return [box.x, box.y, box.width, box.height]"
    )
    shot = Image.open(io.BytesIO(tab.picture())).convert("RGB")
    scale = shot.width / tab.evaluate("innerWidth")
    return shot.crop(tuple(round(side * scale) for side in (left, top, left + width, top + height))).resize((120, 90))


def test_only_1_drawing_moves_wherever_the_reader_looks(reads: Reads) -> None:
    tab = reads(ADDRESS, 1280)
    ask(tab)
    for number in range(tab.evaluate("document.querySelectorAll('[data-round] img, img[data-round]').length")):
        tab.run(f"document.querySelectorAll('[data-round] img, img[data-round]')[{number}].scrollIntoView({{ block: 'center' }})")
        tab.wait_for("document.querySelectorAll('.movement').length === 1")


def test_the_choice_is_kept_and_taken_back(reads: Reads) -> None:
    tab = reads(ADDRESS)
    ask(tab)
    tab.open(EXERCISES)
    tab.wait_for("document.querySelector('.show-movement input').checked")
    switch(tab, False)
    assert tab.evaluate(f"localStorage.getItem('{KEY}')") is None
    tab.wait_for("!document.querySelector('.movement')")


def test_who_wants_less_motion_has_it_only_when_asked_right_then(reads: Reads) -> None:
    tab = reads(ADDRESS, before=LESS_MOTION)
    ask(tab)
    tab.open(ADDRESS)
    assert not tab.evaluate("document.querySelector('.show-movement input').checked")
    assert tab.evaluate("document.querySelectorAll('.movement').length") == 0


def test_a_session_moves_with_its_clock_waits_with_it_and_shows_the_other_leg_the_other_way_round(reads: Reads) -> None:
    tab = reads(ADDRESS)
    switch(tab, True)
    tab.click("[data-start=new]")
    tab.wait_for("document.querySelector('dialog')?.open")
    tab.click("dialog [data-do=agree]")
    assert tab.evaluate("document.querySelector('[data-switch=movement]').checked")
    tab.click("dialog [data-do=steps]")
    tab.click("dialog [data-do=next]")
    tab.wait_for(f"{RUNS}[0]?.playState === 'running' && {RUNS}[0].currentTime > 0")
    tab.click("dialog [data-do=pause]")
    tab.wait_for(f"{RUNS}[0].playState === 'paused'")
    assert tab.evaluate("document.querySelectorAll('.movement').length") == 1, "the page behind it is still"
    tab.click("dialog [data-do=pause]")
    tab.wait_for(f"{RUNS}[0].playState === 'running'")
    mirrored = "new DOMMatrix(getComputedStyle(document.querySelector('.session__picture')).transform).a === -1"
    assert not tab.evaluate(mirrored)
    while "other leg" not in tab.words("[data-session=where]"):
        where = json.dumps(tab.words("[data-session=words]"))
        tab.click("dialog [data-do=next]")
        tab.wait_for(f"document.querySelector('[data-session=words]').textContent !== {where}")
    assert tab.evaluate(mirrored)
    assert tab.words("[data-session=other]") == "Now the other leg."
    tab.click("dialog [data-do=leave]")
    tab.wait_for("!document.querySelector('dialog').open && !document.querySelector('.movement')")


# What does not differ between engines


def moving_page(browse: Callable[..., Any], address: str, **options: Any) -> Page:
    page: Page = browse(**options).open(address)
    page.get_by_role("switch", name="Show movement").check()
    return page


@pytest.mark.parametrize("address", [ADDRESS, "techniques/gentle-knee-rub/", "techniques/it-band-massage/", "techniques/adductor-release/"])
def test_every_drawing_of_a_technique_moves(browse: Callable[..., Any], address: str) -> None:
    every_drawing_moves(moving_page(browse, address))


@pytest.mark.parametrize("address", [EXERCISES, ROUTINE])
def test_every_drawing_of_an_exercise_moves_also_in_a_routine(browse: Callable[..., Any], address: str) -> None:
    every_drawing_moves(moving_page(browse, address))


def every_drawing_moves(page: Page) -> None:
    """Look at each drawing, and fail where its first part is at the same place throughout."""
    holders = page.locator("[data-round]:has(img), figure:has(img[data-round])")
    assert holders.count() >= 4
    for number in range(holders.count()):
        holders.nth(number).locator("img").scroll_into_view_if_needed()
        page.evaluate("(holder) => holder.querySelector('img').scrollIntoView({ block: 'center' })", holders.nth(number).element_handle())
        holders.nth(number).locator(".movement__drawing").wait_for()
        places = [tuple(page.evaluate(f"() => {{ {at(share)} }}")) for share in (0, 0.25, 0.5)]
        assert len({tuple(map(round, place)) for place in places}) > 1, holders.nth(number).inner_text()


def _packed(text: str) -> int:
    return len(gzip.compress(text.encode(), GZIP_LEVEL))


def test_before_movement_is_asked_for_a_page_is_hardly_heavier(site: BuiltSite, subtests: pytest.Subtests) -> None:
    def module(path: str) -> str:
        return (PROJECT / "docs" / path).read_text("utf-8")

    path = "assets/js/pages/technique.js"
    without = joined(path, lambda one: re.sub(r"^import .*movement.*$", "", module(one), flags=re.MULTILINE))
    script = _packed(joined(path, module)) - _packed(without)
    assert script > 100, "it has something for movement"
    for page in site.techniques:
        with subtests.test(page.address):
            drawings = {image.attrs["src"] or "" for image in page.all(".steps img") if not (image.attrs["src"] or "").startswith("data:")}
            folder = site.folder / page.address
            texts = [page.html, *((folder / drawing).resolve().read_text("utf-8") for drawing in drawings)]
            added = sum(_packed(text) - _packed(OF_MOVEMENT.sub("", text)) for text in texts)
            assert added > 50
            assert added + script <= BEFORE


def test_what_comes_when_movement_is_asked_for_is_light(site: BuiltSite, chromium: Browser) -> None:
    with served(site.folder, GzipHandler) as home:
        page = chromium.new_page()
        page.goto(home + ADDRESS, wait_until="networkidle")
        page.mouse.wheel(0, 100)
        page.locator("dialog.session").wait_for(state="attached")
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))
        page.get_by_role("switch", name="Show movement").check()
        until(page, "window.kneeMovement")
        files = [request for request in asked if not request.url.startswith("data:")]
        assert sorted(request.url.rpartition("/")[2] for request in files) == ["movement.css", "movement.js"]
        sizes = [request.sizes() for request in files]
        assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= ASKED
        page.close()


def test_without_a_signal_the_switch_says_so_and_the_picture_stays(chromium: Browser, site: BuiltSite) -> None:
    page = chromium.new_page()
    page.route("**/movement.js", lambda route: route.abort())
    page.goto(site.home + ADDRESS)
    switch = page.get_by_role("switch", name="Show movement")
    switch.click()
    page.locator("[aria-live]").filter(has_text="The movement did not load. Try again.").wait_for(state="attached")
    assert not switch.is_checked()
    page.unroute("**/movement.js")
    switch.check()
    until(page, "window.kneeMovement")
    assert switch.is_checked()
    page.close()


def test_forced_colours_leave_a_moving_hand_its_own(browse: Callable[..., Any]) -> None:
    """As they leave the still picture: the hand would be lost in the leg."""
    page = moving_page(browse, ADDRESS, forced_colors="active")
    page.evaluate(f"{STEP}.querySelector('img').scrollIntoView({{ block: 'center' }})")
    drawing = page.locator(".steps .movement__drawing")
    drawing.wait_for()
    page.evaluate(f"() => {{ {at(0.5)} }}")
    shot = Image.open(io.BytesIO(drawing.screenshot())).convert("RGB")
    found = {colour: count for count, colour in shot.getcolors(shot.width * shot.height)}
    assert found.get(ORANGE, 0) > shot.width * shot.height / 200


STRANGER = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><title>A</title><style>.hand{fill:#010203}</style>
<path id="way-stroke" d="M100 100H200" style="fill:none;stroke:#040506"/>
<g id="hand"><path class="hand" d="M80 80h40v40h-40z"/></g></svg>"""


def test_a_drawing_with_styles_of_its_own_keeps_them_as_it_moves(browse: Callable[..., Any]) -> None:
    """The page's security policy would take them away."""
    page: Page = browse().open(ADDRESS)
    address = "data:image/svg+xml," + quote(judged(STRANGER.encode()).inside)
    page.evaluate(f"(address) => {{ {STEP}.querySelector('img').src = address; }}", address)
    page.get_by_role("switch", name="Show movement").check()
    page.evaluate(f"{STEP}.querySelector('img').scrollIntoView({{ block: 'center' }})")
    page.locator(".steps .movement__drawing").wait_for()
    hand = f"getComputedStyle({PARTS}[0].querySelector('path'))"
    way = "getComputedStyle(document.querySelector('.steps .movement__drawing').shadowRoot.querySelector('path'))"
    assert page.evaluate(f"[{hand}.fill, {way}.stroke]") == ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]


def test_what_moves_is_not_heard_and_its_picture_still_is(browse: Callable[..., Any]) -> None:
    page = moving_page(browse, ADDRESS)
    page.evaluate(f"{STEP}.querySelector('img').scrollIntoView({{ block: 'center' }})")
    page.locator(".steps .movement__drawing").wait_for()
    assert page.locator(".steps .movement__drawing").get_attribute("aria-hidden") == "true"
    assert page.get_by_role("img", name="The legs from above. The heel of the hand (the dark spot) is on top of the thigh").count() == 1


def test_on_paper_the_still_picture_is_printed(browse: Callable[..., Any]) -> None:
    page = moving_page(browse, ADDRESS)
    page.locator(".technique-picture img").scroll_into_view_if_needed()
    page.locator(".technique-picture .movement__drawing").wait_for()
    page.emulate_media(media="print")
    assert not page.locator(".movement__drawing").first.is_visible()
    assert page.locator(".technique-picture img").first.is_visible()


TONES = """window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { tones += 1; return start.apply(this, when); };"""


def test_a_soft_tick_for_each_stroke_comes_only_when_it_is_switched_on(browse: Callable[..., Any], site: BuiltSite) -> None:
    watched = browse()
    page = watched.page
    page.clock.install(time=0)
    page.add_init_script(TONES)
    page.goto(site.home + ADDRESS)
    page.clock.pause_at(60_000)
    page.locator("[data-start=new]").click()
    page.locator("[data-do=agree]").click()
    tick = page.get_by_role("switch", name="Soft tick for each stroke")
    assert not tick.is_checked()
    page.locator("[data-switch=bell]").evaluate("(one) => one.click()")  # off
    page.locator("section:not([hidden]) [data-do=steps]").click()
    page.locator("[data-do=next]").click()
    page.clock.run_for(12_000)
    assert page.evaluate("tones") == 0
    page.locator("[data-do=settings]").click()
    tick.evaluate("(one) => one.click()")
    until(page, "window.kneeMovement")
    page.locator("section:not([hidden]) [data-do=steps]").click()
    page.clock.run_for(12_000)
    assert page.evaluate("tones") == 3, "10 strokes in 40 seconds: 1 each 4 seconds"
    page.locator("[data-do=pause]").click()
    page.clock.run_for(12_000)
    assert page.evaluate("tones") == 3


def test_a_saved_copy_and_a_bundle_hold_the_movement(site: BuiltSite) -> None:
    assert {"assets/js/pages/movement.js", "assets/css/movement.css"} <= set(files_of(site.folder))


def test_the_drawing_kit_moves(browse: Callable[..., Any]) -> None:
    page = moving_page(browse, "drawing-kit/")
    page.locator("[data-round] img").scroll_into_view_if_needed()
    page.locator(".movement__drawing").wait_for()
    start, end = (page.evaluate(f"() => {{ {at(share)} }}") for share in (0, 0.6))
    assert end[0] - start[0] == pytest.approx(80, abs=2)
