"""How long a step takes, read from its words. Imports nothing of knee."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from functools import lru_cache

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
_NO_CLOCK_CAN_FOLLOW = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 1.5 minutes, 1/2 minute, 1½ minutes, 1:30 minutes, 1′30″
        rf"(?<![0-9.,])[0-9]{{1,9}}[.,][0-9]{{1,9}}[\s-]*(?:{_UNIT}|times\b)",
        rf"(?<![0-9/])(?:[0-9]{{1,9}}\s)?[0-9]{{1,9}}\s?[/⁄]\s?[0-9]{{1,9}}{_JOINT}(?:{_UNIT}|times\b)",
        r"[0-9]?\s?[¼-¾⅐-⅞]",
        rf"(?<![0-9:])[0-9]{{1,3}}:[0-9]{{1,3}}(?![0-9:])(?:\s?{_UNIT})?",
        r"(?<![0-9])[0-9]{1,3}\s?(?:[′″]|['’]\s?[0-9]{1,2}\s?(?:[\"”]|['’]{2}))",
        # one minute, half a minute, a few minutes, 1 full minute, １ minute
        rf"\b(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_ONES}|half|dozen|hundred){_JOINT}(?:{_UNIT}|times\b)",
        r"\b(?:half[\s-]+)?an?[\s-]+(?:minute|min)\b",
        rf"\b(?:(?:a\s+)?few|(?:a\s+)?couple(?:\s+of)?|several|some)\s+{_UNIT}",
        rf"{_NUMBER}\s+(?!to\b|or\b|and\b)[a-z]{{1,20}}\s+{_UNIT}",
        rf"(?:(?![0-9])\d){{1,9}}{_JOINT}(?:{_UNIT}|times\b)",
        # 10x, 30 seconds x 3, 3 sets, 10 reps, 1 minute 30, 60s, 1 hour
        r"(?<![0-9.,])[0-9]{1,9}\s?[x×](?!\w)|(?<!\w)[x×]\s?[0-9]{1,9}|[0-9]×[0-9]{1,9}",
        r"(?<![0-9.,])[0-9]{1,9}\s+(?:sets?|rounds?|reps?|repetitions?|cycles?)\b",
        rf"{_NUMBER}\s?(?:minutes?|mins?)\s[0-9]{{1,2}}\b(?!{_JOINT}{_UNIT}|\s+times\b|{_BETWEEN}[0-9])",
        r"(?<![0-9.,])[0-9]{1,9}\s?(?:s|h|hrs?|hours?|days?)\b",
    )
]
_SPEAKS_OF_TIME = re.compile(rf"\d|[¼-¾⅐-⅞]|[x×]|{_UNIT}|times\b", re.IGNORECASE)
"""Without a number or a unit, words name no dose: most of a page's words are let through by this alone."""
_NUMBERED_WORD = re.compile(rf"(?<![0-9.,:/])[0-9]{{1,9}}{_JOINT}(?P<word>[a-zà-ÿ]{{4,12}})\b", re.IGNORECASE)
_UNITS_IN_FULL = ("second", "seconds", "minute", "minutes")
_ALIKE = 0.75
"""How alike a word after a number is to a unit, from 0 to 1, so that it was meant as one: "2 minuets", "60 secondes"."""


@dataclass(frozen=True)
class Dose:
    """What the words of one step say about its length: times in seconds, counts, and numbers that no clock can follow."""

    times: tuple[int, ...]
    counts: tuple[int, ...]
    unclear: tuple[str, ...]

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
    if not _SPEAKS_OF_TIME.search(words):
        return Dose((), (), ())
    counts = tuple(min(int(found["low"]), int(found["high"] or found["low"])) for found in _COUNT.finditer(words))
    unclear = [found[0].strip() for pattern in _NO_CLOCK_CAN_FOLLOW for found in pattern.finditer(words)]
    unclear += [found[0] for found in _NUMBERED_WORD.finditer(words) if _is_nearly_a_unit(found["word"].lower())]
    unclear += [found[0] for found in _COUNT.finditer(words) if int(found["low"]) == 0]
    return Dose(times=tuple(_in_seconds(found) for found in _TIME.finditer(words)), counts=counts, unclear=tuple(unclear))


def whole_minutes(seconds: int) -> int:
    """Give seconds as minutes, rounded up."""
    return math.ceil(seconds / 60)


@lru_cache(maxsize=1_024)
def _is_nearly_a_unit(word: str) -> bool:
    return word not in _UNITS_IN_FULL and bool(difflib.get_close_matches(word, _UNITS_IN_FULL, 1, _ALIKE))


def _in_seconds(found: re.Match[str]) -> int:
    low = int(found["low"]) * _unit_seconds(found["low_unit"] or found["unit"])
    return min(low, int(found["high"]) * _unit_seconds(found["unit"])) if found["high"] else low


def _unit_seconds(unit: str) -> int:
    return 60 if unit.lower().startswith("min") else 1
