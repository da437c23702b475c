"""Protects what is published: a bad page stops the build and harms nothing, and its author reads why, in the same words everywhere.

Each test builds a changed copy of the project, as the `mkdocs` command does.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from built import PROJECT, BuiltPage, BuiltSite, build, check, collapse_whitespace, copy_project, environment, hashes, words
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from knee.serve.loaded_code import RESTART
from tools.measure.build_time import WITHOUT

MODEL = "gentle-knee-rub"
"""A page of the project that tests change."""
DEADLINE = 30
"""Seconds that the server has to show a change."""

Change = Callable[[str], str]


def page_of(project: Path, slug: str = MODEL) -> Path:
    """Give the file of a technique's page."""
    return project / "docs" / "techniques" / f"{slug}.md"


def rewrite(path: Path, change: Change) -> None:
    """Change a page's text."""
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def without_safety_note(text: str) -> str:
    """Take the safety note out of a page."""
    return re.sub(r"## Safety note\n.*?(?=## How to do it)", "", text, flags=re.DOTALL)


def add_technique(project: Path, slug: str = "slow-shin-rub", title: str = "Slow shin rub") -> Path:
    """Add a technique as a contributor does: one page and one picture. Its steps have no pictures of their own."""
    text = re.sub("^# .*", f"# {title}", page_of(project).read_text("utf-8").replace("order: 1\n", ""), flags=re.MULTILINE)
    text = re.sub(rf"\n    !\[[^]]*\]\({MODEL}-[^)]*\)\n", "", text).replace(MODEL, slug)
    page_of(project, slug).write_text(text, "utf-8")
    shutil.copy(page_of(project).with_suffix(".svg"), page_of(project, slug).with_suffix(".svg"))
    return page_of(project, slug)


def told(output: str) -> list[tuple[str, str]]:
    """Give the problems in what a command printed: the line that says where and what, and the next, which says how to mend it."""
    lines = [collapse_whitespace(line.removeprefix("WARNING -")) for line in output.splitlines()]
    return [(line, after) for line, after in pairwise(lines) if re.match(r"docs/\S+:\d+: KE\d{3} ", line)]


# A refused build


def test_a_strict_build_of_a_bad_page_stops_says_what_the_check_says_and_leaves_the_old_site_as_it_was(project: Path) -> None:
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("the old site", "utf-8")
    (site / "kept.txt").write_text("kept", "utf-8")
    before = hashes(site)
    rewrite(page_of(project), without_safety_note)
    rewrite(page_of(project, "it-band-massage"), lambda text: text.replace("pressure: ", "pressure: 1"))
    checked = check(project)
    built = build(project, site)
    assert checked.returncode == 1
    assert built.returncode == 1
    assert hashes(site) == before
    problems = told(checked.stdout)
    assert {line.split(":")[0] for line, _ in problems} == {"docs/techniques/gentle-knee-rub.md", "docs/techniques/it-band-massage.md"}
    assert len(set(problems)) == len(problems)
    assert told(built.stdout) == problems, "the same words, each problem once"
    assert all(mend for _, mend in problems)
    assert "Traceback" not in built.stdout


