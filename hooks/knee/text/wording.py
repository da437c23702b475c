"""How messages quote what stands on a page: on one line, cut where it is long, counted and listed."""

from __future__ import annotations

from collections.abc import Sequence


def shortened(text: str, most: int = 60) -> str:
    """Return words as they are quoted between backticks: without backticks of their own, and at most `most` characters."""
    plain = text.strip().replace("`", "'")
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def listed(words: Sequence[str]) -> str:
    """Return words in a row, each between backticks."""
    return ", ".join(f"`{word}`" for word in words)


def counted(number: int, thing: str) -> str:
    """Return a number with what it counts: `1 page`, `2 pages`."""
    return f"{number} {thing}" if number == 1 else f"{number:,} {thing}s"
