"""Whether text says anything to somebody who reads it with their eyes."""

from __future__ import annotations

import unicodedata

_UNSEEN = "\u115f\u1160\u3164\uffa0"
"""The Hangul fillers: letters by their kind, and nothing to see."""
_WITHOUT_SHAPE = ("Cc", "Cf", "Cn", "Co")
"""The kinds of characters that have no shape of their own: controls, joiners and tags, and what no font knows."""


def has_words(text: str) -> bool:
    """Return whether text holds a letter or a digit that can be seen; marks, signs and what is only joined to letters do not count."""
    return any(mark.isalnum() and mark not in _UNSEEN for mark in text)


def what_can_be_seen(text: str) -> str:
    """Return text without the characters that have no shape, and with single spaces: its length is that which a reader would count."""
    return " ".join("".join(mark for mark in text if mark not in _UNSEEN and unicodedata.category(mark) not in _WITHOUT_SHAPE).split())
