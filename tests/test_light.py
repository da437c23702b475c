"""Protects what makes pages light: nothing that is sent to readers may lose what it does on the way."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from knee.assets.embedded import Pictures
from knee.assets.minify import minify_page
from knee.assets.script import NotJoined, joined
from knee.assets.stylesheet import Names, style_rules
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


# Pictures

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A # sign, 100%</title><path id="a" d="M0 0h9v9"/>{}</svg>'


def picture(folder: Path, content: str | bytes, name: str = "a.svg") -> Pictures:
    """Put a picture into a folder, and give the pictures of the folder."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return Pictures({"": folder})


def test_a_drawing_stands_in_the_page_without_its_own_words(tmp_path: Path) -> None:
    address = picture(tmp_path, DRAWING.format('<use href="#a" fill="#123456"/>'))["a.svg"]
    assert address.startswith("data:image/svg+xml,%3Csvg%20")
    assert '"' not in address
    assert "#" not in address
    drawn = unquote(address)
    assert "title" not in drawn
    assert "<path id='a'" in drawn, "it is used"
    assert "href='#a'" in drawn


def test_a_drawing_in_other_signs_is_written_in_those_of_the_web(tmp_path: Path) -> None:
    assert picture(tmp_path, DRAWING.format("").encode("utf-16"))["a.svg"] == picture(tmp_path, DRAWING.format(""))["a.svg"]


def test_names_that_nothing_uses_are_left_out(tmp_path: Path) -> None:
    assert "id=" not in picture(tmp_path, DRAWING.format(""))["a.svg"]


@pytest.mark.parametrize(
    "content",
    [
        DRAWING.format("<script>attack()</script>"),
        DRAWING.format('<path onclick="attack()"/>'),
        DRAWING.format('<image href="https://attack.test/a.png"/>'),
        DRAWING.format("<path>"),
        "<!DOCTYPE svg>" + DRAWING.format(""),
        DRAWING.format(f"<!-- {'a' * 40_000} -->"),
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["script", "event", "elsewhere", "broken", "doctype", "large", "png"],
)
def test_a_drawing_that_the_rules_refuse_stays_a_file(tmp_path: Path, content: str | bytes) -> None:
    assert "a.svg" not in picture(tmp_path, content)


@pytest.mark.parametrize("address", ["b.svg", "../a.svg", "x/a.svg", "a.png", "/a.svg", "https://a.test/a.svg", ""])
def test_only_a_drawing_of_the_folder_is_embedded(tmp_path: Path, address: str) -> None:
    assert address not in picture(tmp_path, DRAWING.format(""))


def test_a_routine_names_the_drawings_of_its_techniques_by_their_folder(tmp_path: Path) -> None:
    picture(tmp_path, DRAWING.format(""))
    assert list(Pictures({"../techniques/": tmp_path})) == ["../techniques/a.svg"]
    assert "../techniques/a.svg" in Pictures({"../techniques/": tmp_path})
    assert "a.svg" not in Pictures({"../techniques/": tmp_path})


# Pages


def test_a_page_keeps_its_words_and_the_white_space_that_counts() -> None:
    html = "<!doctype html><html><head><title>a</title></head><body><p>a <b>b</b>\n c</p><pre>a\n  b</pre><!-- c --></body></html>"
    light = minify_page(html)
    assert "<p>a <b>b</b> c<pre>" in light.replace("\n", " ").replace("</p>", "")
    assert "<pre>a\n  b</pre>" in light
    assert "<!--" not in light
