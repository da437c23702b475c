"""Rules about the headings that the contract asks for: that they are there, once, in its words and at its levels."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from markdown.extensions.toc import slugify

from knee.contract.headings import DO_NOT, HOW_TO, LEVELS, MEANT, SAFETY_NOTE, STOP, heading_key
from knee.contract.page import Page
from knee.contract.technique_page import TechniquePage
from knee.rules.registry import Finding, on_its_lines, on_its_words, rule
from knee.text.mended import Mended, with_lines, without_quote
from knee.text.preview import INDENTED, OPEN_FENCE
from knee.text.reading import Block, collapse_whitespace
from knee.text.wording import shortened

_UNDER = {
    SAFETY_NOTE: f"its two parts, `### {DO_NOT}` and `### {STOP}`,",
    DO_NOT: "a bulleted list of reasons",
    STOP: "a bulleted list of signs",
    HOW_TO: "the numbered steps",
}


@rule(
    "KE305",
    yields_to=(
        on_its_words("KE201", "KE202", "KE203", "KE204", "KE205", "KE207", "KE208", "KE210", "KE216", "KE401", "KE409"),
        on_its_lines("KE101", "KE206"),
    ),
)
def headings_there(page: TechniquePage) -> Iterator[Finding]:
    """The page has the headings `## Safety note`, `### Do not do this if`, `### Stop if` and `## How to do it`.

    Why: the site finds the safety note and the steps by these words, and readers find them in the same place on every page.
    """
    told: set[int] = set()
    no_safety = not any(page.section(words) for words in (SAFETY_NOTE, DO_NOT, STOP))
    for words, level in LEVELS.items():
        if page.section(words) or (no_safety and words in (DO_NOT, STOP)):
            continue
        wanted = f"{'#' * level} {words}"
        if hidden := _hidden(page, words):
            if hidden.line not in told:
                place = "a quote" if hidden.in_quote else "code"
                what = f"`{wanted}` stands inside {place}, where no heading counts"
                fix = "take away what makes it so: `>`, 3 backticks or 4 spaces"
                yield Finding(hidden.line, what, fix, about=words, mended=_as_headings(page, hidden))
            told.add(hidden.line)
            continue
        fix = f"add a line `{wanted}`, with {_UNDER[words]} under it"
        safety = page.section(SAFETY_NOTE)
        if level > LEVELS[SAFETY_NOTE] and safety and (table := next((b for b in safety.blocks if b.kind == "table"), None)):
            fix += f"; move its words there from the table on line {table.line}, and delete the table once both lists are written"
        line = _place_for(page, words)
        mended = Mended(page.source.end_of(line) + 1, 0, ("", wanted, ""))
        yield Finding(line, f"the page has no heading `{wanted}`", fix, about=words, mended=mended)


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
                what = f"`{shortened(line, 50)}` is {kind}, and no heading"
            fix = f"write `{'#' * level} {words}`"
            section = page.section(words)
            until = section.last_line + 1 if section and block.marker == MEANT else block.line
            count = 2 if re.fullmatch(r" {0,3}(?:=+|-+)\s*", page.line(block.line + 1)) else 1
            mended = Mended(block.line, count, (f"{'#' * level} {words}",))
            if _NUMBER.match(block.text):
                fix += "; take the numbers off all headings"
                numbered = ((heading.line, _NUMBERED.match(page.line(heading.line))) for heading in page.headings)
                bare = {line: (f"{found[1]}{found[2]}",) for line, found in numbered if found}
                mended = with_lines(page.source.lines, bare | {block.line: mended.lines})
            yield Finding(block.line, what, fix, spoils=range(block.line, until), mended=mended)


_NUMBER = re.compile(r"[0-9]{1,2}[.)\s]")
_NUMBERED = re.compile(r"(#+\s+)[0-9]{1,2}[.)]\s*(.*)")


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


def _place_for(page: TechniquePage, words: str) -> int:
    if words == STOP and (before := page.section(DO_NOT)):
        return before.last_line
    if words in (DO_NOT, STOP) and (safety := page.section(SAFETY_NOTE)):
        return safety.heading.line
    return max((block.line for block in page.preview.blocks), default=page.first_line) if words == HOW_TO else _after_lead(page)


def _after_lead(page: TechniquePage) -> int:
    if page.main_picture:
        return page.main_picture.line
    return page.lead[-1].line if page.lead else page.first_line


def _hidden(page: TechniquePage, words: str) -> Block | None:
    """Return the code or the heading in a quote that has the words of one of the contract's headings."""
    heading = re.compile(rf"^\s*#+\s*{re.escape(words)}", re.IGNORECASE | re.MULTILINE)
    for block in page.preview.blocks:
        in_quote = block.in_quote and block.kind == "heading" and heading_key(block.text) == heading_key(words)
        if in_quote or (block.kind == "code" and heading.search(block.text)):
            return block
    return None


def _as_headings(page: Page, hidden: Block) -> Mended | None:
    """Return the lines of a quote or of code without what makes them so; None where the code has no end."""
    content = range(hidden.line, hidden.line + hidden.text.count("\n"))
    if hidden.in_quote:
        return without_quote(page.source.lines, hidden.line)
    if hidden.marker == INDENTED:
        lines = textwrap.dedent("\n".join(page.line(number) for number in content)).split("\n")
        return Mended(content.start, len(content), tuple(lines))
    return None if hidden.marker == OPEN_FENCE else with_lines(page.source.lines, {content.start: (), content.stop + 1: ()})


@rule("KE321")
def ids_of_the_site(page: Page) -> Iterator[Finding]:
    """No heading takes a place of the site's own, such as `#start`, `#about-this-page` or one that begins with `__`.

    Why: links and scripts look for these places; with a second one, the search breaks, or a link leads to the wrong part of the page.
    """
    standing = {section.heading.line for words in LEVELS if (section := page.section(words))}
    wanted = {heading_key(words) for words in LEVELS}
    for block in page.preview.blocks:
        is_free = block.kind == "heading" and block.line not in standing and heading_key(block.text) not in wanted
        place = slugify(block.text, "-") if is_free else ""
        if place.startswith("__") or place in _IDS_OF_THE_SITE:
            what = f"the heading `{collapse_whitespace(block.text)}` takes the place `#{place}`, which the site itself uses"
            yield Finding(block.line, what, "write other words for this heading, such as `Good to know`")


_IDS_OF_THE_SITE = {
    "about-this-page",
    "checks-have-changed",
    "main",
    "problems-of-this-page",
    "search-box",
    "search-results",
    "session-notes",
    "start",
    "who-looks-after-this-copy",
    *(slugify(words, "-") for words in LEVELS),
}
"""Ids in overrides/ and of the contract's headings; those of the theme's successor begin with two underscores."""
