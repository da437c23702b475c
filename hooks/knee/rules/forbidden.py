"""Rules about what a page may not hold. It is enough that the preview or the site sees it."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from knee.contract.page import Page
from knee.contract.site_context import EVIDENCE, PICTURE_KINDS
from knee.rules.registry import Finding, on_its_lines, on_its_words, rule
from knee.text.addresses import Address, address_of, is_plain_path, meant_address, resolved
from knee.text.mended import Mended, with_words
from knee.text.reading import Html, collapse_whitespace
from knee.text.wording import shortened

_ATTRIBUTES = re.compile(r"\{:?[ ]*[^{}\n ][^{}\n]*\}")
_IN_BRACKETS = re.compile(r"(?<!!)\[([^\[\]]{1,100})\]$")
_BLOCK_SYNTAX = re.compile(r"^(!!!|\?\?\?\+?|={3,}[!+]*(?=\s*[\"'!+])|/{3,}(?=\s*\w))", re.MULTILINE)
_SIGNS = re.compile(r"(?P<footnote>\[\^[^\]]+\])|(?<=>)\s*(?P<note>\[![A-Za-z]+\])|(?<=[-+*.]\s)\s*(?P<box>\[[ xX]\](?=\s))")
"""What the code host makes more of than the site: footnotes, coloured notes, boxes to tick."""
_MEANT_AS = {"footnote": "footnotes", "note": "coloured notes", "box": "boxes to tick"}
_INSTEAD = {
    "footnote": "put the note's words in its place, in ( ), or a link to a source such as `[Atkins 2013](../evidence.md#atkins13)`",
    "note": "take it out with the `>` signs; write plain text, or a `##` heading with text under it",
    "box": "take it out: the mark of a list item is enough",
}
_INCLUDE = re.compile(r"-{1,}8<-{1,}")
_HOLDERS = re.compile(r"(?:[\s>]|[-+*]\s|[0-9]{1,9}[.)]\s)*")
"""The marks of lists and quotes that may stand before a block's own sign."""
_HOST = re.compile(r"(?:www\.|[a-z0-9-]+\.(?:com|org|net|edu|gov|info|de|uk|co)(?:[/.]|$))", re.IGNORECASE)
"""The start of an address that was copied without its `https://`."""
_ID_OF_A_COPY = re.compile(r"[ -][0-9a-f]{32}(?=\.\w+$|[/?#]|$)")
"""What Notion puts behind the name of each page that it exports."""
_NAMES = {"!": "a note block", "?": "a folding block", "=": "a tab", "/": "a block"}


@rule("KE401")
def no_html(page: Page) -> Iterator[Finding]:
    """The page holds no HTML, comments included.

    Why: HTML can run programs in a reader's browser; headings and lists carry all the meaning that a page needs.
    """
    found: dict[int, Html] = {}
    ends: dict[int, int] = {}
    for piece in page.html:
        lines = range(piece.line, piece.line + piece.text.strip().count("\n") + 1)
        first = next((found[line] for line in lines if line in found), piece)
        found.update(dict.fromkeys(lines, first))
        ends[first.line] = max(ends.get(first.line, 0), lines.stop)
    for piece in dict.fromkeys(found.values()):
        shown = collapse_whitespace(piece.text.strip().split("\n")[0])[:50]
        fix = "take it out; write the sign < as `&lt;`, and a web address as `[words](https://...)`"
        if piece.text.lstrip().lower().startswith("<img"):
            fix = f"write the picture in this way: `![what the picture shows]({page.slug}.svg)`"
        what = f"`{shown.replace('`', chr(39))}` is HTML"
        is_remark = re.fullmatch(r"<!--.*-->", piece.text.strip())
        mended = with_words(page.source.lines, piece.line, piece.text.strip()) if is_remark else None
        yield Finding(piece.line, what, fix, about=piece.text, spoils=range(piece.line, ends[piece.line]), mended=mended)


