"""A page's messages are read as sent, and anything else is refused at once."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.visitor import join
from tests.serving.test_server import pack
from twitchlib.serving.budget import BUDGET
from twitchlib.serving.frames import FrameError, read_frame

HEADER = {"msg_id": "1", "msg_type": "comm_msg"}
GOOD = pack("shell", HEADER, {}, {}, {"comm_id": "x", "data": {}})


@given(
    st.sampled_from(["shell", "control"]),
    st.text(min_size=1, max_size=30),
    st.dictionaries(st.text(), st.integers(), max_size=5),
)
def test_a_message_is_read_as_it_was_sent(channel: str, kind: str, content: dict[str, int]) -> None:
    frame = read_frame(pack(channel, HEADER | {"msg_type": kind}, {}, {}, content))
    assert (frame.channel, frame.kind) == (channel, kind)
    assert [json.loads(part) for part in frame.parts] == [
        HEADER | {"msg_type": kind},
        {},
        {},
        content,
    ]


def test_buffers_are_passed_on_unchanged() -> None:
    pieces = [b"shell", json.dumps(HEADER).encode(), b"{}", b"{}", b"{}", b"\x00\xff", b""]
    assert read_frame(join(pieces)).parts[4:] == [b"\x00\xff", b""]


@pytest.mark.parametrize(
    "message",
    [
        b"\xff" * 8,
        struct.pack("<Q", 2**23),
        struct.pack("<Q", 2**63),
        b"",
        b"\x00" * 8,
        GOOD[:-1],
        GOOD + b"x",
        GOOD[:60],
        "text",
        json.dumps({"header": HEADER, "channel": "shell"}),
        None,
        pack("iopub", HEADER, {}, {}, {}),
        pack("", HEADER, {}, {}, {}),
        pack("shell", [], {}, {}, {}),
        pack("shell", {"msg_type": "comm_msg"}, {}, {}, {}),
        pack("shell", {"msg_type": 7, "msg_id": "1"}, {}, {}, {}),
        pack("shell", HEADER, None, {}, {}),
        pack("shell", HEADER, {}, "x", {}),
        pack("shell", HEADER | {"more": "x" * BUDGET.envelope_bytes}, {}, {}, {}),
        GOOD.replace(b"{}", b"{]", 1),
    ],
)
def test_a_message_that_no_page_sends_is_refused(message: object) -> None:
    with pytest.raises(FrameError):
        read_frame(message)


@given(st.binary(max_size=400))
def test_random_bytes_are_refused(message: bytes) -> None:
    with pytest.raises(FrameError):
        read_frame(message)


@given(st.data())
def test_a_damaged_message_is_read_or_refused(data: st.DataObject) -> None:
    message = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    try:
        frame = read_frame(bytes(message))
    except FrameError:
        return
    assert len(frame.parts) >= 4
    assert sum(map(len, frame.parts)) <= len(message)


def test_deep_json_in_an_envelope_is_refused_and_does_no_harm() -> None:
    with pytest.raises(FrameError):
        read_frame(join([b"shell", b"[" * 4000, b"{}", b"{}", b"{}"]))
