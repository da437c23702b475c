"""The copy of the site that a reader may save: which files it holds, and the worker that keeps it."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

WORKER = "sw.js"
"""At the site's root, so that it may answer for every page."""
STORE_NAME = "knee-ease-offline"
"""How the name of a reader's store begins; the first page gives it to docs/assets/js/save-offline.js, and the about page tells it."""
PATIENCE = 3.0
"""Seconds that the network has to begin its answer; then the saved copy is shown."""
LIMIT = 120.0
"""Seconds that saving may take: enough for 400 kB over a line of 30 kbit/s."""
OLD_AFTER = 90
"""Days after which a copy is called old. Pages are read again every 12 months, and a safety note may be corrected on any day:
a quarter of that time is as long as words that may be wrong go without a warning."""

_PAGES_PLACE, _SIZE_PLACE, _STORE_PLACE = "knee-saved-pages", "knee-saved-size", "knee-saved-store"
"""Where overrides/partials/knee/save-offline.html wants the store's name, and the two numbers that are known only when all is built."""
_LINE = ('class="saved-copy" hidden', '<span class="saved-copy__day"></span>', "<b hidden>")
"""What the worker looks for in a page, to say that it is a saved copy (overrides/partials/knee/copy-line.html)."""

_TEXTS = {".html", ".css", ".js", ".json", ".svg"}
_NAME = re.compile(r"[\w./-]+")
"""What may be a file's path, as others name it: from where they are, or from the site's root."""
_DRAWING = re.compile(r"data:image/[^\"]*")
"""A picture that stands in a page: it names no file."""
_STYLE = re.compile(r"(<style>.*?</style>)", re.DOTALL)
_FIRST, _NOT_FOUND = "index.html", "404.html"
_UNUSED = re.compile(r"\.map$|^sitemap\.xml")
"""Files that others name and no reader of this site gets: source maps, and the sitemap for search engines."""
_WITHOUT_LINE = re.compile(r"^techniques\.(schema\.)?json$")
"""Files with words about safety that could not say that they are a saved copy: they are never saved."""

_ENVIRONMENT = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=False, undefined=StrictUndefined)


def files_of(site: Path) -> list[str]:
    """Return the files that the pages of a built site need, with the pages, sorted by their paths.

    A file is needed if a page names it, or a file that a page needs: so what the theme brings along for others stays out.
    """
    rest = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    rest = {path for path in rest if not _UNUSED.search(path) and path not in (WORKER, _NOT_FOUND)}
    found: set[str] = set()
    new = {path for path in rest if path.endswith(".html")}
    while new:
        found |= new
        rest -= new
        named = _named_in(site / path for path in new)
        new = {path for path in rest if not named.isdisjoint(_ends_of(path))}
    return sorted(found)


def write_worker(site: Path, *, offered: bool, needed: Sequence[str] = (), patience: float = PATIENCE, limit: float = LIMIT) -> list[str]:
    """Write the worker of a built site, and put the size of the saved copy into its pages.

    Where the copy is not `offered`, the worker deletes what was saved before, and itself. `needed` are the files that the pages need,
    where somebody has looked for them already.
    Returns the pages that lack the line "Saved copy from": they are never saved, as a reader could not tell how old they are.
    """
    if not offered:
        _write_worker_script(site, "sw-off.js")
        return []
    paths = [path for path in needed or files_of(site) if not _WITHOUT_LINE.search(path)]
    unmarked = [path for path in paths if path.endswith(".html") and not _is_marked(site / path)]
    paths = [path for path in paths if path not in unmarked]
    pages = [path for path in paths if path.endswith(".html")]
    size = _rounded_up(sum(len(gzip.compress((site / path).read_bytes(), 6)) for path in paths))
    for path in pages:
        _fill_in(site / path, pages=len(pages), size=size)
    digests = {_address(path): hashlib.sha256((site / path).read_bytes()).hexdigest()[:32] for path in paths}
    saved = {
        "build": hashlib.sha256("\n".join(f"{address} {digest}" for address, digest in digests.items()).encode()).hexdigest()[:16],
        "patience": round(patience * 1000),
        "limit": round(limit * 1000),
        "old_after_days": OLD_AFTER,
        "pages": len(pages),
        "size": size,
        "files": digests,
    }
    _write_worker_script(site, "sw.js", saved=saved)
    return unmarked


def _named_in(files: Iterable[Path]) -> set[str]:
    texts = (_DRAWING.sub("", file.read_text("utf-8")) for file in files if file.suffix in _TEXTS)
    parts = {part for text in texts for part in _STYLE.split(text)}  # pages of a kind have the same style: it is searched once
    return {name.lstrip("./") for part in parts for name in _NAME.findall(part) if "." in name}


def _ends_of(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[start:]) for start in range(len(parts)))


def _is_marked(page: Path) -> bool:
    html = page.read_text("utf-8")
    return all(part in html for part in _LINE)


def _fill_in(page: Path, *, pages: int, size: int) -> None:
    html = page.read_text("utf-8")
    if _PAGES_PLACE in html or _SIZE_PLACE in html:
        page.write_text(html.replace(_PAGES_PLACE, str(pages)).replace(_SIZE_PLACE, str(size)).replace(_STORE_PLACE, STORE_NAME), "utf-8")


def _rounded_up(size: int) -> int:
    """Return a size in bytes as kB, up to the next 10: what the network adds to each file is not in it."""
    return -(-size // 10_000) * 10


def _address(path: str) -> str:
    """Return a file's address under the site's root, as a browser writes it."""
    folder, _, name = path.rpartition("/")
    shown = (f"{folder}/" if folder else "") if name == _FIRST else path
    return quote(shown, safe="/!$&'()*+,;=:@~")


def _write_worker_script(site: Path, template: str, **facts: object) -> None:
    text = _ENVIRONMENT.get_template(template).render(store_name=STORE_NAME, **facts)
    (site / WORKER).write_text(f"{text}\n", "utf-8")
