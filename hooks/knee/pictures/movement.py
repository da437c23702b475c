"""What moves in a drawing and where it goes, read from the names of its parts; how that is written for the page.

Whoever draws only names two parts: the hand (or the limb), and its way. The movement itself is made here, out of numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import acos, atan2, cos, degrees, hypot, isfinite, pi, sin

from knee.pictures.corners import Point, evenly, length_along
from knee.pictures.faults import Matter, PictureFault, joined_with_and
from knee.pictures.outlines import AS_IT_IS, Placed, back, moved, outlines, placed_parts
from knee.pictures.part_names import CARRIED, HAND, KINDS, LIMB, LOWER, NO_PRESS, WAYS, taken_apart
from knee.pictures.stripes import Sweep, fault_of
from knee.pictures.tree import Element

_LONGEST_PIECE, _MOST_PIECES = 24.0, 12
"""A way that bends is followed in pieces of at most this length, in the drawing's units, and in no more than so many."""
_OF_A_CIRCLE = 8
_LITTLE = 15
"""Degrees: of a turn of fewer, tenths are seen."""
_SHORTEST_WAY = 2.0
_POSES = 5
"""Into how many pieces a limb of two parts moves: in between, it is bent evenly."""


@dataclass(frozen=True)
class _Way:
    """A way as it was drawn, in the drawing's units."""

    name: str
    number: int
    kind: str
    placed: Placed
    line: list[Point]

    def pieces(self) -> list[Point]:
        count = min(_MOST_PIECES, max(4, round(length_along(self.line) / _LONGEST_PIECE)))
        return list(self.line) if len(self.line) == 2 else evenly(self.line, count)


@dataclass
class _NamedParts:
    """A drawing with its named parts, and what is wrong with them."""

    root: Element
    parts: Mapping[str, Placed]
    faults: list[PictureFault] = field(default_factory=list)

    def wrong(self, placed: Placed, what: str, mend: str) -> None:
        self.faults.append(PictureFault(Matter.WAY, placed.element.line, what, mend))

    def numbered(self, stem: str) -> dict[int, Placed]:
        names = ((taken_apart(name), placed) for name, placed in self.parts.items())
        return {name.number: placed for name, placed in names if name.stem == stem}


_ENDLESS = "the svg moves its parts by numbers that no browser can work out"


def put_movement(root: Element) -> tuple[str, list[PictureFault]]:
    """Write on each part of a drawing how it moves; return the kind of its first way (empty where there is none), and what is wrong."""
    parts: dict[str, Placed] = {}
    for placed in placed_parts(root):
        parts.setdefault(placed.element.part, placed)
    parts.pop("", None)
    found = _NamedParts(root, parts)
    try:
        return _put(found), found.faults
    except (ArithmeticError, ValueError):
        return "", [PictureFault(Matter.WAY, root.line, _ENDLESS, "take the transforms off its groups, and save it again")]


def _put(found: _NamedParts) -> str:
    ways = list(_ways(found))
    for stem, kinds, put in ((HAND, KINDS[:-1], _put_hand), (LIMB, KINDS[-1:], _put_limb)):
        own = {way.number: way for way in ways if way.kind in kinds}
        movers = found.numbered(stem)
        for number, mover in movers.items() if own else ():
            put(found, number, mover, own.get(number) or own[min(own)])
        for number, way in own.items():
            if number not in movers and (number > 1 or not movers):
                name = f"{stem}-{number}" if number > 1 else stem
                found.wrong(
                    way.placed,
                    f"the svg names a way, `{way.name}`, but nothing that goes along it",
                    f'write id="{name}" on the group of the {"working hand" if stem == HAND else "limb that bends"}',
                )
    return ways[0].kind if ways and not found.faults else ""


