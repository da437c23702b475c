"""The MkDocs adapter: events only, each a few lines. Whatever is worth testing alone lives in the package `knee`."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from knee.assets.offline import write_worker
from knee.assets.pipeline import AssetPipeline
from knee.assets.staging import StagedSite
from knee.assets.unasked import remove_unasked
from knee.composer.folder import size_of, take_along
from knee.proof.differences import unlike_what_was_read
from knee.publish.contribute_links import ways_in
from knee.publish.maintainer import WrongMaintainer, maintainer_of
from knee.publish.publication import Publication
from knee.publish.rule_list import missing_examples
from knee.rules.check_memory import CheckMemory
from knee.rules.report import closing_count
from knee.serve.address import address_refusal
from knee.serve.loaded_code import RESTART, LoadedCode
from mkdocs_served import CompiledTemplates, LastBuild, ServedFiles, print_of_settings, template_of

# Not MkDocs' own plugin logger: that one puts its name before the path, and the path could no longer be clicked.
log = logging.getLogger("mkdocs.hooks.knee")

EXTENSION = "knee.publish.page_html:KneeExtension"
SOCIAL_PICTURE = "assets/social.png"
"""The picture that other sites show beside a link to a page: of use only where they can find it, so where the site has an address."""


@dataclass
class _Build:
    """One build: made anew at its start."""

    publication: Publication
    assets: AssetPipeline
    restart: bool
    """Whether the code has changed since the server loaded it."""
    staged: StagedSite | None
    """Where the new site is written before it takes the old one's place; None where MkDocs itself leaves out what has not changed."""
    files: ServedFiles | None = None
    """The files of the site, while a writer looks at it."""


@dataclass
class _HookState:
    """One run of the command, with its present build."""

    serving: bool = False
    dirty: bool = False
    code: LoadedCode = field(default_factory=lambda: LoadedCode.of(Path(__file__).parent))
    memory: CheckMemory = field(default_factory=CheckMemory)
    last: LastBuild = field(default_factory=LastBuild)
    templates: CompiledTemplates = field(default_factory=CompiledTemplates)
    build: _Build | None = None

    @property
    def now(self) -> _Build:
        assert self.build, "MkDocs begins every build with on_config"
        return self.build


_run = _HookState()


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember the command, because only `serve` shows problems on the page, and the code, because `serve` never loads it anew."""
    _run.serving, _run.dirty, _run.code = command == "serve", dirty, LoadedCode.of(Path(__file__).parent)
    if _run.serving:
        _run.last.listen()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check every page before anything is cleaned or written, and derive the menu."""
    templates, ways = Path(config.theme.custom_dir or "overrides"), ways_in(config.repo_url, config.edit_uri)
    publication = Publication.of(Path(config.docs_dir), templates, ways, _run.memory if _run.serving else None)
    staged = None if _run.dirty else StagedSite(Path(config.site_dir).resolve())
    assets = AssetPipeline.of(templates, serving=_run.serving)
    try:
        config.extra["maintainer"] = maintainer_of(config.extra.get("maintainer"))
    except WrongMaintainer as wrong:
        raise Abort(str(wrong)) from wrong
    _run.build = _Build(publication, assets, _run.serving and _run.code.has_changed(), staged)
    config.extra["composer_size"] = size_of(config.extra.get("composer"))
    config.site_dir = str(staged.folder) if staged else config.site_dir
    # The server changes every page on its way, and a bundle is a copy already.
    config.extra["offline"] = config.extra.get("offline") and not config.extra.get("copy_of") and not _run.serving
    for problem in publication.outcome.problems:
        log.warning("%s", problem)
    if _run.build.restart:
        log.warning(RESTART)
    config.nav = publication.catalogue.menu(config.nav)
    config.markdown_extensions.append(EXTENSION)
    config.edit_uri = config.edit_uri if config.repo_url else None
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Refuse a strict build before the old site is touched."""
    outcome, missing = _run.now.publication.outcome, missing_examples(_run.now.publication.site.root)
    refusing = config.strict and not _run.serving
    if missing:
        log.warning("%s", missing)
    if outcome.problems and refusing:
        raise Abort(f"{closing_count(outcome.problems, outcome.count)}: nothing was written")
    if missing and refusing:
        raise Abort("Nothing was written")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what cannot be read or would do harm, also in a build that is not strict; publish pictures as they are written again."""
    publication = _run.now.publication
    for file in [file for file in files if file.abs_src_path]:
        path = Path(file.abs_src_path or "")
        if publication.withholds(path):
            files.remove(file)
        elif picture := publication.made_anew(path):
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=picture))
    _join_assets(files, config)
    for place, content in publication.open_files(config.site_url or "").items():
        files.append(File.generated(config, place, content=content))
    if not config.site_url and (unused := files.get_file_from_path(SOCIAL_PICTURE)):
        files.remove(unused)
    return _without_unchanged(files, config) if _run.serving and _run.now.staged else files