@rule("KE402", yields_to=(on_its_lines("KE408"),))
def no_attribute_lists(page: Page) -> Iterator[Finding]:
    """The page holds no attribute lists (`{: ... }`, `{ .x }`).

    Why: they can put a program on a heading or a link, and the preview shows them as text.
    """
    told: set[int] = set()
    for line, text in page.prose.visible_lines:
        if (found := _ATTRIBUTES.search(text)) and line not in told:
            told.add(line)
            words = _IN_BRACKETS.search(text[: found.start()])
            fix = f"take it out, with its brackets, and leave the words alone: `{words[1]}`" if words else "take it out, with its brackets"
            old, new = (f"{words[0]}{found[0]}", words[1]) if words else (found[0], "")
            what = f"`{found[0][:50]}` stands in curly brackets, as an order to the site"
            yield Finding(line, what, fix, mended=with_words(page.source.lines, line, old, new))


@rule("KE403")
def no_block_syntax(page: Page) -> Iterator[Finding]:
    """The page holds no note blocks (`!!!`, `???`, `[!NOTE]`), tabs (`===`), footnotes (`[^1]`) or tick boxes (`[ ]`).

    Why: the preview or the site shows their signs as text; here headings and lists carry the meaning.
    """
    told: set[int] = set()
    for line, text in page.prose.visible_lines:
        if found := _SIGNS.search(text):
            told.add(line)
            kind = next(name for name in _INSTEAD if found[name])
            is_note = kind == "footnote" and text.startswith(f"{found[kind]}:")
            yield Finding(
                line,
                f"readers would see only `{collapse_whitespace(found[kind])}`: the site has no {_MEANT_AS[kind]}",
                "delete this line when its words stand in the sentence" if is_note else _INSTEAD[kind],
                mended=_without_box(page, line) if kind == "box" else None,
            )
        if found := _BLOCK_SYNTAX.match(_HOLDERS.sub("", text, count=1)):
            mend = "write a `##` heading and plain text or a list under it"
            yield Finding(line, f"`{text.strip()[:50]}` starts {_NAMES[found[0][0]]}", mend)
    for extra in page.code_host.extras:
        if extra.kind in _INSTEAD and extra.line not in told:
            what = f"readers would see only the signs of `{page.line(extra.line).strip()[:50]}`: the site has no {_MEANT_AS[extra.kind]}"
            yield Finding(extra.line, what, _INSTEAD[extra.kind], mended=_without_box(page, extra.line) if extra.kind == "box" else None)


def _without_box(page: Page, line: int) -> Mended | None:
    plain, count = re.subn(r"^(\s*(?:[-+*]|[0-9]{1,9}[.)])\s+)\[[ xX]\]\s+(?=\S)", r"\1", page.line(line))
    return Mended(line, 1, (plain,)) if count else None


@rule("KE404")
def no_includes(page: Page) -> Iterator[Finding]:
    """The page includes no other file (`--8<--`), not even inside a code fence.

    Why: an include can bring any file of the machine that builds the site onto the page.
    """
    for number, line in enumerate(page.source.lines, 1):
        if _INCLUDE.search(line):
            yield Finding(number, f"`{line.strip()[:50]}` includes another file", "take the line out and write the words themselves")


@rule("KE405")
def safe_links(page: Page) -> Iterator[Finding]:
    """A link leads to `https:`, to `mailto:`, or to a place on this site by a relative path.

    Why: other schemes can run programs, and an address that starts with / breaks when the site moves.
    """
    pictures = {picture.target for picture in (*page.preview.pictures, *page.website.pictures)}
    for line, target, address in _judged_links(page):
        if target in pictures:  # those have rules of their own
            continue
        if address.kind in ("scheme", "phone"):
            yield _wrong_scheme(page, line, target, address.scheme)
        elif address.kind == "absolute":
            mend, mended = "write the path from this page, such as `../tips.md`", None
            if target.startswith("//"):
                mend, mended = "write `https:` before it", with_words(page.source.lines, line, target, f"https:{target}")
            yield Finding(line, f"the link `{_quoted_address(target)}` starts with /", mend, mended=mended)
        elif address.kind == "empty":
            yield Finding(line, "a link leads nowhere", "write the address between the round brackets, or take the link out")


