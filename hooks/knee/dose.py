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

_UNIT = r"(?P<{0}>seconds?|secs?|minutes?|mins?)\b"
_BETWEEN = r"\s*(?:to|or|-|–|—)\s*"
_TIME = re.compile(
    r"(?<![0-9.,])(?P<low>[0-9]{1,9})(?:[\s-]*" + _UNIT.format("low_unit") + r")?"
    r"(?:" + _BETWEEN + r"(?P<high>[0-9]{1,9}))?[\s-]*" + _UNIT.format("unit") + r"|"
    r"(?<![0-9.,])(?P<alone>[0-9]{1,9})[\s-]*" + _UNIT.format("alone_unit"),
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<![0-9.,])(?P<low>[0-9]{1,9})(?:" + _BETWEEN + r"[0-9]+)?\s+times\b", re.IGNORECASE)
_FRACTION = re.compile(r"[0-9]+[.,][0-9]+[\s-]*(?:seconds?|secs?|minutes?|mins?|times)\b|[½¼¾]", re.IGNORECASE)
_IN_LETTERS = re.compile(
    r"\b(?:(?:half\s+)?an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|forty-five|sixty|ninety)"
    r"[\s-]+(?:minutes?|mins?)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|forty-five|sixty|ninety)[\s-]+(?:seconds?|secs?)\b",
    re.IGNORECASE,
)


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
    return Dose(
        times=tuple(_in_seconds(found) for found in _TIME.finditer(words)),
        counts=tuple(int(found["low"]) for found in _COUNT.finditer(words)),
        unclear=tuple(found[0] for pattern in (_FRACTION, _IN_LETTERS) for found in pattern.finditer(words)),
    )


def whole_minutes(seconds: int) -> int:
    """Give seconds as minutes, rounded up."""
    return math.ceil(seconds / 60)


def _in_seconds(found: re.Match[str]) -> int:
    if found["alone"]:
        return int(found["alone"]) * _unit_seconds(found["alone_unit"])
    return int(found["low"]) * _unit_seconds(found["low_unit"] or found["unit"])


def _unit_seconds(unit: str) -> int:
    return 60 if unit.lower().startswith("min") else 1
