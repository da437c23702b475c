"""Rules about signs that mean something to another program, and that the site and the code host show as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath

from knee.contract.page import Page
from knee.contract.site_context import PICTURE_KINDS, TECHNIQUES, plain_name
from knee.rules.registry import Finding, on_its_lines, rule
from knee.text.mended import Mended, with_lines, with_words
from knee.text.wording import shortened

_SIGNS_OF_PROGRAMS = re.compile(
    r"(?P<wiki>!?\[\[(?P<target>[^\[\]|\n]{1,200}?)\\?(?:\|(?P<words>[^\[\]\n]{0,200}))?\]\](?![(\[:]))"
    r"|(?P<remark>(?<![\w%])%%(?!%)(?:.*?%%)?)"
    r"|(?P<highlight>(?<![=\w])==(?=[^\s=])(?P<bright>[^=\n]{0,200}[^\s=])==(?![=\w]))"
    r"|(?P<contents>^\s*\[toc\]\s*$)"
    r"|(?P<fence>^\s*:{3,}(?=\s*(?:[{a-z]|$)))"
    r"|(?P<mark>(?<=\s)\^[a-z0-9-]{4,40}\s*$)"
    r"|(?P<space>^\s*(?:&nbsp;|&#160;|&#xa0;)(?:\s|&nbsp;|&#160;|&#xa0;)*$)",
    re.IGNORECASE,
)
"""What Obsidian, Notion, Google Docs, pandoc and wikis write: `[[page]]`, `%% remark %%`, `==bright==`, `[TOC]`, `:::`, `&nbsp;`."""
_MAY_BE_ONE = re.compile(r"\[\[|%%|==|\[toc|:::|\^|&", re.IGNORECASE)
"""What each of them holds: most lines hold nothing of it, and need no closer look."""
BACKSLASH = "\\"
_KINDS = ("wiki", "remark", "highlight", "contents", "fence", "mark", "space")
_NO_CONTENTS = ("_toc_", "toc")
_ESCAPED_START = re.compile(r"\s*(?P<signs>(?:\\#|#)*\\#(?:\\#|#)*(?=\s)|\\[-+*](?=\s)|[0-9]{1,2}\\[.)](?=\s)|\\>(?=\s))")
"""A backslash before the sign that would make a heading, a list item or a step."""


@rule("KE408", yields_to=(on_its_lines("KE311"),))
def no_signs_of_other_programs(page: Page) -> Iterator[Finding]:
    """The page holds no wiki links (`[[...]]`), remarks (`%% ... %%`), bright words (`==...==`), `[TOC]`, `:::` or lines of `&nbsp;`.

    Why: only the program that they come from knows them; readers would see the signs, and remarks that were not meant for them.
    """
    is_open: dict[str, bool] = {}
    for line, text in page.prose.visible_lines:
        for found in _SIGNS_OF_PROGRAMS.finditer(text) if _MAY_BE_ONE.search(text) else ():
            kind = next(kind for kind in _KINDS if found[kind])
            lone = kind == "fence" or found[0] == "%%"
            if lone and is_open.pop(kind, False):
                continue  # it ends what was told where it began
            is_open[kind] = lone
            yield _sign(page, line, kind, found)
    for line, text in enumerate(page.source.lines, 1):
        if line >= page.first_line and not text.strip() and text.strip(" \t"):
            yield Finding(line, "nothing but a space that is no plain space stands on this line", "delete the line", mended=Mended(line, 1))


def _sign(page: Page, line: int, kind: str, found: re.Match[str]) -> Finding:
    """Tell one sign; what stands on the next line cannot be judged while a line of signs runs into it."""
    shown, below = shortened(found[0], 50), range(line, line + 2)
    if kind == "wiki":
        fix, right = _plain_link(page, found)
        mended = None if right is None else with_words(page.source.lines, line, found[0], right)
        return Finding(line, f"readers would see `{shown}` as it stands: the site has no wiki links", fix, mended=mended)
    if kind == "remark":
        fix, mended = "delete it", with_words(page.source.lines, line, found[0])
        if found[0] == "%%":
            fix, end = "delete all from this `%%` to the next one, with both", _next_with(page, line, "%%")
            stand_alone = page.line(line).strip().startswith("%%") and page.line(end).strip().endswith("%%")
            mended = Mended(line, end - line + 1) if stand_alone else None
        return Finding(line, f"readers would see the remark `{shown}`", fix, mended=mended)
    if kind == "highlight":
        fix = f"write the words alone: `{shortened(found['bright'], 200)}`"
        return Finding(
            line,
            f"readers would see the signs of `{shown}`: the site has no bright words",
            fix,
            mended=with_words(page.source.lines, line, found[0], found["bright"]),
        )
    if kind == "mark":
        mended = with_words(page.source.lines, line, found[0])
        return Finding(line, f"readers would see `{shown}`, the mark of another program", "delete it", mended=mended)
    if kind == "space":
        return Finding(
            line, f"nothing but an empty space (`{shown}`) stands on this line", "delete the line", spoils=below, mended=Mended(line, 1)
        )
    fix, mended = "delete the line", Mended(line, 1)
    if kind == "fence":
        fix = f"delete the line, and the next one that begins with `{shown}`"
        end = _next_with(page, line, shown)
        mended = with_lines(page.source.lines, {line: (), end: ()}) if page.line(end).strip().startswith(shown) else None
    return Finding(line, f"readers would see `{shown}`, which only another program knows", fix, spoils=below, mended=mended)


def _next_with(page: Page, line: int, sign: str) -> int:
    """Return the next line after one that holds a sign; 0 where there is none."""
    return next((number for number, text in enumerate(page.source.lines[line:], line + 1) if sign in text), 0)


def _plain_link(page: Page, found: re.Match[str]) -> tuple[str, str | None]:
    """Say what to write for a wiki link: a link of Markdown to the page that it names, a picture, or its words alone.

    With it goes the text to write; None where some of it is the author's to find.
    """
    name = found["target"].partition("#")[0].strip()
    words = (found["words"] or PurePosixPath(name).stem.replace("-", " ")).strip()
    if found[0].startswith("!"):
        return _plain_picture(page, name)
    if name.lower() in _NO_CONTENTS:
        return "delete it", ""
    stem = plain_name(PurePosixPath(name).name.removesuffix(".md"))
    folders = ((page.folder, ""), (".", "../"), (TECHNIQUES, f"../{TECHNIQUES}/"))
    there = (way for folder, way in folders if stem and page.site.has_file(page.site.docs / folder / f"{stem}.md"))
    if way := next((f"{way}{stem}.md" for way in there), None):
        return f"write `[{shortened(words, 100)}]({way})`", f"[{words}]({way})"
    return f"write the words alone: `{shortened(words, 100)}`" if words else "delete it", words


def _plain_picture(page: Page, name: str) -> tuple[str, str | None]:
    """Say what to write for a file that is to be shown in the page."""
    target = PurePosixPath(name).name
    if target.rpartition(".")[2].lower() not in PICTURE_KINDS:
        return "delete it: a page shows only its own words", ""
    if any(picture.target == target for picture in page.pictures):
        return "delete it: the page shows this picture already", ""
    return f"write the picture in this way: `![what the picture shows]({target})`", None


@rule("KE409")
def no_backslash_before_a_mark(page: Page) -> Iterator[Finding]:
    r"""No line starts with a backslash before the sign of a heading, a list or a step: `\##`, `\-`, `1\.`.

    Why: some programs write it when they save a page; the heading or the list is then plain text.
    """
    lines = [(line, found) for line, text in page.prose.visible_lines if (found := _ESCAPED_START.match(text))]
    for _, group in groupby(enumerate(lines), key=lambda entry: entry[1][0] - entry[0]):
        (_, (first, found)), *more = group
        text = found.string
        whole = f"{found['signs'].replace(BACKSLASH, '')}{text[found.end() :]}"
        right = shortened(whole, 100)
        what = f"the backslash at the start of `{shortened(text, 40)}` makes plain text of the line"
        also = (
            f", and the one on each of the {len(more)} lines under it"
            if len(more) > 1
            else ", and the one on the next line"
            if more
            else ""
        )
        signs = {first: found["signs"]} | {line: other["signs"] for _, (line, other) in more}
        plain = {line: (page.line(line).replace(sign, sign.replace(BACKSLASH, ""), 1),) for line, sign in signs.items()}
        mended = with_lines(page.source.lines, plain)
        yield Finding(first, what, f"delete it{also}: `{right}`", spoils=range(first, first + len(more) + 2), mended=mended)
