"""Counts with their limits: published intervals, and coverage under chance and in bouts."""

import numpy as np
import pytest

from twitchlib import emg
from twitchlib.errors import NotAllowedError


# The exact 95 % limits of a Poisson count, as in the tables of Garwood 1936.
@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(0, 0, 3.69), (1, 0.0253, 5.57), (5, 1.62, 11.67), (10, 4.80, 18.39), (50, 37.11, 65.92)],
)
def test_the_interval_is_garwoods(n: int, low: float, high: float) -> None:
    found = emg.count(np.linspace(1, 59, n), 60, stretch_s=3600)
    assert found.low_per_min == pytest.approx(low, abs=0.006)
    assert found.high_per_min == pytest.approx(high, abs=0.006)


@pytest.mark.parametrize(("bout", "least"), [(1, 0.9), (4, 0.9)])
def test_most_intervals_contain_the_true_rate(bout: int, least: float) -> None:
    # An interval that ignored bouts of several discharges would contain it in only 72 %.
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(200):
        starts = rng.uniform(0, 595, rng.poisson(60 / bout))
        times = (starts[:, None] + 0.5 * np.arange(bout)).ravel()
        found = emg.count(times, 600)
        held += found.low_per_min <= 6 <= found.high_per_min
    assert held / 200 >= least


def test_bouts_widen_the_interval() -> None:
    even = emg.count(np.arange(5, 600, 10), 600)
    bouts = emg.count(np.repeat(np.arange(5, 600, 100), 10) + np.tile(np.arange(10) / 2, 6), 600)
    assert even.per_min == bouts.per_min == 6
    assert bouts.dispersion > 3 > even.dispersion
    assert bouts.high_per_min - bouts.low_per_min > 1.5 * (even.high_per_min - even.low_per_min)


def test_alone_and_in_groups() -> None:
    found = emg.count([1, 2, 2.2, 2.4, 5, 9, 9.1], 10)
    assert (found.isolated, found.grouped, found.groups) == (2, 5, 2)
    assert "7 discharges in 10 s" in found.sentence


def test_gaps_count_as_not_observed() -> None:
    found = emg.count([1, 2, 50], 60, gaps_s=[[10, 40]])
    assert found.observed_s == 30
    assert found.per_min == 6


@pytest.mark.parametrize(
    ("times", "changes", "message"),
    [
        ([70], {}, r"time_s\[0\] = 70"),
        ([1], {"confidence": 2}, "confidence"),
        ([1], {"stretch_s": 0}, "stretch_s"),
    ],
)
def test_refuses_impossible_values(
    times: list[float], changes: dict[str, float], message: str
) -> None:
    with pytest.raises(NotAllowedError, match=message):
        emg.count(times, 60, **changes)
