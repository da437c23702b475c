"""Rules about the front matter of a technique page."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from knee.contract import models
from knee.contract.bibliography import Bibliography
from knee.contract.page import Page
from knee.rules.registry import Finding, rule
from knee.text.front_matter import FENCE, Entry, FrontMatter
from knee.text.preview import read_preview
from knee.text.reading import collapse_whitespace
from knee.text.website import read_website
from knee.text.words import has_words

_PLAIN = re.compile(r"(?![0-9]+[.)])[^\W_]+(?:[ ,.;:'’()/–-]+[^\W_]+)*[.)]?")
"""Text in which no Markdown reader finds anything: words and plain marks. Most texts are, and need not be read twice."""


@rule("KE101")
def fences(page: Page) -> Iterator[Finding]:
    """The page begins with its front matter, between two lines of exactly `---`.

    Why: the front matter feeds the cards, the key facts and the search; without it the page cannot be shown rightly.
    """
    lines = page.source.lines
    if page.front is None:
        yield _no_fences(lines)
        return
    end = page.first_line - 2
    if lines[0] != FENCE:
        yield Finding(1, "there are spaces beside the first `---`", "make the first line exactly `---`")
    if lines[end] != FENCE:
        last = lines[end].strip()
        what = "there are spaces beside the second `---`" if last == FENCE else f"the front matter ends with `{last}`"
        yield Finding(end + 1, what, "end it with a line of exactly `---`")


def _no_fences(lines: Sequence[str]) -> Finding:
    if lines[0] == FENCE:
        nearly = next((n for n, line in enumerate(lines[1:], 2) if re.fullmatch(r"\s*[-—–.]{1,5}\s*", line)), 1)
        return Finding(nearly, "the front matter is not closed", "put a line of exactly `---` after its last key")
    if lines[0].lstrip().startswith(("```", "~~~")):
        mend = "delete this line, and the line with the same signs at the end of the page"
        return Finding(1, "the whole page stands inside a code fence", mend)
    if re.fullmatch(r"\s*[-–—―]+\s*", lines[0]) and lines[0].strip() != FENCE:
        mend = "type 3 hyphens here and after the last key; some programs make a long dash of them"
        return Finding(1, f"the first line is `{lines[0].strip()}`, and not `{FENCE}`", mend)
    if lines[0].strip() == FENCE:
        return Finding(1, "there are spaces beside the first `---`", "make the first line exactly `---`")
    mend = "make the first line exactly `---`, then write the keys, then `---` again"
    return Finding(1, "the page does not begin with its front matter", mend)


@rule("KE102")
def plain_yaml(page: Page) -> Iterator[Finding]:
    """The front matter can be read as plain YAML: one `key: value` a line, no anchors, no tags.

    Why: the site would drop front matter that it cannot read without a word, and the cards would be empty.
    """
    if page.front and not any(True for _ in fences(page)):
        for fault in page.front.faults:
            yield Finding(fault.line, fault.what, fault.mend)


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
        yield _with_capitals(capitals)
    told = {entry.key for entry in capitals}
    yield from (_unknown_key(page, front, entry) for entry in unknown if entry.key not in told)


def _with_capitals(entries: Sequence[Entry]) -> Finding:
    """Tell keys with capitals once: a telephone puts one at the start of every line."""
    first, more = entries[0], len(entries) - 1
    what = f"`{first.key}:` is written with a capital letter"
    if more:
        what = f"`{first.key}:` and {more} more to line {entries[-1].line} are written with a capital letter"
    in_each = " in its place" if not more else " and all the others in small letters"
    return Finding(first.line, what, f"write `{first.key.lower()}:`{in_each}, and change nothing after the colon")


def _unknown_key(page: Page, front: FrontMatter, entry: Entry) -> Finding:
    what = f"`{_cut(entry.key)}` is not a key of the front matter"
    if entry.key.lower() == "title":
        title = f": `# {_cut(str(entry.value))}`" if isinstance(entry.value, str) and not page.title else ""
        return Finding(entry.line, what, f"take it out; the title is the first line after the front matter{title}")
    near = _meant_key(front, entry.key)
    if not near:
        return Finding(entry.line, what, f"take it out; the keys are {_listed(front.known_keys)}")
    if near[0] in front.keys:
        return Finding(entry.line, what, f"keep either this line or the one of `{near[0]}:`, and write that key")
    for sign in ("\\", ":"):
        if sign in entry.key:
            return Finding(entry.line, f"there is a `{sign}` too many in `{_cut(entry.key)}:`", f"delete it: `{near[0]}:`")
    return Finding(entry.line, what, f"write `{near[0]}:` in its place, and leave what follows")


@rule("KE105")
def every_key(page: Page) -> Iterator[Finding]:
    """The front matter holds every key of the table; only `order` and `reviewed_by` may be left out.

    Why: the key facts, the filter and the sources are made from these keys.
    """
    if page.front is None or page.front.faults:
        return
    front = page.front
    misspelt = [meant for entry in front.entries if entry.key not in front.known_keys for meant in _meant_key(front, entry.key)]
    missing = [key for key in front.needed_keys if key not in front.keys and key not in misspelt]
    if missing:
        examples = "; ".join(f"`{key}: {FIELDS[key].example}`" for key in missing)
        yield Finding(page.first_line - 1, f"the front matter lacks {_listed(missing)}", f"add, for example, {examples}")


@rule("KE106")
def as_written(page: Page) -> Iterator[Finding]:
    """No value is one that YAML would cut or turn into something else.

    Why: YAML reads ` #` as the start of a remark, `10:30` as 630 and `yes` as true; the reader would see the wrong thing.
    """
    for entry in page.front.keys.values() if page.front else []:
        if entry.changed:
            yield Finding(entry.changed.line, entry.changed.what, entry.changed.mend)


@dataclass(frozen=True)
class Field:
    """One key of the table: what its value must be in words, an example that can be pasted, and why it is there."""

    rule_id: str
    must_be: str
    example: str
    why: str
    mend: str = ""
    """What to do about a wrong value, where `must_be` and the example do not say it."""


FIELDS: dict[str, Field] = {
    "description": Field(
        "KE107",
        "plain text of 50 to 160 characters",
        "Slow circles round the kneecap that warm the skin and can settle a stiff, sore knee.",
        "it is what search results and cards show.",
    ),
    "order": Field("KE108", "a whole number from 1", "5", "it is the place in the list; pages without it follow, by title."),
    "works_on": Field("KE109", f"one of: {', '.join(get_args(models.Where))}", "calf", "cards and the filter show it."),
    "positions": Field(
        "KE110",
        f"a list of 1 or more of: {', '.join(models.POSITIONS)}, each once",
        "[chair, bed]",
        "key facts and the filter show it.",
    ),
    "equipment": Field(
        "KE111",
        f"a list, [] for hands only, of: {', '.join(get_args(models.Equipment))}, each once",
        "[]",
        "key facts and the filter show it.",
        f"write `[]` for hands only, or some of these, each once: {', '.join(get_args(models.Equipment))}; "
        "other things, such as a stool, can be named in a step; for example `equipment: [lotion]`",
    ),
    "pressure": Field(
        "KE112",
        "a whole number from 1 to 4 without quotes, the most pressure on the 0 to 10 scale",
        "2",
        "4 is our cautious limit: pressing harder has not been shown to help, and vigorous massage has done harm.",
        "make it a whole number from 1 to 4, the most pressure on the 0 to 10 scale; for example `pressure: 2`",
    ),
    "each_leg": Field("KE113", "true or false without quotes", "true", "it decides whether the other leg follows, and doubles the time."),
    "often": Field("KE114", "plain text that says how often", "2 or 3 days a week", "key facts show it."),
    "evidence": Field("KE115", f"one of: {', '.join(get_args(models.Evidence))}", "little", "readers are told honestly how much is known."),
    "sources": Field(
        "KE116",
        "a list of 1 or more keys of docs/sources.yml, each once",
        "[ATKINS13]",
        "every claim can be traced.",
        "put each source in docs/sources.yml, under a short name of its own, and write those names here: `sources: [ATKINS13]`",
    ),
    "reviewed": Field(
        "KE118", "a real date, the year first", "2026-11-22", "readers see when the page was last checked against its sources."
    ),
    "legs": Field("KE123", "1 for the sore leg only, or 2 for both, without quotes", "1", "it decides whether the other leg follows."),
    "reviewed_by": Field(
        "KE120",
        "left out, or whole: name, profession, register, date, link (https) and digest, and nothing else",
        "",
        "a sign-off counts only when everybody can see who gave it, when, and for which words.",
        "take it out, or give it name, profession, register, date, link (https://...) and digest (of the words as they stand: {digest})",
    ),
}


_IN_OTHER_WORDS = {"pillow": "cushion", "oil": "lotion", "massage oil": "lotion", "cream": "lotion"}
"""What people write for a word of `equipment`."""


def _strange_words(key: str, value: object) -> list[str]:
    """Return the words of a list that are none of those which the key takes."""
    known = {"positions": models.POSITIONS, "equipment": get_args(models.Equipment)}.get(key)
    if not known or not isinstance(value, list):
        return []
    strange = dict.fromkeys(word for word in value if isinstance(word, str) and word.strip() and word not in known)
    return [_cut(_with_codes(word)) for word in strange]


_ENOUGH = 5
"""So many strange words are named."""


def _field_rule(key: str, field: Field) -> None:
    def check(page: Page) -> Iterator[Finding]:
        front = page.front
        if front is None or front.faults or key not in front.keys or key not in front.wrong or front.keys[key].changed:
            return
        mend = field.mend and field.mend.format(digest=page.digest)
        known = set(page.site.bibliography.keys)
        for meant in front.meant(key):
            if key != "sources" or known.issuperset(meant):
                mend = f"write `{key}: {_written(meant)}`"
                break
        if key == "sources" and not mend.startswith("write") and isinstance(front.values[key], str):
            mend = _meant_source(page.site.bibliography, front.values[key].strip(), "`sources: [{}]`") or mend
        what = f"`{key}` is {_shown(front.values[key])}{_length(key, front)}"
        if strange := _strange_words(key, front.values[key]):
            more = f" and {len(strange) - _ENOUGH} more" if len(strange) > _ENOUGH else ""
            what = f"`{key}` does not take {_listed(strange[:_ENOUGH])}{more}"
            if others := [f"`{_IN_OTHER_WORDS[word]}` in the place of `{word}`" for word in strange if word in _IN_OTHER_WORDS]:
                mend = f"write {' and '.join(others)}"
        if parts := front.wrong_parts(key) if isinstance(front.values[key], dict) else []:
            what = f"`{key}` is not whole: look at {_listed(parts)}"
        example = _example(field, front.values[key])
        if isinstance(value := front.values[key], str) and value.strip().lower().startswith(f"{example} "):
            mend = f"keep only the word: `{key}: {example}`; what you add to it can stand in the text"
        yield Finding(front.line_of(key), what, mend or f"make it {field.must_be}; for example `{key}: {example}`")

    check.__name__, check.__module__ = key, __name__
    rule(field.rule_id, f"`{key}` is {field.must_be}.\n\nWhy: {field.why}")(check)


for _key, _field in FIELDS.items():
    _field_rule(_key, _field)


@rule("KE117")
def known_sources(page: Page) -> Iterator[Finding]:
    """Each of the `sources` is a key of docs/sources.yml.

    Why: a source that is not in the list cannot be shown to the reader, nor checked.
    """
    bibliography = page.site.bibliography
    if bibliography.faults:
        return
    lines = _lines_of_words(page, "sources")
    for key in _right_value(page, "sources") or []:
        if key not in bibliography.keys:
            what = f"`sources` names {_cut(key)}, which is not in docs/sources.yml"
            if _ADDRESS.search(key):
                what = f"`sources` holds the address {_cut(key)}, but takes only keys of the list docs/sources.yml"
            yield Finding(lines.get(key, _line(page, "sources")), what, _meant_source(bibliography, key) or _OWN_SOURCE)


def _meant_source(bibliography: Bibliography, written: str, shown: str = "{}") -> str:
    """Say which source was most likely meant, and never as if it were sure: a page must not name a paper that its author did not use."""
    if (plain := written.upper()) in bibliography.keys:
        return f"write {shown.format(plain)}"
    near = difflib.get_close_matches(plain, bibliography.keys, 1) if len(written) <= _LONGEST_WORD else []
    meant = bibliography.at_address(written) or (bibliography.sources[near[0]] if near else bibliography.meant_by(written))
    if not meant:
        return ""
    words = f"`{_cut(meant.citation)}`"
    return f"write {shown.format(meant.key)} if you mean {words}; if not, the page Contribute says how to add your own paper"


_ADDRESS = re.compile(r"://|^www\.|^(?:doi:\s*)?10\.[0-9]{4,}/", re.IGNORECASE)
_OWN_SOURCE = (
    "look for your paper by its author or title on the page Evidence, and write its key; "
    "if it is not there, the page Contribute says how to add it"
)


@rule("KE119")
def not_from_the_future(page: Page) -> Iterator[Finding]:
    """`reviewed` is at most 1 day ahead of today (UTC).

    Why: a date that has not come yet cannot be the day of a check.
    """
    reviewed = _right_value(page, "reviewed")
    day = datetime.date.fromisoformat(reviewed) if isinstance(reviewed, str) else reviewed
    if day and day > page.site.today + datetime.timedelta(days=1):
        what = f"`reviewed` is {day}, which is after today ({page.site.today})"
        yield Finding(_line(page, "reviewed"), what, "write the day when you checked the whole page against its sources")


@rule("KE121")
def sign_off_still_holds(page: Page) -> Iterator[Finding]:
    """A sign-off in `reviewed_by` is for the words that stand on the page now.

    Why: when the safety note or the steps change, the clinician has not seen what readers see.
    """
    signed = _right_value(page, "reviewed_by")
    if signed and signed["digest"] != page.digest:
        what = f"the safety note or the steps have changed since {collapse_whitespace(signed['name'])} signed them"
        mend = f"take `reviewed_by` out, or have the page signed again (the digest of the words as they stand is {page.digest})"
        yield Finding(_line(page, "reviewed_by"), what, mend)


@rule("KE122")
def text_is_plain(page: Page) -> Iterator[Finding]:
    """Text in the front matter has words, and holds no HTML and no Markdown.

    Why: it is shown on cards and in search results, where marks would stand as they are.
    """
    if page.front is None:
        return
    for key, text in texts_of(page.front):
        if not has_words(text):
            yield Finding(page.front.line_of(key), f"`{key}` has no words that can be seen", "write plain words")
        elif not _is_plain(text):
            mend = "write plain words, without * _ ` # [ ] < > and the like"
            yield Finding(page.front.line_of(key), f"`{key}` holds Markdown or HTML: {_shown(text)}", mend)


def _meant_key(front: FrontMatter, key: str) -> list[str]:
    """Return the key that a misspelt one most likely stands for: one, or none."""
    if len(key) > _LONGEST_WORD:
        return []
    return difflib.get_close_matches(key.lower().replace("-", "_"), front.known_keys, 1)


_LONGEST_WORD = 40
_LONG_TEXT = 500


def _is_plain(text: str) -> bool:
    if _PLAIN.fullmatch(text.strip()):
        return True
    if len(text) > _LONG_TEXT:
        return not re.search(r"[*_`#\[\]<>&\\~]", text)
    for reading in (read_preview(text), read_website(text)):
        kinds = [block.kind for block in reading.blocks]
        if kinds != ["paragraph"] or reading.html or reading.links or reading.pictures:
            return False
        if collapse_whitespace(reading.blocks[0].text) != collapse_whitespace(text):
            return False
    return True


def texts_of(front: FrontMatter) -> Iterator[tuple[str, str]]:
    """Return the texts of the front matter that readers see, with their keys."""
    for key in ("description", "often"):
        if isinstance(value := front.values.get(key), str) and value.strip() and not front.keys[key].changed:
            yield key, value
    signed = front.values.get("reviewed_by")
    if isinstance(signed, dict) and "reviewed_by" not in front.wrong:
        for part in ("name", "profession", "register"):
            yield "reviewed_by", signed[part]


def _right_value(page: Page, key: str) -> Any:
    """Return the value of a key, or None where the key's own rule has something to say about it."""
    front = page.front
    if front is None or key not in front.keys or key in front.wrong or front.keys[key].changed:
        return None
    return front.values[key]


