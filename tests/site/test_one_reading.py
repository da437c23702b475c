"""What the checker counted is what the reader gets: session, routine, sheet and data of every legal shape of a page.

`pytest tests/site/test_one_reading.py --examples 2000` tries many more pages than the suite does.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from built import PROJECT
from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from knee.proof.differences import unlike_what_was_read
from knee.publish.open_data import PLACE
from legal_pages import LegalPage, as_exercises, legal_pages
from rendering import content_of, publication_of, write_pages
from small_site import PAGE, Site

TECHNIQUE, EXERCISES, ROUTINE = PAGE.removeprefix("docs/"), "exercises/calf-stroke.md", "routines/2-minutes.md"
OWN = re.compile(r"\bw[0-9]+\b")
TAKE = """html => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const words = (elements) => elements.map((element) => element.textContent).join(" ");
  return {
    doNot: words(safetyWords(page, "do-not")),
    stop: words(safetyWords(page, "stop")),
    also: words(safetyWords(page, "")),
    parts: partsOf(page).map((part) => ({
      title: part.title,
      about: words(part.about),
      steps: part.steps.map((step) => ({ words: step.words, notes: words(step.notes), seconds: step.seconds })),
    })),
  };
}"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give a small site whose routine names the page that the tests write, and another."""
    site = Site(tmp_path_factory.mktemp("one-reading") / "site")
    routine = site.root / "docs" / ROUTINE
    (site.root / "docs" / EXERCISES).parent.mkdir()
    shutil.copy(site.picture, (site.root / "docs" / EXERCISES).with_suffix(".svg"))
    link = "- [Shin rub](../techniques/shin-rub.md)"
    routine.write_text(routine.read_text("utf-8").replace(link, f"- [Calf stroke](../techniques/calf-stroke.md)\n{link}"), "utf-8")
    return site


@pytest.fixture(scope="module")
def session(chromium: Browser) -> Iterator[Callable[[str], Any]]:
    """Give a function that takes from a page's HTML what a session shows, with the session's own script."""
    page: Page = chromium.new_page()
    script = (PROJECT / "docs" / "assets" / "js" / "page-parts.js").read_text("utf-8").replace("export function", "function")
    page.evaluate(f"{script}; window.takeSession = {TAKE}")
    yield lambda html: page.evaluate("html => takeSession(html)", html)
    page.close()


def own(text: str) -> list[str]:
    """Return the words of its own that stand in a text, in order."""
    return OWN.findall(text)


def shown(html: str, selector: str) -> list[str]:
    """Return the words of its own in the elements that a CSS selector picks."""
    return own(" ".join(node.text(deep=True, separator=" ") for node in LexborHTMLParser(html).css(selector)))


def assert_session_has_all(found: Any, page: LegalPage, part: int) -> None:
    assert own(found["doNot"]) == page.do_not
    assert own(found["stop"]) == page.stop
    assert own(found["also"]) == page.also
    followed = found["parts"][part]
    assert followed["title"] == page.title
    assert own(followed["about"]) == page.before
    steps = [(own(f"{step['words']} {step['notes']}"), step["seconds"]) for step in followed["steps"]]
    last, seconds = steps[-1]
    assert [*steps[:-1], (last[: len(last) - len(page.after)], seconds)] == page.steps
    assert last[len(last) - len(page.after) :] == page.after


def assert_html_has_all(html: str, page: LegalPage) -> None:
    for name, words in (("do-not", page.do_not), ("stop", page.stop)):
        assert [word for word in shown(html, f".safety-card__part--{name}") if word in words] == words
    assert [word for word in shown(html, ".safety-card > p") if word in page.also] == page.also
    cards = [card for card in LexborHTMLParser(html).css("section.steps") if page.steps[0][0][0] in card.text()]
    assert len(cards) == 1
    items = cards[0].css("section > ol > li")
    steps = [(own(item.text(deep=True, separator=" ")), int(item.attributes["data-seconds"] or 0)) for item in items]
    assert steps == page.steps
    assert [word for word in own(cards[0].text(deep=True, separator=" ")) if word in page.before + page.after] == page.before + page.after


def assert_data_has_all(text: str, page: LegalPage, kind: str) -> None:
    data = next(one for one in json.loads(text)[kind] if one["slug"] == "calf-stroke")
    note = data["safety_note"]
    for items, about, words in (("do_not", "about_do_not", page.do_not), ("stop", "about_stop", page.stop)):
        assert sorted(own(" ".join([*note[items], *note[about]]))) == sorted(words)
    assert own(" ".join(note["also"])) == page.also
    assert [(own(" ".join([step["words"], *step["more"]])), step["seconds"]) for step in data["steps"]] == page.steps
    assert own(" ".join(data["before"])) == page.before
    assert own(" ".join(data["after"])) == page.after


def test_what_was_read_is_what_a_session_a_routine_a_sheet_and_the_data_show(
    small: Site, session: Callable[[str], Any], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    passed = []

    @settings(
        max_examples=request.config.getoption("--examples"),
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(page=legal_pages())
    def every_page(page: LegalPage) -> None:
        exercises = as_exercises(page)
        small.write(page.text)
        (small.root / "docs" / EXERCISES).write_text(exercises.text, "utf-8")
        publication = publication_of(small.root / "docs")
        told = [
            str(problem)
            for problem in publication.outcome.problems
            if problem.path in (PAGE, f"docs/{EXERCISES}") and problem.id != "KE320"
        ]
        assert told == [], page.text
        passed.append(page)
        technique, routine = content_of(publication, TECHNIQUE), content_of(publication, ROUTINE)
        assert_session_has_all(session(technique), page, 0)
        assert_html_has_all(technique, page)
        assert_session_has_all(session(content_of(publication, EXERCISES)), exercises, 0)
        assert_html_has_all(content_of(publication, EXERCISES), exercises)
        assert_html_has_all(routine, page)
        in_routine = session(routine)
        assert in_routine["parts"][0]["title"] == page.title
        for words, name in ((page.do_not, "doNot"), (page.stop, "stop"), (page.also, "also")):
            assert [word for word in own(in_routine[name]) if word in words] == words
        assert_data_has_all(publication.open_files("")[PLACE], page, "techniques")
        assert_data_has_all(publication.open_files("")[PLACE], exercises, "exercises")
        write_pages(publication, tmp_path)
        assert list(unlike_what_was_read(tmp_path, publication.outcome, publication.site)) == []

    every_page()
    assert len(passed) >= request.config.getoption("--examples") * 0.9
