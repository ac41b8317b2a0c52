"""A class that opens a lesson at the same moment, and the memory of each visitor on every lesson.

The visitors of `benchmarks.visitors` have no browser.
"""

import asyncio
import time
from math import inf
from statistics import median

from benchmarks.report import Row, spread
from benchmarks.servers import Server, course, lessons, memory_mb
from benchmarks.visitors import Troubles, Visitor

# Lesson, visitors, and the budget for the last whole page, s.
CLASSES = (("01_nervous_system", 30, 5.0), ("03_triggers", 100, 12.0))
# For comparison, the first of these again, with a lesson that is run anew for each visitor.
AGAIN = ("--no-fork",)
STAYING = 20
VISITOR_MB = 45

# More than there are visitors, however little memory is free, so that none has to wait.
OPTIONS = ("--visitors", "500")


def rows() -> list[Row]:
    found = []
    for lesson, count, last_s in CLASSES:
        with course(lesson, options=OPTIONS) as server:
            found += asyncio.run(_opening(server, f"lesson {lesson[:2]}", count, last_s))
    lesson, count, _ = CLASSES[0]
    with course(lesson, options=(*OPTIONS, *AGAIN)) as server:
        what = f"lesson {lesson[:2]}, run again for each,"
        found += asyncio.run(_opening(server, what, count, None))
    with course(options=OPTIONS) as server:
        found += [asyncio.run(_memory(server, lesson)) for lesson in lessons()]
    return found


async def _opening(server: Server, lesson: str, count: int, last_s: float | None) -> list[Row]:
    """Let everybody in at once, and return when they had the page and their first answer."""
    troubles = Troubles()
    pages_s: list[float] = []
    answers_s: list[float] = []
    began = time.perf_counter()

    async def visit(visitor: Visitor) -> None:
        await visitor.fetch()
        pages_s.append(time.perf_counter() - began)
        await visitor.connect()
        await visitor.move()
        answers_s.append(time.perf_counter() - began)

    visitors = [Visitor(server.url) for _ in range(count)]
    await asyncio.gather(*(troubles.noted(visit(visitor)) for visitor in visitors))
    await asyncio.gather(*(troubles.noted(visitor.leave()) for visitor in visitors))
    what = f"{count} open {lesson} at once"
    return [
        Row(f"{what}: errors", troubles.total(), str(troubles), 0),
        Row("… first whole page", min(pages_s, default=inf), "", unit="s"),
        Row("… median", median(pages_s or [inf]), "", unit="s"),
        Row("… last", max(pages_s, default=inf), f"of {len(pages_s)}", last_s, "s"),
        Row(
            "… last slider answered", max(answers_s, default=inf), f"of {len(answers_s)}", unit="s"
        ),
    ]


async def _memory(server: Server, lesson: str) -> Row:
    """Measure the memory of the visitors' kernels after each has moved a slider, and stayed."""
    troubles = Troubles()
    # The first visit makes whatever is made only once.
    first, *visitors = [Visitor(server.page(lesson)) for _ in range(1 + STAYING)]
    await troubles.noted(first.arrive())
    await troubles.noted(first.leave())
    await asyncio.to_thread(server.settle)
    before = server.processes()
    await asyncio.gather(*(troubles.noted(visitor.arrive()) for visitor in visitors))
    await asyncio.to_thread(server.settle)
    used_mb = memory_mb(server.processes() - before)
    await asyncio.gather(*(troubles.noted(visitor.leave()) for visitor in visitors))
    each_mb = sum(used_mb) / STAYING if used_mb and not troubles else inf
    detail = str(troubles) or f"{len(used_mb)} processes"
    if used_mb:
        detail += f", {spread(used_mb, 'MB', 0)}"
    return Row(f"memory of a visitor (PSS), lesson {lesson[:2]}", each_mb, detail, VISITOR_MB, "MB")
