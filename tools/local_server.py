"""Serves a built site on this machine only, as a browser needs it for scripts and addresses."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

GZIP_LEVEL = 6
"""What nginx, Apache and content networks use or come close to."""
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml")
"""The endings of files that hosts send with gzip."""


class QuietHandler(SimpleHTTPRequestHandler):
    """Sends files as they are, and prints nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: a line for each request would hide the results."""


class GzipHandler(QuietHandler):
    """Sends text with gzip over connections that stay open, as hosts do."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BinaryIO | BytesIO | None:
        """Send the headers, and return the body."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes(), GZIP_LEVEL, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


class LocalServer(ThreadingHTTPServer):
    """A server on a free port, which does not wait for a browser to close its connections."""

    daemon_threads = True

    def __init__(self, folder: Path, handler: type[SimpleHTTPRequestHandler] = QuietHandler) -> None:
        super().__init__(("127.0.0.1", 0), partial(handler, directory=str(folder)))

    @property
    def address(self) -> str:
        """The address of the folder, with a slash at its end."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing when a browser hangs up early."""


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = QuietHandler) -> Iterator[str]:
    """Serve a folder while the `with` block runs, and yield its address. The folder may be filled later."""
    with LocalServer(folder, handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()
