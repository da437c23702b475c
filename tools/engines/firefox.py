"""Firefox, as it is installed, driven by the commands that it has of its own: WebDriver BiDi, over a socket."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from .tab import MARGINS, PAPERS, PATIENCE, Failed, Tab

NAMES = ("firefox-esr", "firefox")
LIMIT = 60.0
"""Seconds for an answer."""
KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}
DARK = "layout.css.prefers-color-scheme.content-override"
SCRIPTS = "javascript.enabled"
PREFERENCES = {
    "remote.active-protocols": 1,
    "ui.useOverlayScrollbars": 1,  # as on a phone: a bar takes no room
    "browser.startup.page": 0,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
EVENTS = ["log.entryAdded", "network.beforeRequestSent", "network.fetchError", "network.responseCompleted"]


def _path() -> str | None:
    return os.environ.get("FIREFOX") or next((path for name in NAMES if (path := shutil.which(name))), None)


def missing() -> str | None:
    """Return what is missing on this machine; None where all is there."""
    return None if _path() else "no Firefox (Debian: firefox-esr)"


class Firefox:
    """Mozilla's engine."""

    name = "Firefox"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        Path(self._folder.name, "user.js").write_text("".join(lines), "utf-8")
        command = [str(_path()), "--headless", "--no-remote", "--profile", self._folder.name]
        command += ["--remote-debugging-port", "0", "--remote-allow-system-access"]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
        )
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(f"{self._listens_at()}/session", max_size=None))
        self._count = 0
        self._tabs: dict[str, _Tab] = {}
        self.version = str(self.do("session.new", capabilities={})["capabilities"]["browserVersion"])
        self.do("session.subscribe", events=EVENTS)
        self._window = self.do("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"][0]["context"]

    def _listens_at(self) -> str:
        assert self._process.stderr
        for line in self._process.stderr:
            if "WebDriver BiDi listening on" in line:
                return line.split()[-1]
        raise Failed("Firefox did not start")

    def do(self, method: str, limit: float = LIMIT, **parameters: Any) -> dict[str, Any]:
        """Send a command, and return its result; what happens meanwhile goes to the tab that it happens in."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": parameters}))
        end = time.monotonic() + limit
        while True:
            try:
                message = json.loads(self._socket.recv(timeout=end - time.monotonic()))
            except TimeoutError as error:
                raise Failed(f"{method}: no answer") from error
            if message["type"] == "event":
                self._hear(message["method"], message["params"])
            elif message.get("id") == self._count:
                if message["type"] == "error":
                    raise Failed(f"{method}: {message['error']}: {message['message']}")
                return dict(message["result"])

    def _hear(self, method: str, event: dict[str, Any]) -> None:
        tab = self._tabs.get(event.get("context") or event.get("source", {}).get("context"))
        if tab:
            tab.hear(method, event)

    def prefer(self, name: str, value: object) -> None:
        """Set a preference; it holds for all tabs."""
        kind = {bool: "Bool", int: "Int"}[type(value)]
        script = f"Services.prefs.set{kind}Pref({json.dumps(name)}, {json.dumps(value)})"
        self.do("script.evaluate", expression=script, target={"context": self._window}, awaitPromise=False)

    def new(self, home: str, *, dark: bool = False, scripts: bool = True, before: str = "") -> Tab:
        """Begin with a new reader. `before` runs before the scripts of each page."""
        self.prefer(SCRIPTS, scripts)
        reader = self.do("browser.createUserContext")["userContext"]
        if before:
            self.do("script.addPreloadScript", functionDeclaration=f"() => {{ {before} }}", userContexts=[reader])
        context = self.do("browsingContext.create", type="tab", userContext=reader)["context"]
        tab = self._tabs[context] = _Tab(self, context, reader, home)
        tab.scripts = scripts
        self.prefer(DARK, 0 if dark else 1)
        return tab

    def close(self) -> None:
        """End the browser, with all that it started."""
        try:
            self.do("browser.close")
            self._process.wait(20)
        except (Failed, ConnectionClosed, subprocess.TimeoutExpired):
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._open.close()
        assert self._process.stderr
        self._process.stderr.close()
        self._folder.cleanup()


class _Tab(Tab):
    scripts = True
    """Whether pages may run scripts. Where not, no promise is ever kept, of ours neither."""

    def __init__(self, firefox: Firefox, context: str, reader: str, home: str) -> None:
        self._firefox, self._context, self._reader, self.home = firefox, context, reader, home
        self._troubles: list[str] = []
        self._at = ""

    def hear(self, method: str, event: dict[str, Any]) -> None:
        """Note what no reader may meet."""
        address = event.get("request", {}).get("url", "")
        if method == "log.entryAdded":
            if event["level"] in ("error", "warn"):
                self._troubles.append(f"{self._at}: console: {event.get('text')}")
        elif method == "network.beforeRequestSent":
            if not address.startswith((self.home, "data:", "blob:", "file:")):
                self._troubles.append(f"{self._at}: asks for {address}")
        elif method == "network.fetchError":
            if event["errorText"] != "NS_BINDING_ABORTED":  # the reader went on to another page meanwhile
                self._troubles.append(f"{self._at}: failed: {address} ({event['errorText']})")
        elif event["response"]["status"] >= 400:
            self._troubles.append(f"{self._at}: answered {event['response']['status']}: {address}")

    def _do(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._firefox.do(method, context=self._context, **parameters)

    def open(self, address: str) -> None:
        self._at = address if "://" in address else self.home + address
        self._do("browsingContext.navigate", url=self._at, wait="complete")

    def run(self, body: str) -> Any:
        later, wait = ("async", "await") if self.scripts else ("", "")
        expression = f"({later} () => JSON.stringify({wait} ({later} () => {{ {body} }})() ?? null))()"
        # Where a page goes on to another meanwhile, no answer comes at all.
        answer = self._firefox.do(
            "script.evaluate", limit=PATIENCE / 4, expression=expression, target={"context": self._context}, awaitPromise=True
        )
        if answer["type"] != "success":
            raise Failed(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def resize(self, width: int, height: int) -> None:
        self._do("browsingContext.setViewport", viewport={"width": width, "height": height})

    def dark(self, on: bool) -> None:
        self._firefox.prefer(DARK, 0 if on else 1)
        self.wait_for(f"matchMedia('(prefers-color-scheme: dark)').matches === {json.dumps(on)}")

    def press(self, key: str, *modifiers: str) -> None:
        held = [KEYS[name] for name in modifiers]
        value = KEYS.get(key, key)
        acts = [{"type": "keyDown", "value": one} for one in [*held, value]]
        acts += [{"type": "keyUp", "value": one} for one in [value, *held]]
        self._do("input.performActions", actions=[{"type": "key", "id": "keys", "actions": acts}])

    def tap(self, x: float, y: float) -> None:
        acts = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._do("input.performActions", actions=[{"type": "pointer", "id": "pointer", "actions": acts}])

    def pdf(self, paper: str) -> bytes:
        across, along = PAPERS[paper]
        size = {"width": across / 10, "height": along / 10}
        margin = {side: millimetres / 10 for side, millimetres in MARGINS.items()}
        return base64.b64decode(self._do("browsingContext.print", page=size, margin=margin, background=False)["data"])

    def picture(self) -> bytes:
        return base64.b64decode(self._do("browsingContext.captureScreenshot")["data"])

    def troubles(self) -> list[str]:
        self._firefox.do("session.status")  # what happened before has been heard when this is answered
        return self._troubles

    def close(self) -> None:
        self._firefox.prefer(SCRIPTS, True)  # without them no tab ever ends
        self._firefox.do("browser.removeUserContext", userContext=self._reader)
