"""Counts what a browser draws when every `<use>`, pattern and mask is unfolded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from knee.pictures.allowed import SHAPES
from knee.pictures.paths import NUMBER, length_of
from knee.pictures.tree import Element

MOST_POINTS = 20_000
"""About four times of what fits into 40 kB without unfolding anything."""
MOST_WORK = 1_200
"""Shapes that are painted one over the other, each perhaps as large as the picture: about 1 second of a browser's time."""
_WORK = {"clip-path": 2, "gradient": 5, "opacity": 4, "isolation": 4, "mix-blend-mode": 6, "pattern": 12, "mask": 35}
"""How many shapes of one colour a part is worth that is painted in such a way, as measured in Chromium."""
MOST_OPEN_LAYERS = 8
"""Parts that are drawn on a ground of their own inside one another: each takes the memory of a whole picture."""
MOST_DASHES = 100_000
_DEEPEST = 250

_URL = re.compile(r"(?:^|[;{\s\"'])([a-z-]+)\s*:\s*[^;]*?url\(\s*[\"']?#([^\"')]+)")
_WAYS = re.compile(r"(?<![a-z-])(opacity|mask|clip-path|mix-blend-mode|isolation):(?!none|1[;\s]|1$|auto|normal)")
_DASHES = re.compile(r"stroke-dasharray:([^;}]*)")
_TOO_LARGE = re.compile(r"(?<![\d.])0*[1-9]\d{7}|\d\.?[eE]\+?0*(?:[7-9]|[1-9]\d)")
_COLOUR = re.compile(r"#[0-9a-fA-F]+")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_HANDED_DOWN = ("fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end")
_PAINTS = ("pattern", "marker", "linearGradient", "radialGradient")
_NO_PAINT = ("linearGradient", "radialGradient", "stop", "title", "desc", "style")


class TooMuch(Exception):
    """The drawing has no end, or would keep a browser busy; says what was found."""


class Load(NamedTuple):
    """What a part asks of a browser."""

    points: int = 0
    work: int = 0
    open_layers: int = 0
    length: float = 0.0
    """Of its lines, in its own units; at least as much as they are long."""

    def beside(self, other: Load, times: int = 1) -> Load:
        """Return the load of both, the other some times over."""
        return Load(
            self.points + other.points * times,
            self.work + other.work * times,
            max(self.open_layers, other.open_layers),
            self.length + other.length * times,
        )


def judge(root: Element) -> None:
    """Count what a drawing unfolds to. Raises: TooMuch."""
    if any(_TOO_LARGE.search(_COLOUR.sub("", text)) for element in root.walk() for text in (element.text, *element.attributes.values())):
        raise TooMuch("numbers of more than 7 digits")
    load = _Count(root).of(root, frozenset())
    shortest = _shortest_dash(root)
    if shortest is not None and load.length > shortest * MOST_DASHES:
        raise TooMuch(f"lines of more than {MOST_DASHES:,} dashes")


