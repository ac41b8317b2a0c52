"""A hundred visitors who stay for five minutes and move a slider every two seconds, then leave.

The visitors of `benchmarks.visitors` have no browser. Their moves are spread evenly, not
made all at the same instant.
"""

import asyncio
import time
from math import inf
from statistics import median, quantiles

from benchmarks.report import Row
from benchmarks.servers import Server, course
from benchmarks.visitors import Troubles, Visitor

LESSON = "03_triggers"
VISITORS = 100
STAY_S = 300
EVERY_S = 2.0


def rows() -> list[Row]:
    # Room for all of them, however little memory is free.
    with course(LESSON, options=("--visitors", str(2 * VISITORS))) as server:
        return asyncio.run(_stay(server))


async def _stay(server: Server) -> list[Row]:
    troubles = Troubles()
    before_mb = server.memory_mb()
    visitors = [Visitor(server.url) for _ in range(VISITORS)]
    arrived: list[Visitor] = []
    await asyncio.gather(*(troubles.noted(_arrive(visitor, arrived)) for visitor in visitors))

    answers_s: list[float] = []
    began, busy_s = time.perf_counter(), time.process_time()
    moving = (
        _move(visitor, began + EVERY_S * number / VISITORS, began + STAY_S, answers_s)
        for number, visitor in enumerate(arrived)
    )
    await asyncio.gather(*map(troubles.noted, moving))
    share = (time.process_time() - busy_s) / (time.perf_counter() - began)

    # Only now, since reading it would slow down those who are moving.
    each_mb = (server.memory_mb() - before_mb) / VISITORS
    await asyncio.gather(*(troubles.noted(visitor.leave()) for visitor in visitors))
    left = await _left(server, before_mb)
    p95_s = quantiles(answers_s, n=20)[-1] if len(answers_s) > 1 else inf
    what = f"{VISITORS} visitors moving a slider every {EVERY_S:g} s for {STAY_S:g} s"
    return [
        Row(f"{what}: errors", troubles.total(), str(troubles), 0),
        Row(
            "… an answer, median",
            median(answers_s or [inf]),
            f"{len(answers_s)} answers; the visitors themselves took {share:.0%} of a processor",
            unit="s",
        ),
        Row("… 95th percentile", p95_s, f"at most {max(answers_s, default=inf):.2f} s", 0.3, "s"),
        Row("… memory for each visitor (PSS)", each_mb, "of all the server's processes", unit="MB"),
        Row("visitors that a gigabyte holds", 1024 / each_mb, ""),
        Row("memory in use after all have left ÷ before", left, f"{before_mb:.0f} MB before", 1.25),
    ]


async def _arrive(visitor: Visitor, arrived: list[Visitor]) -> None:
    await visitor.fetch()
    await visitor.connect()
    arrived.append(visitor)


async def _move(visitor: Visitor, first: float, end: float, answers_s: list[float]) -> None:
    due = first
    while due < end:
        await asyncio.sleep(due - time.perf_counter())
        await visitor.move()
        # Counted from when it was due, so that a late answer does not excuse the next one.
        answers_s.append(time.perf_counter() - due)
        due += EVERY_S


async def _left(server: Server, before_mb: float) -> float:
    """Return memory in use relative to before, once it has come down or after a minute."""
    end = time.monotonic() + 60
    while True:
        share = server.memory_mb() / before_mb
        if share <= 1.1 or time.monotonic() > end:
            return share
        await asyncio.sleep(2)
