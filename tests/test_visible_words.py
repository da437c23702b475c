"""Words are letters or digits that can be seen."""

from __future__ import annotations

import pytest

from knee.text.words import has_words


@pytest.mark.parametrize("text", ["a", "...é", "膝", "7", "½", "👍 ok", "e\u0301", "क", "\u200ba"])
def test_a_letter_or_a_digit_is_a_word(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u00a0", "...", "…", "—", "👍", "\u115f", "\u1160", "\u3164", "\uffa0", "\u3164 \u1160", "\u0301", "\u20e3", "\u200b",
        "\u200d", "\u00ad", "\u034f", "\u2060", "\ufeff", "\ufe0f", "\U000e0041", "\U000e0101", "\u180e", "\u17b5", "\u2800",
        "\ufffc", "\U0001d173",
    ],
)  # fmt: skip
def test_what_nobody_can_see_or_read_is_none(text: str) -> None:
    assert not has_words(text)
