"""Protects everybody who wants to know what they are given: two builds of the same commit are the same to the byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from built import COMMITTED, PROJECT, REPO_URL, BuiltSite, build, copy_project, environment, hashes

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


def test_another_folder_another_day_and_another_machine_give_the_same_bytes(site: BuiltSite, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(LATER, "utf-8")
    there = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONPATH": str(clock)}
    project = copy_project(tmp_path / "a folder with a longer name")
    built = build(project, project / "site", SITE_URL=site.home, REPO_URL=REPO_URL, **there)
    assert built.returncode == 0, built.stdout
    made = hashes(project / "site")
    assert made == hashes(site.folder)
    assert "sitemap.xml.gz" in made
    assert "<lastmod>2025-11-24</lastmod>" in (project / "site" / "sitemap.xml").read_text("utf-8")
    pages = [path.read_text("utf-8") for path in (project / "site").rglob("*.html")]
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
