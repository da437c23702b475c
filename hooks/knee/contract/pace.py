"""How fast a step is done: how long 1 round of it takes, from its own words and from what its drawing shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knee.contract.dose import SECONDS_A_COUNT, Dose

SLOW, OF_TAPS = 6, 2
"""Seconds of a round of a step that says only for how long: with "slow" in it, and of taps (2 fists, each once)."""
FASTEST = 2
"""Nothing is shown faster than a round in so many seconds: our cautious limit."""

_SLOW = re.compile(r"\bslow(?:ly)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Pace:
    """Seconds that a round takes (a stroke, a circle, there and back), and for how many of them a limb is held at the end of its way."""

    seconds: float
    hold: int = 0


def pace_of(dose: Dose, words: str, kind: str) -> Pace:
    """Read the pace of a step that moves in a way of this kind (knee.pictures.part_names). Rounds never go past the step's time."""
    if dose.multiplied:
        return _no_faster(dose.times[0] + dose.moving, hold=dose.times[0] if dose.moving else 0)
    if dose.times:
        usual = OF_TAPS if kind == "tap" else SLOW if _SLOW.search(words) else SECONDS_A_COUNT
        return _no_faster(dose.times[0] / max(1, dose.times[0] // usual))
    return _no_faster(SECONDS_A_COUNT)


def _no_faster(seconds: float, hold: int = 0) -> Pace:
    return Pace(round(max(seconds, FASTEST), 2), hold)
