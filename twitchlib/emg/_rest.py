"""What counts as rest in an EMG."""

from __future__ import annotations

import math

import numpy as np

from twitchlib.arrays import FloatArray

__all__ = ["rest_power", "shadow"]

WINDOW_S = 0.025
# The fraction of a recording initially taken as rest.
REST_PART = 0.02
FEWEST_WINDOWS = 8
# Illustrative: within this time of a large potential, anything below this fraction of it counts as
# rest. Filters ring, and potentials have tails.
SHADOW_S = 0.03
SHADOW_PART = 0.02


def rest_power(trace: FloatArray, power: FloatArray, rate_hz: float) -> tuple[float, float]:
    """Return the mean power at rest, and the fraction of independent samples there.

    The fraction follows from the spectrum of the quietest windows: 1 if it is flat, less if a
    filter or mains hum leaves only some frequencies. From those windows the level then climbs
    through all that exceed the ones below by no more than chance allows.
    """
    window = max(round(WINDOW_S * rate_hz), 8)
    whole = trace.size // window * window
    windows = power[:whole].reshape(-1, window).mean(axis=1)
    order = np.argsort(windows)
    quiet = order[: max(int(REST_PART * order.size), FEWEST_WINDOWS)]
    spectrum = np.abs(np.fft.rfft(trace[:whole].reshape(-1, window)[quiet])) ** 2
    spectrum = spectrum.mean(axis=0)
    if not spectrum.any():
        return 0.0, 1.0
    independent = float(spectrum.sum() ** 2 / (spectrum**2).sum() / spectrum.size)
    reach = 1 + 3 * math.sqrt(2 / (window * independent))
    windows = windows[order]
    level = float(windows[quiet.size - 1])
    while True:
        higher = float(np.median(windows[: np.searchsorted(windows, reach * level, "right")]))
        if higher <= level:
            return level, independent
        level = higher


def shadow(power: FloatArray, rate_hz: float) -> FloatArray:
    """Return the power below which nothing counts because of a large potential nearby."""
    window = max(round(SHADOW_S / 3 * rate_hz), 1)
    count = -(-power.size // window)
    largest = np.zeros(count + 6)
    padded = np.pad(power, (0, count * window - power.size))
    largest[3:-3] = padded.reshape(count, window).max(axis=1)
    near = np.lib.stride_tricks.sliding_window_view(largest, 7).max(axis=1)
    return np.repeat(SHADOW_PART**2 * near, window)[: power.size]
