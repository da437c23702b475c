"""What a build sends to readers, made light: scripts joined, and each page with all that it needs to be read in its first answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knee.assets.embedded import DrawingAt, with_drawings
from knee.assets.minify import minify_page, minify_style
from knee.assets.policy import Policy
from knee.assets.script import joined, modules_of
from knee.assets.session_dialog import MODULE, with_dialog
from knee.assets.stylesheet import StyleSheet, with_short_names

STYLE = "assets/css/site.css"
"""The site's own style sheets in one. The page that shows other pages asks for it; in all others stands what they use of it."""
SHEETS = "assets/css/"
"""Where the site's own style sheets stand; a theme has others."""
SCRIPTS = "assets/js/pages/"
"""The scripts that pages ask for, one for each kind of page; the others are only imported."""

_STYLE_OF_PAGE = re.compile(rf'<link rel="stylesheet" href="[^"]*{re.escape(STYLE)}">')
_FOR_PAPER = "<div hidden><svg><style>{}</style></svg></div>"
"""The style for paper stands below the header: its words need not wait for it. There, HTML lets nothing but a drawing have one."""
_CONTENT = "<main"
"""What comes after the header."""
_SCRIPT_OF_PAGE = re.compile(r"assets/js/pages/[a-z-]+\.js")


@dataclass
class AssetPipeline:
    """One build: the policy that its pages carry, and the style sheet and scripts that they use."""

    templates: Path
    policy: Policy
    serving: bool = False
    style: StyleSheet = field(default_factory=lambda: StyleSheet(""))
    naming: dict[str, str] = field(default_factory=dict)
    """The joined scripts by path, without data that the build has written: only what may make elements and set classes."""

    @classmethod
    def of(cls, templates: Path, *, serving: bool = False) -> AssetPipeline:
        """Begin a build with these templates; `serving` while a writer looks at the site: then pages are ready soon, and not light."""
        return cls(templates, Policy.of(templates, serving=serving), serving)

    def join(self, written: Mapping[str, str], data: Mapping[str, str], styles: Iterable[str]) -> tuple[dict[str, str], list[str]]:
        """Return the files that pages ask for, by path, and the paths of those that are used up.

        `written` holds the text of every style sheet and script by its path, `data` that of the scripts that the build makes for others to
        import; `styles` are the paths of the style sheets to join, in their order.
        """
        texts = {**written, **data}
        if MODULE in texts:
            texts[MODULE] = with_dialog(texts[MODULE], self.templates)
        sheets = with_short_names({path: text for path, text in written.items() if path.startswith(SHEETS) and path.endswith(".css")})
        used_up = [path for path in styles if path in sheets]
        whole = "\n".join(sheets[path] for path in used_up)
        if not self.serving:
            self.style = StyleSheet(whole)
        scripts = {path: joined(path, texts.__getitem__) for path in texts if path.startswith(SCRIPTS)}
        without_data = {**texts, **dict.fromkeys(data, "")}
        holding_data = [path for path in scripts if not data.keys().isdisjoint(modules_of(path, texts.__getitem__))]
        self.naming = {**scripts, **{path: joined(path, without_data.__getitem__) for path in holding_data}}
        others = {path: minify_style(text) for path, text in sheets.items() if path not in used_up}
        return {STYLE: minify_style(whole), **scripts, **others}, used_up

    def page(self, html: str, address: str, drawing_at: DrawingAt) -> str:
        """Return a page in few bytes, with its policy, the style that it uses, and as many of its drawings as fit.

        `address` is the page's own, seen from the site's root: "techniques/calf-stroke/".
        """
        if self.serving:
            return self.policy.put_into(html)
        light = minify_page(html)
        link = _STYLE_OF_PAGE.search(light)
        if not link:
            return with_drawings(self.policy.put_into(light), address, drawing_at)
        style = self.style.for_page(light, (self.naming.get(path, "") for path in _SCRIPT_OF_PAGE.findall(light)))
        light = f"{light[: link.start()]}<style>{style.screen}</style>{light[link.end() :]}"
        light = light.replace(_CONTENT, f"{_FOR_PAPER.format(style.paper)}{_CONTENT}", 1)
        return with_drawings(self.policy.put_into(light, style), address, drawing_at)
