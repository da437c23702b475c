"""Every rule fires alone on its own bad pages, in exactly the words that their authors read (tests/bad/README.md)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knee.contract.site_context import SiteContext
from knee.facts.review_dates import today_utc
from knee.rules import RULES
from knee.rules.check import check_folder
from knee.text import website
from photos import camera, dots, photo
from small_site import TESTS, Site

BAD = TESTS / "bad"


def too_large(site: Site) -> None:
    site.write(site.text() + "\n" + "Rest. " * 20_000)


def latin_1(site: Site) -> None:
    site.write(site.text().replace("Long, slow", "Long, sl\xf6w").encode("latin-1"))


def nul(site: Site) -> None:
    site.change("the pain is sharp", "the pain is\0 sharp")


def utf_16(site: Site) -> None:
    site.write(site.text().encode("utf-16"))


def keeps_the_reader_busy(site: Site) -> None:
    site.write(site.text() + "\n" + "<a " * 30_000)


def lone_return(site: Site) -> None:
    site.change("the pain is sharp\n", "the pain is sharp\r")


def symbolic_link(site: Site) -> None:
    (site.techniques / "secret.md").symlink_to("/etc/hostname")


def shown(site: Site, content: bytes, kind: str = "png") -> None:
    """Show one more picture on the page."""
    picture = f"![The same person lies on a bed with the calf on a cushion.](calf-stroke-bed.{kind})"
    site.change("- Sit on a bed.", f"- Sit on a bed.\n\n{picture}")
    (site.techniques / f"calf-stroke-bed.{kind}").write_bytes(content)


def html_in_a_name(site: Site) -> None:
    site.change(
        "- Sit on a bed.", "- Sit on a bed.\n\n![The same person lies on a bed.](calf-stroke-%22%3E%3Cimg%20src=x%20onerror=a()%3E.svg)"
    )
    shutil.copy(site.picture, site.techniques / 'calf-stroke-"><img src=x onerror=a()>.svg')


def png_too_large(site: Site) -> None:
    shown(site, photo().ljust(150_001, b"\0"))


def cut_off(site: Site) -> None:
    shown(site, photo()[:400])


def flashing_png(site: Site) -> None:
    shown(site, photo(save_all=True, append_images=[dots(seed=2)]))


def webp_with_a_place(site: Site) -> None:
    shown(site, photo("webp", exif=camera()), "webp")


def small_png(site: Site) -> None:
    shown(site, photo(size=(64, 480)))


def clear_png(site: Site) -> None:
    shown(site, photo(transparency=0, colours=1))


MADE: dict[str, Callable[[Site], None]] = {
    "KE001-too-large": too_large,
    "KE002-latin-1": latin_1,
    "KE003-nul": nul,
    "KE003-utf-16": utf_16,
    "KE005-keeps-the-reader-busy": keeps_the_reader_busy,
    "KE006-lone-return": lone_return,
    "KE501-html-in-a-name": html_in_a_name,
    "KE504-png-too-large": png_too_large,
    "KE505-png-cut-off": cut_off,
    "KE509-png-of-two-frames": flashing_png,
    "KE510-webp-with-a-place": webp_with_a_place,
    "KE511-small-png": small_png,
    "KE512-clear-png": clear_png,
    "KE603-symbolic-link": symbolic_link,
}
"""Cases that cannot be kept as files."""

KEPT = sorted(path for path in BAD.iterdir() if path.is_dir() or (path.suffix == ".md" and path.stem != "README"))
CASES = sorted([*(path.stem for path in KEPT), *MADE])


def words_of(case: str) -> str:
    """Return everything that the author of a case reads, as it is kept."""
    return (BAD / f"{case}.txt").read_text("utf-8")


def lay_over(site: Site, case: str) -> None:
    """Turn the good site into the bad one of a case."""
    if case in MADE:
        MADE[case](site)
    elif (BAD / case).is_dir():
        shutil.copytree(BAD / case, site.root / "docs", dirs_exist_ok=True)
    else:
        shutil.copy(BAD / f"{case}.md", site.page)


@pytest.mark.parametrize("case", CASES)
def test_the_author_of_a_bad_page_reads_exactly_this(
    case: str, site: Site, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if case.startswith("KE005"):
        monkeypatch.setattr(website, "PATIENCE", 0.05)  # it would keep the reader busy for ever, and is stopped sooner
    lay_over(site, case)
    told = site.problems()
    expected = BAD / f"{case}.txt"
    if request.config.getoption("--rewrite-bad"):
        expected.write_text(told, "utf-8")
    assert told == expected.read_text("utf-8")


def test_one_mistake_gives_one_message_of_the_rule_that_the_case_is_named_after() -> None:
    """A problem is two lines: what was found, and what to do."""
    message = r"docs/[^\n]+:[0-9]+: {} [^\n]+\n    [^\n]+\n"
    assert [case for case in CASES if not re.fullmatch(message.format(case[:5]), words_of(case))] == []


def test_every_rule_has_a_bad_page() -> None:
    assert sorted({case[:5] for case in CASES}) == sorted(RULES)


def test_every_message_kept_belongs_to_a_case() -> None:
    assert sorted(path.stem for path in BAD.glob("*.txt")) == CASES


def test_the_words_are_plain() -> None:
    jargon = re.compile(r" (lint|schema|invalid|parse|yaml|regex|token)", re.IGNORECASE)
    assert {case: found for case in CASES if (found := jargon.findall(words_of(case)))} == {}


def test_a_good_site_has_no_problems(site: Site) -> None:
    assert site.problems() == ""


def test_several_mistakes_are_all_told_in_one_run(site: Site) -> None:
    site.change("pressure: 2", "pressure: 7")
    site.change("## How to do it", "## How to")
    site.change("- the pain is sharp", "- TODO")
    assert site.ids() == ["KE112", "KE319", "KE306"]


SAFETY_NOTE = ("## Safety note", "### Do not do this if", "### Stop if")


def without(text: str, *starts: str) -> str:
    """Give a page without its lines that begin with one of these."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(starts))


