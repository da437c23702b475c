"""Pages and pictures made to do harm are refused with plain words, soon, and in little memory: never a traceback."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from knee.pictures.judged import judged
from knee.text import website
from knee.text.code_host import read_code_host
from machine_speed import slowness
from small_site import PAGE, TESTS, TREE, Site

HOOKS = TESTS.parent / "hooks"
SECONDS = 5.0
BYTES = 500_000_000
TEXT = (TREE / PAGE).read_text("utf-8")
PICTURE = (TREE / PAGE).with_suffix(".svg").read_text("utf-8")
BED = "- Sit on a bed."


def assert_plain(site: Site, *, alone: bool = False) -> set[str]:
    """What is told is plain: two lines a problem, without marks that a terminal would act on. Give the ids."""
    problems = (site.check_page() if alone else site.check()).problems
    for problem in problems:
        assert str(problem).replace("\n", "", 1).isprintable()
        assert "Traceback" not in str(problem)
    return {problem.id for problem in problems}


def refused(site: Site, *rules: str, alone: bool = False) -> None:
    """The site breaks at least one of these rules, and what is told is plain; `alone`, only the page is looked at, which is quicker."""
    assert assert_plain(site, alone=alone) & set(rules), site.problems()


# --- HTML and scripts ---------------------------------------------------------------------------------------------------------------

HTML = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//example.org/x></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></mtext></math>",
    "<iframe srcdoc='x'></iframe>",
    "<style>@import 'x'</style>",
    "<div markdown='1' onclick='x()'>a</div>",
    "<a href='javascript:alert(1)'>a</a>",
    "<details open ontoggle=alert(1)>",
    "<!-- a remark -->",
    "<!--> <script>alert(1)</script> -->",
    "<![CDATA[ <b> ]]>",
    "<!DOCTYPE html>",
    "<?php x ?>",
    "</p><script>alert(1)</script>",
    "<b",
    "<img\nsrc=x\nonerror=alert(1)>",
    "**a <b>c</b> d**",
    "[a <b>c</b>](../tips.md)",
    "`a` <b>c</b> `d`",
    "\\`<b>c</b>\\`",
    "    <b>one</b>\n\n<i>two</i>",
    "> <script>alert(1)</script>",
    "- <script>alert(1)</script>",
    "| a |\n| - |\n| <b>c</b> |",
    "<x-y>a</x-y>",
    "<form action=x><input name=y></form>",
]


@pytest.mark.parametrize("html", HTML)
def test_html_is_refused(html: str, site: Site) -> None:
    site.change(BED, html)
    if html == "<b":  # never closed: no reader makes HTML of it
        assert site.ids() == []
    else:
        refused(site, "KE401", alone=True)


def test_html_on_the_last_line_is_refused_where_the_code_host_sees_the_block_before_it_end_too_late(site: Site) -> None:
    site.write(f"{TEXT}\n- ```\n<b>")
    refused(site, "KE401", alone=True)


@pytest.mark.parametrize(
    "text",
    [
        "{: onclick='x()' }",
        '{ onclick="x()" }',
        "{:.x}",
        "{#x}",
        "[a](../tips.md){ .x }",
        "## A heading {: #x }",
        "![A calf and 2 hands that hold it.](calf-stroke.svg){ onload=x() }",
        "\\`{: .x }\\`",
        "> {: .x }",
        "{ a\n{: .x }",
    ],
)
def test_attribute_lists_are_refused(text: str, site: Site) -> None:
    site.change(BED, f"Some words.\n\n{text}")
    refused(site, "KE402", alone=True)


@pytest.mark.parametrize(
    "text", ["!!! note", "    !!! note", "??? a", "???+ a", '=== "A"', "> !!! note", "1. !!! note", "/// note\nx\n///", '!!! danger "x"']
)
def test_blocks_and_tabs_are_refused(text: str, site: Site) -> None:
    site.change(BED, f"Some words.\n\n- x\n\n{text}")
    refused(site, "KE403", alone=True)


@pytest.mark.parametrize(
    "text", ['--8<-- "/etc/passwd"', "-8<- x", "```\n--8<-- 'x'\n```", "    --8<-- 'x'", "a `--8<--` b", "--8<--\nx\n--8<--", ";--8<-- 'x'"]
)
def test_includes_are_refused_wherever_they_stand(text: str, site: Site) -> None:
    site.change(BED, text)
    refused(site, "KE404", alone=True)


def test_an_include_in_the_front_matter_is_refused(site: Site) -> None:
    site.change("often: 2 or 3 days a week", "often: --8<-- 'x'")
    refused(site, "KE404", alone=True)


# --- links and pictures that lead elsewhere ---------------------------------------------------------------------------------------------

TARGETS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "&amp;#106;avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java\u00adscript:alert(1)",
    "\x01javascript:alert(1)",
    "java\x02script:alert(1)",
    "<java script:alert(1)>",
    "< javascript:alert(1)>",
    "javascript\\:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "blob:x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "http://example.org/",
    "HTTP://example.org/",
    "https:example.org",
    "https:/example.org",
    "https://",
    "https://a@b.c/",
    "//example.org/x",
    "\\\\\\\\example.org/x",
    "/\\\\example.org",
    "&sol;&sol;example.org",
    "/tips.md",
    "intent://x",
    "tel:123",
]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    "shape", ["[a]({})", "[a][b]\n\n[b]: {}", "[b]: {}", "> [b]: {}", "[![A calf and 2 hands that hold it.](calf-stroke.svg)]({})"]
)
def test_a_link_that_leads_elsewhere_is_refused_however_it_is_written(shape: str, target: str, site: Site) -> None:
    site.change(BED, shape.format(target))
    is_html = target.startswith("<java ") and "[b]: " in shape  # no address may hold a space: it is a tag with an odd name
    refused(site, "KE401" if is_html else "KE405", alone=True)


@pytest.mark.parametrize("text", ["<javascript:alert(1)>", "<data:text/html,x>", "<http://example.org>", "<file:///etc/passwd>"])
def test_an_address_in_angle_brackets_is_judged_as_well(text: str, site: Site) -> None:
    site.change(BED, text)
    refused(site, "KE405", "KE401", alone=True)


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/calf-stroke.svg",
        "//example.org/calf-stroke.svg",
        "data:image/svg+xml,x",
        "../assets/calf-stroke.svg",
        "%2e%2e/calf-stroke.svg",
        "/calf-stroke.svg",
        "shin-rub.svg",
        "calf-stroke.svg?x",
        "calf-stroke.svg#x",
        "javascript:calf-stroke.svg",
        "calf-strokes.svg",
    ],
)
def test_a_picture_from_elsewhere_is_refused(target: str, site: Site) -> None:
    site.change("(calf-stroke.svg)", f"({target})")
    refused(site, "KE501", alone=True)


# --- poisoned pictures ------------------------------------------------------------------------------------------------------------------

SVG_NAME = "http://www.w3.org/2000/svg"
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
POISON = [
    "<script>alert(1)</script>",
    "<SCRIPT/>",
    f'<s:script xmlns:s="{SVG_NAME}">alert(1)</s:script>',
    '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
    '<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>',
    '<h:b xmlns:h="http://www.w3.org/1999/xhtml"/>',
    "<foreignObject><p/></foreignObject>",
    '<handler type="application/ecmascript"/>',
    '<g onclick="x()"/>',
    '<g ONLOAD="x()"/>',
    '<g x:onload="x()" xmlns:x="urn:x"/>',
    '<set attributeName="onclick" to="x()"/>',
    '<set attributeName=" onclick " to="x()"/>',
    '<set attributeName="href" to="//example.org/x.svg#a"/>',
    '<animate attributeName="xlink:href" values="javascript:alert(1)"/>',
    '<animate attributeName="fill" values="url(https://example.org/x)"/>',
    '<a href="https://example.org"/>',
    f'<a {XLINK} xlink:href="javascript:alert(1)"/>',
    '<a xmlns:y="http://www.w3.org/1999/xlink" y:href="//example.org"/>',
    '<image href="x.png"/>',
    '<use href="other.svg#a"/>',
    f'<use {XLINK} xlink:href="&#x68;ttps://example.org#a"/>',
    '<image href="data:image/png;base64,AAAA"/>',
    '<image href=" d&#97;ta:image/svg+xml,x"/>',
    '<g xml:base="https://example.org/"/>',
    '<feImage href="https://example.org/x"/>',
    '<g style="fill:url(https://example.org/x)"/>',
    '<g style="fill:url( &quot;x.svg#a&quot; )"/>',
    '<g style="fill:\\75rl(x)"/>',
    '<g style="fill:URL(//example.org)"/>',
    '<g style="background:url(data:x)"/>',
    "<g style=\"background:image-set('x.png' 1x)\"/>",
    '<g fill="url(x.svg#a)"/>',
    '<g filter="url(//example.org#f)"/>',
    "<g style=\"font-family:'/*';fill:url(//example.org);x:'*/'\"/>",
    '<style>@import "x.css";</style>',
    "<style>@IMPORT url(x)</style>",
    "<style><![CDATA[ @import 'x'; ]]></style>",
    "<style>.a { fill: url(//example.org/x) }</style>",
    "<style>@font-face { src: url(x) }</style>",
    "<style>@\\69mport 'x'</style>",
    "<style>.a{fill:u<g/>rl(x)}</style>",
    "<style>/* */ .a { background: url(/* */x) }</style>",
    "<?xml-stylesheet href='x.css'?>",
    "<?php x ?>",
    '<g style="behavior:url(x)"/>',
    '<g style="width:expression(x)"/>',
]


TRACES = re.compile(
    r"script|\bon\w+=|https?:|//example|javascript|xml:base|@import|@font-face|behavior|expression|image-set|data:|<[?!]|[{;:\"]\s*url\((?!#)|href=\"(?!#)",
    re.IGNORECASE,
)
"""What no drawing holds that is published, whatever was sent."""


@pytest.mark.parametrize("poison", POISON)
def test_a_poisoned_svg_is_refused_or_its_poison_falls_away(poison: str, site: Site) -> None:
    """What no still drawing needs and no browser draws (a link, a base, a font) is left out of what is published; the rest is refused."""
    site.picture.write_text(PICTURE.replace("  <path", f"  {poison}\n  <path"), "utf-8")
    published = judged(site.picture.read_bytes()).published
    if site.ids():
        refused(site, "KE506", "KE509", "KE514")
        assert published is None
    else:
        assert published
        assert not TRACES.search(published.decode().replace(f'xmlns="{SVG_NAME}"', ""))


LAUGHS = '<!DOCTYPE svg [<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9)) + "]>"
WHOLE = {
    "a doctype": "<!DOCTYPE svg>\n" + PICTURE,
    "an entity": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n' + PICTURE.replace("calf", "&x;"),
    "a billion laughs": LAUGHS + PICTURE.replace("calf", "&a8;"),
    "an unknown entity": PICTURE.replace("calf", "&x;"),
    "a web page": "<html><body onload='alert(1)'></body></html>",
    "a script": "alert(1)",
    "nothing": "",
    "half": PICTURE[:60],
    "two roots": PICTURE + PICTURE,
    "utf-7": '<?xml version="1.0" encoding="UTF-7"?>\n' + PICTURE,
    "another alphabet": '<?xml version="1.0" encoding="cp037"?>\n' + PICTURE,
    "100,000 levels": PICTURE.replace("<path", "<g>" * 9_000 + "<path"),
    "a style sheet before the root": "<?xml-stylesheet href='x'?>\n" + PICTURE,
    "another root": PICTURE.replace("<svg", "<html").replace("</svg", "</html"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_is_no_plain_svg_is_refused(kind: str, site: Site) -> None:
    site.picture.write_text(WHOLE[kind], "utf-8")
    refused(site, "KE503", "KE505", "KE506", "KE513", alone=True)


def test_a_poisoned_svg_in_utf_16_is_refused(site: Site) -> None:
    site.picture.write_bytes(PICTURE.replace("<path", "<script>alert(1)</script><path").encode("utf-16"))
    refused(site, "KE506")


@pytest.mark.parametrize("content", [b"MZ\x90\0", b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\0" * 100, PICTURE.encode()])
def test_a_file_under_a_picture_s_name_is_refused(content: bytes, site: Site) -> None:
    site.change(BED, "![The same person lies on a bed with the calf on a cushion.](calf-stroke-bed.png)")
    (site.techniques / "calf-stroke-bed.png").write_bytes(content)
    refused(site, "KE503")


# --- front matter -----------------------------------------------------------------------------------------------------------------------

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1 if n else str()}, ' * 9}]\n" for n in range(9))


@pytest.mark.parametrize(
    "line",
    [
        "pressure: !!python/object/apply:os.system ['true']",
        "pressure: !!python/name:os.system",
        "pressure: !x 2",
        "pressure: !!binary aGk=",
        "pressure: &a 2",
        "pressure: *a",
        "<<: *a",
        "pressure: !!set {a, b}",
        "%TAG ! tag:x,2000:\npressure: 2",
        BOMB,
    ],
)
def test_values_that_build_or_refer_to_something_are_refused(line: str, site: Site) -> None:
    site.change("pressure: 2", line)
    refused(site, "KE102")


# --- files ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32", "shift-jis"])
def test_another_encoding_is_refused(encoding: str, site: Site) -> None:
    site.write(site.text().replace("warm", "é" if encoding in ("latin-1", "cp1252") else "膝").encode(encoding))
    refused(site, "KE002", "KE003")


def test_a_link_to_a_file_elsewhere_is_neither_read_nor_published(site: Site, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret words", "utf-8")
    (site.techniques / "stolen.md").symlink_to(secret)
    refused(site, "KE603")
    assert "secret words" not in site.problems()


def test_a_picture_that_is_a_link_to_another_file_is_refused(site: Site, tmp_path: Path) -> None:
    site.picture.rename(tmp_path / "elsewhere.svg")
    site.picture.symlink_to(tmp_path / "elsewhere.svg")
    refused(site, "KE603")


def test_a_link_in_a_page_s_text_cannot_reach_through_a_symbolic_link(site: Site, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.md").write_text("# X\n", "utf-8")
    (site.root / "docs" / "door").symlink_to(tmp_path / "outside")
    site.change(BED, "[x](../door/x.md)")
    refused(site, "KE406")


# --- size and depth ---------------------------------------------------------------------------------------------------------------------


def filled(sign: str, size: int = 97_000) -> str:
    return sign * (size // len(sign)) if sign else ""


DEEP = 10_000
LONG: dict[str, str] = {
    "5 MB of words": filled("Rest. ", 5_000_000),
    "5 MB of brackets": filled("[", 5_000_000),
    "one line of quotes": "> " * DEEP + "x",
    "one line of bullets": "- " * DEEP + "x",
    "one line of numbers": "1. " * DEEP + "x",
    "quotes and bullets": "> - " * DEEP + "x",
    "bullets on lines of their own": "\n".join("  " * level + "- x" for level in range(300)),
    "bullets further and further in": "\n".join(" " * level + "- x" for level in range(430)),
    "quotes on lines of their own": "\n".join(">" * level + " x" for level in range(430)),
    "brackets": "[" * DEEP + "x" + "]" * DEEP,
    "brackets after closed ones": "]" * 40_000 + "[" * 40_000,
    "brackets in pictures": "![" * DEEP + "x" + "](y)" * DEEP,
    "emphasis": "*a " * DEEP + "x" + " a*" * DEEP,
    "strong": "**a " * DEEP + "x" + " a**" * DEEP,
    "headings": "## x\n" * DEEP,
    "the contract's headings": "## Stop if\n" * 8_000,
    "near misses": "## Safety nte\n" * 6_000,
    "tables": "| a |\n| - |\n| b |\n\n" * 4_000,
    "links": filled("[a](b) "),
    "links to pages that are not there": "".join(f"[a](../p{n}.md)\n" for n in range(5_000)),
    "pictures": filled("![a](b.svg)\n"),
    "references": "".join(f"[a{n}]: x{n}\n" for n in range(7_000)),
    "codes": filled("`a"),
    "runs of backticks": "".join("`" * n + " " for n in range(1, 430)),
    "backticks": filled("`"),
    "curly brackets": filled("{"),
    "curly brackets and spaces": filled("{ "),
    "dots": "## " + filled(".", 90_000) + "a",
    "entities": filled("&#106;"),
    "html": filled("<x>"),
    "html remarks": filled("<!--"),
    "open html": filled("<a "),
    "half links": filled("[a]("),
    "half references": filled("[a]["),
    "exclamations": filled("!["),
    "open brackets": filled("["),
    "brackets of 20": filled("[" * 20 + "\n\n", 30_000),
    "backslashes": filled("\\"),
    "mixed emphasis": filled("*_"),
    "underlined lines": filled("-a\n=\n"),
    "marks of a merge conflict": filled("=======\n"),
    "struck words with a backslash": filled("~~a\\*b~~ "),
    "struck words on many lines": filled("~~a\\*b~~\n"),
    "filler": filled("TODO\n"),
    "spaces": filled(" "),
    "tabs": filled("\t"),
    "fences": filled("```\n"),
    "lorem": filled("lorem "),
}
"""Pages of up to 100 kB, or far more, that keep a careless program busy for minutes or stop it."""


BUSY = {
    *("quotes and bullets", "quotes on lines of their own", "brackets", "brackets after closed ones", "headings"),
    *("the contract's headings", "near misses", "tables", "links", "links to pages that are not there", "references", "codes"),
    *("runs of backticks", "entities", "html", "open html", "half links", "half references", "exclamations", "open brackets"),
    *("backslashes", "mixed emphasis", "underlined lines", "fences", "bullets", "steps", "bad indents"),
    "marks of a merge conflict",
}
"""Those that keep the site's Markdown reader busy for longer than a moment, and most for ever."""
IMPATIENT = 0.05


