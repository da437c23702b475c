"""Doses in all the forms that people write: what the clock says is what the words were made from."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knee.contract.dose import SECONDS_A_COUNT, SECONDS_WITHOUT_A_NUMBER, dose_of
from knee.text.preview import read_preview
from test_properties import QUIET

SPACES = [" ", "\u00a0", "\u2009", "\u202f", "&nbsp;", "&thinsp;", "&#160;", "&#x2009;"]
DASHES = ["-", "–", "—", "−", "\u2011", "&ndash;", "&mdash;", "&#8211;", " - ", " – ", " to ", " or "]
DOINGS = ["Stroke up the calf", "With both palms, press gently", "Slide the skin in circles", "Use 2 fingers of 1 hand, lightly", "Hold"]
ENDS = [".", "", " with 1 palm.", ", as light as you like.", " while you rest."]

space = st.sampled_from(SPACES)


@st.composite
def numbers(draw: st.DrawFn, most: int) -> tuple[str, int]:
    """Give a number or a range, as it is written, and the lower of its numbers."""
    low = draw(st.integers(1, most))
    if draw(st.booleans()):
        return str(low), low
    high = draw(st.integers(1, most))
    return f"{low}{draw(st.sampled_from(DASHES))}{high}", min(low, high)


@st.composite
def times(draw: st.DrawFn) -> tuple[str, int]:
    """Give a length of time, as it is written, and its seconds."""
    unit, seconds, most = draw(st.sampled_from([("seconds", 1, 90), ("secs", 1, 90), ("minutes", 60, 4), ("mins", 60, 4), ("min", 60, 4)]))
    written, number = draw(numbers(most))
    return f"{written}{draw(space)}{unit}", number * seconds


@st.composite
def counts(draw: st.DrawFn) -> tuple[str, int]:
    """Give a count, as it is written, and its number."""
    written, number = draw(numbers(40))
    return f"{written}{draw(space)}times", number


MULTIPLIED = [
    "{doing} for {time}, {count}",
    "{doing} for {time}{space}{count}",
    "{doing} for {time}, {count} each",
    "{doing} for {time} at a time, {count}",
    "{doing} for {time}, then let go, {count}",
    "{doing} for {time}, and repeat {count}",
    "{doing} for {time}. Do this {count}",
    "{doing} for {time}, rest a little, then repeat it {count}",
    "{doing} {count} for {time} each",
    "{doing} {count}, {time} each time",
    "{doing} {count}, and hold for {time}",
    "{doing} {count}. Each time, hold for {time}",
]
ALONE = [("{doing} for {time}", "time"), ("{doing}, {count}", "count"), ("{doing}", "none"), ("For {time}, rest", "time")]
REFUSED = [
    "{doing} for {time}, {count} a day",
    "{doing} for {time}, {count}{space}per{space}week",
    "{doing} {count} daily",
    "{doing} for {time}, once a day",
    "{doing} for {time}, twice{space}a{space}day",
    "{doing} for {time} every 2 hours",
    "{doing} for {time} each evening",
    "{doing} {count} a day for {time}",
    "{doing} for {time} a day",
    "{doing} {count} in {time}",
    "{doing} {count} within {time}",
    "Within {time}, {doing} {count}",
    "{doing} {count} a minute",
    "{doing} for {time}, then rest for {time}",
    "{doing} {count}, then down {count}",
    "{doing} {count}, then rest for {time}",
    "{doing} for {time}, in and out {count}",
    "{doing} {count}, {time} in all",
    "{doing} for {time} on each side",
    "{doing} {count} with each hand",
    "{doing} for {time}, 3 sets",
    "{doing} for {time}, x3",
    "{doing} for {time} and count to 10",
]


def step_of(form: str, *, doing: str, time: str, count: str, space: str, end: str) -> str:
    return form.format(doing=doing, time=time, count=count, space=space) + end


def seen(written: str) -> str:
    """Give what a reader of the page sees of a step as it was written."""
    return read_preview(f"1. {written}").blocks[1].text


PARTS = {"doing": st.sampled_from(DOINGS), "space": space, "end": st.sampled_from(ENDS)}


@given(form=st.sampled_from(MULTIPLIED), time=times(), count=counts(), **PARTS)
@settings(QUIET, max_examples=400)
def test_a_time_and_a_count_that_belong_together_are_multiplied(
    form: str, time: tuple[str, int], count: tuple[str, int], doing: str, space: str, end: str
) -> None:
    dose = dose_of(seen(step_of(form, doing=doing, time=time[0], count=count[0], space=space, end=end)))
    assert dose.unclear == ()
    assert not dose.apart
    assert dose.seconds == time[1] * count[1]


@given(form=st.sampled_from(ALONE), time=times(), count=counts(), **PARTS)
@settings(QUIET, max_examples=200)
def test_a_time_or_a_count_alone_is_what_it_says(
    form: tuple[str, str], time: tuple[str, int], count: tuple[str, int], doing: str, space: str, end: str
) -> None:
    seconds = {"time": time[1], "count": count[1] * SECONDS_A_COUNT, "none": SECONDS_WITHOUT_A_NUMBER}[form[1]]
    dose = dose_of(seen(step_of(form[0], doing=doing, time=time[0], count=count[0], space=space, end=end)))
    assert dose.unclear == ()
    assert not dose.apart
    assert dose.seconds == seconds


@given(form=st.sampled_from(REFUSED), time=times(), count=counts(), **PARTS)
@settings(QUIET, max_examples=400)
def test_what_no_clock_can_follow_is_refused_and_never_multiplied(
    form: str, time: tuple[str, int], count: tuple[str, int], doing: str, space: str, end: str
) -> None:
    dose = dose_of(seen(step_of(form, doing=doing, time=time[0], count=count[0], space=space, end=end)))
    assert dose.unclear or dose.apart or len(dose.times) > 1 or len(dose.counts) > 1
