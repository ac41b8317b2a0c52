"""A page's websocket protocol by hand, so that it can send what no page sends."""

import json
import socket
import struct
import time
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.asking import DEADLINE_S, ask, kernel_of
from twitchlib.serving.frames import PROTOCOL

__all__ = [
    "EndedError",
    "Message",
    "RawWire",
    "Visitor",
    "envelope",
    "join",
    "masked",
    "reason_of",
    "socket_to",
    "split",
]


class EndedError(Exception):
    """The server has closed the wire."""


def reason_of(url: str, kernel_id: str) -> str:
    """Return the reason its page is given for the end of a kernel; empty while it is alive."""
    answer = ask(f"{url}api/kernels/{kernel_id}")
    if answer.status == 200:
        return ""
    assert answer.status == 410, answer.status
    reason: str = json.loads(answer.body)["reason"]
    assert reason
    return reason


def envelope(kind: str, identifier: str = "") -> dict[str, Any]:
    """Return the header of a message."""
    return {
        "msg_id": identifier or uuid.uuid4().hex,
        "msg_type": kind,
        "session": "s",
        "username": "",
        "version": "5.3",
        "date": "2026-01-01T00:00:00Z",
    }


def join(pieces: Sequence[bytes]) -> bytes:
    """Return a message as a page sends it: count and offsets, then one part after another."""
    at = [8 * (len(pieces) + 2)]
    for piece in pieces:
        at.append(at[-1] + len(piece))
    numbers = [len(at), *at]
    return b"".join([*(number.to_bytes(8, "little") for number in numbers), *pieces])