def spoilt(project: Path, module: str, old: str, new: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """Break a maker of the site, build over an old site, and return what was printed, and the old site before and after."""
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("the old site", "utf-8")
    before = hashes(site)
    rewrite(project / "hooks" / "knee" / module, lambda text: text.replace(old, new, 1))
    built = build(project, site)
    assert built.returncode == 1
    assert "Traceback" not in built.stdout
    assert not list(project.glob(".site-*")), "nothing is left beside the old site"
    return built.stdout, before, hashes(site)


def test_a_build_that_loses_a_warning_on_its_way_is_refused_and_leaves_the_old_site(project: Path) -> None:
    """The proof is the last thing that a build does: here the card of the safety note forgets its last part."""
    printed, before, after = spoilt(project, "publish/placing.py", "(PART_NAMES, note.parts, strict=True)", "(PART_NAMES[:1], note.parts)")
    assert "docs/techniques/gentle-knee-rub.md:" in printed
    assert ": KE901 the site does not show the warning `you get chest pain" in printed
    assert after == before


CRASH = ("assets/offline.py", "paths = [path for path in needed", "1 / 0\n    paths = [path for path in needed")
"""A maker of the site that breaks down: its module, what stands in it, and what breaks it."""


def test_a_build_that_crashes_leaves_the_old_site_and_says_so_in_one_sentence(project: Path) -> None:
    printed, before, after = spoilt(project, *CRASH)
    assert "the build stopped, and the old site is as it was: ZeroDivisionError: division by zero" in printed
    assert after == before


def test_with_verbose_a_build_that_crashes_says_where(project: Path) -> None:
    module, old, new = CRASH
    rewrite(project / "hooks" / "knee" / module, lambda text: text.replace(old, new, 1))
    printed = build(project, project / "site", verbose=True).stdout
    assert re.search(r"Traceback .*offline\.py\", line [0-9]+, in write_worker.*ZeroDivisionError", printed, re.DOTALL)


def test_a_build_without_the_examples_of_the_rules_is_refused(project: Path) -> None:
    """They come from the tests of the rules: without them, the contribute page would show each rule without its example."""
    shutil.rmtree(project / "tests" / "bad")
    (project / "site").mkdir()
    built = build(project, project / "site")
    assert built.returncode == 1
    assert (
        "the contribute page has no example for the rules: it takes the examples from the folders tests/bad and tests/tree" in built.stdout
    )
    assert list((project / "site").iterdir()) == [], "nothing was written"


def test_a_build_that_is_not_strict_warns_and_still_builds(project: Path) -> None:
    rewrite(page_of(project), without_safety_note)
    built = build(project, project / "site", strict=False)
    assert built.returncode == 0
    assert told(built.stdout) == told(check(project).stdout)
    pages = {path.relative_to(project / "site").as_posix(): path.read_text("utf-8") for path in (project / "site").rglob("*.html")}
    assert f"techniques/{MODEL}/index.html" in pages
    assert [path for path, html in pages.items() if 'class="problems"' in html] == [], "the panel is for writers alone"


def test_front_matter_that_does_not_parse_is_told_with_its_line(project: Path) -> None:
    """MkDocs takes such a page for one without front matter, and says nothing."""
    rewrite(page_of(project), lambda text: text.replace("positions: [chair, bed]", "positions: [chair, bed"))
    line = page_of(project).read_text("utf-8").splitlines().index("positions: [chair, bed") + 1
    built = build(project, project / "site")
    assert built.returncode == 1
    ((found, _),) = told(built.stdout)
    number = int(found.split(":")[1])
    assert line <= number <= line + 1, "YAML may see it only on the next line"


def test_a_build_without_the_checks_would_be_noticed(project: Path) -> None:
    """The theme's successor ignores hooks without a word: then this bad page is built strictly, and the tests above fail."""
    rewrite(page_of(project), without_safety_note)
    rewrite(project / "mkdocs.yml", lambda text: re.sub(r"\nhooks:\n(  .*\n)+", "\n", text))
    built = build(project, project / "site")
    assert told(built.stdout) == []
    assert told(check(project).stdout), "the checks run on their own as well"


def test_links_that_lead_nowhere_stop_a_strict_build(project: Path) -> None:
    """Also on pages that are not techniques, which the checks do not read."""
    rewrite(project / "docs" / "tips.md", lambda text: text + "\nSee [this](no-such-page.md) and [that](about.md#no-such-place).\n")
    built = build(project, project / "site")
    assert built.returncode == 1
    assert "no-such-page.md" in built.stdout
    assert "no-such-place" in built.stdout


# A good build


def test_the_projects_own_build_says_nothing(bare_build: Path) -> None:
    printed = (bare_build / "printed.txt").read_text("utf-8").splitlines()
    assert printed
    assert [line for line in printed if not line.startswith("INFO ")] == []


def test_settings_that_are_left_out_are_off(project: Path) -> None:
    rewrite(project / "mkdocs.yml", lambda text: re.sub(r"^  (composer|copy_of|offline): .*\n", "", text, flags=re.MULTILINE))
    built = build(project, project / "site")
    assert built.returncode == 0, built.stdout
    assert not (project / "site" / "composer").exists()


def test_the_pages_can_be_built_without_the_hook(project: Path) -> None:
    """`make bench` holds the hook against that."""
    (project / "without.yml").write_text(WITHOUT, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", "without.yml"]
    done = subprocess.run(command, cwd=project, env=environment(), capture_output=True, encoding="utf-8", timeout=DEADLINE, check=False)
    assert done.returncode == 0, done.stderr
    assert (project / "site" / "techniques" / "quadriceps-massage" / "index.html").exists()


def test_make_build_prints_no_warning_and_no_notice_of_the_theme(project: Path, bare_build: Path) -> None:
    """`make build` as it stands, but with this Python's packages instead of new ones. What is printed is make's own commands."""
    shutil.copytree(bare_build / "site", project / "site")
    (project / "site" / "old.txt").touch()
    for file in ("Makefile", "requirements.lock"):
        shutil.copy(PROJECT / file, project / file)
    venv = project / ".venv"
    (venv / "bin").mkdir(parents=True)
    for name in ("python", "mkdocs"):
        (venv / "bin" / name).symlink_to(Path(sys.executable).parent / name)
    (venv / ".site-ready").touch()
    settings = {name: value for name, value in environment().items() if name != "NO_MKDOCS_2_WARNING"}

    def make() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", "--silent", "build"],
            cwd=project, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    done = make()
    assert done.returncode == 0, done.stdout
    assert [line for line in done.stdout.splitlines() if not line.startswith("INFO ")] == []
    assert (project / "site" / "index.html").is_file()
    assert not (project / "site" / "old.txt").exists()
    left = {path.name for path in project.iterdir()}
    assert {name for name in left if name.startswith(".site")} == set(), "nothing is left lying about"

    before = hashes(project / "site")
    rewrite(project / "docs" / "tips.md", lambda text: text + "\n[this](no-such-page.md)\n")
    refused = make()
    assert refused.returncode != 0
    assert "no-such-page.md" in refused.stdout
    assert hashes(project / "site") == before, "a link that leads nowhere is found late, and the old site still stands"


def test_a_build_sees_a_change_and_the_next_in_the_same_process_is_as_a_process_of_its_own_makes_it(
    project: Path, bare_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in os.environ.keys() - environment().keys():
        monkeypatch.delenv(name)
    for name, value in environment().items():
        monkeypatch.setenv(name, value)

    def built(name: str) -> dict[str, str]:
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / name))
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        return without_times(project / name)

    good = page_of(project).read_text("utf-8")
    rewrite(
        page_of(project),
        lambda text: text.replace("5 times.", "9 times.").replace(
            "# Front of the knee: gentle knee rub", "# Front of the knee: very gentle knee rub"
        ),
    )
    changed = built("changed")
    page = (project / "changed" / "techniques" / MODEL / "index.html").read_text("utf-8")
    assert 'data-seconds="36"' in page
    assert "very gentle knee rub" in page
    assert "very gentle knee rub" in (project / "changed" / "techniques" / "index.html").read_text("utf-8")

    page_of(project).write_text(good, "utf-8")
    again, apart = built("again"), without_times(bare_build / "site")
    assert again == apart
    differ = {path for path in changed if changed[path] != again[path]}
    assert differ >= {"techniques/gentle-knee-rub/index.html", "techniques/index.html"}


def without_times(site: Path) -> dict[str, str]:
    """Give the prints of a site's files, without those that hold the time of day."""
    return {path: print_ for path, print_ in hashes(site).items() if not path.endswith(".gz")}


@pytest.fixture(scope="module")
def grown(made_once: Callable[..., Path]) -> BuiltSite:
    """Build a copy of the project with one more technique, and with a page that is far longer than before."""
    return BuiltSite(made_once("grown", _build_grown) / "site", "https://knee.test/")


def _build_grown(project: Path) -> None:
    copy_project(project)
    add_technique(project)
    rewrite(page_of(project), lambda text: text + "\nMore words about the knee.\n" * 400)
    built = build(project, project / "site", SITE_URL="https://knee.test/")
    assert built.returncode == 0, built.stdout


def test_one_page_and_one_picture_make_a_technique(grown: BuiltSite) -> None:
    """It is on the list, in the menu and in the search, and no other file had to change."""
    site, new = grown, "techniques/slow-shin-rub/"
    assert new in site.addresses
    listing = site.page("techniques/")
    assert [words(title) for title in listing.all(".technique-card h2")][-1] == "Slow shin rub"
    assert new in listing.links("main")
    assert all(new in page.links("nav[aria-label=Menu]") for page in site.pages if page.address != "404.html")
    assert f'"{new}"' in (site.folder / "assets" / "js" / "pages" / "search.js").read_text("utf-8")
    assert (site.folder / "techniques" / "slow-shin-rub.svg").is_file()
    assert len(site.page(new).all("section.steps li")) == 5


def test_a_long_page_is_built_like_every_other(grown: BuiltSite) -> None:
    """The checks read a long page in a process of its own, which has to find them there as well."""
    page = grown.page(f"techniques/{MODEL}/")
    assert words(page.one("main")).count("More words about the knee.") == 400
    assert len(page.all("section.steps li")) == 5


# Hostile pages, built although nobody was strict


EVIL = """
<script>alert("knee-evil")</script>

<img src="x" onerror="alert('knee-evil')">

Text <b onclick="alert('knee-evil')">here</b>.

A paragraph.
{: onclick="alert('knee-evil')" .knee-evil }

Text{: onmouseover="alert('knee-evil')" }

[a](javascript:alert('knee-evil')) [b](JaVaScRiPt&#58;alert('knee-evil')) [c](java&#10;script:alert('knee-evil'))
[d](data:text/html,<script>alert('knee-evil')</script>) [e](vbscript:knee-evil) [f][g] <javascript:alert('knee-evil')>

![h](javascript:alert('knee-evil')) ![i](https://knee-evil.test/i.png)

[g]: javascript:alert('knee-evil')

<svg onload="alert('knee-evil')"><a xlink:href="javascript:alert('knee-evil')">x</a></svg>

<iframe srcdoc="<script>alert('knee-evil')</script>"></iframe>
"""
EVIL_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="knee_evil()"><title>T</title><script>knee_evil()</script></svg>'
)


