"""A muscle that tires: the pool of motor units, whose pull wanes while a force is held.

The model of Potvin and Fuglevand, which extends the pool of Fuglevand, Winter and Patla. Each unit
loses force in proportion to its pull, large units by far the most:

    loss of force            dcᵢ/dt = −FF · RF^((i−1)/(n−1) − 1) · sᵢ,  cᵢ from 1 to 0
    drop in rate             aᵢ = φ · kᵢ · (FRᵢ − MFR + d) · (1 − exp(−t/τ)),  t since recruitment
    contraction time         Tᵢ · (1 + σ · (1 − cᵢ))
    force                    Σ Pᵢ · cᵢ · sᵢ

with `sᵢ` the fused share at the lowered rate and the longer contraction time, and `kᵢ` from 0 for
the first unit to 1 for the last, as their thresholds rise. The order from above is as strong as the
held force requires, up to its maximum. Nothing recovers, as in the publication.

Examples
--------
>>> hold = simulate(MUSCLE, 0.5, 120)
>>> round(hold.endurance_s, 1)
95.4
>>> int(hold.working[0]), int(hold.working[-1])
(109, 120)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray, IntArray, Traces, checked_number
from twitchlib.messages import gettext as _
from twitchlib.physiology._tiring_muscle import CLOSE, TiringMuscle
from twitchlib.physiology.motor_units import MotorPool, emg_rms_mv
from twitchlib.quantity import quantity

__all__ = ["MUSCLE", "FatigablePool", "Hold", "simulate"]

LONGEST_RUN_S = 3600.0
MOST_STEPS = 40_000

_PF = "Potvin & Fuglevand 2017, doi:10.1371/journal.pcbi.1005581"


@dataclass(frozen=True)
class FatigablePool(MotorPool):
    """The motor units of one muscle that tires.

    Values that differ between the publications of 2017 and 1993 are set here; the others are
    inherited. Thresholds, twitch forces and highest rates also span their whole ranges: the first
    unit has the lowest possible threshold, 1, where in 1993 it was one step above that.
    """

    threshold_range: float = quantity(
        50, _("Range of recruitment thresholds"), unit="", low=2, high=100, step=1, symbol="RR",
        source=_PF,
    )  # fmt: skip
    highest_hz: float = quantity(
        35, _("Highest rate of the first unit"), unit="Hz", low=25, high=100, step=1, symbol="PFR₁",
        source=_PF,
    )  # fmt: skip
    highest_drop_hz: float = quantity(
        10, _("Highest rate: how much lower in the last unit"), unit="Hz", low=0, high=20, step=1,
        symbol="PFRD", source=_PF,
    )  # fmt: skip
    loss_percent_per_s: float = quantity(
        2.25, _("Loss of force of the last unit at its fused pull"), unit="%/s", low=0, high=10,
        step=0.05, symbol="FF", source=_PF,
    )  # fmt: skip
    fatigue_range: float = quantity(
        180, _("Range of losses of force"), unit="", low=1, high=500, step=1, symbol="RF",
        source=_PF,
    )  # fmt: skip
    adaptation: float = quantity(
        0.67, _("Drop in rate of the last unit"), unit="", low=0, high=1, step=0.01, symbol="φ",
        source=_PF,
    )  # fmt: skip
    floor_drop_hz: float = quantity(
        2, _("Drop in rate: added to the rate above that at recruitment"), unit="Hz", low=0, high=2,
        step=0.1, symbol="d", source=_PF,
    )  # fmt: skip
    adaptation_s: float = quantity(
        22, _("Time constant of the drop in rate"), unit="s", low=1, high=100, step=1, symbol="τ",
        source=_PF,
    )  # fmt: skip
    slowing: float = quantity(
        0.379, _("Slowing of the twitch, per loss of force"), unit="", low=0, high=2, step=0.01,
        symbol="σ", source=_PF,
    )  # fmt: skip

    @property
    def _places(self) -> FloatArray:
        """Where each unit stands between the first (0) and the last (1)."""
        return np.linspace(0, 1, self.units)

    def _ceiling_drops_hz(self, threshold: FloatArray) -> FloatArray:
        """Return by how much the highest rate of units with these thresholds is lower."""
        return self.highest_drop_hz * self._ranks(threshold)

    def _ranks(self, threshold: FloatArray) -> FloatArray:
        """Return where thresholds lie between the lowest (0) and the highest (1)."""
        return (threshold - 1) / (self.threshold_range - 1)


MUSCLE = FatigablePool()


@dataclass(frozen=True, eq=False)
class Hold(Traces):
    """How a force was held until it could be held no longer.

    Attributes
    ----------
    time_s : ndarray, shape (n,)
        Time.
    force : ndarray, shape (n,)
        Force, as a fraction of the rested muscle's strongest.
    strongest : ndarray, shape (n,)
        The strongest force possible at that moment, as the same fraction.
    drive : ndarray, shape (n,)
        The order from above, 0 to 1, as a fraction of the greatest useful excitation.
    working : ndarray of int, shape (n,)
        How many units fire.
    emg_mv : ndarray, shape (n,)
        Root mean square of the EMG.
    capacity : ndarray, shape (n, units)
        What is left of each unit's strength: 1 rested, 0 exhausted.
    rate_hz : ndarray, shape (n, units)
        Rate of each unit.
    target : float
        The force to hold, as a fraction of the rested muscle's strongest.
    endurance_s : float
        How long it was held; infinite if it still was at the end.
    """

    time_s: FloatArray
    force: FloatArray
    strongest: FloatArray
    drive: FloatArray
    working: IntArray
    emg_mv: FloatArray
    capacity: FloatArray
    rate_hz: FloatArray
    target: float
    endurance_s: float


def simulate(pool: FatigablePool, target: float, duration_s: float, *, step_s: float = 0.5) -> Hold:
    """Hold a force for as long as possible, then go on with whatever is left.

    Parameters
    ----------
    pool : FatigablePool
        The muscle, rested.
    target : float
        The force to hold, 0 to 1, as a fraction of the rested muscle's strongest.
    duration_s : float
        How long to try, from 1 to 3600 s.
    step_s : float
        Time step, 0.05 to 5 s; at most 40 000 steps are allowed. Endurance times with steps of
        0.5 s are within 0.1 % of those with far smaller ones.

    Returns
    -------
    Hold
        Force, order, units and EMG over time, with one more point than there are steps.

    Raises
    ------
    NotAllowedError
        If an argument is out of range.

    References
    ----------
    Potvin & Fuglevand 2017, doi:10.1371/journal.pcbi.1005581.

    Examples
    --------
    >>> simulate(MUSCLE, 0.2, 60).endurance_s
    inf
    """
    target = checked_number("target", target, low=0, high=1)
    length = checked_number("duration_s", duration_s, low=1, high=LONGEST_RUN_S, unit="s")
    step = checked_number("step_s", step_s, low=0.05, high=5, unit="s")
    steps = int(checked_number(_("steps"), round(length / step), low=1, high=MOST_STEPS))
    muscle = TiringMuscle(pool)
    excitation, force, strongest = np.empty((3, steps + 1))
    capacity, rate_hz = np.empty((2, steps + 1, pool.units))
    for now in range(steps + 1):
        muscle.settle()
        strongest[now] = muscle.force(muscle.greatest, pool.units)
        can = strongest[now] > target + CLOSE
        excitation[now] = muscle.excitation_for(target) if can else muscle.greatest
        capacity[now] = muscle.capacity
        force[now], rate_hz[now] = muscle.pull(excitation[now], length / steps)
    time_s = np.linspace(0, length, steps + 1)
    return Hold(
        time_s=time_s,
        force=force,
        strongest=strongest,
        drive=excitation / muscle.greatest,
        working=np.count_nonzero(rate_hz, axis=1),
        emg_mv=emg_rms_mv(pool, rate_hz),
        capacity=capacity,
        rate_hz=rate_hz,
        target=target,
        endurance_s=_endurance_s(time_s, strongest - target),
    )


def _endurance_s(time_s: FloatArray, spare: FloatArray) -> float:
    """Return when no strength is left to spare, interpolated between two points, or infinity."""
    short = np.flatnonzero(spare <= CLOSE)
    if not short.size:
        return math.inf
    last = int(short[0])
    if last == 0:
        return 0.0
    part = spare[last - 1] / (spare[last - 1] - spare[last])
    return float(time_s[last - 1] + part * (time_s[last] - time_s[last - 1]))
