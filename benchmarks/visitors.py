"""Visitors without a browser: each fetches a lesson, connects to its kernel and moves a slider.

A hundred browsers would mostly measure themselves. A visitor sends what a page would send, and
reads no more of an answer than it has to, since it competes with the server for the processors.
"""

import asyncio
import json
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import cycle, pairwise
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from tornado.httpclient import AsyncHTTPClient
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from twitchlib.serving.frames import PROTOCOL
from twitchlib.snapshot.states import opened

__all__ = ["Troubles", "VisitError", "Visitor"]

PATIENCE_S = 120

_TIMEOUTS = ("connect_timeout", "request_timeout")
_KERNEL = re.compile(r'"kernelId": "([^"]+)"')
_STATES = re.compile(r'<script type="application/octet-stream" id="widget-states">([^<]*)</script>')
_PLACES = 10


class VisitError(Exception):
    """The lesson was incomplete, or a slider was not answered."""


class Troubles(Counter[str]):
    """What went wrong, and how often."""

    async def noted(self, task: Awaitable[object]) -> None:
        """Wait for a task, and count its error if it fails."""
        try:
            await task
        except Exception as error:  # noqa: BLE001 - any error is counted
            self[f"{type(error).__name__} {error}"[:200]] += 1

    def __str__(self) -> str:
        """Return the most frequent errors."""
        return "; ".join(f"{count} × {what}" for what, count in self.most_common(3))


@dataclass(frozen=True)
class Control:
    """A control, and the values to move it to one after another, over and over."""

    panel: str
    field: str
    values: tuple[object, ...]


class Visitor:
    """A visitor to a lesson.

    Parameters
    ----------
    url : str
        Address of the lesson.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._home = url.split("/voila/")[0]
        # One client for each visitor, so that none waits for another's connection.
        self._http = AsyncHTTPClient(
            force_instance=True, defaults=dict.fromkeys(_TIMEOUTS, PATIENCE_S)
        )
        self._kernel_id = ""
        self._control: Control | None = None
        self._socket: ClientConnection | None = None

    @property
    def server(self) -> str:
        """The name of the server that the visitor's kernel is on."""
        return self._kernel_id.partition("-")[0]

    async def arrive(self) -> None:
        """Fetch the page, connect, and move the slider once."""
        await self.fetch()
        await self.connect()
        await self.move()

    async def fetch(self) -> None:
        """Fetch the whole page."""
        html = (await self._http.fetch(self._url)).body.decode()
        kernel, states = _KERNEL.search(html), _STATES.search(html)
        if "</html>" not in html or 'class="mishap"' in html or not (kernel and states):
            raise VisitError("incomplete page")
        self._kernel_id = kernel[1]
        self._control = _first_control(states[1])
        self._values = cycle(self._control.values if self._control else ())

    async def connect(self) -> None:
        """Open the websocket to the kernel, and wait until the kernel answers."""
        place = urlsplit(self._home)
        self._socket = await connect(
            f"ws://{place.netloc}/api/kernels/{self._kernel_id}/channels?session_id=s",
            subprotocols=[Subprotocol(PROTOCOL)],
            compression=None,
            open_timeout=PATIENCE_S,
            ping_interval=None,
            max_size=None,
        )
        await self._ask("kernel_info_request", {})

    async def move(self) -> None:
        """Move the first slider of the lesson, and wait for the whole answer.

        A lesson without controls has nothing to move.
        """
        if self._control is None:
            return
        turn = uuid4().hex
        edit = {"fields": {self._control.field: next(self._values)}}
        data = {"method": "custom", "content": {"turn": turn, "edit": edit}}
        content = {"comm_id": self._control.panel, "data": data}
        updates = await self._ask("comm_msg", content)
        panel = self._control.panel.encode()
        own = [json.loads(update)["data"]["state"] for update in updates if panel in update]
        shown: dict[str, Any] = {}
        for state in own:
            shown |= state.get("_shown", {})
        if shown.get("answers") != turn or shown.get("failed"):
            raise VisitError("a slider's move was not accepted")
        if len(own) == len(updates):
            raise VisitError("a slider's move changed nothing")

    async def leave(self) -> None:
        """Close the page."""
        if self._socket:
            await self._socket.close()
        if self._kernel_id:
            end = f"{self._home}/voila/api/shutdown/{self._kernel_id}"
            await self._http.fetch(end, method="POST", body="")
        self._http.close()

    async def _ask(self, kind: str, content: object) -> list[bytes]:
        """Send a request, and return the contents of all messages to widgets that answer it."""
        assert self._socket
        identifier = uuid4().hex
        updates = []
        async with asyncio.timeout(PATIENCE_S):
            await self._socket.send(_message(kind, identifier, content))
            while True:
                raw = await self._socket.recv()
                assert isinstance(raw, bytes)
                header, parent, _, content = _parts(raw)
                if json.loads(parent).get("msg_id") != identifier:
                    continue
                match json.loads(header)["msg_type"]:
                    case "comm_msg":
                        updates.append(content)
                    case "status" if json.loads(content)["execution_state"] == "idle":
                        return updates


def _message(kind: str, identifier: str, content: object) -> bytes:
    header = {
        "msg_id": identifier, "msg_type": kind, "session": "s", "username": "", "version": "5.3",
        "date": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    pieces = [b"shell", *(json.dumps(part).encode() for part in (header, {}, {}, content))]
    at = [8 * (len(pieces) + 2)]
    for piece in pieces:
        at.append(at[-1] + len(piece))
    return b"".join([*(number.to_bytes(8, "little") for number in (len(at), *at)), *pieces])


def _parts(message: bytes) -> list[bytes]:
    """Return header, parent header, metadata and content of a message."""
    at = [int.from_bytes(message[8 * i : 8 * i + 8], "little") for i in range(2, 7)]
    return [message[start:end] for start, end in pairwise(at)]


@cache  # copies of a lesson are alike
def _first_control(packed: str) -> Control | None:
    """Return the first slider in packed states, otherwise the first choice, if there is any."""
    states = opened(b64decode(packed))[0]["states"]
    fields = [*_fields(states)]
    numbers = [(panel, field) for panel, field in fields if "low" in field]
    for panel, field in numbers or fields:
        first = field["default"]
        others = dict.fromkeys(value for value in _values(field) if value != first)
        return Control(panel, field["name"], (*others, first))
    return None


def _fields(states: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for panel, model in states.items():
        for group in model["state"].get("_spec", {}).get("groups", ()):
            for field in group["fields"]:
                yield panel, field


def _values(field: Mapping[str, Any]) -> list[object]:
    if "low" not in field:
        return [option["id"] for option in field["options"]]
    steps = round((field["high"] - field["low"]) / field["step"])
    return [field["low"] + field["step"] * (steps * n // _PLACES) for n in range(_PLACES + 1)]
