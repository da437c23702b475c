"""Rules about what the code host and the site show differently, about signs that nobody sees, and about what has no words.

Names (`@name`) and numbers (`#12`) are left alone: the code host links them in discussions, and not in the files of a repository.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from knee.contract.page import Page
from knee.rules.registry import Finding, in_its_section, on_its_lines, on_the_page, rule
from knee.text.differences import ReadingDifference
from knee.text.mended import Mended, with_lines, with_words
from knee.text.reading import Block, Extra, collapse_whitespace
from knee.text.wording import shortened
from knee.text.words import has_words

_DRAWN = ("math", "mermaid", "geojson", "topojson", "stl")
"""Names of fences that the code host draws as formulas, diagrams, maps and solids."""
_FORMULA = re.compile(r"\$\$|(?<![\w$\\])\$(?![\s$])[^$]*?(?<![\s\\])\$(?![\w$])")
"""What the code host takes for a formula: `$` straight before and after it, and no letter or digit behind (so no prices)."""
_EMOJI = re.compile(r":(?:\+1|-1|100|1234|8ball|[a-z](?:[a-z0-9_+-]*[a-z0-9])?):")
"""The code host knows about 1,900 names; every word between two colons is told, because another may be a name tomorrow."""
_ADDRESS_PART = re.compile(r"\]\([^)]*\)|<[^<>]*>|^\s*\[[^\]]*\]:.*", re.MULTILINE)
_UNSEEN_SIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_UNSEEN_START = re.compile(f"^(?:{_UNSEEN_SIGN.pattern}| )+(?=[-*+#>0-9])")
_NO_SHAPE = "\u00ad\u034f\u115f\u1160\u180b-\u180f\u200b-\u200f\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff\uffa0"
_ODD = f"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000{_NO_SHAPE}"
"""Signs without a shape, and with them the spaces that are no plain ones."""
_BESIDE_A_MARK = re.compile(
    rf"(?P<indent>[ \t>]*)(?:(?P<sign>[{_ODD}]+)[ \t]*(?P<mark>[-*+>]|#{{1,6}}|[0-9]{{1,9}}[.)])(?=[ \t{_ODD}])[{_ODD}]*"
    rf"|(?P<number>[0-9]{{1,9}}[.)])(?P<after_number>[{_ODD}]+)|(?P<bullet>[-*+>]|#{{1,6}})(?P<after_bullet>[{_NO_SHAPE}]+))"
)
_SHORT_LINE = 160


@rule("KE211", yields_to=(on_its_lines("KE208", "KE401"),))
def addresses_in_brackets(page: Page) -> Iterator[Finding]:
    """A web or mail address stands between < and >, or behind words: `[words](https://...)`.

    Why: the code host makes a link of a bare address, and on the site it is text that nobody can follow.
    """
    for extra in _only_there(page, "address", [link.words or "" for link in page.website.links]):
        bare = re.sub(r"^(?:https?|ftp)://|^(?:mailto|xmpp):", "", extra.text, flags=re.IGNORECASE)
        is_mail = "@" in bare and not extra.text.lower().startswith(("http", "ftp", "www."))
        what = f"the code host makes a link of `{_excerpt(extra.text)}`, and the site shows it as text"
        right = f"<{bare if is_mail else f'https://{bare}'}>"
        mended = with_words(page.source.lines, extra.line, extra.text, right)
        yield Finding(extra.line, what, f"write `{right}` in its place", mended=mended)


@rule("KE212")
def two_signs_strike_out(page: Page) -> Iterator[Finding]:
    """No words stand between single `~` signs.

    Why: the code host strikes them out, and on the site they are words like all others: a warning would say the opposite.
    """
    for extra in _only_there(page, "strike", page.website.strikes):
        what = f"the code host strikes out `{_excerpt(extra.text)}`, and the site shows it with its `~` signs"
        yield Finding(extra.line, what, "delete the `~` signs, and their words as well if they were to be struck out")


@rule("KE213")
def no_formulas_or_diagrams(page: Page) -> Iterator[Finding]:
    """The page holds no formulas (`$...$`) and no code that the code host draws as a formula, a diagram, a map or a solid.

    Why: on the site readers would see only their signs.
    """
    for block in page.code_host.blocks:
        kind = block.info.split()[0].lower() if block.info.strip() else ""
        if kind in _DRAWN:
            what = f"the code host draws what stands under `{kind}`, and the site shows it as code"
            yield Finding(block.line, what, "take this block out, and say it in words or with a picture")
    for first, text in _paragraph_texts(page):
        if found := _FORMULA.search(text):
            what = f"the code host makes a formula of `{_excerpt(found[0])}`, and the site shows its signs"
            fix, line = "delete the `$` signs; write amounts of money in words: `5 dollars`", _line_in(first, text, found.start())
            is_money = re.match(r"\$[0-9]", found[0])
            mended = None if is_money else with_words(page.source.lines, line, found[0], found[0].strip("$"))
            yield Finding(line, what, fix, mended=mended)


@rule("KE214")
def no_emoji_codes(page: Page) -> Iterator[Finding]:
    """No word stands between two colons without a space, such as `:smile:`.

    Why: the code host draws a little picture in its place, and readers of the site see the word with its colons.
    """
    for first, text in _paragraph_texts(page):
        for found in _EMOJI.finditer(text):
            what = f"the code host draws a little picture in the place of `{found[0]}`, and the site shows its letters"
            yield Finding(_line_in(first, text, found.start()), what, "delete it, or put a space after its first colon")


@rule("KE215", yields_to=(on_its_lines("KE205", "KE304", "KE310", "KE315", "KE319", "KE408"),))
def words_can_be_seen(page: Page) -> Iterator[Finding]:
    """The words of a link and of a list item hold a letter or a digit that can be seen.

    Why: what has no words cannot be seen or touched, and a screen reader has nothing to say.
    """
    for link in page.preview.links:
        if link.words is not None and not has_words(link.words):
            fix = f"write between its [ and ] what readers find there: `[words]({_excerpt(link.target)})`"
            yield Finding(link.line, f"the link to `{_excerpt(link.target)}` has no words that can be seen", fix)
    for item in _items_without_words(page.preview.blocks):
        yield Finding(item.line, "this list item has no words that can be seen", "write its words, or delete the line")


def _items_without_words(blocks: Sequence[Block]) -> Iterator[Block]:
    """Return the items in which nothing has words: neither their own paragraphs nor what belongs to them."""
    for place, item in enumerate(blocks):
        if item.kind == "item" and not any(has_words(block.text) for block in _inside_of(blocks, place)):
            yield item


def _inside_of(blocks: Sequence[Block], place: int) -> Iterator[Block]:
    holders = blocks[place].inside
    for after in range(place + 1, len(blocks)):
        block = blocks[after]
        if block.inside[: len(holders)] != holders or (block.kind == "item" and block.inside == holders):
            return
        yield block


@rule("KE216", yields_to=(on_its_lines("KE201", "KE203", "KE210"),))
def no_unseen_signs(page: Page) -> Iterator[Finding]:
    """The text holds no control characters and no line ends of other kinds, and nothing invisible beside the mark that a line begins with.

    Why: one reader takes them for a space or a new line, another for a letter, and nobody sees them; a list may be lost by one.
    """
    for number, line in enumerate(page.source.lines, 1):
        if number < page.first_line:
            continue
        if found := _UNSEEN_SIGN.search(line):
            clean = re.sub(r"(?<=\S) +(?=\S)", " ", _UNSEEN_SIGN.sub(" ", _UNSEEN_START.sub("", line))).rstrip()
            yield Finding(
                number,
                f"an invisible character (U+{ord(found[0]):04X}) stands in this line",
                _type_anew(clean),
                mended=_anew(number, clean),
            )
        elif beside := _BESIDE_A_MARK.match(line):
            sign, mark = (
                beside["sign"] or beside["after_number"] or beside["after_bullet"],
                beside["mark"] or beside["number"] or beside["bullet"],
            )
            what = f"an invisible character (U+{ord(sign[0]):04X}) stands beside the mark at the start of this line"
            clean = f"{beside['indent']}{mark} {line[beside.end() :].lstrip()}".rstrip()
            yield Finding(number, what, _type_anew(clean), spoils=_section_around(page, number), mended=_anew(number, clean))


def _section_around(page: Page, line: int) -> range:
    """Return the lines between the headings around a line: nobody can judge a list there that has lost an item."""
    starts = [heading.line for heading in page.headings]
    after = bisect_right(starts, line)
    return range(starts[after - 1] if after else page.first_line, starts[after] if after < len(starts) else len(page.source.lines) + 1)


def _type_anew(clean: str) -> str:
    if not clean.strip():
        return "delete the whole line"
    return f"delete the whole line and retype it: `{clean}`" if len(clean) <= _SHORT_LINE else "retype the whole line"


def _anew(line: int, clean: str) -> Mended:
    return Mended(line, 1, (clean,) if clean.strip() else ())


def _only_there(page: Page, kind: str, on_the_site: list[str] | tuple[str, ...]) -> Iterator[Extra]:
    """Return what only the code host draws of one kind; `on_the_site` holds the words of those that the site draws as well."""
    known = Counter(map(collapse_whitespace, on_the_site))
    for extra in page.code_host.extras:
        words = collapse_whitespace(extra.text)
        if extra.kind == kind and not known[words]:
            yield extra
        elif extra.kind == kind:
            known[words] -= 1


def _paragraph_texts(page: Page) -> Iterator[tuple[int, str]]:
    """Return each paragraph without its code and its addresses, with the number of its first line."""
    for paragraph in page.prose.paragraphs:
        yield paragraph[0][0], _ADDRESS_PART.sub(lambda found: "]" if found[0][0] == "]" else "", "\n".join(text for _, text in paragraph))


def _line_in(first: int, text: str, place: int) -> int:
    return first + text.count("\n", 0, place)


@rule(
    "KE207",
    yields_to=(
        in_its_section("KE201", "KE202", "KE203", "KE204", "KE205", "KE206", "KE208", "KE210"),
        in_its_section("KE211", "KE212", "KE213", "KE214", "KE216", "KE403", "KE408", "KE409"),
        on_its_lines("KE101", "KE306"),
        on_the_page("KE401"),
    ),
)
def both_readings_agree(page: Page) -> Iterator[Finding]:
    """The code host's preview and the site show the same headings, lists, steps and words.

    Why: the contributor checks the preview, the reader follows the site; a step that only one shows is a step lost.
    """
    starts = [heading.line for heading in page.headings]
    told: set[int] = set()
    for found in (*page.differences, *page.misread):
        section = bisect_right(starts, found.line)
        if section not in told:
            told.add(section)
            what = f"the code host shows {found.first} here, and the site shows {found.second}"
            if page.misread:
                what = f"these checks take this for {found.first}, and readers see {found.second}"
            yield _table_in_one_reading(page, found, what) or _plain_difference(page, found, what)


_PLAINER = "write it more plainly: an empty line above lists and paragraphs, 4 spaces before what belongs to an item"
_MARKS = "*_~`#\\"
"""The characters that one Markdown reader takes for marks, and another shows."""


def _plain_difference(page: Page, found: ReadingDifference, what: str) -> Finding:
    """Say which marks to delete, where nothing but marks is shown by one reader only; for all other differences, to write plainly."""
    first, second = found.texts
    if found.kinds[0] != found.kinds[1] or re.sub(r"[\W_]+", "", first) != re.sub(r"[\W_]+", "", second):
        return Finding(found.line, what, _PLAINER)
    counts = [Counter(text) for text in found.texts]
    signs = "".join(sign for sign in _MARKS if counts[0][sign] != counts[1][sign])
    escaped = dict.fromkeys(re.findall(r"\\([^\w\s])", max(found.texts, key=lambda text: text.count("\\"))))
    if signs == "\\" and escaped:
        fix = f"delete each backslash (\\) before the sign {' and '.join(escaped)}"
        before = rf"(?=[{re.escape(''.join(escaped))}])"
        if "<" in escaped:
            fix, before = "write `&lt;` in the place of `\\<`, and delete every other backslash (\\)", ""
        return Finding(found.line, what, fix, mended=_without_backslashes(page, found.line, before))
    if signs == "#":
        line = page.line(found.line).rstrip()
        mended = Mended(found.line, 1, (line.rstrip("# "),)) if line.endswith("#") else None
        return Finding(found.line, what, "delete the signs # at its end", mended=mended)
    return Finding(found.line, what, f"delete the signs {' and '.join(signs)} there" if signs and signs != "\\" else _PLAINER)


def _without_backslashes(page: Page, line: int, before: str) -> Mended | None:
    """Return the words that begin on a line without the backslashes `before` something; None where code stands among them."""
    lines = range(line, page.source.end_of(line) + 1)
    plain = {n: (re.sub(rf"\\{before}", "", page.line(n).replace(r"\<", "&lt;")),) for n in lines}
    return None if any("`" in page.line(n) for n in lines) else with_lines(page.source.lines, plain)


_HYPHENS = re.compile(r"[ >]*\|?[ :|-]*-[ :|-]*")


def _table_in_one_reading(page: Page, found: ReadingDifference, what: str) -> Finding | None:
    """Say where a table begins that only one of the two readers sees, and how both may see the same."""
    if "table" not in found.kinds[0] ^ found.kinds[1]:
        return None
    lines = range(found.line, len(page.source.lines))
    line = next((n for n in lines if "|" in page.line(n) and _HYPHENS.fullmatch(page.line(n + 1))), found.line)
    if "table" in found.kinds[0] and page.line(line - 1).strip() and "|" not in page.line(line - 1):
        return Finding(line, what, "put an empty line above this line", mended=Mended(line, 0, ("",)))
    mended = Mended(line + 1, 1) if _HYPHENS.fullmatch(page.line(line + 1)) else None
    return Finding(line, what, "delete the line of hyphens under this line: no reader then makes a table of it", mended=mended)


def _excerpt(text: str) -> str:
    return shortened(collapse_whitespace(text))