def seconds_used() -> float:
    """Give the seconds that this process and its children have worked: what else the machine does is left out."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


@pytest.fixture
def soon(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold what a test does to the limit of seconds. A busy reading is stopped at once, and the seconds that this saves count."""
    saved = 0.0
    if request.node.callspec.params.get("kind") in BUSY:
        saved = website.PATIENCE - IMPATIENT
        monkeypatch.setattr(website, "PATIENCE", IMPATIENT)
    slow, start = slowness(), seconds_used()
    yield
    assert seconds_used() - start + saved < SECONDS * max(slow, slowness())


@pytest.mark.usefixtures("soon")
@pytest.mark.slow
@pytest.mark.parametrize("sign", ["[a](", "<a ", "![", "[", "[a][", "-a\n=\n", "**a", "*_", "<http://", "`a", "\\"])
def test_a_page_that_is_just_short_enough_to_be_read_at_once_is_read_soon(sign: str, site: Site) -> None:
    body = TEXT[TEXT.index("# Calf") :]
    site.write(f"{TEXT}\n{filled(sign, website.LONG_PAGE - len(body) - 10)}\n")
    assert_plain(site, alone=True)


STEPS: dict[str, str] = {
    "bullets": "- x\n" * (2 * DEEP),
    "steps": "1. x\n" * DEEP,
    "bad indents": "- x\n  - y\n" * 8_000,
    "digits": "1. " + filled("1"),
    "signs for a range": "1. " + filled("1-"),
}
"""The same, in the place of the steps."""


