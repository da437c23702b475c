"""Listens to the built site with a real screen reader, and writes down what it says (`make listen`, not in continuous integration).

Orca runs with Firefox and with Chromium in a room of its own: a Debian 13 in a folder, made once by debootstrap, so that its versions are
the same on every machine. It has no voice; what it would speak is kept in tests/heard/, with the keys that were pressed. Needs Debian or
Ubuntu and root.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.built_pages import BuiltPage, BuiltSite
from tools.local_server import served
from tools.spoken import course_of
from tools.strict_build import PROJECT, build_strictly

ROOM = Path(os.environ.get("LISTENING_ROOM", "/var/tmp/knee-ease-listening-room"))
RELEASE = "trixie"
PACKAGES = (
    *("orca", "at-spi2-core", "dbus-x11", "dconf-service", "firefox-esr", "chromium"),
    *("xvfb", "x11-utils", "openbox", "xdotool", "fonts-liberation"),
)
NAMES = {"firefox": "firefox-esr", "chromium": "chromium"}
SCRIPT = "listening-room"
HEARD = PROJECT / "tests" / "heard"
BY_ITSELF, BY_NEXT = ("techniques/adductor-release/",), ("techniques/quadriceps-massage/", "routines/2-minutes/")
SETTLED = 1.5
"""Seconds of silence after which a screen reader has said what it had to say."""
PATIENCE = 20.0
"""Seconds that it has to begin; this machine may be busy."""
MOST_TABS = 60
STARTS = 4
"""On a busy machine Orca sometimes waits for ever on its bus: then all is started anew."""
_SAID = re.compile(r"SPEECH OUTPUT: (['\"])(.*)\1 \{")


# The room


def make_room() -> None:
    """Make the room where there is none. The mirror is the one that this machine gets its own packages from."""
    if not (ROOM / "ready").exists():
        print(f"making a Debian in {ROOM}: this takes some minutes", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", "debootstrap"], check=True, env=quiet, stdout=subprocess.DEVNULL)
        shutil.rmtree(ROOM, ignore_errors=True)
        subprocess.run(["debootstrap", "--variant=minbase", RELEASE, str(ROOM), _mirror()], check=True, stdout=subprocess.DEVNULL)
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
            subprocess.run(["chroot", str(ROOM), "apt-get", *command], check=True, env=quiet, stdout=subprocess.DEVNULL)
        (ROOM / "ready").touch()
    shutil.copy(PROJECT / "tools" / "listening_room.sh", ROOM / "usr/local/bin" / SCRIPT)
    (ROOM / "usr/local/bin" / SCRIPT).chmod(0o755)


def _mirror() -> str:
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Label: Debian"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.split()[0]


def version_of(package: str) -> str:
    """Return the version of a package in the room."""
    command = ["chroot", str(ROOM), "dpkg-query", "--show", "--showformat=${Version}", package]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


class Listener:
    """A reader at the keyboard who sees nothing: presses keys, and hears what Orca says."""

    def __init__(self, name: str, screen: int) -> None:
        self.log = ROOM / "root" / name / "orca.log"
        self.screen = screen
        self.taken = 0
        self.transcript: list[str] = []

    def said(self) -> list[str]:
        """Return everything that was said so far."""
        return [found[2] for found in _SAID.finditer(self.log.read_text("utf-8", errors="replace"))] if self.log.exists() else []

    def hear(self, settled: float = SETTLED, until: Callable[[list[str]], bool] = bool, patience: float = PATIENCE) -> list[str]:
        """Return what is new, once it holds what is waited for and then nothing more comes; nothing, where that never happens."""
        end, last, count = time.monotonic() + patience, time.monotonic(), self.taken
        while time.monotonic() < end:
            said = self.said()
            if len(said) != count:
                last, count = time.monotonic(), len(said)
            if until(said[self.taken :]) and time.monotonic() - last > settled:
                break
            time.sleep(0.1)
        new = self.said()[self.taken :]
        self.taken += len(new)
        self.transcript += new
        return new

    def press(self, *keys: str, **how: float) -> list[str]:
        """Press keys, and give what is then said."""
        self.transcript.append(f"[{', '.join(keys)}]")
        self._xdotool("key", *keys)
        return self.hear(**how)  # type: ignore[arg-type]

    def type(self, words: str) -> list[str]:
        """Type words, and give what is then said."""
        self.transcript.append(f"[types {words}]")
        self._xdotool("type", "--delay", "120", words)
        return self.hear(settled=3)

    def tab_to(self, words: str) -> None:
        """Press Tab until this is said."""
        for _ in range(MOST_TABS):
            if any(words in said for said in self.press("Tab", settled=0.7)):
                return
        raise SystemExit(f"Tab never reached {words!r}: {self.transcript[-9:]}")

    def _xdotool(self, *command: str) -> None:
        subprocess.run(["chroot", str(ROOM), "env", f"DISPLAY=:{self.screen}", "xdotool", *command], check=True)


@contextmanager
def listening(browser: str, screen: int, address: str) -> Iterator[Listener]:
    """Open an address in the room, with its own view of what is mounted; all of it ends with this, or with this program."""
    for _ in range(STARTS):
        listener, room = Listener(browser, screen), _start(browser, screen, address)
        try:
            if _is_loaded(listener.hear(settled=3, until=_is_loaded, patience=90)):
                yield listener
                return
        finally:
            os.killpg(room.pid, signal.SIGKILL)
            room.wait()
    raise SystemExit(f"{browser} or Orca did not start in {ROOM}")


def _start(browser: str, screen: int, address: str) -> subprocess.Popen[bytes]:
    (ROOM / "root" / browser / "orca.log").unlink(missing_ok=True)
    mounts = f"mount -t proc proc {ROOM}/proc && mount --rbind /dev {ROOM}/dev"
    command = f"{mounts} && exec chroot {ROOM} {SCRIPT} {screen} {browser} '{address}' /root/{browser}"
    alone = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", command]
    return subprocess.Popen(alone, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _is_loaded(said: list[str]) -> bool:
    return any(words.startswith("Page has") for words in said)


# What is listened to


def follow(listener: Listener, page: BuiltPage, *, by_next: bool) -> Iterator[tuple[str, int]]:
    """Follow a page along to its end; give each thing that is to be heard, and how often it was."""
    begun = len(listener.said())
    course = list(course_of(page))
    for button in ("Start: ", "Nothing on this list is true for me", "Show step 1"):
        listener.tab_to(button)
        listener.press("Return")
    listener.tab_to("Next")
    for number, (_, seconds) in enumerate(course, 1):
        if by_next or not seconds:
            listener.press("Return")
        else:
            soon = "You have finished" if number == len(course) else "Step "
            listener.hear(until=lambda said, soon=soon: any(words.startswith(soon) for words in said), patience=seconds + PATIENCE)
    yield from heard_of(page, listener.said()[begun:], by_next=by_next)


def heard_of(page: BuiltPage, said: list[str], *, by_next: bool) -> Iterator[tuple[str, int]]:
    """Return each thing that is to be heard in a session, and how often it was among all that was said."""
    course = list(course_of(page))
    for heading in ("Before you start", "Get ready", "You have finished"):
        yield heading, sum(words.startswith(heading) for words in said)
    if not by_next:
        timed = sum(seconds > 0 for _, seconds in course)
        yield f"Time is up, {timed} times", int(sum(words.startswith("Time is up.") for words in said) == timed)
    for step, _ in course:
        yield step[-1], said.count(step[-1])


def filter_techniques(listener: Listener) -> Iterator[tuple[str, int]]:
    """Choose a place in the filter."""
    listener.tab_to("Place")
    said = listener.press("Down", settled=3)
    yield "1 of 4 techniques", said.count("1 of 4 techniques")


def search(listener: Listener) -> Iterator[tuple[str, int]]:
    """Search for a word."""
    listener.tab_to("Search")
    said = listener.type("thigh")
    yield "how many pages were found", sum(bool(re.fullmatch(r"\d+ pages found", words)) for words in said)


def save(listener: Listener) -> Iterator[tuple[str, int]]:
    """Save the site, and take the copy away."""
    listener.tab_to("Save for offline")
    said = listener.press("Return", settled=6, patience=60)
    yield "Saved on this device", sum(words.startswith("Saved on this device") for words in said)
    listener.tab_to("Remove the saved copy")
    said = listener.press("Return", settled=3)
    yield "The saved copy is gone.", said.count("The saved copy is gone.")


def choose_sheets(listener: Listener) -> Iterator[tuple[str, int]]:
    """Tick a sheet."""
    listener.tab_to("Front of the knee: gentle knee rub")
    said = listener.press("space", settled=3)
    yield "1 sheet is ready.", said.count("1 sheet is ready.")


PLACES: dict[str, Callable[[Listener], Iterator[tuple[str, int]]]] = {
    "techniques/": filter_techniques,
    "about/": search,
    "": save,
    "my-sheets/#techniques": choose_sheets,
}


def listen(browser: str, screen: int, site: BuiltSite) -> bool:
    """Listen to everything in one browser, and write it down; tell whether all was heard once."""
    report, parts = [], []
    versions = f"Orca {version_of('orca')} with {browser} {version_of(NAMES[browser])}"
    for address in (*BY_ITSELF, *BY_NEXT, *PLACES):
        built = site.page(address) if address in (*BY_ITSELF, *BY_NEXT) else None
        start = f"#{built.one('h1').attrs['id']}" if built else ""
        with listening(browser, screen, site.home + address + start) as listener:
            heard = list(follow(listener, built, by_next=address in BY_NEXT) if built else PLACES[address](listener))
        once = sum(times == 1 for _, times in heard)
        report.append(f"{once} of {len(heard)} heard once and whole: {address or 'the first page'}")
        report += [f"  {times} times: {expected}" for expected, times in heard if times != 1]
        parts += ["", f"# {address or 'the first page'}", "", *listener.transcript]
        text = "\n".join([f"{versions}. Keys are in brackets.", "", *report, *parts])
        (HEARD / f"{browser}.txt").write_text(text.replace(site.home, "/") + "\n", "utf-8")
        print(browser, report[-1], flush=True)
    return all(line.split()[0] == line.split()[2] for line in report if " heard once" in line)


def main() -> int:
    """Listen in both browsers at the same time."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit("make listen needs Debian, and root")
    make_room()
    HEARD.mkdir(exist_ok=True)
    results: dict[str, bool] = {}
    with TemporaryDirectory() as folder, served(Path(folder)) as home:
        build_strictly(Path(folder), SITE_URL=home)
        site = BuiltSite(Path(folder), home)
        ears = [
            threading.Thread(target=lambda name=name, screen=screen: results.__setitem__(name, listen(name, screen, site)))
            for screen, name in enumerate(NAMES, 71)
        ]
        for ear in ears:
            ear.start()
        for ear in ears:
            ear.join()
    return 0 if len(results) == len(NAMES) and all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
