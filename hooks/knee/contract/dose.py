"""How long a step takes, read from its words."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

SECONDS_A_COUNT = 4
"""A step with only a count ("5 times") takes this many seconds a time (contract, body 5)."""
SECONDS_WITHOUT_A_NUMBER = 10
"""A step with neither a time nor a count takes this many seconds (contract, body 5)."""
LONGEST = 10 * 60
"""The longest time that a step may name, in seconds."""

_NUMBER = r"(?<![0-9.,:/])(?P<low>[0-9]{1,9})"
_UNIT = r"(?:seconds?|secs?|minutes?|mins?)\b"
_JOINT = r"[\s\u2010\u2011-]*"
"""What may stand between a number and its unit: "2 minutes", "2-minute" with any hyphen."""
_BETWEEN = r"\s*(?:to|or|and|-|–|—)\s*"
_TIME = re.compile(
    rf"{_NUMBER}(?:(?:{_JOINT}(?P<low_unit>{_UNIT}))?{_BETWEEN}(?P<high>[0-9]{{1,9}}))?{_JOINT}(?P<unit>{_UNIT})",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"{_NUMBER}(?:{_BETWEEN}(?P<high>[0-9]{{1,9}}))?\s+times\b", re.IGNORECASE)
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SETS = r"(?:sets?|rounds?|reps?|repetitions?|cycles?)\b"
_IN_SECONDS = "write it in seconds, or in whole minutes: `30 seconds`, `90 seconds`, `2 minutes`"
_IN_DIGITS = "write the number in digits: `1 minute`, `5 times`"
_HOW_MANY = "say how many, in digits: `2 minutes`"
_IN_ALL = "write how many times in all (`30 times`), or how long and how often (`30 seconds, 3 times`)"
_SIDE_BY_SIDE = "write the number straight before the word: `1 minute`"
_NO_CLOCK_CAN_FOLLOW = [
    (re.compile(pattern, re.IGNORECASE), mend)
    for pattern, mend in (
        (rf"(?<![0-9.,])[0-9]{{1,9}}[.,][0-9]{{1,9}}[\s-]*(?:{_UNIT}|times\b)", _IN_SECONDS),  # 1.5 minutes
        (rf"(?<![0-9/])(?:[0-9]{{1,9}}\s)?[0-9]{{1,9}}\s?[/⁄]\s?[0-9]{{1,9}}{_JOINT}(?:{_UNIT}|times\b)", _IN_SECONDS),  # 1/2 minute
        (r"[0-9]?\s?[¼-¾⅐-⅞]", _IN_SECONDS),  # 1½ minutes
        (rf"(?<![0-9:])[0-9]{{1,3}}:[0-9]{{1,3}}(?![0-9:])(?:\s?{_UNIT})?", _IN_SECONDS),  # 1:30 minutes
        (r"(?<![0-9])[0-9]{1,3}\s?[′″](?:\s?[0-9]{1,2}\s?[′″])?", _IN_SECONDS),  # 1′ 30″
        (r"(?<![0-9])[0-9]{1,3}\s?['’]\s?[0-9]{1,2}\s?(?:[\"”]|['’]{2})", _IN_SECONDS),  # 1' 30"
        (rf"{_NUMBER}\s?(?:minutes?|mins?)\s[0-9]{{1,2}}\b(?!{_JOINT}{_UNIT}|\s+times\b|{_BETWEEN}[0-9])", _IN_SECONDS),  # 1 minute 30
        (r"(?<![0-9.,])[0-9]{1,9}\s?(?:s|h|hrs?|hours?|days?)\b", _IN_SECONDS),  # 60s, 1 hour
        (r"\bhalf(?:[\s-]+an?)?[\s-]+(?:minute|min)\b", _IN_SECONDS),  # half a minute
        (rf"\b(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_ONES}|half|dozen|hundred){_JOINT}(?:{_UNIT}|times\b)", _IN_DIGITS),  # one minute
        (r"\ban?[\s-]+(?:minute|min)\b", _IN_DIGITS),  # a minute
        (rf"(?:(?![0-9])\d){{1,9}}{_JOINT}(?:{_UNIT}|times\b)", _IN_DIGITS),  # １ minute
        (rf"\b(?:(?:a\s+)?few|(?:a\s+)?couple(?:\s+of)?|several|some)\s+{_UNIT}", _HOW_MANY),  # a few minutes
        (rf"{_NUMBER}\s+(?!to\b|or\b|and\b)[a-z]{{1,20}}\s+{_UNIT}", _SIDE_BY_SIDE),  # 1 full minute
        (r"(?<![0-9.,])[0-9]{1,9}\s?[x×](?!\w)|(?<!\w)[x×]\s?[0-9]{1,9}|[0-9]×[0-9]{1,9}", _IN_ALL),  # 10x, 30 seconds x 3
        (
            rf"(?<![0-9.,])[0-9]{{1,9}}\s+{_SETS}(?:\s+of\s+[0-9]{{1,9}}(?:\s+(?:times|reps?|seconds?|minutes?)\b)?)?",
            _IN_ALL,
        ),  # 3 sets of 10 times
    )
]
"""How people write a length or a count that no clock can follow, and what they should write."""
_NUMBERED_WORD = re.compile(rf"(?<![0-9.,:/])(?P<number>[0-9]{{1,9}}){_JOINT}(?P<word>[a-zà-ÿ]{{4,12}})\b", re.IGNORECASE)
_UNITS_IN_FULL = ("second", "seconds", "minute", "minutes")
_ALIKE = 0.75
"""How alike a word after a number is to a unit, from 0 to 1, so that it was meant as one: "2 minuets", "60 secondes"."""


class Unclear(NamedTuple):
    """Words that name a length or a count as no clock can follow it, and what to write in their place."""

    words: str
    mend: str


@dataclass(frozen=True)
class Dose:
    """What the words of one step say about its length: times in seconds, counts, and numbers that no clock can follow."""

    times: tuple[int, ...]
    counts: tuple[int, ...]
    unclear: tuple[Unclear, ...]

    @property
    def named(self) -> bool:
        """Whether the step names a time or a count in digits."""
        return bool(self.times or self.counts)

    @property
    def seconds(self) -> int:
        """The step's length on the follow-along clock, in seconds."""
        if self.times:
            return self.times[0] * (self.counts[0] if self.counts else 1)
        if self.counts:
            return self.counts[0] * SECONDS_A_COUNT
        return SECONDS_WITHOUT_A_NUMBER


