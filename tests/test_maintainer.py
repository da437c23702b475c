"""Protects readers who ask who answers for a copy: it names somebody whole and plainly, or nobody."""

from __future__ import annotations

from typing import Any

import pytest

from knee.publish.maintainer import WrongMaintainer, maintainer_of

WHOLE = {"name": "Ann Able", "role": "physiotherapist", "email": "ann@example.org", "interests": "none"}


def test_all_four_are_taken_as_they_are() -> None:
    assert maintainer_of({**WHOLE, "name": " Ann Able "}) == WHOLE


@pytest.mark.parametrize("setting", [None, "", {}, dict.fromkeys(WHOLE, ""), dict.fromkeys(WHOLE)])
def test_nobody_named_is_nobody(setting: Any) -> None:
    assert maintainer_of(setting) is None


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        *(({**WHOLE, part: ""}, f"extra.maintainer has no {part}: say ") for part in WHOLE),
        ({"name": "Ann Able"}, "extra.maintainer has no role: say what they are"),
        ({**WHOLE, "email": "ann at example.org"}, "'ann at example.org' is no e-mail address: say an address that readers can write to"),
        ({**WHOLE, "email": "ann@example"}, "is no e-mail address"),
        ({**WHOLE, "email": 'a"onclick@example.org'}, "is no e-mail address"),
        ({**WHOLE, "name": "Ann <b>Able</b>"}, "name holds HTML or a line break: write plain words"),
        ({**WHOLE, "interests": "none\nnone"}, "interests holds HTML or a line break"),
        ({**WHOLE, "name": "..."}, "extra.maintainer has no name"),
        ({**WHOLE, "phone": "1"}, "extra.maintainer has no part `phone`: take it out; its parts are `name`, `role`, `email`, `interests`"),
        ("Ann Able", "extra.maintainer has to have `name`, `role`, `email`, `interests` under it"),
    ],
)
def test_what_is_half_or_wrong_is_refused_with_what_to_write(setting: Any, told: str) -> None:
    with pytest.raises(WrongMaintainer) as refused:
        maintainer_of(setting)
    assert told in str(refused.value)