@pytest.fixture(scope="module")
def hostile(made_once: Callable[..., Path]) -> tuple[BuiltSite, str]:
    """Build, without being strict, a copy of the project with every hostile page at once; give the site and what was printed."""
    project = made_once("hostile", _build_hostile)
    return BuiltSite(project / "site", "https://knee.test/"), (project / "printed.txt").read_text("utf-8")


def _build_hostile(project: Path) -> None:
    copy_project(project)
    folder = project / "docs" / "techniques"
    impatient = "PATIENCE = 0.2"  # a reading that would take for ever is stopped sooner: all else is as it is published
    rewrite(project / "hooks" / "knee" / "text" / "website.py", lambda text: re.sub(r"^PATIENCE = .*", impatient, text, flags=re.MULTILINE))
    secret = project / "secret.txt"
    secret.write_text("knee-evil secret", "utf-8")
    rewrite(add_technique(project, "evil-words", "Evil words"), lambda text: text + EVIL)
    rewrite(add_technique(project, "evil-picture", "Evil picture"), str)
    (folder / "evil-picture.svg").write_text(EVIL_PICTURE, "utf-8")
    rewrite(
        add_technique(project, "evil-front", "Evil front"),
        lambda text: text.replace("often: 2", "often: <script>alert('knee-evil')</script> 2"),
    )
    rewrite(project / "docs" / "tips.md", lambda text: text + EVIL)
    (folder / "evil-link.md").symlink_to(secret)
    (folder / "evil-link.svg").symlink_to(secret)
    (folder / "evil-folder").symlink_to(project)
    (folder / "evil.html").write_text("<script>alert('knee-evil')</script>", "utf-8")
    add_technique(project, "evil-bytes", "Evil bytes").write_bytes(b"# Evil bytes \xff\xfe knee-evil\n")
    rewrite(add_technique(project, "evil-size", "Evil size"), lambda text: text + "knee-evil words\n\n" * 350_000)
    rewrite(add_technique(project, "evil-depth", "Evil depth"), lambda text: text + "\n" + ">" * 10_000 + " knee-evil\n")
    rewrite(
        add_technique(project, "evil-lists", "Evil lists"),
        lambda text: text + "\n" + "\n".join(" " * 4 * n + "- knee-evil" for n in range(2_000)),
    )
    rewrite(add_technique(project, "evil-signs", "Evil signs"), lambda text: text + "\n" + "[" * 20_000 + " knee-evil\n")
    worked = seconds_of_children()
    built = build(project, project / "site", strict=False, SITE_URL="https://knee.test/")
    assert seconds_of_children() - worked < 60
    assert built.returncode == 0, built.stdout[-3000:]
    (project / "printed.txt").write_text(built.stdout, "utf-8")


