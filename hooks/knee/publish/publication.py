"""Everything that the site publishes, worked out once a build: what the checks found, and what pages and templates show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from knee.assets.embedded import as_address
from knee.contract.kinds import followed_at
from knee.contract.site_context import KIT, PHOTO_KINDS, PICTURE_KINDS, SiteContext
from knee.facts.review_dates import today_utc
from knee.pictures.file import content_of
from knee.pictures.judged import Judged, judged
from knee.publish import open_data, search_index
from knee.publish.catalogue import MENU_LIMIT, Catalogue
from knee.publish.contribute_links import WaysIn, example_page
from knee.publish.page_context import PageContext
from knee.publish.page_facts import page_facts, problems_of
from knee.publish.rule_list import groups
from knee.rules.check import Outcome, check_folder
from knee.rules.check_memory import CheckMemory
from knee.rules.report import Problem

LISTING = ("home.html", "techniques.html", "routines.html", "my-sheets.html", "write.html")
"""The templates that show something of all techniques and routines."""
_HARMFUL = ("KE503", "KE602", "KE603")
"""Rules whose break keeps a file off the site even in a build that is not strict. A picture is published only as it is written again."""
_OF_THE_SITE = "assets"
"""The folder under docs/ whose pictures are the site's own, and stay as they are."""


