"""Everything that the site is derived from, worked out once a build: checks, techniques, menu, facts for templates. Imports the core."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from knee import open_data, structured_data
from knee.check import Outcome, check_folder, today_utc
from knee.embedded import Pictures
from knee.extension import Surroundings
from knee.front_matter import POSITIONS
from knee.guide import PHOTO_KINDS, PICTURE_KINDS, ROUTINES, TECHNIQUES, Guide
from knee.new_page import WaysIn, example_page
from knee.page import Page
from knee.pictures.file import content_of
from knee.pictures.judged import judged
from knee.report import Problem
from knee.routine import RoutinePage
from knee.rule_list import groups
from knee.rules.folder import LIST_PAGE
from knee.sheet import sheet_of, words_on_sheet
from knee.technique import Routine, Technique, in_order, in_words, next_review, routine_of, sign_off_of, technique_of

KINDS = {"home.html": "home", "techniques.html": "list", "my-sheets.html": "my-sheets"}
"""Kinds of pages, by their template: docs/assets/js/pages/ has a script for each kind. The others are techniques, sheets and pages."""

MENU_LIMIT = 12
"""Up to this many techniques stand in the menu one by one; with more, the list of techniques is the way in."""

_HARMFUL = ("KE503", "KE602", "KE603")
"""Rules whose break keeps a file off the site even in a build that is not strict. A picture is published only as it is made anew."""
_OF_THE_SITE = "assets"
"""The folder under docs/ whose pictures are the site's own, and stay as they are."""


