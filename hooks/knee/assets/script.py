"""Joins a script of a page with the modules that it imports, so that a reader's phone asks for one file.

It is not a bundler: it knows the few ways in which this site's modules import and export, and refuses every other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from posixpath import dirname, join, normpath

from knee.assets.minify import minify_script

_IMPORT = re.compile(r"""^import (?:\{ \w+(?:, \w+)* \} from |\w+ from (?="[./]*/vendor/))?"(\.\.?/[\w./-]+\.js)";$""", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export \{ (\w+) as default \};$", re.MULTILINE)
"""How a vendored module gives its one thing. It is imported under its own name."""
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)


class NotJoined(ValueError):
    """A script imports or exports in a way that cannot be joined. The message says which script, what, and how to fix it."""


def joined(path: str, read: Callable[[str], str]) -> str:
    """Return a script and all that it imports as one that imports nothing, also where modules are not allowed (`file:`).

    `path` is the script's path, `read` gives the text of a script by its path. Each module stays in a function of its own, so names
    of two modules never meet. Raises NotJoined.
    """
    parts: list[str] = []
    exported: dict[str, str] = {}
    for module, text in modules_of(path, read).items():
        names, part, other = _as_function(text)
        for name in names:
            if name in exported:
                raise NotJoined(f"{module}: `{name}` is exported by {exported[name]} as well; give one of them another name")
            exported[name] = module
        if other:
            raise NotJoined(f'{module}: `{other}` cannot be joined; write import {{ a }} from "./b.js" or export function a')
        parts.append(part)
    return minify_script(f'(()=>{{"use strict";{"".join(parts)}}})()')


@lru_cache(maxsize=256)
def _as_function(text: str) -> tuple[list[str], str, str]:
    """Return what a module exports, the module as a function that gives it, and the first line that cannot be joined.

    Most modules are in several scripts: each is taken apart once.
    """
    names = [*_EXPORT.findall(text), *_DEFAULT.findall(text)]
    body = _DEFAULT.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
    other, given = _OTHER.search(body), ",".join(names)
    part = f"const {{{given}}}=(()=>{{{body}\nreturn{{{given}}}}})();" if names else f"(()=>{{{body}\n}})();"
    return names, part, other[0] if other else ""


@lru_cache(maxsize=256)
def _imported(text: str) -> list[str]:
    return _IMPORT.findall(text)


def modules_of(path: str, read: Callable[[str], str]) -> dict[str, str]:
    """Return the text of every script that a script needs, and its own, by their paths: what is imported comes before what imports it.

    Raises: NotJoined, where one imports itself.
    """
    ordered: dict[str, str] = {}
    under_way: list[str] = []

    def visit(module: str) -> None:
        if module in under_way:
            raise NotJoined(f"{module}: it imports itself, through {', '.join(under_way)}; put what both need into a third script")
        if module in ordered:
            return
        under_way.append(module)
        text = read(module)
        for target in _imported(text):
            visit(normpath(join(dirname(module), target)))
        under_way.pop()
        ordered[module] = text

    visit(path)
    return ordered
