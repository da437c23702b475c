"""The data of paths: how long a path is at most, and the same path in fewer characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
COMMAND = re.compile(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)")
STEPS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
"""How many numbers each command takes at a time."""
_ODD = re.compile(r",\s*,|[A-Za-z]\s*,|,\s*[A-Za-z]|^\s*,|,\s*$|[eE](?![-+]?\d)")
_WHOLE = re.compile(r"M(?:[MLHVCSQTZ]|-?\d{1,5}(?!\d)|[ ,])*")
_Point = tuple[float, float]


def length_of(data: str) -> float:
    """Return the length of a path along its corners and handles: no curve is longer than that."""
    x = y = start_x = start_y = total = 0.0
    for command, rest in COMMAND.findall(data):
        upper, relative = command.upper(), command.islower()
        if upper == "Z":
            total += abs(start_x - x) + abs(start_y - y)
            x, y = start_x, start_y
        size, numbers = STEPS.get(upper, 0), [float(number) for number in NUMBER.findall(rest)]
        total += 7 * sum(map(abs, numbers)) if upper == "A" else 0  # its flags may stand close together, and be read as one number
        for place in range(0, len(numbers) - size + 1, size) if size else ():
            before, step = (x, y), numbers[place : place + size]
            for across, down in _points(upper, step[-2:] if upper == "A" else step, (0.0, 0.0) if relative else before):
                new = (before[0] + across, before[1] + down) if relative else (across, down)
                total += 0 if upper == "M" and place == 0 else abs(new[0] - x) + abs(new[1] - y)
                x, y = new
            if upper == "M" and place == 0:
                start_x, start_y = x, y
    return total


def _points(command: str, step: list[float], stays: _Point) -> Iterator[_Point]:
    if command == "H":
        yield step[0], stays[1]
    elif command == "V":
        yield stays[0], step[0]
    else:
        yield from zip(step[::2], step[1::2], strict=True)


def shorter(data: str) -> str:
    """Return the same path in fewer characters. Whole numbers may count from where the line is, which is exact; others stay as they are."""
    data = " ".join(data.split())
    if _ODD.search(data):
        return data  # the path ends at such a place, and has to end there still
    data = re.sub(r"[ ,]+(?=-)", "", re.sub(r"[ ,]*([A-DF-Za-df-z]) *", r"\1", data.replace(",", " "))).rstrip()
    if not _WHOLE.fullmatch(data):
        return data
    return "".join(_shortest(data)) if all(_is_whole(*command) for command in COMMAND.findall(data)) else data


def _is_whole(command: str, rest: str) -> bool:
    """Whether a command has as many numbers as it takes."""
    count = len(NUMBER.findall(rest))
    return count == 0 if command == "Z" else count > 0 and count % STEPS[command] == 0


def _shortest(data: str) -> Iterator[str]:
    """Write a path of whole numbers and large letters: each step from the page's corner, or from where the line is, as is shorter."""
    here, start, last = (0, 0), (0, 0), ""
    for command, rest in COMMAND.findall(data):
        numbers, size = [int(number) for number in NUMBER.findall(rest)], STEPS.get(command, 1)
        if command == "Z":
            yield "z"
            here, last = start, "z"
        for place in range(0, len(numbers), size):
            step = numbers[place : place + size]
            moved = [number - here[1 if command == "V" else nth % 2] for nth, number in enumerate(step)]
            letter = "L" if command == "M" and place else command
            ways = ((_written(letter, step, last), letter), (_written(letter.lower(), moved, last), letter.lower()))
            written, last = min(ways, key=lambda way: len(way[0]))
            yield written
            here = {"H": (step[-1], here[1]), "V": (here[0], step[-1])}.get(command, (step[-2:][0], step[-1]))
            start = here if letter == "M" else start


def _written(letter: str, numbers: list[int], last: str) -> str:
    text = re.sub(r" (?=-)", "", " ".join(map(str, numbers)))
    if letter != last or letter in "Mm":
        return letter + text
    return text if text.startswith("-") else f" {text}"
