"""Counts what a browser has to draw when every `<use>`, pattern, mask and marker of a drawing is unfolded. Imports knee.pictures.tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from knee.pictures.tree import Element

MOST_POINTS = 20_000
"""About four times of what fits into 40 kB without unfolding anything."""
MOST_LAYERS = 200
"""Parts that are drawn on a ground of their own first: those with a mask, a clip path, a pattern or an opacity as a group."""
MOST_OPEN_LAYERS = 12
"""Such parts inside one another: each takes the memory of a whole picture."""
MOST_DASHES = 100_000
_DEEPEST = 250

_URL = re.compile(r"(?:^|[;{\s\"'])([a-z-]+)\s*:\s*[^;]*?url\(\s*[\"']?#([^\"')]+)")
_LAYER = re.compile(r"(?<![a-z-])(?:opacity|mask|clip-path|mix-blend-mode|isolation):")
_DASHES = re.compile(r"stroke-dasharray:([^;}]*)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_HANDED_DOWN = ("fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end")
_NO_PAINT = ("linearGradient", "radialGradient", "stop", "title", "desc", "style")


class TooMuch(Exception):
    """The drawing has no end, or would keep a browser busy; says what was found."""


class Load(NamedTuple):
    """What a part asks of a browser."""

    points: int = 0
    layers: int = 0
    open_layers: int = 0
    length: float = 0.0
    """Of its lines, in its own units; at least as much as they are long."""

    def beside(self, other: Load, times: int = 1) -> Load:
        """Give the load of both, the other some times over."""
        return Load(
            self.points + other.points * times,
            self.layers + other.layers * times,
            max(self.open_layers, other.open_layers),
            self.length + other.length * times,
        )


def judge(root: Element) -> None:
    """Count what a drawing unfolds to. Raises: TooMuch."""
    load = _Count(root).of(root, frozenset())
    if load.layers > MOST_LAYERS:
        raise TooMuch(f"{load.layers:,} parts with a mask, a clip path, a pattern or an opacity; {MOST_LAYERS:,} are the most")
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
        """Give the load of an element, with what it is painted with; `handed_down` are parts that those above it are painted with."""
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
        if load.open_layers > MOST_OPEN_LAYERS:
            raise TooMuch(f"more than {MOST_OPEN_LAYERS} masks, clip paths, patterns or opacities inside one another")
        return load

    def _count(self, element: Element, handed_down: frozenset[str]) -> Load:
        style = self._style_of(element)
        asked = [(name, part) for name, part in _URL.findall(style) if part in self.parts]
        painted = handed_down | {part for name, part in asked if name in _HANDED_DOWN and self.parts[part].name in ("pattern", "marker")}
        data = element.attributes.get("d", element.attributes.get("points", ""))
        load = Load(1 + len(data) // 8, length=_length(element) if element.name != "use" else 0)
        for child in element.children:
            load = load.beside(self.of(child, painted))
        if element.name == "use" and (used := self.parts.get(element.attributes.get("href", "")[1:])):
            load = load.beside(self.of(used, painted))
        own = [part for name, part in asked if name in ("mask", "clip-path")]
        is_shape = not element.children and element.name not in ("g", "defs", "svg", "symbol", "use")
        for part in (*own, *(painted if is_shape else ())):
            times = len(_NUMBER.findall(data)) // 2 + 1 if self.parts[part].name == "marker" else 1
            load = load.beside(self.of(self.parts[part], frozenset()), times)
        has_layer = bool(own) or element.name == "pattern" or (element.children and _LAYER.search(style) is not None)
        return load._replace(layers=load.layers + 1, open_layers=load.open_layers + 1) if has_layer else load

    def _style_of(self, element: Element) -> str:
        """Give all that an element may be painted with, as declarations."""
        names = {element.name, "*", *(f".{name}" for name in element.attributes.get("class", "").split())}
        names.add(f"#{element.attributes.get('id', '')}")
        own = ";".join(f"{name}:{value}" for name, value in element.attributes.items() if name != "style")
        rules = (declared for selectors, declared in self.rules if not names.isdisjoint(_last_names(selectors)))
        return f";{own};{element.attributes.get('style', '')};{';'.join(rules)}"


def _last_names(selectors: str) -> Iterator[str]:
    for selector in selectors.split(","):
        yield from re.findall(r"[.#]?[^\s.#>:]+|\*", re.split(r"[\s>]", selector.strip())[-1])


def _shortest_dash(root: Element) -> float | None:
    """Give the shortest length after which some dashes begin anew; None where there are no dashes."""
    texts = [element.text for element in root.walk() if element.name == "style"]
    texts += [
        f"{name}:{value}" for element in root.walk() for name, value in element.attributes.items() if name in ("style", "stroke-dasharray")
    ]
    sums = [sum(abs(float(number)) for number in _NUMBER.findall(dashes)) for text in texts for dashes in _DASHES.findall(text)]
    return min((length for length in sums if length), default=None)


_SIMPLE = {"line": ("x1", "x2", "y1", "y2"), "rect": ("width", "height"), "circle": ("r",), "ellipse": ("rx", "ry")}
_STEPS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


def _length(element: Element) -> float:
    """Give the length of a shape's outline, or somewhat more."""
    if "pathLength" in element.attributes:
        return _sum(element.attributes["pathLength"])
    if element.name in _SIMPLE:
        return 7 * sum(_sum(element.attributes.get(name, "")) for name in _SIMPLE[element.name])
    if element.name in ("polyline", "polygon"):
        return _path_length(f"M{element.attributes.get('points', '')}")
    return _path_length(element.attributes.get("d", ""))


def _sum(text: str) -> float:
    return sum(abs(float(number)) for number in _NUMBER.findall(text))


def _path_length(data: str) -> float:
    """Give the length of a path along its corners and handles: no curve is longer than that."""
    x = y = start_x = start_y = total = 0.0
    for command, rest in re.findall(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)", data):
        upper, relative = command.upper(), command.islower()
        if upper == "Z":
            total += abs(start_x - x) + abs(start_y - y)
            x, y = start_x, start_y
        size, numbers = _STEPS.get(upper, 0), [float(number) for number in _NUMBER.findall(rest)]
        total += 7 * sum(map(abs, numbers)) if upper == "A" else 0  # its flags may stand close together, and be read as one number
        for place in range(0, len(numbers) - size + 1, size) if size else ():
            before, step = (x, y), numbers[place : place + size]
            for across, down in _points(upper, step[-2:] if upper == "A" else step, before if not relative else (0.0, 0.0)):
                new = (before[0] + across, before[1] + down) if relative else (across, down)
                total += 0 if upper == "M" and place == 0 else abs(new[0] - x) + abs(new[1] - y)
                x, y = new
            if upper == "M" and place == 0:
                start_x, start_y = x, y
    return total


def _points(command: str, step: list[float], stays: tuple[float, float]) -> Iterator[tuple[float, float]]:
    if command == "H":
        yield step[0], stays[1]
    elif command == "V":
        yield stays[0], step[0]
    else:
        yield from zip(step[::2], step[1::2], strict=True)
