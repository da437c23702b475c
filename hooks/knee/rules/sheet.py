"""The rule about the printed sheet: it has to fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knee.contract.headings import HOW_TO, SAFETY_NOTE
from knee.contract.technique_page import TechniquePage
from knee.facts.paper import WORDS_A_LINE, Line, Side, sides
from knee.rules.registry import Finding, rule
from knee.text.wording import counted

NAMED = 4
"""So many of the long lines are named."""
MUCH = 4
"""A part is named where it takes more than this fraction of the lines: a quarter."""


@rule("KE320")
def fits_one_sheet(page: TechniquePage) -> Iterator[Finding]:
    """The safety note, the steps and the key facts fit on 1 printed sheet, and in large print on 2 sides.

    Why: a second sheet gets lost, and with it the end of the safety note. The other sections are not printed and may be long.
    """
    over = [side for side in sides(page) if side.over]
    normal = [side for side in over if side.points == 14.0]
    if over:
        yield _too_long(page, max(normal or over, key=lambda side: side.over))


def _too_long(page: TechniquePage, side: Side) -> Finding:
    safety, steps = (sum(line.lines for line in lines) for lines in (side.safety, side.steps))
    parts = {SAFETY_NOTE: safety, HOW_TO: steps}
    large = {name: count for name, count in parts.items() if count * MUCH > safety + steps}
    counts = ", ".join(f"`{name}` takes {count} lines" for name, count in large.items())
    sheet = "the printed sheet" if side.points == 14.0 else f"the {'first' if safety else 'second'} side of the large print"
    what = f"{sheet} is about {counted(side.over, 'line')} too long for {side.paper.name} paper: {counts}"
    heading = page.section(SAFETY_NOTE if safety > steps else HOW_TO)
    words = side.over * WORDS_A_LINE[side.points]
    names = " or ".join(f"`{name}`" for name in large)
    keep = ", but keep each warning" if SAFETY_NOTE in large else ""
    mend = f"use about {words} words less in {names}{keep}{_longest((*side.safety, *side.steps))}"
    return Finding(heading.heading.line if heading else page.first_line, what, mend)


def _longest(lines: Sequence[Line]) -> str:
    """Name the places where a few words less save a whole line of paper."""
    found = sorted((line for line in lines if line.lines > 1), key=lambda line: -line.lines)[:NAMED]
    places = ", ".join(str(number) for number in sorted(line.number for line in found))
    return f"; these lines of the page take more than 1 line of paper: {places}" if found else ""