class _Count:
    def __init__(self, root: Element) -> None:
        self.parts: dict[str, Element] = {}
        for element in root.walk():
            if "id" in element.attributes:
                self.parts.setdefault(element.attributes["id"], element)
        self.rules = [rule for element in root.walk() if element.name == "style" for rule in _RULE.findall(element.text)]
        self.known: dict[tuple[int, frozenset[str]], Load] = {}
        self.open: set[int] = set()

    def of(self, element: Element, handed_down: frozenset[str]) -> Load:
        """Return the load of an element, with what it is painted with; `handed_down` are parts that those above it are painted with."""
        if element.name in _NO_PAINT:
            return Load()
        key = (id(element), handed_down)
        if key in self.known:
            return self.known[key]
        if id(element) in self.open:
            raise TooMuch("a part that is drawn inside itself")
        if len(self.open) > _DEEPEST:
            raise TooMuch(f"parts that lead on to more than {_DEEPEST} others")
        self.open.add(id(element))
        self.known[key] = load = self._count(element, handed_down)
        self.open.remove(id(element))
        if load.points > MOST_POINTS or len(self.known) > MOST_POINTS:
            raise TooMuch(f"copies of its parts that come to more than {MOST_POINTS:,} points")
        if load.work > MOST_WORK:
            raise TooMuch(f"parts and copies of parts that come to the work of more than {MOST_WORK:,} shapes")
        if load.open_layers > MOST_OPEN_LAYERS:
            raise TooMuch(f"more than {MOST_OPEN_LAYERS} masks, clip paths, patterns or opacities inside one another")
        return load

    def _count(self, element: Element, handed_down: frozenset[str]) -> Load:
        style = self._style_of(element)
        asked = [(name, part) for name, part in _URL.findall(style) if part in self.parts]
        painted = handed_down | {part for name, part in asked if name in _HANDED_DOWN and self.parts[part].name in _PAINTS}
        data = element.attributes.get("d", element.attributes.get("points", ""))
        is_shape = element.name in SHAPES and element.name != "use"
        load = Load(1 + len(data) // 8, int(is_shape), length=_outline_length(element) if is_shape else 0)
        for child in element.children:
            load = load.beside(self.of(child, painted))
        if element.name in ("use", "pattern") and (used := self.parts.get(element.attributes.get("href", "")[1:])):
            load = load.beside(self.of(used, painted))
        own = [part for name, part in asked if name in ("mask", "clip-path")]
        for part in (*own, *(painted if is_shape else ())):
            times = len(NUMBER.findall(data)) // 2 + 1 if self.parts[part].name == "marker" else 1
            load = load.beside(self.of(self.parts[part], frozenset()), times)
        is_graded = is_shape and any(self.parts[part].name.endswith("Gradient") for part in painted)
        return _with_ground(load, element, style, is_graded=is_graded)

    def _style_of(self, element: Element) -> str:
        """Return all that an element may be painted with, as declarations."""
        names = {element.name, "*", *(f".{name}" for name in element.attributes.get("class", "").split())}
        names |= {f"#{element.attributes.get('id', '')}", *(("root",) if element.name == "svg" else ())}
        own = ";".join(f"{name}:{value}" for name, value in element.attributes.items() if name != "style")
        rules = (declared for selectors, declared in self.rules if not names.isdisjoint(_last_names(selectors)))
        return f";{own};{element.attributes.get('style', '')};{';'.join(rules)}"


def _with_ground(load: Load, element: Element, style: str, *, is_graded: bool) -> Load:
    """Add the work of a part that is drawn on its own layer, or slow to draw."""
    ways = {way for way in _WAYS.findall(style) if way != "opacity" or element.children}
    open_layers = load.open_layers + bool(ways or element.name == "pattern")
    ways |= ({"pattern"} if element.name == "pattern" else set()) | ({"gradient"} if is_graded else set())
    return load._replace(work=load.work + sum(_WORK[way] for way in ways), open_layers=open_layers)


def _last_names(selectors: str) -> Iterator[str]:
    for selector in selectors.split(","):
        yield from re.findall(r"[.#]?[^\s.#>:]+|\*", re.split(r"[\s>]", selector.strip())[-1])


def _shortest_dash(root: Element) -> float | None:
    """Return the shortest length after which some dashes begin anew; None where there are no dashes."""
    texts = [element.text for element in root.walk() if element.name == "style"]
    texts += [
        f"{name}:{value}" for element in root.walk() for name, value in element.attributes.items() if name in ("style", "stroke-dasharray")
    ]
    sums = [sum(abs(float(number)) for number in NUMBER.findall(dashes)) for text in texts for dashes in _DASHES.findall(text)]
    return min((length for length in sums if length), default=None)


_SIMPLE = {"line": ("x1", "x2", "y1", "y2"), "rect": ("width", "height"), "circle": ("r",), "ellipse": ("rx", "ry")}


def _outline_length(element: Element) -> float:
    """Return the length of a shape's outline, or somewhat more."""
    if "pathLength" in element.attributes:
        return _sum(element.attributes["pathLength"])
    if element.name in _SIMPLE:
        return 7 * sum(_sum(element.attributes.get(name, "")) for name in _SIMPLE[element.name])
    if element.name in ("polyline", "polygon"):
        return length_of(f"M{element.attributes.get('points', '')}")
    return length_of(element.attributes.get("d", ""))


def _sum(text: str) -> float:
    return sum(abs(float(number)) for number in NUMBER.findall(text))
