"""A picture moves as fast as the words of its step say, and never faster than a hand should."""

from __future__ import annotations

import re

import pytest

from knee.contract.dose import dose_of
from knee.contract.pace import FASTEST, Pace, pace_of
from knee.contract.site_context import SiteContext
from knee.contract.technique_page import TechniquePage
from knee.rules.check import check_folder
from small_site import TESTS, TODAY, Site

MASSAGE: list[tuple[str, str, float]] = [
    # what the step says, how its picture moves, seconds of a round
    ("Glide up the thigh, 10 times.", "stroke", 4),
    ("Glide slowly up and back, 5 times.", "to-and-fro", 4),
    ("Squeeze for 1 minute.", "squeeze", 4),
    ("Circle for 30 seconds.", "circle", 4.29),
    ("Slide slowly up and down for 30 seconds.", "to-and-fro", 6),
    ("Rub in slow circles for 30 seconds.", "circle", 6),
    ("Tap with loose fists for 20 seconds.", "tap", 2),
    ("Press for 10 seconds, 3 times.", "squeeze", 10),
    ("Tap for 1 second, 30 times.", "tap", FASTEST),
    ("Glide for 1 second.", "stroke", FASTEST),
    ("Glide for 3 seconds.", "stroke", 3),
    ("Glide up the thigh.", "stroke", 4),
]


@pytest.mark.parametrize(("words", "kind", "seconds"), MASSAGE)
def test_a_stroke_takes_as_long_as_the_step_says(words: str, kind: str, seconds: float) -> None:
    assert pace_of(dose_of(words), words, kind) == Pace(seconds)


def test_an_exercise_is_moved_there_and_back_and_held_as_long_as_it_says() -> None:
    words = "Straighten one knee slowly, hold for 3 seconds and lower it, 5 times each leg."
    assert pace_of(dose_of(words, exercise=True), words, "bend") == Pace(7, hold=3)


def page_of(site: Site) -> TechniquePage:
    return next(page for page in check_folder(site.context()).techniques if page.slug == "calf-stroke")


MOVING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><title>A hand on the calf</title>
<path id="way-stroke" d="M100 200H200" fill="none" stroke="red"/><g id="hand"><path d="M80 180h40v40h-40z"/></g></svg>"""


def test_a_step_moves_where_its_own_picture_does(site: Site) -> None:
    site.change("for 1 minute.", "for 1 minute.\n\n    ![A hand strokes up the calf.](calf-stroke-hand.svg)")
    site.picture.with_name("calf-stroke-hand.svg").write_text(MOVING, "utf-8")
    page = page_of(site)
    assert page.paces == {2: Pace(4)}
    assert page.main_pace is None, "the main picture is still"


def test_a_page_with_1_picture_moves_in_each_step_that_names_a_time_or_a_count(site: Site) -> None:
    site.picture.write_text(MOVING, "utf-8")
    page = page_of(site)
    assert {number: pace.seconds for number, pace in page.paces.items()} == {
        step.number: 4 for step in page.steps if re.search("[0-9] (minute|times)", step.words)
    }
    assert page.main_pace == page.paces[2]


def test_a_picture_of_its_own_that_is_still_stays_still(site: Site) -> None:
    site.picture.write_text(MOVING, "utf-8")
    site.change("for 1 minute.", "for 1 minute.\n\n    ![A hand strokes up the calf.](calf-stroke-hand.svg)")
    still = MOVING.replace("way-stroke", "line")
    site.picture.with_name("calf-stroke-hand.svg").write_text(still, "utf-8")
    assert 2 not in page_of(site).paces


STILL = re.compile(r"^(?:sit|lay|rest)\b", re.IGNORECASE)
"""How the steps of our own pages begin in which nothing moves."""


def test_every_step_of_our_pages_that_moves_has_its_movement() -> None:
    outcome = check_folder(SiteContext(TESTS.parent / "docs", TODAY))
    pages = (*outcome.techniques, *outcome.exercises)
    assert len(pages) > 4
    for page in pages:
        moving = {step.number for step in page.steps if not STILL.match(step.words)} | ({5} if page.slug == "knee-exercises" else set())
        assert set(page.paces) == moving, page.slug
