"""What counts as rest in an EMG."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray

__all__ = ["Rest", "rest_of", "shadow"]

WINDOW_S = 0.025
# The fraction of a recording initially taken as rest.
REST_PART = 0.02
FEWEST_WINDOWS = 8
# Illustrative: a muscle never rests if even the quietest pairs of windows have this many times the
# power of the quietest windows. No recording of benchmarks/emg_traces.py or `twitches` lies between
# 1.2 and 13.
NEVER_LASTS = 6.0
# Steady activity is judged over this many windows, and its distribution smoothed by this much.
TONIC_WINDOWS = 8
SMOOTH = 0.1
RARE = 0.1
# Illustrative: within this time of a large potential, anything below this fraction of it counts as
# rest. Filters ring, and potentials have tails.
SHADOW_S = 0.03
SHADOW_PART = 0.02


@dataclass(frozen=True)
class Rest:
    """The power at rest, and what it is like.

    Attributes
    ----------
    power : float
        Mean power, in mV²; that of the steady activity if the muscle never rests.
    quietest : float
        Mean power of the quietest part, in mV².
    independent : float
        The fraction of independent samples.
    wavers : float
        The factor by which steady activity reduces that fraction; 1 where a muscle rests.
    """

    power: float
    quietest: float
    independent: float
    wavers: float = 1.0


def rest_of(trace: FloatArray, power: FloatArray, rate_hz: float, least: float = 0.0) -> Rest:
    """Return what rest is in a recording, which may have gaps (NaN); its power is at least `least`.

    If quiet moments hardly ever last, as between the potentials of a contracted muscle, they are
    not rest. Then the steady activity counts as rest, and an event must exceed it by more than it
    wavers.
    """
    window = max(round(WINDOW_S * rate_hz), 8)
    whole = trace.size // window * window
    known = np.isfinite(power[:whole]).reshape(-1, window).all(axis=1)
    if known.sum() < FEWEST_WINDOWS:
        return Rest(0.0, 0.0, 1.0)
    windows = power[:whole].reshape(-1, window).mean(axis=1)
    parts = trace[:whole].reshape(-1, window)
    level, independent = _quietest(parts[known], windows[known], window)
    hidden = least > level
    if hidden:
        quiet = known & (windows <= 2 * least)
        independent = _independent(parts[quiet]) or 1.0
    elif not level:
        return Rest(0.0, 0.0, independent)
    if not hidden and not _never_rests(windows, level):
        return Rest(level, level, independent)
    steady, wavers = _steady(windows)
    left = min(2 / (TONIC_WINDOWS * window * wavers**2) / independent, 1.0)
    # If almost every sample is rounded to zero, the power of rounding stands for rest.
    steady = steady if steady > RARE * least else least
    return Rest(steady, level, independent, left)


def _never_rests(windows: FloatArray, level: float) -> bool:
    """Return whether quiet windows hardly ever follow one another."""
    two = 0.5 * (windows[1:] + windows[:-1])
    two = two[np.isfinite(two)]
    return two.size >= FEWEST_WINDOWS and bool(np.quantile(two, REST_PART) > NEVER_LASTS * level)


def _steady(windows: FloatArray) -> tuple[float, float]:
    """Return the power of steady activity, and how much its logarithm wavers.

    The power is the lowest peak in the distribution of its logarithm. Everything below that peak is
    steady activity, so the spread there is that of all steady activity.
    """
    longer = np.lib.stride_tricks.sliding_window_view(windows, TONIC_WINDOWS).mean(axis=1)
    logs = np.log(longer[np.isfinite(longer) & (longer > 0)])
    if logs.size < max(FEWEST_WINDOWS, longer.size / 2):
        return 0.0, 1.0
    low, high = np.quantile(logs, [REST_PART / 2, 0.99])
    step = max(float(high - low) / 100, 1e-3)
    places = np.arange(low - 0.5, high + 0.5, step)
    counts = np.histogram(logs, np.append(places, places[-1] + step))[0].astype(np.float64)
    reach = math.ceil(3 * SMOOTH / step)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / SMOOTH) ** 2)
    density = np.convolve(counts, kernel, "full")[reach : reach + counts.size]
    higher = np.maximum.accumulate(density)
    # The first real peak: the density falls by a third after it.
    ends = np.flatnonzero((density < 2 / 3 * higher) & (higher > 0.1 * density.max()))
    end = int(ends[0]) if ends.size else density.size
    peak = float(places[int(np.argmax(density[:end]))]) + step / 2
    below = logs[logs <= peak]
    wavers = float(np.sqrt(np.mean((below - peak) ** 2))) if below.size else SMOOTH
    near = logs[np.abs(logs - peak) < 2 * wavers]
    return float(np.exp(near).mean()), max(wavers, 1e-3)


def _quietest(parts: FloatArray, windows: FloatArray, window: int) -> tuple[float, float]:
    """Return the mean power of the quietest part, and the fraction of independent samples there.

    The fraction follows from the spectrum of the quietest windows: 1 if it is flat, less if a
    filter or mains hum leaves only some frequencies. From those windows the level then climbs
    through all windows that exceed the ones below by no more than chance allows.
    """
    order = np.argsort(windows)
    quiet = order[: max(int(REST_PART * order.size), FEWEST_WINDOWS)]
    independent = _independent(parts[quiet])
    if not independent:
        return 0.0, 1.0
    reach = 1 + 3 * math.sqrt(2 / (window * independent))
    windows = windows[order]
    level = float(windows[quiet.size - 1])
    while True:
        higher = float(np.median(windows[: np.searchsorted(windows, reach * level, "right")]))
        if higher <= level:
            return level, independent
        level = higher


def _independent(parts: FloatArray) -> float:
    """Return the fraction of independent samples, from the spectrum; 0 if that is empty."""
    spectrum = (np.abs(np.fft.rfft(parts)) ** 2).mean(axis=0)
    if not spectrum.any():
        return 0.0
    return float(spectrum.sum() ** 2 / (spectrum**2).sum() / spectrum.size)


def shadow(power: FloatArray, rate_hz: float) -> FloatArray:
    """Return the power below which nothing counts because of a large potential nearby."""
    window = max(round(SHADOW_S / 3 * rate_hz), 1)
    count = -(-power.size // window)
    largest = np.zeros(count + 6)
    padded = np.pad(np.nan_to_num(power, nan=0.0), (0, count * window - power.size))
    largest[3:-3] = padded.reshape(count, window).max(axis=1)
    near = np.lib.stride_tricks.sliding_window_view(largest, 7).max(axis=1)
    return np.repeat(SHADOW_PART**2 * near, window)[: power.size]
