"""Rules about what a technique page must hold: title, lead, picture, safety note, steps."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knee.contract.dose import LONGEST, dose_of
from knee.contract.headings import DO_NOT, HOW_TO, LEVELS, MEANT, SAFETY_NOTE, STOP, heading_key
from knee.contract.lost_markup import headings_by_accident, lost_bullets, lost_links, lost_steps
from knee.contract.sections import Section, Step
from knee.contract.site_context import HELP_PAGE, PICTURE_KINDS
from knee.contract.technique_page import TechniquePage
from knee.rules.code_host import both_readings_agree
from knee.rules.dialect import empty_items
from knee.rules.dialect import findings as dialect_findings
from knee.rules.front import texts_of
from knee.rules.pictures import svg_words
from knee.rules.registry import Finding, rule
from knee.text.addresses import address_of, resolved
from knee.text.preview import OPEN_FENCE
from knee.text.reading import Block, collapse_whitespace
from knee.text.words import has_words, what_can_be_seen

MOST_STEPS, FEWEST_STEPS, MOST_WORDS = 8, 2, 20
MOST_SENTENCES = 3
SHORTEST_ALT, LONGEST_ALT = 20, 250
SHARED_WITH_ROUTINES = ("KE301", "KE302", "KE304", "KE315", "KE316", "KE318", "KE319")
"""Rules of this module that hold for routine pages too."""
_OWN_MARK = re.compile(
    r"(?:step\s*)?\(?[a-h][.)]\s+|(?:step\s*)?\(?[0-9]{1,2}\ufe0f?\u20e3?[.):\s–-]*|[^\w\s\"'“‘(]+\ufe0f?\s*|o\s+(?=\w)", re.IGNORECASE
)
"""The mark that an author put in front of a step or a reason, where it makes no list: `Step 1:`, `1.`, `•`, a dash, a little picture."""
_SEEK_HELP = re.compile(r"when[- _]to[- _]seek[- _]help", re.IGNORECASE)
_NEXT_STEP = re.compile(r"\s2[.)]\s")
_DOTS = re.compile(r"[.…\s]+")
_NOTHING = re.compile(r"(?:n\.?\s?/?\s?a|etc|none|nothing|nil|as above|see above|and so on)\.?", re.IGNORECASE)
_FILLER = re.compile(r"\b(?:todo|tbd|fixme|lorem\s+ipsum|x{3,})\b", re.IGNORECASE)


@rule("KE301")
def one_title(page: TechniquePage) -> Iterator[Finding]:
    """The page begins with one `#` title, and has only one.

    Why: the title is the page's name in the list, on cards, in search and at the top of the sheet.
    """
    if not page.title:
        if page.front is None or "title" not in page.front.keys:
            yield _no_title(page)
        return
    if page.preview.blocks[0] is not page.title:
        line = page.preview.blocks[0].line
        yield Finding(line, "something stands before the title", "put the `#` title first, straight after the front matter")
    near_misses = [page.near_miss(words) for words in LEVELS]
    for block in page.blocks:
        if block.kind == "heading" and block.level == 1 and block is not page.title and block not in near_misses:
            yield Finding(block.line, f"`# {collapse_whitespace(block.text)}` is a second title", "make it `##`, or take it out")


def _no_title(page: TechniquePage) -> Finding:
    first = page.preview.blocks[0] if page.preview.blocks else None
    line = page.line(first.line).strip() if first and first.kind == "paragraph" else ""
    if re.fullmatch(r"(\*\*|__)[^*_]+\1", line):
        return Finding(first.line if first else 1, f"`{_cut(line)}` is bold text, and no title", f"write `# {_cut(line.strip('*_'), 100)}`")
    mend = "write `# ` and the technique's name as the first line after the front matter"
    return Finding(page.first_line, "the page has no title", mend)


@rule("KE302")
def lead(page: TechniquePage) -> Iterator[Finding]:
    """A lead of 1 to 3 sentences stands straight after the title.

    Why: it tells the reader at once what the technique is for and what it feels like.
    """
    if page.title and not page.lead:
        mend = "write 1 to 3 plain sentences there: what it is for, what it feels like"
        yield Finding(page.title.line, "no sentence stands straight after the title", mend)
    elif page.lead_sentences > MOST_SENTENCES:
        mend = "keep the 3 that matter most, move the rest to a section of its own"
        yield Finding(page.lead[0].line, f"the lead has {page.lead_sentences} sentences", mend)


@rule("KE303")
def main_picture(page: TechniquePage) -> Iterator[Finding]:
    """The main picture, named after the page, stands before the safety note.

    Why: it shows the position and the hand at a glance, on the page, on cards and on paper.
    """
    if page.main_picture or _picture_told_elsewhere(page):
        return
    names = [f"{page.slug}.{kind}" for kind in PICTURE_KINDS]
    late = next((picture for picture in page.pictures if page.own_picture(picture) in names), None)
    line = late.line if late else (page.lead[-1].line if page.lead else page.first_line)
    what = "the main picture comes after the safety note" if late else f"the page shows no main picture ({' or '.join(names)})"
    mend = f"put `![what the picture shows]({page.slug}.svg)` on a line of its own between the lead and the safety note"
    if not late and (link := next((link for link in page.preview.links if link.target in names), None)):
        line, what = link.line, f"this is a link to {link.target}, and no picture"
        mend = f"put an exclamation mark in front of it: `![what the picture shows]({link.target})`"
    yield Finding(line, what, mend)


def _picture_told_elsewhere(page: TechniquePage) -> bool:
    """Whether the picture in the right place has a wrong name or kind: the rules of pictures tell that."""
    safety = page.section(SAFETY_NOTE)
    end = safety.heading.line if safety else len(page.source.lines) + 1
    lost = any(link.is_picture and link.line < end for link in lost_links(page))
    html = any(piece.text.lstrip().lower().startswith("<img") and piece.line < end for piece in page.preview.html)
    names = [page.own_picture(picture) for picture in page.first_pictures]
    return lost or html or any(name is None or name.rpartition(".")[0] == page.slug for name in names)


@rule("KE304")
def alt_text(page: TechniquePage) -> Iterator[Finding]:
    """Every picture has an alt text of 20 to 250 characters.

    Why: a reader who cannot see the picture hears the alt text instead, and has to find the place and the hand from it.
    """
    for picture in page.pictures:
        length = len(what_can_be_seen(picture.alt)) if has_words(picture.alt) else 0
        if not SHORTEST_ALT <= length <= LONGEST_ALT:
            no_words = "an alt text without words" if picture.alt.strip() else "no alt text"
            what = f"the alt text of {picture.target} has {length} characters" if length else f"{picture.target} has {no_words}"
            mend = "say in 20 to 250 characters, between [ and ], how the person sits, which hand is where, and how it moves"
            yield Finding(picture.line, what, mend)


@rule("KE305")
def headings_there(page: TechniquePage) -> Iterator[Finding]:
    """The page has the headings `## Safety note`, `### Do not do this if`, `### Stop if` and `## How to do it`.

    Why: the site finds the safety note and the steps by these words, and readers find them in the same place on every page.
    """
    told: set[int] = set()
    no_safety = not any(page.section(words) for words in (SAFETY_NOTE, DO_NOT, STOP))
    for words, level in LEVELS.items():
        if page.section(words) or _told_elsewhere(page, words) or (no_safety and words in (DO_NOT, STOP)):
            continue
        wanted = f"{'#' * level} {words}"
        if hidden := _hidden(page, words):
            if hidden.line not in told and hidden.marker != OPEN_FENCE:
                place = "a quote" if hidden.in_quote else "code"
                what = f"`{wanted}` stands inside {place}, where no heading counts"
                yield Finding(hidden.line, what, "take away what makes it so: `>`, 3 backticks or 4 spaces")
            told.add(hidden.line)
            continue
        mend = f"add a line `{wanted}`, with {_UNDER[words]} under it"
        safety = page.section(SAFETY_NOTE)
        if level > LEVELS[SAFETY_NOTE] and safety and (table := next((b for b in safety.blocks if b.kind == "table"), None)):
            mend += f"; move its words there from the table on line {table.line}, and delete the table once both lists are written"
        yield Finding(_place_for(page, words), f"the page has no heading `{wanted}`", mend)


@rule("KE306")
def right_words(page: TechniquePage) -> Iterator[Finding]:
    """The contract's headings are headings, with exactly its words and its level.

    Why: bold words, or a heading that is nearly right, are not found, and the safety note would be missing from the card.
    """
    for words, level in LEVELS.items():
        if block := page.near_miss(words):
            found = f"{'#' * block.level} {collapse_whitespace(block.text)}"
            what = f"`{found}` is not quite the heading that the site looks for"
            if block.marker == MEANT:
                line = page.line(block.line).strip()
                kind = "bold text" if line.startswith(("**", "__")) else "plain text"
                what = f"`{_cut(line)}` is {kind}, and no heading"
            mend = f"write `{'#' * level} {words}`"
            if re.match(r"[0-9]{1,2}[.)\s]", block.text):
                mend += "; take the numbers off all headings"
            yield Finding(block.line, what, mend)


@rule("KE307")
def headings_once(page: TechniquePage) -> Iterator[Finding]:
    """The contract's headings stand once each.

    Why: with two safety notes a reader may see only the first.
    """
    for words in LEVELS:
        section = page.section(words)
        for block in page.exact_headings(words):
            if section and block is not section.heading:
                found = f"{'#' * block.level} {collapse_whitespace(block.text)}"
                yield Finding(block.line, f"`{found}` stands a second time", "put everything under the first one")


@rule("KE308")
def safety_first(page: TechniquePage) -> Iterator[Finding]:
    """The safety note stands before the steps.

    Why: nobody reads a warning after the thing it warns of.
    """
    safety, how = page.section(SAFETY_NOTE), page.section(HOW_TO)
    if safety and how and safety.heading.line > how.heading.line:
        yield Finding(safety.heading.line, "the safety note comes after the steps", "move the whole safety note above `## How to do it`")


@rule("KE309")
def safety_parts(page: TechniquePage) -> Iterator[Finding]:
    """The safety note has two parts, `### Do not do this if` and then `### Stop if`, and no others.

    Why: who must not start comes first, when to stop comes second, and a third list would hide both.
    """
    safety = page.section(SAFETY_NOTE)
    if not safety:
        return
    parts = {words: part for words in (DO_NOT, STOP) if (part := page.section(words))}
    known = [part.heading for part in parts.values()] + [block for words in LEVELS for block in page.exact_headings(words)]
    for block in safety.parts():
        if block not in known:
            what = f"`{collapse_whitespace(block.text)}` is a third part of the safety note"
            yield Finding(block.line, what, "move it to a section of its own after the steps")
    if len(parts) == 2 and parts[DO_NOT].heading.line > parts[STOP].heading.line:
        yield Finding(parts[STOP].heading.line, "`### Stop if` comes before `### Do not do this if`", "swap the two parts")
    for words, part in parts.items():
        if part.heading not in safety.blocks:
            mend = "move it, with its list, under `## Safety note`"
            yield Finding(part.heading.line, f"`### {words}` stands outside the safety note", mend)


@rule("KE310")
def safety_lists(page: TechniquePage) -> Iterator[Finding]:
    """Each part of the safety note is a bulleted list of at least 1 item, each with words in it.

    Why: a list can be taken in at a glance; an empty one protects nobody.
    """
    for words in (DO_NOT, STOP):
        part = page.section(words)
        if not part:
            continue
        own = _part_blocks(part)
        items = [block for block in own if block.kind == "item" and block.inside == ("ul",)]
        if not items and not _broken_list(page, part) and not _lost_list(page, part):
            yield _no_bullets(page, part, words)
        empty = {item.line for item in empty_items(page)}
        for item in _without_words(own):
            if item.line not in empty:
                yield Finding(item.line, f"an item of `### {words}` has no words", "write the reason, or delete the line")


def _no_bullets(page: TechniquePage, part: Section, words: str) -> Finding:
    """Say that a part has no bullets, with the author's own first line as a bullet where there is one."""
    one = "sign" if words == STOP else "reason"
    written = next((block for block in _part_blocks(part) if block.kind == "paragraph"), None)
    first = page.line(written.line).strip() if written and not written.targets else ""
    code = next((block for block in _part_blocks(part) if block.kind == "code"), None)
    if code and page.line(code.line)[:1].isspace():
        what = f"the list of `### {words}` is shown as code, because of the tab or the spaces before it"
        return Finding(code.line, what, "delete what stands before the `- ` of each line")
    if not first:
        return Finding(part.heading.line, f"`### {words}` has no bulleted list", f"write 1 {one} a line under it, each starting with `- `")
    what = f"`### {words}` has no bulleted list; its first line is `{_cut(first)}`"
    own = _without_mark(first)
    return Finding(part.heading.line, what, f"start each {one} on a line of its own with a hyphen and a space: `- {_cut(own)}`")


