"""The MkDocs adapter: events only, each a few lines. Whatever is worth testing alone lives in the package `knee`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from knee.built import Built
from knee.loaded_code import RESTART, LoadedCode
from knee.new_page import ways_in
from knee.offline import write_worker
from knee.report import closing_count
from knee.serve_address import refusal
from knee.site_facts import SiteFacts

if TYPE_CHECKING:  # a build needs no server
    from mkdocs.livereload import LiveReloadServer

# Not MkDocs' own plugin logger: that one puts its name before the path, and the path could no longer be clicked.
log = logging.getLogger("mkdocs.hooks.knee")

SOCIAL_PICTURE = "assets/social.png"
"""The picture that other sites show beside a link to a page: of use only where they can find it, so where the site has an address."""

_state: dict[str, Any] = {}
"""The command (for the whole run), and the facts of the site and what is built of it (made anew at the start of every build)."""


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember the command, because only `serve` shows problems on the page, and the code, because `serve` never loads it anew."""
    _state["command"] = command
    _state["code"] = LoadedCode.of(Path(__file__).parent)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check every page before anything is cleaned or written, and derive the menu."""
    templates, ways = Path(config.theme.custom_dir or "overrides"), ways_in(config.repo_url, config.edit_uri)
    site = _state["site"] = SiteFacts.of(Path(config.docs_dir), templates, ways)
    _state["built"] = Built.of(templates, serving=_state.get("command") == "serve")
    # The server changes every page on its way, and a bundle is a copy already.
    config.extra["offline"] = config.extra.get("offline") and not config.extra.get("copy_of") and _state.get("command") != "serve"
    for problem in site.outcome.problems:
        log.warning("%s", problem)
    _state["restart"] = _state.get("command") == "serve" and _state["code"].has_changed()
    if _state["restart"]:
        log.warning(RESTART)
    config.nav = site.menu(config.nav)
    config.markdown_extensions.append("knee.extension")
    config.edit_uri = config.edit_uri if config.repo_url else None
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Refuse a strict build before the old site is touched."""
    outcome = _state["site"].outcome
    if outcome.problems and config.strict and _state.get("command") != "serve":
        raise Abort(f"{closing_count(outcome.problems, outcome.count)}: nothing was written")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what cannot be read or would do harm, also in a build that is not strict, and put pictures made anew in their places."""
    for file in list(files):
        path = Path(file.abs_src_path or "")
        if file.abs_src_path and _state["site"].withholds(path):
            files.remove(file)
        elif file.abs_src_path and (content := _state["site"].made_anew(path)) is not None:
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=content))
    _lighten(files, config)
    for place, content in _state["site"].open_files(config.site_url or "").items():
        files.append(File.generated(config, place, content=content))
    if not config.site_url and (unused := files.get_file_from_path(SOCIAL_PICTURE)):
        files.remove(unused)
    return files


def _lighten(files: Files, config: MkDocsConfig) -> None:
    """Put small style sheets and scripts together into the few that pages ask for."""
    texts = {file.src_uri: file.content_string for file in files if file.src_uri.endswith((".css", ".js"))}
    made, used_up = _state["built"].join(texts, list(map(str, config.extra_css)))
    for path in (*made, *used_up):
        if file := files.get_file_from_path(path):
            files.remove(file)
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    config.extra_css = []


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    """Put a routine together from its techniques, and tell the Markdown extension what stands around the page."""
    page.meta = _state["site"].known_meta(page.file.src_uri, cast("dict[str, Any]", page.meta))
    page.meta.setdefault("tags", _state["site"].search_words(page.file.src_uri))
    config.mdx_configs["knee.extension"] = {"surroundings": _state["site"].surroundings(page.file.src_uri)}
    return cast("str | None", _state["site"].put_together(page.file.src_uri))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Give the templates the facts of this page and of all techniques."""
    serving = _state.get("command") == "serve"
    words, address = page.markdown or "", (page.canonical_url or "") if config.site_url else ""
    context["knee"] = _state["site"].template_facts(page.file.src_uri, page.meta, words, address, with_problems=serving)
    context["knee"]["restart"] = _state["restart"]
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Make the page lighter, name its own script in its security policy, and remember what of the style sheets it uses."""
    return cast(str, _state["built"].page(output))


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Do the same for the pages that come from templates alone, such as 404.html."""
    return cast(str, _state["built"].page(output_content)) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Cut each style sheet to what the pages that ask for it use; then write the worker for saved copies, which names every file."""
    _state["built"].cut_styles(Path(config.site_dir))
    for page in write_worker(Path(config.site_dir), offered=bool(config.extra["offline"])):
        log.warning("%s cannot be saved for offline: it lacks the line of overrides/partials/knee/copy-line.html", page)


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    """Say in words that the address is taken, which MkDocs would find out by an exception that nobody catches."""
    if told := refusal(*config.dev_addr):
        raise Abort(told)
    return server
