"""When pages were checked against their sources, and when they are to be checked again."""

from __future__ import annotations

import datetime
from collections.abc import Sequence


def today_utc() -> datetime.date:
    """Return today's date by UTC."""
    return datetime.datetime.now(datetime.UTC).date()


def next_review(reviewed: datetime.date) -> datetime.date:
    """Return the day when a page is due to be checked again: 12 months after its last review."""
    if (reviewed.month, reviewed.day) == (2, 29):
        return reviewed.replace(year=reviewed.year + 1, day=28)
    return reviewed.replace(year=reviewed.year + 1)


def format_date(day: datetime.date) -> str:
    """Return a date as readers see it: "22 November 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS: Sequence[str] = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