def _without_mark(line: str) -> str:
    """Return a line without the mark that its author put in front of it, and on one line."""
    return collapse_whitespace(line[found.end() :] if (found := _OWN_MARK.match(line)) else line)


def _cut(text: str, most: int = 50) -> str:
    flat = collapse_whitespace(text).replace("`", "'")
    return flat if len(flat) <= most else flat[: most - 1] + "…"


@rule("KE311")
def help_link(page: TechniquePage) -> Iterator[Finding]:
    """The safety note links to when-to-seek-help.md.

    Why: a reader who is not sure must be one touch away from the signs that need help.
    """
    safety = page.section(SAFETY_NOTE)
    if not safety or headings_by_accident(page):
        return
    paths = [address_of(target).path for block in safety.blocks for target in block.targets]
    paths += [link.target for link in lost_links(page) if safety.heading.line < link.line <= safety.last_line]
    places = [place for path in paths if path and (place := resolved(page.place, path))]
    misspelt = (
        difflib.get_close_matches(HELP_PAGE.stem, [place.stem]) for place in places if not page.site.has_file(page.site.docs / place)
    )
    if HELP_PAGE not in places and not any(misspelt):
        what = f"the safety note has no link to {HELP_PAGE}"
        line, mend = safety.heading.line, f"add a line `Not sure? Read [when to seek help](../{HELP_PAGE}) first.`"
        if meant := next((n for n in range(safety.heading.line + 1, safety.last_line + 1) if _SEEK_HELP.search(page.line(n))), None):
            what = f"this line does not lead to the page {HELP_PAGE}"
            line, mend = meant, f"write the link on it as `[when to seek help](../{HELP_PAGE})`"
        yield Finding(line, what, mend)


