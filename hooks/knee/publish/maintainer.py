"""Who maintains a copy of the site: `extra.maintainer` of mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knee.text.wording import listed
from knee.text.words import has_words

PARTS = {
    "name": "who looks after this copy",
    "role": "what they are, such as physiotherapist",
    "email": "an address that readers can write to, such as knees@example.org",
    "interests": "what they earn or could earn by it, or the word none",
}
"""The parts, and what each has to say."""
_EMAIL = re.compile(r"[^@\s<>\"'&?]+@[^@\s<>\"'&?]+\.[^@\s<>\"'&?.]+")
_FIX = "in mkdocs.yml, under extra and maintainer, or leave all four empty"


class WrongMaintainer(ValueError):
    """The setting is neither whole nor empty: says what is wrong, and how to mend it."""


def maintainer_of(setting: object) -> dict[str, str] | None:
    """Return who maintains this copy, in the four parts; None where nobody is named.

    Raises: WrongMaintainer.
    """
    if not setting:
        return None
    if not isinstance(setting, Mapping):
        raise WrongMaintainer(f"extra.maintainer has to have {listed(list(PARTS))} under it: give all four {_FIX}")
    if strange := [str(key) for key in setting if key not in PARTS]:
        raise WrongMaintainer(f"extra.maintainer has no part {listed(strange)}: take it out; its parts are {listed(list(PARTS))}")
    written = {part: str(setting.get(part) or "").strip() for part in PARTS}
    if not any(written.values()):
        return None
    for part, words in written.items():
        if not has_words(words):
            raise WrongMaintainer(f"extra.maintainer has no {part}: say {PARTS[part]}, {_FIX}")
        if re.search(r"[<>\n]", words):
            raise WrongMaintainer(f"extra.maintainer: {part} holds HTML or a line break: write plain words on one line, {_FIX}")
    if not _EMAIL.fullmatch(written["email"]):
        raise WrongMaintainer(f"extra.maintainer: {written['email']!r} is no e-mail address: say {PARTS['email']}, {_FIX}")
    return written
