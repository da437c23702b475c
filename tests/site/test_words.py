"""Protects a tired reader from hard, loose or unsourced words: reading grade, sentence length, words we do not use, sources.

What counts as a page's own words, by rule:

- the text of paragraphs and of list items, each a sentence of its own, as a list is read;
- not headings, tables and code, which are not read as sentences;
- not the name of a source: a link to a place on the evidence page, with the brackets round it;
- the names of conditions count like every other word: pages that say them beside a plain one stay under the grade with them.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
import textstat
import yaml
from built import PROJECT, BuiltSite, front_matter, words
from markdown_it import MarkdownIt
from markdown_it.token import Token
from test_techniques import minutes

DOCS = PROJECT / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
HARDEST = 6.0
LONGEST = 20
NO_CLAIMS = {"about.md", "contribute.md", "drawing-kit.md", "my-sheets.md", "write.md", "techniques/index.md", "routines/index.md"}
"""Pages that say nothing about knees or massage that would need a source."""

SOON = {
    "check-first.md": (700, None, "More about"),
    "when-to-seek-help.md": (600, "Call your emergency number", "Remember"),
    **{f"techniques/{path.name}": (550, None, "What the research says") for path in (DOCS / "techniques").glob("*-*.md")},
}
"""How many words a reader in pain has to read before the folds, with the headings: at most, from which heading and up to which."""

FORBIDDEN = {
    "a promise": r"proven|proves|clinically (?:shown|tested)|guaranteed?|miracles?|cures?|cured|heals?|reverses?",
    "a story that bodies do not bear out": (
        r"detox\w*|flush(?:es)?|breaks? up (?:scar|knots?|adhesions?)|releas(?:es?|ing) the (?:IT|iliotibial) band|trigger points?"
    ),
    "a hard word for a high temperature": r"fever(?:ish)?|pyrexia",
    "a vague order": r"should(?:n't)?|may want to|consider \w+ing",
    "a number as a word": r"(?<!a day or )two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty",
    "somebody else's look": r"NHS blue",
    "filler": r"TODO|TBD|FIXME|lorem ipsum|coming soon",
}


def tokens(name: str) -> list[Token]:
    """Give a page's Markdown as the preview reads it, without its front matter."""
    body = (DOCS / name).read_text("utf-8").split("---\n", 2)[2]
    return MarkdownIt("commonmark").enable("table").parse(body)


@cache
def own_words(name: str) -> tuple[str, ...]:
    """Give a page's own paragraphs and list items, by the rule at the top of this file."""
    return tuple(text for text in _paragraphs(tokens(name)) if text)


def _paragraphs(read: list[Token]) -> Iterator[str]:
    for before, token in pairwise(read):
        if token.type == "inline" and before.type == "paragraph_open":
            text = re.sub(r"\s*\((?:[,;\s]|and)*\)", "", "".join(_text(token.children or [])))
            yield " ".join(text.split())


def _text(inline: list[Token]) -> Iterator[str]:
    source = False
    for token in inline:
        if token.type == "link_open":
            source = bool(re.search(r"(?:^|evidence\.md)#", str(token.attrs["href"])))
        elif token.type == "link_close":
            source = False
        elif token.type == "text" and not source:
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "


def sentences(name: str) -> list[str]:
    """Give a page's own sentences; the words before a list, up to their colon, are one."""
    return [sentence for text in own_words(name) for sentence in re.split(r"(?<=[.!?:])\s+(?=[\"'A-Z0-9])", text)]


def own_text(name: str) -> str:
    """Give a page's own words as sentences."""
    return " ".join(text if text[-1] in ".!?" else text.rstrip(":;,") + "." for text in own_words(name))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading grades are worked out here: newer versions of textstat would fetch a list of words."""

    def refuse(*_: object) -> None:
        pytest.fail("asks the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("name", PAGES)
def test_reading_grade(name: str) -> None:
    assert textstat.flesch_kincaid_grade(own_text(name)) <= HARDEST


def test_the_grade_would_tell() -> None:
    """Hard words get a high grade, and a word that no dictionary knows gets one at all."""
    assert textstat.flesch_kincaid_grade("Individuals experiencing patellofemoral discomfort necessitate comprehensive evaluation.") > 12
    assert textstat.flesch_kincaid_grade("Rub your kneeish leg. Then stop.") < 4


@pytest.mark.parametrize("name", PAGES)
def test_sentences_are_short(name: str) -> None:
    long = [sentence for sentence in sentences(name) if len(re.findall(r"[\w'%-]+", sentence)) > LONGEST]
    assert long == []


@pytest.mark.parametrize("name", SOON)
def test_what_is_needed_in_the_moment_is_short(name: str) -> None:
    most, first, end = SOON[name]
    counted, begun = 0, first is None
    for before, token in pairwise(tokens(name)):
        text = "".join(_text(token.children or [])) if token.type == "inline" else ""
        is_heading = before.type == "heading_open"
        begun = begun or (is_heading and text.startswith(str(first)))
        if is_heading and text.startswith(end):
            break
        counted += begun * len(re.findall(r"[\w'%-]+", text))
    assert 300 < counted <= most


@pytest.mark.parametrize("name", PAGES)
def test_no_word_that_we_do_not_use(name: str) -> None:
    said = [*own_words(name), *(token.content for before, token in _headings(name)), str(front_matter(DOCS / name)["description"])]
    found = [(why, text) for why, pattern in FORBIDDEN.items() for text in said if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)]
    assert found == []
    assert [text for text in said if "!" in text] == []


def _headings(name: str) -> list[tuple[Token, Token]]:
    read = tokens(name)
    return [(before, token) for before, token in pairwise(read) if before.type == "heading_open"]


@pytest.mark.parametrize("name", PAGES)
def test_what_is_denied_is_only_named_to_deny_it(name: str) -> None:
    """Toxins and releasing stand only in a sentence that says it does not happen; a technique's name is only a name."""
    for sentence in (sentence.replace("adductor release", "") for sentence in sentences(name)):
        if re.search(r"\b(?:toxins?|releas\w+)\b", sentence, re.IGNORECASE):
            assert re.search(r"\b(?:unlikely|not|cannot|no)\b", sentence), sentence