@rule("KE312")
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
    if not page.step_lists and not _broken_list(page, how):
        yield _no_numbers(page, how)
    told = set(page.step_lists[:1])
    for block in how.blocks:
        numbered = block.inside == ("ol",) or block.inside[:1] + block.inside[-1:] == ("ul", "ol")
        if block.kind == "item" and numbered and block.list_id not in told:
            told.add(block.list_id)
            mend = "make it one list: indent what stands between two steps by 4 spaces"
            yield Finding(block.line, "a second numbered list starts here", mend)


def _no_numbers(page: TechniquePage, how: Section) -> Finding:
    """Say that there are no numbered steps, with the author's own first step as one where there is one."""
    written = next((block for block in how.blocks if block.kind in ("paragraph", "table")), None)
    what, mend = "`## How to do it` has no numbered list", "write each step on a line of its own: `1. `, `2. ` and so on"
    if written and written.kind == "table":
        what, mend = f"{what}, but a table", f"take the table out, and {mend}"
    elif written and (own := _without_mark(page.line(written.line).strip(" *_"))):
        mend = f"start each step on a line of its own with its number, a dot and a space: `1. {_cut(own)}`"
    return Finding(how.heading.line, what, mend)


@rule("KE313")
def number_of_steps(page: TechniquePage) -> Iterator[Finding]:
    """There are 2 to 8 steps.

    Why: more than 8 do not fit on one sheet of paper, nor in anybody's head.
    """
    count = len(_sure_steps(page))
    if count and not FEWEST_STEPS <= count <= MOST_STEPS and len(page.step_lists) == 1:
        what, mend = f"there are {count} steps; {MOST_STEPS} are the most", "join steps, or split the technique into two pages"
        if count < FEWEST_STEPS:
            what, mend = "there is only 1 step", "write at least 2 steps: how to sit, and what to do"
            if _holds_other_steps(page.steps[0]):
                what, mend = "step 1 holds the other steps as well", "start each step on a line of its own: `1. `, `2. ` and so on"
        yield Finding(page.steps[0].line, what, mend)


