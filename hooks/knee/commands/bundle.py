"""`python -m knee.commands.bundle`: makes a built site into a zip that opens from a folder."""

from __future__ import annotations

import datetime
import os
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from knee.assets.offline import files_of
from knee.contract.site_context import SiteContext
from knee.facts.review_dates import format_date, reviewed_day, today_utc
from knee.proof.differences import unlike_what_was_read
from knee.rules.check import check_folder
from knee.rules.report import as_text
from knee.text.front_matter import split
from knee.text.source import Source

_LINK = re.compile(r"""(<a\b[^>]*?\shref=["']?)([^"'#?\s>]+)""")
_MODULE = re.compile(r"""<script type="?module"? (src="?[^"\s>]+"?(?: data-[^>]*)?)></script>""")
_POLICY = re.compile(r"""(http-equiv="?Content-Security-Policy"? content=")([^"]*)""")


class CannotBundle(Exception):
    """A built site cannot be opened from a folder; says why."""


def version_in(project: Path) -> str:
    """Return the version of the project: CITATION.cff is where it stands."""
    return str(yaml.safe_load((project / "CITATION.cff").read_text("utf-8"))["version"])


def day_of(docs: Path, settings: Mapping[str, str]) -> datetime.date:
    """Return the day that a bundle says it is from: the day in SOURCE_DATE_EPOCH, else the newest review of a page.

    Never the clock's: the same words give the same bundle, and an old folder that is bundled again does not look new.
    """
    epoch = settings.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date()
    fronts = (split(Source.at(path).text)[0] for path in docs.rglob("*.md"))
    return max(filter(None, (reviewed_day(front.values) for front in fronts if front)))


def make_openable(site: Path) -> list[str]:
    """Change a built site so that its pages work when they are opened as files; return the files that belong to it, sorted.

    Raises: CannotBundle.
    """
    paths = files_of(site)
    pages = [path for path in paths if path.endswith(".html")]
    for page in pages:
        (site / page).write_text(_openable(_read(site / page), page, site), "utf-8")
    return paths


def write_zip(site: Path, paths: Iterable[str], to: Path, day: datetime.date) -> None:
    """Write files of a folder as a zip with 1 folder in it, named as the zip. The same files give the same zip, byte for byte."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for path in paths:
            entry = zipfile.ZipInfo(f"{to.stem}/{path}", (max(day.year, 1980), day.month, day.day, 0, 0, 0))  # a zip knows none before
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            bundle.writestr(entry, (site / path).read_bytes())


def _openable(html: str, page: str, site: Path) -> str:
    changed, policies = _POLICY.subn(lambda found: found[1] + _policy_of_files(found[2]), html)
    if policies != 1:
        raise CannotBundle(f"{page} has {policies} security policies, and a bundle wants 1 on every page (overrides/main.html)")
    # Each is whole and needs no module's rights (hooks/knee/assets/script.py); as modules, browsers refuse them.
    changed = _MODULE.sub(lambda found: f"<script defer {found[1]}></script>", changed)
    if re.search(r"""type=["']?module""", changed):
        raise CannotBundle(f'{page} has a script that does not read <script type="module" src="..."></script>')
    return _LINK.sub(lambda found: found[1] + _to_file(found[2], page, site), changed)


def _policy_of_files(policy: str) -> str:
    """Browsers differ in whether "self" is meant for files too."""
    return policy.replace("'self'", "'self' file:")


def _to_file(href: str, page: str, site: Path) -> str:
    """Return a link to a folder as a link to the page in it: from files, browsers show a list of the folder."""
    if re.match(r"[a-z][a-z0-9+.-]*:|//", href) or not (site / _from(page, href)).is_dir():
        return href
    return f"{href.rstrip('/')}/index.html"


def _from(page: str, href: str) -> str:
    """Return the path of what a page's link names."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), href))


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def bundle_command(arguments: Sequence[str] | None = None) -> int:
    """Without a folder, print what a bundle made now is a copy of. With one (a site that was built for it), write its zip into dist/."""
    named = sys.argv[1:] if arguments is None else arguments
    project = Path()
    version, day = version_in(project), day_of(project / "docs", os.environ)
    if not named:
        print(f"{version}, {format_date(day)}")
        return 0
    bundle = project / "dist" / f"knee-ease-{version}.zip"
    try:
        paths = make_openable(Path(named[0]))
    except CannotBundle as problem:
        print(problem, file=sys.stderr)
        return 1
    context = SiteContext(project / "docs", today_utc())
    if lost := list(unlike_what_was_read(Path(named[0]), check_folder(context), context)):
        print(as_text(lost, len(paths)), file=sys.stderr)
        return 1
    write_zip(Path(named[0]), paths, bundle, day)
    print(f"{bundle.as_posix()}: {bundle.stat().st_size / 1000:.0f} kB. Unzip it, and open index.html in its folder.")
    return 0


if __name__ == "__main__":
    sys.exit(bundle_command())
