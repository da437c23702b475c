"""A page with hundreds of mistakes is answered soon, and in words that a person can read."""

from __future__ import annotations

import pytest

from knee.rules import forbidden
from knee.rules.check import MOST_ALIKE
from small_site import Site


def with_missing_pages(site: Site, count: int) -> int:
    """Add references to pages that are not there, and give the line of the first."""
    text = site.text().rstrip() + "\n\n"
    site.write(text + "".join(f"[{number}]: no-page-{number}.md\n" for number in range(count)))
    return text.count("\n") + 1


@pytest.mark.parametrize("count", [MOST_ALIKE - 1, MOST_ALIKE])
def test_as_many_problems_of_a_kind_as_a_person_reads_are_all_told(site: Site, count: int) -> None:
    with_missing_pages(site, count)
    assert site.ids() == ["KE406"] * count


@pytest.mark.parametrize(("count", "more"), [(MOST_ALIKE + 1, "1 more problem"), (300, "280 more problems")])
def test_of_more_only_the_number_is_told_from_the_line_on_where_they_go_on(site: Site, count: int, more: str) -> None:
    first = with_missing_pages(site, count)
    *told, last = site.check_page().problems
    assert [problem.line for problem in told] == list(range(first, first + MOST_ALIKE))
    assert str(last).startswith(f"docs/techniques/calf-stroke.md:{first + MOST_ALIKE}: KE406 and {more} of this kind, from this line on\n")


def test_many_of_one_kind_hide_none_of_another(site: Site) -> None:
    with_missing_pages(site, 3 * MOST_ALIKE)
    site.change("5 times", "five times")
    assert set(site.ids()) == {"KE318", "KE406"}


def test_what_is_not_told_is_not_worked_out(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(forbidden, "_nearest", lambda _, target, __: asked.append(target) or "mend it")
    with_missing_pages(site, 3 * MOST_ALIKE)
    site.check_page()
    assert len(asked) == MOST_ALIKE
