"""Rules about a routine page: it names techniques and exercises, and its minutes are those of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knee.contract.headings import heading_key
from knee.contract.routine_page import MASSAGE, MOVE, NAMING, PARTS, REST, WARM_UP, RoutinePage
from knee.contract.sections import Section
from knee.rules.registry import Finding, on_its_lines, on_the_page, rule
from knee.text.reading import collapse_whitespace


@rule("KE701")
def minutes_in_the_title(routine: RoutinePage) -> Iterator[Finding]:
    """A routine's title begins with its minutes, such as `5 minutes`.

    Why: readers pick a routine by the time they have.
    """
    if routine.title and routine.minutes_in_title is None:
        mend = f"begin it with the worked-out time: `# {routine.minutes} minutes`"
        yield Finding(routine.title.line, f"the title `{collapse_whitespace(routine.title.text)}` does not begin with minutes", mend)


@rule("KE702", yields_to=(on_the_page("KE123"),))
def minutes_add_up(routine: RoutinePage) -> Iterator[Finding]:
    """The minutes in a routine's title are those of its parts, worked out and rounded up.

    Why: the clock runs through the parts, so a title with other minutes would not be true.
    """
    told = routine.minutes_in_title
    if routine.title and told is not None and routine.named and told != routine.minutes:
        parts = ", ".join(f"{part.title} {part.seconds} s" for part in routine.parts)
        what = f"the title says {told} minutes, but the parts take {routine.seconds} seconds, which is {routine.minutes} minutes ({parts})"
        yield Finding(routine.title.line, what, f"write {routine.minutes} minutes, or change the parts")


@rule("KE703")
def parts_in_order(routine: RoutinePage) -> Iterator[Finding]:
    """A routine has no headings but `## Warm up`, `## Massage`, `## Move` and `## Rest`, in this order; massage or move must be there.

    Why: a routine adds no technique text of its own: it names techniques and exercises, and readers know what comes when.
    """
    known = [heading_key(title) for title in PARTS]
    found = [block for block in routine.headings if block.level > 1]
    for block in found:
        if block.level != 2 or heading_key(block.text) not in known:
            mend = "the parts are `## Warm up`, `## Massage`, `## Move` and `## Rest`"
            yield Finding(block.line, f"`{collapse_whitespace(block.text)}` is not a part of a routine", mend)
    if not any(routine.part(title) for title in NAMING):
        mend = "add `## Massage`, with a bulleted list of links to techniques, or `## Move`, with links to exercises"
        yield Finding(routine.first_line, "the routine has no `## Massage` and no `## Move`", mend)
    order = [known.index(heading_key(block.text)) for block in found if heading_key(block.text) in known]
    if order != sorted(set(order)):
        yield Finding(
            found[0].line, "the parts are not in their order, or one stands twice", "put warm up first, then massage, then move, then rest"
        )


_ONLY_A_LINK = re.compile(r"\s*[-*+]\s+\[.*\](?:\(.*\)|\[.*\])?\s*")


@rule("KE704")
def parts_name_pages(routine: RoutinePage) -> Iterator[Finding]:
    """`## Massage` is a bulleted list, and each bullet is one link to a technique page; `## Move` does the same with exercise pages.

    Why: the safety notes and the steps are taken from those pages, so that they stand in one place.
    """
    for title in NAMING:
        if part := routine.part(title):
            yield from _names_pages(routine, title, part)


_KINDS = {
    MASSAGE: ("a technique", "techniques", "[Gentle knee rub](../techniques/gentle-knee-rub.md)"),
    MOVE: ("an exercise", "exercises", "[Knee exercises](../exercises/knee-exercises.md)"),
}
"""What each of these parts names: in words, and as it is written."""


def _names_pages(routine: RoutinePage, title: str, part: Section) -> Iterator[Finding]:
    (one, many, example), listed = _KINDS[title], routine.items_of(title)
    if not listed:
        yield Finding(part.heading.line, f"`## {title}` names no {one.split()[1]}", f"write under it, for example, `- {example}`")
    for item in listed:
        if not routine.place_named(item, title):
            line = routine.line(item.line).strip()
            yield Finding(item.line, f"`{line}` does not name {one}", f"make it one link to a page in docs/{NAMING[title]}")
        elif not _ONLY_A_LINK.fullmatch(routine.line(item.line)):
            fix = "leave only the link on this line: the page that it leads to has the steps"
            yield Finding(item.line, "readers would not see the words beside this link", fix)
    items = {item.line for item in listed}
    for block in part.blocks:
        if items and block.line not in items and block.words and block.kind != "heading":
            yield Finding(block.line, f"readers would not see these words: a routine shows only its {many} here", "delete them")


@rule("KE705", yields_to=(on_its_lines("KE318"),))
def own_steps_are_timed(routine: RoutinePage) -> Iterator[Finding]:
    """The warm-up and the rest are numbered lists, and each step says how long it takes, or how many times.

    Why: the routine's minutes are worked out from them.
    """
    for title in (WARM_UP, REST):
        part = routine.part(title)
        if part and not routine.own_steps(title):
            yield Finding(part.heading.line, f"`## {title}` has no numbered list", "write its steps: `1. `, `2. ` and so on")
        for step in routine.own_steps(title):
            if not step.dose.named:
                yield Finding(step.line, f"step {step.number} of `## {title}` has no time", "say how long, in digits: `for 1 minute`")
