"""Messages that no page sends, given to the parser and sent over a real wire."""

import time
from http import HTTPStatus

from hypothesis import given
from hypothesis import strategies as st

from tests.asking import DEADLINE_S
from tests.hostile.siege import MANY, Attacker, Siege
from tests.hostile.strategies import MODEL, frames, wire_bytes
from tests.hostile.visitor import EndedError, RawWire
from twitchlib.serving.frames import Frame, FrameError, read_frame

_TOGETHER = 5
_SILENT_S = 0.1


@given(message=frames(MODEL) | st.binary())
def test_a_frame_is_read_or_refused_at_once(message: object) -> None:
    began = time.process_time()
    try:
        frame = read_frame(message)
    except FrameError:
        pass
    else:
        assert isinstance(frame, Frame)
        assert frame.channel in {"shell", "control"}
    assert time.process_time() - began < 1


def test_frames_of_all_kinds_over_the_wire(siege: Siege) -> None:
    with siege.attack("frames", kernels=MANY):
        attacker = Attacker(siege, "10_slider")
        sent = 0

        def attempt(frame: bytes | str) -> str:
            nonlocal sent
            if isinstance(frame, bytes):
                frame = frame.replace(MODEL.encode(), attacker.names[0].encode())
            sent += 1
            try:
                attacker.visitor.send_raw(frame)
                if sent % _TOGETHER == 0:
                    asked = attacker.visitor.send("kernel_info_request", {})
                    attacker.visitor.answers(asked, DEADLINE_S)
            except EndedError:
                return attacker.come_back()
            return "sent"

        siege.barrage(
            "frames", [(frames(MODEL), attempt)], tries=40, between=attacker.check, share=0.5
        )
        attacker.leave()


def test_bytes_on_the_wire_that_are_not_frames(siege: Siege) -> None:
    with siege.attack("bytes on a wire", kernels=MANY):
        attacker = Attacker(siege, "10_slider")

        def attempt(sent: bytes) -> str:
            wire = RawWire(siege.url, attacker.visitor.kernel_id)
            try:
                if wire.status != HTTPStatus.SWITCHING_PROTOCOLS:
                    return f"refused: {wire.status}"
                wire.send(sent)
                return "wire closed" if wire.ends(_SILENT_S) else "left waiting"
            finally:
                wire.close()

        # The number of connections to a kernel is limited.
        siege.barrage(
            "bytes on a wire",
            [(wire_bytes(), attempt)],
            tries=18,
            between=attacker.renew,
            share=0.5,
        )
        attacker.leave()