def _without_unchanged(files: Files, config: MkDocsConfig) -> Files:
    around = (_run.memory.surroundings, print_of_settings(config), config.extra["composer_size"], _run.now.restart)
    _run.now.files = _run.last.without_unchanged(files, around, _run.now.publication.made_of)
    if _run.now.files.kept:
        config.theme.static_templates.clear()  # they show what is around, and nothing else
    return _run.now.files


def _join_assets(files: Files, config: MkDocsConfig) -> None:
    """Put small style sheets and scripts together into the few that pages ask for."""
    texts = {file.src_uri: file.content_string for file in files if file.src_uri.endswith((".css", ".js"))}
    made, used_up = _run.now.assets.join(texts, _run.now.publication.made_scripts, list(map(str, config.extra_css)))
    for path in (*made, *used_up):
        if file := files.get_file_from_path(path):
            files.remove(file)
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    config.extra_css = []


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Tell the Markdown extension which page it renders, and what stands around it."""
    publication, path = _run.now.publication, page.file.src_uri
    page.meta = publication.allowed_front_matter(path, cast("dict[str, Any]", page.meta))
    config.mdx_configs[EXTENSION] = {"context": publication.context_of(path)}


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let templates that have not changed be compiled once for all builds of a server."""
    env.bytecode_cache = _run.templates if _run.serving else None
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Return the template context with the facts of this page and of all techniques."""
    publication, address = _run.now.publication, (page.canonical_url or "") if config.site_url else ""
    own = publication.page_facts(page.file.src_uri, page.meta, page.markdown or "", address, with_problems=_run.serving)
    context["knee"] = {**publication.facts_of_all(template_of(page)), **own, "restart": _run.now.restart}
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Make the page lighter, and put into it what it needs to be read: its policy, its style, its first drawings."""
    return _run.now.assets.page(output, page.url, _run.now.publication.drawing_at)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Make the pages lighter that come from templates alone, such as 404.html, as `on_post_page` does."""
    if not template_name.endswith(".html"):
        return output_content
    return _run.now.assets.page(output_content, "", _run.now.publication.drawing_at)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the worker for saved copies, and prove that nothing was lost; then the new site takes the old one's place."""
    site, build = Path(config.site_dir), _run.now
    kept = build.files.kept if build.files else frozenset()
    if not kept:
        needed = [] if _run.dirty or _run.serving else remove_unasked(site)
        for page in write_worker(site, offered=bool(config.extra["offline"]), needed=needed):
            log.warning("%s cannot be saved for offline: it lacks the line of overrides/partials/knee/copy-line.html", page)
        take_along(config.extra.get("composer"), site)
    lost = list(unlike_what_was_read(site, build.publication.outcome, build.publication.site, kept))
    for problem in lost:
        log.warning("%s", problem)
    if build.staged and config.strict and not _run.serving and any(handler.get_counts() for handler in _counting_warnings()):
        build.staged.discard()
        raise Abort("the site was built with warnings, which stand above: the old site is as it was")
    if build.staged:
        config.site_dir = str(build.staged.put_over() if kept else build.staged.put_in_place())
    if build.files:
        _run.last.remember(build.files, build.publication.made_of, again=bool(lost))


def _counting_warnings() -> list[CountHandler]:
    return [handler for handler in logging.getLogger("mkdocs").handlers if isinstance(handler, CountHandler)]


def on_serve(server: object, config: MkDocsConfig, builder: object) -> None:
    """Say in words that the address is taken, which MkDocs would find out by an exception that nobody catches."""
    if reason := address_refusal(*config.dev_addr):
        raise Abort(reason)


def on_build_error(error: Exception) -> None:
    """Leave the old site as it was, and say in one sentence what went wrong; with --verbose, also where."""
    _run.last.forget()
    if _run.build and _run.build.staged:
        _run.build.staged.discard()
        if not isinstance(error, Abort) and not _run.serving:
            log.debug("Where the build stopped:", exc_info=error)
            raise Abort(f"the build stopped, and the old site is as it was: {type(error).__name__}: {error}") from error


def on_shutdown() -> None:
    """Leave nothing behind of a build that was stopped on its way."""
    if _run.build and _run.build.staged:
        _run.build.staged.discard()
