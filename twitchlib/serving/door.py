"""Connections to the server: how many, how long they may take, how large a request may be."""

from collections import Counter
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.web import Application

from twitchlib.serving.admission import household
from twitchlib.serving.budget import BUDGET

__all__ = ["Door"]


class Door(HTTPServer):
    """An HTTP server that keeps every client within the budget.

    Parameters
    ----------
    application : tornado.web.Application
        Answers the requests.
    """

    def initialize(self, application: Application) -> None:  # type: ignore[override]
        """Apply the limits of the budget."""
        super().initialize(
            application,
            max_body_size=BUDGET.body_bytes,
            max_header_size=BUDGET.header_bytes,
            idle_connection_timeout=BUDGET.request_s,
            body_timeout=BUDGET.request_s,
        )
        self._open: Counter[str] = Counter()

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Accept a connection, unless there are too many already."""
        client = _client(address)
        if self._open[client] >= BUDGET.sockets_of_one or self._open.total() >= BUDGET.sockets:
            stream.close()
            return
        self._open[client] += 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn: Any) -> None:
        """Record that a connection has ended, or has become a wire to a kernel."""
        super().on_close(server_conn)
        client = _client(server_conn.context.address)
        self._open[client] -= 1
        if self._open[client] <= 0:
            del self._open[client]


def _client(address: Any) -> str:
    """Return the client's household; empty on a Unix socket, where every client is this user."""
    return household(str(address[0])) if isinstance(address, tuple) else ""
