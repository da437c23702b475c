"""Builds the site of the folder where it is started, and prints what each part of the hook took: processor seconds, most expensive first.

`make bench` starts it for many pages. What other processes do for the checks is counted as well.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

EVENTS = {
    "config": "checks, and the menu",
    "files": "pictures, scripts and style sheets",
    "page_markdown": "what stands around a page",
    "page_context": "facts for the templates",
    "post_page": "each page made light, with its style and drawings",
    "post_template": "the page for what is not found",
}
"""The events of MkDocs, and what the hook does in them."""
AT_THE_END = {"remove_unasked": "what no page asks for taken out", "write_worker": "the saved copy", "unlike_what_was_read": "the proof"}
"""What it does at the end, by the function's name."""
IN_PAGES = "cards and lists in the pages"

spent: Counter[str] = Counter()


def seconds() -> float:
    """Return the processor time of this process, and of those that it has waited for."""
    return sum(os.times()[:4])


def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with its time counted under the part's name."""

    def run(*given: Any, **named: Any) -> Any:
        before = seconds()
        made = function(*given, **named)
        made = list(made) if part == AT_THE_END["unlike_what_was_read"] else made
        spent[part] += seconds() - before
        return made

    return run


def main() -> None:
    """Build, and print a line for each part."""
    config = load_config("mkdocs.yml", site_dir="site")
    for event, part in EVENTS.items():
        config.plugins.events[event][:] = [timed(part, one) for one in config.plugins.events[event]]
    hook = config.hooks["hooks/mkdocs_events.py"]
    for name, part in AT_THE_END.items():
        setattr(hook, name, timed(part, getattr(hook, name)))
    from knee.publish import page_html

    for kind in (page_html._Contents, page_html._CareCards):
        kind.run = timed(IN_PAGES, kind.run)
    before = seconds()
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    print(f"{seconds() - before:.2f} s in all, and of that")
    for part, took in spent.most_common():
        print(f"  {took:6.2f} s  {part}")


if __name__ == "__main__":
    sys.exit(main())
