"""Protects the project's own rights: no workflow runs a stranger's code with them, and none does more than it needs to."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from forms import misfits

PROJECT = Path(__file__).parents[1]
GITHUB = PROJECT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
MAY_WRITE = {"comment.yml": {"pull-requests"}, "publish.yml": {"pages", "id-token"}, "weekly.yml": {"issues"}}
"""What each workflow may write; the others may write nothing."""


def workflow(path: Path) -> dict[str, Any]:
    """Read a workflow. YAML takes its key `on` for true."""
    read = yaml.safe_load(path.read_text("utf-8"))
    return {"on": read.pop(True), **read}


def steps(path: Path) -> list[dict[str, Any]]:
    """Give every step of every job."""
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


def named(path: Path) -> str:
    return path.name


def test_there_are_four_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["check.yml", "comment.yml", "publish.yml", "weekly.yml"]


@pytest.mark.parametrize(
    ("form", "files"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
        ("citation-file-format", [PROJECT / "CITATION.cff"]),
    ],
)
def test_files_for_the_code_host_have_its_form(form: str, files: list[Path]) -> None:
    assert misfits("--builtin-schema", f"vendor.{form}", *files) == ""


def test_the_linter_finds_nothing_unsafe() -> None:
    command = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--no-progress", str(GITHUB / "workflows")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_no_workflow_gives_a_pull_request_the_projects_rights(path: Path) -> None:
    assert "pull_request_target" not in path.read_text("utf-8")
    if "pull_request" in workflow(path)["on"]:
        assert workflow(path)["permissions"] == {"contents": "read"}
        assert not any("permissions" in job for job in workflow(path)["jobs"].values())
        assert "secrets." not in path.read_text("utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_rights_are_set_and_no_more_than_needed(path: Path) -> None:
    written = workflow(path)
    assert written["permissions"] in ({}, {"contents": "read"})
    rights = [written["permissions"], *(job.get("permissions", {}) for job in written["jobs"].values())]
    assert {name for right in rights for name, how in right.items() if how == "write"} == MAY_WRITE.get(path.name, set())


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_nothing_of_an_event_is_put_into_a_script(path: Path) -> None:
    """What strangers can choose (titles, names of branches) reaches a script only as the value of a variable."""
    for step in steps(path):
        assert "${{" not in step.get("run", ""), step["name"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$", line), line
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_every_job_has_an_end(path: Path) -> None:
    assert all(job["timeout-minutes"] <= 30 for job in workflow(path)["jobs"].values())


def test_the_comment_is_written_without_anything_of_the_pull_request() -> None:
    """No checkout and no artefact: what a stranger made is neither run nor read."""
    path = GITHUB / "workflows" / "comment.yml"
    assert [step for step in steps(path) if "uses" in step] == []
    text = path.read_text("utf-8")
    assert not re.search(r"gh run download|artifacts|git (clone|fetch)|\bcurl\b|head_commit|display_title", text)


def test_the_comments_workflow_follows_the_check() -> None:
    check, comment = (workflow(GITHUB / "workflows" / name) for name in ("check.yml", "comment.yml"))
    assert comment["on"]["workflow_run"]["workflows"] == [check["name"]]


def test_a_pull_request_asks_for_two_ticks_at_most() -> None:
    assert 0 < (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8").count("- [ ]") <= 2


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_a_form_asks_nothing_private(path: Path) -> None:
    fields = [part for part in yaml.safe_load(path.read_text("utf-8"))["body"] if part["type"] != "markdown"]
    asked = " ".join(f"{part['attributes']['label']} {part['attributes'].get('description', '')}" for part in fields)
    assert not re.search(r"your (name|age|email|diagnos|medic|health|knee)|e-mail|date of birth", asked, re.IGNORECASE)


def test_the_form_for_harm_sends_an_emergency_elsewhere_first() -> None:
    first = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / "mistake.yml").read_text("utf-8"))["body"][0]
    assert first["type"] == "markdown"
    assert "Call your emergency number now" in first["attributes"]["value"]


def test_the_steps_of_the_editor_read_what_the_check_prints() -> None:
    tasks = re.sub(r"^\s*//.*$", "", (PROJECT / ".vscode" / "tasks.json").read_text("utf-8"), flags=re.MULTILINE)
    pattern = yaml.safe_load(tasks)["tasks"][0]["problemMatcher"]["pattern"]
    for told in sorted((PROJECT / "tests" / "bad").glob("*.txt")):
        found = re.match(pattern["regexp"], told.read_text("utf-8").splitlines()[0])
        assert found, told
        assert found[pattern["code"]] == told.name[:5]
