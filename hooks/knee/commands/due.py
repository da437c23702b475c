"""`python -m knee.commands.due`: names the pages whose review is due, as a Markdown list."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from knee.facts.review_dates import format_date, next_review, reviewed_day, today_utc
from knee.text.front_matter import split
from knee.text.source import Source


def due(docs: Path, today: datetime.date) -> Iterator[tuple[Path, datetime.date]]:
    """Return every page that is past its review date, with that date."""
    for path in sorted(docs.rglob("*.md")):
        front = split(Source.at(path).text)[0]
        reviewed = reviewed_day(front.values) if front else None
        if reviewed and next_review(reviewed) < today:
            yield path, next_review(reviewed)


def due_command(arguments: Sequence[str] | None = None) -> int:
    """Print the pages of a folder (docs/ where none is named) that are due. Always gives 0: an old page is no mistake."""
    named = sys.argv[1:] if arguments is None else arguments
    docs = Path(named[0]) if named else Path("docs")
    lines = [f"- `{path.as_posix()}` was to be checked again by {format_date(day)}" for path, day in due(docs, today_utc())]
    print("\n".join(["Pages past their review date:", "", *lines] if lines else ["No page is past its review date."]))
    return 0


if __name__ == "__main__":
    sys.exit(due_command())
