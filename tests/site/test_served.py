"""Protects writers from waiting, and from old pages: at each save, `mkdocs serve` makes what has changed, and nothing else."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from built import PROJECT
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

from knee.publish.publication import LISTING

HOME = "http://127.0.0.1:8000/"
MODEL = "techniques/gentle-knee-rub.md"
LISTS = {"index.md", "my-sheets.md", "routines/index.md", "techniques/index.md", "write.md"}
"""The pages that show something of every technique."""


class Server:
    """What `mkdocs serve` does at the start and at each save, but for the waiting."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.site = project.with_name(f"{project.name}-served")
        self.site.mkdir()
        self._config().plugins.on_startup(command="serve", dirty=False)

    def _config(self):  # type: ignore[no-untyped-def]
        config = load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site))
        config.site_url = HOME
        return config

    def build(self) -> dict[str, int]:
        """Build after a save, and give the number of every file that is served: another one where it was written anew."""
        build(self._config(), serve_url=HOME)
        return {path.relative_to(self.site).as_posix(): path.stat().st_ino for path in self.site.rglob("*") if path.is_file()}

    def files(self) -> dict[str, bytes]:
        """Give every file that is served, but for the list for search machines: nobody asks a writer's own machine for it."""
        paths = (path for path in self.site.rglob("*") if path.is_file() and not path.name.startswith("sitemap"))
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in paths}

    def change(self, path: str, old: str, new: str) -> None:
        """Save a file of the project with other words."""
        text = (self.project / path).read_text("utf-8")
        assert old in text
        (self.project / path).write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def server(project: Path) -> Server:
    """Give a server that has built the site once."""
    started = Server(project)
    started.build()
    return started


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Give the set of pages that are rendered from now on."""
    paths: set[str] = set()
    render = Page.render

    def noted(page: Page, *given: object) -> None:
        paths.add(page.file.src_uri)
        render(page, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Page, "render", noted)
    return paths


def served_anew(project: Path) -> dict[str, bytes]:
    """Give every file of a server that has just been started."""
    other = Server(Path(shutil.copytree(project, project.with_name("another"))))
    other.build()
    shutil.rmtree(other.project)
    files = other.files()
    shutil.rmtree(other.site)
    return files


def test_only_what_shows_the_change_is_rendered_and_written(server: Server, rendered: set[str]) -> None:
    before = server.build()
    server.change(f"docs/{MODEL}", "5 times.", "6 times.")
    rendered.clear()
    after = server.build()
    texts = {f"routines/{path.name}": path.read_text("utf-8") for path in (PROJECT / "docs" / "routines").glob("*.md")}
    assert rendered == {MODEL, *(path for path, text in texts.items() if f"../{MODEL}" in text)}
    written = {path for path in after if after[path] != before.get(path)}
    assert "techniques/gentle-knee-rub/index.html" in written
    assert not {path for path in written if path.endswith((".svg", ".css", ".png"))}

    rendered.clear()
    assert server.build() == after, "nobody has changed anything"
    assert rendered == set()
    assert server.files() == served_anew(server.project)

    SHOWN_BY_SOME["what cards show"](server)
    server.build()
    assert rendered >= {MODEL, *LISTS}


SHOWN_BY_SOME: dict[str, Callable[[Server], object]] = {
    "what cards show": lambda server: server.change(f"docs/{MODEL}", "description: ", "description: So: "),
    "a picture that moves": lambda server: (server.project / "docs" / MODEL).with_name("gentle-knee-rub-bend.svg").write_text("<svg/>"),
    "a page of words": lambda server: server.change("docs/tips.md", "\n## ", "\nMore words.\n\n## "),
    "a style sheet": lambda server: server.change("docs/assets/css/base.css", "\n}", "\n  top: 0;\n}"),
}


def test_what_some_pages_show_is_new_on_all_of_them(server: Server) -> None:
    for kind, change in SHOWN_BY_SOME.items():
        before = server.files()
        change(server)
        server.build()
        after = server.files()
        assert after != before, kind
        assert after == served_anew(server.project), kind


SHOWN_BY_ALL: dict[str, Callable[[Server], object]] = {
    "a title, which the menu shows": lambda server: server.change(f"docs/{MODEL}", "\n# ", "\n# New "),
    "a title in the front matter": lambda server: server.change("docs/tips.md", "description:", "title: Other tips\ndescription:"),
    "a source": lambda server: server.change("docs/sources.yml", "  citation: ", "  citation: The "),
    "a template": lambda server: server.change("overrides/partials/footer.html", "<footer", '<footer id="foot"'),
    "a setting": lambda server: server.change("mkdocs.yml", "site_name: Knee Ease", "site_name: Knees"),
    "the order of the list": lambda server: server.change(f"docs/{MODEL}", "order: 1\n", "order: 9\n"),
    "a page that cannot be read any more": lambda server: server.change("docs/techniques/it-band-massage.md", "# ", "\0# "),
    "a page that went": lambda server: (server.project / "docs" / "tips.md").unlink(),
}


def test_what_every_page_shows_is_new_on_every_page(server: Server, rendered: set[str]) -> None:
    for kind, change in SHOWN_BY_ALL.items():
        change(server)
        rendered.clear()
        files = server.build()
        assert len(rendered) == sum(path.endswith("index.html") for path in files), kind
    assert server.files() == served_anew(server.project)


def test_what_mkdocs_warns_of_is_told_at_each_save(server: Server, caplog: pytest.LogCaptureFixture, rendered: set[str]) -> None:
    server.change("docs/tips.md", "\n## ", "\n[this](no-such-page.md)\n\n## ")
    for _ in ("found", "still there"):
        caplog.clear()
        server.build()
        assert "no-such-page.md" in "".join(record.message for record in caplog.records if record.levelno >= logging.WARNING)
    server.change("docs/tips.md", "\n[this](no-such-page.md)\n", "")
    server.build()
    rendered.clear()
    server.build()
    assert "tips.md" not in rendered


def test_a_build_that_failed_is_made_whole_the_next_time(server: Server, rendered: set[str]) -> None:
    server.change(f"docs/{MODEL}", "5 times.", "6 times.")
    server.change("overrides/home.html", "{%", "{% nothing %}{%")
    with pytest.raises(Exception, match="nothing"):
        server.build()
    assert not list(server.site.parent.glob(".*-next"))
    server.change("overrides/home.html", "{% nothing %}", "")
    server.build()
    assert server.files() == served_anew(server.project)


def test_only_templates_that_list_techniques_ask_for_all_of_them() -> None:
    folder = PROJECT / "overrides"
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    asking = {path for path, text in texts.items() if re.search(r"\bknee\.(techniques|exercises|routines|choices|ways_in)\b", text)}
    asking |= {path for path, text in texts.items() if any(f'include "{one}"' in text for one in asking)}
    assert asking - {path for path in asking if path.startswith("partials/")} == set(LISTING)
    including = {path for path, text in texts.items() for one in asking if one.startswith("partials/") and f'include "{one}"' in text}
    assert including <= set(LISTING)