def _ways(found: _NamedParts) -> Iterator[_Way]:
    for name, placed in found.parts.items():
        stem, number = taken_apart(name)
        if not name.startswith("way-"):
            continue
        if stem not in WAYS:
            named = joined_with_and([f"`{way}`" for way in WAYS]).replace(" and ", " or ")
            found.wrong(placed, f"the svg names a way of an unknown kind, `{name}`", f"name it {named}")
            continue
        drawn = outlines(found.root, placed)
        line = next((outline.corners for outline in drawn), [])
        if len(line) < 2 or length_along(line) < _SHORTEST_WAY:
            found.wrong(placed, f"the svg names a way, `{name}`, that is no line", "draw it as a path, from where the hand starts")
            continue
        placed.element.is_unseen = not any(outline.is_filled or outline.half_width for outline in drawn)
        yield _Way(name, number, stem.removeprefix("way-"), placed, line)


# The hand


def _put_hand(found: _NamedParts, number: int, hand: Placed, way: _Way) -> None:
    undone = back(hand.around)
    shapes = hand_shapes(found.root, hand)
    if undone is None or not shapes:
        found.wrong(hand, "the svg names a hand with nothing in it", 'write id="hand" on the group that holds the hand')
        return
    corners = [corner for shape in shapes for corner in shape]
    middle = tuple((min(axis) + max(axis)) / 2 for axis in zip(*corners, strict=True))
    stops = _stops(way, (middle[0], middle[1]))
    steps = [(x - stops[1][0], y - stops[1][1]) for x, y in stops[0]]
    a, b, c, d, _, _ = undone
    hand.element.track = _track(way.kind, (round(number) for x, y in steps for number in (a * x + c * y, b * x + d * y)))
    sweep = Sweep(way.name, way.kind, way.placed, shapes, stops[0], stops[1])
    for name, placed in found.parts.items():
        if taken_apart(name).stem == NO_PRESS and (fault := fault_of(sweep, outlines(found.root, placed))):
            found.faults.append(fault)
            return


def _stops(way: _Way, middle: Point) -> tuple[list[Point], Point]:
    """Return the points through which a hand goes, and the one at which it is drawn: the first, but where it goes round or both ways."""
    stops = way.pieces()
    if way.kind == "circle":
        stops = evenly([*way.line, way.line[0]], _OF_A_CIRCLE)[:-1]
        nearest = min(range(len(stops)), key=lambda place: _apart(stops[place], middle))
        stops = [*stops[nearest:], *stops[: nearest + 1]]
    if way.kind == "to-and-fro":
        return stops, min(evenly(way.line, 40), key=lambda point: _apart(point, middle))
    return stops, stops[0]


def hand_shapes(root: Element, hand: Placed) -> list[list[Point]]:
    """Return the shapes of a hand that touch the leg: those that are filled. A forearm is a line; a hand of lines alone counts whole."""
    there = outlines(root, hand)
    filled = [outline.corners for outline in there if outline.is_filled and len(outline.corners) > 2]
    return filled or [
        corners
        for outline in there
        for start, end in zip(outline.corners, outline.corners[1:], strict=False)
        if (corners := _widened(start, end, outline.half_width))
    ]


def _widened(start: Point, end: Point, half: float) -> list[Point]:
    long = _apart(start, end)
    if not long:
        return []
    across, down = (end[1] - start[1]) / long * half, (start[0] - end[0]) / long * half
    return [(x + side * across, y + side * down) for x, y, side in ((*start, 1), (*end, 1), (*end, -1), (*start, -1))]


# The limb


