"""Messages whose attack once worked: the server and its reader are unharmed."""

import json
import struct
from contextlib import suppress
from typing import Any

import pytest

from tests.hostile.siege import MIB, Siege, leaks, rss
from tests.hostile.strategies import MODEL
from tests.hostile.visitor import (
    EndedError,
    RawWire,
    Visitor,
    envelope,
    join,
    masked,
    reason_of,
)
from tests.hostile.watching import FIGURE, QUIET_LOG_BYTES, SLIDER
from twitchlib.serving.budget import BUDGET


def test_a_frame_that_claims_many_parts_keeps_nobody_waiting(siege: Siege) -> None:
    with siege.attack("frame of many parts"):
        visitor = Visitor(siege.url, SLIDER)
        for frame in (b"\xff" * 8, struct.pack("<Q", 2**23)):
            visitor.send_raw(frame)
            siege.check()
            visitor.answers(visitor.send("kernel_info_request", {}))
        visitor.close()
    siege.note("attack table", "frame of many parts", 2)


def test_a_page_that_keeps_asking_for_plotly_and_reads_nothing_is_stopped(siege: Siege) -> None:
    with siege.attack("plotly, unread"):
        visitor = Visitor(siege.url, FIGURE)
        figures = [
            name
            for name, state in visitor.models().items()
            if str(state.get("_anywidget_id")).endswith("FigureView")
        ]
        before = most = rss(siege.server)
        deaf = RawWire(siege.url, visitor.kernel_id)
        for _ in range(600):
            data = {"method": "custom", "content": {"plotly": "wanted"}}
            content = {"comm_id": figures[0], "data": data}
            parts: list[dict[str, Any]] = [envelope("comm_msg"), {}, {}, content]
            message = join([b"shell", *(json.dumps(part).encode() for part in parts)])
            if not deaf.send(b"\x82" + masked(message)):
                break
            most = max(most, rss(siege.server))
        try:
            visitor.answers(visitor.send("kernel_info_request", {}))  # everything has been handled
        except EndedError:
            assert reason_of(siege.url, visitor.kernel_id)
        most = max(most, rss(siege.server))
        assert most - before < 100 * MIB
        deaf.close()
        visitor.close()
    siege.note("attack table", "plotly, unread", 600)


BAD_CONTENTS = {
    "not JSON": b"nope",
    "deep": b"[" * 50_000,
    "not UTF-8": b"\xff\xfe",
    "not an object": b"[]",
    "nothing": b"null",
    "no widget": b"{}",
    "odd widget": b'{"comm_id": {}}',
    "unknown widget": b'{"comm_id": "x", "data": {}}',
    "odd change": b'{"comm_id": "%s", "data": {"method": "update", "state": {"layout": 1}}}'
    % MODEL.encode(),
    "odd method": b'{"comm_id": "%s", "data": {"method": "x"}}' % MODEL.encode(),
    "no data": b'{"comm_id": "%s", "data": []}' % MODEL.encode(),
}


def test_messages_that_fail_do_not_fill_the_log(siege: Siege) -> None:
    with siege.attack("messages that fail"):
        visitor = Visitor(siege.url, SLIDER)
        model = next(iter(visitor.models()))

        def flood(times: int) -> None:
            for kind in times * ["comm_msg", "comm_msg", "comm_open", "comm_close"]:
                for content in BAD_CONTENTS.values():
                    head = [b"shell", json.dumps(envelope(kind)).encode(), b"{}", b"{}"]
                    sent = content.replace(MODEL.encode(), model.encode())
                    visitor.send_raw(join([*head, sent]))
            visitor.answers(visitor.send("kernel_info_request", {}))

        flood(8)  # these may be logged
        before = siege.log.stat().st_size
        flood(4)
        assert siege.log.stat().st_size - before < QUIET_LOG_BYTES
        assert leaks(visitor.received) == []
        visitor.close()
    siege.note("attack table", "messages that fail", 48 * len(BAD_CONTENTS))


def test_a_wire_that_is_cut_while_its_kernel_speaks_leaves_no_traceback(siege: Siege) -> None:
    with siege.attack("cut wires"):
        visitor = Visitor(siege.url, SLIDER)
        before = siege.log.stat().st_size
        with suppress(EndedError):
            for _ in range(2 * int(BUDGET.frames)):
                visitor.send("kernel_info_request", {})
        with pytest.raises(EndedError):
            visitor.answers("nothing")
        assert reason_of(siege.url, visitor.kernel_id) == "messages"
        with siege.log.open() as log:
            log.seek(before)
            assert "Traceback" not in log.read()
        visitor.close()
    siege.note("attack table", "too many messages")
