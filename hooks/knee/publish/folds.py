"""What a reader does not need in this moment is folded: it opens by a press, in a search, by a link to it, and once open it prints."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from knee.contract.headings import is_background

_LEVELS = ("h2", "h3")


def fold(root: Element) -> None:
    """Fold the parts of a page, in place: each from its heading to the next one of the same or a higher level."""
    for level in reversed(_LEVELS):
        for holder in [root, *root.iter("section")]:
            _fold_in(holder, level)


def _fold_in(holder: Element, level: str) -> None:
    for heading in [child for child in holder if child.tag == level and is_background("".join(child.itertext()))]:
        start = list(holder).index(heading)
        ends = (place for place, child in enumerate(holder) if place > start and child.tag in _LEVELS and child.tag <= level)
        end = next(ends, len(holder))
        part, summary = Element("details", {"class": "fold"}), Element("summary")
        summary.append(heading)
        part.append(summary)
        part.extend(list(holder)[start + 1 : end])
        holder[start:end] = [part]
