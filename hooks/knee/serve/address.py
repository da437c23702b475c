"""Whether `make serve` can show the site at its address: MkDocs ends in a traceback where another program does so already."""

from __future__ import annotations

import os
import socket


def refusal(host: str, port: int) -> str:
    """Return the reason why nothing can be served at an address (a host, and a port from 0 to 65535); empty where it is free."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        return f"nothing can be shown at {host}:{port} ({os.strerror(error.errno or 0)}): stop the other program, or use make serve AT=127.0.0.1:8001"
    return ""