def _holds_other_steps(step: Step) -> bool:
    """Whether all the steps stand in one line."""
    return bool(_NEXT_STEP.search(step.words))


@rule("KE314")
def numbered_from_one(page: TechniquePage) -> Iterator[Finding]:
    """The steps are numbered `1.`, `2.` and so on, or `1.` throughout, from 1.

    Why: other numbers are shown differently by the preview and the site, and readers wonder what they missed.
    """
    if not _sure_steps(page):
        return
    numbers = [b.written for b in page.blocks if b.kind == "item" and b.list_id == page.step_lists[0]]
    if numbers != list(range(1, len(numbers) + 1)) and set(numbers) != {1}:
        wrong = next(i for i, number in enumerate(numbers) if number != i + 1)
        what = f"step {wrong + 1} is numbered {numbers[wrong]}"
        yield Finding(page.steps[wrong].line, what, f"number the steps 1 to {len(numbers)} in order")


@rule("KE315")
def length_of_a_step(page: TechniquePage) -> Iterator[Finding]:
    """A step has 1 to 20 words in its own first paragraph.

    Why: a step is read from the floor with lotion on the hands, and read aloud.
    """
    empty = {item.line for item in empty_items(page)}
    for step in page.steps:
        count = sum(has_words(word) for word in step.words.split())
        if count == 0 and step.line not in empty and not _DOTS.fullmatch(step.words):
            yield Finding(step.line, f"step {step.number} has no words", "write what to do, or delete the number")
        elif count > MOST_WORDS and not lost_steps(page) and not (len(page.steps) == 1 and _holds_other_steps(step)):
            mend = "make two steps of it, or move a part of it to a paragraph of its own under the step (4 spaces before it)"
            yield Finding(step.line, f"step {step.number} has {count} words; {MOST_WORDS} are the most", mend)


