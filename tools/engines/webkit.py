"""WebKitGTK: Safari's engine (layout, scripts, print), in a window of its own (`webkit_window.py`) on a screen that nobody sees."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from .tab import PATIENCE, Failed, Tab

WINDOW = Path(__file__).with_name("webkit_window.py")
PYTHON = "/usr/bin/python3"
"""The system's: it has GTK."""
SCREEN = "1400x1400x24"
SETTINGS = {
    "GDK_BACKEND": "x11",
    "GSETTINGS_BACKEND": "memory",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "NO_AT_BRIDGE": "1",
    "PYTHONWARNINGS": "ignore",
}
LIMIT = PATIENCE * 2
"""Seconds for an answer."""
LEFT = re.compile("cancell?ed", re.IGNORECASE)
"""How it says that a reader went on to another page meanwhile."""


def missing() -> str | None:
    """Return what is missing on this machine; None where all is there."""
    if not shutil.which("Xvfb"):
        return "no screen for WebKit (Debian: xvfb)"
    try:
        there = subprocess.run([PYTHON, str(WINDOW), "--is-there"], capture_output=True, check=False).returncode == 0
    except OSError:
        there = False
    return None if there else "no WebKitGTK (Debian: gir1.2-webkit2-4.1 python3-gi python3-gi-cairo)"


class WebKit:
    """The engine of Safari and of every browser on an iPhone, as GNOME builds it."""

    name = "WebKit"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        number, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp", "-terminate"]
        self._screen = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(number) as shown:
            settings = {**os.environ, **SETTINGS, "DISPLAY": f":{shown.readline().strip()}"}
        settings.pop("PYTHONPATH", None)
        answers, write = os.pipe()
        console = Path(self._folder.name, "console")
        self._console = (console.open("wb"), console.open("rb"))
        self._window = subprocess.Popen(
            [PYTHON, str(WINDOW), str(write)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._console[0],
            env=settings,
            pass_fds=[write],
            encoding="utf-8",
        )
        os.close(write)
        self._answers = os.fdopen(answers, encoding="utf-8")
        self._readers = self._orders = 0
        self.version = str(self.do("version"))

    def do(self, order: str, limit: float = LIMIT, **parts: Any) -> Any:
        """Send the window an order, and return its answer."""
        assert self._window.stdin
        self._orders += 1
        self._window.stdin.write(json.dumps({"do": order, "number": self._orders, **parts}) + "\n")
        self._window.stdin.flush()
        answer: dict[str, Any] = {}
        while answer.get("number") != self._orders:  # an answer to an order before came too late
            if not select.select([self._answers], [], [], limit)[0]:
                raise Failed(f"{order}: no answer")
            line = self._answers.readline()
            if not line:
                raise Failed(f"{order}: the window is gone")
            answer = json.loads(line)
        if answer["error"]:
            raise Failed(f"{order}: {answer['error']}")
        return answer["value"]

    def new(self, home: str, *, dark: bool = False, scripts: bool = True, before: str = "") -> Tab:
        """Begin with a new reader; the one before is gone. `before` runs before the scripts of each page."""
        self._readers += 1
        folder = Path(self._folder.name, str(self._readers))
        self.console()
        self.do("new", data=str(folder), dark=dark, scripts=scripts, before=before)
        return _Tab(self, home, folder)

    def console(self) -> list[str]:
        """Return what pages wrote to the console since the last time."""
        lines = self._console[1].read().decode("utf-8", "replace").splitlines()
        return [line for line in lines if re.match(r".*CONSOLE (?:\S+ )?(?:ERROR|WARN)", line)]

    def close(self) -> None:
        """End the window, and with it the screen."""
        assert self._window.stdin
        self._window.stdin.close()
        for process in (self._window, self._screen):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._answers.close()
        for file in self._console:
            file.close()
        self._folder.cleanup()


class _Tab(Tab):
    def __init__(self, webkit: WebKit, home: str, folder: Path) -> None:
        self._webkit, self.home, self._folder = webkit, home, folder
        self._troubles: list[str] = []
        self._at = ""

    def open(self, address: str) -> None:
        self._note()
        self._at = address if "://" in address else self.home + address
        self._webkit.do("open", address=self._at)

    def run(self, body: str) -> Any:
        # Where a page goes on to another meanwhile, no answer comes at all.
        return self._webkit.do("evaluate", limit=PATIENCE / 4, script=f"return JSON.stringify(await (async () => {{ {body} }})() ?? null)")

    def resize(self, width: int, height: int) -> None:
        self._webkit.do("size", width=width, height=height)
        if self._at:
            self.wait_for(f"innerWidth === {width} && innerHeight === {height}")

    def dark(self, on: bool) -> None:
        self._webkit.do("dark", on=on)
        self.wait_for(f"matchMedia('(prefers-color-scheme: dark)').matches === {json.dumps(on)}")

    def press(self, key: str, *modifiers: str) -> None:
        self._webkit.do("press", key=key, modifiers=modifiers)
        self.run("return true")  # keys wait in a queue: when this is answered, the page has had this one

    def tap(self, x: float, y: float) -> None:
        self._webkit.do("tap", x=x, y=y)

    def pdf(self, paper: str) -> bytes:
        file = self._folder / "page.pdf"
        try:
            self._webkit.do("pdf", path=str(file), paper=paper)
        except Failed as error:
            if "Invalid page range" not in str(error):
                raise
            # It was asked while it laid the page out, and counted no sheets; nobody asked for a range. The page first hears that it ended.
            self.run("return true")
            self._webkit.do("pdf", path=str(file), paper=paper)
        return file.read_bytes()

    def picture(self) -> bytes:
        file = self._folder / "page.png"
        self._webkit.do("picture", path=str(file))
        return file.read_bytes()

    def _note(self) -> None:
        for kind, address, message in self._webkit.do("noted"):
            elsewhere = not address.startswith((self.home, "data:", "blob:", "file:", "about:"))
            if kind == "request" and elsewhere:
                self._troubles.append(f"{self._at}: asks for {address}")
            elif kind != "request" and not LEFT.search(message):
                self._troubles.append(f"{self._at}: {kind} {address}: {message}")
        self._troubles += [f"{self._at}: {line}" for line in self._webkit.console()]

    def troubles(self) -> list[str]:
        self._note()
        return self._troubles

    def close(self) -> None:
        self._note()
