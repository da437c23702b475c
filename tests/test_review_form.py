"""Protects a clinician's quarter of an hour: a form asks for every line that they sign, once, as it stands, and its sign-off is taken."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from knee.commands.review_forms import form_html, review_command
from knee.contract.safety_page import SafetyPage
from knee.contract.site_context import SiteContext
from knee.contract.technique_page import TechniquePage
from knee.facts.review_form import DOSE, ReviewForm, form_of
from knee.facts.sign_off import sign_off_of
from knee.rules.check import check_folder
from knee.text.reading import collapse_whitespace
from small_site import TESTS, Site

PROJECT = TESTS.parent
TODAY = datetime.date(2026, 12, 1)
TECHNIQUES = sorted(
    path.stem for folder in ("techniques", "exercises") for path in (PROJECT / "docs" / folder).glob("*.md") if path.stem != "index"
)
HELP = "when-to-seek-help"
SAFETY = (HELP, "check-first")
SIGNABLE = (*TECHNIQUES, *SAFETY)
SETTINGS = {"site_name": "Knee Ease", "site_url": "", "repo_url": "", "extra": {}}


@cache
def pages() -> dict[str, TechniquePage | SafetyPage]:
    """Give the pages of this site that a clinician can sign, by name."""
    return {page.slug: page for page in check_folder(SiteContext(PROJECT / "docs", TODAY)).signable}


@cache
def form_for(slug: str) -> ReviewForm:
    """Give the form of one of them."""
    return form_of(pages()[slug])


def lines(form: ReviewForm, title: str) -> list[str]:
    """Give the words of the lines under one heading of a form."""
    return [line.words for part in form.parts if part.title == title for line in part.lines]


def shown(form: ReviewForm, **settings: str) -> str:
    """Give the words of a form as they are seen, with single spaces."""
    html = form_html(form, {**SETTINGS, **settings})
    return collapse_whitespace(unescape(re.sub(r"<(?:style|title)>.*?</(?:style|title)>|<[^>]*>", " ", html, flags=re.DOTALL)))


def safety_form(site: Site, words: str, name: str = HELP) -> ReviewForm:
    """Give the form of a page of signs with these words."""
    (site.root / "docs" / f"{name}.md").write_text(words, "utf-8")
    return form_of(next(page for page in site.check().safety_pages if page.slug == name))


def test_there_is_a_form_for_each_technique_and_for_both_pages_of_signs() -> None:
    assert set(pages()) == {*TECHNIQUES, *SAFETY}
    assert len(TECHNIQUES) > 3


@pytest.mark.parametrize("slug", TECHNIQUES)
def test_every_safety_item_and_every_step_is_on_the_form_of_a_technique_once_and_in_order(slug: str) -> None:
    page, form = pages()[slug], form_for(slug)
    assert isinstance(page, TechniquePage)
    assert page.safety_note
    for part in page.safety_note.parts:
        assert lines(form, part.heading.words) == [*part.about, *(item.words for item in part.items)]
    assert lines(form, "For the whole safety note") == page.safety_note.also_words
    steps = [" ".join([step.words, *step.more]) for step in page.steps]
    assert lines(form, "How to do it") == [*page.before_steps, *steps, *page.after_steps]
    numbers = [line.number for part in form.parts for line in part.lines if line.number]
    assert numbers == list(range(1, len(page.steps) + 1))
    text = shown(form)
    for words in (*steps, *(item.words for part in page.safety_note.parts for item in part.items)):
        assert text.count(words) == 1


@pytest.mark.parametrize("slug", SAFETY)
def test_every_bullet_that_is_not_background_is_on_the_form_of_a_page_of_signs_once(slug: str) -> None:
    page, form = pages()[slug], form_for(slug)
    text = (PROJECT / "docs" / f"{slug}.md").read_text("utf-8").split("---\n", 2)[2]
    kept = re.sub(r"^#{2,3} More about.*?(?=^## |\Z)", "", text, flags=re.DOTALL | re.MULTILINE)
    bullets = [
        collapse_whitespace(re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", found))
        for found in re.findall(r"^- (?!\[[^\]]+\]\(#)(.+)$", kept, re.M)
    ]
    assert len(bullets) > 25
    asked = Counter(line.words for part in form.parts for line in part.lines)
    assert {bullet.removeprefix("[ ] "): 1 for bullet in bullets} == {
        bullet.removeprefix("[ ] "): asked[bullet.removeprefix("[ ] ")] for bullet in bullets
    }
    assert not any("More about" in part.title for part in form.parts)
    assert isinstance(page, SafetyPage)


def test_each_sign_of_help_now_and_today_names_its_source() -> None:
    tiers = ("Call your emergency number", "Get help today")
    titles = [part.title for part in form_for(HELP).parts if part.level == 2]
    inside = False
    bare = []
    for part in form_for(HELP).parts:
        if part.level == 2:
            inside = part.title.startswith(tiers)
        elif inside:
            bare += [line.words for line in part.lines if not (line.sources or line.is_ours)]
    assert [title for title in titles if title.startswith(tiers)], "the cards are there"
    assert bare == []


@pytest.mark.parametrize("slug", SIGNABLE)
def test_every_source_that_the_page_names_in_a_sentence_is_on_the_form_beside_it(slug: str) -> None:
    form = form_for(slug)
    named = {source.key for line in (*form.claims, *(line for part in form.parts for line in part.lines)) for source in line.sources}
    assert set(pages()[slug].cited) <= named
    text = shown(form)
    for line in form.claims:
        for source in line.sources:
            assert f"{source.key} {collapse_whitespace(source.short)}: {source.checked_words.lower()}" in text


@pytest.mark.parametrize("slug", [slug for slug in TECHNIQUES if slug != "knee-exercises"])
def test_a_technique_takes_a_clinician_a_quarter_of_an_hour(slug: str) -> None:
    form = form_for(slug)
    assert form.count == sum(len(part.lines) for part in form.parts) + len(form.claims) + len(form.choices)
    assert form.minutes <= 15
    assert f"This takes about {form.minutes} minutes." in shown(form)


def test_a_claim_is_the_sentence_in_which_the_link_stands(site: Site) -> None:
    cited = "[Atkins](../evidence.md#atkins13)"
    site.write(
        site.text()
        + f"\n## More\n\nIt is warm. It helped 4 of 10 ({cited}), and [a clinic](../evidence.md#c-clinic) agrees! The rest is ours.\n"
    )
    (page,) = [page for page in site.check().techniques if page.slug == site.page.stem]
    (claim,) = form_of(page).claims
    assert claim.words == "It helped 4 of 10 (Atkins), and a clinic agrees!"
    assert [source.key for source in claim.sources] == ["ATKINS13", "C-CLINIC"]
    text = shown(form_of(page))
    assert "ATKINS13 Atkins DV 2013: read by us" in text
    assert "read as a copy or report (read as a report)" in text


def test_what_is_our_own_choice_is_listed_with_what_it_speaks_of(site: Site) -> None:
    paragraph = "Wait 72 hours. This is our cautious limit. Our cautious rule: rest. Nothing else."
    site.write(f"{site.text()}\n## More\n\n{paragraph}\n\n- Start with half. These are our cautious limits.\n")
    (page,) = [page for page in site.check().techniques if page.slug == site.page.stem]
    assert form_of(page).choices == (
        "Wait 72 hours. This is our cautious limit.",
        "Our cautious rule: rest.",
        "Start with half. These are our cautious limits.",
    )
    assert lines(form_of(page), DOSE)[0] == "Pain from the massage: at most 2 out of 10 (our cautious limit)"


def test_the_form_lists_what_has_to_be_opened_first_with_its_address(site: Site) -> None:
    sources = site.root / "docs" / "sources.yml"
    sources.write_text(sources.read_text("utf-8").replace("  checked: read", "  open_first: true\n  checked: read"), "utf-8")
    (page,) = [page for page in site.check().techniques if page.slug == site.page.stem]
    form = form_of(page)
    assert [source.key for source in form.to_open] == ["ATKINS13"]
    assert "https://example.org/atkins" in shown(form).partition("Sources to open")[2]


@pytest.mark.parametrize("slug", SIGNABLE)
def test_the_lines_of_the_form_pasted_into_the_page_are_a_sign_off_that_holds_until_the_words_change(slug: str, tmp_path: Path) -> None:
    pasted = form_for(slug).lines_to_paste
    for part, words in {
        "name": "Ann Able",
        "profession": "nurse",
        "register": "NMC 1",
        "date": "2026-11-20",
        "link": "https://e.org/a",
    }.items():
        pasted = pasted.replace(f"    {part}: ", f"    {part}: {words}")
    assert collapse_whitespace(form_for(slug).lines_to_paste) in shown(form_for(slug))
    original = pages()[slug].source.path
    copy = tmp_path / "docs" / original.relative_to(PROJECT / "docs")
    copy.parent.mkdir(parents=True)
    text = original.read_text("utf-8").replace("reviewed: ", f"{pasted}\nreviewed: ", 1)
    for words, holds in ((text, True), (text.replace("- you get ", "- you may get ").replace("- you have ", "- you may have "), False)):
        copy.write_text(words, "utf-8")
        outcome = check_folder(SiteContext(tmp_path / "docs", TODAY))
        (page,) = outcome.signable
        told = [problem for problem in outcome.problems if problem.id in ("KE120", "KE121")]
        assert bool(sign_off_of(page)) is holds
        assert [problem.id for problem in told] == ([] if holds else ["KE121"])


def test_a_page_of_signs_says_what_was_signed_and_leaves_its_background_free(site: Site) -> None:
    background = "## More about clots\n\n- some give no signs"
    words = f"# When to seek help\n\n## Call now if:\n\n- you have chest pain\n\n{background}\n\n## Last\n\nDo not wait.\n"
    form = safety_form(site, words)
    assert [line.words for part in form.parts for line in part.lines] == ["you have chest pain", "Do not wait."]
    assert safety_form(site, words.replace("some give", "a few give")).digest == form.digest
    assert safety_form(site, words.replace("Do not wait", "Do wait")).digest != form.digest
    signed = f"---\n{form.lines_to_paste}\n---\n\n{words}".replace("link: ", "link: https://e.org").replace("date: ", "date: 2026-11-20")
    for part in ("name", "profession", "register"):
        signed = signed.replace(f"    {part}: ", f"    {part}: A nurse")
    safety_form(site, signed.replace("chest pain", "pain"))
    (problem,) = site.check().problems
    assert (problem.path, problem.id) == ("docs/when-to-seek-help.md", "KE121")
    assert problem.what == "the signs and cautions have changed since A nurse signed them"
    safety_form(site, signed.replace("    name: A nurse\n", ""))
    assert site.ids() == ["KE120"]


def test_the_form_says_where_to_send_it_as_far_as_this_copy_knows() -> None:
    form = form_for(TECHNIQUES[0])
    assert "This copy does not know an address of the project." in shown(form)
    assert "a new issue at https://code.test/knee/issues/new" in shown(form, repo_url="https://code.test/knee/")
    assert f"https://knee.test/techniques/{TECHNIQUES[0]}/" in shown(form, site_url="https://knee.test/")
    named = {"name": "Ann Able", "role": "nurse", "email": "ann@example.org", "interests": "none"}
    html = form_html(form, {**SETTINGS, "extra": {"maintainer": named}})
    assert "Send a photo or a scan to ann@example.org." in collapse_whitespace(html)


@pytest.mark.parametrize("slug", SIGNABLE)
def test_a_form_stands_alone_and_lets_no_html_of_a_page_through(slug: str, site: Site) -> None:
    html = form_html(form_for(slug), SETTINGS)
    assert not re.search(r"<script|<link|<iframe|url\(|(?:src|href)=\"(?!data:image/)", html)
    if isinstance(pages()[slug], TechniquePage):
        assert html.count("<img ") == sum(bool(line.picture) for part in form_for(slug).parts for line in part.lines) > 0
    site.change("- ", "- 1 < 2 & `<b>bold</b>` ")
    (page,) = [page for page in site.check().techniques if page.slug == site.page.stem]
    assert "1 &lt; 2 &amp; &lt;b&gt;bold&lt;/b&gt;" in form_html(form_of(page), SETTINGS)


def test_no_form_is_written_while_a_page_has_problems(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.root)
    (site.root / "mkdocs.yml").write_text("site_name: Knee Ease\nextra: {}\n", "utf-8")
    assert review_command(["out"]) == 0
    assert {file.name for file in (site.root / "out").iterdir()} >= {"calf-stroke.html", "check-first.html", "when-to-seek-help.html"}
    site.change("## Safety note", "## Notes")
    assert review_command(["out"]) == 1
    assert "no form was written" in capsys.readouterr().err
