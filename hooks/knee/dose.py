"""How long a step takes, read from its words. Imports nothing of knee."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

SECONDS_A_COUNT = 4
"""A step with only a count ("5 times") takes this many seconds a time (contract, body 5)."""
SECONDS_WITHOUT_A_NUMBER = 10
"""A step with neither a time nor a count takes this many seconds (contract, body 5)."""
LONGEST = 10 * 60
"""The longest time that a step may name, in seconds."""

_NUMBER = r"(?<![0-9.,])(?P<low>[0-9]{1,9})"
_UNIT = r"(?:seconds?|secs?|minutes?|mins?)\b"
_BETWEEN = r"\s*(?:to|or|and|-|–|—)\s*"
_TIME = re.compile(
    rf"{_NUMBER}(?:(?:[\s-]*(?P<low_unit>{_UNIT}))?{_BETWEEN}(?P<high>[0-9]{{1,9}}))?[\s-]*(?P<unit>{_UNIT})",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"{_NUMBER}(?:{_BETWEEN}(?P<high>[0-9]{{1,9}}))?\s+times\b", re.IGNORECASE)
_FRACTION = re.compile(rf"(?<![0-9.,])[0-9]{{1,9}}[.,][0-9]{{1,9}}[\s-]*(?:{_UNIT}|times\b)|[0-9]?[½¼¾]", re.IGNORECASE)
_IN_LETTERS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|forty-five|sixty|ninety)"
    rf"[\s-]+(?:{_UNIT}|times\b)|\b(?:half[\s-]+)?an?[\s-]+(?:minute|min)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(rf"\b(?:a few|a couple of|several|some)\s+(?:{_UNIT})|(?<![0-9.,])[0-9]{{1,9}}\s?[x×](?!\w)", re.IGNORECASE)
_OTHER_UNIT = re.compile(r"(?<![0-9.,])[0-9]{1,9}\s?(?:s|h|hrs?|hours?)\b", re.IGNORECASE)


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


def dose_of(words: str) -> Dose:
    """Read the dose from a step's words; of a range, the lower number counts."""
    counts = tuple(min(int(found["low"]), int(found["high"] or found["low"])) for found in _COUNT.finditer(words))
    unclear = [found[0] for pattern in (_FRACTION, _IN_LETTERS, _VAGUE, _OTHER_UNIT) for found in pattern.finditer(words)]
    unclear += [found[0] for found in _COUNT.finditer(words) if int(found["low"]) == 0]
    return Dose(times=tuple(_in_seconds(found) for found in _TIME.finditer(words)), counts=counts, unclear=tuple(unclear))


def whole_minutes(seconds: int) -> int:
    """Give seconds as minutes, rounded up."""
    return math.ceil(seconds / 60)


def _in_seconds(found: re.Match[str]) -> int:
    low = int(found["low"]) * _unit_seconds(found["low_unit"] or found["unit"])
    return min(low, int(found["high"]) * _unit_seconds(found["unit"])) if found["high"] else low


def _unit_seconds(unit: str) -> int:
    return 60 if unit.lower().startswith("min") else 1
