"""Takes out of a built site what no page asks for: sources of joined scripts, and all that a theme brings along."""

from __future__ import annotations

from pathlib import Path

from knee.assets.offline import files_of

_BROUGHT = ("assets", "search")
"""The folders in which builders, themes and joined scripts leave such files. What stands elsewhere, somebody has put there."""
_SHOWN_ELSEWHERE = ("assets/social.png",)
"""The picture that others show beside a link to the site: they ask for it, and no page does."""
_LISTS = ("search.json",)
"""Lists for the search of a theme, at the site's root."""


def remove_unasked(site: Path) -> list[str]:
    """Delete the files of those folders that no page asks for, by itself or through another file; return those that pages ask for."""
    asked = files_of(site)
    kept = {*asked, *_SHOWN_ELSEWHERE}
    for path in [*(path for folder in _BROUGHT for path in (site / folder).rglob("*")), *(site / name for name in _LISTS)]:
        if path.is_file() and path.relative_to(site).as_posix() not in kept:
            path.unlink()
    for folder in sorted((path for name in _BROUGHT for path in (site / name, *(site / name).rglob("*")) if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    return asked