def _line(page: Page, key: str) -> int:
    return page.front.line_of(key) if page.front else 1


def _lines_of_words(page: Page, key: str) -> dict[str, int]:
    """Return the line of each word of a key's value, the first where it stands more than once."""
    found: dict[str, int] = {}
    for number in range(_line(page, key), page.first_line - 1):
        for word in re.findall(r"[\w-]+", page.line(number)):
            found.setdefault(word, number)
    return found


def _length(key: str, front: FrontMatter) -> str:
    value = front.values[key]
    return f" ({len(value.strip())} characters)" if key == "description" and isinstance(value, str) else ""


def _example(field: Field, value: object) -> str:
    """Return the example of a field, or the word of its list that is nearest to what was written."""
    words = field.must_be.removeprefix("one of: ").split(", ")
    if not isinstance(value, str) or words[0] == field.must_be or not value.strip():
        return field.example
    written = value.strip().lower()
    holding = [word for word in words if written in word or re.match(rf"{re.escape(word)}\b", written)]
    return next(iter([*holding, *difflib.get_close_matches(value.lower()[:_LONGEST_WORD], words, 1)]), field.example)


def _written(value: object) -> str:
    """Return a value as it is written in the front matter."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _shown(value: object) -> str:
    if value is None or value == "":
        return "empty"
    if value == []:
        return "an empty list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        text = f"[{', '.join(map(str, value))}]"
    elif isinstance(value, dict):
        return f"a list of keys ({_listed(list(map(str, value)))})" if value else "empty"
    else:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    return _cut(_with_codes(text))


def _with_codes(text: str) -> str:
    """Show printable signs that look like another one by their codes, as knee.rules.check does with those that cannot be seen."""
    return _LOOK_ALIKES.sub(lambda found: f"<U+{ord(found[0]):04X}>", text) if re.search("[A-Za-z0-9]", text) else text


_LOOK_ALIKES = re.compile(r"[\u2010-\u2012\u2212\u0370-\u04ff]")
"""Hyphens that are not the one of the keyboard, and Greek and Cyrillic letters among ours."""


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