@rule("KE316")
def no_numbers_in_a_step(page: TechniquePage) -> Iterator[Finding]:
    """A step holds no numbered list.

    Why: "step 2" would then mean two things.
    """
    for step in page.steps:
        inner = next((block for block in step.rest if block.kind == "item" and block.inside[-1] == "ol"), None)
        if inner:
            yield Finding(inner.line, f"step {step.number} holds a numbered list", "make its parts bullets (`- `), or steps of their own")


@rule("KE317")
def a_time_or_a_count(page: TechniquePage) -> Iterator[Finding]:
    """At least one step has a time in digits ("1 minute") or a count in digits ("5 times").

    Why: without one the reader does not know when to stop, and the clock has nothing to show.
    """
    steps = _sure_steps(page)
    if steps and not any(step.dose.named or step.dose.unclear or _late_dose(step) for step in steps):
        mend = "say it in a step, in digits: `for 1 minute`, `5 times`"
        yield Finding(steps[0].line, "no step says in digits how long or how often", mend)


@rule("KE318")
def a_clear_time(page: TechniquePage) -> Iterator[Finding]:
    """A step names at most one time, from 1 second to 10 minutes, in whole digits, in its own first paragraph.

    Why: the number in the words is the number on the clock, so there has to be one that a clock can follow.
    """
    for step in _sure_steps(page):
        dose = step.dose
        if dose.unclear:
            words, mend = dose.unclear[0]
            yield Finding(step.line, f"step {step.number} says `{words}`, which the site's clock cannot follow", mend)
        elif len(dose.times) > 1:
            mend = "keep one, or make two steps of it (`90 seconds`, not `1 minute 30 seconds`)"
            yield Finding(step.line, f"step {step.number} names {len(dose.times)} lengths of time", mend)
        elif dose.times and not 1 <= dose.times[0] <= LONGEST:
            what = f"step {step.number} lasts {dose.times[0]} seconds"
            yield Finding(step.line, what, f"give it from 1 second to {LONGEST // 60} minutes ({LONGEST} seconds)")
        elif _late_dose(step):
            what = f"the time or the count of step {step.number} does not stand in its own first paragraph"
            yield Finding(step.line, what, "move it there: the clock reads only that")


@rule("KE319")
def filler(page: TechniquePage) -> Iterator[Finding]:
    """No filler is left: TODO, TBD, FIXME, lorem ipsum, xxx, or an item of nothing but dots or `N/A`.

    Why: a reader would see it.
    """
    told: set[int] = set()
    for line, text in _seen_by_readers(page):
        if found := _FILLER.search(text):
            line = _line_with(page, line, found[0])
            if line not in told:
                told.add(line)
                yield Finding(line, f"`{collapse_whitespace(found[0])}` is left in the page", "write the real words, or take it out")
    for block, after in pairwise(page.preview.blocks):
        if block.kind == "item" and after.kind == "paragraph" and _DOTS.fullmatch(after.text) and after.line not in told:
            yield Finding(after.line, "this item is nothing but dots", "write the item, or delete the line")
        elif block.kind == "item" and after.kind == "paragraph" and _NOTHING.fullmatch(collapse_whitespace(after.text)):
            yield Finding(after.line, f"the item `{collapse_whitespace(after.text)}` says nothing", "write the item, or delete the line")
    for path, name, words in svg_words(page):
        if found := _FILLER.search(words):
            line = 1 + path.read_bytes().partition(f"<{name}".encode())[0].count(b"\n")
            yield Finding(line, f"the svg's <{name}> holds `{collapse_whitespace(found[0])}`", "write what the picture shows", path)


