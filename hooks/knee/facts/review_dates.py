"""When pages were checked against their sources, and when they are to be checked again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence


def today_utc() -> datetime.date:
    """Return today's date by UTC."""
    return datetime.datetime.now(datetime.UTC).date()


def reviewed_day(front: Mapping[str, object]) -> datetime.date | None:
    """Return the day of a page's last review as its front matter has it, in quotes or without; None where it holds no such day."""
    value = front.get("reviewed")
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime.datetime):  # a day with a time, which Python counts among the days but cannot compare with them
        return value.date()
    return value if isinstance(value, datetime.date) else None


def next_review(reviewed: datetime.date) -> datetime.date:
    """Return the day when a page is due to be checked again: 12 months after its last review, or the last day that Python knows."""
    if reviewed.year == datetime.MAXYEAR:  # a slip of the author's, which the rules tell
        return datetime.date.max
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
