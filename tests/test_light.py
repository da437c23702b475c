"""Protects what makes pages light: nothing that is sent to readers may lose what it does on the way."""

from __future__ import annotations

import random
import re
import string
from urllib.parse import quote, unquote

import pytest

from knee.assets.embedded import ROOM, packed_size, with_drawings
from knee.assets.minify import minify_page
from knee.assets.script import NotJoined, joined
from knee.assets.stylesheet import Names, StyleSheet, style_rules
from knee.assets.stylesheet import cut as cut_rules

# Scripts


def join(**modules: str) -> str:
    """Join the module `a` with those that it imports."""
    return joined("js/a.js", {f"js/{name}.js": text for name, text in modules.items()}.__getitem__)


def test_a_script_is_joined_with_all_that_it_imports_each_once_and_in_order() -> None:
    together = join(
        a='import { two } from "./b.js";\nimport "./c.js";\nlog("a", two());\n',
        b='import { one } from "./c.js";\nexport function two() {\n  return one + 1;\n}\n',
        c='export const one = 1;\nlog("c");\n',
    )
    assert together.count('log("c")') == 1
    assert together.index('log("c")') < together.index('log("a"')
    assert "import" not in together
    assert "export" not in together


def test_a_module_of_others_gives_its_one_thing_under_its_own_name() -> None:
    modules = {
        "js/a.js": 'import Found from "./vendor/b.js";\nlog(Found);\n',
        "js/vendor/b.js": "class Found {}\nexport { Found as default };\n",
    }
    together = joined("js/a.js", modules.__getitem__)
    assert "import" not in together
    assert "export" not in together
    assert together.index("class") < together.index("log(")


