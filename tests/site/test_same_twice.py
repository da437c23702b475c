"""Protects everybody who wants to know what they are given: two builds of the same commit are the same to the byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from built import PROJECT, build, copy_project, environment, hashes

COMMITTED = "1764000000"
"""The date of the commit: 24 November 2025, 16:00 UTC."""
LATER = """
import datetime, time

class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=400, hours=7)

datetime.datetime = Later
now = time.time
time.time = lambda: now() + 400 * 24 * 60 * 60
"""
"""A clock that is more than a year ahead."""


def test_another_folder_another_day_and_another_machine_give_the_same_bytes(tmp_path: Path) -> None:
    address = {"SITE_URL": "https://knee.test/", "REPO_URL": "https://code.test/knee-ease", "SOURCE_DATE_EPOCH": COMMITTED}
    clock = tmp_path / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(LATER, "utf-8")
    here = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}
    there = {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONPATH": str(clock)}
    first, second = tmp_path / "first", tmp_path / "a folder with a longer name" / "second"
    for folder, machine in ((first, here), (second, there)):
        built = build(copy_project(folder), folder / "site", **address, **machine)
        assert built.returncode == 0, built.stdout
    made = hashes(first / "site")
    assert made == hashes(second / "site")
    assert "sitemap.xml.gz" in made
    assert "<lastmod>2025-11-24</lastmod>" in (first / "site" / "sitemap.xml").read_text("utf-8")
    pages = [path.read_text("utf-8") for path in (second / "site").rglob("*.html")]
    assert str(tmp_path) not in "".join(pages)


def test_make_takes_the_date_of_the_commit_and_leaves_one_that_is_set(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / "tell.mk").write_text("tell:\n\t@echo date=$$SOURCE_DATE_EPOCH\n", "utf-8")
    unset = {name: value for name, value in environment().items() if name != "SOURCE_DATE_EPOCH"}
    somebody = {f"GIT_{who}_{what}": "somebody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def told(**settings: str) -> str:
        make = ["make", "--silent", "-f", "Makefile", "-f", "tell.mk", "tell"]
        return subprocess.run(make, cwd=tmp_path, env={**unset, **settings}, capture_output=True, text=True, check=True).stdout.strip()

    assert told(GIT_CEILING_DIRECTORIES=str(tmp_path.parent)) == "date=", "no repository, no date: MkDocs takes today's"
    for command in (["git", "init", "--quiet"], ["git", "commit", "--quiet", "--allow-empty", "--message", "a"]):
        subprocess.run(command, cwd=tmp_path, env={**unset, **somebody, "GIT_COMMITTER_DATE": f"{COMMITTED} +0000"}, check=True)
    assert told() == f"date={COMMITTED}"
    assert told(SOURCE_DATE_EPOCH="5") == "date=5"
