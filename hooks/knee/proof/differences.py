"""Holds the HTML that a build wrote against what the checks have read: a warning or a step that was lost on the way is a problem.

This is the last thing that a build does. It reads the files with a parser of HTML, and shares nothing with what made them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from knee.contract.page import Page
from knee.contract.routine_page import REST, WARM_UP, RoutinePage
from knee.contract.safety_note import SafetyItem
from knee.contract.sections import Step
from knee.contract.site_context import SiteContext
from knee.contract.technique_page import TechniquePage
from knee.proof.written_page import PARTS, WrittenPage, without_spaces
from knee.rules.check import Outcome
from knee.rules.report import Problem, shown_path

SAFETY, STEPS, HEAD, HELP, IDS = "KE901", "KE902", "KE903", "KE904", "KE905"
"""The rules of the proof: safety note, steps, title with lead and picture, the way to help, ids that the site relies on."""
RELIED_ON = ("safety-note", "start")
"""Ids that links and scripts of a followed page look for."""
_FIX = "the page is right, and the site lost this on the way: write the line more plainly, or tell the site's makers"


class Loss(NamedTuple):
    """Something that was read and is not written as it was read: its line in the page, the rule, and what differs."""

    line: int
    rule: str
    what: str


def unlike_what_was_read(site: Path, outcome: Outcome, context: SiteContext, proven: Container[str] = ()) -> Iterator[Problem]:
    """Yield a problem for everything in a built site that is not as the checks have read it.

    A page with problems of its own is left out: its author mends those first, and the page is read anew then. So are the pages that
    were `proven` before, by their paths under docs/, and are not written again.
    """
    faulty = {problem.path for problem in outcome.problems}
    for page in outcome.followed:
        if page.place.as_posix() in proven:
            continue
        if isinstance(page, RoutinePage) and len(page.named) < len(page.naming_items):
            continue  # it names a page that could not be read
        if faulty.intersection(shown_path(one.source.path, context.root) for one in (page, *_named(page))):
            continue
        written = WrittenPage.at(site, page.place.with_suffix("").as_posix())
        found = _losses(page, written) if written else [Loss(1, HEAD, "the page was not written")]
        for line, rule, what in found:
            yield Problem(shown_path(page.source.path, context.root), line, rule, what, _FIX)


def _named(page: Page) -> Sequence[Page]:
    return page.named if isinstance(page, RoutinePage) else ()


def _losses(page: Page, written: WrittenPage) -> Iterator[Loss]:
    yield from _head(page, written)
    if isinstance(page, TechniquePage):
        yield from _safety_of_technique(page, written)
        yield from _missing_steps([page.steps] if page.steps else [], written)
    elif isinstance(page, RoutinePage):
        yield from _safety_of_routine(page, written)
        parts = [page.own_steps(WARM_UP), *(technique.steps for technique in page.named), page.own_steps(REST)]
        yield from _missing_steps([steps for steps in parts if steps], written)
    for name in RELIED_ON:
        if written.ids[name] != 1:
            what = f"the id `{name}`, which the site relies on, stands {written.ids[name]} times on the page"
            yield Loss(page.first_line, IDS, what)


def _head(page: Page, written: WrittenPage) -> Iterator[Loss]:
    if page.title and not page.title.targets and written.words("h1") != [without_spaces(page.title.words)]:
        yield Loss(page.title.line, HEAD, "the site does not show the title as it stands here")
    if page.lead and written.words(".lead") != [without_spaces(block.words) for block in page.lead]:
        yield Loss(page.lead[0].line, HEAD, "the site does not show the lead as it stands here")
    if page.main_picture and without_spaces(page.main_picture.alt) not in written.pictures:
        yield Loss(page.main_picture.line, HEAD, "the site does not show the main picture with these words")


def _safety_of_technique(page: TechniquePage, written: WrittenPage) -> Iterator[Loss]:
    note = page.safety_note
    if not note:
        return
    for name, part in zip(PARTS, note.parts, strict=True):
        yield from _missing_items(part.items, name, written)
        yield from _missing_words((without_spaces(block.words) for block in part.blocks), written.safety_words(name), part.heading.line)
    yield from _missing_words((without_spaces(block.words) for block in note.also), written.safety_also, note.section.heading.line)
    yield from _help(note.section.heading.line, written)


def _safety_of_routine(page: RoutinePage, written: WrittenPage) -> Iterator[Loss]:
    if not page.named:
        return
    line = page.naming_items[0].line
    for place, name in enumerate(PARTS):
        kept = [part for _, part in page.safety_parts(place)]
        items = [item for _, item in page.safety_items(place)]
        yield from _missing_items([*items, *(item for part in kept for item in part.items)], name, written, line=line)
        about = (without_spaces(words) for part in kept for words in part.about)
        yield from _missing_words(about, written.safety_words(name), line)
    yield from _missing_words((without_spaces(block.words) for _, block in page.safety_also), written.safety_also, line)
    yield from _help(line, written)


def _missing_items(items: Sequence[SafetyItem], part: str, written: WrittenPage, *, line: int = 0) -> Iterator[Loss]:
    shown = written.safety_items(part)
    wanted = [without_spaces(item.words) for item in items]
    if shown == wanted:
        return
    place = next((place for place, words in enumerate(wanted) if shown[place : place + 1] != [words]), len(wanted))
    if place < len(items):
        where = line or items[place].item.line
        yield Loss(where, SAFETY, f"the site does not show the warning `{items[place].words[:60]}` whole and in its place")
    else:
        yield Loss(line or (items[-1].item.line if items else 1), SAFETY, "the site shows a warning that does not stand here")


def _missing_words(wanted: Iterable[str], shown: str, line: int) -> Iterator[Loss]:
    at = 0
    for words in wanted:
        if (found := shown.find(words, at)) < 0:
            yield Loss(line, SAFETY, "the site does not show all the words of the safety note")
            return
        at = found + len(words)


def _help(line: int, written: WrittenPage) -> Iterator[Loss]:
    if not any(written.ways_to_help):
        yield Loss(line, HELP, "the safety note that the site shows has no link with words to when-to-seek-help.md")


def _missing_steps(parts: Sequence[Sequence[Step]], written: WrittenPage) -> Iterator[Loss]:
    wanted = [[(without_spaces("".join([step.words, *step.more])), step.dose.seconds) for step in steps] for steps in parts]
    shown = written.steps
    if shown == wanted:
        return
    for number, (steps, as_read) in enumerate(zip(parts, wanted, strict=True)):
        as_shown = shown[number] if number < len(shown) else []
        place = next((place for place, step in enumerate(as_read) if as_shown[place : place + 1] != [step]), None)
        if place is not None:
            seconds = as_read[place][1]
            what = f"the site does not show step {place + 1} whole, in its place and with {seconds} seconds on its clock"
            yield Loss(steps[place].line, STEPS, what)
            return
    yield Loss(parts[0][0].line if parts else 1, STEPS, "the site shows steps that do not stand here")