def places(site: Site, text: str) -> list[tuple[int, str]]:
    site.write(text)
    return [(problem.line, problem.id) for problem in site.check().problems]


def test_what_is_missing_is_told_after_the_last_line_of_what_is_there(site: Site) -> None:
    bare = without(site.text(), "![", *SAFETY_NOTE)
    assert places(site, bare) == [(17, "KE303"), (17, "KE305")]
    two_paragraphs = bare.replace("It feels warm", "\n\nIt feels warm")
    assert places(site, two_paragraphs) == [(19, "KE303"), (19, "KE305")]
    assert places(site, without(bare, "You stroke")) == [(14, "KE303"), (14, "KE305"), (15, "KE302")]


def test_what_is_missing_from_a_page_of_nothing_but_front_matter_is_told_where_it_should_begin(site: Site) -> None:
    front = site.text().partition("# Calf")[0]
    assert places(site, front) == [(14, "KE301"), (14, "KE303"), (14, "KE305"), (14, "KE305")]


def test_a_list_that_only_the_site_sees_elsewhere_hides_no_missing_list(site: Site) -> None:
    text = without(site.text(), "- the pain", "- your foot").replace("- Sit on a bed.", "1234567890. Sit on a bed.")
    assert places(site, text) == [(28, "KE310"), (44, "KE207")]


def test_a_part_that_is_missing_hides_no_empty_one(site: Site) -> None:
    assert places(site, without(site.text(), "### Do not", "- the pain", "- your foot")) == [(21, "KE305"), (27, "KE310")]


def test_filler_is_told_once_for_a_line(site: Site) -> None:
    assert places(site, site.text().replace("Not sure?", '[TODO](../tips.md "TODO")')) == [(33, "KE319")]


def test_filler_in_a_sign_off_is_told_on_its_own_line(site: Site) -> None:
    signed = (TESTS / "good" / "signed-by-a-clinician.md").read_text("utf-8")
    assert places(site, signed.replace("name: Ann Able", "name: TODO")) == [(14, "KE319")]


@pytest.mark.parametrize(("end", "told"), [("slow.", []), ("*slow*.", [(9, "KE122")])])
def test_a_long_text_of_the_front_matter_is_plain_as_well(end: str, told: list[tuple[int, str]], site: Site) -> None:
    assert places(site, site.text().replace("2 or 3 days a week", "slow, " * 90 + end)) == told


def test_a_page_whose_name_has_no_letter_for_an_address_is_given_one(site: Site) -> None:
    site.page.rename(site.techniques / "膝.md")
    assert "name the file `my-technique.md`" in site.problems()


def test_a_hidden_heading_hides_no_other_that_is_missing(site: Site) -> None:
    text = without(site.text(), "## How to do it").replace("### Stop if", "> ### Stop if")
    assert places(site, text) == [(28, "KE305"), (45, "KE305")]


def test_one_difference_is_told_for_a_section_and_others_in_other_sections(site: Site) -> None:
    twice = "1234567890. Sit on a bed.\n\nThen rest.\n\n1234567890. Lie down."
    text = site.text().replace("- Sit on a bed.", f"{twice}\n\n## Afterwards\n\n{twice}")
    assert places(site, text) == [(46, "KE207"), (54, "KE207")]


