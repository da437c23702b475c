"""Rules about the form of the front matter: its two lines of hyphens, its keys, and what YAML makes of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from knee.contract.page import Page
from knee.rules.front_matter_table import FIELDS
from knee.rules.registry import Finding, on_the_page, rule
from knee.text.front_matter import FENCE, Entry, FrontMatter
from knee.text.mended import Mended, with_lines
from knee.text.wording import listed, shortened

_NEAR_THE_TOP = 30
"""So many lines are searched for a front matter that does not stand at the very top."""
_LONGEST_KEY = 40
"""Characters: a longer key is not compared with those of the table."""
_KEY = re.compile(rf"(?:{'|'.join(FIELDS)})\s*:")
_LONG_DASH = re.compile(r"\s*[-–—―]+\s*")


@rule("KE101")
def fences(page: Page) -> Iterator[Finding]:
    """The page begins with its front matter, between two lines of exactly `---`.

    Why: the front matter feeds the cards, the key facts and the search; without it the page cannot be shown rightly.
    """
    lines = page.source.lines
    if page.front is None:
        yield _no_fences(page, lines)
        return
    end = page.first_line - 2
    if lines[0] != FENCE:
        yield _spaces_beside_the_first()
    if lines[end] != FENCE:
        last = lines[end].strip()
        what = "there are spaces beside the second `---`" if last == FENCE else f"the front matter ends with `{last}`"
        yield Finding(end + 1, what, "end it with a line of exactly `---`", mended=Mended(end + 1, 1, (FENCE,)))


def _spaces_beside_the_first() -> Finding:
    fix = "make the first line exactly `---`"
    return Finding(1, "there are spaces beside the first `---`", fix, mended=Mended(1, 1, (FENCE,)))


def _no_fences(page: Page, lines: Sequence[str]) -> Finding:
    end = page.source.end_of(1)
    keys_end = bool(_KEY.match(lines[end - 1])) and not any(map(_KEY.match, lines[end:]))
    if lines[0] == FENCE:
        nearly = next((n for n, line in enumerate(lines[1:], 2) if re.fullmatch(r"\s*[-—–.]{1,5}\s*", line)), 0)
        if nearly:
            what = f"the front matter is not closed: this line is `{lines[nearly - 1].strip()}`"
            return Finding(nearly, what, "make it a line of exactly `---`", mended=Mended(nearly, 1, (FENCE,)))
        mended = Mended(end + 1, 0, (FENCE,)) if keys_end else None
        return Finding(1, "the front matter is not closed", "put a line of exactly `---` after its last key", mended=mended)
    if lines[0].lstrip().startswith(("```", "~~~")):
        fix = "delete this line, and the line with the same signs at the end of the page"
        last = max(number for number, line in enumerate(lines, 1) if line.strip())
        mended = with_lines(lines, {1: (), last: ()}) if lines[last - 1].strip() == lines[0].strip()[:3] else None
        return Finding(1, "the whole page stands inside a code fence", fix, spoils=range(1, len(lines) + 1), mended=mended)
    if _LONG_DASH.fullmatch(lines[0]) and lines[0].strip() != FENCE:
        fix = "type 3 hyphens here and after the last key; some programs make a long dash of them"
        mended = with_lines(lines, {1: (FENCE,), end: (FENCE,)}) if end > 1 and _LONG_DASH.fullmatch(lines[end - 1]) else None
        return Finding(1, f"the first line is `{lines[0].strip()}`, and not `{FENCE}`", fix, mended=mended)
    if lines[0].strip() == FENCE:
        return _spaces_beside_the_first()
    fence = next((number for number, line in enumerate(lines[:_NEAR_THE_TOP]) if _opens_front_matter(lines, number)), 0)
    if fence:
        above = next((line.strip() for line in lines[:fence] if line.strip()), "")
        what = f"`{shortened(above)}` stands above the front matter" if above else "there are empty lines above the front matter"
        fix = f"delete all that stands above the `---` of line {fence + 1}: it has to be the first line"
        shown_whole = sum(bool(line.strip()) for line in lines[:fence]) <= 1
        return Finding(1, what, fix, mended=Mended(1, fence) if shown_whole else None)
    fix = "make the first line exactly `---`, then write the keys, then `---` again"
    mended = Mended(1, 0, (FENCE,)) if _KEY.match(lines[0]) and lines[end - 1] == FENCE else None
    return Finding(1, "the page does not begin with its front matter", fix, mended=mended)


def _opens_front_matter(lines: Sequence[str], number: int) -> bool:
    """Whether a line is `---`, and the next one begins with a key."""
    return lines[number].strip() == FENCE and bool(_KEY.match("".join(lines[number + 1 : number + 2])))


@rule("KE102", yields_to=(on_the_page("KE101"),))
def plain_yaml(page: Page) -> Iterator[Finding]:
    """The front matter can be read as plain YAML: one `key: value` a line, no anchors, no tags.

    Why: the site would drop front matter that it cannot read without a word, and the cards would be empty.
    """
    for fault in page.front.faults if page.front else ():
        yield Finding(fault.line, fault.what, fault.mend, mended=fault.mended)


@rule("KE103")
def no_key_twice(page: Page) -> Iterator[Finding]:
    """No key stands twice.

    Why: only one of the two would count, and nobody could tell which.
    """
    seen: dict[str, int] = {}
    for entry in page.front.entries if page.front else []:
        if entry.key in seen:
            yield Finding(entry.line, f"`{entry.key}` stands twice (first on line {seen[entry.key]})", "keep one of them")
        seen.setdefault(entry.key, entry.line)
        if entry.repeated:
            yield Finding(entry.repeated[0], f"`{entry.repeated[1]}` stands twice in `{entry.key}`", "keep one of them")


@rule("KE104")
def known_keys(page: Page) -> Iterator[Finding]:
    """The front matter holds no key but those of the table.

    Why: a misspelt key would be dropped, and the fact that it carries would be missing from the page.
    """
    front = page.front
    if front is None:
        return
    unknown = [entry for entry in front.entries if entry.key not in front.known_keys]
    capitals = [entry for entry in unknown if entry.key.lower() in front.known_keys and entry.key.lower() not in front.keys]
    if capitals:
        yield _with_capitals(page, capitals)
    told = {entry.key for entry in capitals}
    yield from (_unknown_key(page, front, entry) for entry in unknown if entry.key not in told)


def _with_capitals(page: Page, entries: Sequence[Entry]) -> Finding:
    """Tell keys with capitals once: a telephone puts one at the start of every line."""
    first, more = entries[0], len(entries) - 1
    what = f"`{first.key}:` is written with a capital letter"
    if more:
        what = f"`{first.key}:` and {more} more to line {entries[-1].line} are written with a capital letter"
    in_each = " in its place" if not more else " and all the others in small letters"
    small = {entry.line: (page.line(entry.line).replace(entry.key, entry.key.lower(), 1),) for entry in entries}
    fix = f"write `{first.key.lower()}:`{in_each}, and change nothing after the colon"
    return Finding(first.line, what, fix, mended=with_lines(page.source.lines, small))


def _unknown_key(page: Page, front: FrontMatter, entry: Entry) -> Finding:
    what = f"`{shortened(entry.key, 80)}` is not a key of the front matter"
    if entry.key.lower() == "title":
        return _title_among_the_keys(page, front, entry, what)
    near = _meant_key(front, entry.key)
    if not near:
        is_sure = front.keys.keys() >= set(front.needed_keys) and len(front.lines_of(entry)) == 1
        fix = f"take it out; the keys are {listed(front.known_keys)}"
        return Finding(entry.line, what, fix, mended=Mended(entry.line, 1) if is_sure else None)
    if near[0] in front.keys:
        return Finding(entry.line, what, f"keep either this line or the one of `{near[0]}:`, and write that key")
    mended = Mended(entry.line, 1, (page.line(entry.line).replace(entry.key, near[0], 1),))
    for sign in ("\\", ":"):
        if sign in entry.key:
            what = f"there is a `{sign}` too many in `{shortened(entry.key, 80)}:`"
            return Finding(entry.line, what, f"delete it: `{near[0]}:`", mended=mended)
    return Finding(entry.line, what, f"write `{near[0]}:` in its place, and leave what follows", mended=mended)


def _title_among_the_keys(page: Page, front: FrontMatter, entry: Entry, what: str) -> Finding:
    fix = "take it out; the title is the first line after the front matter"
    new: dict[int, tuple[str, ...]] = {entry.line: ()}
    is_whole = len(front.lines_of(entry)) == 1
    if isinstance(entry.value, str) and not page.title:
        title = shortened(entry.value, 80)
        fix = f"{fix}: `# {title}`"
        new[page.first_line - 1] = (page.line(page.first_line - 1), "", f"# {title}")
        is_whole = is_whole and title == entry.value
    return Finding(entry.line, what, fix, mended=with_lines(page.source.lines, new) if is_whole else None)


@rule("KE105", yields_to=(on_the_page("KE102"),))
def every_key(page: Page) -> Iterator[Finding]:
    """The front matter holds every key of the table; only `order` and `reviewed_by` may be left out.

    Why: the key facts, the filter and the sources are made from these keys.
    """
    front = page.front
    if front is None:
        return
    misspelt = [meant for entry in front.entries if entry.key not in front.known_keys for meant in _meant_key(front, entry.key)]
    missing = [key for key in front.needed_keys if key not in front.keys and key not in misspelt]
    if missing:
        examples = "; ".join(f"`{key}: {FIELDS[key].example}`" for key in missing)
        yield Finding(page.first_line - 1, f"the front matter lacks {listed(missing)}", f"add, for example, {examples}")


@rule("KE106")
def values_as_written(page: Page) -> Iterator[Finding]:
    """No value is one that YAML would cut or turn into something else.

    Why: YAML reads ` #` as the start of a remark, `10:30` as 630 and `yes` as true; the reader would see the wrong thing.
    """
    for entry in page.front.keys.values() if page.front else []:
        if entry.changed:
            yield Finding(entry.changed.line, entry.changed.what, entry.changed.mend, mended=entry.changed.mended)


def _meant_key(front: FrontMatter, key: str) -> list[str]:
    """Return the key that a misspelt one most likely stands for: one, or none."""
    if len(key) > _LONGEST_KEY:
        return []
    return difflib.get_close_matches(key.lower().replace("-", "_"), front.known_keys, 1)
