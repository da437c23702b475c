"""Takes the place of cmarkgfm's compiled half in a browser: the same C code, compiled to WebAssembly (tools/composer.py).

cmarkgfm's own Python half (`cmark.py`) stands beside this file, as it is published. A pointer is a number here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import js

_exports: Any = js.cmark
_OPTION = re.compile(r"^#define (CMARK_\w+) \(?(0|1 << \d+)\)?$", re.MULTILINE)
_HEADER = Path(__file__).with_name("cmark-gfm.h").read_text("utf-8")


class _Library:
    """Calls a function of the C library by its name. Bytes are given as text that C can read, and freed after the call."""

    CMARK_NODE_NONE = 0

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            texts = {place: _copied(value) for place, value in enumerate(arguments) if isinstance(value, bytes)}
            try:
                return getattr(_exports, name)(*(texts.get(place, value) for place, value in enumerate(arguments)))
            finally:
                for text in texts.values():
                    _exports.free(text)
                if name == "cmark_render_html":
                    _exports.cmark_node_free(arguments[0])  # cmarkgfm reads a page once, and never frees it

        return call


class _Interface:
    """The little of cffi that cmarkgfm asks for."""

    NULL = 0

    @staticmethod
    def string(start: int) -> bytes:
        """Return the text at a pointer, without its NUL, and free it: nobody else does."""
        memory = js.Uint8Array.new(_exports.memory.buffer)
        text: bytes = memory.slice(start, memory.indexOf(0, start)).to_bytes()
        _exports.free(start)
        return text


def _copied(text: bytes) -> int:
    start: int = _exports.malloc(len(text) + 1)
    js.Uint8Array.new(_exports.memory.buffer, start, len(text) + 1).assign(text + b"\0")
    return start


lib, ffi = _Library(), _Interface()
for _name, _value in _OPTION.findall(_HEADER):
    setattr(lib, _name, 1 << int(_value[5:]) if "<<" in _value else 0)
