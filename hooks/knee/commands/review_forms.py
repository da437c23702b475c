"""`python -m knee.commands.review_forms [FOLDER]`: writes a form for each page that a clinician can review, as HTML."""

from __future__ import annotations

import base64
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knee.contract.site_context import SiteContext
from knee.facts.review_dates import today_utc
from knee.facts.review_form import ReviewForm, form_of
from knee.pictures.file import content_of
from knee.pictures.judged import judged
from knee.publish.maintainer import maintainer_of
from knee.publish.project_settings import settings_of
from knee.rules.check import Outcome, check_folder
from knee.rules.report import as_text

PLACE = Path("dist", "review")
"""Where the forms are put."""
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp"}
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write_forms(root: Path, to: Path, outcome: Outcome) -> list[Path]:
    """Write the form of every page that can be signed, in place of those of an earlier time. Return the files."""
    shutil.rmtree(to, ignore_errors=True)  # a form for outdated words must not be signed
    to.mkdir(parents=True)
    settings = settings_of(root / "mkdocs.yml")
    files = []
    for page in outcome.signable:
        form = form_of(page)
        files.append(to / f"{form.name}.html")
        files[-1].write_text(form_html(form, settings), "utf-8")
    return files


def form_html(form: ReviewForm, settings: Mapping[str, Any]) -> str:
    """Return a form as a page of its own; `settings` are those of mkdocs.yml.

    Raises: WrongMaintainer.
    """
    home, maintainer = str(settings.get("site_url") or ""), maintainer_of(settings["extra"].get("maintainer"))
    return _TEMPLATES.get_template("review-form.html").render(
        form=form,
        pictures=_inside(line.picture for part in form.parts for line in part.lines if line.picture),
        site_name=settings["site_name"],
        repo_url=str(settings.get("repo_url") or "").rstrip("/"),
        address=f"{home.rstrip('/')}/{form.page.place.with_suffix('').as_posix()}/" if home else "",
        email=maintainer["email"] if maintainer else "",
    )


def _inside(paths: Iterable[Path]) -> dict[Path, str]:
    """Return pictures as addresses that hold the picture itself, as the site publishes it."""
    made = {path: judged(content_of(path, path.suffix[1:])) for path in paths if path.suffix[1:] in _TYPES}
    return {
        path: f"data:{_TYPES[path.suffix[1:]]};base64,{base64.b64encode(picture.published).decode()}"
        for path, picture in made.items()
        if picture.published
    }


def review_command(arguments: Sequence[str] | None = None) -> int:
    """Write the forms of the project in the current directory. Return the exit status: 1 where a page has problems, which come first."""
    root = Path.cwd()
    given = sys.argv[1:] if arguments is None else arguments
    outcome = check_folder(SiteContext(root / "docs", today_utc()))
    if outcome.problems:
        print(
            f"{as_text(outcome.problems, outcome.count)}\nno form was written: a clinician's time is for pages without these",
            file=sys.stderr,
        )
        return 1
    write_forms(root, Path(given[0]) if given else PLACE, outcome)
    return 0


if __name__ == "__main__":
    sys.exit(review_command())
