"""`python -m knee` as a contributor, a hook or a code host runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest

from knee.__main__ import main
from knee.rules.report import Problem, as_github, as_json, as_summary, as_text
from small_site import PAGE, TESTS, Site

HOOKS = TESTS.parent / "hooks"


def knee(site: Site, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the site's folder, in this process: a new one for each test takes longer than the checks."""
    out, err, status = StringIO(), StringIO(), 0
    with chdir(site.root), patch.dict(os.environ, environment), redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([*map(str, arguments)])
        except SystemExit as end:  # a wrong call
            status = int(end.code or 0)
    return subprocess.CompletedProcess([], status, out.getvalue(), err.getvalue())


def knee_apart(site: Site, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the site's folder, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "knee", *map(str, arguments)],
        cwd=site.root,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(HOOKS), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


# --- exit status and count ---------------------------------------------------------------------------------------------------------------


def test_all_well_is_said_aloud_with_status_0(site: Site) -> None:
    done = knee_apart(site)
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 pages, all well\n", "")


def test_problems_are_counted_with_status_1(site: Site) -> None:
    site.change("pressure: 2", "pressure: 7")
    done = knee_apart(site)
    assert done.returncode == 1
    assert done.stderr == ""
    assert (done.returncode, done.stdout) == (knee(site).returncode, knee(site).stdout), "the other tests may run it in their own process"
    first, mend, count = done.stdout.splitlines()
    assert first == f"{PAGE}:7: KE112 `pressure` is 7"
    assert mend.startswith("    make it a whole number from 1 to 4")
    assert count == "1 problem in 1 file (3 pages checked)"


def test_every_problem_of_every_page_is_told_in_one_run(site: Site) -> None:
    site.change("pressure: 2", "pressure: 7")
    site.change("## How to do it", "## How to")
    (site.techniques / "notes.txt").write_text("x", "utf-8")
    other = site.techniques / "shin-rub.md"
    other.write_text(other.read_text("utf-8").replace("- Sit on a bed.", "- TODO"), "utf-8")
    done = knee(site)
    told = [line.split(" ")[:2] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert told == [
        [f"{PAGE}:7:", "KE112"],
        [f"{PAGE}:35:", "KE306"],
        ["docs/techniques/notes.txt:1:", "KE602"],
        ["docs/techniques/shin-rub.md:46:", "KE319"],
        ["4", "problems"],
    ]
    assert done.stdout.endswith("4 problems in 3 files (3 pages checked)\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["docs/techniques/nothing.md"], "there is no file docs/techniques/nothing.md"),
        (["docs/techniques/calf-stroke.svg"], "docs/techniques/calf-stroke.svg is not a page"),
        (["docs/techniques/index.md"], "docs/techniques/index.md is a list of pages"),
        (["docs/tips.md"], "docs/tips.md has no rules of its own: it is no technique, exercise, routine or page of signs"),
        (["--format", "xml"], "--format"),
        (["--fix"], "--fix"),
    ],
)
def test_a_wrong_call_ends_with_status_2_and_says_why(arguments: list[str], words: str, site: Site) -> None:
    done = knee(site, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_pipe_under_a_page_s_name_is_refused_and_not_waited_for(site: Site) -> None:
    os.mkfifo(site.techniques / "pipe.md")
    assert knee_apart(site, "docs/techniques/pipe.md").returncode == 2  # with a limit of time
    assert knee_apart(site).returncode == 1


def test_the_command_runs_where_no_site_builder_is_installed(site: Site, tmp_path: Path) -> None:
    blocker = tmp_path / "blocker"
    blocker.mkdir()
    (blocker / "sitecustomize.py").write_text(
        "import sys\n"
        "class Nothing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('mkdocs', 'material', 'properdocs', 'zensical'):\n"
        "            raise ImportError(f'{name} is not here')\n"
        "sys.meta_path.insert(0, Nothing())\n",
        "utf-8",
    )
    path = os.pathsep.join([str(blocker), str(HOOKS)])
    blocked = subprocess.run([sys.executable, "-c", "import mkdocs"], env={"PYTHONPATH": path}, capture_output=True, text=True, check=False)
    assert "mkdocs is not here" in blocked.stderr
    done = knee_apart(site, PYTHONPATH=path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 pages, all well\n", "")


# --- which pages -------------------------------------------------------------------------------------------------------------------------


def test_one_page_can_be_checked_alone(site: Site) -> None:
    (site.techniques / "notes.txt").write_text("x", "utf-8")
    assert knee(site, PAGE).stdout == "1 page, all well\n"


@pytest.mark.parametrize("folder", ["docs/techniques", "docs/techniques/", "docs", "."])
def test_the_folder_is_checked_with_its_stray_files(folder: str, site: Site) -> None:
    (site.techniques / "notes.txt").write_text("x", "utf-8")
    done = knee(site, folder)
    assert "docs/techniques/notes.txt:1: KE602" in done.stdout
    assert "1 problem in 1 file (3 pages checked)" in done.stdout


def test_a_page_elsewhere_is_checked_as_if_it_stood_among_the_techniques(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "calf-stroke.md"
    elsewhere.write_text(site.text().replace("../when-to-seek-help.md", "../nothing.md"), "utf-8")
    elsewhere.with_suffix(".svg").write_bytes(site.picture.read_bytes())
    done = knee(site, elsewhere)
    assert done.returncode == 1
    assert f"{elsewhere}:33: KE406 there is no `../nothing.md`" in done.stdout
    assert "KE311" in done.stdout
    assert "(1 page checked)" in done.stdout


def test_a_routine_can_be_checked_alone(site: Site) -> None:
    assert knee(site, "docs/routines/2-minutes.md").stdout == "1 page, all well\n"


def test_a_page_of_signs_can_be_checked_alone_and_only_its_sign_off_is_judged(site: Site) -> None:
    assert knee(site, "docs/check-first.md").stdout == "1 page, all well\n"
    signs = site.root / "docs" / "check-first.md"
    signs.write_text(f"---\nreviewed_by: Ann\n---\n\n{signs.read_text('utf-8')}", "utf-8")
    done = knee(site, "docs/check-first.md", PAGE)
    assert "docs/check-first.md:2: KE120" in done.stdout
    assert done.stdout.endswith("1 problem in 1 file (2 pages checked)\n")


@pytest.mark.parametrize("chosen", ["techniques/calf-stroke.md", "exercises/knee-bends.md"])
def test_a_page_of_another_copy_of_the_site_is_held_against_that_copy(
    chosen: str, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Site(tmp_path_factory.mktemp("other"))
    other.lay(TESTS / "good" / "exercises")
    page = other.root / "docs" / chosen
    page.write_text(f"{page.read_text('utf-8')}\n## More\n\nRead [more](../more.md).\n", "utf-8")
    assert "there is no `../more.md`" in knee(site, page).stdout
    (other.root / "docs" / "more.md").write_text("# More\n", "utf-8")
    assert knee(site, page).stdout.endswith("1 page, all well\n")


def test_a_routine_of_another_copy_of_the_site_names_the_pages_of_that_copy(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Site(tmp_path_factory.mktemp("other"))
    other.lay(TESTS / "good" / "exercises")
    assert not site.context().exercises.exists()
    assert knee(site, other.root / "docs" / "routines" / "2-minutes.md").stdout == "1 page, all well\n"


def test_of_another_copy_s_folder_of_all_pages_those_with_rules_are_checked(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Site(tmp_path_factory.mktemp("other"))
    assert knee(site, other.root / "docs").stdout == "2 pages, all well\n"


# --- formats -----------------------------------------------------------------------------------------------------------------------------


def test_json_is_a_list_of_problems(site: Site) -> None:
    site.change("pressure: 2", "pressure: 7")
    done = knee(site, "--format", "json")
    (problem,) = json.loads(done.stdout)
    assert set(problem) == {"path", "line", "id", "what", "mend"}
    assert (problem["path"], problem["line"], problem["id"]) == (PAGE, 7, "KE112")
    assert done.returncode == 1


def test_json_of_no_problems_is_an_empty_list(site: Site) -> None:
    assert json.loads(knee(site, "--format", "json").stdout) == []


def test_github_sets_each_problem_beside_its_line_and_keeps_the_text(site: Site) -> None:
    site.change("pressure: 2", "pressure: 7")
    done = knee(site, "--format", "github")
    *text, note = done.stdout.splitlines()
    assert "\n".join(text) + "\n" == knee(site).stdout
    assert note.startswith(f"::error file={PAGE},line=7,title=KE112::`pressure` is 7%0Amake it a whole number")


def test_github_appends_the_full_list_to_the_summary_of_the_job(site: Site, tmp_path: Path) -> None:
    site.change("pressure: 2", "pressure: 7")
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    knee(site, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text("utf-8").startswith("before\n## 1 problem in 1 file (3 pages checked)\n")
    assert f"{PAGE}:7: KE112" in summary.read_text("utf-8")


def problems(count: int) -> list[Problem]:
    return [Problem("docs/techniques/a.md", line, "KE112", f"`pressure` is {line}", "make it 2") for line in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, 9, 10])
def test_up_to_ten_annotations_are_all_shown(count: int) -> None:
    notes = [line for line in as_github(problems(count), 1).splitlines() if line.startswith("::error")]
    assert len(notes) == count


def test_past_ten_annotations_the_last_says_how_many_are_left_and_where_they_are() -> None:
    told = as_github(problems(25), 1)
    notes = [line for line in told.splitlines() if line.startswith("::error")]
    assert len(notes) == 10
    assert notes[-1] == "::error title=And 16 more::16 more problems: the full list of 25 is in this step's output"
    assert told.count("KE112 `pressure`") == 25


def test_signs_with_a_meaning_in_annotations_are_written_otherwise() -> None:
    problem = Problem("docs/techniques/a,b:c%d.md", 1, "KE112", "100 % :: a\r\nb", "::error::x")
    note = as_github([problem], 1).splitlines()[-1]
    assert note == "::error file=docs/techniques/a%2Cb%3Ac%25d.md,line=1,title=KE112::100 %25 :: a%0D%0Ab%0A::error::x"


def test_a_page_cannot_give_orders_to_the_code_host(site: Site) -> None:
    site.change("## Make it easier", "##[error]x\n\n::error::y\n\n##[stop-commands]z")
    lines = knee(site, "--format", "github").stdout.splitlines()
    assert not [line for line in lines if "##[" in line]
    assert all(line.startswith("::error file=docs/") for line in lines if line.lstrip().startswith("::"))


def test_a_fence_in_a_message_does_not_end_the_summary_s_own() -> None:
    told = as_summary([Problem("a.md", 1, "KE206", "the code that ``` opens", "close it")], 1)
    assert told.count("```") == 2


def test_the_text_is_sorted_by_path_line_and_id() -> None:
    mixed = [Problem("b.md", 1, "KE002", "x", "y"), Problem("a.md", 10, "KE001", "x", "y"), Problem("a.md", 2, "KE009", "x", "y")]
    assert [line[:7] for line in as_text(mixed, 2).splitlines()[::2]][:3] == ["a.md:2:", "a.md:10", "b.md:1:"]
    assert [entry["line"] for entry in json.loads(as_json(mixed))] == [2, 10, 1]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_letters_that_the_terminal_does_not_know_are_no_obstacle(encoding: str, site: Site) -> None:
    site.change("## Make it easier", "##膝 é")
    done = knee_apart(site, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert "`##膝 é`" in done.stdout


def test_marks_that_a_terminal_would_act_on_are_shown_as_their_codes(site: Site) -> None:
    site.change("## Make it easier", "##\x1b[31mred\x07")
    done = knee(site)
    assert "\x1b" not in done.stdout
    assert "<U+001B>[31mred<U+0007>" in done.stdout


def test_a_reader_of_a_pipe_who_has_read_enough_sees_no_traceback(site: Site) -> None:
    site.change("pressure: 2", "pressure: 7")
    command = [sys.executable, "-m", "knee"]
    environment = {**os.environ, "PYTHONPATH": str(HOOKS)}
    with subprocess.Popen(command, cwd=site.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as done:
        assert done.stdout
        assert done.stderr
        done.stdout.close()
        assert done.stderr.read() == ""
    assert done.returncode == 1
