"""Requests that no browser sends."""

import re
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from tests.hostile.siege import Siege, leaks
from tests.hostile.strategies import requests

_SILENT_S = 0.1
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")


def exchange(url: str, request: bytes, silent_s: float = _SILENT_S) -> bytes:
    """Send bytes, and return what comes back until the end, or until nothing more arrives."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    received = b""
    address = (parts.hostname, parts.port)
    with (
        socket.create_connection(address, timeout=10) as connection,
        suppress(ConnectionError, TimeoutError),
    ):
        connection.sendall(request)
        connection.settimeout(silent_s)
        while piece := connection.recv(65536):
            received += piece
    return received


def test_requests_of_all_kinds(siege: Siege) -> None:
    with siege.attack("requests"):

        def attempt(request: bytes) -> str:
            answer = exchange(siege.url, request)
            assert leaks([answer]) == []
            statuses = _STATUS.findall(answer)
            assert all(status < b"500" for status in statuses), answer[:300]
            return statuses[0].decode() if statuses else "closed or left waiting"

        siege.barrage("requests", [(requests(), attempt)], tries=150, between=siege.check)
