"""Protects a contributor without git: on "Write a technique", their browser says what the check of their pull request will say."""

from __future__ import annotations

import base64
import gzip
import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from built import PROJECT, REPO_URL, BuiltSite, build

from small_site import TODAY, TREE, Site
from test_good_pages import GOOD
from test_rules import BAD, CASES, lay_over
from tools.composer import PARTS, put_together
from tools.engines import Engine, Tab, WebKit

LEFT = {
    "KE505-png-cut-off": "what is in a photo",
    "KE509-png-of-two-frames": "what is in a photo",
    "KE510-webp-with-a-place": "what is in a photo",
    "KE511-small-png": "what is in a photo",
    "KE512-clear-png": "what is in a photo",
    "KE512-beside-the-page": "whether there is something to see in a drawing",
    "KE512-white-on-white": "whether there is something to see in a drawing",
}
"""Cases that are left to the pull request, and how the page says so."""
NOT_FILES = {"KE603-symbolic-link", "KE602-folder", "KE502-folder-for-a-picture", "KE005-keeps-the-reader-busy"}
"""Nobody can write a link or a folder, and a page that keeps the reader busy is stopped: see below."""
EVERY = {WebKit: 8}
"""Of how many cases one is asked, where the engine is not tried with all of them: what is compiled for it is the same for all engines."""
LONG = 400
"""Seconds: the answers to all cases may take a few minutes."""
LARGEST = 8_000_000
"""Bytes that a reader fetches."""
START = """
    window.worker = new Worker(ADDRESS, { type: "module" });
    worker.onmessage = ({ data }) => {
      if (!data.come) window.said = data;
    };"""
ASK = """
    const asked = CASES;
    window.answers = [];
    worker.onmessage = ({ data }) => {
      answers.push(data.answer);
      if (answers.length < asked.length) ask();
    };
    const ask = () => {
      const files = asked[answers.length];
      for (const name in files) files[name] = Uint8Array.from(atob(files[name]), (one) => one.charCodeAt(0));
      worker.postMessage({ call: "answer", given: ["techniques/calf-stroke.md", files, TODAY] });
    };
    ask();"""


@pytest.fixture(scope="session")
def with_checker(served_at: tuple[Path, str], made_once: Callable[..., Path]) -> str:
    """Return the address of the built site with the checker; beside it stands one for the small good site, in the folder small/."""
    if not PARTS.is_dir():
        told = "the checker for browsers is not here: `make composer` fetches it, with npm"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    home = f"{served_at[1]}with-checker/"
    made_once("with-checker", partial(_with_checker, home), served_at[0])
    return home


def _with_checker(home: str, folder: Path) -> None:
    checker, small = folder.with_name("checker"), folder.with_name("small-project")
    put_together(checker)
    result = build(PROJECT, folder, SITE_URL=home, REPO_URL=REPO_URL, COMPOSER=str(checker))
    assert result.returncode == 0, result.stdout
    for part in ("hooks", "overrides"):
        shutil.copytree(PROJECT / part, small / part)
    shutil.copytree(TREE / "docs", small / "docs")
    shutil.copy(PROJECT / "mkdocs.yml", small)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gzip, "compress", partial(gzip.compress, compresslevel=1))  # nobody weighs this one
        put_together(folder / "small", small)


def changed(lay: Callable[[Site], None], root: Path) -> dict[str, str]:
    """Return the files of a case that are not those of the small good site, as base64, by their paths under docs/."""
    lay(Site(root))
    paths = (path for path in sorted((root / "docs").rglob("*")) if path.is_file())
    names = {path.relative_to(root / "docs").as_posix(): path.read_bytes() for path in paths}
    shutil.rmtree(root)
    was = {name: (TREE / "docs" / name).read_bytes() for name in names if (TREE / "docs" / name).is_file()}
    return {name: base64.b64encode(content).decode() for name, content in names.items() if content != was.get(name)}


