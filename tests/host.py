"""The host of the built site: one for a whole run of the tests, because the site is built for its address."""

from __future__ import annotations

from pathlib import Path

from tools.local_server import QuietHandler

UNDER = "knee-ease"
"""The site stands in a folder of its host, as it does on many: an address that starts at the host's root would show."""


class HostHandler(QuietHandler):
    """Answers with 404.html where there is no file, as hosts of static sites do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the page that is shown where there is none."""
        body = (Path(self.directory) / UNDER / "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
