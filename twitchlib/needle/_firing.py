"""When something fires, and how high each potential is: the patterns, without any shape."""

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
    """Return times of even firing, slowing down by a part until the end."""
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
    """Return times in groups of a few that come back nearly evenly."""
    times_s: list[float] = []
    start_s = rng.uniform(0, 1 / groups_hz)
    while start_s < duration_s:
        count = max(2, most + int(rng.integers(-1, 2)))
        steps_s = rng.normal(1, 0.08, count).clip(0.5, 1.5) / rate_hz
        within_s = np.cumsum(steps_s) - steps_s[0]
        times_s += (start_s + within_s).tolist()
        start_s += (1 + 0.1 * rng.standard_normal()) / groups_hz
        # Groups stay apart: three times the interval within them.
        start_s = max(start_s, times_s[-1] + 3 / rate_hz)
    inside = np.array(times_s)
    return inside[inside < duration_s]


def runs_apart(
    duration_s: float, length_s: tuple[float, float], rng: np.random.Generator
) -> list[tuple[float, float]]:
    """Return start and end of runs of a length in a range, with pauses between them."""
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
    """Return times, and how far each run has got at each of them (0 to 1).

    The rate is even within a run, or rises from its lower end to its upper end and falls again.
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
