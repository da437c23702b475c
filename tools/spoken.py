"""What is to be heard of a session, read from the page as it was built: the tests and `make listen` share it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from tools.built_pages import BuiltPage, words


def course_of(page: BuiltPage) -> Iterator[tuple[list[str], float]]:
    """Return what is to be heard of each step in a session, in order, and its seconds; read from the page as it was built."""
    sections = page.all("section.steps")
    for number, section in enumerate(sections, 1):
        title = section.attrs["data-title"] or ""
        title = f"Part {number} of {len(sections)}: {title}" if len(sections) > 1 else title
        steps = section.query("ol > li")
        before = takewhile(lambda part: part.name != "ol", section.children)
        about = " ".join(words(part) for part in before if part.name == "p" and not part.query("img"))
        for leg in ("first leg", "other leg") if section.attrs["data-each-leg"] == "true" else ("",):
            where = f"{title}, {leg}" if leg else title
            for place, item in enumerate(steps, 1):
                parts = [part for part in item.children if part.name in ("p", "ul")] or [item]
                own, *notes = [said for part in parts if (said := words(part))]
                count = f"Step {place} of {len(steps)}"
                notes += [about] if place == 1 and leg != "other leg" and about else []
                waits = item.attrs["data-dose"] == "none" and place == 1 and leg != "other leg"
                notes += ["Take your time. Then tap Next."] if waits else []
                if place > 1:
                    first = f"{count}, {leg}." if leg else f"{count}."
                else:
                    first = f"{count}. Now the other leg." if leg == "other leg" else f"{where}. {count}."
                focused = [f"({count})"] if number == place == 1 and leg != "other leg" else []
                yield [*focused, " ".join([first, own, *notes])], 0 if waits else float(item.attrs["data-seconds"] or 0)