_UNDER = {
    SAFETY_NOTE: f"its two parts, `### {DO_NOT}` and `### {STOP}`,",
    DO_NOT: "a bulleted list of reasons",
    STOP: "a bulleted list of signs",
    HOW_TO: "the numbered steps",
}


def _place_for(page: TechniquePage, words: str) -> int:
    if words in (DO_NOT, STOP) and (safety := page.section(SAFETY_NOTE)):
        return safety.heading.line
    return max((block.line for block in page.preview.blocks), default=page.first_line) if words == HOW_TO else _after_lead(page)


def _after_lead(page: TechniquePage) -> int:
    if page.main_picture:
        return page.main_picture.line
    return page.lead[-1].line if page.lead else page.first_line


def _told_elsewhere(page: TechniquePage, words: str) -> bool:
    """Whether another rule tells of the line in which the heading's words stand: it is no heading there, or hidden by HTML."""
    spoilt = [page.line(finding.line) for finding in (*dialect_findings(page), *both_readings_agree(page))]
    html = [piece.text for piece in page.html]
    return any(words.casefold() in text.casefold() for text in (*spoilt, *html))


def _hidden(page: TechniquePage, words: str) -> Block | None:
    """Return the code or the heading in a quote that has the words of one of the contract's headings."""
    heading = re.compile(rf"^\s*#+\s*{re.escape(words)}", re.IGNORECASE | re.MULTILINE)
    for block in page.preview.blocks:
        in_quote = block.in_quote and block.kind == "heading" and heading_key(block.text) == heading_key(words)
        if in_quote or (block.kind == "code" and heading.search(block.text)):
            return block
    return None


def _part_blocks(part: Section) -> list[Block]:
    end = next((i for i, block in enumerate(part.blocks) if block.kind == "heading"), len(part.blocks))
    return list(part.blocks[:end])


def _broken_list(page: TechniquePage, section: Section) -> bool:
    """Whether only the site sees a list here: the rules of the dialect tell that."""
    return any(section.heading.line <= found.line <= section.last_line and "item" in found.kinds[1] for found in page.differences)


def _lost_list(page: TechniquePage, section: Section) -> bool:
    """Whether the lines here begin with a sign that makes no list: a rule of the dialect tells that."""
    return any(section.heading.line < lost.line <= section.last_line for lost in lost_bullets(page))


def _without_words(blocks: Sequence[Block]) -> Iterator[Block]:
    """Return the bullets of a part that hold no words; those of nothing but dots are told as filler."""
    item, words = None, ""
    for block in (*blocks, Block("item", "", 0, ("ul",))):
        if block.kind == "item" and block.inside == ("ul",):
            if item and not has_words(words) and not (words.strip() and _DOTS.fullmatch(words)):
                yield item
            item, words = block, ""
        elif block.inside:
            words += block.bare if block.kind == "paragraph" else block.text


def _sure_steps(page: TechniquePage) -> Sequence[Step]:
    """Return the steps; none while one has lost its number, because its words then stand in another: only the lost number is told."""
    return () if lost_steps(page) else page.steps


def _late_dose(step: Step) -> bool:
    """Whether a step has its time or count only in what belongs to it, where the clock does not look."""
    own, rest = step.dose, dose_of(step.rest_words)
    return not own.named and rest.named


def _seen_by_readers(page: TechniquePage) -> Iterator[tuple[int, str]]:
    for block in page.preview.blocks:
        if block.kind != "html":
            yield block.line, block.text
    yield from ((link.line, link.title) for link in page.preview.links)
    yield from ((picture.line, picture.title) for picture in page.preview.pictures)
    if page.front:
        for key, text in texts_of(page.front):
            yield page.front.line_of(key), text


def _line_with(page: TechniquePage, start: int, words: str) -> int:
    """Return the line of a paragraph on which the words stand, or begin."""
    number, first = start, words.split()[0]
    while page.line(number).strip():
        if first in page.line(number):
            return number
        number += 1
    return start
