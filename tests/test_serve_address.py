"""Somebody who starts `make serve` twice is told so in words."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from knee.serve.address import address_refusal


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port of this machine on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_an_address_that_another_program_uses_is_refused(taken: int) -> None:
    assert address_refusal("127.0.0.1", taken) == (
        f"another program shows something at 127.0.0.1:{taken}, perhaps an older `make serve`: "
        "stop it, or use another address: make serve AT=127.0.0.1:8001"
    )


def test_a_host_that_is_not_this_machine_is_refused() -> None:
    assert address_refusal("192.0.2.1", 8000).startswith("nothing can be shown at 192.0.2.1:8000 (")


def test_a_free_address_is_free() -> None:
    assert address_refusal("127.0.0.1", 0) == ""
