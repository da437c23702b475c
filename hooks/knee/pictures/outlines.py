"""Where the shapes of a drawing stand: their outlines as corners in the drawing's own units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import cos, isfinite, radians, sin, sqrt, tan
from typing import NamedTuple

from knee.pictures.allowed import SHAPES
from knee.pictures.corners import Point, corners_of, number_of
from knee.pictures.paths import NUMBER
from knee.pictures.tree import Element

Matrix = tuple[float, float, float, float, float, float]
"""As in svg's `matrix(a b c d e f)`."""
AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)

_NOT_DRAWN = ("defs", "symbol", "clipPath", "mask", "pattern", "marker", "linearGradient", "radialGradient", "title", "desc", "style")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")


class Outline(NamedTuple):
    """The outline of one shape."""

    corners: list[Point]
    is_filled: bool
    half_width: float
    """Half the width of its line; 0 where it has none."""


class Placed(NamedTuple):
    """An element, how it is moved from its own units to the drawing's, and the same for what holds it."""

    element: Element
    own: Matrix
    around: Matrix


def combined(outer: Matrix, inner: Matrix) -> Matrix:
    """Return what the inner and then the outer one do."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def back(matrix: Matrix) -> Matrix | None:
    """Return what undoes a matrix; None where nothing can, because it makes a line of all."""
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if not isfinite(size) or abs(size) < 1e-9:
        return None
    return (d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size)


def moved(point: Point, matrix: Matrix) -> Point:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def placed_parts(root: Element) -> Iterator[Placed]:
    """Return every drawn element below the root, in the order of the file."""

    def below(element: Element, around: Matrix) -> Iterator[Placed]:
        for child in element.children:
            if child.name not in _NOT_DRAWN:
                own = combined(around, matrix_of(child))
                yield Placed(child, own, around)
                yield from below(child, own)

    yield from below(root, AS_IT_IS)


def matrix_of(element: Element) -> Matrix:
    """Return what the `transform` of an element does."""
    found = AS_IT_IS
    for name, text in _TRANSFORM.findall(element.attributes.get("transform", "")):
        numbers = [float(number) for number in NUMBER.findall(text)]
        if numbers:
            found = combined(found, _matrix(name, numbers))
    return found


def _matrix(name: str, numbers: Sequence[float]) -> Matrix:
    first, second = numbers[0], numbers[1] if len(numbers) > 1 else None
    match name:
        case "translate":
            return (1, 0, 0, 1, first, second or 0)
        case "scale":
            return (first, 0, 0, first if second is None else second, 0, 0)
        case "rotate":
            turn = (cos(radians(first)), sin(radians(first)), -sin(radians(first)), cos(radians(first)), 0.0, 0.0)
            x, y = (numbers[1], numbers[2]) if len(numbers) > 2 else (0.0, 0.0)
            return combined(combined((1, 0, 0, 1, x, y), turn), (1, 0, 0, 1, -x, -y))
        case "skewX":
            return (1, 0, tan(radians(first)), 1, 0, 0)
        case "skewY":
            return (1, tan(radians(first)), 0, 1, 0, 0)
    a, b, c, d, e, f = (*numbers, *AS_IT_IS[len(numbers) :])[:6]
    return (a, b, c, d, e, f)


def outlines(root: Element, placed: Placed) -> list[Outline]:
    """Return the outlines of a part and of all in it, in the drawing's units; copies (`use`) stand for what they copy.

    Only for drawings that are known to be bounded (knee.pictures.bounds).
    """
    named = {element.attributes["id"]: element for element in root.walk() if "id" in element.attributes}

    def inside(element: Element, matrix: Matrix, around: _Paint) -> Iterator[Outline]:
        paint = _painted(element, around)
        if element.name == "use" and (used := named.get(element.attributes.get("href", "")[1:])):
            x, y = (number_of(element, name) for name in ("x", "y"))
            yield from inside(used, combined(combined(matrix, (1, 0, 0, 1, x, y)), matrix_of(used)), paint)
        elif element.name in SHAPES:
            wide = paint.width / 2 * sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) if paint.stroke != "none" else 0.0
            for corners in corners_of(element):
                yield Outline([moved(corner, matrix) for corner in corners], paint.fill != "none", wide)
        for child in element.children:
            if child.name not in _NOT_DRAWN:
                yield from inside(child, combined(matrix, matrix_of(child)), paint)

    return list(inside(placed.element, placed.own, _paint_around(root, placed.element)))


class _Paint(NamedTuple):
    """What a shape is painted with, as far as its own attributes say it: a class may say more."""

    fill: str = "black"
    stroke: str = "none"
    width: float = 1.0


def _paint_around(root: Element, wanted: Element) -> _Paint:
    """Return what an element gets from those that hold it."""

    def search(element: Element, around: _Paint) -> _Paint | None:
        if element is wanted:
            return around
        paint = _painted(element, around)
        return next((found for child in element.children if (found := search(child, paint))), None)

    return search(root, _Paint()) or _Paint()


def _painted(element: Element, around: _Paint) -> _Paint:
    own = {**element.attributes, **dict(part.split(":", 1) for part in element.attributes.get("style", "").split(";") if ":" in part)}
    wide = NUMBER.match(own.get("stroke-width", "").strip())
    stroke = "by a class" if "class" in own else around.stroke
    return _Paint(own.get("fill", around.fill).strip(), own.get("stroke", stroke).strip(), float(wide[0]) if wide else around.width)
