"""Rules about the safety note: where it stands, its two lists, and the link to help."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from knee.contract.headings import DO_NOT, HOW_TO, LEVELS, SAFETY_NOTE, STOP
from knee.contract.lost_markup import without_own_mark
from knee.contract.sections import Section
from knee.contract.site_context import HELP_PAGE
from knee.contract.technique_page import TechniquePage
from knee.rules.registry import Finding, in_its_section, on_its_lines, on_its_words, on_the_page, rule
from knee.text.addresses import address_of, resolved
from knee.text.mended import Mended, with_lines, without_quote
from knee.text.reading import Block, collapse_whitespace
from knee.text.wording import shortened
from knee.text.words import has_words

_SEEK_HELP = re.compile(r"when[- _]to[- _]seek[- _]help", re.IGNORECASE)
_LINK_TO_HELP = re.compile(rf"\[\[{_SEEK_HELP.pattern}\]\]|\[{_SEEK_HELP.pattern}\]\([^()\s]*\)", re.IGNORECASE)
"""A link whose words say where it should lead."""


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
            fix = "move it, with its list, under `## Safety note`"
            yield Finding(part.heading.line, f"`### {words}` stands outside the safety note", fix)


@rule("KE310", yields_to=(on_its_lines("KE205", "KE319"), in_its_section("KE210", "KE409")))
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
        if not items and not page.only_the_site_lists(part):
            yield _no_bullets(page, part, words)
        for item in _without_words(own):
            yield Finding(item.line, f"an item of `### {words}` has no words", "write the reason, or delete the line")


def _no_bullets(page: TechniquePage, part: Section, words: str) -> Finding:
    """Say that a part has no bullets, with the author's own first line as a bullet where there is one."""
    one = "sign" if words == STOP else "reason"
    written = next((block for block in _part_blocks(part) if block.kind == "paragraph"), None)
    first = page.line(written.line).strip() if written and not written.targets else ""
    code = next((block for block in _part_blocks(part) if block.kind == "code"), None)
    if code and page.line(code.line)[:1].isspace():
        what = f"the list of `### {words}` is shown as code, because of the tab or the spaces before it"
        items = {number: (page.line(number).lstrip(),) for number in range(code.line, page.source.end_of(code.line) + 1)}
        mended = with_lines(page.source.lines, items) if all(line.startswith("- ") for (line,) in items.values()) else None
        return Finding(code.line, what, "delete what stands before the `- ` of each line", mended=mended)
    if not first:
        return Finding(part.heading.line, f"`### {words}` has no bulleted list", f"write 1 {one} a line under it, each starting with `- `")
    what = f"`### {words}` has no bulleted list; its first line is `{_quoted_line(first)}`"
    return Finding(
        part.heading.line,
        what,
        f"start each {one} on a line of its own with a hyphen and a space: `- {_quoted_line(without_own_mark(first))}`",
    )


@rule("KE311", yields_to=(on_its_words("KE208", "KE405", "KE406"), on_the_page("KE209")))
def help_link(page: TechniquePage) -> Iterator[Finding]:
    """The safety note links to when-to-seek-help.md.

    Why: a reader who is not sure must be one touch away from the signs that need help.
    """
    safety = page.section(SAFETY_NOTE)
    if not safety:
        return
    targets = [target for block in safety.blocks for target in block.targets]
    if HELP_PAGE in (resolved(page.place, address_of(target).path) for target in targets):
        return
    lines = _lines_under(page, safety)
    links = [(link.line, link.target) for link in page.preview.links]
    links += [(link.line, link.target) for link in page.prose.lost_links]
    nearly = next((line for line, target in links if line in lines and _is_nearly_help(target)), 0)
    if meant := nearly or next((line for line in lines if _SEEK_HELP.search(page.line(line))), 0):
        what = f"this line does not lead to the page {HELP_PAGE}"
        right = f"[when to seek help](../{HELP_PAGE})"
        line, count = _LINK_TO_HELP.subn(right, page.line(meant))
        mended = Mended(meant, 1, (line,)) if count == 1 and line != page.line(meant) else None
        yield Finding(meant, what, f"write the link on it as `{right}`", about=page.line(nearly).strip(), mended=mended)
    else:
        line = f"Not sure? Read [when to seek help](../{HELP_PAGE}) first."
        end = min(page.source.end_of(safety.last_line) + 1, _lines_under(page, safety).stop)
        mended = Mended(end, 0, ("", line))
        yield Finding(safety.heading.line, f"the safety note has no link to {HELP_PAGE}", f"add a line `{line}`", mended=mended)


def _lines_under(page: TechniquePage, section: Section) -> range:
    """Return the lines of a section, from the one under its heading to the next heading after it."""
    later = (heading.line for heading in page.headings if heading.line > section.last_line)
    return range(section.heading.line + 1, next(later, len(page.source.lines) + 1))


def _is_nearly_help(target: str) -> bool:
    return bool(difflib.get_close_matches(HELP_PAGE.stem, [PurePosixPath(target).stem.lower()]))


def _part_blocks(part: Section) -> list[Block]:
    end = next((i for i, block in enumerate(part.blocks) if block.kind == "heading"), len(part.blocks))
    return list(part.blocks[:end])


def _quoted_line(line: str) -> str:
    return shortened(collapse_whitespace(line), 50)


def _without_words(blocks: Sequence[Block]) -> Iterator[Block]:
    """Return the bullets of a part that hold no words."""
    item, words = None, ""
    for block in (*blocks, Block("item", "", 0, ("ul",))):
        if block.kind == "item" and block.inside == ("ul",):
            if item and not has_words(words):
                yield item
            item, words = block, ""
        elif block.inside:
            words += block.bare if block.kind == "paragraph" else block.text


@rule("KE322", yields_to=(on_its_lines("KE305", "KE403"),))
def no_quotes(page: TechniquePage) -> Iterator[Finding]:
    """No quote (`>`) stands in the safety note or among the steps.

    Why: nothing in a quote counts, so a warning or a step there would not come along to a session, a routine or a sheet.
    """
    starts = sorted(section.heading.line for section in page.sections)
    for section in filter(None, map(page.section, (SAFETY_NOTE, HOW_TO))):
        end = next((line for line in starts if line > section.heading.line), len(page.source.lines) + 1)
        quoted = (block.line for block in page.preview.blocks if block.in_quote and section.heading.line < block.line < end)
        if line := next(quoted, 0):
            what, mended = "the words on this line stand in a quote, where nothing counts", without_quote(page.source.lines, line)
            yield Finding(line, what, "delete the `>` before them", mended=mended)
