"""Rules about how a page begins: its title, its lead, its main picture, and the words for those who cannot see a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knee.contract.headings import LEVELS, SAFETY_NOTE
from knee.contract.page import Page
from knee.contract.site_context import PICTURE_KINDS, plain_name
from knee.contract.technique_page import TechniquePage
from knee.rules.registry import Finding, on_its_words, rule
from knee.text.mended import Mended, with_words
from knee.text.reading import collapse_whitespace
from knee.text.wording import shortened
from knee.text.words import has_words, what_can_be_seen

MOST_SENTENCES = 3
SHORTEST_ALT, LONGEST_ALT = 20, 250


@rule("KE301", yields_to=(on_its_words("KE104"),))
def one_title(page: Page) -> Iterator[Finding]:
    """The page begins with one `#` title, and has only one.

    Why: the title is the page's name in the list, on cards, in search and at the top of the sheet.
    """
    if not page.title:
        yield _no_title(page)
        return
    if page.preview.blocks[0] is not page.title:
        line = page.preview.blocks[0].line
        yield Finding(line, "something stands before the title", "put the `#` title first, straight after the front matter")
    near_misses = [page.near_miss(words) for words in LEVELS]
    for block in page.blocks:
        if block.kind == "heading" and block.level == 1 and block is not page.title and block not in near_misses:
            yield Finding(block.line, f"`# {collapse_whitespace(block.text)}` is a second title", "make it `##`, or take it out")


def _no_title(page: Page) -> Finding:
    first = page.preview.blocks[0] if page.preview.blocks else None
    line = page.line(first.line).strip() if first and first.kind == "paragraph" else ""
    if re.fullmatch(r"(\*\*|__)[^*_]+\1", line):
        what, fix = f"`{shortened(line, 50)}` is bold text, and no title", f"write `# {shortened(line.strip('*_'), 100)}`"
        number = first.line if first else 1
        return Finding(number, what, fix, mended=Mended(number, 1, (f"# {line.strip('*_')}",)))
    fix = "write `# ` and the technique's name as the first line after the front matter"
    return Finding(page.first_line, "the page has no title", fix, about="title:")


@rule("KE302")
def lead(page: Page) -> Iterator[Finding]:
    """A lead of 1 to 3 sentences stands straight after the title.

    Why: it tells the reader at once what the technique is for and what it feels like.
    """
    if page.title and not page.lead:
        fix = "write 1 to 3 plain sentences there: what it is for, what it feels like"
        yield Finding(page.title.line, "no sentence stands straight after the title", fix)
    elif page.lead_sentences > MOST_SENTENCES:
        fix = "keep the 3 that matter most, move the rest to a section of its own"
        yield Finding(page.lead[0].line, f"the lead has {page.lead_sentences} sentences", fix)


@rule("KE303", yields_to=(on_its_words("KE208", "KE401", "KE501", "KE503"),))
def main_picture(page: TechniquePage) -> Iterator[Finding]:
    """The main picture, named after the page, stands before the safety note.

    Why: it shows the position and the hand at a glance, on the page, on cards and on paper.
    """
    if page.main_picture:
        return
    names = [f"{page.slug}.{kind}" for kind in PICTURE_KINDS]
    plain_names = [f"{plain_name(page.slug)}.{kind}" for kind in PICTURE_KINDS]
    if any(picture.target in plain_names for picture in page.first_pictures):
        return  # it has the name that the page is to get
    meant = _line_meant_as_main_picture(page)
    late = next((picture for picture in page.pictures if page.own_picture(picture) in names), None)
    line = late.line if late else (page.lead[-1].line if page.lead else page.first_line)
    what = "the main picture comes after the safety note" if late else f"the page shows no main picture ({' or '.join(names)})"
    written = f"![what the picture shows]({page.slug}.svg)"
    fix = f"put `{written}` on a line of its own between the lead and the safety note"
    mended = Mended(page.source.end_of(line) + 1, 0, ("", written)) if page.lead and not late else None
    if not late and (link := next((link for link in page.preview.links if link.target in names), None)):
        line, what = link.line, f"this is a link to {link.target}, and no picture"
        as_written = f"[{link.words}]({link.target})"
        mended = with_words(page.source.lines, line, as_written, f"!{as_written}")
        fix = f"put an exclamation mark in front of it: `![what the picture shows]({link.target})`"
    yield Finding(line, what, fix, about=page.line(meant).strip(), mended=mended)


def _line_meant_as_main_picture(page: TechniquePage) -> int:
    """Return the line on which something before the safety note was meant as the main picture; 0 where nothing was.

    That may be text or HTML in which no reader sees a picture, or a picture with another name or of another kind.
    """
    safety = page.section(SAFETY_NOTE)
    end = safety.heading.line if safety else len(page.source.lines) + 1
    lost = [link.line for link in page.prose.lost_links if link.is_picture]
    html = [piece.line for piece in page.preview.html if piece.text.lstrip().lower().startswith("<img")]
    names = {picture.line: page.own_picture(picture) for picture in page.first_pictures}
    others = [line for line, name in names.items() if name is None or name.rpartition(".")[0] == page.slug]
    return min((line for line in (*lost, *html, *others) if line < end), default=0)


@rule("KE304")
def alt_text(page: Page) -> Iterator[Finding]:
    """Every picture has an alt text of 20 to 250 characters.

    Why: a reader who cannot see the picture hears the alt text instead, and has to find the place and the hand from it.
    """
    for picture in page.pictures:
        if picture.target.lower().startswith("data:"):  # it has to become a file first (KE501)
            continue
        length = len(what_can_be_seen(picture.alt)) if has_words(picture.alt) else 0
        if not SHORTEST_ALT <= length <= LONGEST_ALT:
            no_words = "an alt text without words" if picture.alt.strip() else "no alt text"
            what = f"the alt text of {picture.target} has {length} characters" if length else f"{picture.target} has {no_words}"
            fix = "say in 20 to 250 characters, between [ and ], how the person sits, which hand is where, and how it moves"
            yield Finding(picture.line, what, fix)