@lru_cache(maxsize=4_096)
def dose_of(words: str) -> Dose:
    """Read the dose from a step's words; of a range, the lower number counts. Kept, because several rules ask for that of each step."""
    counts = tuple(min(int(found["low"]), int(found["high"] or found["low"])) for found in _COUNT.finditer(words))
    unclear = [Unclear(found[0].strip(), mend) for pattern, mend in _NO_CLOCK_CAN_FOLLOW for found in pattern.finditer(words)]
    for found in _NUMBERED_WORD.finditer(words):
        if unit := _meant_unit(found["word"].lower()):
            unclear.append(Unclear(found[0], f"write `{found['number']} {unit}`"))
    unclear += [Unclear(found[0], "write how many times: `5 times`") for found in _COUNT.finditer(words) if int(found["low"]) == 0]
    return Dose(times=tuple(_in_seconds(found) for found in _TIME.finditer(words)), counts=counts, unclear=tuple(unclear))


def whole_minutes(seconds: int) -> int:
    """Return seconds as minutes, rounded up."""
    return math.ceil(seconds / 60)


@lru_cache(maxsize=1_024)
def _meant_unit(word: str) -> str:
    """Return the unit that a word after a number was meant as; empty where it is a unit, or another word."""
    return "" if word in _UNITS_IN_FULL else next(iter(difflib.get_close_matches(word, _UNITS_IN_FULL, 1, _ALIKE)), "")


def _in_seconds(found: re.Match[str]) -> int:
    low = int(found["low"]) * _unit_seconds(found["low_unit"] or found["unit"])
    return min(low, int(found["high"]) * _unit_seconds(found["unit"])) if found["high"] else low


def _unit_seconds(unit: str) -> int:
    return 60 if unit.lower().startswith("min") else 1
