"""Builds the site with the theme's successor: `python -m knee.zensical.successor`.

Zensical reads mkdocs.yml and runs no hooks. So what hooks/mkdocs_events.py gives MkDocs during a build is written down before Zensical
runs (`prepare`), or put into the pages after it has (`finish`). Zensical itself is another program: this module only starts it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from knee.assets.offline import write_worker
from knee.assets.pipeline import AssetPipeline
from knee.assets.staging import StagedSite
from knee.assets.unasked import remove_unasked
from knee.composer.folder import size_of, take_along
from knee.contract.site_context import address_of_page
from knee.proof.differences import unlike_what_was_read
from knee.publish.contribute_links import ways_in
from knee.publish.maintainer import WrongMaintainer, maintainer_of
from knee.publish.project_settings import settings_of
from knee.publish.publication import Publication
from knee.publish.rule_list import missing_examples
from knee.rules.report import as_text
from knee.text.front_matter import split
from knee.zensical.plain import plain

NOT_SHARED = ("sources", "afterwards")
"""Facts of a technique that no list shows. Without them, what every page carries stays small."""
AS_MKDOCS_READS = [{"pymdownx.highlight": {"use_pygments": False}}]
"""Zensical colours code blocks by itself; the site's style sheet has no such colours."""


class NotBuilt(Exception):
    """The site was not built; says why, and what to do."""


@dataclass(frozen=True)
class Project:
    """The project as its folder has it: mkdocs.yml, and everything that is derived from docs/."""

    root: Path

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What mkdocs.yml says, with the addresses of the site that the surroundings name."""
        return settings_of(self.root / "mkdocs.yml")

    @property
    def maintainer(self) -> dict[str, str] | None:
        """Who maintains this copy; None where nobody is named. Raises: NotBuilt, where the setting is neither whole nor empty."""
        try:
            return maintainer_of(self.settings["extra"].get("maintainer"))
        except WrongMaintainer as wrong:
            raise NotBuilt(str(wrong)) from wrong

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.root / "docs"

    @property
    def templates(self) -> Path:
        """The folder of the templates."""
        return self.root / str(self.settings["theme"]["custom_dir"])

    @property
    def site_url(self) -> str:
        """Where the site will stand, with a slash at its end as MkDocs has it; empty where nobody said."""
        said = self.settings.get("site_url") or ""
        return said and said.rstrip("/") + "/"

    @property
    def repo_url(self) -> str:
        """Where the project is kept; empty where nobody said."""
        return self.settings.get("repo_url") or ""

    @property
    def edit_uri(self) -> str:
        """The setting for the edit links."""
        return self.settings.get("edit_uri") or ""

    @cached_property
    def publication(self) -> Publication:
        """Everything that is derived."""
        return Publication.of(self.docs, self.templates, ways_in(self.repo_url, self.edit_uri))


def prepare(project: Project, built: AssetPipeline, to: Path) -> None:
    """Write a folder from which Zensical builds the same site: mkdocs.yml, templates, and docs/ with what the hook would have given."""
    shutil.rmtree(to, ignore_errors=True)
    for path, file in _files_in(project.templates).items():
        _write_file(to / "overrides" / path, file.read_bytes())
    docs, publication = _files_in(project.docs), project.publication
    texts = {path: file.read_text("utf-8") for path, file in docs.items() if path.endswith((".css", ".js"))}
    made, used_up = built.join(texts, publication.made_scripts, project.settings["extra_css"])
    for path, file in docs.items():
        if path.endswith(".md"):
            _write_file(to / "docs" / path, page_with_facts(project, path).encode())
        elif path not in used_up and not publication.withholds(file):
            _write_file(to / "docs" / path, made[path].encode() if path in made else publication.made_anew(file) or file.read_bytes())
    for path, content in publication.open_files(project.site_url).items():
        _write_file(to / "docs" / path, content.encode())
    for path in made.keys() - docs.keys():
        _write_file(to / "docs" / path, made[path].encode())
    _write_file(to / "mkdocs.yml", _dumped(settings_for_successor(project)).encode())


def _files_in(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by their paths in it, no hidden ones."""
    placed = ((file.relative_to(folder), file) for file in sorted(folder.rglob("*")) if file.is_file())
    return {place.as_posix(): file for place, file in placed if not any(part.startswith(".") for part in place.parts)}


