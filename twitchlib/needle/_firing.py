"""The patterns in which potentials follow each other, whatever their shape."""

from __future__ import annotations

import numpy as np

from twitchlib.arrays import FloatArray

__all__ = ["at_random", "evenly", "groups", "in_runs", "irregularly", "runs_apart"]

# Illustrative: the shortest time between two runs of the same source, and between two spikes.
LEAST_PAUSE_S = 0.5
REFRACTORY_S = 0.003


def evenly(
    duration_s: float, rate_hz: float, cv: float, slowing: float, rng: np.random.Generator
) -> FloatArray:
    """Return times of even firing, whose rate falls by the fraction `slowing` until the end."""
    times_s = []
    now_s = rng.uniform(0, 1 / rate_hz)
    while now_s < duration_s:
        times_s.append(now_s)
        interval_s = 1 / (rate_hz * (1 - slowing * now_s / duration_s))
        now_s += interval_s * max(1 + cv * rng.standard_normal(), 0.5)
    return np.array(times_s)


def irregularly(
    duration_s: float, rate_hz: float, cv: float, rng: np.random.Generator
) -> FloatArray:
    """Return times of irregular firing: gamma intervals after a refractory time."""
    mean_s = max(1 / rate_hz - REFRACTORY_S, REFRACTORY_S)
    shape = (mean_s / (cv / rate_hz)) ** 2
    count = int(3 * duration_s * rate_hz) + 20
    intervals_s = REFRACTORY_S + rng.gamma(shape, mean_s / shape, count)
    times_s = np.cumsum(intervals_s)
    return times_s[times_s < duration_s]


def at_random(duration_s: float, rate_hz: float, rng: np.random.Generator) -> FloatArray:
    """Return times that are independent of each other (a Poisson process)."""
    return np.sort(rng.uniform(0, duration_s, rng.poisson(duration_s * rate_hz)))


def groups(
    duration_s: float, groups_hz: float, rate_hz: float, most: int, rng: np.random.Generator
) -> FloatArray:
    """Return times in groups of a few, which recur nearly evenly."""
    times_s: list[float] = []
    start_s = rng.uniform(0, 1 / groups_hz)
    while start_s < duration_s:
        count = max(2, most + int(rng.integers(-1, 2)))
        steps_s = rng.normal(1, 0.08, count).clip(0.5, 1.5) / rate_hz
        within_s = np.cumsum(steps_s) - steps_s[0]
        times_s += (start_s + within_s).tolist()
        start_s += (1 + 0.1 * rng.standard_normal()) / groups_hz
        # Groups stay at least three of their own intervals apart.
        start_s = max(start_s, times_s[-1] + 3 / rate_hz)
    found_s = np.array(times_s)
    return found_s[found_s < duration_s]


def runs_apart(
    duration_s: float, length_s: tuple[float, float], rng: np.random.Generator
) -> list[tuple[float, float]]:
    """Return the start and end of runs whose lengths lie in a range, with pauses between them."""
    runs = []
    start_s = rng.uniform(0.2, 0.6)
    while start_s + length_s[0] / 2 < duration_s:
        end_s = start_s + rng.uniform(*length_s)
        runs.append((start_s, end_s))
        start_s = end_s + LEAST_PAUSE_S + rng.exponential(LEAST_PAUSE_S)
    return runs


def in_runs(
    runs: list[tuple[float, float]], rate_hz: tuple[float, float], cv: float, wave: bool,
    rng: np.random.Generator,
) -> tuple[FloatArray, FloatArray]:  # fmt: skip
    """Return times, and how far through its run each of them is (0 to 1).

    The rate is constant within a run or, with `wave`, rises from the low end of its range to the
    high end and falls again.
    """
    times_s, part = [], []
    for start_s, end_s in runs:
        steady_hz = rng.uniform(*rate_hz)
        now_s = start_s
        while now_s < end_s:
            done = (now_s - start_s) / (end_s - start_s)
            times_s.append(now_s)
            part.append(done)
            swing = rate_hz[0] + (rate_hz[1] - rate_hz[0]) * np.sin(np.pi * done)
            now_s += (1 + cv * rng.standard_normal()) / (swing if wave else steady_hz)
    return np.array(times_s), np.array(part)
