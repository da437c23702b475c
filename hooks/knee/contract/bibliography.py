"""The sources that pages may name, from docs/sources.yml."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from knee.contract.models import HttpsLink, Words
from knee.text.front_matter import FrontMatter
from knee.text.source import merge_conflicts_in
from knee.text.wording import shortened
from knee.text.yaml_values import Fault

CHECKED = {"read": "Read by us", "copy": "Read as a copy or report"}
"""How a source was checked, in the words that readers see. Sources that are only recalled are not used at all."""


class CitedSource(BaseModel):
    """One entry of docs/sources.yml."""

    model_config = ConfigDict(title="Source", extra="forbid", strict=True, frozen=True)

    key: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")]
    citation: Words
    link: HttpsLink | None
    open_first: bool = False
    """Whether somebody has to open the live page before what rests on it is published: signs of danger, and sources that are weak."""
    checked: Literal["read", "copy"]
    note: Words | None

    @property
    def short(self) -> str:
        """Who and when, to name the source where its whole citation is one link away; of a report, that it is one."""
        year = re.findall(r"\b(?:19|20)\d\d\b", self.citation)
        who = re.split(r"[,:(]|\.(?: |$)", self.citation, maxsplit=1)[0].strip()
        report = ["(report)"] if self.checked == "copy" and "report" not in who.casefold() else []
        return " ".join([who, *(last for last in year[-1:] if last not in who), *report])

    @property
    def checked_words(self) -> str:
        """How the source was checked, as readers see it."""
        return CHECKED[self.checked]


_CITED = re.compile(r"(?:^|/)evidence\.md#([a-z0-9-]+)$", re.IGNORECASE)


def cited_key(target: str, *, among_sources: bool = False) -> str:
    """Return the key of the source that a link leads to; empty where it leads elsewhere. Among the sources, `#key` leads to one."""
    found = _CITED.search(f"/evidence.md{target}" if among_sources and target.startswith("#") else target)
    return found[1].upper() if found else ""


@dataclass(frozen=True)
class Bibliography:
    """The known sources by key, and what is wrong with the file that holds them."""

    sources: dict[str, CitedSource] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @classmethod
    def at(cls, path: Path) -> Bibliography:
        """Read the bibliography; a missing or broken file is a fault, never an exception."""
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            return cls(faults=(Fault(1, f"the list of sources cannot be read ({type(error).__name__})", "restore docs/sources.yml"),))
        return cls._from(FrontMatter(text))

    @classmethod
    def _from(cls, entries: FrontMatter) -> Bibliography:
        if conflict := next(merge_conflicts_in(entries.lines), None):
            return cls(faults=(conflict,))
        faults = [_fault_of_list(fault, entries.lines[fault.line - 2]) for fault in entries.faults]
        sources: dict[str, CitedSource] = {}
        for entry in entries.entries:
            found = _source(entry.key, entry.value)
            if isinstance(found, str):
                faults.append(Fault(entry.line - 1, found, "mend the lines under it; the page Contribute shows a whole source"))
            elif entry.key in sources:
                faults.append(Fault(entry.line - 1, f"`{entry.key}` stands twice", "keep one of them"))
            else:
                sources[entry.key] = found
        return cls(sources, tuple(faults))

    @property
    def keys(self) -> tuple[str, ...]:
        """The known keys, in the file's order."""
        return tuple(self.sources)

    def at_address(self, address: str) -> CitedSource | None:
        """Return the source that a web address leads to, or the mark of a paper in it; None where none does."""
        wanted = _marks_of(address)
        return next((source for source in self.sources.values() if source.link and wanted & _marks_of(source.link)), None)

    def meant_by(self, words: str) -> CitedSource | None:
        """Return the source whose citation shares 2 or more words with what somebody wrote for a key, and more than any other does."""
        written = _words_of(words)
        shared = Counter({key: len(written & _words_of(f"{key} {source.citation}")) for key, source in self.sources.items()})
        (first, most), (_, next_most) = [*shared.most_common(2), ("", 0), ("", 0)][:2]
        return self.sources[first] if most >= _ENOUGH_WORDS and most > next_most else None

    def named(self, keys: object) -> list[CitedSource]:
        """Return the sources that a page names, in its order; what is not known is left out (a rule reports it)."""
        wanted = keys if isinstance(keys, list) else []
        return [self.sources[key] for key in wanted if isinstance(key, str) and key in self.sources]


_MARKS = re.compile(r"\b10\.[0-9]{4,}/[^\s?#]+|\bpmc[0-9]{5,}(?![0-9])")
"""What tells a paper from all others, wherever it is: its DOI, or its number at PubMed Central."""


def _marks_of(address: str) -> set[str]:
    """Return what two addresses of the same paper have in common: its marks, or else all but how the address begins and ends."""
    plain = address.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return {plain, *_MARKS.findall(plain)}


_ENOUGH_WORDS = 2


def _words_of(text: str) -> set[str]:
    """Return the words of 3 or more letters or digits in a text, and the years, in small letters."""
    return set(re.findall(r"[^\W_]{3,}", text.lower()))


_KEY = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


def _fault_of_list(fault: Fault, line: str) -> Fault:
    """Return what is wrong with a line of the list of sources, which the reader of front matter does not know as one."""
    line = line.rstrip()
    if line and not line[0].isspace() and ":" not in line and line[0] not in "-#[{":
        under = "and under it its citation, link, checked and note, each with 2 spaces before"
        if _KEY.fullmatch(line):
            return Fault(fault.line - 1, f"there is no colon after `{line}`", f"write `{line}:`, {under}")
        what = f"`{shortened(line)}` is no source"
        return Fault(fault.line - 1, what, f"take the line out; a source is its key with a colon, such as `SMITH20:`, {under}")
    return Fault(fault.line - 1, fault.what.replace("the front matter", "the list of sources"), fault.mend)


_MUST_BE = {
    "citation": "has to say who wrote it, its title, where and when",
    "link": "has to start with https://, or to be the word null",
    "open_first": "has to be the word true, or to be left out",
    "checked": "has to be the word read or the word copy",
    "note": "has to say which part was read, or to be the word null",
    "key": "has to be in capital letters and digits, such as GRABOW18",
}
"""What is asked of each part of a source, as it follows its name."""


def _source(key: str, value: Any) -> CitedSource | str:
    if not isinstance(value, dict):
        return f"`{key}` has no citation, link, checked and note under it, each with 2 spaces before"
    try:
        return CitedSource.model_validate({"key": key, **value})
    except ValidationError as error:
        parts = sorted({str(found["loc"][0]) for found in error.errors()})
        told = "; ".join(f"`{part}` {_MUST_BE.get(part, 'is no part of it')}" for part in parts)
        return f"`{key}` is not as a source has to be: {told}"
