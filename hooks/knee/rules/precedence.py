"""Takes out the findings that give way to others: one mistake is told once. Rules only declare it (`yields_to`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from knee.contract.page import Page
from knee.rules.registry import Finding, GivesWay, Rule
from knee.text.reading import collapse_whitespace


class Found(NamedTuple):
    """One finding, with the rule that found it and the file it is in."""

    rule: Rule
    finding: Finding
    path: Path


def without_those_that_give_way(found: Iterable[Found], pages: Mapping[Path, Page]) -> Iterator[Found]:
    """Return the findings that are to be reported, in their order; `pages` are those that could be read, by their files.

    A finding gives way to what another rule found, also where that one gives way itself: nothing is reported for a mistake
    only when something else is, because no rule gives way to itself by any way round (a test holds that).
    """
    everything = list(found)
    files: dict[Path, dict[str, list[Finding]]] = {}
    for each in everything:
        files.setdefault(each.path, {}).setdefault(each.rule.id, []).append(each.finding)
    known = {path: _FoundOnPage(findings, pages.get(path)) for path, findings in files.items()}
    told_anywhere = {each.rule.id for each in everything}
    for each in everything:
        if not any(known[each.path].has(way, each.finding, told_anywhere) for way in each.rule.yields_to):
            yield each


@dataclass(frozen=True)
class _FoundOnPage:
    """What the rules found in one file, by their ids, looked up by place."""

    findings: Mapping[str, list[Finding]]
    page: Page | None

    def has(self, way: GivesWay, finding: Finding, told_anywhere: set[str]) -> bool:
        """Whether one of the rules to give way to found something as near as `way` says."""
        if way.where == "anywhere":
            return not told_anywhere.isdisjoint(way.ids)
        return any(self._near(way, rule_id, finding) for rule_id in way.ids if rule_id in self.findings)

    def _near(self, way: GivesWay, rule_id: str, finding: Finding) -> bool:
        if way.where == "its lines":
            return finding.line in self._own_lines[rule_id] or any(finding.line in lines for lines in self._spoilt[rule_id])
        if way.where == "its section":
            return self._section(finding.line) in self._sections[rule_id]
        if way.where == "its words":
            start = r"(?<!\w)" if finding.about[:1].isalnum() else ""
            words = start + re.escape(collapse_whitespace(finding.about).casefold())
            return bool(finding.about) and bool(re.search(words, self._words[rule_id]))
        return True

    @cached_property
    def _own_lines(self) -> dict[str, set[int]]:
        return {rule_id: {finding.line for finding in findings} for rule_id, findings in self.findings.items()}

    @cached_property
    def _spoilt(self) -> dict[str, set[range]]:
        return {rule_id: {finding.spoils for finding in findings} for rule_id, findings in self.findings.items()}

    @cached_property
    def _sections(self) -> dict[str, set[int]]:
        return {rule_id: {self._section(finding.line) for finding in findings} for rule_id, findings in self.findings.items()}

    @cached_property
    def _words(self) -> dict[str, str]:
        """The words that each rule's findings are about: their lines, and what they name themselves."""
        return {
            rule_id: "\n".join(collapse_whitespace(f"{self._line(finding.line)} {finding.about}") for finding in findings).casefold()
            for rule_id, findings in self.findings.items()
        }

    @cached_property
    def _starts(self) -> list[int]:
        return [heading.line for heading in self.page.headings] if self.page else []

    def _section(self, line: int) -> int:
        return bisect_right(self._starts, line)

    def _line(self, number: int) -> str:
        return self.page.line(number) if self.page else ""
