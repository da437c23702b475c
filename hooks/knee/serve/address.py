"""Whether `make serve` can show the site at its address, or another program already uses it."""

from __future__ import annotations

import errno
import socket

_OTHER = "use another address: make serve AT=127.0.0.1:8001"


def address_refusal(host: str, port: int) -> str:
    """Return why nothing can be served at an address (a host, and a port from 0 to 65535), and what to do; empty where it is free."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as ours:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: an address just given up is free
            ours.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"another program shows something at {host}:{port}, perhaps an older `make serve`: stop it, or {_OTHER}"
        return f"nothing can be shown at {host}:{port} ({error.strerror}): {_OTHER}"
    return ""