def seconds_of_children() -> float:
    """Give the seconds that programs which were started here have worked: what else the machine does is left out."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("address", ["techniques/evil-words/", "techniques/evil-front/", "tips/"])
def test_no_script_of_a_page_reaches_the_site(hostile: tuple[BuiltSite, str], address: str) -> None:
    """Not as an element, not as an attribute, not as an address. As words to read, it may."""
    site, _ = hostile
    page = site.page(address)
    assert "knee-evil" in page.html, "its words are there"
    content = page.all("main *")
    assert {element.name for element in content} & {"script", "iframe", "object", "embed", "style", "base", "form"} <= {"script"}
    assert [script.to_html() for script in page.all("script") if "knee-evil" in script.to_html()] == []
    attributes = [(name, value or "") for element in page.all("*") for name, value in element.attrs.items()]
    assert [name for name, _ in attributes if name.startswith("on")] == []
    targets = [value for name, value in attributes if name in ("href", "src", "action", "srcdoc", "xlink:href")]
    ours = r"data:image/(?:svg\+xml,%3Csvg%20(?!.*knee.evil)|png;base64,)"
    assert [target for target in targets if re.match(rf"(?i)\s*(?!{ours})(?:j\s*a\s*v\s*a|data|vbscript)", target)] == []
    assert "knee-evil" not in {value for name, value in attributes if name == "class"}


def test_no_harmful_file_reaches_the_site(hostile: tuple[BuiltSite, str]) -> None:
    site, _ = hostile
    files = {path.relative_to(site.folder).as_posix(): path for path in site.folder.rglob("*") if path.is_file()}
    pictures = [path for name, path in files.items() if path.suffix == ".svg"]
    assert len(pictures) > 4
    assert [path.name for path in pictures if "knee_evil" in path.read_text("utf-8")] == []
    held_back = ("evil-link", "evil-folder", "evil.html", "evil-bytes", "evil-size", "evil-depth")
    assert [
        name for name in files if name.startswith(tuple(f"techniques/{start}" for start in held_back)) and not name.endswith(".svg")
    ] == []
    assert [name for name, path in files.items() if b"knee-evil secret" in path.read_bytes()] == []
    assert sum(path.stat().st_size for path in files.values()) < 20_000_000


def test_every_hostile_page_is_told_of(hostile: tuple[BuiltSite, str]) -> None:
    _, output = hostile
    names = {Path(line.split(":")[0]).name for line, _ in told(output)}
    expected = {f"evil-{name}.md" for name in ("words", "front", "link", "bytes", "size", "depth", "lists", "signs")}
    assert expected | {"evil-picture.svg", "evil-folder", "evil.html"} <= names
    assert "Traceback" not in output


def test_the_good_pages_are_whole_beside_hostile_ones(hostile: tuple[BuiltSite, str]) -> None:
    site, _ = hostile
    assert len(site.page(f"techniques/{MODEL}/").all("section.steps li")) == 5
    assert len(site.page("techniques/").all(".technique-card")) >= 4


# While a page is written


class Serving:
    """A running `mkdocs serve`."""

    def __init__(self, address: str) -> None:
        self.address = address

    def page(self, address: str) -> str:
        """Give a page as it is now."""
        with urllib.request.urlopen(self.address + address, timeout=DEADLINE) as answer:
            return answer.read().decode("utf-8")

    def page_once(self, address: str, holds: Callable[[str], bool]) -> str:
        """Give a page as soon as something holds for it."""
        end = time.monotonic() + DEADLINE
        while not holds(html := self.page(address)):
            assert time.monotonic() < end, f"{address} does not change:\n{html[:3000]}"
            time.sleep(0.1)
        return html


@contextmanager
def serving(project: Path) -> Iterator[Serving]:
    """Run `mkdocs serve` on a free port, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (project / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=project, env=environment(), stdout=log, stderr=subprocess.STDOUT)
        try:
            end = time.monotonic() + DEADLINE
            while not _answers(port):
                assert server.poll() is None, (project / "serve.log").read_text("utf-8")
                assert time.monotonic() < end, "the server does not start"
                time.sleep(0.05)
            yield Serving(f"http://127.0.0.1:{port}/")
            assert server.poll() is None, "the server went on to the end"
        finally:
            server.terminate()
            server.wait(10)