def _wrong_scheme(page: Page, line: int, target: str, scheme: str) -> Finding:
    if scheme == "https":
        return Finding(
            line,
            f"the link `{_quoted_address(target)}` is not a full address",
            "write it as https://, the name of the site, / and the page",
        )
    mend, mended = "link to an https:// address, or to a page of this site", None
    rest = target.partition(":")[2]
    if scheme == "http":
        mend, mended = "write it with https://", with_words(page.source.lines, line, target, f"https:{rest}")
    elif scheme == "tel":
        mend = f"put the number alone in the place of the whole link, without brackets: `{_quoted_address(rest)}`"
        links = re.findall(rf"\[[^\[\]]*\]\({re.escape(target)}\)", page.line(line))
        mended = with_words(page.source.lines, line, links[0], rest) if len(links) == 1 else None
    return Finding(line, f"the link `{_quoted_address(target)}` starts with `{scheme}:`", mend, mended=mended)


@rule("KE406", yields_to=(on_its_lines("KE403"),))
def links_lead_somewhere(page: Page) -> Iterator[Finding]:
    """A link to this site leads to a page or a picture that is there.

    Why: a reader who looks for help must not land on an empty page.
    """
    for line, target, address in _judged_links(page):
        if address.kind != "place" or ((place := _place(page, address)) and _is_there(page, place) and is_plain_path(address.path)):
            continue
        what = f"there is no `{_quoted_address(target)}`" if place else f"`{_quoted_address(target)}` leads out of the site's folder"
        mended = partial(_with_address, page, line, target, partial(_address_meant, page, target, place))
        yield Finding(line, what, partial(_nearest, page, target, place), mended=mended)


@rule("KE407", yields_to=(on_its_words("KE117"),))
def anchors_are_there(page: Page) -> Iterator[Finding]:
    """A link to a place in a page leads to a heading that is there.

    Why: a link that lands at the top of a long page leaves the reader to search.
    """
    for line, target, address in _judged_links(page):
        place = _place(page, address) if address.kind == "place" and address.anchor else None
        if place is None or place.suffix != ".md" or not _is_there(page, place):
            continue
        known = page.site.anchors(_file_at(page, place))
        if address.anchor in known or (place == EVIDENCE and page.site.bibliography.faults):
            continue  # while the list of sources cannot be read, nobody knows its places
        meant = partial(_place_meant, target, address.anchor, known, is_source=place == EVIDENCE)
        fix = partial(_nearest_place, target, meant, is_source=place == EVIDENCE)
        named = address.anchor if place == EVIDENCE else ""
        what = f"`{_quoted_address(target)}` names a place that is not in that page"
        yield Finding(line, what, fix, about=named, mended=partial(_with_address, page, line, target, meant))


def _with_address(page: Page, line: int, target: str, meant: Callable[[], str]) -> Mended | None:
    """Return the line of a link with the address that was meant in its place; None where no one was."""
    return with_words(page.source.lines, line, target, address) if (address := meant()) else None


def _place_meant(target: str, anchor: str, known: frozenset[str], *, is_source: bool) -> str:
    """Return the address of the nearest place that is there; empty where none is near."""
    path, meant = target.partition("#")[0], meant_address(target).partition("#")[2]
    if meant != anchor and meant in known:
        return f"{path}#{meant}"
    near = difflib.get_close_matches(anchor.lower(), sorted(known), 1)
    return f"{path}#{near[0]}" if near and (not is_source or near[0] == anchor.lower()) else ""


