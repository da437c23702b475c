"""What a build sends to readers, made light: scripts joined, pages and style sheets cut."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knee.assets.minify import minify_page, minify_style
from knee.assets.policy import Policy
from knee.assets.script import joined
from knee.assets.session_dialog import MODULE, with_dialog
from knee.assets.stylesheet import Names, cut, style_rules

STYLES = tuple(f"assets/css/for-{kind}.css" for kind in ("home", "technique", "exercise", "page", "my-sheets"))
"""The style sheets that pages ask for, one for each kind of page: all of the site's own, cut to what that kind uses."""
SHOWS_OTHERS = "assets/css/for-my-sheets.css"
"""The style sheet of the one page that shows other pages: it keeps what any of them uses."""
SCRIPTS = "assets/js/pages/"
"""The scripts that pages ask for, one for each kind of page; the others are only imported."""

_STYLE_OF_PAGE = re.compile(r"assets/css/for-[a-z-]+\.css")
_SCRIPT_OF_PAGE = re.compile(r"assets/js/pages/[a-z-]+\.js")


@dataclass
class AssetPipeline:
    """One build: the policy that its pages carry, and what they use of the style sheets."""

    templates: Path
    policy: Policy
    style: str = ""
    """The whole style sheet, before it is cut."""
    scripts: dict[str, str] = field(default_factory=dict)
    """The joined scripts by path."""
    used: defaultdict[str, Names] = field(default_factory=lambda: defaultdict(Names))
    """What the pages that ask for a style sheet hold, by its path."""

    @classmethod
    def of(cls, templates: Path, *, serving: bool = False) -> AssetPipeline:
        """Begin a build with these templates; `serving` while a writer looks at the site."""
        return cls(templates, Policy.of(templates, serving=serving))

    def join(self, texts: Mapping[str, str], styles: Iterable[str]) -> tuple[dict[str, str], list[str]]:
        """Return the files that pages ask for, by path, and the paths of those that are used up.

        `texts` holds the text of every style sheet and script by its path; `styles` are the paths of those to join, in their order.
        """
        texts = {**texts, MODULE: with_dialog(texts[MODULE], self.templates)} if MODULE in texts else texts
        used_up = [path for path in styles if path in texts]
        self.style = "\n".join(texts[path] for path in used_up)
        self.scripts = {path: joined(path, texts.__getitem__) for path in texts if path.startswith(SCRIPTS)}
        others = {path: minify_style(text) for path, text in texts.items() if path.endswith(".css") and path not in used_up}
        return {**dict.fromkeys(STYLES, self.style), **self.scripts, **others}, used_up

    def page(self, html: str) -> str:
        """Return a page in few bytes, with its policy, and remember what it uses."""
        light = self.policy.put_into(minify_page(html))
        for style in _STYLE_OF_PAGE.findall(light)[:1]:
            self.used[style].add_page(light)
            for script in _SCRIPT_OF_PAGE.findall(light):
                self.used[style].add_script(self.scripts.get(script, ""))
        return light

    def cut_styles(self, site: Path) -> None:
        """Write the style sheets of a built site anew, each cut to what the pages that ask for it use."""
        for names in list(self.used.values()):
            self.used[SHOWS_OTHERS].add(names)
        rules = style_rules(self.style)
        for path in STYLES:
            (site / path).write_text(cut(rules, self.used[path]), "utf-8")