@pytest.mark.parametrize("name", PAGES)
def test_plain_markdown_only(name: str) -> None:
    """No HTML, no bold or italics, no attribute lists, admonitions or tabs: headings and lists carry all the meaning."""
    read = tokens(name)
    kinds = {child.type for token in read for child in (token, *(token.children or []))}
    assert kinds.isdisjoint({"html_block", "html_inline", "strong_open", "em_open", "blockquote_open"})
    text = "\n".join(token.content for token in read if token.type == "inline")
    assert re.findall(r"\{[:.#]|^(?:!!!|\?\?\?|===)|--8<--", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", PAGES)
def test_front_matter(name: str) -> None:
    said = front_matter(DOCS / name)
    assert 50 <= len(str(said["description"]).strip()) <= 160
    assert said["reviewed"]
    assert isinstance(said["sources"], list)
    assert [token.tag for token, _ in _headings(name)].count("h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_every_source_is_known_and_none_is_recalled(name: str) -> None:
    named = front_matter(DOCS / name)["sources"]
    assert isinstance(named, list)
    assert set(named) <= set(_known())
    assert len(set(named)) == len(named)
    assert [key for key in named if key.startswith("R-")] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_claim_has_its_source_among_the_pages_sources(name: str) -> None:
    named = front_matter(DOCS / name)["sources"]
    assert isinstance(named, list)
    links = [str(child.attrs["href"]) for token in tokens(name) for child in token.children or [] if child.type == "link_open"]
    here = "(?:evidence\\.md)?" if name == "evidence.md" else "(?:\\.\\./)?evidence\\.md"
    linked = {found[1] for link in links if (found := re.fullmatch(f"{here}#(.+)", link))}
    anchors = {re.sub(r"[^a-z0-9]+", "-", token.content.lower()).strip("-") for _, token in _headings("evidence.md")}
    assert linked - anchors <= {key.lower() for key in named}
    if name in NO_CLAIMS:
        assert (named, linked - anchors) == ([], set())
    elif not name.startswith("routines/"):  # a routine claims nothing itself: its sources are its techniques'
        assert named


def test_the_list_of_sources_has_nothing_recalled() -> None:
    for key, source in _known().items():
        assert not key.startswith("R-")
        assert source["checked"] == ("copy" if key.startswith("C-") else source["checked"])
        assert source["checked"] in ("read", "copy")
        assert source["link"] is None or re.match(r"https://[\w.-]+\.[a-z]+(/|$)", source["link"])
    assert list(_known()) == sorted(_known(), key=str)


@cache
def _known() -> dict[str, dict[str, str | None]]:
    return yaml.safe_load((DOCS / "sources.yml").read_text("utf-8"))


def test_the_minutes_that_pages_promise_are_those_of_the_steps(site: BuiltSite, subtests: pytest.Subtests) -> None:
    """Wherever a list says how long a technique or a routine takes, and in the title of a routine."""
    takes = {page.address: minutes(page) for page in [*site.techniques, *site.routines]}
    promised = set()
    for page in site.pages:
        with subtests.test(page.address):
            for item in page.all("main li"):
                said = re.search(r"\b(?:[Aa]bout )?(\d+) minutes?\b", words(item))
                places = {page.leads_to(link.attrs["href"] or "") for link in item.query("a")} & set(takes)
                if said and len(places) == 1 and not item.query("li"):
                    assert (words(item), int(said[1])) == (words(item), takes[places.pop()])
                    promised.add(page.address)
    for page in site.routines:
        with subtests.test(page.address):
            assert words(page.one("h1")).startswith(f"{takes[page.address]} minutes: ")
            assert words(page.one("dl.key-facts")).find(f"about {takes[page.address]} minutes") > 0
    assert "" in promised, "the first page says how long each takes"
