"""The wire between a page and its kernel: widget messages only, and no source code."""

import json
from asyncio import Future
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from twitchlib.allowance import Allowance
from twitchlib.serving import hosts
from twitchlib.serving.budget import BUDGET
from twitchlib.serving.frames import PROTOCOL, FrameError, read_frame
from twitchlib.serving.headers import set_headers

__all__ = ["Everybody", "KernelSocket", "PageConnection"]


class Everybody(IdentityProvider):
    """Lets everybody in, without a login page and without a cookie.

    A visitor can reach only their own kernel, and its identifier, which no other page is given,
    is the key to it.
    """

    auth_enabled = False

    def get_user(self, handler: Any) -> User:  # noqa: ARG002
        """Return the same user for every request."""
        return User("visitor")

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return no handlers: there is no login or logout page."""
        return []


class PageConnection(ZMQChannelsWebsocketConnection):
    """Keeps both directions within the budget, and withholds anything that reveals the source.

    A page's messages are read here and not by Jupyter Server. Echoes of executed code are withheld
    from the page, and so are errors, whether error messages or standard error, which go to the
    server's log instead. (Jupyter Server's own way of hiding tracebacks fails at the first one, and
    leaves the messages behind it waiting.)
    """

    @property
    def subprotocol(self) -> str:
        """The subprotocol of every wire, known even once it is closed and cannot be asked."""
        return PROTOCOL

    def connect(self) -> Any:
        """Connect, and let the kernel manager cut the wire when it ends the kernel."""
        kernels = self.multi_kernel_manager
        kernels.wires.setdefault(self.kernel_id, []).append(self.websocket_handler.close)
        self._frames = Allowance(BUDGET.frames, BUDGET.frames_per_s)
        self._sent = Allowance(BUDGET.sent_bytes, BUDGET.sent_bytes_per_s)
        self._bad_frames = 0
        return super().connect()

    def disconnect(self) -> None:  # type: ignore[override]
        """Record that this wire is gone."""
        wires = self.multi_kernel_manager.wires.get(self.kernel_id, [])
        if self.websocket_handler.close in wires:
            wires.remove(self.websocket_handler.close)
        super().disconnect()  # type: ignore[no-untyped-call]

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Pass a message on to the kernel if it is one that a page sends, within the budget."""
        if not self.channels:
            return
        if not (self._frames.take() and self._sent.take(len(incoming_msg))):
            self._exceeded("messages")
            return
        with suppress(FrameError):
            frame = read_frame(incoming_msg)
            if frame.kind in self.multi_kernel_manager.page_messages:
                # Jupyter Server would parse the message again, and believe what it claims.
                self.session.send_raw(self.channels[frame.channel], frame.parts)
                return
        self._bad_frames += 1
        if self._bad_frames > BUDGET.bad_frames:
            self._exceeded("messages")

    def handle_outgoing_message(self, stream: Any, outgoing_msg: Any) -> None:
        """Pass an answer on to the page, unless the page has just gone."""
        if self.websocket_handler.ws_connection is not None:
            super().handle_outgoing_message(stream, outgoing_msg)

    def _exceeded(self, what: str) -> None:
        self.multi_kernel_manager.exceeded(self.kernel_id, what)

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:
        kind = json.loads(msg_list[0])["msg_type"]
        if kind == "execute_input":
            return
        if kind == "status":
            state = json.loads(msg_list[3])["execution_state"]
            parent = json.loads(msg_list[1]).get("msg_type")
            self.multi_kernel_manager.note_state(self.kernel_id, state, parent)
        if kind == "error":
            self._log_trouble("\n".join(json.loads(msg_list[3])["traceback"]))
            return
        if kind == "stream":
            content = json.loads(msg_list[3])
            if content["name"] == "stderr":
                # In a lesson without widgets nothing answers the page's request for them.
                if not content["text"].startswith("No such comm"):  # untranslated: Jupyter's
                    self._log_trouble(content["text"])
                return
        super()._on_zmq_reply(stream, msg_list)  # type: ignore[no-untyped-call]

    def _log_trouble(self, text: str) -> None:
        self.multi_kernel_manager.log_trouble(self.kernel_id, text)


class KernelSocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """Websocket of one page, closed when three pings in a row go unanswered."""

    ping_interval = 15_000
    # Jupyter Server reads this while connected, in milliseconds. Tornado reads it too, at the
    # handshake, and warns if it is longer than the interval.
    ping_timeout = ping_interval

    def initialize(self) -> None:
        """Begin with nothing waiting to be read."""
        self._waiting_bytes = 0

    def set_default_headers(self) -> None:
        """Set the usual headers, even on answers that refuse a wire."""
        set_headers(self)

    async def get(self, kernel_id: str) -> None:
        """Open a wire, if this is a page of this course and has not opened too many."""
        if not hosts.allowed(self.request.host, self.settings["course_server"].hosts):
            raise HTTPError(HTTPStatus.MISDIRECTED_REQUEST)
        kernels = self.settings["course_server"].kernel_manager
        if not await kernels.arrives(kernel_id):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        if not kernels.may_connect(kernel_id):
            raise HTTPError(HTTPStatus.TOO_MANY_REQUESTS)
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        await super().get(kernel_id)

    async def open(self, kernel_id: str) -> None:
        """Open the wire to a kernel."""
        # An answer is several small messages. Together, Nagle's algorithm and the page's delayed
        # acknowledgement would hold back the second one for 40 ms.
        self.set_nodelay(True)
        self.ping_timeout = 3 * self.ping_interval
        await super().open(kernel_id)

    def on_close(self) -> None:
        """Forget the connection; one that was never made has nothing to forget."""
        if getattr(self, "connection", None) is not None:
            super().on_close()

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send an answer, unless too much is waiting to be read already."""
        size = len(message)
        if self._waiting_bytes + size > BUDGET.waiting_bytes:
            kernels = self.settings["course_server"].kernel_manager
            kernels.exceeded(self.kernel_id, "unread")
            return None
        try:
            sent = super().write_message(message, binary)
        except WebSocketClosedError:
            return None
        if isinstance(sent, Future):
            self._waiting_bytes += size
            sent.add_done_callback(lambda done: self._note_sent(done, size))
        return sent

    def _note_sent(self, sent: "Future[None]", size: int) -> None:
        self._waiting_bytes -= size
        if not sent.cancelled():
            sent.exception()  # retrieved, so that a page that is gone is not logged

    def log_exception(self, *error: Any) -> None:
        """Log unexpected errors; a page that returns to a kernel that is gone is not one."""
        if not isinstance(error[1], HTTPError):
            super().log_exception(*error)

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002
        """Send nothing but the status."""
        self.finish()
