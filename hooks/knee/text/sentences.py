"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“‘])")


def sentences_of(words: str) -> list[str]:
    """Return the sentences of a text: an end is `.`, `!` or `?` before a space and a capital, a digit or a quotation."""
    return _BETWEEN.split(words)
