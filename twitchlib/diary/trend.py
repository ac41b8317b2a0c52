"""How many twitches a day there were lately: a mean of four weeks, and how sure it is."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from twitchlib.diary.days import Days, FloatArray

__all__ = ["WINDOW_DAYS", "Trend", "trend"]

WINDOW_DAYS: Final = 28
"""Whole weeks, so that each day of the week has the same weight."""

_FEWEST: Final = 7
_LONGEST_MEMORY: Final = 14


@dataclass(frozen=True, eq=False)
class Trend:
    """The mean of the four weeks around each day, with its 95 % band.

    Attributes
    ----------
    mean, low, high : array of float, shape (n,)
        Twitches a day; NaN where fewer than 7 of the days around were counted.
    days_of_memory : float
        How many neighbouring days say the same thing once; 1 where each day stands for itself.
    """

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    days_of_memory: float


def trend(days: Days) -> Trend:
    """Return the trend of a diary.

    The band is that of a mean of counts that scatter more than chance alone makes them, and of
    which neighbours are alike: both are estimated from the whole diary, as what is left of the
    counts when the trend is taken away.

    Examples
    --------
    >>> from twitchlib import diary
    >>> year = diary.daily(diary.simulate(seed=1))
    >>> trend(year).mean.size == year.dates.size
    True
    """
    counted = days.counted
    values = np.where(counted, days.twitches, 0.0)
    n = _around(counted.astype(float))
    mean = np.where(n >= _FEWEST, _around(values) / np.maximum(n, 1), np.nan)
    rest = days.twitches - mean
    usable = ~np.isnan(rest) & (mean > 0)
    # A mean that contains the day itself lies nearer to it by a share of 1/n.
    shrunk = 1 - 1 / np.maximum(n, 2)
    scatter = float(np.mean(rest[usable] ** 2 / (mean * shrunk)[usable])) if usable.any() else 0.0
    memory = _memory(np.where(usable, rest / np.sqrt(np.maximum(mean, 1e-9)), np.nan))
    reach = 1.96 * np.sqrt(scatter * mean * memory / np.maximum(n, 1))
    return Trend(mean, np.maximum(mean - reach, 0), mean + reach, memory)


def _around(values: FloatArray) -> FloatArray:
    """Return the sum over the window around each day; at the ends the window is cut."""
    half = WINDOW_DAYS // 2
    padded = np.concatenate([np.zeros(half), values, np.zeros(half)])
    return (
        np.convolve(padded, np.ones(WINDOW_DAYS), "valid")[: len(values)] if len(values) else values
    )


def _memory(rest: FloatArray) -> float:
    """Return 1 + twice the sum of the autocorrelations up to the first that is not positive."""
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
