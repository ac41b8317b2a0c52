"""The simulation of visitors on machines, against what queueing theory says."""

from dataclasses import replace
from math import factorial
from statistics import mean

import pytest

from benchmarks.capacity import Audience, Costs, Farm, hold, simulate

COSTS = Costs(
    open_server_s=0.02,
    open_copy_s=0.08,
    move_server_s=0.002,
    move_copy_s=0.008,
    client_s=0,
    visitor_mb=27,
    server_mb=1000,
)
# Only the copies' work, so that a machine is a queue with two servers.
ONE_STAGE = replace(COSTS, open_server_s=0, open_copy_s=0, move_server_s=0, move_copy_s=0.1)


def erlang_c(servers: int, load: float) -> float:
    """Return the probability that a customer has to wait in M/M/c (Erlang 1917)."""
    waits = load**servers / factorial(servers) * servers / (servers - load)
    return waits / (sum(load**k / factorial(k) for k in range(servers)) + waits)


@pytest.mark.parametrize("rate_hz", [5, 10, 14])
def test_answers_take_as_long_as_queueing_theory_says(rate_hz: float) -> None:
    # Since there are many visitors, and each moves rarely, moves arrive as in a Poisson process.
    visitors = 2000
    audience = Audience(visitors, within_s=0, moves=20, pause_s=visitors / rate_hz)
    farm = Farm(memory_mb=1e6)
    answered_s = simulate(farm, ONE_STAGE, audience, seed=1).answered_s
    found_s = mean(answered_s[: len(answered_s) // 2])  # before anybody has finished
    service_s = ONE_STAGE.move_copy_s
    load = rate_hz * service_s
    waits_s = erlang_c(2, load) * service_s / (2 - load)
    assert found_s == pytest.approx(service_s + waits_s, rel=0.05)


def test_two_machines_share_a_class_and_one_machine_with_two_servers_gains_nothing() -> None:
    class_ = Audience(60, within_s=0, moves=0)
    one = simulate(Farm(1), COSTS, class_, seed=2).opened_last_s
    both = simulate(Farm(2), COSTS, class_, seed=2).opened_last_s
    same = simulate(Farm(1, servers_each=2), COSTS, class_, seed=2).opened_last_s
    assert both == pytest.approx(one / 2, rel=0.2)
    assert same == pytest.approx(one, rel=0.2)


def test_visitors_for_whom_there_is_no_memory_are_refused() -> None:
    farm = Farm(2)
    room = farm.room(COSTS)
    assert room == 2 * int((4096 * 0.85 - 1000) / 27)
    crowd = simulate(farm, COSTS, Audience(room + 7, moves=1), seed=3)
    assert crowd.refused == 7
    assert not crowd.good
    assert len(crowd.opened_s) == room


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("within_s", [0, 60])
def test_what_a_farm_holds_is_good_and_more_machines_hold_more(seed: int, within_s: int) -> None:
    slow = replace(COSTS, move_copy_s=0.05)
    audience = Audience(0, within_s=within_s, moves=5, pause_s=1)
    one, two = (hold(Farm(n), slow, audience, seed=seed) for n in (1, 2))
    assert 0 < one < two
    assert simulate(Farm(1), slow, replace(audience, visitors=one), seed=seed).good
