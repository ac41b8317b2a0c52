"""The units of a tiring muscle at one moment, for `twitchlib.physiology.fatigue`."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.physiology.motor_units import fused_share, greatest_excitation, rates_hz, units

if TYPE_CHECKING:
    from twitchlib.physiology.fatigue import FatigablePool

__all__ = ["CLOSE", "TiringMuscle"]

CLOSE = 1e-9
"""Forces that differ by less, relative to the strongest, count as equal: this is far below what a
unit adds, and far above how sums differ between machines."""

# How many secant steps to try before a full search; three are usual.
_TRIES = 6


class TiringMuscle:
    """The units of a tiring muscle at one moment; call `settle` after any change of their state."""

    def __init__(self, pool: FatigablePool) -> None:
        unit = units(pool)
        self.greatest = greatest_excitation(pool)
        self.capacity = np.ones(pool.units)
        self._threshold, self._ceiling_hz = unit.threshold, unit.highest_hz
        self._gain_hz = pool.rate_gain_hz
        self._start_hz = pool.lowest_hz - pool.rate_gain_hz * unit.threshold
        self._floor_hz = pool.lowest_hz - pool.floor_drop_hz
        self._rested_s, self._slowing = unit.contraction_ms / 1000, pool.slowing
        self._drop = pool.adaptation * pool._ranks(unit.threshold)
        self._adaptation_s = pool.adaptation_s
        self._loss = pool.loss_percent_per_s / 100 * pool.fatigue_range ** (pool._places - 1)
        fused = fused_share(self._rested_s * rates_hz(pool, 1.0))
        self._strength = unit.twitch_n / (unit.twitch_n @ fused)
        # The part of the drop in rate that is still to come; it begins with a unit's first spike.
        self._to_go = np.ones(pool.units)
        self._lost = np.zeros(pool.units)
        self._begun = self._working = 0
        self._computed_for: tuple[float, int] | None = None
        # The last two excitations, and the slope of the force there: at first, its mean slope.
        self._last = self._earlier = 0.0
        self._slope = 1 / self.greatest

    def settle(self) -> None:
        """Compute what the force depends on besides the excitation."""
        self._contraction_s = self._rested_s * (1 + self._slowing * (1 - self.capacity))
        dropped = self._drop * (1 - self._to_go)
        slope = self._contraction_s * (1 - dropped)
        offset = self._contraction_s * dropped * self._floor_hz
        # A relative rate rises linearly with the excitation, up to the unit's highest.
        self._rise = slope * self._gain_hz
        self._start = slope * self._start_hz + offset
        self._top = slope * self._ceiling_hz + offset
        self._now = self._strength * self.capacity
        self._computed_for = None

    def force(self, excitation: float, working: int) -> float:
        """Return the force of the first `working` units at an excitation."""
        self._compute(excitation, working)
        return float(self._shares @ self._now[:working])

    def _compute(self, excitation: float, working: int) -> None:
        """Compute relative rates and shares, unless they are still there from the last call."""
        if self._computed_for == (excitation, working):
            return
        relative = self._rise[:working] * excitation
        relative += self._start[:working]
        self._relative = np.minimum(relative, self._top[:working], out=relative)
        self._shares = fused_share(relative)
        self._computed_for = excitation, working

    def _excess(self, target: float, working: int, excitation: float) -> float:
        return self.force(excitation, working) - target

    def _span(self, working: int) -> tuple[float, float]:
        """Return the excitations between which exactly the first `working` units fire."""
        low = self._threshold[working - 1] if working else 0.0
        high = self._threshold[working] if working < self._threshold.size else self.greatest
        return float(low), float(high)

    def excitation_for(self, target: float) -> float:
        """Return the least excitation that gives a force of which the muscle is still capable."""
        found = self._nearby(target)
        if found is None:
            found = self._searched(target)
        self._earlier, self._last = self._last, found
        return found

    def _nearby(self, target: float) -> float | None:
        """Return that excitation by the secant method, or None if the number of units changes."""
        low, high = self._span(self._working)
        at, slope = 2 * self._last - self._earlier, self._slope
        before: tuple[float, float] | None = None
        for _try in range(_TRIES):
            if not low < at < high or slope <= 0:
                return None
            excess = self._excess(target, self._working, at)
            if before is not None:
                slope = (excess - before[1]) / (at - before[0])
            if abs(excess) < CLOSE:
                self._slope = slope
                return at
            before = at, excess
            at -= excess / slope
        return None

    def _searched(self, target: float) -> float:
        """Return that excitation by finding first the number of units, and then a root."""
        working = self._working
        while True:
            low, high = self._span(working)
            below = self._excess(target, working, low)
            if below >= 0:
                # The unit recruited at `low` may add so much that no more excitation is needed.
                if not working or self.force(low, working - 1) < target:
                    self._working = working
                    return low
                working -= 1
                continue
            above = self._excess(target, working, high)
            if above >= 0:
                self._working = working
                excess = partial(self._excess, target, working)
                return _root(excess, (low, high), (below, above))
            working += 1

    def pull(self, excitation: float, step_s: float) -> tuple[float, FloatArray]:
        """Pull for one step; return the force at its beginning and the rate of each unit."""
        working = int(np.searchsorted(self._threshold, excitation, side="right"))
        force = self.force(excitation, working)
        rate_hz = np.zeros(self.capacity.size)
        rate_hz[:working] = self._relative / self._contraction_s[:working]
        lost = np.zeros(self.capacity.size)
        lost[:working] = self._loss[:working] * self._shares
        # Adams and Bashforth's second-order method; a unit's first step is Euler's.
        earlier = np.where(self._lost > 0, self._lost, lost)
        left = self.capacity - step_s * (1.5 * lost - 0.5 * earlier)
        self.capacity = np.minimum(np.maximum(left, 0), 1)
        self._lost = lost
        self._begun = max(self._begun, working)
        self._to_go[: self._begun] *= math.exp(-step_s / self._adaptation_s)
        return force, rate_hz


def _root(
    function: Callable[[float], float], ends: tuple[float, float], values: tuple[float, float]
) -> float:
    """Return the root of a rising function between two ends, by the Illinois method."""
    (low, high), (below, above) = ends, values
    side = 0
    while True:
        middle = (low * above - high * below) / (above - below)
        value = function(middle)
        if abs(value) < CLOSE or not low < middle < high:
            return middle
        if value < 0:
            low, below, above = middle, value, above / 2 if side < 0 else above
            side = -1
        else:
            high, above, below = middle, value, below / 2 if side > 0 else below
            side = 1
