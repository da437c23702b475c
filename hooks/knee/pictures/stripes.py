"""Whether a hand keeps off the parts that must not be pressed, on its whole way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from knee.pictures.corners import Point, evenly, length_along
from knee.pictures.faults import Matter, PictureFault
from knee.pictures.outlines import Outline, Placed, back, moved

_LOOKS = 60
"""At how many places of its way a hand is looked at, to say how far it may go."""
_MOST_SHAPES = 24
"""A hand of more shapes than a hand has counts as one, with all that lies between them: nobody waits for the check."""
_LESS = 3.0
"""How far from the stripes a way that is made shorter ends, in the drawing's units."""


class Sweep(NamedTuple):
    """A hand and the way that it takes: the corners of its shapes as they are drawn, and the points that it goes through."""

    name: str
    kind: str
    way: Placed
    shapes: list[list[Point]]
    stops: list[Point]
    drawn_at: Point


def fault_of(sweep: Sweep, stripes: Sequence[Outline]) -> PictureFault | None:
    """Tell where a hand comes onto the stripes; None where it keeps off them."""
    patches = [outline.corners for outline in stripes if len(outline.corners) > 2]
    hulls = [hull(shape) for shape in sweep.shapes]
    if len(hulls) > _MOST_SHAPES:
        hulls = [hull([corner for shape in hulls for corner in shape])]
    if not any(_touches(area, patch) for area in _swept(hulls, sweep) for patch in patches):
        return None
    what = f"the hand comes onto the stripes on its way, `{sweep.name}`"
    return PictureFault(Matter.STRIPES, sweep.way.element.line, what, _mend(sweep, hulls, patches))


def _mend(sweep: Sweep, hulls: Sequence[Sequence[Point]], patches: Sequence[Sequence[Point]]) -> str:
    """Say how far the hand may go; a hand that is drawn on the stripes has to be moved first."""

    def is_clear(point: Point) -> bool:
        moved_hulls = (_shifted(shape, sweep, point) for shape in hulls)
        return not any(_touches(shape, patch) for shape in moved_hulls for patch in patches)

    if not is_clear(sweep.drawn_at):
        return "move the hand to where it may press: it is drawn on the stripes"
    if sweep.kind == "circle":
        return "make the circle smaller, or move the hand and its way off the stripes"
    points = evenly(sweep.stops, _LOOKS)
    nearest = min(range(len(points)), key=lambda place: _square(points[place], sweep.drawn_at))
    ends = {}
    for word, places in (("end", range(nearest, len(points))), ("begin", range(nearest, -1, -1))):
        clear = nearest
        for place in places:
            if not is_clear(points[place]):
                ends[word] = _backed_off(points, clear, nearest)
                break
            clear = place
    undone = back(sweep.way.own)
    written = {word: moved(point, undone) if undone else point for word, point in sorted(ends.items())}
    told = " and ".join(f"{word} at {x:.0f} {y:.0f}" for word, (x, y) in written.items())
    return f"let the way {told}: so far the hand is off the stripes"


def _backed_off(points: Sequence[Point], clear: int, drawn_at: int) -> Point:
    """Return the last place that is clear of the stripes, and a little before it."""
    piece = length_along(points) / _LOOKS
    steps = round(_LESS / piece + 0.5) if piece else 0
    return points[max(clear - steps, drawn_at) if clear >= drawn_at else min(clear + steps, drawn_at)]


def _swept(hulls: Sequence[Sequence[Point]], sweep: Sweep) -> Iterator[list[Point]]:
    """Return the areas that a hand goes over. What holds a shape in two places holds all that it goes over in a straight line between."""
    for start, end in pairwise(sweep.stops):
        for shape in hulls:
            yield hull([*_shifted(shape, sweep, start), *_shifted(shape, sweep, end)])


def _shifted(shape: Sequence[Point], sweep: Sweep, to: Point) -> list[Point]:
    across, down = to[0] - sweep.drawn_at[0], to[1] - sweep.drawn_at[1]
    return [(x + across, y + down) for x, y in shape]


def hull(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the tightest band round some points (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    sides: list[list[Point]] = []
    for run in (ordered, ordered[::-1]):
        side: list[Point] = []
        for point in run:
            while len(side) > 1 and _left_of(side[-2], side[-1], point) <= 0:
                side.pop()
            side.append(point)
        sides.append(side[:-1])
    return sides[0] + sides[1] if len(ordered) > 2 else ordered


def _touches(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two areas have anything in common."""
    if _is_inside(one[0], other) or _is_inside(other[0], one):
        return True
    near = _near(_sides(other), one)
    return any(_cross(a, b, c, d) for a, b in _sides(one) for c, d in near)


def _sides(area: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(pairwise([*area, area[0]]))


def _near(sides: Sequence[tuple[Point, Point]], area: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return the sides that come into the box round an area: only these can cross it."""
    left, right = min(x for x, _ in area), max(x for x, _ in area)
    top, bottom = min(y for _, y in area), max(y for _, y in area)
    across = (side for side in sides if min(side[0][0], side[1][0]) <= right and max(side[0][0], side[1][0]) >= left)
    return [side for side in across if min(side[0][1], side[1][1]) <= bottom and max(side[0][1], side[1][1]) >= top]


def _is_inside(point: Point, area: Sequence[Point]) -> bool:
    """Whether a point lies in an area: a line from it to the right then leaves the area an odd number of times."""
    x, y = point
    crossed = False
    for (u, v), (w, z) in _sides(area):
        if (v > y) != (z > y) and x < (w - u) * (y - v) / (z - v) + u:
            crossed = not crossed
    return crossed


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _left_of(a, b, c) * _left_of(a, b, d) < 0 and _left_of(c, d, a) * _left_of(c, d, b) < 0


def _left_of(start: Point, end: Point, point: Point) -> float:
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def _square(one: Point, other: Point) -> float:
    return (other[0] - one[0]) ** 2 + (other[1] - one[1]) ** 2