@dataclass(frozen=True)
class Publication:
    """The site as its folder has it now. A page is named by its path under docs/."""

    site: SiteContext
    outcome: Outcome
    templates: Path
    ways_in: WaysIn | None = None
    """Where somebody with a technique can go; None where nobody said where the project is kept."""

    @classmethod
    def of(cls, docs: Path, templates: Path, ways_in: WaysIn | None = None, memory: CheckMemory | None = None) -> Publication:
        """Check the folders of techniques and routines, and keep what was found; a `memory` spares what has not changed."""
        site = SiteContext(docs, today_utc())
        return cls(site, check_folder(site, memory), templates, ways_in)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The techniques and routines, and what is made from all of them."""
        return Catalogue(self.outcome)

    @cached_property
    def withheld(self) -> frozenset[Path]:
        """Files that are not built or copied: unreadable pages, and whatever is not a plain page or a harmless picture."""
        harmful = (self.site.root / problem.path for problem in self.outcome.problems if problem.id in _HARMFUL)
        pages = {page.source.path for page in (*self.outcome.techniques, *self.outcome.exercises)}
        return frozenset({*self.outcome.unread, *self.outcome.strays, *harmful} - pages)

    def withholds(self, path: Path) -> bool:
        """Whether a file is not built or copied, itself or with the folder that it is in."""
        return not self.withheld.isdisjoint((path, *path.parents)) or (self._was_sent(path) and self.made_anew(path) is None)

    def made_anew(self, path: Path) -> bytes | None:
        """Return what is published in the place of a picture that somebody sent; None for every other file."""
        if not self._was_sent(path):
            return None
        kind = path.suffix[1:].lower()
        picture = self._picture(path, kind)
        return picture.published if picture.kind == kind else None

    def drawing_at(self, place: str) -> str | None:
        """Return a drawing, by its path under docs/, as it may stand inside a page; None for what is no sound drawing."""
        path = self.site.docs / place
        if place.startswith(("/", "..")) or not self.site.has_file(path) or self.withholds(path):
            return None
        return self._picture(path, "svg").drawing

    def _picture(self, path: Path, kind: str) -> Judged:
        return self._judged.get(path) or judged(content_of(path, kind))

    @cached_property
    def _judged(self) -> dict[Path, Judged]:
        """The pictures of the pages, as the check has judged them."""
        return {path: picture for page in self.outcome.followed for path, picture in page.judged_pictures.items()}

    def _was_sent(self, path: Path) -> bool:
        """Whether a file is a picture of a page, or a photo that should be one: the site's own stand among its assets."""
        is_ours = path.is_relative_to(self.site.docs / _OF_THE_SITE) or not path.is_relative_to(self.site.docs)
        return path.suffix[1:].lower() in (*PICTURE_KINDS, *PHOTO_KINDS) and not is_ours

    @cached_property
    def _lists(self) -> dict[str, Any]:
        """The derived lists by page: heading, then the template and what it wants. Made once a build, not once a page."""
        by_technique = {"techniques": self.catalogue.techniques[:MENU_LIMIT], "exercises": self.catalogue.exercises}
        return {
            "index.md": {
                "Pick by time": ("by-time.html", {"routines": self.catalogue.routines}),
                "Pick a technique": ("by-technique.html", by_technique),
            },
            "evidence.md": {"Sources": ("sources-list.html", {"sources": list(self.site.bibliography.sources.values())})},
            "drawing-kit.md": {"Let it move": ("kit-moves.html", {"drawing": as_address(self.drawing_at(str(KIT)) or "")})},
            "contribute.md": {
                "Start a page": ("add-technique.html", {"ways_in": self.ways_in}),
                "An example page": ("example-page.html", {"example": example_page()}),
                "The rules": ("rules-list.html", {"groups": groups(self.site.root / "tests" / "bad")}),
            },
        }

    def context_of(self, path: str) -> PageContext:
        """Return what a page shows beyond its own Markdown."""
        page = self.catalogue.pages.get(path)
        return PageContext(self.templates, page, self.catalogue.shown.get(path), self._lists.get(path, {}), self._reports)

    @cached_property
    def _reports(self) -> frozenset[str]:
        """The keys of the sources that were read only as a copy or a report."""
        return frozenset(key for key, source in self.site.bibliography.sources.items() if source.checked == "copy")

    def allowed_front_matter(self, path: str, meta: dict[str, Any]) -> dict[str, Any]:
        """Return a page's front matter; of one that readers follow only the keys that it may have, whatever else was written."""
        kind = followed_at(PurePosixPath(path))
        return {key: value for key, value in meta.items() if key in kind.model.model_fields} if kind else meta

    def open_files(self, home: str) -> dict[str, str]:
        """Return the open data and its schema by their places on the site; `home` is the site's address, or empty."""
        schema = json.dumps(open_data.schema(), indent=2, ensure_ascii=False) + "\n"
        pages = {page.place.as_posix(): page for page in (*self.outcome.techniques, *self.outcome.exercises)}
        known = [(one, pages[path]) for path, one in self.catalogue.named.items()]
        return {open_data.PLACE: open_data.open_data(known, home), open_data.SCHEMA_PLACE: schema}

    @property
    def made_scripts(self) -> dict[str, str]:
        """Scripts that the build writes for others to import, by their places."""
        return {search_index.MODULE: search_index.search_index(self.site, self.catalogue)}

    @cached_property
    def shared_facts(self) -> dict[str, Any]:
        """What the templates' variable `knee` holds on every page that lists techniques or routines."""
        catalogue = self.catalogue
        return {
            "techniques": catalogue.techniques,
            "exercises": catalogue.exercises,
            "routines": catalogue.routines,
            "choices": catalogue.choices,
            "ways_in": self.ways_in,
        }

    def facts_of_all(self, template: str) -> dict[str, Any]:
        """Return what `knee` holds of all techniques and routines on a page with this template: nothing where it lists none."""
        return self.shared_facts if template in LISTING else {}

    def made_of(self, path: str, template: str) -> tuple[object, ...]:
        """Return all that a page shows, while somebody writes, but for the templates, the menu and the lists of sources and words.

        Equal to what was returned for the build before where the page would come out the same. `template` is the one that it asks for.
        """
        context, file = self.context_of(path), self.site.docs / path
        words = b"" if context.page else file.read_bytes()  # the memory gives the same page again where its file is the same
        return words, context, self._problems_of(path), self.facts_of_all(template)

    def _problems_of(self, path: str) -> list[Problem]:
        return problems_of(self.catalogue.pages.get(path), PurePosixPath(self.site.docs.name, path), self.outcome.problems)

    def page_facts(self, path: str, meta: Mapping[str, Any], words: str, address: str, *, with_problems: bool) -> dict[str, Any]:
        """Return what `knee` holds on this page alone: see knee.publish.page_facts."""
        shown = self.catalogue.shown.get(path)
        return {
            **page_facts(self.catalogue, path, meta, words, address),
            "sources": shown.sources if shown else self.site.bibliography.named(meta.get("sources")),
            "problems": self._problems_of(path) if with_problems else [],
            **({"example": example_page()} if meta.get("template") == "write.html" else {}),
            **({"search_words": self.site.search_words.of_page(PurePosixPath(path))} if with_problems else {}),
        }
