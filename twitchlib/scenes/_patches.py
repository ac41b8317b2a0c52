"""A muscle's motor units as patches of its surface, each raised by its own twitches."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.physiology.motor_units import POOL, twitch_gain, units
from twitchlib.twitches import Recording

__all__ = ["Patches", "patches", "places"]

TICKS: Final = 2**16 - 1
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))
# Seed of an order that mixes small units with large ones.
_ORDER: Final = 7


@dataclass(frozen=True, eq=False)
class Patches:
    """What raises the patches of a recording.

    Attributes
    ----------
    fired : ndarray of uint16
        When units fire, unit by unit: the part of the recording that has passed, in `TICKS`.
    counts : ndarray of uint16, shape (units,)
        How often each unit fires.
    full_n : float
        The scale: the greatest force of any one unit, to within a tenth or so, or that of the
        strongest twitch if no unit fires.
    """

    fired: npt.NDArray[np.uint16]
    counts: npt.NDArray[np.uint16]
    full_n: float


def patches(recording: Recording) -> Patches:
    """Return what raises the patches of a recording.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> found = patches(twitches.simulate("spasm", 3, seed=1, units=8))
    >>> int((found.counts > 0).sum()), round(1000 * found.full_n)
    (8, 88)
    """
    unit, time_s = recording.discharges.unit, recording.discharges.time_s
    order = np.lexsort((time_s, unit))
    counts = np.bincount(unit, minlength=POOL.units + 1)[1:]
    return Patches(
        fired=np.round(time_s[order] / recording.duration_s * TICKS).astype(np.uint16),
        counts=counts.astype(np.uint16),
        full_n=_greatest_n(counts, time_s[order]),
    )


def _greatest_n(counts: IntArray, time_s: FloatArray) -> float:
    """Return the greatest force of any one unit, a contraction time after one of its discharges.

    As in the model of the pool, a unit's force is f(t) = Σ g (s/T) exp(1 - s/T), s being the time
    since each discharge and g the gain by which twitches fuse. Two sums are enough to step from
    one discharge to the next: Σ g exp(-s/T), and Σ g (s/T) exp(-s/T).
    """
    unit = units(POOL)
    fires = np.flatnonzero(counts)
    if not fires.size:
        return float(unit.twitch_n[-1])
    count = counts[fires]
    first = np.cumsum(count) - count
    passed = np.diff(time_s, prepend=0) / np.repeat(unit.contraction_ms[fires] / 1000, count)
    passed[first] = np.inf
    # One row for the first discharge of each unit, one for the second and so on, padded with zeros.
    place = (
        np.arange(passed.size) - np.repeat(first, count),
        np.repeat(np.arange(fires.size), count),
    )
    gain, fade, rise = np.zeros((3, int(count.max()), fires.size))
    gain[place] = twitch_gain(1 / np.maximum(passed, 1e-9))
    fade[place] = np.exp(-passed)
    rise[place] = np.where(np.isinf(passed), 0, passed) * fade[place]
    height = np.empty_like(gain)
    decayed, risen = np.zeros((2, fires.size))
    for i in range(gain.shape[0]):
        risen = fade[i] * risen + rise[i] * decayed
        decayed = fade[i] * decayed + gain[i]
        height[i] = risen + decayed
    return float((height.max(axis=0) * unit.twitch_n[fires]).max())


@cache
def places() -> tuple[FloatArray, FloatArray]:
    """Return a place for each unit, evenly spread over a muscle 2 wide and 2 high.

    It is rounder at the right end, and tapers to the left.

    Examples
    --------
    >>> x, y = places()
    >>> x.size, bool((x**2 + y**2 < 1).all())
    (120, True)
    """
    place = np.random.default_rng(_ORDER).permutation(POOL.units)
    out = np.sqrt((place + 0.5) / POOL.units)
    x, y = out * np.cos(_GOLDEN * place), out * np.sin(_GOLDEN * place)
    return x, y * (0.8 + 0.2 * x)
