"""What a page shows beyond its own Markdown."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knee.contract.page import Page
from knee.facts.routine import Routine
from knee.facts.technique import Technique


@dataclass(frozen=True)
class PageContext:
    """What a page shows beyond its own Markdown."""

    templates: Path = Path()
    page: Page | None = None
    """The checked page of a technique or a routine; None for every other page."""
    shown: Technique | Routine | None = None
    """The facts of this technique or routine, where it has them all."""
    lists: Mapping[str, tuple[str, dict[str, Sequence[Any]]]] = field(default_factory=dict)
    """Lists to append under a heading: heading, then the template and what it wants."""
    reports: Container[str] = ()
    """The keys of the sources that were read only as a copy or a report."""
