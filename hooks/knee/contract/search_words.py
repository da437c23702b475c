"""The words that people type into the search and the page that helps them, from docs/search-words.yml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from knee.text.front_matter import FrontMatter
from knee.text.reading import collapse_whitespace
from knee.text.source import merge_conflicts_in
from knee.text.wording import shortened
from knee.text.yaml_values import Fault

NAME = "search-words.yml"
"""The file, under docs/."""
_LISTS = ("danger", "words")
_ODD = re.compile(r"[^\w '’&-]")
_SHOWN = "`danger: chest pain, fever` or `words: stairs, getting up`"


@dataclass(frozen=True)
class SearchTarget:
    """A page, or a section of one, and the words that lead there. `line` counts from 1 in the file."""

    page: PurePosixPath
    section: str
    line: int
    danger: tuple[str, ...] = ()
    """Words that always lead there first, whatever else was found."""
    words: tuple[str, ...] = ()
    """Other words that lead there."""

    @property
    def all_words(self) -> tuple[str, ...]:
        """All its words, those of danger first."""
        return (*self.danger, *self.words)

    @property
    def written(self) -> str:
        """The page and the section as the file names them."""
        return f"{self.page}#{self.section}" if self.section else str(self.page)


@dataclass(frozen=True)
class SearchWords:
    """All targets in the file's order, and what is wrong with the file."""

    targets: tuple[SearchTarget, ...] = ()
    faults: tuple[Fault, ...] = ()
    lines: tuple[str, ...] = ()

    @classmethod
    def at(cls, path: Path) -> SearchWords:
        """Read the file; a missing or broken one is a fault, never an exception."""
        try:
            entries = FrontMatter(path.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            what = f"the list of search words cannot be read ({type(error).__name__})"
            return cls(faults=(Fault(1, what, f"restore docs/{NAME}"),))
        if conflict := next(merge_conflicts_in(entries.lines), None):
            return cls(faults=(conflict,))
        # The reader of front matter counts from the fence above it, which this file has not.
        unread = [_of_this_file(replace(fault, line=fault.line - 1), entries.lines) for fault in entries.faults]
        found = [_target(entry.key, entry.value, entry.line - 1) for entry in entries.entries]
        faults = [*unread, *(one for one in found if isinstance(one, Fault))]
        return cls(tuple(one for one in found if isinstance(one, SearchTarget)), tuple(faults), tuple(entries.lines))

    def of_page(self, page: PurePosixPath) -> list[str]:
        """Return the words that lead to a page (by its path under docs/) or to a section of it, each once."""
        return list(dict.fromkeys(word for target in self.targets if target.page == page for word in target.all_words))

    def line_of(self, target: SearchTarget, word: str) -> int:
        """Return the line on which a word of a target stands, from 1; the target's own line where it is broken over two."""
        after = enumerate(self.lines[target.line :], target.line + 1)
        named = re.compile(rf"(?:^|[,:>|])\s*{re.escape(word)}\s*(?:,|$)")
        return next((number for number, line in after if named.search(line)), target.line)


def _of_this_file(fault: Fault, lines: Sequence[str]) -> Fault:
    """Return what is wrong with a line of this file, which the reader of front matter does not know as one."""
    line = lines[fault.line - 1].rstrip() if fault.line <= len(lines) else ""
    if re.fullmatch(r"[\w./-]+\.md(?:#[\w-]+)?", line):
        return Fault(fault.line, f"there is no colon after `{shortened(line)}`", f"write `{shortened(line)}:`")
    return replace(fault, what=fault.what.replace("the front matter", "the list of search words"))


def _target(key: str, value: Any, line: int) -> SearchTarget | Fault:
    shown = shortened(key)
    if not isinstance(value, dict) or not value:
        return Fault(line, f"`{shown}` has no words under it", f"write {_SHOWN} under it, with 2 spaces before")
    lists: dict[str, tuple[str, ...]] = {}
    for name, written in value.items():
        if name not in _LISTS:
            what = f"under `{shown}` stands `{shortened(str(name))}`, which is neither `danger` nor `words`"
            return Fault(line, what, f"write {_SHOWN}, with 2 spaces before")
        listed = str(written if written is not None else "").strip().removesuffix(",")
        lists[name] = tuple(collapse_whitespace(word) for word in listed.split(","))
        if any(not word or _ODD.search(word) for word in lists[name]):
            odd = next(word for word in lists[name] if not word or _ODD.search(word))
            what = f"under `{shown}`, `{name}` holds " + (
                f"`{shortened(odd)}`, which nobody types" if odd else "a comma with no word beside it"
            )
            return Fault(line, what, "write plain words with 1 comma between two of them")
    page, _, section = key.partition("#")
    return SearchTarget(PurePosixPath(page), section, line, **lists)
