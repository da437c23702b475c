"""The number in the words is the number on the clock."""

from __future__ import annotations

import pytest

from knee.contract.dose import LONGEST, SECONDS_A_COUNT, SECONDS_WITHOUT_A_NUMBER, dose_of, whole_minutes
from small_site import TESTS, Site

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
    ("Stroke for 30\u00a0seconds.", 30),
    ("Stroke for 30\u2009seconds.", 30),
    ("Stroke for 30 sec\u00adonds.", 30),
    ("Stroke for 1−2 minutes.", 60),
    ("A 2–minute stroke.", 120),
    ("Hold for 5 seconds, repeat 10 times.", 50),
    ("Hold for 5 seconds, then let go. Do this 10 times.", 50),
    ("Hold for 10 seconds, 3 times each.", 30),
    ("Press for 10 seconds at a time, 5 times.", 50),
    ("Squeeze for 5 seconds, then let go, 5 times.", 25),
    ("Bend 5 times, holding it for 3 seconds each time.", 15),
    ("Bend it 5 times for 3 seconds each.", 15),
    ("Bend it 5 times. Each time, hold for 3 seconds.", 15),
    ("Press 5 times 10 seconds.", 50),
    ("Stroke for 30 seconds, rest a little, and repeat 3 times.", 90),
    ("Walk as on your daily walk for 1 minute.", 60),
    ("Press with a thumb on each side for 10 seconds.", 10),
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
        "for 5 minutes, 3 times a day",
        "5 minutes per day",
        "3 times a day for 5 minutes",
        "10 times\u00a0a\u00a0day",
        "every 2 hours",
        "every other day",
        "each evening",
        "twice a day",
        "once a week",
        "2 or 3 days a week",
        "3 times/day",
        "x3/day",
        "do it daily",
        "3 times daily for 1 minute",
        "in the morning and evening",
        "10 times in 2 minutes",
        "10 times within 1 minute",
        "10 times a minute",
        "20 strokes a minute",
        "every 30 seconds",
        "5 times on each side",
        "for 1 minute on each leg",
        "30 seconds a side",
        "10 reps, 3 sets",
        "count to 10",
        "count slowly to ten",
        "hold for a count of 10",
        "do it twice",
        "5 more times",
    ],
)
def test_a_number_that_no_clock_can_follow_is_told(words: str) -> None:
    assert dose_of(words).unclear


@pytest.mark.parametrize("words", ["1 minute 30 seconds", "1 minute, then 2 minutes", "10 seconds a side, 1 minute in all"])
def test_two_times_in_a_step_are_seen_as_two(words: str) -> None:
    assert len(dose_of(words).times) == 2


@pytest.mark.parametrize(
    "words",
    [
        "5 times, then rest for 30 seconds",
        "5 times for 2 minutes",
        "in 2 minutes, 10 times",
        "3 times, 1 minute in all",
        "1 minute in all, 3 times",
        "for 1 minute, breathing in and out 5 times",
    ],
)
def test_a_time_and_a_count_that_do_not_belong_together_are_not_multiplied(words: str) -> None:
    dose = dose_of(words)
    assert dose.apart
    assert dose.seconds == dose.times[0]


@pytest.mark.parametrize("words", ["5 times, then 5 times", "up 5 times, down 5 times", "5 times, 3 times each"])
def test_two_counts_in_a_step_are_seen_as_two(words: str) -> None:
    assert len(dose_of(words).counts) == 2


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("for 30&nbsp;seconds", 30),
        ("for 30&#8201;seconds", 30),
        ("for 1&ndash;2 minutes", 60),
        ("for 1&#8211;2&thinsp;minutes", 60),
        ("for &#50;0 seconds", 20),
        ("for **1** minute", 60),
        ("for 1\\-2 minutes", 60),
        ("for 10&nbsp;seconds, 5&nbsp;times", 50),
    ],
)
def test_entities_and_odd_spaces_mean_what_a_reader_sees(written: str, seconds: int, site: Site) -> None:
    site.change("for 1 minute", written)
    outcome = site.check_page()
    assert outcome.problems == ()
    assert outcome.techniques[0].steps[1].dose.seconds == seconds


@pytest.mark.parametrize(
    ("words", "seconds"), [("for 10 minutes, 1 times", 600), ("for 5 minutes, 3 times", 900), ("150 times", 600), ("151 times", 604)]
)
def test_a_step_keeps_to_its_limit_also_where_it_multiplies(words: str, seconds: int, site: Site) -> None:
    site.change("for 1 minute", words)
    assert site.check_page().techniques[0].steps[1].dose.seconds == seconds
    assert site.ids() == (["KE318"] if seconds > LONGEST else [])


def test_how_often_a_day_is_told_where_it_stands_also_under_a_step(site: Site) -> None:
    site.change("    Keep off the back of the knee.", "    Keep off the back of the knee.\n\n    Do this twice a day.")
    assert [(problem.line, problem.id) for problem in site.check().problems] == [(42, "KE318")]


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (59, 1), (60, 1), (61, 2), (600, 10), (601, 11)])
def test_minutes_are_rounded_up(seconds: int, minutes: int) -> None:
    assert whole_minutes(seconds) == minutes


def test_the_numbers_are_those_of_the_contract() -> None:
    assert (SECONDS_A_COUNT, SECONDS_WITHOUT_A_NUMBER) == (4, 10)


def test_the_page_adds_up_its_steps_and_doubles_them_for_each_leg(site: Site) -> None:
    page = site.check().techniques[0]
    assert [step.dose.seconds for step in page.steps] == [10, 60, 20]
    assert (page.seconds, page.minutes) == (180, 3)
    site.change("each_leg: true", "each_leg: false")
    page = site.check().techniques[0]
    assert (page.seconds, page.minutes) == (90, 2)


def test_what_belongs_to_a_step_and_alt_texts_add_no_time(site: Site) -> None:
    site.change("    Keep off the back of the knee.", "    Keep off the back of the knee, as 9 in 10 do.")
    site.change("Sit on a chair with 1 foot on a stool.", "Sit ![A person who sits there for 5 minutes.](calf-stroke.svg)")
    assert site.check().techniques[0].seconds == 180


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Hold for 3 seconds, 5 times each leg", 70),  # 3 seconds to hold and 4 to move, with one leg and then with the other
        ("Hold for 3 seconds, 5 times with each leg", 70),
        ("Hold for 3 seconds, 5 times", 35),
        ("Stand up slowly, 5 times", 20),
        ("March on the spot for 30 seconds", 30),
    ],
)
def test_an_exercise_has_time_to_move_and_for_both_legs(words: str, seconds: int) -> None:
    dose = dose_of(words, exercise=True)
    assert (dose.seconds, dose.unclear) == (seconds, ())


def test_each_leg_in_a_step_of_a_technique_is_still_told() -> None:
    assert dose_of("Stroke it 5 times with each leg").unclear


def test_an_exercise_page_and_its_routine_add_up_the_same_steps(site: Site) -> None:
    site.lay(TESTS / "good" / "exercises")
    outcome = site.check()
    assert [step.dose.seconds for step in outcome.exercises[0].steps] == [70, 20]
    assert [part.seconds for part in outcome.routines[0].parts][1:] == [90, 20]