@pytest.mark.usefixtures("soon")
@pytest.mark.slow
@pytest.mark.parametrize("kind", LONG)
def test_a_page_that_is_too_much_is_answered_soon(kind: str, site: Site) -> None:
    site.write(f"{TEXT}\n{LONG[kind]}\n")
    assert_plain(site, alone=True)


@pytest.mark.usefixtures("soon")
@pytest.mark.slow
@pytest.mark.parametrize("kind", STEPS)
def test_steps_that_are_too_much_are_answered_soon(kind: str, site: Site) -> None:
    site.change("1. Sit on", f"{STEPS[kind]}\n1. Sit on")
    assert_plain(site, alone=True)


@pytest.mark.parametrize(
    "words", ["~~a\\*b~~ ", "~~a\\*b~~\n", "~~a\\*b~~\n\n", "| ~~a\\*b~~ |\n| - |\n\n", "- ~~a\\*b~~\n", "[a](b\\_c)\n"]
)
@pytest.mark.parametrize("before", ["", "a\n"])
def test_the_code_hosts_reader_takes_no_more_than_in_proportion(before: str, words: str) -> None:
    """Its time grows with the length of a page, and not with its square: 16 times as long takes 16 times as long, and not 256 times."""

    def seconds(size: int) -> float:
        started = time.process_time()
        read_code_host(filled(before, size // 2) + filled(words, size // 2))
        return time.process_time() - started

    assert seconds(96_000) < 64 * max(0.001, *(seconds(6_000) for _ in range(3)))


FRONT = {
    "keys": "".join(f"k{n}: 1\n" for n in range(9_000)),
    "keys that are nearly right": "".join(f"presure{n}: 1\n" for n in range(5_000)),
    "one key again and again": "pressure: 1\n" * 7_000,
    "brackets": "often: " + "[" * DEEP,
    "braces": "often: " + "{a: " * DEEP,
    "indents": "\n".join(" " * level + f"k{level}:" for level in range(430)),
    "lists on one line": "often: \n" + "- " * DEEP + "x",
    "questions": "? " * DEEP + "x",
    "words of a list": "sources: [" + "A, " * 30_000 + "A]",
    "sources that are not there": "sources: [" + "".join(f"A{n}, " for n in range(10_000)) + "A]",
    "a long text": "often: " + filled("slow ", 90_000),
    "a long text of signs": "often: '" + filled("[a](", 90_000) + "'",
    "a long text of stars": "often: '" + filled("**a", 90_000) + "'",
    "quotes": "often: " + filled("'", 90_000),
    "colons": "often: " + filled("a: ", 90_000),
    "hashes": "often: " + filled(" #", 90_000),
    "digits": "order: " + filled("1", 90_000),
    "sixties": "order: 1" + filled(":10", 90_000),
    "anchors": "often: " + filled("&a ", 90_000),
    "long lines": "often: >\n" + "  slow\n" * 10_000,
}


@pytest.mark.usefixtures("soon")
@pytest.mark.slow
@pytest.mark.parametrize("kind", FRONT)
def test_front_matter_that_is_too_much_is_answered_soon(kind: str, site: Site) -> None:
    key = FRONT[kind].partition(":")[0]
    kept = [line for line in TEXT.split("\n") if not line.startswith(f"{key}:")]
    site.write("\n".join([*kept[:2], FRONT[kind], *kept[2:]]))
    assert_plain(site, alone=True)


WORST = ["5 MB of words", "references", "open html"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", WORST)
def test_a_page_that_is_too_much_takes_little_memory(kind: str, site: Site) -> None:
    site.write(f"{TEXT}\n{LONG[kind]}\n")
    program = "import sys\nfrom knee.__main__ import main\nsys.exit(main())"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    slow, start = slowness(), seconds_used()
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=site.root,
        env={"PYTHONPATH": str(HOOKS), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    assert seconds_used() - start < SECONDS * max(slow, slowness())
