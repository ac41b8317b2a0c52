import asyncio
import logging
import os
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.serving.budget import BUDGET
from twitchlib.serving.kernels import LessonKernels
from twitchlib.serving.visits import PATIENCE, Visit, is_over

TIMES = st.floats(0, 1e6)


@given(since=TIMES, waited=TIMES, idle_s=st.floats(0, PATIENCE.idle_s))
def test_a_connected_visitor_may_read_for_hours(since: float, waited: float, idle_s: float) -> None:
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


def test_kernels_end_when_nobody_is_looking_at_them(tmp_path: Path) -> None:
    async def main() -> None:
        kernels = LessonKernels(connection_dir=str(tmp_path))
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


def test_asking_for_a_kernel_does_not_keep_it_for_ever() -> None:
    visit = Visit(since=1000, given=0)
    assert is_over(visit, now=1000, idle_s=0)
    assert not is_over(Visit(since=100, given=0), now=120, idle_s=0)


def kernels_with_one() -> tuple[LessonKernels, str, list[str]]:
    """Return a manager that believes it has one kernel, and the list of its reports."""
    kernels = LessonKernels()
    kernels._kernels["k"] = SimpleNamespace(
        interrupt_kernel=lambda: reports.append("interrupted"),
        provisioner=SimpleNamespace(pid=None),
    )
    reports: list[str] = []
    kernels.on_exceeded = reports.append
    kernels.clock = lambda: 0.0
    return kernels, "k", reports


def test_a_change_that_takes_too_long_is_interrupted_and_then_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def main() -> None:
        kernels, kernel, reports = kernels_with_one()

        async def end(kernel_id: str) -> None:
            reports.append(f"{kernel_id} ended")

        monkeypatch.setattr(kernels, "end", end)
        kernels.note_state(kernel, "busy", "comm_msg")
        for now, expected in (
            (BUDGET.busy_s - 1, []),
            (BUDGET.busy_s + 1, ["interrupted"]),
            (BUDGET.busy_s + 2, ["interrupted"]),
            (BUDGET.busy_s + BUDGET.grace_s + 1, ["interrupted", "time"]),
        ):
            kernels.clock = lambda now=now: now  # type: ignore[misc]
            await kernels._watch(kernel)
            assert reports == expected
        await asyncio.gather(*kernels._ending)
        assert reports[-1] == "k ended"
        assert kernels.reason(kernel) == "time"
        assert kernels.reason("another") == ""

    asyncio.run(main())


def test_a_change_that_ends_in_time_is_forgotten() -> None:
    async def main() -> None:
        kernels, kernel, reports = kernels_with_one()
        kernels.note_state(kernel, "busy", "comm_msg")
        kernels.note_state(kernel, "idle", "comm_msg")
        kernels.note_state(kernel, "busy", "kernel_info_request")
        kernels.clock = lambda: 1e6
        await kernels._watch(kernel)
        assert reports == []

    asyncio.run(main())


def test_a_kernel_that_takes_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        kernels, kernel, reports = kernels_with_one()
        kernels._kernels[kernel].provisioner.pid = os.getpid()

        async def end(kernel_id: str) -> None:
            reports.append(f"{kernel_id} ended")

        monkeypatch.setattr(kernels, "end", end)
        await kernels._watch(kernel)
        assert reports == []
        monkeypatch.setattr("twitchlib.serving.kernels.BUDGET", replace(BUDGET, kernel_bytes=1024))
        await kernels._watch(kernel)
        assert reports == ["memory"]
        await asyncio.gather(*kernels._ending)

    asyncio.run(main())


def test_a_kernel_that_complains_endlessly_is_logged_for_a_while(
    caplog: pytest.LogCaptureFixture,
) -> None:
    kernels = LessonKernels(log=logging.getLogger("kernels"))
    kernels.hand_out("k")
    with caplog.at_level("ERROR"):
        for _ in range(1000):
            kernels.log_trouble("k", "x" * 10_000)
    assert len(caplog.records) <= BUDGET.log_lines + 1
    assert {len(record.getMessage()) for record in caplog.records} == {BUDGET.log_bytes}


def test_a_page_may_connect_a_few_times() -> None:
    kernels = LessonKernels()
    kernels.hand_out("k")
    assert sum(kernels.may_connect("k") for _ in range(100)) == BUDGET.connects
    kernels.hand_out("m")
    kernels.wires["m"] = [lambda: None] * BUDGET.wires
    assert not kernels.may_connect("m")


def test_a_kernel_that_is_being_started_is_waited_for_and_not_swept() -> None:
    async def main() -> None:
        kernels, _, _ = kernels_with_one()
        go = asyncio.Event()

        async def start() -> None:
            await go.wait()
            kernels._kernels["new"] = kernels._kernels["k"]

        kernels.expect("new", start())
        kernels.hand_out("new")
        await kernels.sweep()
        assert "new" in kernels.visits
        arriving = asyncio.create_task(kernels.arrives("new"))
        await asyncio.sleep(0)
        assert not arriving.done()
        go.set()
        assert await arriving
        assert not await kernels.arrives("another")

    asyncio.run(main())


def test_a_visitor_who_leaves_while_a_kernel_starts_leaves_no_kernel() -> None:
    async def main() -> None:
        kernels, _, _ = kernels_with_one()
        kernels.expect("new", asyncio.Event().wait())  # type: ignore[arg-type]
        kernels.hand_out("new")
        await kernels.end("new")
        assert "new" not in kernels.visits
        assert not await kernels.arrives("new")

    asyncio.run(main())


def test_a_kernel_that_does_not_start_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        kernels = LessonKernels(log=logging.getLogger("kernels"))

        async def start() -> None:
            raise OSError("no room for another process")

        kernels.expect("new", start())
        assert not await kernels.arrives("new")

    with caplog.at_level("ERROR"):
        asyncio.run(main())
    assert "could not be forked" in caplog.text
    assert "no room for another process" in caplog.text