def _answers(port: int) -> bool:
    """Whether the server answers. From then on it also follows the files; it only listens before."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1):
            return True
    except OSError:
        return False


def test_serve_shows_a_problem_on_the_page_until_it_is_mended(project: Path) -> None:
    address = f"techniques/{MODEL}/"
    page = page_of(project)
    good = page.read_text("utf-8")
    with serving(project) as server:
        assert 'class="problems"' not in server.page(address)

        page.write_text(without_safety_note(good), "utf-8")
        shown = BuiltPage(address, _saved(project, server.page_once(address, lambda html: 'class="problems"' in html)))
        problems = told(check(project).stdout)
        assert len(shown.all(".problems li")) == len(problems) > 0
        for item, (line, mend) in zip(shown.all(".problems li"), problems, strict=True):
            place, found = line.split(" ", 1)
            rule_id, what = found.split(" ", 1)
            assert collapse_whitespace(words(item)) == collapse_whitespace(f"Line {place.split(':')[1]}: {what} {rule_id} {mend}")
        inside = [child for child in shown.one("main").children if child.name not in ("#text", "#comment")]
        assert inside[0].attrs["class"] == "problems", "the panel stands on top"
        assert 'class="problems"' not in server.page("techniques/it-band-massage/"), "other pages are well"

        page.write_text(good.replace("reviewed: 2026", "reviewed: [2026"), "utf-8")
        ((found, _),) = told(check(project).stdout)
        rule_id = found.split(" ")[1]
        server.page_once(address, lambda html: f">{rule_id}<" in html)

        page.write_text(good, "utf-8")
        assert "About this page" in server.page_once(address, lambda html: 'class="problems"' not in html)


def test_serve_follows_the_templates_and_says_that_changed_checks_want_a_new_start(project: Path) -> None:
    with serving(project) as server:
        rewrite(project / "overrides" / "partials" / "knee" / "technique-card.html", lambda text: text.replace("Pain", "Force"))
        assert "The checks have changed" not in server.page_once("techniques/", lambda html: "Force from the massage" in html)

        rewrite(
            project / "hooks" / "knee" / "contract" / "dose.py", lambda text: text.replace("SECONDS_A_COUNT = 4", "SECONDS_A_COUNT = 40")
        )
        assert "start it again" in server.page_once("tips/", lambda html: "The checks have changed" in html)
    assert f" {RESTART}\n" in (project / "serve.log").read_text("utf-8")


def test_a_second_server_at_the_same_address_is_refused_in_words(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
        done = subprocess.run(command, cwd=project, env=environment(), capture_output=True, encoding="utf-8", timeout=DEADLINE, check=False)
    assert done.returncode == 1
    assert f"another program shows something at {address}" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def _saved(project: Path, html: str) -> Path:
    path = project / "shown.html"
    path.write_text(html, "utf-8")
    return path