def _put_limb(found: _NamedParts, number: int, limb: Placed, way: _Way) -> None:
    inside = {placed.element.part: placed for placed in placed_parts(limb.element)}
    lower = next((found.parts[name] for name in inside if name and taken_apart(name).stem == LOWER), None)
    carried = next((found.parts[name] for name in inside if name and taken_apart(name).stem == CARRIED), None)
    bones = [_bone(found, part) for part in (limb, lower) if part]
    undone = back(limb.around)
    if undone is None or not all(bones):
        found.wrong(limb, "the svg names a limb whose first part is no line", "begin its group with a line from the joint to its end")
        return
    joint, end = (moved(point, undone) for point in (bones[0][0], bones[-1][-1]))
    stops = [moved(point, undone) for point in evenly(way.line, _POSES)]
    if lower is None:
        turns = _unwound([_angle(joint, stop) - _angle(joint, end) for stop in stops])
        goes_back = len({after > before for before, after in pairwise(turns)}) > 1
        poses = [(turn, 0.0) for turn in (turns if goes_back else (turns[0], turns[-1]))]
    else:
        knee = moved(bones[1][0], undone)
        farthest = _apart(joint, knee) + _apart(knee, end)
        if any(_apart(joint, stop) > farthest * 1.02 for stop in stops):
            far = f"the way `{way.name}` leads farther from the joint than the limb is long"
            found.wrong(way.placed, far, f"end the way nearer to the joint: the limb is {farthest:.0f} long")
            return
        poses = [_pose(joint, knee, end, stop) for stop in stops]
        lower.element.track = _turning(lower, bones[1][0], [pose[1] for pose in poses])
    limb.element.track = _turning(limb, bones[0][0], [pose[0] for pose in poses])
    if carried:
        carried.element.track = _turning(carried, bones[-1][-1], [-pose[0] - pose[1] for pose in poses])


def _bone(found: _NamedParts, part: Placed) -> list[Point]:
    """Return the line from which a part of a limb hangs: the first shape in its group, from its joint to its end."""
    return next((outline.corners for outline in outlines(found.root, part) if len(outline.corners) > 1), [])


def _pose(joint: Point, knee: Point, end: Point, stop: Point) -> tuple[float, float]:
    """Return how far the two parts of a limb turn, in degrees, so that its end is at a place; the lower one against the upper one.

    Where the three sides of a triangle are known, its angles are (law of cosines).
    """
    upper, lower = _apart(joint, knee), _apart(knee, end)
    far = min(max(_apart(joint, stop), abs(upper - lower) + 1e-6), upper + lower)
    bend = acos(max(-1.0, min(1.0, (upper**2 + far**2 - lower**2) / (2 * upper * far))))
    side = 1 if (knee[0] - joint[0]) * (end[1] - joint[1]) - (knee[1] - joint[1]) * (end[0] - joint[0]) > 0 else -1
    direction = _angle(joint, stop) - side * degrees(bend)
    there = (joint[0] + upper * cos(direction * pi / 180), joint[1] + upper * sin(direction * pi / 180))
    turn = _least(direction - _angle(joint, knee))
    return turn, _least(_angle(there, stop) - _angle(knee, end) - turn)


def _turning(placed: Placed, joint: Point, turns: Sequence[float]) -> str:
    """Write how a part turns round its joint, in degrees: finely only where it turns a little."""
    digits = 1 if max(turns) - min(turns) < _LITTLE else 0
    turns = [round(turn, digits) for turn in turns]
    return _track(KINDS[-1], (*moved(joint, back(placed.around) or AS_IT_IS), *turns))


def _track(kind: str, numbers: Iterable[float]) -> str:
    rounded = [round(number, 1) or 0 for number in numbers]
    if not all(map(isfinite, rounded)):
        raise OverflowError
    return ",".join([kind, *(f"{number:g}" for number in rounded)])


def _apart(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _angle(start: Point, end: Point) -> float:
    return degrees(atan2(end[1] - start[1], end[0] - start[0]))


def _least(turn: float) -> float:
    """Return a turn as the shorter one of the two that lead to the same place."""
    return (turn + 180) % 360 - 180


def _unwound(turns: Sequence[float]) -> list[float]:
    """Return turns that follow each other without a leap."""
    found = [_least(turns[0])]
    for turn in turns[1:]:
        found.append(found[-1] + _least(turn - found[-1]))
    return found