PICTURE = "![A person sits with 1 foot on a stool. Both palms hold the calf. An arrow points up.](calf-stroke.svg)"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("It feels warm", "It feels [warm](../my tips.md)", [(17, "KE208"), (17, "KE303")]),
        ("It feels warm", "It feels <b>warm</b>", [(17, "KE303"), (17, "KE401")]),
        ("- Sit on a bed.", f"- Sit on a bed.\n\n{PICTURE.replace('](', '] (')}", [(17, "KE303"), (48, "KE208")]),
        ("- Sit on a bed.", '- Sit on a bed.\n\n<img src="calf-stroke.svg">', [(17, "KE303"), (48, "KE401")]),
        ("It feels warm", f"{PICTURE.replace('](', '] (')} It feels warm", [(17, "KE208")]),
        ("It feels warm", '<IMG src="calf-stroke.svg"> It feels warm', [(17, "KE401")]),
    ],
)
def test_another_mistake_hides_no_missing_picture_but_one_in_the_picture_does(
    old: str, new: str, told: list[tuple[int, str]], site: Site
) -> None:
    assert places(site, site.text().replace(PICTURE, "").replace(old, new)) == told


def test_one_long_step_of_a_page_is_told_beside_the_steps_that_are_missing(site: Site) -> None:
    text = without(site.text(), "2. ", "    Keep", "3. ").replace("on a stool.", f"on a stool {'and rest ' * 7}for 1 minute.")
    assert places(site, text) == [(37, "KE313"), (37, "KE315")]


def test_reasons_and_signs_in_a_table_are_sent_to_their_two_lists(site: Site) -> None:
    text = without(site.text(), "### ", "- the pain", "- your foot", "- your calf", "- you have")
    site.write(text.replace("Not sure?", "| Do not | Stop |\n| - | - |\n| if it is hot | if it hurts |\n\nNot sure?"))
    told = site.problems().splitlines()
    assert [line.split(" ")[1] for line in told[::2]] == ["KE305", "KE305"]
    assert all(
        "move its words there from the table on line 27, and delete the table once both lists are written" in line for line in told[1::2]
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("x" * 46, f"`**{'x' * 46}**`"),
        ("x" * 47, f"`**{'x' * 47}…`"),
        ("a `calf` stroke", "`**a 'calf' stroke**`"),
    ],
)
def test_long_words_are_cut_where_they_only_show_the_place(title: str, shown: str, site: Site) -> None:
    site.change("# Calf stroke", f"**{title}**")
    assert site.problems().startswith(f"docs/techniques/calf-stroke.md:15: KE301 {shown} is bold text")


def test_a_picture_that_a_page_names_with_another_ending_hides_no_stray_file(site: Site) -> None:
    site.change("- Sit on a bed.", "- Sit on a bed.\n\n![The same person lies on a bed with the calf on a cushion.](./calf-stroke-bed.gif)")
    for name in ("calf-stroke-bed.gif", "foot-rub.csv"):
        (site.techniques / name).write_bytes(b"GIF89a")
    assert [(problem.id, problem.path) for problem in site.check().problems] == [
        ("KE503", "docs/techniques/calf-stroke.md"),
        ("KE602", "docs/techniques/foot-rub.csv"),
    ]


def test_pages_without_a_title_hide_no_two_pages_with_the_same(site: Site) -> None:
    other = site.techniques / "a-page.md"
    other.write_text(without(site.text(), "# ", "!["), "utf-8")
    third = site.techniques / "foot-rub.md"
    third.write_text(without(site.text(), "!["), "utf-8")
    assert [(problem.path, problem.id) for problem in site.check().problems if problem.id in ("KE301", "KE604")] == [
        ("docs/techniques/a-page.md", "KE301"),
        ("docs/techniques/foot-rub.md", "KE604"),
    ]


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<div>\n<b>soft</b>\n</div>", [48]),
        ("Press <b>softly</b>.\n\nThen <i>rest</i>.", [48, 50]),
        ("Press <b\nid='x'>softly.", [48]),
        ("<!-- a\nremark -->\n\n<b>Rest</b>.", [48, 51]),
    ],
)
def test_a_piece_of_html_is_told_once_and_the_next_as_well(html: str, told: list[int], site: Site) -> None:
    assert places(site, f"{site.text()}\n{html}\n") == [(line, "KE401") for line in told]


def test_the_pages_of_this_site_have_no_problems() -> None:
    docs = Path(__file__).parents[1] / "docs"
    assert [str(problem) for problem in check_folder(SiteContext(docs, today_utc())).problems] == []


OTHER_PAGES = ("404.html", "about.html", "technique-filter.html")
"""Templates that stand on no page of a technique."""
TEMPLATES = [path for path in (TESTS.parent / "overrides").rglob("*.html") if path.name not in OTHER_PAGES]


@pytest.mark.parametrize("own", sorted({own for path in TEMPLATES for own in re.findall(r'\bid="([a-z-]+)"', path.read_text("utf-8"))}))
def test_no_heading_takes_an_id_of_a_template(own: str, site: Site) -> None:
    words = own.replace("-", " ")
    site.change("## Make it easier", f"## {words.title()}" if own != "safety-note" else "## Safety, note")
    assert site.ids() == ["KE321"]
