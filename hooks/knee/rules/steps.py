"""Rules about the steps under "How to do it": their list, their numbers, their words, and how long each takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knee.contract.dose import LONGEST, SECONDS_A_COUNT, dose_of, how_often
from knee.contract.headings import HOW_TO
from knee.contract.lost_markup import without_own_mark
from knee.contract.page import Page
from knee.contract.sections import Section, Step
from knee.contract.technique_page import TechniquePage
from knee.rules.registry import Finding, in_its_section, on_its_lines, on_the_page, rule
from knee.text.mended import Mended, with_lines, with_words
from knee.text.reading import Block, collapse_whitespace
from knee.text.wording import counted, shortened
from knee.text.words import has_words

MOST_STEPS, FEWEST_STEPS, MOST_WORDS = 8, 2, 20
_NEXT_STEP = re.compile(r"\s2[.)]\s")


@rule("KE312", yields_to=(in_its_section("KE409"),))
def one_list_of_steps(page: TechniquePage) -> Iterator[Finding]:
    """`## How to do it` holds exactly one numbered list and no headings.

    Why: the follow-along shows one step after the other; a second list or a heading would be lost between them.
    """
    how = page.section(HOW_TO)
    if not how:
        return
    for block in how.parts():
        what = f"`{collapse_whitespace(block.text)}` is a heading inside `## How to do it`"
        yield Finding(block.line, what, "make it a step, or a `##` section after the steps")
    if not page.step_lists and not page.only_the_site_lists(how):
        yield _no_numbers(page, how)
    told = set(page.step_lists[:1])
    for block in how.blocks:
        numbered = block.inside == ("ol",) or block.inside[:1] + block.inside[-1:] == ("ul", "ol")
        if block.kind == "item" and numbered and block.list_id not in told:
            told.add(block.list_id)
            fix = "make it one list: indent what stands between two steps by 4 spaces"
            mended = _one_list(page, how, block) if block.inside == ("ol",) else None
            yield Finding(block.line, "a second numbered list starts here", fix, mended=mended)


def _one_list(page: TechniquePage, how: Section, step: Block) -> Mended | None:
    """Return what stands between a step and the one before, as a part of that one; None where their numbers do not follow."""
    before = [block for block in how.blocks if block.kind == "item" and block.inside == ("ol",) and block.line < step.line][-1]
    kinds = {block.kind for block in how.blocks if before.line < block.line < step.line}
    if step.written != before.written + 1 or not kinds <= {"paragraph", "item"}:
        return None
    lines = {number: page.line(number) for number in range(before.line + 1, step.line)}
    indented = {n: (f"    {line.lstrip()}",) for n, line in lines.items() if line.strip() and not line.startswith(("    ", "\t"))}
    return with_lines(page.source.lines, indented) if indented else None


def _no_numbers(page: TechniquePage, how: Section) -> Finding:
    """Say that there are no numbered steps, with the author's own first step as one where there is one."""
    written = next((block for block in how.blocks if block.kind in ("paragraph", "table")), None)
    what, fix = "`## How to do it` has no numbered list", "write each step on a line of its own: `1. `, `2. ` and so on"
    if written and written.kind == "table":
        what, fix = f"{what}, but a table", f"take the table out, and {fix}"
    elif written and (own := collapse_whitespace(without_own_mark(page.line(written.line).strip(" *_")))):
        own = shortened(own, 50)
        fix = f"start each step on a line of its own with its number, a dot and a space: `1. {own}`"
    return Finding(how.heading.line, what, fix, spoils=range(how.heading.line, how.last_line + 1))


@rule("KE313", yields_to=(on_its_lines("KE203", "KE216"),))
def number_of_steps(page: TechniquePage) -> Iterator[Finding]:
    """There are 2 to 8 steps.

    Why: more than 8 do not fit on one sheet of paper, nor in anybody's head.
    """
    count = len(page.steps)
    if count and not FEWEST_STEPS <= count <= MOST_STEPS and len(page.step_lists) == 1:
        what, fix = f"there are {count} steps; {MOST_STEPS} are the most", "join steps, or split the technique into two pages"
        if count < FEWEST_STEPS:
            what, fix = "there is only 1 step", "write at least 2 steps: how to sit, and what to do"
            if not _steps_on_their_own(page):
                what, fix = "step 1 holds the other steps as well", "start each step on a line of its own: `1. `, `2. ` and so on"
        yield Finding(page.steps[0].line, what, fix)


def _steps_on_their_own(page: Page) -> Sequence[Step]:
    """Return the steps; none where all of them stand in one line, which says nothing about each of them."""
    return () if len(page.steps) == 1 and _NEXT_STEP.search(page.steps[0].words) else page.steps


@rule("KE314", yields_to=(on_its_lines("KE203", "KE216"),))
def numbered_from_one(page: TechniquePage) -> Iterator[Finding]:
    """The steps are numbered `1.`, `2.` and so on, or `1.` throughout, from 1.

    Why: other numbers are shown differently by the preview and the site, and readers wonder what they missed.
    """
    if not page.steps:
        return
    items = [b for b in page.blocks if b.kind == "item" and b.list_id == page.step_lists[0]]
    numbers = [item.written for item in items]
    if numbers != list(range(1, len(numbers) + 1)) and set(numbers) != {1}:
        wrong = next(i for i, number in enumerate(numbers) if number != i + 1)
        what = f"step {wrong + 1} is numbered {numbers[wrong]}"
        right = {item.line: (re.sub("[0-9]+", str(i), page.line(item.line), count=1),) for i, item in enumerate(items, 1)}
        mended = with_lines(page.source.lines, right)
        yield Finding(page.steps[wrong].line, what, f"number the steps 1 to {len(numbers)} in order", mended=mended)


