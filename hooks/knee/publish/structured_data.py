"""What a page says to search engines about itself, in the words of schema.org.

No more is said than the page shows. What is left out on purpose:

- `lastReviewed` where no clinician has signed: on a medical page it is taken for the date of a medical review. The date on our pages
  says when the authors held the page against its sources. Readers see it with these words, and in the open data it has them too.
- `description`: it stands in the head of the page already, and every byte counts.
- `reviewedBy` where no clinician has signed, or where the words changed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from knee.contract.page import Page
from knee.contract.routine_page import REST, WARM_UP, RoutinePage
from knee.contract.sections import Step
from knee.facts.routine import Routine
from knee.facts.sign_off import SignedBy
from knee.facts.technique import Technique

SAFETY_FIRST = "Read the safety note first"
"""What comes before the first step: the words of the link under the key facts (overrides/partials/knee/key-facts.html)."""
USED_UP = ("lotion",)
"""What one needs and does not have afterwards: schema.org calls it a supply, and all else a tool."""

Data = dict[str, Any]


def web_page(address: str, *, has_sources: bool, signed: SignedBy | None = None) -> Data:
    """Describe a page but for its title, which its template adds. One that rests on sources gives medical information, all others do not.

    `address` is empty where the site has none.
    """
    data = {"@context": "https://schema.org", "@type": "WebPage"} | ({"url": address} if address else {})
    return data | (_medical() if has_sources else {}) | (_review(signed) if signed else {})


def followed_page(shown: Technique | Routine, page: Page, signed: SignedBy | None, address: str) -> Data:
    """Describe the page of a technique or a routine, with its steps."""
    return web_page(address, has_sources=True, signed=signed) | {"mainEntity": _how_to(shown, page, address)}


def _medical() -> Data:
    about = {"@type": "MedicalSymptom", "name": "Sore knee"}
    return {"@type": "MedicalWebPage", "about": about, "audience": {"@type": "PeopleAudience", "suggestedMinAge": 18}}


def _review(signed: SignedBy) -> Data:
    person = {"@type": "Person", "name": signed.name, "jobTitle": signed.profession}
    return {"lastReviewed": signed.date.isoformat(), "reviewedBy": person}


def _how_to(shown: Technique | Routine, page: Page, address: str) -> Data:
    safety = {"@type": "HowToTip", "text": SAFETY_FIRST} | ({"url": f"{address}#safety-note"} if address else {})
    parts = list(_sections(page)) if isinstance(page, RoutinePage) else _how_to_steps(page.steps)
    data = {"@type": "HowTo", "name": shown.title, "totalTime": f"PT{shown.minutes}M", "step": [safety, *parts]}
    supply = [thing for thing in shown.equipment if thing in USED_UP]
    tool = [thing for thing in shown.equipment if thing not in USED_UP]
    return data | ({"supply": supply} if supply else {}) | ({"tool": tool} if tool else {})


def _sections(page: RoutinePage) -> Iterator[Data]:
    """Return the parts of a routine in the order in which they are followed."""
    massage = [(named.title.text, named.steps) for named in page.named if named.title]
    for title, steps in [(WARM_UP, page.own_steps(WARM_UP)), *massage, (REST, page.own_steps(REST))]:
        if steps:
            yield {"@type": "HowToSection", "name": title, "itemListElement": _how_to_steps(steps)}


def _how_to_steps(steps: Iterable[Step]) -> list[Data]:
    return [{"@type": "HowToStep", "text": " ".join(filter(None, [step.words, *step.more]))} for step in steps]
