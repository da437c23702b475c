"""Protects the night: every colour of tokens.css that is for the eye has a light and a dark side, which stand beside each other."""

from __future__ import annotations

import re

from small_site import TESTS

TOKENS = (TESTS.parent / "docs/assets/css/tokens.css").read_text("utf-8")


def test_every_colour_has_a_light_and_a_dark_side() -> None:
    colours = re.findall(r"(--[a-z-]+):([^;]*#[0-9a-f]{3,6}[^;]*);", TOKENS)
    assert len(colours) > 15
    for name, value in colours:
        assert re.fullmatch(r"\s*var\(--light, #[0-9a-f]{6}\)\s+var\(--dark, #[0-9a-f]{6}\)", value), name


def test_the_dark_is_switched_on_alike_by_choice_and_by_device() -> None:
    switched = re.findall(r":root(?:\[|:not)[^{]*\{([^}]*)\}", TOKENS)
    assert len(switched) == 2
    assert len({re.sub(r"\s+", " ", block) for block in switched}) == 1
