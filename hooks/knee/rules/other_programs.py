"""Rules about signs that mean something to another program, and that the site and the code host show as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath

from knee.contract.page import Page
from knee.contract.site_context import PICTURE_KINDS, TECHNIQUES, plain_name
from knee.rules.registry import Finding, on_its_lines, rule
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
        for found in _SIGNS_OF_PROGRAMS.finditer(text):
            kind = next(kind for kind in _KINDS if found[kind])
            lone = kind == "fence" or found[0] == "%%"
            if lone and is_open.pop(kind, False):
                continue  # it ends what was told where it began
            is_open[kind] = lone
            yield _sign(page, line, kind, found)
    for line, text in enumerate(page.source.lines, 1):
        if line >= page.first_line and not text.strip() and text.strip(" \t"):
            yield Finding(line, "nothing but a space that is no plain space stands on this line", "delete the line")


def _sign(page: Page, line: int, kind: str, found: re.Match[str]) -> Finding:
    """Tell one sign; what stands on the next line cannot be judged while a line of signs runs into it."""
    shown, below = shortened(found[0], 50), range(line, line + 2)
    if kind == "wiki":
        return Finding(line, f"readers would see `{shown}` as it stands: the site has no wiki links", _plain_link(page, found))
    if kind == "remark":
        fix = "delete all from this `%%` to the next one, with both" if found[0] == "%%" else "delete it"
        return Finding(line, f"readers would see the remark `{shown}`", fix)
    if kind == "highlight":
        fix = f"write the words alone: `{shortened(found['bright'], 200)}`"
        return Finding(line, f"readers would see the signs of `{shown}`: the site has no bright words", fix)
    if kind == "mark":
        return Finding(line, f"readers would see `{shown}`, the mark of another program", "delete it")
    if kind == "space":
        return Finding(line, f"nothing but an empty space (`{shown}`) stands on this line", "delete the line", spoils=below)
    fix = "delete the line" if kind == "contents" else f"delete the line, and the next one that begins with `{shown}`"
    return Finding(line, f"readers would see `{shown}`, which only another program knows", fix, spoils=below)


def _plain_link(page: Page, found: re.Match[str]) -> str:
    """Say what to write for a wiki link: a link of Markdown to the page that it names, a picture, or its words alone."""
    name = found["target"].partition("#")[0].strip()
    words = (found["words"] or PurePosixPath(name).stem.replace("-", " ")).strip()
    if found[0].startswith("!"):
        return _plain_picture(page, name)
    if name.lower() in _NO_CONTENTS:
        return "delete it"
    stem = plain_name(PurePosixPath(name).name.removesuffix(".md"))
    folders = ((page.folder, ""), (".", "../"), (TECHNIQUES, f"../{TECHNIQUES}/"))
    there = (way for folder, way in folders if stem and page.site.has_file(page.site.docs / folder / f"{stem}.md"))
    if way := next((f"{way}{stem}.md" for way in there), None):
        return f"write `[{shortened(words, 100)}]({way})`"
    return f"write the words alone: `{shortened(words, 100)}`" if words else "delete it"


def _plain_picture(page: Page, name: str) -> str:
    """Say what to write for a file that is to be shown in the page."""
    target = PurePosixPath(name).name
    if target.rpartition(".")[2].lower() not in PICTURE_KINDS:
        return "delete it: a page shows only its own words"
    if any(picture.target == target for picture in page.pictures):
        return "delete it: the page shows this picture already"
    return f"write the picture in this way: `![what the picture shows]({target})`"


@rule("KE409")
def no_backslash_before_a_mark(page: Page) -> Iterator[Finding]:
    r"""No line starts with a backslash before the sign of a heading, a list or a step: `\##`, `\-`, `1\.`.

    Why: some programs write it when they save a page; the heading or the list is then plain text.
    """
    lines = [(line, found) for line, text in page.prose.visible_lines if (found := _ESCAPED_START.match(text))]
    for _, group in groupby(enumerate(lines), key=lambda entry: entry[1][0] - entry[0]):
        (_, (first, found)), *more = group
        text = found.string
        right = shortened(f"{found['signs'].replace(BACKSLASH, '')}{text[found.end() :]}", 100)
        what = f"the backslash at the start of `{shortened(text, 40)}` makes plain text of the line"
        also = (
            f", and the one on each of the {len(more)} lines under it"
            if len(more) > 1
            else ", and the one on the next line"
            if more
            else ""
        )
        yield Finding(first, what, f"delete it{also}: `{right}`", spoils=range(first, first + len(more) + 2))
