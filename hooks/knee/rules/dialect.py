"""Rules that keep the code host's preview and the site's page the same. Imports the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knee.page import HOW_TO, Page
from knee.reading import Block
from knee.rules.registry import Finding, rule

_STUCK_HASHES = re.compile(r"#{1,6}[^#\s]")


@rule("KE201")
def heading_at_the_margin(page: Page) -> Iterator[Finding]:
    """A heading starts at the margin, with a space after its `#`.

    Why: with spaces before it, or none after, one reader sees a heading and the other plain text.
    """
    for block in page.top:
        line = page.line(block.line)
        if block.kind == "heading" and line.startswith(" ") and line.lstrip().startswith("#"):
            yield Finding(block.line, f"the heading `{line.strip()}` does not start at the margin", "delete the spaces before the #")
        elif block.kind == "paragraph" and _STUCK_HASHES.match(line):
            marks = re.match("#+", line)
            fixed = f"{marks[0]} {line[marks.end() :]}" if marks else line
            yield Finding(block.line, f"`{line.strip()}` is no heading: there is no space after the #", f"write `{fixed.strip()}`")


@rule("KE202")
def blank_line_above_a_list(page: Page) -> Iterator[Finding]:
    """A list has a blank line above it, and so has a step after one that holds more than its own line.

    Why: without it the site runs the list into the text above, and steps are lost.
    """
    for block, before in zip(page.preview.blocks[1:], page.preview.blocks, strict=False):
        if block.kind != "item" or block.in_quote or not page.line(block.line - 1).strip():
            continue
        if _starts_a_list(page, block):
            if before.kind == "heading" and not _is_step_list(page, block):
                continue
            if before.inside[: len(block.inside) - 1] != block.inside[:-1] or len(block.inside) == 1:
                yield Finding(block.line, f"there is no blank line above the list that starts with `{_start(page, block)}`", "put an empty line above it")
        elif before.kind != "item" and _is_loose_before(page, block, before):
            yield Finding(block.line, f"there is no blank line above `{_start(page, block)}`", "put an empty line above it")


@rule("KE203")
def full_stop_after_the_number(page: Page) -> Iterator[Finding]:
    """Numbered lists are written `1.`, not `1)`.

    Why: the site shows `1)` as plain text in one paragraph.
    """
    told = set()
    for block in page.blocks:
        if block.kind == "item" and block.marker == ")" and block.list_id not in told:
            told.add(block.list_id)
            yield Finding(block.line, f"`{_start(page, block)}` has a bracket after its number", "write `1.`, `2.` and so on")


@rule("KE204")
def four_spaces_inside_an_item(page: Page) -> Iterator[Finding]:
    """What belongs to a list item is indented by 4 spaces.

    Why: with fewer, the site makes bullets into steps of their own, or splits the list in two.
    """
    told = 0
    for block in page.blocks:
        if not _is_indented_part(page, block):
            continue
        wanted = 4 * (len(block.inside) - (block.kind == "item"))
        if _indent(page, block) < wanted and block.line != told + 1:
            what = f"`{_start(page, block)}` belongs to a list item, but is indented by {_indent(page, block)} spaces"
            yield Finding(block.line, what, f"indent it by {wanted} spaces")
        told = block.line if _indent(page, block) < wanted else told


@rule("KE205")
def both_readings_agree(page: Page) -> Iterator[Finding]:
    """The code host's preview and the site show the same headings, lists, steps and words.

    Why: the contributor checks the preview, the reader follows the site; a step that only one shows is a step lost.
    """
    if page.preview.html or page.website.html:
        return
    known = {_section_of(page, finding.line) for check in (heading_at_the_margin, blank_line_above_a_list,
             full_stop_after_the_number, four_spaces_inside_an_item) for finding in check(page)}
    for found in page.differences:
        if _section_of(page, found.line) not in known:
            what = f"the preview reads `{_cut(found.first)}` here, the site reads `{_cut(found.second)}`"
            mend = "write it more plainly: an empty line above lists and paragraphs, 4 spaces before what belongs to an item"
            yield Finding(found.line, what, mend)


def _starts_a_list(page: Page, item: Block) -> bool:
    first = next(block for block in page.preview.blocks if block.kind == "item" and block.list_id == item.list_id)
    return first is item


def _is_step_list(page: Page, item: Block) -> bool:
    return item.list_id in page.step_lists


def _is_loose_before(page: Page, item: Block, before: Block) -> bool:
    """Whether the item before this one ended in a paragraph that is not its first line."""
    if before.inside[: len(item.inside)] != item.inside:
        return False
    own = [b for b in page.preview.blocks if b.line < item.line and b.kind == "item" and b.list_id == item.list_id]
    return bool(own) and before.kind == "paragraph" and before.inside == item.inside and before.line != own[-1].line


def _is_indented_part(page: Page, block: Block) -> bool:
    if block.kind == "item":
        return len(block.inside) > 1
    items = (b for b in page.preview.blocks if b.kind == "item" and b.line == block.line)
    return bool(block.inside) and next(items, None) is None


def _indent(page: Page, block: Block) -> int:
    line = page.line(block.line).expandtabs(4)
    return len(line) - len(line.lstrip())


def _section_of(page: Page, line: int) -> int:
    return max((heading.line for heading in page.headings if heading.line <= line), default=0)


def _start(page: Page, block: Block) -> str:
    return _cut(page.line(block.line).strip(), 40)


def _cut(text: str, most: int = 70) -> str:
    text = text.strip().replace("`", "'")
    return (text if len(text) <= most else text[: most - 1] + "…") or "nothing"
