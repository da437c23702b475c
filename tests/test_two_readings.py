"""The contributor sees a preview (CommonMark), the reader sees the site (Python-Markdown): a page that passes is the same in both.

The site's side is taken from its real HTML, not from the checker's own reading of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from knee.contract.site_context import SiteContext
from knee.facts.review_dates import today_utc
from knee.rules.check import check_pages
from knee.text.front_matter import split
from knee.text.website import EXTENSION_CONFIGS, EXTENSIONS
from mistakes import with_mistakes
from rendered import on_the_code_host, on_the_site, outline
from small_site import PAGE, TESTS, TREE, Site

DOCS = TESTS.parent / "docs"
QUIET = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

ELEMENTS = {
    "h1 h2 h3 h4 h5 h6": {"id"},
    "p strong em del code pre blockquote ul li hr br table thead tbody tr": set(),
    "ol": {"start"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "th td": {"style"},
}
"""What Markdown itself makes, and nothing else: elements with their attributes."""
ALLOWED = {name: attributes for names, attributes in ELEMENTS.items() for name in names.split()}


def strange_parts(page: str) -> list[str]:
    """Give the elements and attributes of a page's HTML that Markdown does not make by itself."""
    body = LexborHTMLParser(f"<body>{page}</body>").body
    assert body is not None
    strange = []
    for node in body.traverse(include_text=False):
        tag = str(node.tag)
        if tag == "body":
            continue
        strange += (
            [tag] if tag not in ALLOWED else [f"{tag} {name}" for name in node.attributes if name not in ALLOWED[tag] | _of_code(tag)]
        )
    return strange


def _of_code(tag: str) -> set[str]:
    return {"class"} if tag == "code" else set()


PAGES = [*sorted((DOCS / "techniques").glob("[!i]*.md")), TREE / PAGE, *sorted((TESTS / "good").glob("[!R]*.md"))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_that_passes_shows_the_same_in_the_preview_and_on_the_site(path: Path) -> None:
    body = split(path.read_text("utf-8"))[1]
    assert outline(on_the_site(body)) == outline(on_the_code_host(body))


DIFFERENT = ["KE202-steps-under-text", "KE203-bracket", "KE204-bullets-in-a-step", "KE205-empty-item", "KE206-open-fence"]
DIFFERENT += [path.stem for path in sorted((TESTS / "bad").glob("KE207-*.md"))]


@pytest.mark.parametrize("case", DIFFERENT)
def test_these_tests_would_see_a_page_that_is_not_the_same_in_both(case: str) -> None:
    body = split((TESTS / "bad" / f"{case}.md").read_text("utf-8"))[1]
    assert outline(on_the_site(body)) != outline(on_the_code_host(body))


@pytest.mark.parametrize("html", ["<b onclick='x()'>a</b>", "<script>x</script>", "<!-- a -->\n<div>a</div>"])
def test_these_tests_would_see_html_on_the_site(html: str) -> None:
    assert strange_parts(on_the_site(html))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_that_passes_holds_only_what_markdown_makes(path: Path) -> None:
    assert strange_parts(on_the_site(split(path.read_text("utf-8"))[1])) == []


@pytest.mark.parametrize("path", sorted((DOCS / "techniques").glob("[!i]*.md")), ids=lambda path: path.stem)
def test_the_steps_that_the_checker_counts_are_those_that_the_site_shows(path: Path) -> None:
    page = check_pages([path], SiteContext(DOCS, today_utc())).techniques[0]
    shown = LexborHTMLParser(on_the_site(page.body)).css("ol > li")
    assert [step.words for step in page.steps] == [_first_words(item) for item in shown]


def _first_words(item: LexborNode) -> str:
    return next(line for line in outline(f"<ol>{item.html}</ol>") if line.startswith("ol> words: ")).removeprefix("ol> words: ")


def test_the_checker_reads_with_the_extensions_that_the_site_is_built_with() -> None:
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda *_: None)
    config = yaml.load((TESTS.parent / "mkdocs.yml").read_text("utf-8"), Loader)
    mentioned: dict[str, object] = {"toc": None, "tables": None, "fenced_code": None}  # MkDocs' own
    for extension in config["markdown_extensions"]:
        mentioned.update(extension if isinstance(extension, dict) else {extension: None})
    assert {name for name in mentioned if not name.startswith("knee")} == set(EXTENSIONS)
    assert {name: settings for name, settings in mentioned.items() if settings} == EXTENSION_CONFIGS


