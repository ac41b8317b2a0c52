"""The running mean of twitches per day over four weeks, with its confidence band."""

from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray

__all__ = ["WINDOW_DAYS", "trend"]

WINDOW_DAYS: Final = 28
"""Whole weeks, so that each day of the week has the same weight."""

_FEWEST: Final = 7
_LONGEST_MEMORY: Final = 14


def trend(twitches: FloatArray) -> dict[str, FloatArray]:
    """Return the trend of daily twitches (NaN if not counted), as described in `Days.trend`."""
    counted = ~np.isnan(twitches)
    n = _window_sums(counted.astype(float))
    total = _window_sums(np.where(counted, twitches, 0.0))
    mean = np.where(n >= _FEWEST, total / np.maximum(n, 1), np.nan)
    rest = twitches - mean
    usable = ~np.isnan(rest) & (mean > 0)
    # Because the mean includes the day itself, it is closer to that day by 1/n of the distance.
    shrunk = 1 - 1 / np.maximum(n, 2)
    scatter = float(np.mean(rest[usable] ** 2 / (mean * shrunk)[usable])) if usable.any() else 0.0
    memory = _memory(np.where(usable, rest / np.sqrt(np.maximum(mean, 1e-9)), np.nan))
    reach = 1.96 * np.sqrt(scatter * mean * memory / np.maximum(n, 1))
    return {"mean": mean, "low": np.maximum(mean - reach, 0), "high": mean + reach}


def _window_sums(values: FloatArray) -> FloatArray:
    """Return the sum over the window around each day, truncated at the ends."""
    if not len(values):
        return values
    padded = np.pad(values, WINDOW_DAYS // 2)
    return np.convolve(padded, np.ones(WINDOW_DAYS), "valid")[: len(values)]


def _memory(rest: FloatArray) -> float:
    """Return the number of days that count as one independent observation.

    That is 1 plus twice the sum of the autocorrelations before the first that is not positive.
    """
    known = ~np.isnan(rest)
    if known.sum() < WINDOW_DAYS:
        return 1.0
    total = 1.0
    spread = float(np.nanmean(rest**2))
    for lag in range(1, _LONGEST_MEMORY + 1):
        both = known[lag:] & known[:-lag]
        if not both.any() or not spread:
            break
        alike = float(np.mean((rest[lag:] * rest[:-lag])[both])) / spread
        if alike <= 0:
            break
        total += 2 * alike
    return total
