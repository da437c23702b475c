"""What we read only as a copy or a report is named as one, wherever a page names its source."""

from __future__ import annotations

from collections.abc import Container
from xml.etree.ElementTree import Element

from knee.contract.bibliography import cited_key

REPORT = " (report)"


def label_reports(root: Element, reports: Container[str]) -> None:
    """Say "report" in each link to the entry of a source whose key is among `reports`."""
    for link in root.iter("a"):
        key = cited_key(link.get("href", ""), among_sources=True)
        if key in reports and "report" not in "".join(link.itertext()).casefold():
            last = link[-1] if len(link) else None
            if last is None:
                link.text = (link.text or "") + REPORT
            else:
                last.tail = (last.tail or "") + REPORT