@pytest.fixture(scope="module")
def lasting_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give a site that all examples of one test share, to be quick; each writes its own page."""
    return Site(tmp_path_factory.mktemp("net") / "site")


# --- pages made of good pieces ---------------------------------------------------------------------------------------------------

WORD = st.sampled_from(
    [
        "sit",
        "rest",
        "*soft*",
        "**warm**",
        "`x`",
        "[tips](../tips.md)",
        "a_b",
        "3",
        "2.5",
        "&",
        "&amp;",
        "end.",
        "é",
        "膝",
        "<https://example.org>",
    ]
)
WORDS = st.lists(WORD, min_size=1, max_size=6).map(lambda words: "Go " + " ".join(words))
BULLETS = st.lists(WORDS, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items))
MORE = st.one_of(WORDS, BULLETS).map(lambda text: "\n" + "\n".join(f"    {line}" for line in text.split("\n")) + "\n")
STEP_ITEM = st.tuples(WORDS, st.one_of(st.just(""), MORE)).map(lambda pair: "\n".join(pair))
STEP_LIST = st.lists(STEP_ITEM, min_size=2, max_size=5).map(lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)))
PIECE = st.one_of(
    WORDS,
    BULLETS,
    STEP_LIST,
    WORDS.map(lambda words: f"### {words}"),
    WORDS.map(lambda words: f"> {words}"),
    st.just("```\n## Stop if\n```"),
    st.just("| a | b |\n| --- | --- |\n| 1 | 2 |"),
    st.just("---"),
)


@pytest.mark.slow
@given(pieces=st.lists(PIECE, max_size=6))
@settings(QUIET, max_examples=60)
def test_the_two_readings_of_good_pieces_agree(lasting_site: Site, pieces: list[str]) -> None:
    text = (TREE / PAGE).read_text("utf-8") + "".join(f"\n## Part {n}\n\n{piece}\n" for n, piece in enumerate(pieces, 1))
    lasting_site.write(text)
    assert "KE207" not in {problem.id for problem in lasting_site.check_page().problems}
    body = split(text)[1]
    assert outline(on_the_site(body)) == outline(on_the_code_host(body))


# --- pages that somebody got wrong ------------------------------------------------------------------------------------------------


@st.composite
def wrong_pages(draw: st.DrawFn) -> str:
    """Make a page with one to four mistakes of the hand."""
    return with_mistakes(draw(st.sampled_from(PARENTS)), lambda things: draw(st.sampled_from(things)), lambda a, b: draw(st.integers(a, b)))


PARENTS = [split(path.read_text("utf-8"))[1] for path in PAGES if len(path.read_text("utf-8")) < 4_000]
HEAD = "---\n" + (TREE / PAGE).read_text("utf-8").split("---\n")[1] + "---\n"


def assert_the_same_or_told(site: Site, body: str) -> None:
    """The net: a page that the checker passes is the same in both readings, and plain."""
    site.write(HEAD + body)
    if site.check_page().problems:
        return
    page = on_the_site(body)
    assert strange_parts(page) == []
    assert outline(page) == outline(on_the_code_host(body))


@pytest.mark.slow
@given(body=wrong_pages())
@settings(QUIET, max_examples=200)
def test_a_mistake_of_the_hand_is_told_or_changes_nothing(body: str, lasting_site: Site) -> None:
    assert_the_same_or_told(lasting_site, body)
