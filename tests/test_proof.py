"""The proof at the end of a build: whatever loses a warning, a step or its time on the way is found, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from knee.proof.differences import unlike_what_was_read
from knee.publish import page_html, placing, routine_html, technique_html
from knee.rules.report import Problem
from rendering import publication_of, write_pages
from small_site import Site
from test_good_pages import GOOD, KEPT

Sabotage = Callable[[pytest.MonkeyPatch], None]


def proof(site: Site, to: Path) -> list[Problem]:
    """Write a site's pages, and return what the proof finds."""
    publication = publication_of(site.root / "docs")
    write_pages(publication, to)
    return list(unlike_what_was_read(to, publication.outcome, publication.site))


def test_a_site_that_was_written_as_it_was_read_has_no_problem(site: Site, tmp_path: Path) -> None:
    assert proof(site, tmp_path / "out") == []


@pytest.mark.parametrize("case", KEPT)
def test_no_good_page_raises_a_false_alarm(case: str, site: Site, tmp_path: Path) -> None:
    site.lay(GOOD / case)
    assert proof(site, tmp_path / "out") == []


def after(name: str, module: object, change: Callable[..., object]) -> Sabotage:
    """Let a maker do its work, and then spoil it."""

    def sabotage(patch: pytest.MonkeyPatch) -> None:
        right = getattr(module, name)
        patch.setattr(module, name, lambda *given, **named: change(right(*given, **named), *given))

    return sabotage


def drop_last_item(card: Element, *_: object) -> Element:
    items = next(card.iter("ul"))
    items.remove(items[-1])
    return card


def swap_parts(card: Element, *_: object) -> Element:
    first, second = (part for part in card if part.tag == "div")
    first[:], second[:] = list(second), list(first)
    return card


def drop_links(card: Element, *_: object) -> Element:
    for paragraph in card.findall("p"):
        for link in paragraph.findall("a"):
            link.text = None
    return card


def drop_second_step(card: Element, *_: object) -> Element:
    steps = next(card.iter("ol"))
    steps.remove(steps[1])
    return card


def swap_steps(card: Element, *_: object) -> Element:
    steps = next(card.iter("ol"))
    steps[:] = [steps[1], steps[0], *steps[2:]]
    return card


def drop_what_belongs_to_a_step(card: Element, *_: object) -> Element:
    for item in card.iter("li"):
        for child in list(item)[1:]:
            item.remove(child)
    return card


def without(name: str, value: str) -> Callable[..., list[Element]]:
    return lambda head, *_: [element for element in head if element.get(name) != value]


def wrong_clock(patch: pytest.MonkeyPatch) -> None:
    right = placing.put_clock

    def ten_seconds(step: object, placed: placing.PlacedBlocks) -> None:
        right(step, placed)  # type: ignore[arg-type]
        placed.element(step.item).set("data-seconds", "10")  # type: ignore[attr-defined, union-attr]

    for module in (technique_html, routine_html):
        patch.setattr(module, "put_clock", ten_seconds)


def no_clock(patch: pytest.MonkeyPatch) -> None:
    for module in (technique_html, routine_html):
        patch.setattr(module, "put_clock", lambda step, placed: None)


def empty_items(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(routine_html, "deepcopy", lambda _: Element("li"))


SABOTAGES: dict[str, tuple[Sabotage, str]] = {
    "a warning is dropped": (after("safety_card", technique_html, drop_last_item), "KE901"),
    "the two lists are swapped": (after("safety_card", technique_html, swap_parts), "KE901"),
    "the help link has no words": (after("safety_card", technique_html, drop_links), "KE904"),
    "a step is dropped": (after("steps_card", technique_html, drop_second_step), "KE902"),
    "two steps are swapped": (after("steps_card", technique_html, swap_steps), "KE902"),
    "what belongs to a step is dropped": (after("steps_card", technique_html, drop_what_belongs_to_a_step), "KE902"),
    "every step takes 10 seconds": (wrong_clock, "KE902"),
    "no step has a time": (no_clock, "KE902"),
    "a routine's steps lose what belongs to them": (after("steps_card", routine_html, drop_what_belongs_to_a_step), "KE902"),
    "a routine's warnings are empty": (empty_items, "KE901"),
    "a routine loses a warning": (after("_safety", routine_html, drop_last_item), "KE901"),
    "the lead is dropped": (
        after("page_head", technique_html, without("class", "lead")),
        "KE903",
    ),
    "the picture is dropped": (after("page_head", technique_html, without("class", "technique-picture")), "KE903"),
    "the way in is dropped": (
        after("page_head", technique_html, without("id", "start")),
        "KE905",
    ),
    "links become words": (lambda patch: patch.setattr(page_html, "_SAFE", {"href": (), "src": ("place",)}), "KE904"),
}
"""Makers that are broken on purpose, each with the rule of the proof that has to find it."""


@pytest.mark.parametrize("name", SABOTAGES)
def test_the_proof_finds_a_maker_that_loses_something(name: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sabotage, rule = SABOTAGES[name]
    sabotage(monkeypatch)
    found = proof(site, tmp_path / "out")
    assert rule in {problem.id for problem in found}
    assert all(problem.path.startswith("docs/") and problem.line >= 1 and problem.mend for problem in found)


@pytest.mark.parametrize("loss", [r"<li[^>]*>[^<]*", r"data-seconds=\"?[0-9]+\"?", r"<h1.*?</h1>", r"when-to-seek-help"])
def test_the_proof_reads_the_files_and_not_what_made_them(loss: str, site: Site, tmp_path: Path) -> None:
    publication, out = publication_of(site.root / "docs"), tmp_path / "out"
    write_pages(publication, out)
    file = out / "techniques" / "calf-stroke" / "index.html"
    spoilt, count = re.subn(loss, "", file.read_text("utf-8"), count=1)
    assert count == 1
    file.write_text(spoilt, "utf-8")
    assert list(unlike_what_was_read(out, publication.outcome, publication.site)) != []


def test_a_page_that_was_not_written_is_found(site: Site, tmp_path: Path) -> None:
    publication = publication_of(site.root / "docs")
    found = list(unlike_what_was_read(tmp_path, publication.outcome, publication.site))
    assert len(found) == publication.outcome.count
    assert found[0].what == "the page was not written"
