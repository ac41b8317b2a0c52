"""The wire between a page and its kernel: widget messages only, and nothing of the source."""

import json
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.web import HTTPError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

__all__ = ["Everybody", "KernelSocket", "PageConnection"]


class Everybody(IdentityProvider):
    """Lets everybody in, without a login page and without a cookie.

    What a visitor may reach is their own kernel alone, and its identifier, which no other page
    is told, is the key to it.
    """

    auth_enabled = False

    def get_user(self, handler: Any) -> User:  # noqa: ARG002
        """Return the same user for every request."""
        return User("visitor")

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return no login and no logout page."""
        return []


class PageConnection(ZMQChannelsWebsocketConnection):
    """Withholds from the page what it has no use for and what shows the source.

    Those are the echoes of executed code, and errors, whether as such or on standard error: both
    go to the server's log instead. (Jupyter Server's own way of hiding tracebacks fails at the
    first one, and leaves the messages behind it waiting.)
    """

    def connect(self) -> Any:
        """Connect, and let the kernel manager cut the wire when it ends the kernel."""
        wires = self.multi_kernel_manager.wires
        wires.setdefault(self.kernel_id, []).append(self.websocket_handler.close)
        return super().connect()

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:
        kind = _part(msg_list, 0, "header")["msg_type"]
        if kind == "execute_input":
            return
        if kind == "error":
            self.log.error("\n".join(_part(msg_list, 3, "content")["traceback"]))
            return
        if kind == "stream":
            content = _part(msg_list, 3, "content")
            if content["name"] == "stderr":
                # A lesson without widgets has nobody to answer the page's request for them.
                if not content["text"].startswith("No such comm"):  # untranslated: Jupyter's
                    self.log.error(content["text"])
                return
        super()._on_zmq_reply(stream, msg_list)  # type: ignore[no-untyped-call]


def _part(message: Any, position: int, name: str) -> dict[str, Any]:
    # A list of serialised parts in the newer of the two websocket protocols, a dict in the older.
    part = message[name] if isinstance(message, dict) else json.loads(message[position])
    return dict(part)


class KernelSocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """Websocket of one page, closed when three pings in a row go unanswered."""

    ping_interval = 15_000
    # Milliseconds to Jupyter's server, which looks at it while connected; at the handshake
    # Tornado reads it too, and complains of one longer than the interval.
    ping_timeout = ping_interval

    async def open(self, kernel_id: str) -> None:
        """Open the wire to a kernel."""
        # An answer is several small messages. Together, Nagle's algorithm and the page's delayed
        # acknowledgement would hold the second of them back for 40 ms.
        self.set_nodelay(True)
        self.ping_timeout = 3 * self.ping_interval
        await super().open(kernel_id)

    def log_exception(self, *error: Any) -> None:
        """Log what is unexpected; a page that comes back to a kernel that is gone is not."""
        if not isinstance(error[1], HTTPError):
            super().log_exception(*error)

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002
        """Say no more than the status does."""
        self.finish()
