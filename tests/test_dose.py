"""The number in the words is the number on the clock."""

from __future__ import annotations

import pytest

from knee.contract.dose import SECONDS_A_COUNT, SECONDS_WITHOUT_A_NUMBER, dose_of, whole_minutes
from small_site import Site

CLEAR: list[tuple[str, int]] = [
    # what the step says, seconds on the clock
    ("Sit on a chair.", 10),
    ("Stroke for 1 minute.", 60),
    ("Stroke for 1 Minute", 60),
    ("Stroke for 30 seconds.", 30),
    ("Stroke for 90 seconds.", 90),
    ("Stroke for 2 minutes.", 120),
    ("Stroke for 10 minutes.", 600),
    ("Stroke for 1 second.", 1),
    ("A 2-minute stroke.", 120),
    ("Stroke for 30 sec, then rest.", 30),
    ("Stroke for 5 mins", 300),
    ("Stroke for 5min", 300),
    ("Stroke for 1 to 2 minutes.", 60),
    ("Stroke for 1-2 minutes.", 60),
    ("Stroke for 1–2 minutes.", 60),
    ("Stroke for 1 or 2 minutes.", 60),
    ("Stroke for between 1 and 2 minutes.", 60),
    ("Stroke for 30 seconds to 2 minutes.", 30),
    ("Stroke for 1 minute to 90 seconds.", 60),
    ("Stroke for 90 seconds to 1 minute.", 60),
    ("Stroke for 2 to 1 minutes.", 60),
    ("Do it 5 times.", 20),
    ("Do it 1 times.", 4),
    ("Do it 5 to 10 times.", 20),
    ("Do it 10-5 times.", 20),
    ("Hold for 5 seconds, 3 times.", 15),
    ("3 times, hold for 5 seconds.", 15),
    ("Hold for 1 minute 2 times.", 120),
    ("Use 2 palms on 1 calf.", 10),
    ("Press 2 out of 10.", 10),
    ("Use 1 hand, many times.", 10),
    ("For a second time, sit.", 10),
    ("Wait a second.", 10),
    ("Sometimes 5 timesheets.", 10),
    ("A 1\u2011minute stroke.", 60),
    ("Press 2/10, for 1 minute.", 60),
    ("Sit at a desk from 1990 on, for 1 minute.", 60),
    ("Lay 2 hands on it for 1 minute.", 60),
    ("Stroke for 1 minute 2 to 3 times.", 120),
    ("Do it 5 times with the 2 middle fingers.", 20),
    ("Use 3 fingers, 2 seconds each, 5 times.", 10),
    ("Your 1st and 2nd finger.", 10),
    ("Rest 1 hand on the other thigh.", 10),
]


@pytest.mark.parametrize(("words", "seconds"), CLEAR)
def test_a_step_takes_as_long_as_it_says(words: str, seconds: int) -> None:
    dose = dose_of(words)
    assert dose.seconds == seconds
    assert dose.unclear == ()
    assert len(dose.times) <= 1


@pytest.mark.parametrize(
    "words",
    [
        "for one minute",
        "for a minute",
        "for half a minute",
        "for thirty seconds",
        "for ten mins",
        "do it five times",
        "for 1.5 minutes",
        "for 1,5 minutes",
        "for 1½ minutes",
        "for ½ minute",
        "for 1,000 seconds",
        "do it 2.5 times",
        "do it 0 times",
        "for 60s",
        "for 1 hour",
        "for 2 hrs",
        "for 1/2 minute",
        "for 1 1/2 minutes",
        "for 2/3 of a minute",
        "for ⅓ minute",
        "for 1:30 minutes",
        "for 1:05",
        "for 1′ 30″",
        "for 1' 30\"",
        "for 1’30’’",
        "for few minutes",
        "for a few minutes",
        "for couple of minutes",
        "for 2 minuets",
        "for 60 secondes",
        "for 2 Minuten",
        "for 2 minutos",
        "for 1 full minute",
        "for 1 minute 30",
        "for 1 min 30, then rest",
        "do 10 reps",
        "do 3 sets of 10 times",
        "do 2 rounds of 30 seconds",
        "for 30 seconds x 3",
        "for 30 seconds ×3",
        "do it 10x",
        "3×30 seconds",
        "for １ minute",
        "for fifty seconds",
        "for forty-five seconds",
        "do it eleven times",
        "for 3 days",
    ],
)
def test_a_number_that_no_clock_can_follow_is_told(words: str) -> None:
    assert dose_of(words).unclear


@pytest.mark.parametrize("words", ["1 minute 30 seconds", "1 minute, then 2 minutes", "10 seconds a side, 1 minute in all"])
def test_two_times_in_a_step_are_seen_as_two(words: str) -> None:
    assert len(dose_of(words).times) == 2


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (59, 1), (60, 1), (61, 2), (600, 10), (601, 11)])
def test_minutes_are_rounded_up(seconds: int, minutes: int) -> None:
    assert whole_minutes(seconds) == minutes


def test_the_numbers_are_those_of_the_contract() -> None:
    assert (SECONDS_A_COUNT, SECONDS_WITHOUT_A_NUMBER) == (4, 10)


def test_the_page_adds_up_its_steps_and_doubles_them_for_each_leg(site: Site) -> None:
    page = site.check().pages[0]
    assert [step.dose.seconds for step in page.steps] == [10, 60, 20]
    assert (page.seconds, page.minutes) == (180, 3)
    site.change("each_leg: true", "each_leg: false")
    page = site.check().pages[0]
    assert (page.seconds, page.minutes) == (90, 2)


def test_what_belongs_to_a_step_and_alt_texts_add_no_time(site: Site) -> None:
    site.change("    Keep off the back of the knee.", "    Keep off the back of the knee, as 9 in 10 do.")
    site.change("Sit on a chair with 1 foot on a stool.", "Sit ![A person who sits there for 5 minutes.](calf-stroke.svg)")
    assert site.check().pages[0].seconds == 180