def _write_file(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def page_with_facts(project: Project, path: str) -> str:
    """Return a page (by its path under docs/) put together, with its facts in its front matter: templates find them in `page.meta.knee`."""
    front, words, _ = split((project.docs / path).read_text("utf-8-sig"))
    words = words.lstrip("\n")
    meta = project.publication.allowed_front_matter(path, front.values if front else {})
    address = project.site_url and project.site_url + address_of_page(path)
    facts = project.publication.page_facts(path, meta, words, address, with_problems=False)
    return f"---\n{_dumped({**meta, 'knee': plain(facts)})}---\n\n{words}\n"


def settings_for_successor(project: Project) -> dict[str, Any]:
    """Return mkdocs.yml for Zensical: without hooks, with the whole menu and the Markdown extension, and with the facts of all pages."""
    settings = {name: value for name, value in project.settings.items() if name != "hooks"}
    extension = {
        "docs": str(project.docs),
        "templates": str(project.templates),
        "repo_url": project.repo_url,
        "edit_uri": project.edit_uri,
    }
    return settings | {
        "docs_dir": "docs",
        "site_dir": "site",
        "site_url": project.site_url,
        "edit_uri": project.edit_uri if project.repo_url else None,
        "nav": project.publication.catalogue.menu(settings["nav"]),
        "theme": settings["theme"] | {"custom_dir": "overrides", "variant": "classic"},
        "extra": settings["extra"]
        | {"maintainer": project.maintainer, "composer_size": size_of(settings["extra"]["composer"])}
        | {"knee": plain(project.publication.shared_facts, leave_out=NOT_SHARED)},
        "extra_css": [],
        "markdown_extensions": [
            *settings["markdown_extensions"],
            *AS_MKDOCS_READS,
            {"knee.zensical.successor_page:SuccessorPage": extension},
        ],
    }


def _dumped(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=2**20)


def finish(project: Project, built: AssetPipeline, site: Path) -> None:
    """Do to every page that Zensical built what the hook does at the end: fewer bytes, the policy, the style and the drawings in it.

    Then delete what no page asks for, and write the worker for saved copies, which takes them away where nobody may save one.

    Raises: NotBuilt, where a page could not say that it is a saved copy.
    """
    for page in sorted(site.rglob("*.html")):
        address = page.relative_to(site).as_posix().removesuffix(page.name)
        page.write_text(built.page(page.read_text("utf-8"), address, project.publication.drawing_at), "utf-8")
    offered = bool(project.settings["extra"].get("offline"))
    unmarked = write_worker(site, offered=offered, needed=remove_unasked(site))
    if unmarked:
        raise NotBuilt(f"{unmarked[0]}: it cannot be saved for offline: it lacks the line of overrides/partials/knee/copy-line.html")


def build(root: Path, to: Path) -> None:
    """Check, prepare, build and finish the site; it takes the place of `to` only when everything held.

    Raises: NotBuilt.
    """
    if not find_spec("zensical"):
        raise NotBuilt("Zensical is not here: `make successor` installs it (requirements/successor.txt)")
    project = Project(root)
    outcome, built = project.publication.outcome, AssetPipeline.of(project.templates)
    if outcome.problems:
        raise NotBuilt(as_text(outcome.problems, outcome.count))
    if missing := missing_examples(root):
        raise NotBuilt(missing)
    # Beside the place of the site: Zensical wants both its docs_dir and its site_dir beside mkdocs.yml.
    workshop = to.resolve().with_name(f".{to.name}-workshop")
    prepare(project, built, workshop)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(workshop / "mkdocs.yml")]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}, check=False)
    if done.returncode:
        raise NotBuilt("Zensical stopped: its own words stand above")
    finish(project, built, workshop / "site")
    take_along(project.settings["extra"]["composer"], workshop / "site")
    if lost := list(unlike_what_was_read(workshop / "site", outcome, project.publication.site)):
        raise NotBuilt(as_text(lost, outcome.count))
    take_place(workshop / "site", to)
    shutil.rmtree(workshop)


def take_place(site: Path, to: Path) -> None:
    """Let a built site take the place of `to`.

    Raises: NotBuilt, where the system refuses; the old site then stands as it was.
    """
    staged = StagedSite(to.resolve())
    staged.discard()
    try:
        staged.place.parent.mkdir(parents=True, exist_ok=True)
        site.rename(staged.folder)
        staged.put_in_place()
    except OSError as error:
        raise NotBuilt(f"the new site cannot be put in the place of {to}: {error.strerror}") from error


def zensical_command(arguments: Sequence[str] | None = None) -> int:
    """Build the site in the folder where we stand. Return the exit status: 0, or 1 where it was not built."""
    parser = argparse.ArgumentParser(
        prog="python -m knee.zensical.successor", description="Builds the site with Zensical, the theme's successor."
    )
    parser.add_argument("to", nargs="?", type=Path, default=Path("dist", "successor"), help="where the site is put (%(default)s)")
    try:
        build(Path.cwd(), parser.parse_args(arguments).to)
    except NotBuilt as why:
        print(f"{why}\nnothing was put in place", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(zensical_command())
