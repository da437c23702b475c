"""Protects the night: the dark colours stand twice in tokens.css (chosen, and from the device), and must be the same."""

from __future__ import annotations

import re

from small_site import TESTS

TOKENS = (TESTS.parent / "docs/assets/css/tokens.css").read_text("utf-8")


def tokens_of(selector: str) -> dict[str, str]:
    """Give the tokens that the last block of a selector sets."""
    block = TOKENS[TOKENS.rindex(selector) :]
    return dict(re.findall(r"(--[a-z-]+):\s*([^;]+);", block[block.index("{") : block.index("}")]))


def test_the_dark_colours_are_the_same_by_choice_and_by_device() -> None:
    chosen = tokens_of(':root[data-colours="dark"]')
    assert len(chosen) > 15
    assert tokens_of(':root:not([data-colours="light"])') == chosen
