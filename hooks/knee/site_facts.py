"""Everything that the site is derived from, worked out once a build: checks, techniques, menu, facts for templates. Imports the core."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from knee.check import Outcome, check_folder, today_utc
from knee.extension import Surroundings
from knee.guide import TECHNIQUES, Guide
from knee.rules import RULES
from knee.rules.folder import LIST_PAGE
from knee.technique import Technique, in_order, in_words, next_review, technique_of

MENU_LIMIT = 12
"""Up to this many techniques stand in the menu one by one; with more, the list of techniques is the way in."""

_HARMFUL = ("KE503", "KE506", "KE602", "KE603")
"""Rules whose break keeps a file off the site even in a build that is not strict."""


@dataclass(frozen=True)
class SiteFacts:
    """The site as its folder has it now: what the checks found, and what pages and templates show."""

    guide: Guide
    outcome: Outcome
    templates: Path

    @classmethod
    def of(cls, docs: Path, templates: Path) -> SiteFacts:
        """Check the folder of techniques and keep what was found."""
        guide = Guide(docs, today_utc())
        return cls(guide, check_folder(guide), templates)

    @cached_property
    def techniques(self) -> list[Technique]:
        """Every technique that has its facts, in the order of the list."""
        return in_order(technique for page in self.outcome.pages if (technique := technique_of(page)))

    @cached_property
    def _by_path(self) -> dict[str, Technique]:
        return {f"{TECHNIQUES}/{technique.slug}.md": technique for technique in self.techniques}

    @cached_property
    def withheld(self) -> frozenset[Path]:
        """Files that are not built or copied: unreadable pages, and whatever is not a plain page or a harmless picture."""
        harmful = (self.guide.root / problem.path for problem in self.outcome.problems if problem.id in _HARMFUL)
        pages = {page.source.path for page in self.outcome.pages}
        return frozenset({*self.outcome.unread, *harmful} - pages)

    def menu(self, nav: list[Any] | None) -> list[Any] | None:
        """Give the menu with the technique pages under the list of techniques."""
        if not nav or len(self.techniques) > MENU_LIMIT:
            return nav
        list_page = f"{TECHNIQUES}/{LIST_PAGE}"
        return [
            {title: [list_page, *self._by_path] if target == list_page else target}
            for entry in nav
            for title, target in (entry.items() if isinstance(entry, dict) else [(None, entry)])
        ]

    def surroundings(self, path: str) -> Surroundings:
        """Give what a page (by its path under docs/) shows beyond its own Markdown."""
        lists: dict[str, Any] = {
            "evidence.md": {"Sources": ("sources-list.html", {"sources": list(self.guide.bibliography.sources.values())})},
            "contribute.md": {"The rules": ("rules-list.html", {"rules": list(RULES.values())})},
        }
        is_technique = path.startswith(f"{TECHNIQUES}/") and not path.endswith(LIST_PAGE)
        return Surroundings(self.templates, is_technique, self._by_path.get(path), lists.get(path, {}))

    def template_facts(self, path: str, meta: Mapping[str, Any], *, with_problems: bool) -> dict[str, Any]:
        """Give the templates' variable `knee` for a page with this path under docs/ and this front matter."""
        reviewed = _day(meta.get("reviewed"))
        shown = f"{self.guide.docs.name}/{path}"
        return {
            "technique": self._by_path.get(path),
            "techniques": self.techniques,
            "sources": self.guide.bibliography.named(meta.get("sources")),
            "reviewed": in_words(reviewed) if reviewed else None,
            "next_review": in_words(next_review(reviewed)) if reviewed else None,
            "problems": [problem for problem in self.outcome.problems if problem.path == shown] if with_problems else [],
        }


def _day(value: object) -> datetime.date | None:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, datetime.date) else None
