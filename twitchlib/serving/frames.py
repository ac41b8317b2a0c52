"""Messages from a page, as they come over the wire: checked before anything else touches them.

A message of the protocol ``v1.kernel.websocket.jupyter.org`` is, in 8-byte little-endian numbers,
the count of offsets, then the offsets of the channel's name, of header, parent header, metadata,
content and each buffer, and of the end; then these parts, one after another. Jupyter Server trusts
the count and the offsets; a count of eight 255s keeps it in a loop for ever.
"""

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from twitchlib.serving.budget import BUDGET

__all__ = ["PROTOCOL", "Frame", "FrameError", "read_frame"]

PROTOCOL: Final = "v1.kernel.websocket.jupyter.org"

_NUMBER_BYTES: Final = 8
# The channel's name, the four parts that every message has, and where the last one ends.
_LEAST_OFFSETS: Final = 6
_CHANNELS: Final = {b"shell": "shell", b"control": "control"}


class FrameError(ValueError):
    """A message that no page sends."""


@dataclass(frozen=True)
class Frame:
    """One message.

    Attributes
    ----------
    channel : str
        ``"shell"`` or ``"control"``.
    kind : str
        Its type, such as ``"comm_msg"``.
    parts : list of bytes
        Header, parent header, metadata, content and buffers, as they came.
    """

    channel: str
    kind: str
    parts: list[bytes]


def read_frame(message: object) -> Frame:
    r"""Parse a message, or refuse it.

    The work is bounded by `Budget.frame_parts` and `Budget.envelope_bytes`, whatever the message
    claims; contents and buffers are not inspected.

    Parameters
    ----------
    message : object
        As it came from the websocket.

    Raises
    ------
    FrameError
        If the message does not follow the protocol.

    Examples
    --------
    >>> read_frame(b"\xff" * 8)
    Traceback (most recent call last):
        ...
    twitchlib.serving.frames.FrameError
    """
    if not isinstance(message, bytes):
        raise FrameError
    count = int.from_bytes(message[:_NUMBER_BYTES], "little")
    head = _NUMBER_BYTES * (count + 1)
    if not _LEAST_OFFSETS <= count <= BUDGET.frame_parts + 2 or head > len(message):
        raise FrameError
    numbers = [
        int.from_bytes(message[at : at + _NUMBER_BYTES], "little")
        for at in range(_NUMBER_BYTES, head, _NUMBER_BYTES)
    ]
    if numbers[0] != head or numbers[-1] != len(message) or numbers != sorted(numbers):
        raise FrameError
    channel = _CHANNELS.get(message[numbers[0] : numbers[1]])
    if channel is None:
        raise FrameError
    parts = [message[start:end] for start, end in pairwise(numbers[1:])]
    header, *_ = (_object(part) for part in parts[:3])
    kind = header.get("msg_type")
    if not isinstance(kind, str) or not isinstance(header.get("msg_id"), str):
        raise FrameError
    return Frame(channel, kind, parts)


def _object(part: bytes) -> dict[str, Any]:
    if len(part) > BUDGET.envelope_bytes:
        raise FrameError
    try:
        found = json.loads(part)
    except (ValueError, RecursionError):
        raise FrameError from None
    if not isinstance(found, dict):
        raise FrameError
    return found
