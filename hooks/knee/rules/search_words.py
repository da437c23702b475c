"""Rules about the words that lead to pages in the search."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from knee.contract.kinds import followed_at
from knee.contract.page import Page
from knee.contract.search_words import NAME, SearchTarget
from knee.contract.site_context import CHECK_PAGE, HELP_PAGE, SAFETY_PAGES, SiteContext, plain_name
from knee.rules.registry import Finding, rule
from knee.rules.report import shown_path
from knee.text.wording import listed

_FEW = 8
"""So many sections are told one by one where none is like the one that was written."""


@rule("KE606")
def search_words(site: SiteContext) -> Iterator[Finding]:
    """The list docs/search-words.yml can be read, and has plain words for each page in it.

    Why: readers find a page by their own words, and help by words of danger, only through this list.
    """
    for fault in site.search_words.faults:
        yield Finding(fault.line, fault.what, fault.mend, _word_list(site))


@rule("KE607")
def search_words_lead_somewhere(site: SiteContext) -> Iterator[Finding]:
    """Each page and each section in docs/search-words.yml is there, and the search knows the section.

    Why: words that lead nowhere find nothing, and a sign of danger among them would not lead to help.
    """
    for target in site.search_words.targets:
        if not site.has_file(site.docs / target.page):
            pages = sorted(path.relative_to(site.docs).as_posix() for path in site.docs.rglob("*.md"))
            yield _finding(site, target, f"there is no page docs/{target.page}", str(target.page), pages, "")
        elif target.section and target.section not in (sections := _places_in(site, target.page)):
            places = ["", *(f"#{section}" for section in sections)]
            yield _finding(site, target, _no_section(site, target), f"#{target.section}", places, str(target.page))


@rule("KE608")
def words_of_danger_lead_to_help(site: SiteContext) -> Iterator[Finding]:
    """Only when-to-seek-help.md and check-first.md have words of danger in docs/search-words.yml, each word once.

    Why: words of danger come before everything else that is found, so they have to lead to help.
    """
    seen: dict[str, SearchTarget] = {}
    for target in site.search_words.targets:
        if target.danger and target.page not in SAFETY_PAGES:
            what = f"`{target.written}` has words of danger, and it is no page of help"
            fix = f"write `words:` in the place of `danger:`, or move the words to {HELP_PAGE} or {CHECK_PAGE}"
            yield Finding(target.line, what, fix, _word_list(site))
        for word in target.danger:
            first = seen.setdefault(word.casefold(), target)
            if first is not target:
                what = f"`{word}` is a word of danger for `{first.written}` already, which stands higher and comes first"
                yield Finding(site.search_words.line_of(target, word), what, "take it out here or there", _word_list(site))


def hints(pages: Sequence[Page]) -> list[str]:
    """Return a hint for each page that no word of the list leads to. It is no problem: the page's own words find it as well."""
    return [
        f"{shown_path(page.source.path, page.site.root)}: hint: no search words lead here\n"
        f"    write `{page.place}:` into docs/{NAME}, and under it `words:` with what readers call it"
        for page in pages
        if _has_plain_name(page) and not page.site.search_words.of_page(page.place)
    ]


def words_by_page(pages: Sequence[Page]) -> dict[str, list[str]]:
    """Return the search words of each page, by the page's path from the project's root."""
    return {
        shown_path(page.source.path, page.site.root): page.site.search_words.of_page(page.place) for page in pages if _has_plain_name(page)
    }


def _has_plain_name(page: Page) -> bool:
    """Whether a page's name can be an address; a rule of its own asks for it, and no other name is printed as it is."""
    return plain_name(page.slug) == page.slug


def _places_in(site: SiteContext, page: PurePosixPath) -> list[str]:
    """Return the sections that words can lead to. A page that readers follow along has none: they start at its top, at the safety note."""
    return [] if followed_at(page) else sorted(site.searched_sections(site.docs / page))


def _no_section(site: SiteContext, target: SearchTarget) -> str:
    """Say that words cannot lead to a section: there is none of that name, or none that the search knows."""
    if target.section not in site.anchors(site.docs / target.page):
        return f"the page docs/{target.page} has no section `#{target.section}`"
    if followed_at(target.page):
        return f"the search leads to the top of docs/{target.page}, and to no section such as `#{target.section}`"
    return f"the search knows no section `#{target.section}` of docs/{target.page}: one begins with a heading of `##` or `###`"


def _finding(site: SiteContext, target: SearchTarget, what: str, written: str, there: Sequence[str], before: str) -> Finding:
    near = there if len(there) == 1 else difflib.get_close_matches(written, there, 1, 0.5)
    fix = f"write `{before}{near[0]}:`" if near else f"write one of {listed([before + one for one in there[:_FEW]])}, with a colon after it"
    return Finding(target.line, what, f"{fix}; or take these lines out if nothing like it is left", _word_list(site))


def _word_list(site: SiteContext) -> Path:
    return site.docs / NAME