@rule("KE315", yields_to=(on_its_lines("KE203", "KE216", "KE205", "KE319"),))
def length_of_a_step(page: Page) -> Iterator[Finding]:
    """A step has 1 to 20 words in its own first paragraph.

    Why: a step is read from the floor with lotion on the hands, and read aloud.
    """
    for step in _steps_on_their_own(page):
        words = [word for word in step.words.split() if has_words(word)]
        count = len(words)
        if count == 0:
            yield Finding(step.line, f"step {step.number} has no words", "write what to do, or delete the number")
        elif count > MOST_WORDS:
            past = shortened(" ".join(words[MOST_WORDS:]), 50)
            fix = f"use {counted(count - MOST_WORDS, 'word')} less (`{past}` stands past the {MOST_WORDS}th), make two steps of it, "
            fix += "or move a part of it to a paragraph of its own under the step (4 spaces before it)"
            yield Finding(step.line, f"step {step.number} has {count} words; {MOST_WORDS} are the most", fix)


@rule("KE316")
def no_numbers_in_a_step(page: Page) -> Iterator[Finding]:
    """A step holds no numbered list.

    Why: "step 2" would then mean two things.
    """
    for step in page.steps:
        inner = next((block for block in step.rest if block.kind == "item" and block.inside[-1] == "ol"), None)
        if inner:
            yield Finding(inner.line, f"step {step.number} holds a numbered list", "make its parts bullets (`- `), or steps of their own")


@rule("KE317", yields_to=(on_its_lines("KE203", "KE216"), on_the_page("KE312", "KE318")))
def a_time_or_a_count(page: TechniquePage) -> Iterator[Finding]:
    """At least one step has a time in digits ("1 minute") or a count in digits ("5 times").

    Why: without one the reader does not know when to stop, and the clock has nothing to show.
    """
    if page.steps and not any(step.dose.named for step in page.steps):
        fix = "say it in a step, in digits: `for 1 minute`, `5 times`"
        yield Finding(page.steps[0].line, "no step says in digits how long or how often", fix)


@rule("KE318", yields_to=(on_its_lines("KE203", "KE216"),))
def a_clear_time(page: Page) -> Iterator[Finding]:
    """A step names at most one time and one count, in whole digits, in its own first paragraph; together they last up to 10 minutes.

    Why: the number in the words is the number on the clock, so there has to be one that a clock can follow. How often a day or
    a week belongs to the whole page (`often`), and never in a step.
    """
    for step in _steps_on_their_own(page):
        if wrong := next((wrong for look in (_unclear, _too_many, _out_of_bounds, _late_dose) if (wrong := look(step))), None):
            unclear = next((unclear for unclear in step.dose.unclear[:1] if unclear.right), None)
            mended = with_words(page.source.lines, step.line, unclear.words, unclear.right) if unclear else None
            yield Finding(step.line, *wrong, mended=mended)
        for block in step.rest:
            for often in how_often(block.text)[:1]:
                yield Finding(block.line, f"step {step.number} says `{often.words}`, which the site's clock cannot follow", often.fix)


def _unclear(step: Step) -> tuple[str, str] | None:
    for words, fix in step.dose.unclear[:1]:
        return f"step {step.number} says `{words}`, which the site's clock cannot follow", fix
    return None


def _too_many(step: Step) -> tuple[str, str] | None:
    """Say where a step names more than the clock can follow: two times, two counts, or one of each that do not belong together."""
    dose = step.dose
    if len(dose.times) > 1:
        fix = "keep one, or make two steps of it (`90 seconds`, not `1 minute 30 seconds`)"
        return f"step {step.number} names {len(dose.times)} lengths of time", fix
    if len(dose.counts) > 1:
        fix = "keep one, or make two steps of it (`10 times`, not `5 times, then 5 times`)"
        return f"step {step.number} names {len(dose.counts)} counts", fix
    if dose.apart:
        fix = (
            "put both side by side if the time is gone through so often (`10 seconds, 5 times`); if not, keep one, or make two steps of it"
        )
        return f"step {step.number} names a time and a count that do not belong together", fix
    return None


def _out_of_bounds(step: Step) -> tuple[str, str] | None:
    dose = step.dose
    if not dose.named or 1 <= dose.seconds <= LONGEST:
        return None
    what = f"step {step.number} lasts {dose.seconds} seconds"
    if not dose.counts:
        return what, f"give it from 1 second to {LONGEST // 60} minutes ({LONGEST} seconds)"
    each = dose.times[0] if dose.times else SECONDS_A_COUNT
    fix = f"give it at most {LONGEST // 60} minutes ({LONGEST} seconds) in all, or make two steps of it"
    return f"{what} ({dose.counts[0]} times, {each} seconds each)", fix


def _late_dose(step: Step) -> tuple[str, str] | None:
    """Say where a step has its time or count only in what belongs to it, where the clock does not look."""
    if step.dose.named or not dose_of(step.rest_words).named:
        return None
    what = f"the time or the count of step {step.number} does not stand in its own first paragraph"
    return what, "move it there: the clock reads only that"
