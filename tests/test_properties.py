"""Whatever a file holds, the checker answers: no exception, the same answer twice, lines that are there, words that can be printed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from small_site import PAGE, TREE, Site

pytestmark = pytest.mark.slow
QUIET = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TEXT = (TREE / PAGE).read_text("utf-8")
HEAD, BODY = TEXT[: TEXT.index("# Calf")], TEXT[TEXT.index("# Calf") :]


@pytest.fixture(scope="module")
def lasting_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give a site that all examples of one test share, to be quick; each writes its own page."""
    return Site(tmp_path_factory.mktemp("any") / "site")


def assert_answered(site: Site, content: str | bytes) -> None:
    """The checker answers in order, alike each time, with lines that are there and words that can be printed."""
    site.write(content)
    first = site.check_page()
    assert first.problems == site.check_page().problems
    assert first.count == 1
    assert list(first.problems) == sorted(set(first.problems))
    for problem in first.problems:
        lines = (site.root / problem.path).read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        assert 1 <= problem.line <= len(lines)
        assert (problem.path + problem.what + problem.mend).isprintable()
        assert problem.what.strip()
        assert problem.mend.strip()
        if problem.mended:
            first_line, count, _ = problem.mended
            assert 1 <= first_line <= first_line + count <= len(lines) + 1


@given(st.binary(max_size=400))
@settings(QUIET, max_examples=40)
def test_any_bytes_are_answered(lasting_site: Site, content: bytes) -> None:
    assert_answered(lasting_site, content)


@given(st.text(max_size=400))
@settings(QUIET, max_examples=40)
def test_any_text_is_answered(lasting_site: Site, text: str) -> None:
    assert_answered(lasting_site, text.encode("utf-8", "surrogatepass"))


PIECES = [
    "# ", "## ", "### ", "- ", "1. ", "2. ", "    ", "   ", "> ", "```", "---", "===", "\n", "\n\n", "*", "**", "_", "`", "[", "](", ")",
    "![", "<", ">", "\\", "&amp;", "|", "~~", ":", "{", "}", "\t", "word", "1 minute", "5 times", "Safety note",
    "Do not do this if", "Stop if", "How to do it",
]  # fmt: skip
MARKS = st.sampled_from(PIECES)


@given(st.lists(MARKS, max_size=60).map("".join))
@settings(QUIET, max_examples=80)
def test_any_markdown_is_answered(lasting_site: Site, body: str) -> None:
    assert_answered(lasting_site, HEAD + body)


VALUES = st.one_of(
    st.sampled_from(
        ["", "[]", "[", "{}", "{", "yes", "~", "null", "2", "2.5", "02", "1:30", "true", '"', "'", "&a", "*a", "!x", "|", ">", "- x", "#"]
    ),
    st.sampled_from(
        [
            ".nan",
            ".inf",
            "0x1F",
            "1e3",
            "2026-11-22",
            "2026-13-45",
            "=",
            "<<",
            "[[]]",
            "{a: 1}",
            "[a, a]",
            "? x",
            "@x",
            "`x`",
            "%x",
            "\u0085",
        ]
    ),
    st.text(max_size=20),
)
KEYS = st.sampled_from(
    ["description", "order", "works_on", "positions", "equipment", "pressure", "each_leg", "often", "reviewed", "reviewed_by", "x", "<<"]
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=8))
@settings(QUIET, max_examples=90)
def test_any_front_matter_is_answered(lasting_site: Site, entries: list[tuple[str, str]]) -> None:
    head = "".join(f"{key}: {value}\n" for key, value in entries)
    assert_answered(lasting_site, f"---\n{head}---\n{BODY}".encode("utf-8", "surrogatepass"))


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """Make the good page with some of its bytes lost, doubled, moved or changed."""
    page = TEXT.encode()
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(page)))
        end = min(len(page), start + draw(st.integers(0, 80)))
        piece = draw(
            st.sampled_from(
                [b"", page[start:end] * 2, page[start:end][::-1], b"\n", b"\r", b"\t", b"    ", b"\xff", b"\0", b"---\n", b"```\n"]
            )
        )
        page = page[:start] + piece + page[end:]
    return page


@given(mangled())
@settings(QUIET, max_examples=90)
def test_a_mangled_page_is_answered(lasting_site: Site, page: bytes) -> None:
    assert_answered(lasting_site, page)


@given(st.binary(max_size=300), st.booleans())
@settings(QUIET, max_examples=40)
def test_any_picture_is_answered(lasting_site: Site, content: bytes, begins_like_an_svg: bool) -> None:
    lasting_site.picture.write_bytes((b'<svg xmlns="http://www.w3.org/2000/svg">' if begins_like_an_svg else b"") + content)
    assert_answered(lasting_site, TEXT)


@given(st.text(max_size=200))
@settings(QUIET, max_examples=40)
def test_any_list_of_sources_is_answered(lasting_site: Site, text: str) -> None:
    (lasting_site.root / "docs" / "sources.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert_answered(lasting_site, TEXT)
