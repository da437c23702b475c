"""While a writer looks at the site (`mkdocs serve`): what has not changed since the last build is neither rendered nor written again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

MadeOf = Callable[[str, str], object]
"""Returns everything a page shows apart from the templates and the menu, by its path under docs/ and its template: to be compared."""


class ServedFiles(Files):
    """Every file of the site, because others link to it. Of those that are `kept` MkDocs renders and writes none."""

    def __init__(self, files: Files, kept: Collection[str]) -> None:
        super().__init__(list(files))
        self.kept = frozenset(kept)

    def documentation_pages(self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included) -> Sequence[File]:
        """Return the pages that are to be rendered."""
        return [file for file in super().documentation_pages(inclusion=inclusion) if file.src_uri not in self.kept]

    def copy_static_files(self, dirty: bool = False, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included) -> None:
        """Write the other files that are to be written."""
        for file in self:
            if not file.is_documentation_page() and inclusion(file.inclusion) and file.src_uri not in self.kept:
                file.copy_file(dirty)


class LastBuild:
    """The last build, with all that its pages and files were made of. One that MkDocs warned in is not kept: it has to warn again."""

    def __init__(self) -> None:
        self._around: object = None
        self._pages: dict[str, tuple[object, Page]] = {}
        self._static: dict[str, object] = {}
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        self._warnings.addFilter(lambda record: not record.name.startswith("mkdocs.hooks"))

    def listen(self) -> None:
        """Count what MkDocs warns of, from now on."""
        logging.getLogger("mkdocs").addHandler(self._warnings)

    def without_unchanged(self, files: Files, around: object, made_of: MadeOf) -> ServedFiles:
        """Return the files of a build, with those kept that are as they were; none where what is `around` all of them has changed."""
        around = (around, frozenset(file.src_uri for file in files))
        kept: set[str] = set()
        static = {file.src_uri: _stamp(file) for file in files if not file.is_documentation_page()}
        if around == self._around:
            kept |= {path for path, stamp in static.items() if stamp == self._static.get(path)}
            for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
                made, page = self._pages.get(file.src_uri, (None, None))
                if page and made == made_of(file.src_uri, template_of(page)):
                    file.page, page.file = page, file
                    kept.add(file.src_uri)
        self._around, self._static = around, static
        return ServedFiles(files, kept)

    def remember(self, files: ServedFiles, made_of: MadeOf, *, again: bool) -> None:
        """Keep the pages of a build that has come to its end, unless something of it has to be told `again`."""
        for file in files:
            if file.page and file.src_uri not in files.kept:
                self._pages[file.src_uri] = made_of(file.src_uri, template_of(file.page)), file.page
        if again or self._warnings.get_counts():
            self.forget()

    def forget(self) -> None:
        """Keep nothing: the next build makes everything anew."""
        self._around = None
        self._warnings.counts.clear()


class CompiledTemplates(BytecodeCache):
    """Templates as they were compiled, for all builds of a server."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template if its source is unchanged."""
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._compiled[bucket.key, bucket.checksum] = bucket.code


def template_of(page: Page) -> str:
    """Return the template that a page asks for; empty where it asks for none."""
    return str(page.meta.get("template") or "")


def print_of_settings(config: MkDocsConfig) -> str:
    """Return a fingerprint of the settings, the templates and the menu: what every page shows something of."""
    folder = Path(config.theme.custom_dir or "overrides")
    files = [Path(config.config_file_path), *sorted(path for path in folder.rglob("*") if path.is_file())]
    parts = [f"{path}\0".encode() + path.read_bytes() for path in files]
    return hashlib.sha256(b"\0".join([repr(config.nav).encode(), *parts])).hexdigest()


def _stamp(file: File) -> object:
    """Return what tells whether a file is still the same: when it was saved and its size, or a fingerprint of what the build makes."""
    if file.abs_src_path is None:
        return hashlib.sha256(file.content_bytes).digest()
    found = Path(file.abs_src_path).stat()
    return found.st_mtime_ns, found.st_size
