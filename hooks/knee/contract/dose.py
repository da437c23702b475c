"""How long a step takes, read from its words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from knee.contract.unclear_dose import COUNT, TIME, Unclear, frequencies_in, unclear_in

SECONDS_A_COUNT = 4
"""A step with only a count ("5 times") takes this many seconds a time (contract, body 5)."""
SECONDS_WITHOUT_A_NUMBER = 10
"""A step with neither a time nor a count takes this many seconds (contract, body 5)."""
EACH_LEG = re.compile(r"\b(?:(?:with|on|for)\s+)?each\s+leg\b", re.IGNORECASE)
"""What says in a step of an exercise that it is done with one leg and then with the other."""
LONGEST = 10 * 60
"""The longest that a step may take, in seconds: its time, its count, or the two multiplied."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Characters that no reader sees, and that part no words."""
_TIME = re.compile(TIME, re.IGNORECASE)
_COUNT = re.compile(COUNT, re.IGNORECASE)

_EACH_TIME = r"(?:each(?:\s+time)?|every\s+time|(?:at\s+)?a\s+time)\b"
_LET_GO = r"(?:let(?:ting)?\s+(?:\w+\s+)?go|relax|release|rest|loosen|lower(?:\s+it)?|stop)\b"
_REPEAT = r"(?:repeat|do|doing)\b(?:\s+(?:this|it|that|so|all|again|both|about|for|up\s+to|at\s+least|between|the\s+same)){0,3}"
_TIME_THEN_COUNT = re.compile(
    rf"\W*(?:{_EACH_TIME})?\W*(?:(?:and\s+)?(?:then\s+)?{_LET_GO})?\W*(?:and\s+)?(?:then\s+)?|(?:(?!\b(?:not|never|don['’]t)\b).){{0,200}}\b{_REPEAT}\s*",
    re.IGNORECASE | re.DOTALL,
)
"""What may stand between a time and the count that multiplies it: "10 seconds, 5 times", "5 seconds, then let go. Repeat 5 times"."""
_COUNT_THEN_HOLD = re.compile(
    r"\s+|[\s,;:(–—-]*(?:and\s+|while\s+)?(?:hold|press|squeez|keep|stay|paus)(?:s|e|es|ing)?\b(?:\s+(?!then\b)\w+){0,3}\s*", re.IGNORECASE
)
"""What may stand between a count and the time that it multiplies: "3 times, hold for 5 seconds"."""
_AFTER_EACH = re.compile(rf"\W{{0,3}}{_EACH_TIME}", re.IGNORECASE)
_EACH = re.compile(rf"\b{_EACH_TIME}", re.IGNORECASE)
_IN_TURN = re.compile(r"\b(?:then|last|finally|afterwards?)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:in|within|over|during|inside)\s+(?:\w+\s+)?$", re.IGNORECASE)
_IN_ALL = re.compile(r"\W{0,3}(?:in\s+(?:all|total)|altogether|overall)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Dose:
    """What the words of one step say about its length: times in seconds, counts, and words that no clock can follow."""

    times: tuple[int, ...]
    counts: tuple[int, ...]
    unclear: tuple[Unclear, ...]
    multiplied: bool = False
    """Whether the one time and the one count belong together, as in "10 seconds, 5 times"."""
    moving: int = 0
    """Seconds for each time beside those that the words name: an exercise's time is how long it is held, and it is moved there and back."""
    legs: int = 1
    """How many legs do it, one after the other."""

    @property
    def named(self) -> bool:
        """Whether the step names a time or a count in digits."""
        return bool(self.times or self.counts)

    @property
    def apart(self) -> bool:
        """Whether the step names a time and a count that do not belong together: nobody can tell how long it takes."""
        return bool(self.times and self.counts) and not self.multiplied

    @property
    def seconds(self) -> int:
        """The step's length on the follow-along clock, in seconds."""
        return self.legs * self._seconds_a_leg

    @property
    def _seconds_a_leg(self) -> int:
        if self.multiplied:
            return self.counts[0] * (self.times[0] + self.moving)
        if self.times:
            return self.times[0]
        if self.counts:
            return self.counts[0] * SECONDS_A_COUNT
        return SECONDS_WITHOUT_A_NUMBER


@lru_cache(maxsize=4_096)
def dose_of(words: str, *, exercise: bool = False) -> Dose:
    """Read the dose from a step's words; of a range, the lower number counts. Kept, because several rules ask for that of each step."""
    seen = _UNSEEN.sub("", words)
    clear, legs = EACH_LEG.subn("", seen) if exercise else (seen, 0)
    times, counts = list(_TIME.finditer(seen)), list(_COUNT.finditer(seen))
    return Dose(
        times=tuple(_in_seconds(found) for found in times),
        counts=tuple(min(int(found["low"]), int(found["high"] or found["low"])) for found in counts),
        unclear=unclear_in(clear),
        multiplied=len(times) == len(counts) == 1 and _belong_together(seen, times[0], counts[0]),
        moving=SECONDS_A_COUNT if exercise else 0,
        legs=2 if legs else 1,
    )


def how_often(words: str) -> tuple[Unclear, ...]:
    """Return what says how often a day or a week something is done: that belongs to the whole page, and never in a step."""
    return frequencies_in(_UNSEEN.sub("", words))


def whole_minutes(seconds: int) -> int:
    """Return seconds as minutes, rounded up."""
    return math.ceil(seconds / 60)


def _belong_together(words: str, time: re.Match[str], count: re.Match[str]) -> bool:
    """Whether a count says how often a time is gone through, and does not count something else, or frame it."""
    before, after = words[: time.start()], words[time.end() :]
    if _WITHIN.search(before) or _IN_ALL.match(after):
        return False
    if time.start() < count.start():
        return bool(_TIME_THEN_COUNT.fullmatch(words, time.end(), count.start()))
    between = words[count.end() : time.start()]
    if _IN_TURN.search(between):
        return False
    return bool(_AFTER_EACH.match(after) or _EACH.search(between) or _COUNT_THEN_HOLD.fullmatch(between))


def _in_seconds(found: re.Match[str]) -> int:
    low = int(found["low"]) * _unit_seconds(found["low_unit"] or found["unit"])
    return min(low, int(found["high"]) * _unit_seconds(found["unit"])) if found["high"] else low


def _unit_seconds(unit: str) -> int:
    return 60 if unit.lower().startswith("min") else 1
