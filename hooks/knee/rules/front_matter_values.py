"""Rules about the values of the front matter: one for each key of its table, and what the table cannot say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from knee.contract.models import shown_texts
from knee.contract.page import Page
from knee.facts.review_dates import reviewed_day
from knee.rules.front_matter_table import FIELDS
from knee.rules.registry import Finding, rule
from knee.rules.wrong_value import line_of_key, right_value, value_in_words, wrong_value
from knee.text.preview import read_preview
from knee.text.reading import collapse_whitespace
from knee.text.website import read_website
from knee.text.words import has_words

_PLAIN = re.compile(r"(?![0-9]+[.)])[^\W_]+(?:[ ,.;:'’()/–-]+[^\W_]+)*[.)]?")
"""Text in which no Markdown reader finds anything: words and plain marks. Most texts are, and need not be read twice."""


def _value_rule(key: str) -> None:
    def check(page: Page) -> Iterator[Finding]:
        return wrong_value(page, key)

    check.__name__ = key
    rule(FIELDS[key].rule_id, FIELDS[key].doc(key))(check)


for _key in FIELDS:
    if _key != "sources":  # its rule looks into the list of sources as well
        _value_rule(_key)


@rule("KE119")
def not_from_the_future(page: Page) -> Iterator[Finding]:
    """`reviewed` is at most 1 day ahead of today (UTC).

    Why: a date that has not come yet cannot be the day of a check.
    """
    day = reviewed_day({"reviewed": right_value(page, "reviewed")})
    if day and day > page.site.today + datetime.timedelta(days=1):
        what = f"`reviewed` is {day}, which is after today ({page.site.today})"
        yield Finding(line_of_key(page, "reviewed"), what, "write the day when you checked the whole page against its sources")


@rule("KE121")
def sign_off_still_holds(page: Page) -> Iterator[Finding]:
    """A sign-off in `reviewed_by` is for the words that stand on the page now.

    Why: when the safety note or the steps change, the clinician has not seen what readers see.
    """
    signed = right_value(page, "reviewed_by")
    if signed and signed["digest"] != page.digest:
        what = f"{page.signed_part} have changed since {collapse_whitespace(signed['name'])} signed them"
        fix = f"take `reviewed_by` out, or have the page signed again (the digest of the words as they stand is {page.digest})"
        yield Finding(line_of_key(page, "reviewed_by"), what, fix)


@rule("KE122")
def text_is_plain(page: Page) -> Iterator[Finding]:
    """Text in the front matter has words, and holds no HTML and no Markdown.

    Why: it is shown on cards and in search results, where marks would stand as they are.
    """
    if page.front is None:
        return
    for key, text in shown_texts(page.front):
        if not has_words(text):
            yield Finding(page.front.line_of(key), f"`{key}` has no words that can be seen", "write plain words")
        elif not _is_plain(text):
            fix = "write plain words, without * _ ` # [ ] < > and the like"
            yield Finding(page.front.line_of(key), f"`{key}` holds Markdown or HTML: {value_in_words(text)}", fix)


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