@dataclass(frozen=True)
class SiteFacts:
    """The site as its folder has it now: what the checks found, and what pages and templates show."""

    guide: Guide
    outcome: Outcome
    templates: Path
    ways_in: WaysIn | None = None
    """Where somebody with a technique can go; None where nobody said where the project is kept."""

    @classmethod
    def of(cls, docs: Path, templates: Path, ways_in: WaysIn | None = None) -> SiteFacts:
        """Check the folder of techniques and keep what was found."""
        guide = Guide(docs, today_utc())
        return cls(guide, check_folder(guide), templates, ways_in)

    @cached_property
    def techniques(self) -> list[Technique]:
        """Every technique that has its facts, in the order of the list."""
        return in_order(technique for page in self.outcome.pages if (technique := technique_of(page)))

    @cached_property
    def routines(self) -> list[Routine]:
        """Every routine that has its facts, in the order of the list."""
        return in_order(routine for page in self.outcome.routines if (routine := routine_of(page)))

    @cached_property
    def _techniques(self) -> dict[str, Technique]:
        return {f"{TECHNIQUES}/{technique.slug}.md": technique for technique in self.techniques}

    @cached_property
    def _routines(self) -> dict[str, Routine]:
        return {f"{ROUTINES}/{routine.slug}.md": routine for routine in self.routines}

    @cached_property
    def _choices(self) -> dict[str, list[Any]]:
        """What the list of techniques can be filtered by: only words that some technique has, each once."""
        techniques = self.techniques
        return {
            "places": sorted({technique.works_on for technique in techniques}),
            "positions": [position for position in POSITIONS if any(position in technique.positions for technique in techniques)],
            "equipment": sorted({thing for technique in techniques for thing in technique.equipment}),
            "minutes": [limit for limit in (2, 5, 10, 15) if any(technique.minutes <= limit for technique in techniques)],
        }

    @cached_property
    def withheld(self) -> frozenset[Path]:
        """Files that are not built or copied: unreadable pages, and whatever is not a plain page or a harmless picture."""
        harmful = (self.guide.root / problem.path for problem in self.outcome.problems if problem.id in _HARMFUL)
        pages = {page.source.path for page in self.outcome.pages}
        return frozenset({*self.outcome.unread, *self.outcome.strays, *harmful} - pages)

    def withholds(self, path: Path) -> bool:
        """Whether a file is not built or copied, itself or with the folder that it is in."""
        return not self.withheld.isdisjoint((path, *path.parents)) or (self._was_sent(path) and self.made_anew(path) is None)

    def made_anew(self, path: Path) -> bytes | None:
        """Give what is published in the place of a picture that somebody sent; None for every other file."""
        if not self._was_sent(path):
            return None
        kind = path.suffix[1:].lower()
        picture = judged(content_of(path, kind))
        return picture.published if picture.kind == kind else None

    def _was_sent(self, path: Path) -> bool:
        """Whether a file is a picture of a page, or a photo that should be one: the site's own stand among its assets."""
        is_ours = path.is_relative_to(self.guide.docs / _OF_THE_SITE) or not path.is_relative_to(self.guide.docs)
        return path.suffix[1:].lower() in (*PICTURE_KINDS, *PHOTO_KINDS) and not is_ours

    def menu(self, nav: list[Any] | None) -> list[Any]:
        """Give the menu with the technique pages under their list, and the routine pages under theirs."""
        lists = {
            f"{folder}/{LIST_PAGE}": [f"{folder}/{LIST_PAGE}", *paths]
            for folder, paths in ((TECHNIQUES, self._techniques), (ROUTINES, self._routines))
            if len(paths) <= MENU_LIMIT
        }
        return [_with_lists(entry, lists) for entry in nav or []]

    @cached_property
    def _lists(self) -> dict[str, Any]:
        """The derived lists by page: heading, then the template and what it wants. Made once a build, not once a page."""
        return {
            "index.md": {
                "Pick by time": ("by-time.html", {"routines": self.routines}),
                "Pick a technique": ("by-technique.html", {"techniques": self.techniques[:MENU_LIMIT]}),
            },
            "evidence.md": {"Sources": ("sources-list.html", {"sources": list(self.guide.bibliography.sources.values())})},
            "contribute.md": {
                "Start a page": ("add-technique.html", {"ways_in": self.ways_in}),
                "An example page": ("example-page.html", {"example": example_page()}),
                "The rules": ("rules-list.html", {"groups": groups(self.guide.root / "tests" / "bad")}),
            },
        }

    def surroundings(self, path: str) -> Surroundings:
        """Give what a page (by its path under docs/) shows beyond its own Markdown."""
        shown = self._techniques.get(path) or self._routines.get(path)
        is_followed = path.startswith((f"{TECHNIQUES}/", f"{ROUTINES}/")) and not path.endswith(LIST_PAGE)
        pictures = self._pictures[path.split("/")[0]] if is_followed else {}
        return Surroundings(self.templates, is_followed, shown, self._lists.get(path, {}), pictures)

    @cached_property
    def _pictures(self) -> dict[str, Pictures]:
        """The drawings of the techniques, as the pages of each folder name them."""
        drawn = self.guide.docs / TECHNIQUES
        return {TECHNIQUES: Pictures(drawn), ROUTINES: Pictures(drawn, f"../{TECHNIQUES}/")}

    def search_words(self, path: str) -> list[str]:
        """Give the everyday words under which the search finds a technique first: the part of the leg, and what one needs."""
        technique = self._techniques.get(path)
        return [technique.works_on, *technique.equipment] if technique else []

    def put_together(self, path: str) -> str | None:
        """Give the Markdown of a routine page with its techniques put in; None for every other page."""
        page = self._routine_pages.get(path)
        return page.put_together() if page else None

    @cached_property
    def _routine_pages(self) -> dict[str, RoutinePage]:
        return {page.place.as_posix(): page for page in self.outcome.routines}

    def known_meta(self, path: str, meta: dict[str, Any]) -> dict[str, Any]:
        """Give a page's front matter; of a technique or a routine only the keys that it may have, whatever else was written."""
        model = next(
            (kind.model for kind in (Page, RoutinePage) if path.startswith(f"{kind.folder}/") and not path.endswith(LIST_PAGE)), None
        )
        return {key: value for key, value in meta.items() if key in model.model_fields} if model else meta

    def open_files(self, home: str) -> dict[str, str]:
        """Give the open data and its schema by their places on the site; `home` is the site's address, or empty."""
        schema = json.dumps(open_data.schema(), indent=2, ensure_ascii=False) + "\n"
        return {open_data.PLACE: open_data.open_data(self.outcome.pages, home), open_data.SCHEMA_PLACE: schema}

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {page.place.as_posix(): page for page in self.outcome.pages}

    @cached_property
    def shared_facts(self) -> dict[str, Any]:
        """What the templates' variable `knee` holds on every page."""
        return {"techniques": self.techniques, "routines": self.routines, "choices": self._choices, "ways_in": self.ways_in}

    def template_facts(self, path: str, meta: Mapping[str, Any], words: str, address: str, *, with_problems: bool) -> dict[str, Any]:
        """Give the templates' variable `knee` for a page with this path under docs/, this front matter, these words and this address."""
        return {**self.shared_facts, **self.page_facts(path, meta, words, address, with_problems=with_problems)}

    def page_facts(self, path: str, meta: Mapping[str, Any], words: str, address: str, *, with_problems: bool) -> dict[str, Any]:
        """Give what the templates' variable `knee` holds on this page alone."""
        reviewed = _day(meta.get("reviewed"))
        technique, routine = self._techniques.get(path), self._routines.get(path)
        followed = technique or routine
        page = self._pages.get(path)
        return {
            "kind": self._kind(path, meta),
            "structured": self._structured_data(path, meta, address),
            "technique": technique,
            "routine": routine,
            "sources": followed.sources if followed else self.guide.bibliography.named(meta.get("sources")),
            "sign_off": sign_off_of(page) if page else None,
            "reviewed": in_words(reviewed) if reviewed else None,
            "next_review": in_words(next_review(reviewed)) if reviewed else None,
            "sheet": sheet_of(words_on_sheet(page) if page else words, reviewed.isoformat() if reviewed else "", address),
            "problems": self._problems_of(path) if with_problems else [],
        }

    def _problems_of(self, path: str) -> list[Problem]:
        """Give the problems of a page, and of the pictures that it shows."""
        place, page = PurePosixPath(self.guide.docs.name, path), self._pages.get(path)
        own = (page.own_picture(picture) for picture in page.pictures) if page else ()
        files = {str(place), *(str(place.with_name(name)) for name in own if name)}
        return [problem for problem in self.outcome.problems if problem.path in files]

    def _structured_data(self, path: str, meta: Mapping[str, Any], address: str) -> dict[str, Any]:
        shown, page = self._techniques.get(path) or self._routines.get(path), self._pages.get(path) or self._routine_pages.get(path)
        if shown and page:
            return structured_data.followed_page(shown, page, sign_off_of(page), address)
        return structured_data.web_page(address, has_sources=bool(meta.get("sources")))

    def _kind(self, path: str, meta: Mapping[str, Any]) -> str:
        if path in self._techniques or path in self._routines:
            return "technique"
        return KINDS.get(str(meta.get("template")), "sheet" if meta.get("sheet") else "page")


def _with_lists(entry: Any, lists: Mapping[str, list[str]]) -> Any:
    """Give an entry of the menu, with the pages of a folder in place of the folder's list."""
    if not isinstance(entry, dict):
        return entry
    return {title: lists.get(target, target) if isinstance(target, str) else target for title, target in entry.items()}


def _day(value: object) -> datetime.date | None:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, datetime.date) else None
