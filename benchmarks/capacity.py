"""How many visitors N machines hold: a simulation (SimPy) from measurements of one visitor.

A visitor takes memory while they are there, and processor time whenever they open a lesson or move
a slider: first the server's, which has one thread, then their own copy's. Visitors come one after
another, and the proxy sends each to the server that has the fewest. `benchmarks.farm` measures the
costs, and compares the simulation with one and two real servers.
"""

import math
import random
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from statistics import median, quantiles
from typing import Any

import simpy

__all__ = ["Audience", "Costs", "Farm", "Outcome", "hold", "simulate"]

Work = Generator[simpy.Event, Any, None]

ANSWER_S = 0.3  # the budget of `benchmarks.load` for the 95th percentile of an answer
OPEN_S = 5.0  # the budget of `benchmarks.classroom` for a class that arrives at once


@dataclass(frozen=True)
class Costs:
    """What one visitor costs.

    Attributes
    ----------
    open_server_s, open_copy_s : float
        Processor time from opening a lesson until its first slider has answered: the server's, and
        that of the visitor's copy and the process it is forked from, s.
    move_server_s, move_copy_s : float
        The same for one move of a slider, s.
    client_s : float
        Processor time of the visitor's own program for each of these, s, if it runs on the same
        machine, as in the check against a real run; otherwise 0.
    visitor_mb, server_mb : float
        Memory of a copy, and of a server with the originals of all lessons, MB.
    variation : float
        How much these times vary: their standard deviation divided by their mean. If everybody does
        the same, it is small; 1, as of exponentially distributed times, is the cautious choice
        (illustrative).
    """

    open_server_s: float
    open_copy_s: float
    move_server_s: float
    move_copy_s: float
    client_s: float
    visitor_mb: float
    server_mb: float
    variation: float = 1.0


@dataclass(frozen=True)
class Farm:
    """Machines, and the servers on each.

    Attributes
    ----------
    machines, servers_each : int
        Number of machines, and of servers on each.
    cores : int
        Processors of a machine.
    speed : float
        Share of each processor that the course can use, 0 to 1.
    memory_mb : float
        Memory of a machine, MB.
    free : float
        Share of that memory that stays free for everything else.
    """

    machines: int = 1
    servers_each: int = 1
    cores: int = 2
    speed: float = 1.0
    memory_mb: float = 4096
    free: float = 0.15

    def room(self, costs: Costs) -> int:
        """Return how many visitors the memory of all machines holds."""
        left_mb = self.memory_mb * (1 - self.free) - self.servers_each * costs.server_mb
        return self.machines * max(0, math.floor(left_mb / costs.visitor_mb))


@dataclass(frozen=True)
class Audience:
    """Visitors, and what they do. All of it is illustrative: no class is like another.

    Attributes
    ----------
    visitors : int
        How many come.
    within_s : float
        Time within which they come, uniformly at random, s; 0 for all at once.
    moves : int
        How often each moves a slider.
    pause_s : float
        Mean pause between moves, exponentially distributed, s.
    """

    visitors: int
    within_s: float = 60
    moves: int = 20
    pause_s: float = 5


@dataclass
class Outcome:
    """What visitors experienced.

    Attributes
    ----------
    opened_s, answered_s : list of float
        Times from opening a lesson to its first slider's answer, and from a later move to its
        answer, s.
    refused : int
        Visitors for whom there was no memory.
    """

    opened_s: list[float] = field(default_factory=list)
    answered_s: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def p95_s(self) -> float:
        """The 95th percentile of answers to a move, s."""
        return quantiles(self.answered_s, n=20)[-1] if len(self.answered_s) > 1 else math.inf

    @property
    def answered_median_s(self) -> float:
        """The median of answers to a move, s."""
        return median(self.answered_s or [math.inf])

    @property
    def opened_median_s(self) -> float:
        """The median time to the first answer, s."""
        return median(self.opened_s or [math.inf])

    @property
    def opened_last_s(self) -> float:
        """The longest time to the first answer, s."""
        return max(self.opened_s, default=math.inf)

    @property
    def good(self) -> bool:
        """Whether everybody was let in and answered within the budgets."""
        in_time = self.p95_s <= ANSWER_S and self.opened_last_s <= OPEN_S
        return not self.refused and in_time


class _Server:
    """A server: its thread, and the processors that it shares with the others on its machine."""

    def __init__(self, env: simpy.Environment, cores: simpy.Resource, room: int) -> None:
        self.loop = simpy.Resource(env, 1)
        self.cores = cores
        self.room = room
        self.visitors = 0


def simulate(farm: Farm, costs: Costs, audience: Audience, *, seed: int) -> Outcome:
    """Return what an audience experiences.

    Service times have a gamma distribution whose mean was measured.

    Parameters
    ----------
    farm : Farm
        The machines and servers.
    costs : Costs
        What one visitor costs.
    audience : Audience
        The visitors.
    seed : int
        Seed of all random numbers.
    """
    chance = random.Random(seed)
    shape = 1 / costs.variation**2
    env = simpy.Environment()
    room = farm.room(costs) // (farm.machines * farm.servers_each)
    servers = []
    for _ in range(farm.machines):
        cores = simpy.Resource(env, farm.cores)
        servers += [_Server(env, cores, room) for _ in range(farm.servers_each)]
    outcome = Outcome()

    def work(server: _Server, mean_s: float) -> Work:
        if mean_s:
            with server.cores.request() as core:
                yield core
                yield env.timeout(chance.gammavariate(shape, mean_s / shape) / farm.speed)

    def serve(server: _Server, server_s: float, copy_s: float) -> Work:
        yield from work(server, costs.client_s)
        with server.loop.request() as turn:
            yield turn
            yield from work(server, server_s)
        yield from work(server, copy_s)

    def visit(comes_s: float) -> Work:
        yield env.timeout(comes_s)
        server = min(servers, key=lambda one: one.visitors)
        if server.visitors >= server.room:
            outcome.refused += 1
            return
        server.visitors += 1
        yield from serve(server, costs.open_server_s, costs.open_copy_s)
        outcome.opened_s.append(env.now - comes_s)
        for _ in range(audience.moves):
            yield env.timeout(chance.expovariate(1 / audience.pause_s))
            asked_s = env.now
            yield from serve(server, costs.move_server_s, costs.move_copy_s)
            outcome.answered_s.append(env.now - asked_s)

    for _ in range(audience.visitors):
        env.process(visit(chance.uniform(0, audience.within_s)))
    env.run()
    return outcome


def hold(farm: Farm, costs: Costs, audience: Audience, *, seed: int) -> int:
    """Return the most visitors that a farm can let in and answer in time.

    The number of visitors in `audience` does not matter.
    """
    low, high = 0, farm.room(costs)
    while low < high:  # by bisection
        middle = (low + high + 1) // 2
        if simulate(farm, costs, replace(audience, visitors=middle), seed=seed).good:
            low = middle
        else:
            high = middle - 1
    return low
