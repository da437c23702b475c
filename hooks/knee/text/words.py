"""Whether text says anything to somebody who reads it with their eyes."""

from __future__ import annotations

_UNSEEN = "\u115f\u1160\u3164\uffa0"
"""The Hangul fillers: letters by their kind, and nothing to see."""


def has_words(text: str) -> bool:
    """Return whether text holds a letter or a digit that can be seen; marks, signs and what is only joined to letters do not count."""
    return any(mark.isalnum() and mark not in _UNSEEN for mark in text)
