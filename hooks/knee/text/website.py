"""Reads a page as the site does (Python-Markdown, with the site's extensions)."""

from __future__ import annotations

import html
import pickle
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.preprocessors import HtmlBlockPreprocessor

from knee.text.elements import ElementWalk
from knee.text.reading import Html, Link, Reading
from knee.text.surroundings import HAS_PROCESSES

EXTENSIONS: list[str] = ["toc", "tables", "fenced_code", "sane_lists", "pymdownx.betterem", "pymdownx.saneheaders", "pymdownx.tilde"]
"""The site's Markdown extensions, as in mkdocs.yml (a test compares them): each brings the site nearer to the preview."""
EXTENSION_CONFIGS: dict[str, dict[str, Any]] = {"toc": {"marker": "", "permalink": False}, "pymdownx.tilde": {"subscript": False}}
"""The settings of `EXTENSIONS`, as in mkdocs.yml."""

LONG_PAGE = 12_000
"""The reading of a page of more characters than this is stopped when it takes too long."""
PATIENCE = 2.0
"""Seconds of processor time that such a reading may take; an ordinary page of the allowed 100 kB takes well under 1."""
_BUSY = 10
"""Wall-clock limit, as a multiple of `PATIENCE`: the machine may be busy with other things."""
_AGAIN = 0.1
"""Seconds after which a reading that went on is stopped once more: a signal is lost where Python cannot raise anything."""
_TIME_IS_UP = -signal.SIGPROF if hasattr(signal, "setitimer") else None
"""The exit status of a process that its timer has ended; None where it can have none."""
_LAST_WORDS = 500
"""Characters: so much is told of what a process said that broke down."""

_STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
_ESCAPED = re.compile("\x02amp\x03#([0-9]+);|\x02([0-9]+)\x03")


class TooSlow(Exception):
    """The site's Markdown reader does not get through the page in time."""


def read_website(text: str, first_line: int = 1) -> Reading:
    """Read Markdown as the site does; `first_line` is the line of the file on which `text` begins.

    Python-Markdown knows no lines: links, pictures and HTML get the line on which their words stand, blocks get 0.

    Raises: TooSlow, when a long page would keep the build busy for more than `PATIENCE` seconds of processor time.
    """
    if not HAS_PROCESSES or len(text) <= LONG_PAGE:
        return _read_here(text, first_line)
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return _read_apart(text, first_line)
    with _at_most(PATIENCE):
        return _read_here(text, first_line)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Let this process work for so many seconds of processor time. Raises: TooSlow, when they are over."""

    def stop(*_: object) -> NoReturn:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _read_here(text: str, first_line: int) -> Reading:
    reader = _idle.pop() if _idle else SiteMarkdown(html=True)
    tree = reader.tree(text)
    reading = SiteWalk(reader, text, first_line, reader.raw_html).through(tree)
    _idle.append(reader.reset())  # one that was stopped on its way is not used again
    return reading


def _read_apart(text: str, first_line: int) -> Reading:
    """Read a page in a process of its own, which is stopped when it takes too long: for systems and threads without a timer.

    Raises: TooSlow; RecursionError, as reading it here would; RuntimeError, when the process cannot start or breaks down, which is no
    fault of the page.
    """
    # MkDocs takes hooks/ off the path once it has loaded the hook, so the path alone would not lead to this package.
    path = [str(Path(__file__).resolve().parents[2]), *sys.path]
    command = [
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path[:0] = {path!r}; from knee.text import website; website.read_stdin({PATIENCE})",
    ]
    question = pickle.dumps((text, first_line))
    try:
        done = subprocess.run(
            command, input=question, timeout=PATIENCE * _BUSY, capture_output=True, cwd=Path(__file__).parent, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    except OSError as error:
        raise RuntimeError(f"the process that reads long pages does not start: {error}") from error
    if done.returncode == _TIME_IS_UP:
        raise TooSlow
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-_LAST_WORDS:]
        raise RuntimeError(f"the process that reads long pages broke down ({done.returncode}): {said}")
    answer: Reading | RecursionError = pickle.loads(done.stdout)
    if isinstance(answer, RecursionError):
        raise answer
    return answer


def read_stdin(patience: float) -> None:
    """Read the page on standard input and write its reading, or the RecursionError, to standard output: the other end of `_read_apart`.

    The system ends this process after `patience` seconds of processor time, where it can count them.
    """
    text, first_line = pickle.load(sys.stdin.buffer)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, patience)
    try:
        answer: Reading | RecursionError = _read_here(text, first_line)
    except RecursionError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Python-Markdown's own handling of HTML blocks, remembering which stashed pieces came from it."""

    def run(self, lines: list[str]) -> list[str]:
        before = self.md.htmlStash.html_counter
        kept = super().run(lines)
        self.md.raw_html.update(range(before, self.md.htmlStash.html_counter))  # type: ignore[attr-defined]
        return kept


