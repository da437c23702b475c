"""The corners of a shape, in its own units: curves are followed in short straight lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, radians, sin, sqrt

from knee.pictures.paths import COMMAND, NUMBER, STEPS
from knee.pictures.tree import Element

Point = tuple[float, float]

_FIGURE = rf"({NUMBER.pattern})[\s,]*"
_ARC = re.compile(rf"{_FIGURE * 3}([01])[\s,]*([01])[\s,]*{_FIGURE * 2}")
"""The numbers of an arc: its two flags may stand close to what follows them."""
_PIECES = 8
"""Straight lines that stand for a curve, and for each quarter of an arc."""
_SIDES = {"line": ("x1", "y1", "x2", "y2"), "rect": ("x", "y", "width", "height")}


def number_of(element: Element, name: str) -> float:
    """Return the number in an attribute; 0 where there is none."""
    found = NUMBER.match(element.attributes.get(name, "").strip())
    return float(found[0]) if found else 0.0


def corners_of(element: Element) -> list[list[Point]]:
    """Return the corners of a shape in its own units, for each of its lines."""
    if element.name == "path":
        return [line for line in _traced(element.attributes.get("d", "")) if line]
    if element.name in ("polyline", "polygon"):
        numbers = [float(number) for number in NUMBER.findall(element.attributes.get("points", ""))]
        return [list(zip(numbers[::2], numbers[1::2], strict=False))] if len(numbers) > 1 else []
    if element.name in _SIDES:
        x, y, other, last = (number_of(element, name) for name in _SIDES[element.name])
        return [[(x, y), (other, last)]] if element.name == "line" else [[(x, y), (x + other, y), (x + other, y + last), (x, y + last)]]
    wide, high = (number_of(element, name) for name in (("r", "r") if element.name == "circle" else ("rx", "ry")))
    x, y = number_of(element, "cx"), number_of(element, "cy")
    return [[(x + wide * cos(n * pi / 12), y + high * sin(n * pi / 12)) for n in range(24)]]


def _traced(data: str) -> Iterator[list[Point]]:
    """Follow a path; a line that is closed ends where it began."""
    line: list[Point] = []
    here = start = handle = (0.0, 0.0)
    for command, rest in COMMAND.findall(data):
        letter, away = command.upper(), command.islower()
        if letter == "Z":
            line.append(start)
            here = handle = start
            continue
        for place, numbers in enumerate(_groups(letter, rest)):
            x, y = here if away else (0.0, 0.0)
            if letter == "M" and place == 0:
                yield line
                here = start = handle = (x + numbers[0], y + numbers[1])
                line = [here]
                continue
            line = line or [here]
            end, handle, points = _drawn(letter, numbers, here, handle, (x, y))
            line += [*points, end]
            here = end
    yield line


def _groups(letter: str, rest: str) -> Iterator[list[float]]:
    """Return the numbers that a command takes, as often as it is given more."""
    if letter == "A":
        yield from ([float(number) for number in found] for found in _ARC.findall(rest))
        return
    numbers, size = [float(number) for number in NUMBER.findall(rest)], STEPS.get(letter, len(rest) + 1)
    yield from (numbers[place : place + size] for place in range(0, len(numbers) - size + 1, size))


def _drawn(letter: str, numbers: list[float], here: Point, handle: Point, origin: Point) -> tuple[Point, Point, list[Point]]:
    """Return where one piece of a path ends, the handle that the next one goes on from, and the corners in between."""
    x, y = origin
    if letter in "HV":
        end = (x + numbers[0], here[1]) if letter == "H" else (here[0], y + numbers[0])
        return end, end, []
    end = (x + numbers[-2], y + numbers[-1])
    if letter == "A":
        return end, end, _arc(here, numbers, end)
    points = [(x + across, y + down) for across, down in zip(numbers[:-2:2], numbers[1:-2:2], strict=True)]
    if letter in "ST":
        points.insert(0, (2 * here[0] - handle[0], 2 * here[1] - handle[1]))
    if not points:
        return end, end, []
    return end, points[-1], [_bent([here, *points, end], step / _PIECES) for step in range(1, _PIECES)]


def _bent(points: list[Point], share: float) -> Point:
    """Return the point of a curve at a share of its way (de Casteljau)."""
    while len(points) > 1:
        pairs = list(pairwise(points))
        points = [(x + (u - x) * share, y + (v - y) * share) for (x, y), (u, v) in pairs]
    return points[0]


def _arc(here: Point, numbers: list[float], end: Point) -> list[Point]:
    """Return the corners of an arc (https://www.w3.org/TR/SVG2/implnote.html#ArcImplementationNotes)."""
    wide, high, turn = abs(numbers[0]), abs(numbers[1]), radians(numbers[2])
    if not wide or not high or here == end:
        return []
    across, down = (here[0] - end[0]) / 2, (here[1] - end[1]) / 2
    x, y = cos(turn) * across + sin(turn) * down, -sin(turn) * across + cos(turn) * down
    too_small = sqrt((x / wide) ** 2 + (y / high) ** 2)
    wide, high = wide * max(1, too_small), high * max(1, too_small)
    under = (wide * y) ** 2 + (high * x) ** 2
    off = sqrt(max(0, (wide * high) ** 2 / under - 1)) * (1 if numbers[3] != numbers[4] else -1)
    u, v = off * wide * y / high, -off * high * x / wide
    middle = (cos(turn) * u - sin(turn) * v + (here[0] + end[0]) / 2, sin(turn) * u + cos(turn) * v + (here[1] + end[1]) / 2)
    begin, last = atan2((y - v) / high, (x - u) / wide), atan2((-y - v) / high, (-x - u) / wide)
    sweep = last - begin
    if numbers[4] and sweep < 0:
        sweep += 2 * pi
    elif not numbers[4] and sweep > 0:
        sweep -= 2 * pi
    pieces = max(2, round(_PIECES * abs(sweep) / (pi / 2)))
    found = []
    for step in range(1, pieces):
        angle = begin + sweep * step / pieces
        p, q = wide * cos(angle), high * sin(angle)
        found.append((middle[0] + cos(turn) * p - sin(turn) * q, middle[1] + sin(turn) * p + cos(turn) * q))
    return found


def evenly(line: Sequence[Point], pieces: int) -> list[Point]:
    """Return the points that part a line into pieces of one length, with its ends."""
    lengths = [hypot(u - x, v - y) for (x, y), (u, v) in pairwise(line)]
    total, found, place, gone = sum(lengths), [line[0]], 0, 0.0
    for step in range(1, pieces):
        wanted = total * step / pieces
        while place < len(lengths) - 1 and gone + lengths[place] < wanted:
            gone += lengths[place]
            place += 1
        share = (wanted - gone) / lengths[place] if lengths[place] else 0.0
        (x, y), (u, v) = line[place], line[place + 1]
        found.append((x + (u - x) * share, y + (v - y) * share))
    return [*found, line[-1]]


def length_along(line: Sequence[Point]) -> float:
    """Return how long a line is."""
    return sum(hypot(u - x, v - y) for (x, y), (u, v) in pairwise(line))
