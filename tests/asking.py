"""Send requests as a browser would, without a browser."""

import http.client
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

__all__ = ["DEADLINE_S", "Answer", "ask", "kernel_of"]

DEADLINE_S: Final = 120


@dataclass(frozen=True)
class Answer:
    """The response to a request."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(url: str, method: str = "GET", **headers: str) -> Answer:
    """Send a request as a browser would."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=DEADLINE_S)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def kernel_of(page: str) -> str:
    """Return the id of a page's kernel."""
    found = re.search(r'"kernelId": "([^"]+)"', page)
    assert found is not None, page[-300:]
    return found[1]
