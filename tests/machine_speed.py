"""How slow the machine is at the moment: limits of time hold the code to account, and not what else the machine does."""

from __future__ import annotations

import time

TURNS = 500_000
SECONDS = 0.08
"""What the turns took where the limits were set, on 2 cores that did other work as well."""


def slowness() -> float:
    """Return how many times as long as there Python takes for the same work in this moment; never less than 1.

    Cores that are shared, and cores that are slow, make seconds of CPU longer: the same test took 2 and 5 of them on one day.
    """
    started = time.process_time()
    total = 0
    for turn in range(TURNS):
        total += turn * turn % 7
    return max(1.0, (time.process_time() - started) / SECONDS)