@pytest.mark.parametrize(
    ("modules", "told"),
    [
        ({"a": 'import b from "./b.js";\n'}, "js/a.js: `import b from"),
        ({"a": 'import { b as c } from "./b.js";\n'}, "js/a.js: `import { b as c }"),
        ({"a": "export default 1;\n"}, "js/a.js: `export default 1;` cannot be joined"),
        ({"a": 'const b = await import("./b.js");\n'}, 'js/a.js: `import("./b.js")'),
        ({"a": 'import { x } from "./b.js";\n', "b": 'import { y } from "./a.js";\nexport const x = 1;\n'}, "it imports itself"),
        (
            {"a": 'import "./b.js";\nimport "./c.js";\n', "b": "export const x = 1;\n", "c": "export const x = 2;\n"},
            "js/c.js: `x` is exported by js/b.js as well",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused_with_the_place_and_the_way_out(modules: dict[str, str], told: str) -> None:
    with pytest.raises(NotJoined) as refused:
        join(**modules)
    assert told in str(refused.value)


# Style sheets

PAGE = '<body><p class="lead" id="first">a</p><ul><li>b</li></ul></body>'


def cut(css: str, kept: Names) -> str:
    """Cut a style sheet to what these names use."""
    return cut_rules(style_rules(css), kept)


def names(html: str = PAGE, script: str = "") -> Names:
    """Give the names of a page and its script."""
    found = Names()
    found.add_page(html)
    found.add_script(script)
    return found


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        ".lead",
        "#first",
        "ul > li",
        "p.lead::before",
        "p:hover",
        "[data-state=open]",
        "*",
        "li:not(.done)",
        ":is(h6, .lead)",
        "ul:has(> li)",
        "p:nth-child(2)",
        "::-webkit-scrollbar",
        "html",
        ":root[data-colours=dark]",
        "li:not(:has(b))",
    ],
)
def test_a_rule_that_a_page_can_use_stays(selector: str) -> None:
    assert "color:red" in cut(f"{selector} {{ color: red }}", names())


@pytest.mark.parametrize(
    "selector", ["table", ".other", "#second", "p > .other", ".other p", ":is(h6, .other)", "ul:has(> .other)", "b::after"]
)
def test_a_rule_that_no_page_can_use_goes(selector: str) -> None:
    assert cut(f"{selector} {{ color: red }}", names()) == ""


def test_of_a_list_of_selectors_only_the_unused_go() -> None:
    assert cut("p, table, .lead:hover { color: red }", names()) == "p,.lead:hover{color:red}"


def test_what_a_script_names_stays() -> None:
    assert cut(".done, output { color: red }", names(script='a.className = "done"; make("output")')) == ".done,output{color:red}"


def test_groups_are_cut_inside_and_other_at_rules_stay_whole() -> None:
    css = "@media print { table { color: red } p { color: red } } @page { margin: 10mm } @media print { table { color: red } }"
    assert cut(css, names()) == "@media print{p{color:red}}@page{margin:10mm}"


def test_a_class_is_found_however_it_is_written() -> None:
    for html in ("<p class=lead>", "<p class='x lead'>", '<P CLASS="lead x">', '<p\n title="a > b" class="lead">'):
        assert cut(".lead { color: red }", names(html)), html


def test_what_only_a_property_or_a_selector_names_goes() -> None:
    """Such a word of a script looks for something; it makes nothing."""
    script = 'a.done = b.querySelector(".found > .done"); c.matches("table, h6")'
    assert cut(".done, .found, table, h6 { color: red }", names(script=script)) == ""


def test_pages_that_use_the_same_rules_get_the_same_style() -> None:
    style = StyleSheet(".lead { color: red } .other { color: blue }")
    assert style.for_page(PAGE, []) == (".lead{color:red}", "")
    assert style.for_page(PAGE, ['a.className = "other"']) == (".lead{color:red}.other{color:blue}", "")
    assert style.for_page("<p class='lead unknown'>", []) is style.for_page(PAGE, [])


def test_what_only_paper_uses_is_given_apart() -> None:
    style = StyleSheet("@media print { .lead { color: red } table { color: blue } } .lead { color: red }")
    assert style.for_page(PAGE, []) == (".lead{color:red}", "@media print{.lead{color:red}}")


# Pictures

DRAWINGS = {name: f"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 {name}'/></svg>" for name in ("a/b.svg", "a/c.svg", "d.svg")}


def embedded(html: str, address: str = "a/page/") -> str:
    """Put the drawings into a page."""
    return with_drawings(html, address, DRAWINGS.get)


def test_a_drawing_stands_in_the_page() -> None:
    made = embedded('<p><img alt="a > b" loading="lazy" src="../b.svg" width="4"><img src="../../d.svg">')
    first, second = (quote(DRAWINGS[name], safe="=:/,'").replace("%2F", "/") for name in ("a/b.svg", "d.svg"))
    assert unquote(made) == unquote(
        f'<p><img alt="a > b" src="data:image/svg+xml,{first}" width="4"><img src="data:image/svg+xml,{second}">'
    )
    assert made.count("#") == made.count("%3E") - made.count("%3C") == 0


@pytest.mark.parametrize(
    "address", ["b.svg", "../../../d.svg", "x/c.svg", "/d.svg", "https://a.test/d.svg", "//a.test/d.svg", "data:,d.svg"]
)
def test_what_is_no_drawing_of_the_site_stays_as_it_is(address: str) -> None:
    html = f'<img src="{address}">'
    assert embedded(html) == html


def test_words_that_look_like_a_picture_stay() -> None:
    html = '<p title="<img src=\'../b.svg\'>">&lt;img src="../b.svg"&gt;'
    assert embedded(html) == html


def test_drawings_that_do_not_fit_into_the_first_answer_stay_files() -> None:
    """The first of them stand in the page; a reader on a bad line gets the words without waiting for all."""
    chance = random.Random(1)
    drawings = {f"{name}.svg": "<svg>" + "".join(chance.choices("0123456789 -", k=9_000)) + "</svg>" for name in "abcde"}
    html = "".join(f'<img src="{name}">' for name in drawings)
    made = with_drawings(html, "", drawings.get)
    assert re.findall(r'src="([a-z.]+)', made) == ["data", "data", "c.svg", "d.svg", "e.svg"]
    assert ROOM - packed_size(drawings["c.svg"]) < packed_size(made) <= ROOM


def test_the_main_picture_stands_in_the_page_however_full_it_is() -> None:
    """It is printed on the sheet, which has to be whole as soon as the page is there."""
    words = "".join(random.Random(1).choices(string.ascii_letters, k=20_000))
    html = f'<img src="../../d.svg"><figure class="technique-picture"><img src="../b.svg"></figure><img src="../c.svg">{words}'
    assert re.findall(r'src="([a-z./]+)', embedded(html)) == ["../../d.svg", "data", "../c.svg"]


def test_the_mark_above_the_page_stays_a_file() -> None:
    """Phones do not show it, so its bytes would stand before the words for nothing."""
    made = embedded('<header><img loading="lazy" src="../../d.svg"></header><main><img src="../b.svg"></main>')
    assert re.findall(r'src="([a-z./]+)', made) == ["../../d.svg", "data"]


# Pages


def test_a_page_keeps_its_words_and_the_white_space_that_counts() -> None:
    html = "<!doctype html><html><head><title>a</title></head><body><p>a <b>b</b>\n c</p><pre>a\n  b</pre><!-- c --></body></html>"
    light = minify_page(html)
    assert "<p>a <b>b</b> c<pre>" in light.replace("\n", " ").replace("</p>", "")
    assert "<pre>a\n  b</pre>" in light
    assert "<!--" not in light
