"""What the tests of the checker share: a small good site, laid out anew for each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from small_site import PAGE, TREE, Site


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes down anew what the authors of the bad pages read."""
    parser.addoption("--rewrite-bad", action="store_true", help="write the messages of tests/bad anew, to be read and compared")
    parser.addoption("--examples", type=int, default=25, help="how many pages the generators of legal pages make for a test")


_run = pytest.StashKey[tuple[ExitStack, Path, str]]()
"""What lasts as long as the whole run: the folder that is served, and its address."""


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker which folder the process that started it serves: all workers then look at one built site."""
    if _run not in node.config.stash:
        from host import HostHandler
        from tools.local_server import served

        stack = ExitStack()
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="knee-served-")))
        node.config.stash[_run] = stack, root, stack.enter_context(served(root, HostHandler))
    _, root, address = node.config.stash[_run]
    node.workerinput["served"] = str(root), address


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what lasts as long as the run."""
    if _run in config.stash:
        config.stash[_run][0].close()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[..., Path]:
    """Return a function that has a folder made by the first worker that asks for it; the others wait, and get the same folder.

    Nobody may change the folder.
    """
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent

    def once(name: str, make: Callable[[Path], None], within: Path = shared) -> Path:
        folder, done = within / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                make(folder)
                done.touch()
        return folder

    return once


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a small good site that the test may change."""
    return Site(tmp_path)


@pytest.fixture(scope="session")
def good_page() -> str:
    """Give the text of a page that is right in every way."""
    return (TREE / PAGE).read_text("utf-8")


@pytest.fixture
def broken(site: Site) -> Callable[..., list[str]]:
    """Give a function that changes the page's words and tells the ids of the rules that it then breaks."""

    def ids_after(*changes: tuple[str, str]) -> list[str]:
        for old, new in changes:
            site.change(old, new)
        return site.ids()

    return ids_after
