"""A contributor's desk: one technique that is being written, among the pages of the site, and all that is said and shown about it."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader
from markdown import Markdown

from knee.contract.site_context import TECHNIQUES, SiteContext
from knee.contract.technique_page import TechniquePage
from knee.facts.paper import sides
from knee.pictures.judged import judged
from knee.publish.page_html import KneeExtension
from knee.publish.project_settings import settings_of
from knee.publish.publication import Publication
from knee.rules.check import Outcome, check_among, check_folder, check_name, read_techniques
from knee.rules.report import as_text
from knee.text.code_host import shown_by_code_host
from knee.text.surroundings import LEFT_TO_THE_PULL_REQUEST
from knee.text.website import EXTENSION_CONFIGS, EXTENSIONS


class Desk:
    """The project in a folder, with files laid over it. JSON can hold every answer."""

    def __init__(self, root: Path, today: datetime.date = datetime.date(2000, 1, 1)) -> None:
        self.templates = root / "overrides"
        self.settings = settings_of(root / "mkdocs.yml")
        self.site = SiteContext(root / "docs", today)
        self.others = read_techniques(self.site)
        self.outcome, self.page = Outcome((), ()), cast("TechniquePage | None", None)
        self._before: dict[Path, bytes | None] = {}
        self._environment = Environment(loader=FileSystemLoader(self.templates), autoescape=False)
        self._environment.filters["url"] = lambda address: address

    def answer(self, place: str, files: Mapping[str, bytes], today: datetime.date) -> dict[str, Any]:
        """Check a page, and return what is to mend. `place` and the names of `files` are paths under docs/.

        The files are laid over those of the project. Where they are a technique with its pictures, nothing else is read again.
        A name that cannot be an address is the only problem reported, and no file is written: the name could lead anywhere.
        """
        path = self.site.docs / place
        if today != self.site.today:
            self.site = replace(self.site, today=today)
        outcome = check_name(place.removeprefix(f"{TECHNIQUES}/").removesuffix(".md"), path, self.site)
        if not outcome.problems:
            self._lay({self.site.docs / name: content for name, content in files.items()})
            outcome = self._checked(path, files)
        self.outcome = outcome
        page = self.page = next((page for page in outcome.techniques if page.source.path == path), None)
        problems = self._environment.get_template("partials/knee/problems.html")
        return {
            "count": len(outcome.problems),
            "text": as_text(outcome.problems, outcome.count),
            "problems": problems.render(knee={"problems": outcome.problems, "writing": f"docs/{place}"}),
            "left": LEFT_TO_THE_PULL_REQUEST,
            "sides": [{"paper": side.paper.name, "points": side.points, "over": side.over} for side in (sides(page) if page else ())],
        }

    def shown(self) -> dict[str, str]:
        """Return the page of the last answer as the site and the code host show it, or nothing if it could not be read."""
        if not self.page:
            return {"page": "", "host": ""}
        return {"page": self._as_the_site_shows(self.page, self.outcome), "host": shown_by_code_host(self.page.body)}

    def _checked(self, path: Path, files: Iterable[str]) -> Outcome:
        if all(name.startswith(f"{TECHNIQUES}/") and (not name.endswith(".md") or name.endswith(f"/{path.name}")) for name in files):
            self.site.look_again()
            return check_among(path, self.others, self.site)
        return check_folder(SiteContext(self.site.docs, self.site.today))

    def _lay(self, files: Mapping[Path, bytes]) -> None:
        """Put back what was there before the last files came, then lay files over those of the project."""
        for path, content in self._before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        self._before.clear()
        for path, content in files.items():
            before = path.read_bytes() if path.is_file() else None
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            self._before[path] = before  # only now: a file that could not be written needs no way back

    def _as_the_site_shows(self, page: TechniquePage, outcome: Outcome) -> str:
        publication, path = Publication(self.site, outcome, self.templates), page.place.as_posix()
        meta = publication.allowed_front_matter(path, page.front.values if page.front else {})
        extension = KneeExtension(context=publication.context_of(path))
        content = Markdown(extensions=[*EXTENSIONS, extension], extension_configs=EXTENSION_CONFIGS).convert(page.body)
        facts = publication.page_facts(path, meta, page.body, "", with_problems=False)
        shown = SimpleNamespace(content=content, meta=meta, title=page.title.text if page.title else page.slug, url=path, edit_url=None)
        template = self._environment.get_template("main.html")
        context = template.new_context({"page": shown, "knee": {"problems": [], **facts}, "config": self.settings})
        return "".join(template.blocks["content"](context))


class Worker:
    """What the page's worker calls, with the values that JavaScript gives."""

    def __init__(self, root: str) -> None:
        self.desk = Desk(Path(root))
        for page in self.desk.others[:1]:  # the first answer takes longest, so it is worked out before anybody waits for one
            self.desk.answer(page.place.as_posix(), {}, self.desk.site.today)
            self.desk.shown()

    def answer(self, place: str, files: Any, today: str) -> str:
        """Return the answer of the desk as JSON; `files` is an object of texts and bytes, `today` an ISO date."""
        return json.dumps(self.desk.answer(place, _as_bytes(files), datetime.date.fromisoformat(today)))

    def shown(self) -> str:
        """Return how the page of the last answer looks, as JSON."""
        return json.dumps(self.desk.shown())

    def picture(self, content: Any) -> bytes:
        """Return a picture without its private data, or unchanged if more is wrong with it: the checks say what."""
        given: bytes = content.to_bytes()
        return judged(given).cleaned or given

    def zipped(self, files: Any) -> bytes:
        """Return files as a zip, each at its place in the project."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
            for name, content in _as_bytes(files).items():
                kept.writestr(f"docs/{name}", content)
        return out.getvalue()


def _as_bytes(files: Any) -> dict[str, bytes]:
    return {name: content.encode() if isinstance(content, str) else content.to_bytes() for name, content in files.object_entries()}