class _HtmlInline(HtmlInlineProcessor):
    """Python-Markdown's own handling of HTML in a line, remembering which stashed pieces came from it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | Element, int, int]:  # type: ignore[override]
        self.md.raw_html.add(self.md.htmlStash.html_counter)  # type: ignore[attr-defined]
        return super().handleMatch(m, data)  # type: ignore[return-value]


class _Watched(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
        md.inlinePatterns.register(_HtmlInline(HTML_RE, md), "html", 90)


class NoHtml(Extension):
    """Lets no HTML of an author through: it is shown as words."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")


class SiteMarkdown(Markdown):
    """Python-Markdown as the site sets it up, stopped before it writes HTML."""

    raw_html: set[int]

    def __init__(self, *, html: bool) -> None:
        """Let HTML through and watch it (`html`), as the checks do, or make words of it, as the site does."""
        self.raw_html = set()
        super().__init__(extensions=[*EXTENSIONS, _Watched() if html else NoHtml()], extension_configs=EXTENSION_CONFIGS)

    def reset(self) -> SiteMarkdown:
        """Forget the page that was read."""
        super().reset()
        self.raw_html.clear()
        return self

    def tree(self, text: str) -> Element:
        """Return the page's elements, inline Markdown done, HTML still stashed."""
        lines = text.split("\n")
        for preprocessor in self.preprocessors:
            lines = preprocessor.run(lines)
        self.parser.parseDocument(lines)
        root: Element = self.parser.root
        for treeprocessor in self.treeprocessors:
            changed: Element | None = treeprocessor.run(root)
            root = root if changed is None else changed
        return root


_idle: list[SiteMarkdown] = []
"""Readers that can read the next page: to set one up takes as long as to read a short page."""


class SiteWalk(ElementWalk):
    """One pass over the elements of a page, inline Markdown done: collects what the site would show.

    Entities, escaped marks and HTML are still stashed. `raw_html` names the stashed pieces that came from HTML: they are no words.
    """

    def __init__(self, reader: Markdown, text: str, first_line: int, raw_html: Collection[int] = ()) -> None:
        super().__init__()
        self.reader = reader
        self.raw_html = raw_html
        self.lines = text.split("\n")
        self.first_line = first_line
        self.at = 0
        self.strikes: list[str] = []

    def through(self, root: Element) -> Reading:
        """Return what the site shows of the page whose elements `root` holds."""
        self.blocks_in(root, ())
        self.links += [Link(target, self.target_line(target)) for target, _ in self.reader.references.values()]
        stashed = self.reader.htmlStash.rawHtmlBlocks
        raw = [str(stashed[index]) for index in sorted(self.raw_html) if index < len(stashed)]
        found = tuple(Html(piece, self.target_line(piece.strip().split("\n")[0])) for piece in raw)
        return Reading(tuple(self.blocks), tuple(self.links), tuple(self.pictures), found, strikes=tuple(self.strikes))

    def target_line(self, written: str) -> int:
        """Return the next line that holds the words, or else the first that does: links come in the order of the page."""
        if not written:
            return self.first_line + self.at
        later = (number for number in range(self.at, len(self.lines)) if written in self.lines[number])
        earlier = (number for number in range(self.at) if written in self.lines[number])
        self.at = next(later, next(earlier, self.at))
        return self.first_line + self.at

    def code_in(self, element: Element) -> str | None:
        """Return the code of a fence: Python-Markdown stashes its HTML and leaves a paragraph in its place."""
        stashed = _STASHED.fullmatch((element.text or "").strip()) if not len(element) else None
        if not stashed or int(stashed[1]) in self.raw_html:
            return None
        piece = str(self.reader.htmlStash.rawHtmlBlocks[int(stashed[1])])
        return html.unescape(re.sub(r"<[^>]*>", "", piece)) if piece.startswith("<pre") else None

    def resolved(self, text: str) -> str:
        """Return text with stashed entities and escaped marks as the characters that a reader sees."""
        text = _STASHED.sub(lambda found: self._stashed(int(found[1])), text)
        return _ESCAPED.sub(lambda found: chr(int(found[1] or found[2])), text)

    def shown_code(self, text: str) -> str:
        """Return code as a reader sees it: it holds its entities as they are written in HTML."""
        return self.resolved(html.unescape(text))

    def shown_address(self, written: str) -> str:
        """Return an address in the form that a browser reads: it may hold entities and stashed marks."""
        return html.unescape(self.resolved(written))

    def meet(self, element: Element, words: str) -> None:
        """Remember what is struck out."""
        if element.tag == "del":
            self.strikes.append(words)

    def _stashed(self, index: int) -> str:
        if index in self.raw_html or index >= len(self.reader.htmlStash.rawHtmlBlocks):
            return ""
        return html.unescape(re.sub(r"<[^>]*>", "", str(self.reader.htmlStash.rawHtmlBlocks[index])))
