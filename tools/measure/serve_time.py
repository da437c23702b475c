"""Measures how long a writer waits with `make serve`: from saving a page to the reloaded page.

`make bench-serve` runs it; it changes nothing. With 4 and with 300 technique pages, made from the project's own in a temporary copy, a
server is started and a page saved a few times; each time this asks for news as the script in a browser's page does, and then for the page.
What a browser then needs to show it is not in it. Up to half a second of it passes until MkDocs looks for changes.
"""

from __future__ import annotations

import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.measure.build_time import copy_with_pages

BARS = {4: 1.0, 300: 3.0}
"""How many technique pages, and the seconds that a writer may wait."""
SAVES = 7
"""How often a page is saved: the median counts, because it also depends on when in its round MkDocs is met."""
START = 120.0
"""Seconds that the server has for its first build."""
PAGE = "techniques/page-0003"


def main() -> int:
    """Measure, and print the bars; return 1 where one is missed."""
    missed = 0
    for size, bar in BARS.items():
        with tempfile.TemporaryDirectory(prefix="knee-serve-") as folder:
            project = copy_with_pages(Path(folder), size)
            with serving(project) as home:
                waits = sorted(waited(project, home, number) for number in range(SAVES))
        wait = statistics.median(waits)
        missed += wait >= bar
        told = f"with {size} techniques, a saved page is there after {wait:.2f} s (under {bar:.0f}): {waits[0]:.2f} to {waits[-1]:.2f}"
        print(f"{'held  ' if wait < bar else 'MISSED'} {told}", flush=True)
    return 1 if missed else 0


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """Run `mkdocs serve` in a project until the block ends, and give its address once it follows the files."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=project, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    home, end = f"http://127.0.0.1:{port}/", time.monotonic() + START
    try:
        while not _answers(home):
            if server.poll() is not None or time.monotonic() > end:
                raise SystemExit("the server does not start")
            time.sleep(0.1)
        yield home
    finally:
        server.terminate()
        server.wait()


def waited(project: Path, home: str, number: int) -> float:
    """Save a page with new words, and return the seconds until they are there; the save meets MkDocs anywhere in its round."""
    page, words = project / "docs" / f"{PAGE}.md", f"Saved time {number}."
    news = asked(f"{home}livereload/0/0")
    time.sleep(0.5 + random.random())
    text = page.read_text("utf-8")
    begun = time.perf_counter()
    page.write_text(f"{text}\n{words}\n", "utf-8")
    asked(f"{home}livereload/{news}/0")
    if words not in asked(f"{home}{PAGE}/"):
        raise SystemExit(f"{words!r} was saved, and the page does not show it")
    return time.perf_counter() - begun


def asked(address: str) -> str:
    """Return what the server answers."""
    with urllib.request.urlopen(address, timeout=START) as answer:
        return str(answer.read().decode("utf-8"))


def _answers(home: str) -> bool:
    try:
        return bool(asked(home))
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