def split(message: bytes) -> list[bytes]:
    """Return the parts of a message."""
    count = int.from_bytes(message[:8], "little")
    at = [int.from_bytes(message[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    return [message[start:end] for start, end in pairwise(at)]


@dataclass(frozen=True)
class Message:
    """A message from a kernel."""

    kind: str
    parent: str
    content: dict[str, Any]

    @classmethod
    def read(cls, raw: bytes) -> "Message":
        header, parent, _metadata, content = (json.loads(part) for part in split(raw)[1:5])
        return cls(header["msg_type"], parent.get("msg_id", ""), content)


def socket_to(url: str, kernel_id: str, **options: Any) -> ClientConnection:
    """Return a websocket to a kernel."""
    parts = urlsplit(url)
    address = f"ws://{parts.netloc}{parts.path}api/kernels/{kernel_id}/channels?session_id=s"
    # Pings would disturb Hypothesis: their contents are random numbers.
    usual = {"subprotocols": [PROTOCOL], "open_timeout": DEADLINE_S, "ping_interval": None}
    wire: ClientConnection = connect(address, **{**usual, "max_size": None, **options})
    return wire


def masked(payload: bytes, length: int | None = None) -> bytes:
    """Return what follows the first byte of a websocket's frame, with a mask of zeros.

    Parameters
    ----------
    payload : bytes
        Contents of the frame.
    length : int, optional
        Length that it claims.
    """
    size = len(payload) if length is None else length
    if size < 126:
        head = struct.pack("!B", 0x80 | size)
    elif size < 2**16:
        head = struct.pack("!BH", 0x80 | 126, size)
    else:
        head = struct.pack("!BQ", 0x80 | 127, size)
    return head + bytes(4) + payload


class RawWire:
    """A raw websocket whose owner does not read.

    Attributes
    ----------
    status : int
        Status of the handshake.
    """

    def __init__(self, url: str, kernel_id: str) -> None:
        place = urlsplit(url)
        assert place.hostname
        assert place.port
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.settimeout(DEADLINE_S)
        self._socket.connect((place.hostname, place.port))
        self._socket.sendall(
            f"GET /api/kernels/{kernel_id}/channels?session_id=raw HTTP/1.1\r\n"
            f"Host: {place.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate\r\n"
            f"Sec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n".encode()
        )
        answer = self._socket.recv(1000)
        self.status = int(answer.split()[1])
        assert b"permessage-deflate" not in answer  # a few bytes could expand to many

    def send(self, sent: bytes) -> bool:
        """Send bytes, and return whether that worked."""
        try:
            self._socket.sendall(sent)
        except OSError:
            return False
        return True

    def ends(self, deadline_s: float) -> bool:
        """Keep reading, and return whether the server closes the wire in time."""
        self._socket.settimeout(deadline_s)
        try:
            while self._socket.recv(2**16):
                pass
        except TimeoutError:
            return False
        except OSError:
            pass
        return True

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class Visitor:
    """A visitor with a page open.

    Attributes
    ----------
    received : list of bytes
        Everything that came over the wire since it was last cleared.
    """

    def __init__(self, url: str, lesson: str, **options: Any) -> None:
        self.url = url
        page = ask(f"{url}voila/render/{lesson}.ipynb")
        assert page.status == 200
        assert "</html>" in page.text, page.text[-1000:]
        assert 'class="mishap"' not in page.text
        self.received = [page.body]
        self.kernel_id = kernel_of(page.text)
        self._options = options
        self._wire = ExitStack()
        self.connect()

    def connect(self) -> None:
        """Open the wire."""
        opened = socket_to(self.url, self.kernel_id, **self._options)
        self.socket = self._wire.enter_context(opened)

    def hang_up(self) -> None:
        """Close the wire without ending the kernel."""
        self._wire.close()

    def close(self) -> None:
        """Leave, as a page does."""
        self.hang_up()
        ask(f"{self.url}voila/api/shutdown/{self.kernel_id}", "POST")

    def again(self) -> bool:
        """Reopen the wire, and return whether the kernel is still there."""
        self.hang_up()
        try:
            self.connect()
        except InvalidStatus:
            return False
        return True

    def send(
        self,
        kind: str,
        content: object,
        *,
        buffers: Sequence[bytes] = (),
        channel: str = "shell",
        **metadata: str,
    ) -> str:
        """Send a message, and return its identifier."""
        header = envelope(kind)
        parts = [header, {}, metadata, content]
        self.send_raw(join([channel.encode(), *(json.dumps(p).encode() for p in parts), *buffers]))
        identifier: str = header["msg_id"]
        return identifier

    def send_raw(self, message: bytes | str) -> None:
        """Send anything."""
        try:
            self.socket.send(message)
        except ConnectionClosed as closed:
            raise EndedError from closed

    def comm(self, model: str, data: object, buffers: Sequence[bytes] = ()) -> str:
        """Send a message to a widget."""
        return self.send("comm_msg", {"comm_id": model, "data": data}, buffers=buffers)

    def hear(self, until_s: float) -> Message:
        """Return the next message, waiting until a time on the monotonic clock."""
        try:
            raw = self.socket.recv(max(0.0, until_s - time.monotonic()))
        except ConnectionClosed as closed:
            raise EndedError from closed
        assert isinstance(raw, bytes)
        self.received.append(raw)
        return Message.read(raw)

    def answers(self, identifier: str, deadline_s: float = DEADLINE_S) -> list[Message]:
        """Return all messages up to the one that reports a request as done."""
        until_s = time.monotonic() + deadline_s
        messages = []
        while True:
            message = self.hear(until_s)
            messages.append(message)
            if message.parent == identifier and message.content.get("execution_state") == "idle":
                return messages

    def models(self) -> dict[str, dict[str, Any]]:
        """Return the state of every widget in the kernel, by id."""
        channel = uuid.uuid4().hex
        self.send(
            "comm_open",
            {"comm_id": channel, "target_name": "jupyter.widget.control", "data": {}},
            version="1.0.0",
        )
        asked = self.comm(channel, {"method": "request_states"})
        answers = self.answers(asked)
        for message in answers:
            data = message.content.get("data")
            if message.kind == "comm_msg" and isinstance(data, dict) and "states" in data:
                states: dict[str, dict[str, Any]] = data["states"]
                return {name: model["state"] for name, model in states.items()}
        raise AssertionError(f"the kernel did not send its widgets, but {answers}")
