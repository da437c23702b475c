"""Rules that keep the code host's preview and the site's page the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import PurePosixPath

from knee.contract.headings import HOW_TO, MEANT
from knee.contract.lost_markup import LostLink
from knee.contract.page import Page
from knee.rules.registry import Finding, on_its_lines, rule
from knee.text.mended import Mended, with_lines, with_words
from knee.text.preview import INDENTED, OPEN_FENCE
from knee.text.reading import Block, collapse_whitespace
from knee.text.wording import shortened
from knee.text.words import has_words

_STUCK_HASHES = re.compile(r"(#{1,6})([^#\s].*)")
_TAGS = re.compile(r"#[^\s#]+(?:[\s,]+#[^\s#]+)+")
"""Two or more words with a `#` straight before each: tags of another program, and no heading."""
_HASHES_AND_ODD_SPACE = re.compile(r"(#{1,6})[ \t]*[^\S \t]\s*(\S.*)")


@rule("KE201")
def heading_at_the_margin(page: Page) -> Iterator[Finding]:
    """A heading starts at the margin, with a space and words after its `#`.

    Why: with spaces before it, or none after, one reader sees a heading and the other plain text.
    """
    for block in page.top:
        line = page.line(block.line)
        if block.kind == "heading" and not has_words(block.text):
            fix = "write its words after the # and a space, or delete the line"
            yield Finding(block.line, f"the heading `{_quoted(line)}` has no words", fix)
        elif block.kind == "heading" and line.startswith(" ") and line.lstrip().startswith("#"):
            what, mended = f"the heading `{_quoted(line)}` does not start at the margin", Mended(block.line, 1, (line.lstrip(),))
            yield Finding(block.line, what, "delete the spaces before the #", mended=mended)
        elif block.kind == "paragraph":
            yield from _stuck_hashes(page, block)


def _stuck_hashes(page: Page, paragraph: Block) -> Iterator[Finding]:
    number = paragraph.line
    while line := page.line(number).strip():
        if _TAGS.fullmatch(line):
            yield Finding(number, f"`{_quoted(line)}` is shown as text: the site has no tags", "delete this line", mended=Mended(number, 1))
        elif found := _STUCK_HASHES.fullmatch(line):
            fix = f"write `{found[1]} {_quoted(found[2])}`"
            mended: Mended | None = Mended(number, 1, (f"{found[1]} {found[2]}",))
            if found[1] == "#" and page.title:  # a second title would be the next problem
                mended = None
                fix = f"write `## {_quoted(found[2])}` if it is a heading; if it is a tag, delete the line"
            yield Finding(number, f"`{_quoted(line)}` is no heading: there is no space after the #", fix, mended=mended)
        elif found := _HASHES_AND_ODD_SPACE.fullmatch(line):
            fix = f"delete that space and retype it: `{found[1]} {_quoted(found[2])}`"
            mended = Mended(number, 1, (f"{found[1]} {found[2]}",))
            yield Finding(
                number,
                f"`{_quoted(collapse_whitespace(line))}` is no heading: the space after the # is not a plain space",
                fix,
                mended=mended,
            )
        number += 1


@rule("KE202", yields_to=(on_its_lines("KE216", "KE408", "KE409"),))
def blank_line_above_a_list(page: Page) -> Iterator[Finding]:
    """A list has a blank line above it, and so has a step after one that holds more than its own line.

    Why: without it the site runs the list into the text above, and steps are lost.
    """
    last_item: dict[int, int] = {}
    for before, block in pairwise(page.preview.blocks):
        if block.kind != "item" or block.in_quote:
            continue
        own_list = page.list_of(block)
        first_of_list = own_list not in last_item
        item_before = last_item.get(own_list, 0)
        last_item[own_list] = block.line
        if not page.line(block.line - 1).strip() or before.line == block.line:
            continue
        if first_of_list and _needs_a_line_above(page, block, before):
            what = f"there is no blank line above the list that starts with `{_start(page, block)}`"
            yield Finding(block.line, what, "put an empty line above it", mended=Mended(block.line, 0, ("",)))
        elif not first_of_list and _ends_in_more_than_a_line(block, before, item_before):
            what = f"there is no blank line above `{_start(page, block)}`"
            yield Finding(block.line, what, "put an empty line above it", mended=Mended(block.line, 0, ("",)))


def _needs_a_line_above(page: Page, item: Block, before: Block) -> bool:
    """Whether a list has to be parted from what stands above it: it has not below a heading, nor below the first line of its item."""
    meant = any(heading.line == before.line and heading.marker == MEANT for heading in page.headings)
    if (before.kind == "heading" or meant) and not before.inside:
        return page.list_of(item) in page.step_lists
    own_first_line = before.inside == item.inside[:-1] and before.inside and _shares_its_line(page, before)
    return not own_first_line


def _ends_in_more_than_a_line(item: Block, before: Block, item_before: int) -> bool:
    """Whether the item before this one ended in a paragraph that is not its first."""
    return before.kind == "paragraph" and before.inside == item.inside and before.line != item_before


@rule("KE203")
def full_stop_after_the_number(page: Page) -> Iterator[Finding]:
    """Each number of a list has a dot and a space after it: `1. `, not `1)` or `1 `.

    Why: the site shows `1)` as plain text in one paragraph, and without a dot a step is lost in the words of the one before it.
    """
    told = set()
    for block in page.blocks:
        if block.kind == "item" and block.marker == ")" and block.list_id not in told:
            told.add(block.list_id)
            fix = f"write a dot in its place, after each number: `{_start(page, block).replace(')', '.', 1)}`"
            items = (item for item in page.blocks if item.list_id == block.list_id and item.marker == ")")
            dots = {item.line: (page.line(item.line).replace(")", ".", 1),) for item in items}
            what = f"`{_start(page, block)}` has a bracket after its number"
            yield Finding(block.line, what, fix, mended=with_lines(page.source.lines, dots))
    how = page.section(HOW_TO)
    for lost in page.prose.lost_steps:
        # Its words stand in another step, so that nothing can be said of that one, nor of how many there are.
        steps = range(how.heading.line, how.last_line + 1) if how else range(0)
        what = f"step {lost.number} has no dot and space after its number, so it is no step"
        fix = f"start the line with them: `{lost.number}. {_quoted(lost.words, 140)}`"
        has_code = "`" in page.line(lost.line)  # it is not among the words
        mended = None if has_code else Mended(lost.line, 1, (f"{lost.number}. {lost.words}",))
        yield Finding(lost.line, what, fix, spoils=steps, mended=mended)


@rule("KE204")
def four_spaces_inside_an_item(page: Page) -> Iterator[Finding]:
    """What belongs to a list item is indented by 4 spaces.

    Why: with fewer, the site makes bullets into steps of their own, or splits the list in two.
    """
    shown_as_code = {collapse_whitespace(block.text) for block in page.website.blocks if block.kind == "code"}
    wrong: list[tuple[Block, int]] = []
    for block in page.blocks:
        wanted = 4 * (len(block.inside) - (block.kind == "item"))
        too_deep = block.marker == INDENTED and collapse_whitespace(block.text) not in shown_as_code
        if _is_part_of_an_item(page, block) and (too_deep or _indent(page.line(block.line)) < wanted):
            wrong.append((block, wanted))
    for _, group in groupby(enumerate(wrong), key=lambda entry: entry[1][0].line - entry[0]):
        (block, wanted), *more = (entry for _, entry in group)
        what = f"`{_start(page, block)}` belongs to a list item, but is indented by {_indent(page.line(block.line))} spaces"
        yield Finding(block.line, what, f"indent it by {wanted} spaces", mended=_indented(page, ((block, wanted), *more)))


def _indented(page: Page, wrong: Sequence[tuple[Block, int]]) -> Mended | None:
    """Return the lines of blocks, each block moved to where it belongs; None where one may be more than words and bullets."""
    too_far = [block for block, _ in wrong if block.marker == INDENTED and block.text.lstrip()[:1].isalpha()]
    if any(block.kind in ("heading", "code") and block not in too_far for block, _ in wrong):
        return None
    new: dict[int, tuple[str, ...]] = {}
    for block, wanted in wrong:
        for number in range(block.line, page.source.end_of(block.line) + 1):
            if _indent(page.line(number)) == _indent(page.line(block.line)):
                new[number] = (" " * wanted + page.line(number).lstrip(),)
    return with_lines(page.source.lines, new)


@rule("KE205")
def no_empty_item(page: Page) -> Iterator[Finding]:
    """A list item has something after its mark.

    Why: a line of nothing but `-` or `1.` is an empty item in the preview; the site makes a heading of the line above it.
    """
    for item in page.prose.empty_items:
        yield Finding(item.line, f"nothing stands after `{_start(page, item)}`", "write the item, or delete the line")


@rule("KE206", yields_to=(on_its_lines("KE101"),))
def fence_closed(page: Page) -> Iterator[Finding]:
    """A code fence is closed.

    Why: everything after an open fence is shown as code in the preview, the steps as well.
    """
    for block in page.blocks:
        if block.kind == "code" and block.marker == OPEN_FENCE:
            fix = "delete this line, or close it with a line of the same signs"
            yield Finding(block.line, f"the code that `{_start(page, block)}` opens is never closed", fix)


@rule("KE208")
def links_are_links(page: Page) -> Iterator[Finding]:
    """A link is written `[words](address)` and a picture `![words](name)`, without spaces in the address.

    Why: with a space in the address or between the brackets, the preview shows all of it as text, and there is no picture.
    """
    for lost in page.prose.lost_links:
        kind = "picture" if lost.is_picture else "link"
        if lost.fault == "spaces":
            what = f"there is a space in `{_quoted(lost.target)}`, so the page shows no {kind}"
            fix, right = _without_spaces(page, lost)
            yield Finding(lost.line, what, fix, mended=with_words(page.source.lines, lost.line, lost.target, right))
        elif lost.fault == "apart":
            fix = f"take the space out: `{'!' if lost.is_picture else ''}[words]({_quoted(lost.target)})`"
            what = f"there is a space between the brackets, so the page shows no {kind}"
            yield Finding(lost.line, what, fix, mended=_with_brackets(page, lost))
        else:
            fix = f"put the words in [ ] and the {'name' if lost.is_picture else 'address'} in ( ): "
            fix += f"`{'!' if lost.is_picture else ''}[words]({_quoted(lost.target)})`"
            what = f"the brackets are the wrong way round, so the page shows no {kind}"
            yield Finding(lost.line, what, fix, mended=_with_brackets(page, lost))


def _without_spaces(page: Page, lost: LostLink) -> tuple[str, str]:
    """Say how an address loses its spaces, and return it as it is then."""
    target = lost.target
    if "://" in target:
        return "write %20 in the place of each space", target.replace(" ", "%20")
    if size := re.search(r"\s+=?[0-9]+%?(?:\s?[x×]\s?[0-9]*)?$", target):
        return f"delete `{size[0].strip()}`: the site makes each picture as large as it should be", target[: size.start()]
    if not lost.is_picture:
        return f"write `{(right := target.replace(' ', '-'))}`", right
    path = PurePosixPath(target)
    right = f"{page.picture_name(path.stem)}{path.suffix.lower()}"
    return f"name the file `{right}`, without spaces, and write that name here", right


def _with_brackets(page: Page, lost: LostLink) -> Mended | None:
    """Return the line of a link or picture with its brackets as they should be; None where it does not hold just one such."""
    line, count = re.subn(
        rf"!?(?:\[([^\[\]]+)\]\s+\({re.escape(lost.target)}\)|\(([^()]+)\)\s?\[{re.escape(lost.target)}\])",
        lambda found: f"{'!' if lost.is_picture else ''}[{found[1] or found[2]}]({lost.target})",
        page.line(lost.line),
    )
    return Mended(lost.line, 1, (line,)) if count == 1 else None


@rule("KE209")
def no_heading_by_accident(page: Page) -> Iterator[Finding]:
    """A line of `---` or `===` has an empty line above it.

    Why: straight under a sentence, it makes a heading of that sentence, and what belongs under the heading before is lost.
    """
    for heading, line in page.prose.headings_by_accident:
        words = _quoted(collapse_whitespace(heading.text))
        mark = page.line(line).strip()[:3]
        fix = f"delete the line of `{mark}`{', or put an empty line above it' if mark[0] == '-' else ''}"
        mended = Mended(line, 0, ("",)) if mark == "---" else Mended(line, 1)
        yield Finding(line, f"the `{mark}` turns `{words}` above it into a heading", fix, mended=mended)


@rule("KE210", yields_to=(on_its_lines("KE306", "KE312", "KE401"),))
def lists_are_lists(page: Page) -> Iterator[Finding]:
    """Each line of a bulleted list starts with a hyphen and a plain space.

    Why: word processors write a long dash or a round bullet in their place; those make no list, and the lines run into one.
    """
    for lost in page.prose.lost_bullets:
        what = f"`{lost.sign}` at the start of this line makes no list"
        if lost.sign in "–—":
            what = f"the long dash (`{lost.sign}`) at the start of this line makes no list"
        if lost.fault == "no_space":
            what = f"there is no space after the `{lost.sign}` at the start of this line, so it makes no list"
        elif lost.fault == "odd_space":
            what = f"the space after the `{lost.sign}` at the start of this line is not a plain space, so it makes no list"
        spaces = _indent(page.line(lost.line))
        start = f"{spaces} spaces, the hyphen of your keyboard and a space" if spaces else "the hyphen of your keyboard and a space"
        fix = f"start each line of the list with {start}: `- {_quoted(lost.words)}`"
        items = {number: (f"{' ' * spaces}- {words}",) for number, words in lost.items if _indent(page.line(number)) == spaces}
        mended = with_lines(page.source.lines, items) if len(items) == len(lost.items) else None
        yield Finding(lost.line, what, fix, mended=mended)


def _is_part_of_an_item(page: Page, block: Block) -> bool:
    return bool(block.inside) and not _shares_its_line(page, block)


def _shares_its_line(page: Page, block: Block) -> bool:
    """Whether a block stands on the same line as the mark of the item that holds it."""
    holders = page.items_on.get(block.line, ())
    return any(len(item.inside) <= len(block.inside) - (block.kind == "item") for item in holders)


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))


def _start(page: Page, block: Block) -> str:
    return _quoted(page.line(block.line), 40)


def _quoted(text: str, most: int = 70) -> str:
    return shortened(text, most) or "nothing"
