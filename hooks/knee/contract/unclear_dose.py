"""What people write about the length of a step that no clock can follow, and what to write in its place."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import NamedTuple

_NUMBER = r"(?<![0-9.,:/])(?P<low>[0-9]{1,9})"
_UNIT = r"(?:seconds?|secs?|minutes?|mins?)\b"
_DASHES = r"\u2010-\u2015\u2212-"
_JOINT = rf"[\s{_DASHES}]*"
"""What may stand between a number and its unit: "2 minutes", "2-minute" with any hyphen."""
_BETWEEN = rf"\s*(?:to|or|and|[{_DASHES}])\s*"
TIME = rf"{_NUMBER}(?:(?:{_JOINT}(?P<low_unit>{_UNIT}))?{_BETWEEN}(?P<high>[0-9]{{1,9}}))?{_JOINT}(?P<unit>{_UNIT})"
"""A length of time in digits: "1 minute", "30 to 60 seconds"."""
COUNT = rf"{_NUMBER}(?:{_BETWEEN}(?P<high>[0-9]{{1,9}}))?\s+times\b(?!\s+(?:as|more|less|[a-z]{{2,12}}er)\b)"
"""A count in digits: "5 times", "5 to 10 times"; not a comparison, such as "2 times as light"."""

_DIGITS = rf"(?<![0-9.,:/])[0-9]{{1,9}}(?:{_BETWEEN}[0-9]{{1,9}})?"
_A_TIME, _A_COUNT = rf"{_DIGITS}{_JOINT}{_UNIT}", rf"{_DIGITS}\s+times\b"
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_IN_LETTERS = rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_ONES})"
_SETS = r"(?:sets?|rounds?|reps?|repetitions?|cycles?)\b"
_PERIOD = r"(?:hour|day|week|fortnight|month|morning|afternoon|evening|night|meal)"
_SO_OFTEN = (
    rf"(?:{_DIGITS}\s*(?:times|sets?|rounds?|reps?|sessions?|days?|{_UNIT}|[x×])|[x×]\s?[0-9]{{1,3}}|\b(?:once|twice|thrice)|\btimes)"
)

_OFTEN = "take it out here: how often a day or a week stands at the top of the page, in the line `often:`"
_ONE_OF_BOTH = "write only how long (`for 2 minutes`), or only how many times (`10 times`)"
_LONG_IN_ALL = "say how long the step takes in all: `for 2 minutes`"
_EACH_SIDE = (
    "write a step for each side, or how many times or how long in all; `each_leg: true` at the top of the page brings the other leg"
)
_IN_SECONDS = "write it in seconds, or in whole minutes: `30 seconds`, `90 seconds`, `2 minutes`"
_IN_DIGITS = "write the number in digits: `1 minute`, `5 times`"
_HOW_MANY = "say how many, in digits: `2 minutes`"
_IN_ALL = "write how many times in all (`30 times`), or how long and how often (`30 seconds, 3 times`)"
_SIDE_BY_SIDE = "write the number straight before the word: `1 minute`"
_TIMES_SIDE_BY_SIDE = "write the number straight before the word `times`: `5 times`"

_HOW_OFTEN = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_SO_OFTEN}[\s,]*(?:\ba\b|\ban\b|\bper\b|\beach\b|\bevery\b|/|\bin\s+an?\b|\bon\s+\w+\s+days\s+a\b)\s*(?:single\s+)?{_PERIOD}s?\b",
        rf"{_SO_OFTEN}[\s,]*(?:daily|nightly|weekly|monthly|hourly)\b",
        rf"\b(?:every|each)\s+(?:single\s+|other\s+|second\s+|few\s+|(?:{_DIGITS}|{_IN_LETTERS})\s+)?{_PERIOD}s?\b",
        r"\bper\s+(?:hour|day|week|month|night)\b",
        r"\b(?:daily|nightly|weekly|monthly|hourly)\b(?=\W*$|\s*[.,;:!?)]|\s+(?:for|and|or|with|until|if|when|in|at)\b)",
        r"(?<!for )(?<!after )(?<!of )(?<!half )(?<!such )\ba\s+(?:day|week)\b(?=\W*$|\s*[.,;:!?)]|\s+for\b)",
        r"\bmorning\s+and\s+(?:evening|night)\b",
    )
]
"""How often a day, a week or the like: "3 times a day", "every 2 hours", "daily"."""
_NO_CLOCK_CAN_FOLLOW = [
    (re.compile(pattern, re.IGNORECASE), fix)
    for pattern, fix in (
        (
            rf"{_A_COUNT}[\s,]*(?:\b(?:in|within|over|during|inside|every)|(?:\bper\b|/))\s*(?:about\s+)?{_DIGITS}{_JOINT}{_UNIT}",
            _ONE_OF_BOTH,
        ),
        (rf"{_A_COUNT}[\s,]*(?:\b(?:an?|per|each|every|in\s+an?)\b|/)\s*(?:second|minute|min)\b", _ONE_OF_BOTH),  # 10 times a minute
        (rf"{_DIGITS}\s+[a-z]{{3,20}}\s+(?:an?|per|each|every)\s+(?:second|minute|min)\b", _LONG_IN_ALL),  # 20 strokes a minute
        (rf"\b(?:once\s+)?every\s+{_A_TIME}", _LONG_IN_ALL),  # every 30 seconds
        (
            rf"(?:{_A_TIME}|{_A_COUNT})[\s,(]*(?:\b(?:on|for|with|in|to|at|of)\s+)?\b(?:each|every|either|per|a)\s+"
            r"(?:side|leg|knee|hand|palm|arm|foot|direction|way)\b",
            _EACH_SIDE,
        ),  # 5 times on each side
        (
            rf"\bcount(?:s|ing)?(?:\s+\w+){{0,2}}\s+(?:to|of|from)\s+(?:[0-9]{{1,4}}|{_IN_LETTERS})\b",
            "write how long, in seconds: `10 seconds`",
        ),
        (rf"(?<![0-9.,])[0-9]{{1,9}}[.,][0-9]{{1,9}}[\s-]*(?:{_UNIT}|times\b)", _IN_SECONDS),  # 1.5 minutes
        (rf"(?<![0-9/])(?:[0-9]{{1,9}}\s)?[0-9]{{1,9}}\s?[/⁄]\s?[0-9]{{1,9}}{_JOINT}(?:{_UNIT}|times\b)", _IN_SECONDS),  # 1/2 minute
        (r"[0-9]?\s?[¼-¾⅐-⅞]", _IN_SECONDS),  # 1½ minutes
        (rf"(?<![0-9:])[0-9]{{1,3}}:[0-9]{{1,3}}(?![0-9:])(?:\s?{_UNIT})?", _IN_SECONDS),  # 1:30 minutes
        (r"(?<![0-9])[0-9]{1,3}\s?[′″](?:\s?[0-9]{1,2}\s?[′″])?", _IN_SECONDS),  # 1′ 30″
        (r"(?<![0-9])[0-9]{1,3}\s?['’]\s?[0-9]{1,2}\s?(?:[\"”]|['’]{2})", _IN_SECONDS),  # 1' 30"
        (rf"{_DIGITS}\s?(?:minutes?|mins?)\s[0-9]{{1,2}}\b(?!{_JOINT}{_UNIT}|\s+times\b|{_BETWEEN}[0-9])", _IN_SECONDS),  # 1 minute 30
        (r"(?<![0-9.,])[0-9]{1,9}\s?(?:s|h|hrs?|hours?|days?)\b", _IN_SECONDS),  # 60s, 1 hour
        (r"\bhalf(?:[\s-]+an?)?[\s-]+(?:minute|min)\b", _IN_SECONDS),  # half a minute
        (rf"\b(?:{_IN_LETTERS}|half|dozen|hundred){_JOINT}(?:{_UNIT}|times\b)", _IN_DIGITS),  # one minute
        (r"\btwice\b(?!\s+as\b)", "write `2 times`"),
        (r"\bthrice\b", "write `3 times`"),
        (r"\ban?[\s-]+(?:minute|min)\b", _IN_DIGITS),  # a minute
        (rf"(?:(?![0-9])\d){{1,9}}{_JOINT}(?:{_UNIT}|times\b)", _IN_DIGITS),  # １ minute
        (rf"\b(?:(?:a\s+)?few|(?:a\s+)?couple(?:\s+of)?|several|some)\s+{_UNIT}", _HOW_MANY),  # a few minutes
        (rf"{_DIGITS}\s+(?!to\b|or\b|and\b)[a-z]{{1,20}}\s+{_UNIT}", _SIDE_BY_SIDE),  # 1 full minute
        (rf"{_DIGITS}\s+(?!to\b|or\b|and\b)[a-z]{{1,20}}\s+times\b", _TIMES_SIDE_BY_SIDE),  # 5 more times
        (r"(?<![0-9.,])[0-9]{1,9}\s?[x×](?!\w)|(?<!\w)[x×]\s?[0-9]{1,9}|[0-9]×[0-9]{1,9}", _IN_ALL),  # 10x, 30 seconds x 3
        (
            rf"(?<![0-9.,])[0-9]{{1,9}}\s+{_SETS}(?:\s+of\s+[0-9]{{1,9}}(?:\s+(?:times|reps?|seconds?|minutes?)\b)?)?",
            _IN_ALL,
        ),  # 3 sets of 10 times
        (rf"(?<![0-9.,:/])0+(?:{_BETWEEN}[0-9]{{1,9}})?\s+times\b", "write how many times: `5 times`"),
    )
]
"""How people write a length or a count that no clock can follow, and what they should write."""
_RIGHT = re.compile("write `([^`]+)`")
_NUMBERED_WORD = re.compile(rf"(?<![0-9.,:/])(?P<number>[0-9]{{1,9}}){_JOINT}(?P<word>[a-zà-ÿ]{{4,12}})\b", re.IGNORECASE)
_UNITS_IN_FULL = ("second", "seconds", "minute", "minutes")
_ALIKE = 0.75
"""How alike a word after a number is to a unit, from 0 to 1, so that it was meant as one: "2 minuets", "60 secondes"."""


class Unclear(NamedTuple):
    """Words that name a length or a count as no clock can follow it, and what to write in their place."""

    words: str
    fix: str

    @property
    def right(self) -> str:
        """What to write in the place of the words; empty where that is left to the author."""
        return found[1] if (found := _RIGHT.fullmatch(self.fix)) else ""


def unclear_in(words: str) -> tuple[Unclear, ...]:
    """Return everything in a step's words that no clock can follow, what matters most first."""
    unclear = [Unclear(found[0].strip(), fix) for pattern, fix in _NO_CLOCK_CAN_FOLLOW for found in pattern.finditer(words)]
    for found in _NUMBERED_WORD.finditer(words):
        if unit := _meant_unit(found["word"].lower()):
            unclear.append(Unclear(found[0], f"write `{found['number']} {unit}`"))
    return (*frequencies_in(words), *unclear)


def frequencies_in(words: str) -> tuple[Unclear, ...]:
    """Return what says how often a day, a week or the like something is done."""
    return tuple(Unclear(found[0].strip(" ,"), _OFTEN) for pattern in _HOW_OFTEN for found in pattern.finditer(words))


@lru_cache(maxsize=1_024)
def _meant_unit(word: str) -> str:
    """Return the unit that a word after a number was meant as; empty where it is a unit, or another word."""
    return "" if word in _UNITS_IN_FULL else next(iter(difflib.get_close_matches(word, _UNITS_IN_FULL, 1, _ALIKE)), "")
