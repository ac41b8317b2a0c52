"""Find the potentials in a needle recording, their average, and what repeats exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray, IntArray

__all__ = ["Potentials", "average_uv", "cycle", "find", "merged", "stretches"]

# All illustrative. Noise is measured in the quietest of short windows. A peak is at least six times
# as high, a tenth as high as the highest of all, and half as high as the highest nearby.
WINDOW_S = 0.005
QUIET_PART = 0.05
QUIET_BIAS = 0.85
OVER_NOISE = 6.0
OF_HIGHEST = 0.1
NEAR_S = 0.015
OF_NEAR = 0.5
APART_S = 0.0012
# The time around a peak that belongs to its potential, for its height and for the average.
HEIGHT_S = (0.003, 0.005)
AVERAGE_S = (0.006, 0.016)
ALONE_S = 0.012
FEWEST_ALONE = 3
MOST_AVERAGED = 200
# The shortest and the longest time to a repeat; of those nearly as good as the best, the shortest
# counts.
CYCLE_S = (0.0025, 0.25)
NEARLY = 0.93
LONGEST_STRETCH_S = 2.0
# In a shorter stretch a few even intervals would count as exact repeats.
SHORTEST_STRETCH_S = 0.5


@dataclass(frozen=True, eq=False)
class Potentials:
    """When potentials occur.

    Attributes
    ----------
    time_s, height_uv : ndarray, shape (n,)
        Time of the main peak of each potential, and the height from its lowest to its highest
        value.
    side : int
        1 if the main peaks are positive, −1 if negative.
    """

    time_s: FloatArray
    height_uv: FloatArray
    side: int


def find(trace_uv: FloatArray, rate_hz: float) -> Potentials:
    """Return the peaks that stand out, on the side of zero where they are usually higher."""
    highest_uv = float(np.abs(trace_uv).max())
    least_uv = max(OVER_NOISE * _noise_uv(trace_uv, rate_hz), OF_HIGHEST * highest_uv)
    near = max(round(NEAR_S * rate_hz), 1)
    side = _side(trace_uv, near, least_uv)
    sided = side * trace_uv
    inner = sided[1:-1]
    peaks = 1 + np.flatnonzero((inner >= sided[:-2]) & (inner > sided[2:]) & (inner > least_uv))
    if peaks.size:
        peaks = peaks[sided[peaks] >= OF_NEAR * _highest_near(sided, near)[peaks]]
        peaks = _apart(peaks, sided[peaks], round(APART_S * rate_hz))
    before, after = (round(part * rate_hz) for part in HEIGHT_S)
    height_uv = np.array([np.ptp(trace_uv[max(p - before, 0) : p + after]) for p in peaks])
    return Potentials(peaks / rate_hz, height_uv, side)


def _noise_uv(trace_uv: FloatArray, rate_hz: float) -> float:
    window = max(round(WINDOW_S * rate_hz), 8)
    whole = trace_uv.size // window * window
    power = (trace_uv[:whole].reshape(-1, window) ** 2).mean(axis=1)
    return float(np.sqrt(np.quantile(power, QUIET_PART))) / QUIET_BIAS


def _side(trace_uv: FloatArray, near: int, least_uv: float) -> int:
    whole = trace_uv.size // near * near
    windows = trace_uv[:whole].reshape(-1, near)
    up, down = windows.max(axis=1), -windows.min(axis=1)
    busy = np.maximum(up, down) > least_uv
    return 1 if busy.any() and np.median(up[busy] - down[busy]) > 0 else -1


def _highest_near(sided: FloatArray, near: int) -> FloatArray:
    padded = np.pad(sided, (near, near), constant_values=0)
    # The highest of three neighbouring windows covers at least `near` samples on either side.
    count = -(-padded.size // near)
    windows = np.pad(padded, (0, count * near - padded.size)).reshape(count, near).max(axis=1)
    three = np.maximum(windows, np.maximum(np.roll(windows, 1), np.roll(windows, -1)))
    highest: FloatArray = np.repeat(three, near)[near : near + sided.size]
    return highest


def _apart(peaks: IntArray, height: FloatArray, least: int) -> IntArray:
    """Return peaks at least `least` samples apart, keeping the higher of two that are closer."""
    kept: list[int] = []
    for place in range(peaks.size):
        if kept and peaks[place] - peaks[kept[-1]] < least:
            if height[place] > height[kept[-1]]:
                kept[-1] = place
        else:
            kept.append(place)
    return peaks[kept]


def merged(found: Potentials, least_s: float) -> Potentials:
    """Return potentials at least `least_s` apart, keeping the higher of two that are closer."""
    samples = np.round(found.time_s * 1e6).astype(np.int64)
    kept = np.isin(samples, _apart(samples, found.height_uv, round(least_s * 1e6)))
    return Potentials(found.time_s[kept], found.height_uv[kept], found.side)


def stretches(time_s: FloatArray, silence_s: float) -> IntArray:
    """Return the first potential of each stretch and the first one after it, shape (n, 2)."""
    if not time_s.size:
        return np.empty((0, 2), dtype=np.int64)
    breaks = 1 + np.flatnonzero(np.diff(time_s) > silence_s)
    edges = np.concatenate(([0], breaks, [time_s.size]))
    return np.column_stack((edges[:-1], edges[1:]))


def average_uv(trace_uv: FloatArray, rate_hz: float, found: Potentials) -> tuple[FloatArray, int]:
    """Return the average potential, of isolated ones if there are enough, and where it peaks."""
    before, after = (round(part * rate_hz) for part in AVERAGE_S)
    gaps_s = np.diff(found.time_s, prepend=-math.inf, append=math.inf)
    alone = np.minimum(gaps_s[:-1], gaps_s[1:]) > ALONE_S
    chosen = found.time_s[alone] if alone.sum() >= FEWEST_ALONE else found.time_s
    padded = np.pad(trace_uv, (before, after))
    peaks = np.round(chosen * rate_hz).astype(np.int64)[:MOST_AVERAGED]
    rows = np.array([padded[peak : peak + before + after] for peak in peaks])
    # Each counts the same, however high, and the median ignores what happens to be nearby.
    average: FloatArray = np.median(rows / np.ptp(rows, axis=1, keepdims=True), axis=0)
    return average, before


def cycle(
    trace_uv: FloatArray, rate_hz: float, time_s: FloatArray, silence_s: float
) -> tuple[float, float]:
    """Return after how long the busiest stretch repeats itself, and how exactly.

    How exactly is the correlation of the stretch with itself after that time; 0 if no stretch is
    long enough to repeat.
    """
    parts = stretches(time_s, silence_s)
    if not len(parts):
        return math.nan, math.nan
    first, last = parts[np.argmax(parts[:, 1] - parts[:, 0])]
    begin_s = time_s[first] - APART_S
    end_s = min(time_s[last - 1] + APART_S, begin_s + LONGEST_STRETCH_S)
    if end_s - begin_s < SHORTEST_STRETCH_S:
        return math.nan, 0.0
    part = trace_uv[max(round(begin_s * rate_hz), 0) : round(end_s * rate_hz)]
    shifts = np.arange(*(round(bound * rate_hz) for bound in CYCLE_S))
    shifts = shifts[shifts < part.size / 3]
    spectrum = np.fft.rfft(part, 2 * part.size)
    products = np.fft.irfft(np.abs(spectrum) ** 2)[shifts]
    power = np.concatenate(([0.0], np.cumsum(part**2)))
    pairs = np.sqrt(power[part.size - shifts] * (power[-1] - power[shifts]))
    likeness = products / pairs
    inner = likeness[1:-1]
    tops = 1 + np.flatnonzero((inner >= likeness[:-2]) & (inner > likeness[2:]))
    if not tops.size:
        return math.nan, 0.0
    best = likeness[tops].max()
    chosen = tops[np.argmax(likeness[tops] >= NEARLY * best)]
    return float(shifts[chosen] / rate_hz), float(likeness[chosen])
