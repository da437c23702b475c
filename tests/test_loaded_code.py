"""`mkdocs serve` never loads the checks anew, so it has to see that they have changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knee.serve.loaded_code import LoadedCode


@pytest.fixture
def code(tmp_path: Path) -> Path:
    folder = tmp_path / "hooks"
    (folder / "knee").mkdir(parents=True)
    (folder / "events.py").write_text("import knee\n", "utf-8")
    (folder / "knee" / "rule.py").write_text("LIMIT = 8\n", "utf-8")
    return folder


def test_code_that_nobody_touched_has_not_changed(code: Path) -> None:
    assert not LoadedCode.of(code).has_changed()


def test_a_file_that_is_only_saved_again_has_not_changed(code: Path) -> None:
    loaded = LoadedCode.of(code)
    os.utime(code / "events.py", (0, 0))
    (code / "knee" / "__pycache__").mkdir()
    (code / "knee" / "__pycache__" / "rule.pyc").write_bytes(b"made by Python")
    assert not loaded.has_changed()


def test_a_changed_a_new_and_a_missing_file_are_seen_and_so_is_the_way_back(code: Path) -> None:
    loaded, rule, new = LoadedCode.of(code), code / "knee" / "rule.py", code / "knee" / "new.py"
    rule.write_text("LIMIT = 9\n", "utf-8")
    assert loaded.has_changed()
    rule.write_text("LIMIT = 8\n", "utf-8")
    assert not loaded.has_changed()
    new.write_text("", "utf-8")
    assert loaded.has_changed()
    new.unlink()
    rule.unlink()
    assert loaded.has_changed()
