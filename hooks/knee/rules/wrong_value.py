"""What is wrong with a value of the front matter, and what its author most likely meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

from knee.contract import models
from knee.contract.page import Page
from knee.rules.front_matter_table import FIELDS, Field
from knee.rules.registry import Finding
from knee.text.front_matter import FrontMatter
from knee.text.mended import Mended
from knee.text.wording import listed, shortened

_LONGEST_VALUE = 40
"""Characters: of a longer value, only so many are compared with the words of the table."""
_IN_OTHER_WORDS = {"pillow": "cushion", "oil": "lotion", "massage oil": "lotion", "cream": "lotion"}
"""What people write for a word of `equipment`."""


def _strange_words(key: str, value: object) -> list[str]:
    """Return the words of a list that are none of those which the key takes."""
    known = {"positions": models.POSITIONS, "equipment": get_args(models.Equipment)}.get(key)
    if not known or not isinstance(value, list):
        return []
    strange = dict.fromkeys(word for word in value if isinstance(word, str) and word.strip() and word not in known)
    return [shortened(_with_codes(word), 80) for word in strange]


_ENOUGH = 5
"""So many strange words are named."""


def wrong_value(page: Page, key: str, fix: str = "", may_mean: Callable[[Any], bool] = lambda _: True) -> Iterator[Finding]:
    """Say what is wrong with the value of a key, and what to write: what it was most likely meant as, where that `may_mean` it.

    `fix` is said in place of the table's own words where nothing was meant.
    """
    front, field = page.front, FIELDS[key]
    if front is None or key not in front.keys or key not in front.wrong or front.keys[key].changed:
        return
    value, right = front.values[key], ""
    fix = fix or field.fix.format(digest=page.digest)
    if meant := [meant for meant in front.meant(key) if may_mean(meant)][:1]:
        fix = f"write `{(right := f'{key}: {_as_written(meant[0])}')}`"
    what = f"`{key}` is {value_in_words(value)}{_length(key, front)}"
    if strange := _strange_words(key, value):
        more = f" and {len(strange) - _ENOUGH} more" if len(strange) > _ENOUGH else ""
        what = f"`{key}` does not take {listed(strange[:_ENOUGH])}{more}"
        if others := [f"`{_IN_OTHER_WORDS[word]}` in the place of `{word}`" for word in strange if word in _IN_OTHER_WORDS]:
            fix = f"write {' and '.join(others)}"
            if len(others) == len(strange):
                right = f"{key}: {_as_written(list(dict.fromkeys(_IN_OTHER_WORDS.get(word, word) for word in value)))}"
    if parts := front.wrong_parts(key) if isinstance(value, dict) else []:
        what = f"`{key}` is not whole: look at {listed(parts)}"
    example = _example(field, value)
    if isinstance(value, str) and value.strip().lower().startswith(f"{example} "):
        fix = f"keep only the word: `{(right := f'{key}: {example}')}`; what you add to it can stand in the text"
    fix = fix or f"make it {field.must_be}; for example `{key}: {example}`"
    yield Finding(front.line_of(key), what, fix, mended=_in_its_place(page, front, key, right) if right else None)


def _in_its_place(page: Page, front: FrontMatter, key: str, right: str) -> Mended | None:
    """Return the right line in the place of a key and its value; None where remarks stand among them."""
    lines = front.lines_of(front.keys[key])
    return None if any("#" in page.line(number) for number in lines) else Mended(lines.start, len(lines), (right,))


def right_value(page: Page, key: str) -> Any:
    """Return the value of a key, or None where the key's own rule has something to say about it."""
    front = page.front
    if front is None or key not in front.keys or key in front.wrong or front.keys[key].changed:
        return None
    return front.values[key]


def line_of_key(page: Page, key: str) -> int:
    """Return the line of a key of the front matter, or of its end where the key is missing."""
    return page.front.line_of(key) if page.front else 1


def _length(key: str, front: FrontMatter) -> str:
    value = front.values[key]
    return f" ({len(value.strip())} characters)" if key == "description" and isinstance(value, str) else ""


def _example(field: Field, value: object) -> str:
    """Return the example of a field, or the word of its list that is nearest to what was written."""
    words = field.must_be.removeprefix("one of: ").split(", ")
    if not isinstance(value, str) or words[0] == field.must_be or not value.strip():
        return field.example
    written = value.strip().lower()
    holding = [word for word in words if written in word or re.match(rf"{re.escape(word)}\b", written)]
    return next(iter([*holding, *difflib.get_close_matches(value.lower()[:_LONGEST_VALUE], words, 1)]), field.example)


def _as_written(value: object) -> str:
    """Return a value as it is written in the front matter."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def value_in_words(value: object) -> str:
    """Return a value as messages show it."""
    if value is None or value == "":
        return "empty"
    if value == []:
        return "an empty list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        text = f"[{', '.join(map(str, value))}]"
    elif isinstance(value, dict):
        return f"a list of keys ({listed(list(map(str, value)))})" if value else "empty"
    else:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    return shortened(_with_codes(text), 80)


def _with_codes(text: str) -> str:
    """Show printable characters that look like another one by their codes, as knee.rules.check does with those that cannot be seen."""
    return _LOOK_ALIKES.sub(lambda found: f"<U+{ord(found[0]):04X}>", text) if re.search("[A-Za-z0-9]", text) else text


_LOOK_ALIKES = re.compile(r"[\u2010-\u2012\u2212\u0370-\u04ff]")
"""Hyphens that are not the one of the keyboard, and Greek and Cyrillic letters among ours."""