def _nearest_place(target: str, meant: Callable[[], str], *, is_source: bool) -> str:
    """Say what to write for a place that is not there: the nearest that is."""
    if address := meant():
        return f"write `{_quoted_address(address)}`"
    if is_source:
        return "write the key of a source in small letters; the page Contribute says how to add a source"
    path = target.partition("#")[0]
    return f"link to the page alone: `{_quoted_address(path)}`" if path else "take the link out, or name a heading of this page"


def _judged_links(page: Page) -> Iterator[tuple[int, str, Address]]:
    """Return each link once, with the line and the target as either reader sees it; pictures have rules of their own."""
    told: set[tuple[int, str]] = set()
    html = {piece.text.strip("<>") for piece in page.html}
    seen = {collapse_whitespace(unquote(link.target)) for link in page.preview.links} | {lost.target for lost in page.prose.lost_links}
    only_on_the_site = (link for link in page.website.links if collapse_whitespace(unquote(link.target)) not in seen)
    for link in (*page.preview.links, *only_on_the_site):
        key = (link.line, link.target)
        if key not in told and link.target not in html:
            told.add(key)
            yield link.line, link.target, address_of(link.target)


def _place(page: Page, address: Address) -> PurePosixPath | None:
    return resolved(page.place, address.path)


def _is_there(page: Page, place: PurePosixPath) -> bool:
    if place == page.place:
        return True
    return place.suffix[1:] in ("md", *PICTURE_KINDS) and page.site.has_file(page.site.docs / place)


def _file_at(page: Page, place: PurePosixPath) -> Path:
    return page.source.path if place == page.place else page.site.docs / place


def _nearest(page: Page, target: str, place: PurePosixPath | None) -> str:
    """Say what to write instead: the page or picture there with the most similar name, or else the shape of a link."""
    if found := _ID_OF_A_COPY.search(unquote(target)):
        return f"`{found[0].strip()}` comes from the program that you copied from: link to a page of this site, or leave the words alone"
    if _HOST.match(target):
        return f"write `https://{_quoted_address(target)}`"
    if address := _address_meant(page, target, place):
        return f"write `{address}`"
    return "link to a file that is there, with its ending: `../tips.md`"


def _address_meant(page: Page, target: str, place: PurePosixPath | None) -> str:
    """Return the address that a link to nothing was most likely meant as; empty where none is like it."""
    if _ID_OF_A_COPY.search(unquote(target)):
        return ""
    if _HOST.match(target):
        return f"https://{target}"
    if (meant := _meant(page, target)) != target:
        return meant
    if (meant := _in_another_folder(page, target)) or not place:
        return meant
    there = sorted(page.site.near(page.site.docs / place), key=lambda name: PurePosixPath(name).suffix == (place.suffix or ".md"))
    names = {PurePosixPath(name).stem: name for name in there}
    near = difflib.get_close_matches(place.stem, names, 1) if place.name and place.name in target else []
    return f"{target[: target.rfind(place.name)]}{names[near[0]]}" if near else ""


def _in_another_folder(page: Page, target: str) -> str:
    """Return the address of the one page of that name in any folder of the site; empty where there is none, or more than one."""
    path, _, anchor = meant_address(target).partition("#")
    name = f"{PurePosixPath(path).name.lower().removesuffix('.md')}.md"
    found = [folder / name for folder in page.site.folders if page.site.has_file(folder / name)]
    if len(found) != 1:
        return ""
    address = posixpath.relpath(found[0].relative_to(page.site.docs), page.place.parent)
    return f"{address}#{anchor}" if anchor in page.site.anchors(found[0]) else address


def _meant(page: Page, target: str) -> str:
    """Return the address of a page or picture that is there which a target looks like; the target itself where there is none."""
    meant = meant_address(target)
    for written in (meant, meant.lower()):
        place = _place(page, address_of(written))
        if place is not None and _is_there(page, place):
            return written
    return target


def _quoted_address(target: str) -> str:
    return shortened(collapse_whitespace(target))
