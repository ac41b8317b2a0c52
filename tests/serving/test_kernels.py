import asyncio
import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from twitchlib.serving.kernels import PATIENCE, LessonKernels, Visit, is_over

TIMES = st.floats(0, 1e6)


@given(since=TIMES, waited=TIMES, idle_s=st.floats(0, PATIENCE.idle_s))
def test_whoever_is_connected_may_read_for_hours(
    since: float, waited: float, idle_s: float
) -> None:
    visit = Visit(since, arrived=True, connected=True)
    assert not is_over(visit, now=since + waited, idle_s=idle_s)


@given(since=TIMES, arrived=st.booleans(), idle_s=TIMES)
def test_a_kernel_without_a_page_ends_within_a_minute(
    since: float, arrived: bool, idle_s: float
) -> None:
    visit = Visit(since, arrived=arrived)
    assert not is_over(visit, now=since + 30, idle_s=idle_s)
    assert is_over(visit, now=since + 55, idle_s=idle_s)


def test_a_page_left_open_for_a_day_ends() -> None:
    assert is_over(Visit(0, arrived=True, connected=True), now=0, idle_s=24 * 3600)


def test_kernels_end_when_nobody_looks_at_them() -> None:
    async def main() -> None:
        kernels = LessonKernels()
        waiting, arriving, reading, left, hanging = [await kernels.start_kernel() for _ in range(5)]
        try:
            for kernel_id in (arriving, reading, left, hanging):
                kernels.hand_out(kernel_id)
            for kernel_id in (reading, left):
                kernels.notify_connect(kernel_id)
            kernels.notify_disconnect(left)
            closed: list[str] = []
            kernels.wires[left] = [lambda: closed.append(left)]

            await kernels.sweep()
            assert set(kernels.list_kernel_ids()) == {waiting, arriving, reading, left, hanging}

            later = time.monotonic() + 60
            kernels.clock = lambda: later
            kernels.sign_of_life(arriving)
            await kernels.sweep()
            assert set(kernels.list_kernel_ids()) == {waiting, arriving, reading}
            assert closed == [left]

            await kernels.end("no-such-kernel")
            assert kernels.visits[reading] == replace(kernels.visits[reading], connected=True)
        finally:
            await kernels.end_all()

    asyncio.run(main())
