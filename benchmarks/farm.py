"""One and two real servers behind the proxy, the simulation of them, and a table from it.

The visitors are those of `benchmarks.visitors`. What one of them costs is measured as processor
time and memory of the server's processes. Other work on the machine does not change that, but does
change how long visitors wait, so the simulation is given the share of the processors that a number
of busy loops get at that moment. On a machine that does other work too, it is only a guide.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from math import inf
from pathlib import Path
from statistics import mean

from benchmarks.capacity import Audience, Costs, Farm, Outcome, hold, simulate
from benchmarks.report import Row
from benchmarks.servers import Server, course, cpu_s, free_port, lessons, memory_mb
from benchmarks.visitors import Troubles, Visitor

SEARCHED = f"{os.environ['PATH']}:/usr/sbin"  # where Debian puts HAProxy
HAPROXY = Path(__file__).parents[1] / "hub" / "haproxy.cfg"
LESSON = "01_nervous_system"
VISITORS = 30
MOVES = 8
PAUSE_S = 5.0  # illustrative: time to look at what a move did
NICENESS = 5  # that of a visitor's copy
ALIKE = 0.2  # variation if all open one lesson and move one slider, about as measured
SEEDS = range(5)
MACHINES = (1, 2, 4, 10)


def rows() -> list[Row]:
    if not shutil.which("haproxy", path=SEARCHED):
        return [Row("no HAProxy is installed: not measured", inf, "")]
    found: list[Row] = []
    measured: list[Costs] = []
    for count in (1, 2):
        with ExitStack() as running:
            servers = [
                running.enter_context(course(LESSON, options=("--visitors", "500")))
                for _ in range(count)
            ]
            url = running.enter_context(_proxy(servers))
            costs, real, speed = asyncio.run(_run(servers, url))
        measured.append(costs)
        found += _comparison(count, real, replace(costs, variation=ALIKE), speed)
    return [*_figures(measured[0]), *found, *_table(replace(measured[0], client_s=0))]


def _figures(costs: Costs) -> Iterator[Row]:
    to_open, move = "to open a lesson and move a slider", "for one more move"
    yield Row(f"processor {to_open}: server", 1000 * costs.open_server_s, "", unit="ms")
    yield Row("… copy", 1000 * costs.open_copy_s, "", unit="ms")
    yield Row(f"processor {move}: server", 1000 * costs.move_server_s, "", unit="ms")
    yield Row("… copy", 1000 * costs.move_copy_s, "", unit="ms")
    yield Row("… the visitor without a browser", 1000 * costs.client_s, "", unit="ms")
    yield Row("memory of a visitor (PSS)", costs.visitor_mb, f"lesson {LESSON[:2]}", unit="MB")
    yield Row("memory of a server", costs.server_mb, f"{len(lessons())} lessons", unit="MB")


def _comparison(count: int, real: Outcome, costs: Costs, speed: float) -> Iterator[Row]:
    what = f"{VISITORS} at once on {count} server{'s' * (count > 1)}"
    class_ = Audience(VISITORS, within_s=0, moves=MOVES, pause_s=PAUSE_S)
    farm = Farm(servers_each=count, memory_mb=1e6)
    # A class that arrives shares the processors with all other work. Afterwards its processes
    # mostly wait, and the scheduler runs such a process at once.
    for name, seconds, share in (
        ("first answer, median", "opened_median_s", speed),
        ("first answer, last", "opened_last_s", speed),
        ("later answers, median", "answered_median_s", 1.0),
        ("later answers, 95th percentile", "p95_s", 1.0),
    ):
        model = [simulate(replace(farm, speed=share), costs, class_, seed=seed) for seed in SEEDS]
        simulated = mean(getattr(one, seconds) for one in model)
        detail = f"simulated {simulated:.3f} s with {share:.0%} of the processors"
        yield Row(f"{what}: {name}", getattr(real, seconds), detail, unit="s")


def _table(costs: Costs) -> Iterator[Row]:
    together = Audience(0, within_s=0, moves=MOVES, pause_s=PAUSE_S)
    spread = replace(together, within_s=600)
    for machines in MACHINES:
        farm = Farm(machines)
        at_once = min(hold(farm, costs, together, seed=seed) for seed in SEEDS[:3])
        in_turn = min(hold(farm, costs, spread, seed=seed) for seed in SEEDS[:3])
        detail = f"{at_once} if all open a lesson in the same instant; memory: {farm.room(costs)}"
        what = f"visitors held by {machines} machine{'s' * (machines > 1)}"
        yield Row(f"{what}, coming within ten minutes", in_turn, detail)


async def _run(servers: Sequence[Server], url: str) -> tuple[Costs, Outcome, float]:
    """Return what a visitor costs, what a class experienced, and the share of the processors."""
    first = Visitor(url)  # makes whatever is made only once
    await first.arrive()
    await first.leave()
    for server in servers:
        await asyncio.to_thread(server.settle, 10)
    speed = await asyncio.to_thread(_speed)
    troubles, outcome = Troubles(), Outcome()
    known = {server: server.processes() for server in servers}
    server_mb = mean(server.memory_mb() for server in servers)
    start = _used_s(servers)
    client_s = time.process_time()
    began = time.perf_counter()

    async def come(visitor: Visitor) -> None:
        await visitor.arrive()
        outcome.opened_s.append(time.perf_counter() - began)

    async def stay(number: int, visitor: Visitor) -> None:
        await asyncio.sleep(PAUSE_S * number / VISITORS)
        for _ in range(MOVES):
            asked = time.perf_counter()
            await visitor.move()
            outcome.answered_s.append(time.perf_counter() - asked)
            await asyncio.sleep(PAUSE_S)

    visitors = [Visitor(url) for _ in range(VISITORS)]
    await asyncio.gather(*(troubles.noted(come(visitor)) for visitor in visitors))
    opened = _used_s(servers)
    await asyncio.gather(*(troubles.noted(stay(n, one)) for n, one in enumerate(visitors)))
    moved = _used_s(servers)
    client_s = (time.process_time() - client_s) / VISITORS / (MOVES + 1)
    copies = [one for server in servers for one in server.processes() - known[server]]
    costs = Costs(
        open_server_s=(opened[0] - start[0]) / VISITORS,
        open_copy_s=(opened[1] - start[1]) / VISITORS,
        move_server_s=(moved[0] - opened[0]) / VISITORS / MOVES,
        move_copy_s=(moved[1] - opened[1]) / VISITORS / MOVES,
        client_s=client_s,
        visitor_mb=sum(memory_mb(copies)) / VISITORS,
        server_mb=server_mb,
    )
    await asyncio.gather(*(troubles.noted(visitor.leave()) for visitor in visitors))
    if troubles:
        raise RuntimeError(str(troubles))
    return costs, outcome, speed


def _used_s(servers: Sequence[Server]) -> tuple[float, float]:
    """Return the processor time of servers, and that of their children."""
    children = (child for server in servers for child in server.processes())
    return cpu_s(server.process for server in servers), cpu_s(children)


def _speed(seconds: float = 3.0) -> float:
    """Return what share of the processors a number of busy loops gets at this moment."""
    code = (
        f"import os, time\nos.nice({NICENESS})\nend = time.monotonic() + {seconds}\n"
        f"while time.monotonic() < end: pass\nprint(time.process_time() / {seconds})"
    )
    command = [sys.executable, "-c", code]
    loops = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(VISITORS // 2)
    ]
    shares = sum(float(loop.communicate()[0]) for loop in loops)
    return min(1.0, shares / (os.cpu_count() or 1))


@contextmanager
def _proxy(servers: Sequence[Server]) -> Iterator[str]:
    """Run the proxy in front of one or two servers, and yield the lesson's address there."""
    port = free_port()
    place = f"127.0.0.1:{port}"
    hosts = [server.url.split("/")[2] for server in servers]
    names = {"COURSE_BIND": place, "COURSE_ONE": hosts[0], "COURSE_TWO": hosts[-1]}
    command = ["haproxy", "-db", "-f", str(HAPROXY)]
    process = subprocess.Popen(
        command, env={**os.environ, **names, "PATH": SEARCHED}, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", int(port)), 1).close()
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        time.sleep(3)  # until it has checked that both servers are healthy
        yield f"http://{place}{servers[0].url.split(hosts[0], 1)[1]}"
    finally:
        process.terminate()
        process.wait()
