"""A mend works when it is obeyed word for word: a machine obeys those that give text to write, or say what to delete, on every bad page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from knee.rules.report import Problem
from small_site import Site
from test_rules import BAD, CASES, lay_over

Lines = list[str]
Obeyed = Lines | None
OBEYERS: list[tuple[re.Pattern[str], Callable[[Lines, int, Problem, re.Match[str]], Obeyed]]] = []


def obeys(pattern: str) -> Callable[[Callable[..., Obeyed]], Callable[..., Obeyed]]:
    """Register how mends of a form are obeyed: a function from the lines, the place, the problem and what matched to other lines."""

    def register(obey: Callable[..., Obeyed]) -> Callable[..., Obeyed]:
        OBEYERS.append((re.compile(pattern), obey))
        return obey

    return register


def told_words(lines: Lines, place: int, problem: Problem) -> str:
    """Give the first words in backticks of a problem that stand on its line and are not its key; empty where none do."""
    quoted = re.findall("`([^`]+)`", problem.what)
    if len(quoted) > 1 and problem.what.startswith(f"`{quoted[0]}`: "):
        quoted = quoted[1:]
    return next((words for words in quoted if words in lines[place]), "")


def with_line(lines: Lines, place: int, *new: str) -> Lines:
    return [*lines[:place], *new, *lines[place + 1 :]]


def indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def end_of_value(lines: Lines, place: int) -> int:
    """Give the place of the first line after a key that holds nothing of its value."""
    inside = f"{indent(lines[place])} "
    return next(n for n in range(place + 1, len(lines)) if not lines[n].startswith((inside, "- ")))


def whole_line(lines: Lines, place: int, written: str) -> Obeyed:
    return None if "…" in written else with_line(lines, place, indent(lines[place]) + written)


@obeys(r"^delete (?:this|the) line$|, or delete the line$")
def delete_the_line(lines: Lines, place: int, _: Problem, __: re.Match[str]) -> Obeyed:
    return with_line(lines, place)


@obeys(r"^delete the line, and the next one that begins with `(.+)`$")
def delete_two_lines(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    end = next(n for n in range(place + 1, len(lines)) if lines[n].lstrip().startswith(found[1]))
    return with_line(with_line(lines, end), place)


@obeys(r"^delete all from this `(.+)` to the next one, with both$")
def delete_from_to(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    end = next(n for n in range(place + 1, len(lines)) if found[1] in lines[n])
    return lines[:place] + lines[end + 1 :]


@obeys(r"^delete it$|^delete it: the page|^take it out here: |^take it out, with its brackets$|^take it out: the mark")
def delete_the_words(lines: Lines, place: int, problem: Problem, _: re.Match[str]) -> Obeyed:
    words = told_words(lines, place, problem)
    if code := re.search(r"\(U\+([0-9A-F]{4})\)", problem.what):
        words = chr(int(code[1], 16))
    return with_line(lines, place, lines[place].replace(words, "", 1))


@obeys(r"^take it out, with its brackets, and leave the words alone: `(.+)`$")
def leave_the_words(lines: Lines, place: int, problem: Problem, found: re.Match[str]) -> Obeyed:
    return with_line(lines, place, lines[place].replace(f"[{found[1]}]{told_words(lines, place, problem)}", found[1]))


@obeys(
    r"^write the words alone: `(.+)`$|^write `([^`]+)`$|^say how (?:many|long), in digits: `([^`]+)`|^write how long, in seconds: `(.+)`$"
)
def write_it(lines: Lines, place: int, problem: Problem, found: re.Match[str]) -> Obeyed:
    written = next(filter(None, found.groups()))
    words = told_words(lines, place, problem)
    if found[0].startswith("say how") and not words:
        return with_line(lines, place, f"{lines[place].rstrip('.')} {written}.")
    key = re.match(r"([a-z_]+): ", written)
    if key and place < lines.index("---", 1):
        return [*lines[:place], written, *lines[end_of_value(lines, place) :]]
    if words and not written.startswith("#"):
        return with_line(lines, place, lines[place].replace(words, written, 1))
    return whole_line(lines, place, written)


@obeys(r"^write the number in digits: `(.+?)`, `(.+?)`$|^write only how long \(`(.+?)`\), or only how many times \(`(.+?)`\)$")
def write_a_time_or_a_count(lines: Lines, place: int, problem: Problem, found: re.Match[str]) -> Obeyed:
    words = told_words(lines, place, problem)
    return with_line(lines, place, lines[place].replace(words, next(filter(None, found.groups())), 1))


@obeys(r"^write it in seconds, or in whole minutes: `(.+?)`")
def write_seconds(lines: Lines, place: int, problem: Problem, found: re.Match[str]) -> Obeyed:
    return with_line(lines, place, lines[place].replace(told_words(lines, place, problem), found[1], 1))


@obeys(r"^put an empty line above it$")
def empty_line_above(lines: Lines, place: int, _: Problem, __: re.Match[str]) -> Obeyed:
    return with_line(lines, place, "", lines[place])


@obeys(r"^indent it by ([0-9]+) spaces$")
def indented(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    end = next((n for n in range(place, len(lines)) if not lines[n].strip()), len(lines))
    run = [n for n in range(place, end) if indent(lines[n]) == indent(lines[place])]
    return [" " * int(found[1]) + line.lstrip() if n in run else line for n, line in enumerate(lines)]


@obeys(
    r"^start each line of the list with (?:([0-9]+) spaces, )?the hyphen .*?: `(.+)`$"
    r"|^start each (?:sign|reason) on a line of its own .*?: `(.+)`$"
)
def start_each_item(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    """Each line of the list, up to the next empty one; the mend shows the first."""
    first = next(n for n in range(place, len(lines)) if lines[n].strip() and not lines[n].startswith("#"))
    end = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
    written = found[2] or found[3]
    words = written.removeprefix("- ").rstrip("…")[:12]
    mark = lines[first].find(words)
    if mark < 0:
        return None
    sign = lines[first][:mark].strip()
    strip = re.compile(rf"\s*{re.escape(sign)}\s*") if sign else re.compile(r"\s*")
    start = " " * int(found[1] or 0) + "- "
    return [start + strip.sub("", line, count=1) if first <= n < end else line for n, line in enumerate(lines)]


@obeys(r"^start the line with them: `(.+)`$|^delete that space and retype it: `(.+)`$|^delete them: `(.+)`$")
def the_line_as_given(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    return with_line(lines, place, next(filter(None, found.groups()))) if "…" not in found[0] else None


@obeys(r"^(?:put straight quotes around the text|put the same quote mark at the end of the line|write straight quotes .*?): `(.+)`$")
def in_quotes(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    return whole_line(lines, place, found[1])


@obeys(r"^delete it(?:, and the one on (?:the next line|each of the ([0-9]+) lines under it))?: `(.+)`$")
def delete_backslashes(lines: Lines, place: int, problem: Problem, found: re.Match[str]) -> Obeyed:
    if "too many" in problem.what:
        return with_line(lines, place, found[2] + lines[place][len(re.findall("`([^`]+)`", problem.what)[1]) :])
    if "backslash" not in problem.what:
        return whole_line(lines, place, found[2])
    more = int(found[1] or ("next line" in found[0]))
    return [line.replace("\\", "", 1) if place <= n <= place + more else line for n, line in enumerate(lines)]


@obeys(r"; for example `([a-z_]+): (.+)`$")
def the_example(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    """In the place of the value, with all the lines that it takes."""
    return [*lines[:place], f"{found[1]}: {found[2]}", *lines[end_of_value(lines, place) :]] if lines[place].startswith(found[1]) else None


@obeys(r"^add, for example, (.+)$")
def add_keys(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    return [*lines[:place], *re.findall("`(.+?)`(?:; |$)", found[1]), *lines[place:]]


@obeys(r"^add a line `(.+?)`, with (?:a bulleted list of \w+|the numbered steps|its two parts, `(.+?)` and `(.+?)`,) under it$")
def add_a_heading(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    under = ["1. Sit on a chair.", "2. Stroke the calf for 1 minute."] if "How to" in found[1] else ["- it hurts"]
    if found[2]:
        under = [found[2], "", "- it hurts", "", found[3], "", "- it hurts more"]
    return with_line(lines, place, lines[place], "", found[1], "", *under, "")


@obeys(r"^make the first line exactly `---`$")
def first_line(lines: Lines, _: int, __: Problem, ___: re.Match[str]) -> Obeyed:
    return with_line(lines, 0, "---")


@obeys(r"^(?:end it with|make it) a line of exactly `---`$")
def last_line_of_front_matter(lines: Lines, place: int, _: Problem, __: re.Match[str]) -> Obeyed:
    return with_line(lines, place, "---")


@obeys(r"^put a line of exactly `---` after its last key$")
def close_front_matter(lines: Lines, _: int, __: Problem, ___: re.Match[str]) -> Obeyed:
    last = max(n for n, line in enumerate(lines) if re.match(r"[a-z_]+: ", line))
    return with_line(lines, last, lines[last], "---")


@obeys(r"^delete all that stands above the `---` of line ([0-9]+)")
def delete_above(lines: Lines, _: int, __: Problem, found: re.Match[str]) -> Obeyed:
    return lines[int(found[1]) - 1 :]


@obeys(r"^keep the lines that are right, and delete those that begin with")
def resolve_the_conflict(lines: Lines, place: int, problem: Problem, _: re.Match[str]) -> Obeyed:
    end = int(re.findall("lines [0-9]+ to ([0-9]+)", problem.what)[0])
    kept: Lines = []
    theirs = False
    for line in lines[place:end]:
        theirs = theirs or line.startswith("=======")
        kept += [] if theirs or line.startswith("<<<<<<<") else [line]
    return lines[:place] + kept + lines[end:]


@obeys(r"^write a dot in its place, after each number")
def dots_after_numbers(lines: Lines, _: int, __: Problem, ___: re.Match[str]) -> Obeyed:
    return [re.sub(r"^(\s*[0-9]+)\)", r"\1.", line) for line in lines]


@obeys(r"^put `(.+)` on a line of its own between the lead and the safety note$")
def add_the_picture(lines: Lines, place: int, problem: Problem, found: re.Match[str]) -> Obeyed:
    note = next(n for n, line in enumerate(lines) if line.lower().startswith("## safety note"))
    if "after the safety note" in problem.what:
        lines = with_line(lines, place, "")
    return with_line(lines, note, found[1], "", lines[note])


@obeys(r"^(?:put an exclamation mark in front of it|write the picture in this way): `(.+)`$")
def write_the_picture(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    return with_line(lines, place, found[1])


@obeys(r"^delete the spaces before the #$")
def heading_to_the_margin(lines: Lines, place: int, _: Problem, __: re.Match[str]) -> Obeyed:
    return with_line(lines, place, lines[place].lstrip())


@obeys(r"^number the steps 1 to [0-9]+ in order$")
def numbered_anew(lines: Lines, _: int, __: Problem, ___: re.Match[str]) -> Obeyed:
    how, count = next(n for n, line in enumerate(lines) if line.startswith("## How")), 0
    new = list(lines)
    for n in range(how, len(lines)):
        if re.match(r"[0-9]+\. ", lines[n]):
            count += 1
            new[n] = re.sub(r"^[0-9]+", str(count), lines[n])
    return new


@obeys(r"^write `([a-z_]+:)` in its place, and (?:leave what follows|change nothing after the colon)$")
def the_right_key(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    return with_line(lines, place, re.sub(r"^[^:]*:", found[1], lines[place]))


@obeys(r"^write `([A-Z0-9-]+:)`, and under it its citation, link, checked and note, each with 2 spaces before$")
def a_whole_source(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    return with_line(lines, place, found[1], "  citation: Smith A. A paper. 2020.", "  link: null", "  checked: read", "  note: null")


@obeys(r"^take the line out; a source is")
def take_the_line_out(lines: Lines, place: int, _: Problem, __: re.Match[str]) -> Obeyed:
    return with_line(lines, place)


@obeys(r"^add a line `(Not sure\? .+)`$")
def add_the_link_to_help(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    how = next(n for n, line in enumerate(lines) if line.startswith("## How"))
    return with_line(lines, how, found[1], "", lines[how])


@obeys(r"^write the link on it as `(.+)`$")
def the_link_to_help(lines: Lines, place: int, _: Problem, found: re.Match[str]) -> Obeyed:
    new = re.sub(r"\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?|when[- ]to[- ]seek[- ]help(?:\.md)?", lambda _: found[1], lines[place], count=1)
    return with_line(lines, place, new)


@obeys(r"^make it one list: indent what stands between two steps by 4 spaces$")
def indent_between_steps(lines: Lines, place: int, _: Problem, __: re.Match[str]) -> Obeyed:
    steps = [n for n in range(place) if re.match(r"[0-9]+\. ", lines[n])]
    return [f"    {line}" if steps[-1] < n < place and line.strip() else line for n, line in enumerate(lines)]


@obeys(r"^keep one of them$")
def keep_the_first(lines: Lines, place: int, _: Problem, __: re.Match[str]) -> Obeyed:
    return [*lines[:place], *lines[end_of_value([*lines, ""], place) :]]


KEPT = [case for case in CASES if (BAD / case).is_dir() or (BAD / f"{case}.md").exists()]
THE_NEXT = {
    "KE201-no-words": "KE301",  # the title is taken out, and there has to be one
    "KE205-empty-step": "KE314",  # so is the first step: those after it are to be numbered anew
    "KE208-spaces-in-a-folder": "KE406",  # the link is one now, and leads to a page that is not there
    "KE305-no-safety-note": "KE311",  # a whole section is new, and lacks its link
    "KE319-nothing-said": "KE310",  # the only item of a list is taken out
    "KE606-spaces": "KE606",  # a word of the list with a colon is one that nobody types
    "KE705-no-time": "KE702",  # a routine with another time has other minutes
}
"""Cases in which what is mended shows the next mistake, and the rule that tells it."""


def obeyed(case: str, lines: Lines, problem: Problem) -> Obeyed:
    for pattern, obey in OBEYERS:
        if found := pattern.search(problem.mend):
            return obey(lines, problem.line - 1, problem, found)
    return None


A_CHOICE = {
    "KE312-numbers-under-a-bullet": "what stands between belongs to no step",
    "KE602-hidden": "it is about a file that is no text",
}
"""Cases in which no machine knows what to do."""


def give_text(case: str) -> bool:
    if case in A_CHOICE:
        return False
    mend = (BAD / f"{case}.txt").read_text("utf-8").splitlines()[1].strip()
    return any(pattern.search(mend) for pattern, _ in OBEYERS)


@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in KEPT if give_text(case)])
def test_what_a_mend_says_mends_it(case: str, site: Site) -> None:
    lay_over(site, case)
    (problem,) = site.check().problems
    path = site.root / problem.path
    lines = path.read_text("utf-8").split("\n")
    new = obeyed(case, lines, problem)
    assert new is not None, "it can be obeyed, or leaves a choice to its reader and stands in A_CHOICE"
    path.write_text("\n".join(new), "utf-8")
    assert [left.id for left in site.check().problems] == ([THE_NEXT[case]] if case in THE_NEXT else [])


LEFT_TO_WRITE = {"KE305": {"KE305", "KE310", "KE311", "KE312"}}
"""What a button's mend leaves to its author: a heading that was missing is there, and what stands under it is still to be written."""
NAMED_ANEW = re.compile("^(?:name the|put the) (?:file|picture)")
"""Mends that name a picture anew: the button writes the name, and the file itself still has the old one."""
TAKEN_OUT = re.compile("^(?:delete (?:the line|this line|all)|take it out)")
"""Mends that tell to take words out which they do not show."""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text.casefold()))


