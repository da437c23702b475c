"""A clinician's sign-off of a page, where it still holds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from knee.contract.models import ExerciseMeta, Meta, SafetyMeta
from knee.contract.page import Page
from knee.facts.review_dates import format_date


@dataclass(frozen=True)
class SignedBy:
    """A clinician's sign-off as readers see it."""

    name: str
    profession: str
    register: str
    date: datetime.date
    link: str

    @property
    def day(self) -> str:
        """The date in words."""
        return format_date(self.date)


def sign_off_of(page: Page) -> SignedBy | None:
    """Return a page's sign-off where it still holds: a clinician has read what it is for as it stands now."""
    meta = page.front.meta if page.front else None
    signed = meta.reviewed_by if isinstance(meta, Meta | ExerciseMeta | SafetyMeta) else None
    if not signed or signed.digest != page.digest:
        return None
    return SignedBy(signed.name, signed.profession, signed.register_, signed.date, signed.link)
