"""Rules about the sources that a page names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import partial

from knee.contract.bibliography import Bibliography
from knee.contract.page import Page
from knee.rules.front_matter_table import FIELDS
from knee.rules.registry import Finding, anywhere, rule
from knee.rules.wrong_value import line_of_key, right_value, wrong_value
from knee.text.mended import with_words
from knee.text.wording import shortened

_LONGEST_KEY = 40
"""Characters: more than these are no key that was misspelt."""


@rule("KE116", FIELDS["sources"].doc("sources"))
def sources(page: Page) -> Iterator[Finding]:
    known = set(page.site.bibliography.keys)
    written = page.front.values.get("sources") if page.front else None
    fix = _meant_source(page.site.bibliography, written.strip(), "`sources: [{}]`") if isinstance(written, str) else ""
    yield from wrong_value(page, "sources", fix, known.issuperset)


@rule("KE117", yields_to=(anywhere("KE605"),))
def known_sources(page: Page) -> Iterator[Finding]:
    """Each of the `sources` is a key of docs/sources.yml.

    Why: a source that is not in the list cannot be shown to the reader, nor checked.
    """
    bibliography = page.site.bibliography
    lines = _lines_of_words(page, "sources")
    for key in right_value(page, "sources") or []:
        if key not in bibliography.keys:
            what = f"`sources` names {shortened(key, 80)}, which is not in docs/sources.yml"
            if _ADDRESS.search(key):
                what = f"`sources` holds the address {shortened(key, 80)}, but takes only keys of the list docs/sources.yml"
            line = lines.get(key, line_of_key(page, "sources"))
            mended = with_words(page.source.lines, line, key, key.upper()) if key.upper() in bibliography.keys else None
            yield Finding(line, what, partial(_own_or_meant_source, bibliography, key), mended=mended)


def _own_or_meant_source(bibliography: Bibliography, written: str) -> str:
    return _meant_source(bibliography, written) or _OWN_SOURCE


def _meant_source(bibliography: Bibliography, written: str, shown: str = "{}") -> str:
    """Say which source was most likely meant, and never as if it were sure: a page must not name a paper that its author did not use."""
    if (plain := written.upper()) in bibliography.keys:
        return f"write {shown.format(plain)}"
    near = difflib.get_close_matches(plain, bibliography.keys, 1) if len(written) <= _LONGEST_KEY else []
    meant = bibliography.at_address(written) or (bibliography.sources[near[0]] if near else bibliography.meant_by(written))
    if not meant:
        return ""
    words = f"`{shortened(meant.citation, 80)}`"
    return f"write {shown.format(meant.key)} if you mean {words}; if not, the page Contribute says how to add your own paper"


_ADDRESS = re.compile(r"://|^www\.|^(?:doi:\s*)?10\.[0-9]{4,}/", re.IGNORECASE)
_OWN_SOURCE = (
    "look for your paper by its author or title on the page Evidence, and write its key; "
    "if it is not there, the page Contribute says how to add it"
)


def _lines_of_words(page: Page, key: str) -> dict[str, int]:
    """Return the line of each word of a key's value, the first where it stands more than once."""
    found: dict[str, int] = {}
    for number in range(line_of_key(page, key), page.first_line - 1):
        for word in re.findall(r"[\w-]+", page.line(number)):
            found.setdefault(word, number)
    return found