def started(tab: Tab, folder: str) -> None:
    """Start a worker in a tab, without the page."""
    tab.run(START.replace("ADDRESS", json.dumps(f"{folder}worker.js")))
    tab.wait_for("window.said", LONG)
    assert tab.evaluate("said") == {"ready": True}


def answers(tab: Tab, cases: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Return the answers to cases, one after the other."""
    tab.run(ASK.replace("CASES", json.dumps(cases)).replace("TODAY", json.dumps(TODAY.isoformat())))
    tab.wait_for(f"answers.length === {len(cases)}", LONG)
    return [json.loads(answer) for answer in tab.evaluate("answers")]


def test_its_answers_are_those_of_the_check_word_for_word(
    engine: Engine, with_checker: str, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    tried = [case for case in CASES if case not in NOT_FILES][:: EVERY.get(type(engine), 1)]
    cases: dict[str, Callable[[Site], None]] = {case: partial(lay_over, case=case) for case in tried}
    good = {path.name: partial(Site.lay, kept=path) for path in sorted(GOOD.iterdir()) if path.name != "README.md"}
    tab = engine.new(with_checker)
    tab.open("about/")
    started(tab, f"{with_checker}small/")
    found = answers(tab, [changed(lay, tmp_path / name) for name, lay in (cases | good).items()])
    assert tab.troubles() == []
    tab.close()
    for name, answer in zip(cases | good, found, strict=True):
        told = answer["text"].rpartition("\n")[0]
        with subtests.test(name):
            assert told == ("" if name in LEFT or name in good else (BAD / f"{name}.txt").read_text("utf-8").rstrip("\n"))
            assert LEFT.get(name, "what is") in " ".join(answer["left"])


DRAWING = (PROJECT / "docs" / "techniques" / "gentle-knee-rub.svg").read_text("utf-8")

# A session


def opened_on_a_phone(engine: Engine, home: str) -> Tab:
    """Open the page, before the checker is started."""
    tab = engine.new(home)
    tab.resize(360, 640)
    tab.open("write/")
    return tab


@pytest.fixture
def desk(engine: Engine, with_checker: str) -> Iterator[Tab]:
    """Open the page on a phone, and start the checker by keyboard. The test fails where there is trouble, or another host."""
    tab = opened_on_a_phone(engine, with_checker)
    tab.wait_for("!document.querySelector('[data-start]').hidden")
    tab.run("document.querySelector('[data-start]').focus()")
    tab.press("Enter")
    tab.wait_for("document.querySelector('.composer').dataset.answered", LONG)
    yield tab
    assert tab.troubles() == []
    tab.close()


def told(tab: Tab, words: str, seconds: float = 20) -> None:
    tab.wait_for(f"document.querySelector('[data-told]').textContent.startsWith({json.dumps(words)})", seconds)


def test_a_page_is_written_and_mended_by_keyboard_on_a_phone_and_kept_there_only_when_that_is_switched_on(desk: Tab) -> None:
    told(desk, "1 problem.")
    assert "there is no picture example-knee-rub.svg beside the page KE502" in desk.words("[data-found]")
    assert desk.evaluate("document.activeElement === document.querySelector('textarea')")
    desk.run("document.activeElement.setSelectionRange(0, 0)")
    desk.type("x")
    told(desk, "2 problems.")
    desk.press("Backspace")
    told(desk, "1 problem.")
    desk.run("""const box = document.querySelector("textarea"); const at = box.value.indexOf("## How to do it") + 13;
        box.setSelectionRange(at, at);""")
    desk.type("t")
    told(desk, "2 problems.")
    desk.run("document.querySelector('[data-mend]').focus()")
    desk.press("Enter")
    told(desk, "1 problem.")
    assert "\n## How to do it\n" in desk.evaluate("document.querySelector('textarea').value")
    assert desk.sticks_out() == []
    assert desk.evaluate("document.querySelector('[data-page]').contentDocument.querySelector('h1').textContent") == "Example knee rub"
    assert desk.evaluate("localStorage.length") == 0
    desk.run("document.querySelector('[data-keep]').click()")
    assert "Example knee rub" in desk.evaluate("localStorage.getItem('knee-ease-writing')")
    desk.run("document.querySelector('[data-keep]').click()")
    assert desk.evaluate("localStorage.length") == 0


def test_a_name_is_tidied_a_mend_can_be_taken_back_and_a_picture_may_be_dropped_anywhere(desk: Tab) -> None:
    desk.run(
        """const name = document.querySelector("[data-name]"); name.value = "Thigh stroke.md"; name.dispatchEvent(new Event("change"));"""
    )
    assert desk.evaluate("document.querySelector('[data-name]').value") == "thigh-stroke"
    desk.wait_for("document.querySelector('[data-found] [data-mend]')")
    written = desk.evaluate("document.querySelector('textarea').value")
    desk.run("document.querySelector('[data-found] [data-mend]').click()")
    assert desk.evaluate("document.querySelector('textarea').value") != written
    desk.run("document.execCommand('undo')")
    assert desk.evaluate("document.querySelector('textarea').value") == written
    desk.run(f"""const dropped = new DataTransfer();
        dropped.items.add(new File([{json.dumps(DRAWING)}], "a.svg", {{ type: "image/svg+xml" }}));
        document.querySelector("h1").dispatchEvent(new DragEvent("drop", {{ dataTransfer: dropped, bubbles: true, cancelable: true }}));""")
    desk.wait_for("document.querySelector('[data-pictures]').textContent.includes('thigh-stroke.svg')")


def choose_picture(tab: Tab, content: str, kind: str = "svg+xml") -> None:
    tab.run(f"""const chosen = new DataTransfer();
        chosen.items.add(new File([{json.dumps(content)}], "IMG_1.{kind[:3]}", {{ type: "image/{kind}" }}));
        const field = document.querySelector("[data-file]"); field.files = chosen.files; field.dispatchEvent(new Event("change"));""")


def test_a_drawing_loses_what_is_private_and_one_that_cannot_be_read_is_told_beside_the_place_to_choose_it(desk: Tab) -> None:
    choose_picture(desk, DRAWING.replace("<svg", "<svg docname='/home/ann/x.svg'", 1))
    told(desk, "Nothing to mend.")
    shown = "document.querySelector('[data-page]').contentDocument.querySelector('figure img').src"
    desk.wait_for(f"{shown}.startsWith('data:image/svg+xml')")
    assert "/home/ann" not in desk.evaluate(f"decodeURIComponent({shown})")
    assert "example-knee-rub.svg" in desk.words("[data-pictures]")
    assert desk.evaluate("document.querySelector('[data-file]').value") == "", "the same file, mended, can be chosen again"
    choose_picture(desk, "no photo at all", "heic")
    desk.wait_for("document.querySelector('[data-pictures]').textContent.includes('This picture cannot be read.')")


def test_a_picture_may_be_chosen_while_the_checker_is_on_its_way(engine: Engine, with_checker: str) -> None:
    tab = opened_on_a_phone(engine, with_checker)
    tab.click("[data-start]")
    tab.wait_for("!document.querySelector('[data-desk]').hidden")
    choose_picture(tab, DRAWING)
    told(tab, "Nothing to mend.", LONG)
    assert tab.evaluate(
        "[...document.querySelectorAll('main p > a')].every((link) => link.closest('.composer') || link.target === '_blank')"
    )
    tab.close()


def test_a_page_that_hangs_the_reader_is_stopped_and_the_next_is_read(desk: Tab) -> None:
    change = 'box.dispatchEvent(new Event("input"))'
    desk.run(f"const box = document.querySelector('textarea'); window.before = box.value; box.value += '<a '.repeat(30000); {change}")
    told(desk, "The checker was busy with your page for 5 seconds", 15)
    desk.run(f"const box = document.querySelector('textarea'); box.value = before; {change}")
    told(desk, "1 problem.", LONG)


# When something fails

CHANGE = "document.querySelector('textarea').dispatchEvent(new Event('input'))"
SAVE = "document.querySelector('[data-act=save]').click()"
WARNS = "!dispatchEvent(new Event('beforeunload', { cancelable: true }))"
BROKEN = """window.isBroken = true; const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (asked) { post.call(this, isBroken ? { ...asked, given: [] } : asked); };"""
"""Asks the checker so that its Python raises an exception."""
SAVED = "window.saved = []; HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };"
"""Keeps the names of the files that are saved."""


def test_when_the_checker_fails_the_page_says_so_and_the_next_question_is_answered(desk: Tab) -> None:
    desk.run(f"{BROKEN} {CHANGE}")
    told(desk, "The checker failed, and is starting again.")
    assert "Your words are still in the box." in desk.words("[data-told]")
    desk.run(f"isBroken = false; {CHANGE}")
    told(desk, "1 problem.", LONG)


def test_nothing_is_saved_without_an_answer_and_the_page_says_so_and_still_warns_before_it_is_left(desk: Tab) -> None:
    desk.run(f"{SAVED} {BROKEN} {CHANGE}; {SAVE}")
    desk.wait_for("!document.querySelector('[data-unsaved]').hidden")
    assert desk.words("[data-unsaved]").startswith("Nothing was saved")
    assert desk.evaluate("saved") == []
    assert desk.evaluate(WARNS)
    desk.run(f"isBroken = false; {SAVE}")
    desk.wait_for("saved.length", LONG)
    assert desk.evaluate("saved") == ["example-knee-rub.zip"]
    assert desk.words("[data-unsaved]") == ""
    assert not desk.evaluate(WARNS)


@pytest.mark.parametrize("lost", ["worker.js", "pyodide.mjs", "core.bin.gz"])
def test_when_a_part_of_the_checker_does_not_come_the_page_says_so_and_can_still_be_sent(
    engine: Engine, with_checker: str, served_at: tuple[Path, str], lost: str
) -> None:
    folder = served_at[0] / f"without-{engine.name}-{lost}"
    shutil.copytree(served_at[0] / "with-checker" / "composer", folder, ignore=shutil.ignore_patterns(lost))
    tab = opened_on_a_phone(engine, with_checker)
    tab.run(f"document.querySelector('.composer').dataset.folder = '{served_at[1]}{folder.name}/'; {SAVED}")
    tab.click("[data-start]")
    told(tab, "The checker did not load. Your words are still in the box.", LONG)
    assert "Or send your page all the same" in tab.words("[data-told]")
    assert tab.evaluate("document.querySelector('[data-progress]').hidden")
    tab.run(SAVE)
    tab.wait_for("!document.querySelector('[data-unsaved]').hidden")
    assert tab.evaluate("saved") == []
    tab.run("window.opened = []; window.open = (address) => opened.push(String(address))")
    tab.run("document.querySelector('[data-act=send]').click()")
    tab.wait_for("opened.length === 1")
    tab.close()
    shutil.rmtree(folder)


def test_when_the_desk_cannot_be_shown_the_page_speaks_of_no_words_that_could_be_lost(engine: Engine, with_checker: str) -> None:
    tab = opened_on_a_phone(engine, with_checker)
    tab.run("document.querySelector('.composer').dataset.style = '../nothing.css'")
    tab.click("[data-start]")
    told(tab, "The checker did not load. Check your signal, and load this page again.")
    assert tab.evaluate("document.querySelector('[data-desk]').hidden")
    tab.close()


def test_a_preview_whose_style_did_not_come_is_shown_with_the_next_answer(engine: Engine, with_checker: str) -> None:
    tab = opened_on_a_phone(engine, with_checker)
    tab.run("""const network = window.fetch; window.tried = 0;
        window.fetch = (...asked) => (tried++ ? network(...asked) : Promise.reject(new TypeError("no signal")));""")
    tab.click("[data-start]")
    tab.wait_for("tried", LONG)
    tab.run(CHANGE)
    tab.wait_for("document.querySelector('[data-page]').contentDocument.querySelector('h1')?.textContent === 'Example knee rub'")
    assert tab.troubles() == []
    tab.close()


@pytest.mark.parametrize("allows", [True, False])
def test_a_page_too_long_for_an_address_goes_by_the_clipboard_and_by_hand_where_the_browser_refuses(desk: Tab, allows: bool) -> None:
    desk.run(f"""window.opened = []; window.open = (address) => opened.push(String(address));
        const writeText = async () => {{ if (!{json.dumps(allows)}) throw new DOMException("refused", "NotAllowedError"); }};
        Object.defineProperty(navigator, "clipboard", {{ value: {{ writeText }} }});
        document.querySelector("textarea").value += "\\nMore words. ".repeat(800);
        window.before = document.querySelector(".composer").dataset.answered; {CHANGE}""")
    desk.wait_for("document.querySelector('.composer').dataset.answered !== before")
    desk.run("const send = document.querySelector('[data-act=send]'); send.click(); send.click();")
    desk.wait_for("opened.length === 1")
    assert "value=" not in desk.evaluate("opened[0]")
    said = "It was copied: paste it into the empty box." if allows else "select all your words in the box and copy them."
    assert said in desk.words("[data-paste]")
    desk.wait_for(f"document.querySelector('[aria-live]').textContent.includes({json.dumps(said)})")
    assert desk.evaluate(WARNS) is not allows


def test_a_page_with_problems_is_sent_only_by_who_asks_twice(desk: Tab) -> None:
    send = "document.querySelector('[data-act=send]').click()"
    desk.run(f"window.opened = []; window.open = (address) => opened.push(String(address)); {send}")
    assert desk.words("[data-unmended]").startswith("Something is left to mend")
    assert desk.evaluate("opened.length") == 0
    desk.run(send)
    desk.wait_for("opened.length === 1")
    assert desk.evaluate("opened[0]").startswith(f"{REPO_URL}/new/")
    assert "filename=example-knee-rub.md" in desk.evaluate("opened[0]")
    choose_picture(desk, DRAWING)
    told(desk, "Nothing to mend.")
    desk.run(send)
    desk.wait_for("opened.length === 2")
    assert not desk.evaluate("document.querySelector('[data-after]').hidden")


def test_the_page_says_how_much_comes_and_without_the_checker_what_to_do(with_checker: str, site: BuiltSite, engine: Engine) -> None:
    tab = engine.new(with_checker)
    tab.open("write/")
    files = tab.run("return (await (await fetch('../composer/composer.json')).json()).files")
    assert sum(files.values()) <= LARGEST
    assert tab.words("[data-told]").startswith(f"The checker is {sum(files.values()) / 1e6:.1f} MB to download.")
    tab.open(f"{site.home}write/")
    assert "This copy of the site has no checker." in tab.words("main")
    tab.close()


def test_what_the_interpreter_asks_of_its_surroundings_comes_with_its_package_and_stands_nowhere_else(
    with_checker: str, served_at: tuple[Path, str]
) -> None:
    folder = served_at[0] / "with-checker" / "composer"
    info = json.loads((PARTS / "pyodide" / "pyodide-lock.json").read_text("utf-8"))["info"]
    assert json.loads((folder / "composer.json").read_text("utf-8"))["lock"] == {"info": info, "packages": {}}
    worker = (folder / "worker.js").read_text("utf-8")
    assert [value for value in info.values() if value in worker] == []


def test_only_this_page_may_run_webassembly_and_nothing_of_it_is_saved_for_offline(site: BuiltSite) -> None:
    assert [page.address for page in site.pages if "wasm-unsafe-eval" in page.html] == ["write/"]
    assert "composer/" not in (site.folder / "sw.js").read_text("utf-8")
