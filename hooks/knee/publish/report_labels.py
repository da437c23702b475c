"""What we read only as a copy or a report is named as one, wherever a page names its source."""

from __future__ import annotations

import re
from collections.abc import Container
from xml.etree.ElementTree import Element

_SOURCE = re.compile(r"(?:^|/)(?:evidence\.md)?#([a-z0-9-]+)$")
REPORT = " (report)"


def label_reports(root: Element, reports: Container[str]) -> None:
    """Say "report" in each link to the entry of a source whose key, in small letters, is among `reports`."""
    for link in root.iter("a"):
        found = _SOURCE.search(link.get("href", ""))
        if found and found[1] in reports and "report" not in "".join(link.itertext()).casefold():
            last = link[-1] if len(link) else None
            if last is None:
                link.text = (link.text or "") + REPORT
            else:
                last.tail = (last.tail or "") + REPORT
