"""Protects readers of every browser: the HTML holds to the standard where checkers disagree, and a phone shows every word.

`make markup` asks the Nu checker itself. What it ever found in this site is tested here, one by one, without its 30 MB.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from built import BuiltSite

URL_CODE_POINTS = re.compile(r"data:[a-z/+]+[;,](?:[A-Za-z0-9!$&'()*+,./:;=?@_~-]|%[0-9A-Fa-f]{2})*")
"""What may stand in an address (https://url.spec.whatwg.org/#url-code-points), as far as pictures need it."""
COMPLETED = {"text", "search", "email", "url", "tel", "number", "hidden"}
"""Kinds of fields that a browser may complete, of those that a page could have."""


def test_pictures_stand_in_pages_as_whole_addresses(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.pages:
        with subtests.test(page.address):
            addresses = [image.attrs["src"] or "" for image in page.all('img[src^="data:"]')]
            assert [address[:80] for address in addresses if not URL_CODE_POINTS.fullmatch(address)] == []


def test_only_fields_with_words_say_how_they_are_completed(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.pages:
        with subtests.test(page.address):
            assert [field.attrs for field in page.all("input[autocomplete]") if field.attrs.get("type", "text") not in COMPLETED] == []


def test_a_time_has_a_date_that_a_program_can_read(site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in site.pages:
        with subtests.test(page.address):
            assert [time.attrs for time in page.all("time:not([datetime])")] == []
    worker = (site.folder / "sw.js").read_text("utf-8")
    assert "<time datetime=" in worker


def test_words_of_the_diary_are_whole_on_a_phone(browse: Callable[..., Any]) -> None:
    """No box is narrower than the words that name it."""
    page = browse().open("diary/", width=360)
    boxes = page.locator(".diary__table td").evaluate_all("all => all.map(box => box.getBoundingClientRect().width)")
    assert len(boxes) == 60
    assert min(boxes) > 120
    named = "getComputedStyle(document.querySelector('.diary__table td:last-child'), '::before').content"
    assert page.evaluate(named) == '"Next morning"'