def words_beside_addresses(page: str) -> Counter[str]:
    return words(re.sub(r"\]\(\S*\)", "]", page))


@pytest.mark.slow
def test_what_a_button_mends_is_mended_and_no_word_is_lost_that_the_mend_does_not_name(tmp_path: Path, subtests: pytest.Subtests) -> None:
    buttons = 0
    for case in sorted({*CASES} - {"KE005-keeps-the-reader-busy"}):
        site = Site(tmp_path / case)
        lay_over(site, case)
        (problem,) = site.check().problems
        if problem.mended and (buttons := buttons + 1):
            path = site.root / problem.path
            first, count, lines = problem.mended
            before = path.read_text("utf-8")
            all_lines = before.split("\n")
            all_lines[first - 1 : first - 1 + count] = lines
            after = "\n".join(all_lines)
            path.write_text(after, "utf-8")
            lost = words_beside_addresses(before) - words_beside_addresses(after)
            with subtests.test(case):
                next_ones = LEFT_TO_WRITE.get(problem.id, set()) | {THE_NEXT.get(case), "KE502" if NAMED_ANEW.match(problem.mend) else None}
                assert {left.id for left in site.check().problems if left.path == problem.path} <= next_ones, problem.mend
                assert TAKEN_OUT.match(problem.mend) or lost.keys() <= words(str(problem)).keys()
    assert buttons >= 180
