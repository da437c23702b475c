"""Runs first the tests that noticed earlier changes to the same function or module: most changes are then noticed in a second.

A plugin of pytest for tools/measure/mutants.py: mutmut stops at the first test that fails, and most changes are like the one before.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from mutmut.mutation.trampoline import get_mutant_under_test
from mutmut.stats import record_trampoline_hit

SEEN = Path("noticed-by.txt").absolute()
"""One line for each change that was noticed: the function, and the test that failed."""
SAME_FUNCTION = 1_000
"""A test that noticed another change to the same function counts this much more than one to the same module."""
AT_IMPORT = (
    "knee.rules.front_matter_values.x__value_rule",
    "knee.rules.registry.x_rule",
    "knee.rules.registry.x_rules_for",
)
"""Functions that do their work when the rules are imported: with these changed, the rules are imported anew."""
OURS = re.compile(r"(knee|small_site|conftest|test_\w+)(\.|$)")
"""The modules that hold the rules, or something that was made with them."""
ELSEWHERE = ("knee.text.website.x_read_stdin",)
"""Functions that work in a process of their own."""
CHANGEABLE = "_mutmut_mutated"
"""What mutmut puts into the modules that it changes."""
PATIENCE = 60.0
"""Seconds for a long page: changed code is slow, and a page given up for that would pass for a change that was noticed."""


def function_under_test() -> str:
    """Return the name of the function that mutmut has changed, with its module; empty where it has changed none."""
    name, changed, _ = os.environ.get("MUTANT_UNDER_TEST", "").partition("__mutmut_")
    return name if changed else ""


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Import the core anew where the change is to be seen at import; a core that cannot be imported has been noticed."""
    if function_under_test() in AT_IMPORT:
        for name in [name for name in sys.modules if OURS.match(name)]:
            del sys.modules[name]
        try:
            importlib.import_module("knee.rules.check")
        except Exception:
            os._exit(1)


def pytest_configure() -> None:
    """Be patient; and keep from the processes that tests start that mutmut only counts now, because they cannot tell it."""
    importlib.import_module("knee.text.website").PATIENCE = PATIENCE  # type: ignore[attr-defined]
    remember_readings()
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        del os.environ["MUTANT_UNDER_TEST"]


def remember_readings() -> None:
    """Read each text once for all changes, where the readers themselves are not what is changed: it is half of a test's time."""
    page = importlib.import_module("knee.contract.page")
    for reader in (page.read_preview, page.read_website):
        module = sys.modules[reader.__module__]
        if not hasattr(module, CHANGEABLE) and not hasattr(reader, "cache_info"):
            setattr(page, reader.__name__, lru_cache(None)(reader))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Count every test for the functions that run where mutmut does not see it: it would try no test on them."""
    if get_mutant_under_test() == "stats":
        for function in (*AT_IMPORT, *ELSEWHERE):
            record_trampoline_hit(function)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the likely tests first; the others stay in their order."""
    function = function_under_test()
    if not function or not SEEN.exists():
        return
    likely: Counter[str] = Counter()
    for line in SEEN.read_text("utf-8").splitlines():
        changed, _, test = line.partition(" ")
        likely[test] += SAME_FUNCTION if changed == function else changed.rpartition(".")[0] == function.rpartition(".")[0]
    items.sort(key=lambda item: -likely[item.nodeid])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember which test noticed a change."""
    if report.failed and (function := function_under_test()):
        with SEEN.open("a", encoding="utf-8") as file:
            file.write(f"{function} {report.nodeid}\n")
