"""Makes technique pages in every legal shape of a safety note and of steps, and knows by construction what each of them says.

Every piece of a page holds a word of its own (`w1`, `w2`), so that a test can tell what is shown, where, and in which order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count

from hypothesis import strategies as st

FRONT = """---
description: A light rub that warms the front of the knee and can settle a stiff knee.
works_on: front of the knee
positions: [chair]
equipment: []
pressure: 2
each_leg: false
often: 2 or 3 days a week
evidence: little
sources: [ATKINS13]
reviewed: 2026-11-22
---
"""
EXERCISE_FRONT = FRONT.replace("works_on: front of the knee\n", "").replace("each_leg: false\n", "").replace("pressure: 2", "pain: 2")
PICTURE = "![A person sits with 1 foot on a stool. Both palms hold the calf. An arrow points up.](calf-stroke.svg)"


@dataclass
class LegalPage:
    """A page, and the words of its own in each of its parts, in order; for each step its words and its seconds."""

    text: str = ""
    title: str = ""
    do_not: list[str] = field(default_factory=list)
    stop: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    steps: list[tuple[list[str], int]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


class _Words:
    """Gives out words of its own, and remembers to whom."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self, owner: list[str]) -> str:
        owner.append(f"w{next(self._numbers)}")
        return owner[-1]


DOSES = {
    "for 1 minute": 60,
    "for 30 seconds": 30,
    "for 1&ndash;2 minutes": 60,
    "for 20&nbsp;seconds": 20,
    "5 times": 20,
    "for 10 seconds, 4 times": 40,
    "slowly": 10,
}
"""How a step names its time, and what a clock has to make of it, in seconds."""
INLINE = [
    "{} here",
    "*{}* here",
    "**{}**, soft",
    "{}&nbsp;here",
    "{} \\* here",
    "{} [tips](../tips.md)",
    "{} [tips][t]",
    "`{}` here",
    "{} &amp; more",
]
HEADINGS = [
    ("Do not do this if", "Stop if"),
    ("Do not do this if&hellip;", "**Stop** if:"),
    ("Do not do *this* if", "Stop&nbsp;if"),
]
TITLES = {
    "Calf stroke": "Calf stroke",
    "Calf \\*stroke\\*": "Calf *stroke*",
    "Calf&nbsp;stroke": "Calf\u00a0stroke",
    "Calf & shin": "Calf & shin",
    "*Calf* stroke": "Calf stroke",
    "Calf &lt;b&gt;": "Calf <b>",
    "[Calf] stroke \\[x](y)": "[Calf] stroke [x](y)",
}
"""Titles as they are written, and as readers see them."""
MARKS = st.sampled_from("-*+")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def as_exercises(page: LegalPage) -> LegalPage:
    """Return the same page as one of exercises: whatever is held so often takes 4 seconds more each time, to move."""
    steps = [(words, 56 if seconds == DOSES["for 10 seconds, 4 times"] else seconds) for words, seconds in page.steps]
    return replace(page, text=page.text.replace(FRONT, EXERCISE_FRONT), steps=steps)


@st.composite
def _item(draw: st.DrawFn, words: _Words, owner: list[str], first: str, start: str = "") -> str:
    """One item of a list: its first line, and what may belong to it."""
    text = f"{first} {start}{draw(st.sampled_from(INLINE)).format(words.new(owner))}"
    more = draw(st.sampled_from(["", "", "", "wrapped", "nested", "paragraph", "both"]))
    if more == "wrapped":
        text += f"\n    and {words.new(owner)} goes on"
    if more in ("nested", "both"):
        text += "\n" + "".join(f"\n    - {words.new(owner)} inside" for _ in range(draw(st.integers(1, 2)))) + "\n"
    if more in ("paragraph", "both"):
        text += "\n\n    A further " + words.new(owner) + " line.\n"
    return text


@st.composite
def _list(draw: st.DrawFn, words: _Words, owner: list[str]) -> str:
    mark, loose = draw(MARKS), draw(st.booleans())
    items = [draw(_item(words, owner, mark)) for _ in range(draw(st.integers(1, 3)))]
    parted = loose or any("\n\n" in item for item in items)
    return ("\n\n" if parted else "\n").join(item.rstrip("\n") if parted else item for item in items)


def _sentence(words: _Words, owner: list[str]) -> str:
    return f"Words {words.new(owner)} beside it."


@st.composite
def _part(draw: st.DrawFn, words: _Words, owner: list[str], *, may_end_in_words: bool) -> str:
    pieces = [_sentence(words, owner)] if draw(st.booleans()) else []
    pieces.append(draw(_list(words, owner)))
    for _ in range(draw(st.integers(0, 1))):
        pieces += [_sentence(words, owner), draw(_list(words, owner))]
    if may_end_in_words and draw(st.booleans()):
        pieces.append(_sentence(words, owner))
    return "\n\n".join(pieces)


@st.composite
def legal_pages(draw: st.DrawFn) -> LegalPage:
    """Draw a page that the contract allows, but for the room that it takes on paper."""
    page, words = LegalPage(), _Words()
    note = [_sentence(words, page.also)] if draw(st.booleans()) else []
    headings = draw(st.sampled_from(HEADINGS))
    note += [f"### {headings[0]}", draw(_part(words, page.do_not, may_end_in_words=True))]
    note += [f"### {headings[1]}", draw(_part(words, page.stop, may_end_in_words=False))]
    note += [f"Not sure {words.new(page.also)}? Read [when to seek help](../when-to-seek-help.md) first."]
    how = [_sentence(words, page.before)] if draw(st.booleans()) else []
    steps = []
    for number in range(1, draw(st.integers(2, 4)) + 1):
        dose = draw(st.sampled_from(sorted(DOSES))) if number > 1 else "for 1 minute"
        own: list[str] = []
        steps.append(draw(_item(words, own, f"{number}.", f"Rub {dose} ")))
        page.steps.append((own, DOSES[dose]))
    how.append("\n\n".join(step.rstrip("\n") for step in steps))
    if draw(st.booleans()):
        how.append(_sentence(words, page.after))
    title = draw(st.sampled_from(sorted(TITLES)))
    page.title = TITLES[title]
    head, tail = ["", f"# {title}", "A slow rub.", PICTURE], ["## More", "Rest.", "[t]: ../tips.md"]
    body = [*head, "## Safety note", *note, "## How to do it", *how, *tail]
    page.text = FRONT + "\n\n".join(body) + "\n"
    return page
