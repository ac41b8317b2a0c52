"""The wire between a page and its kernel: widget messages only, and nothing of the source."""

import json
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
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

    Those are the echoes of executed code and everything written to standard error: Python prints
    the traceback of a failed widget callback there. It goes to the server's log instead.
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
        if kind == "stream":
            content = _part(msg_list, 3, "content")
            if content["name"] == "stderr":
                self.log.error("A lesson wrote:\n%s", content["text"])
                return
        super()._on_zmq_reply(stream, msg_list)  # type: ignore[no-untyped-call]


def _part(message: Any, position: int, name: str) -> dict[str, Any]:
    # A list of serialised parts in the newer of the two websocket protocols, a dict in the older.
    part = message[name] if isinstance(message, dict) else json.loads(message[position])
    return dict(part)


class KernelSocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """Websocket of one page."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002
        """Say no more than the status does."""
        self.finish()
