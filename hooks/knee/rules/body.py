"""Rules about what a technique page must hold: title, lead, picture, safety note, steps. Imports the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knee.dose import LONGEST, dose_of
from knee.guide import PICTURE_KINDS
from knee.page import DO_NOT, HOW_TO, LEVELS, SAFETY_NOTE, STOP, Page, Section, Step
from knee.reading import Block, squashed
from knee.rules.registry import Finding, rule

MOST_STEPS, FEWEST_STEPS, MOST_WORDS = 8, 2, 20
HELP_PAGE = "when-to-seek-help.md"
_FILLER = re.compile(r"\b(?:todo|tbd|fixme|lorem\s+ipsum|x{3,})\b", re.IGNORECASE)


@rule("KE301")
def one_title(page: Page) -> Iterator[Finding]:
    """The page begins with one `#` title, and has only one.

    Why: the title is the page's name in the list, on cards, in search and at the top of the sheet.
    """
    titles = [block for block in page.headings if block.level == 1]
    if not titles:
        yield Finding(page.first_line, "the page has no title", "write `# ` and the technique's name as the first line after the front matter")
        return
    if not titles[0].text.strip():
        yield Finding(titles[0].line, "the title is empty", "write the technique's name after the `#`")
    if page.preview.blocks and page.preview.blocks[0] is not titles[0]:
        first = page.preview.blocks[0]
        yield Finding(first.line, "something stands before the title", "put the `#` title first, straight after the front matter")
    for block in titles[1:]:
        yield Finding(block.line, f"`# {block.text}` is a second title", "make it `##`, or take it out")


@rule("KE302")
def lead(page: Page) -> Iterator[Finding]:
    """A lead of 1 to 3 sentences stands straight after the title.

    Why: it tells the reader at once what the technique is for and what it feels like.
    """
    if page.title and not page.lead:
        yield Finding(page.title.line, "no sentence stands straight after the title", "write 1 to 3 plain sentences there: what it is for, what it feels like")
    elif page.lead_sentences > 3:
        yield Finding(page.lead[0].line, f"the lead has {page.lead_sentences} sentences", "keep the 3 that matter most, move the rest to a section of its own")


@rule("KE303")
def main_picture(page: Page) -> Iterator[Finding]:
    """The main picture, named after the page, stands before the safety note.

    Why: it shows the position and the hand at a glance, on the page, on cards and on paper.
    """
    if not page.main_picture:
        names = " or ".join(f"{page.slug}.{kind}" for kind in PICTURE_KINDS)
        wrong = next((p for p in page.pictures if p.target.removeprefix("./") in [f"{page.slug}.{k}" for k in PICTURE_KINDS]), None)
        line = wrong.line if wrong else (page.lead[-1].line if page.lead else page.first_line)
        what = "the main picture comes after the safety note" if wrong else f"the page shows no main picture ({names})"
        yield Finding(line, what, f"put `![what the picture shows]({page.slug}.svg)` on a line of its own between the lead and the safety note")


@rule("KE304")
def alt_text(page: Page) -> Iterator[Finding]:
    """Every picture has an alt text of 20 to 250 characters.

    Why: a reader who cannot see the picture hears the alt text instead, and has to find the place and the hand from it.
    """
    for picture in page.pictures:
        length = len(squashed(picture.alt))
        if not 20 <= length <= 250:
            what = f"the alt text of {picture.target} has {length} characters" if length else f"{picture.target} has no alt text"
            yield Finding(picture.line, what, "say in 20 to 250 characters how the person sits, which hand is where, and how it moves")


@rule("KE305")
def headings_there(page: Page) -> Iterator[Finding]:
    """The page has the headings `## Safety note`, `### Do not do this if`, `### Stop if` and `## How to do it`.

    Why: the site finds the safety note and the steps by these words, and readers find them in the same place on every page.
    """
    for words, level in LEVELS.items():
        if page.section(words) is None and not _only_on_the_site(page, words):
            wanted = f"{'#' * level} {words}"
            yield Finding(_place_for(page, words), f"the page has no heading `{wanted}`", f"add a line `{wanted}`, with {_UNDER[words]} under it")


@rule("KE306")
def right_words(page: Page) -> Iterator[Finding]:
    """The contract's headings have exactly its words and its level.

    Why: a heading that is nearly right is not found, and the safety note would be missing from the card.
    """
    for words, level in LEVELS.items():
        if block := page.near_miss(words):
            found = f"{'#' * block.level} {squashed(block.text)}"
            yield Finding(block.line, f"`{found}` is not quite the heading that the site looks for", f"write `{'#' * level} {words}`")


@rule("KE307")
def headings_once(page: Page) -> Iterator[Finding]:
    """The contract's headings stand once each.

    Why: with two safety notes a reader may see only the first.
    """
    for words, level in LEVELS.items():
        for block in [b for b in page.exact_headings(words) if b.level == level][1:]:
            yield Finding(block.line, f"`{'#' * level} {words}` stands a second time", "put everything under the first one")


@rule("KE308")
def safety_first(page: Page) -> Iterator[Finding]:
    """The safety note stands before the steps.

    Why: nobody reads a warning after the thing it warns of.
    """
    safety, how = page.section(SAFETY_NOTE), page.section(HOW_TO)
    if safety and how and safety.heading.line > how.heading.line:
        yield Finding(safety.heading.line, "the safety note comes after the steps", "move the whole safety note above `## How to do it`")


@rule("KE309")
def safety_parts(page: Page) -> Iterator[Finding]:
    """The safety note has two parts, `### Do not do this if` and then `### Stop if`, and no others.

    Why: who must not start comes first, when to stop comes second, and a third list would hide both.
    """
    safety = page.section(SAFETY_NOTE)
    if not safety:
        return
    parts = {words: page.section(words) for words in (DO_NOT, STOP)}
    known = [part.heading for part in parts.values() if part]
    repeated = [block for words in parts for block in page.exact_headings(words)[1:]]
    for block in safety.parts():
        if block not in known and block not in repeated:
            yield Finding(block.line, f"`{squashed(block.text)}` is a third part of the safety note", "move it to a section of its own after the steps")
    do_not, stop = parts[DO_NOT], parts[STOP]
    if do_not and stop and do_not.heading.line > stop.heading.line:
        yield Finding(stop.heading.line, "`### Stop if` comes before `### Do not do this if`", "swap the two parts")
    for words, part in parts.items():
        if part and part.heading not in safety.blocks and part.heading not in repeated:
            yield Finding(part.heading.line, f"`### {words}` stands outside the safety note", "move it, with its list, under `## Safety note`")


@rule("KE310")
def safety_lists(page: Page) -> Iterator[Finding]:
    """Each part of the safety note is a bulleted list of at least 1 item, each with words in it.

    Why: a list can be taken in at a glance; an empty one protects nobody.
    """
    for words in (DO_NOT, STOP):
        part = page.section(words)
        if not part:
            continue
        own = _part_blocks(part)
        items = [block for block in own if block.kind == "item" and block.inside == ("ul",)]
        if not items and not _broken_list(page, part):
            yield Finding(part.heading.line, f"`### {words}` has no bulleted list", "write one reason a line under it, each starting with `- `")
        for item in items:
            if not _item_words(own, item):
                yield Finding(item.line, f"an item of `### {words}` has no words", "write the reason, or delete the line")


@rule("KE311")
def help_link(page: Page) -> Iterator[Finding]:
    """The safety note links to when-to-seek-help.md.

    Why: a reader who is not sure must be one touch away from the signs that need help.
    """
    safety = page.section(SAFETY_NOTE)
    if not safety:
        return
    end = _end_line(page, safety)
    for reading in (page.preview, page.website):
        targets = [link.target for link in reading.links if safety.heading.line <= link.line <= end and not link.in_quote]
        if not any(target.partition("#")[0] == f"../{HELP_PAGE}" for target in targets):
            mend = f"add a line `Not sure? Read [when to seek help](../{HELP_PAGE}) first.`"
            yield Finding(safety.heading.line, f"the safety note has no link to {HELP_PAGE}", mend)
            return


@rule("KE312")
def one_list_of_steps(page: Page) -> Iterator[Finding]:
    """`## How to do it` holds exactly one numbered list and no headings.

    Why: the follow-along shows one step after the other; a second list or a heading would be lost between them.
    """
    how = page.section(HOW_TO)
    if not how:
        return
    for block in how.parts():
        yield Finding(block.line, f"`{squashed(block.text)}` is a heading inside `## How to do it`", "make it a step, or a `##` section after the steps")
    if not page.step_lists and not _broken_list(page, how):
        yield Finding(how.heading.line, "`## How to do it` has no numbered list", "write each step on a line of its own: `1. `, `2. ` and so on")
    for list_id in page.step_lists[1:]:
        first = next(block for block in how.blocks if block.list_id == list_id)
        yield Finding(first.line, "a second numbered list starts here", "make it one list: indent what stands between two steps by 4 spaces")


@rule("KE313")
def number_of_steps(page: Page) -> Iterator[Finding]:
    """There are 2 to 8 steps.

    Why: more than 8 do not fit on one sheet of paper, nor in anybody's head.
    """
    count = len(page.steps)
    if count and not FEWEST_STEPS <= count <= MOST_STEPS and len(page.step_lists) == 1:
        mend = "join steps, or split the technique into two pages" if count > MOST_STEPS else "write at least 2 steps: how to sit, and what to do"
        yield Finding(page.steps[0].line, f"there {'is' if count == 1 else 'are'} {count} step{'s' if count > 1 else ''}", mend)


@rule("KE314")
def numbered_from_one(page: Page) -> Iterator[Finding]:
    """The steps are numbered `1.`, `2.` and so on, or `1.` throughout, from 1.

    Why: other numbers are shown differently by the preview and the site, and readers wonder what they missed.
    """
    if not page.step_lists:
        return
    numbers = [b.written for b in page.blocks if b.kind == "item" and b.list_id == page.step_lists[0]]
    if numbers != list(range(1, len(numbers) + 1)) and set(numbers) != {1}:
        wrong = next(i for i, number in enumerate(numbers) if number != i + 1)
        what = f"step {wrong + 1} is numbered {numbers[wrong]}"
        yield Finding(page.steps[wrong].line, what, f"number the steps 1 to {len(numbers)} in order")


@rule("KE315")
def length_of_a_step(page: Page) -> Iterator[Finding]:
    """A step has 1 to 20 words in its own first paragraph.

    Why: a step is read from the floor with lotion on the hands, and read aloud.
    """
    for step in page.steps:
        count = sum(any(mark.isalnum() for mark in word) for word in step.words.split())
        if count == 0:
            yield Finding(step.line, f"step {step.number} has no words", "write what to do, or delete the number")
        elif count > MOST_WORDS:
            mend = f"cut it to {MOST_WORDS} words or fewer, or make two steps of it"
            yield Finding(step.line, f"step {step.number} has {count} words", mend)


@rule("KE316")
def no_numbers_in_a_step(page: Page) -> Iterator[Finding]:
    """A step holds no numbered list.

    Why: "step 2" would then mean two things.
    """
    for step in page.steps:
        inner = next((block for block in step.rest if block.kind == "item" and block.inside[-1] == "ol"), None)
        if inner:
            yield Finding(inner.line, f"step {step.number} holds a numbered list", "make its parts bullets (`- `), or steps of their own")


@rule("KE317")
def a_time_or_a_count(page: Page) -> Iterator[Finding]:
    """At least one step has a time in digits ("1 minute") or a count in digits ("5 times").

    Why: without one the reader does not know when to stop, and the clock has nothing to show.
    """
    if page.steps and not any(step.dose.named or step.dose.unclear for step in page.steps):
        if not any(_late_dose(step) for step in page.steps):
            yield Finding(page.steps[0].line, "no step says how long or how often", "say it in a step, in digits: `for 1 minute`, `5 times`")


@rule("KE318")
def a_clear_time(page: Page) -> Iterator[Finding]:
    """A step names at most one time, from 1 second to 10 minutes, in whole digits, in its own first paragraph.

    Why: the number in the words is the number on the clock, so there has to be one that a clock can follow.
    """
    for step in page.steps:
        dose = step.dose
        if dose.unclear:
            yield Finding(step.line, f"step {step.number} says `{dose.unclear[0]}`", "write whole numbers in digits: `1 minute`, `90 seconds`")
        elif len(dose.times) > 1:
            yield Finding(step.line, f"step {step.number} names {len(dose.times)} times", "keep one, or make two steps of it (`90 seconds`, not `1 minute 30 seconds`)")
        elif dose.times and not 1 <= dose.times[0] <= LONGEST:
            yield Finding(step.line, f"step {step.number} lasts {dose.times[0]} seconds", f"give it from 1 second to {LONGEST // 60} minutes")
        elif _late_dose(step):
            yield Finding(step.line, f"the time of step {step.number} does not stand in its own first paragraph", "move it there: the clock reads only that")


@rule("KE319")
def filler(page: Page) -> Iterator[Finding]:
    """No filler is left: TODO, TBD, FIXME, lorem ipsum, xxx, or an item of nothing but dots.

    Why: a reader would see it.
    """
    told: set[int] = set()
    for line, text in _seen_by_readers(page):
        if (found := _FILLER.search(text)) and line not in told:
            told.add(line)
            yield Finding(line, f"`{squashed(found[0])}` is left in the page", "write the real words, or take it out")
    for block, after in pairwise((*page.preview.blocks, Block("rule", "", 0))):
        if block.kind == "item" and after.kind == "paragraph" and re.fullmatch(r"[.…\s]+", after.text) and after.line not in told:
            yield Finding(after.line, "this item is nothing but dots", "write the item, or delete the line")


_UNDER = {
    SAFETY_NOTE: "its two parts",
    DO_NOT: "a bulleted list of reasons",
    STOP: "a bulleted list of signs",
    HOW_TO: "the numbered steps",
}


def _place_for(page: Page, words: str) -> int:
    if words in (DO_NOT, STOP) and (safety := page.section(SAFETY_NOTE)):
        return safety.heading.line
    return max((block.line for block in page.preview.blocks), default=page.first_line) if words == HOW_TO else _after_lead(page)


def _after_lead(page: Page) -> int:
    if page.main_picture:
        return page.main_picture.line
    return page.lead[-1].line if page.lead else page.first_line


def _only_on_the_site(page: Page, words: str) -> bool:
    """Whether the heading is there for the site, or is spoilt in a way that another rule tells."""
    marks = "#" * LEVELS[words]
    spoilt = (line for line in page.source.lines if re.match(rf"\s*{marks}\s*{re.escape(words)}", line, re.IGNORECASE))
    outside = not any(words.casefold() in b.text.casefold() for b in page.preview.blocks if b.kind == "code" or b.in_quote)
    return outside and next(spoilt, None) is not None and any(
        words.casefold() in block.text.casefold() for block in page.preview.blocks if block.kind == "paragraph"
    )


def _part_blocks(part: Section) -> list[Block]:
    end = next((i for i, block in enumerate(part.blocks) if block.kind == "heading"), len(part.blocks))
    return list(part.blocks[:end])


def _broken_list(page: Page, section: Section) -> bool:
    """Whether only the site sees a list here: the rules of the dialect tell that."""
    return any(section.heading.line <= found.line <= section.last_line and "list item" in found.second for found in page.differences)


def _item_words(blocks: Sequence[Block], item: Block) -> str:
    """Give the words of an item: everything up to the next item of its list."""
    after = blocks[blocks.index(item) + 1 :]
    words = []
    for block in after:
        if not block.inside or (block.kind == "item" and block.inside == item.inside):
            break
        words.append(block.text)
    return re.sub(r"[\W_]+", "", "".join(words)) or ("dots" if any(word.strip() for word in words) else "")


def _end_line(page: Page, section: Section) -> int:
    later = [block.line for block in page.headings if block.line > section.heading.line and block.level <= section.heading.level]
    return min(later, default=len(page.source.lines) + 1) - 1


def _late_dose(step: Step) -> bool:
    """Whether a step has its time or count only in what belongs to it, where the clock does not look."""
    own, rest = step.dose, dose_of(step.rest_words)
    return not own.named and rest.named


def _seen_by_readers(page: Page) -> Iterator[tuple[int, str]]:
    for block in page.preview.blocks:
        if block.kind != "html":
            yield block.line, block.text
    if page.front:
        for key in ("description", "often"):
            yield page.front.line_of(key), str(page.front.values.get(key) or "")
