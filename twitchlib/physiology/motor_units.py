"""The motor units of a muscle: their properties, and what they do under a steady drive.

`twitchlib.physiology.motor_pool` drives them over time.

Examples
--------
>>> unit = units(MotorPool())
>>> unit.threshold[[0, 59, 119]].round(2), unit.contraction_ms[[0, 59, 119]].round(2)
(array([ 1.03,  5.48, 30.  ]), array([89.18, 51.96, 30.  ]))
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, IntArray, Traces, checked_array
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

__all__ = [
    "POOL", "MotorPool", "Units", "checked_drive", "emg_rms_mv", "fused_share",
    "greatest_excitation", "maximal_force_n", "rates_hz", "steady_force_n", "twitch_gain", "units",
]  # fmt: skip

_FWP = "Fuglevand, Winter & Patla 1993, doi:10.1152/jn.1993.70.6.2470"
_CARVALHO = "de Carvalho & Swash 2013, J Neurol Neurosurg Psychiatry 84:963"  # untranslated: source
_FASCICULATION = _(
    "needle recordings of fasciculation potentials in strong tibialis anterior muscles: {source}",
    source=_CARVALHO,
)
_FITTED = _(
    "Chosen to give the peak-to-peak size (560.6 ± 366.9 µV) of {recordings}",
    recordings=_FASCICULATION,
)

# Up to this relative rate each spike adds a twitch of the same size; the slope of the force there.
_SINGLE = 0.4
_SLOPE = -math.expm1(-2 * _SINGLE**3) / _SINGLE


@dataclass(frozen=True)
class MotorPool(Quantities):
    """The motor units of one muscle."""

    units: int = quantity(
        120, _("Motor units"), unit="", low=10, high=500, symbol="n", source=_FWP, integer=True
    )
    threshold_range: float = quantity(
        30, _("Range of recruitment thresholds"), unit="", low=2, high=100, step=1, symbol="RR",
        source=_FWP,
    )  # fmt: skip
    twitch_range: float = quantity(
        100, _("Range of twitch forces"), unit="", low=2, high=200, step=1, symbol="RP", source=_FWP
    )
    slowest_ms: float = quantity(
        90, _("Longest contraction time"), unit="ms", low=20, high=200, step=1, symbol="T_L",
        source=_FWP,
    )  # fmt: skip
    contraction_range: float = quantity(
        3, _("Range of contraction times"), unit="", low=1.1, high=10, step=0.1, symbol="R_T",
        source=_FWP,
    )  # fmt: skip
    lowest_hz: float = quantity(
        8, _("Rate at recruitment"), unit="Hz", low=2, high=20, step=0.5, symbol="MFR", source=_FWP
    )
    highest_hz: float = quantity(
        45, _("Highest rate of the first unit"), unit="Hz", low=25, high=100, step=1, symbol="PFR₁",
        source=_FWP,
    )  # fmt: skip
    highest_drop_hz: float = quantity(
        10, _("Highest rate: how much lower in the last unit"), unit="Hz", low=0, high=20, step=1,
        symbol="PFRD", source=_FWP,
    )  # fmt: skip
    rate_gain_hz: float = quantity(
        1, _("Rate per unit of excitation"), unit="Hz", low=0.2, high=5, step=0.1, symbol="gₑ",
        source=_FWP,
    )  # fmt: skip
    variability: float = quantity(
        0.2, _("Variability of intervals"), unit="", low=0, high=0.25, step=0.01, symbol="cv",
        source=_FWP,
    )  # fmt: skip
    twitch_mn: float = quantity(
        0.34, _("Twitch force that the smallest units approach"), unit="mN", low=0.01, high=10,
        symbol="P₀", illustrative=True, source=_(
            "Chosen so that the strongest twitch is 34 mN, the strongest of human thenar units"
        ),
    )  # fmt: skip
    potential_uv: float = quantity(
        313, _("Height of the middle unit's potential"), unit="µV", low=10, high=2000, step=1,
        symbol="A", source=_FITTED, illustrative=True,
    )  # fmt: skip
    potential_exponent: float = quantity(
        0.5, _("Growth of the potential with twitch force"), unit="", low=0, high=1, step=0.05,
        symbol="γ", source=_FITTED, illustrative=True,
    )  # fmt: skip
    potential_ms: float = quantity(
        1.94, _("Width of the potential"), unit="ms", low=0.5, high=5, step=0.01, symbol="λ",
        illustrative=True, source=_(
            "Chosen to give the mean duration (12.62 ms) of {recordings}",
            recordings=_FASCICULATION,
        ),
    )  # fmt: skip

    @property
    def _places(self) -> FloatArray:
        """Where each unit stands between none (0) and the last (1), in order of recruitment."""
        return np.arange(1, self.units + 1) / self.units

    def _ceiling_drops_hz(self, threshold: FloatArray) -> FloatArray:
        """Return by how much the highest rate of units with these thresholds is lower."""
        return self.highest_drop_hz * threshold / self.threshold_range


POOL = MotorPool()


@dataclass(frozen=True, eq=False)
class Units(Traces):
    """The properties of each unit, in order of recruitment.

    Attributes
    ----------
    unit : ndarray of int, shape (n,)
        Number, from 1.
    threshold : ndarray, shape (n,)
        Recruitment threshold excitation, RTE.
    drive : ndarray, shape (n,)
        The same as a fraction of the greatest useful excitation.
    twitch_n : ndarray, shape (n,)
        Peak of a single twitch.
    contraction_ms : ndarray, shape (n,)
        Time to that peak.
    highest_hz : ndarray, shape (n,)
        Fastest rate.
    potential_mv : ndarray, shape (n,)
        Height of its potential in the EMG; peak to peak it is 1.446 times that.
    """

    unit: IntArray
    threshold: FloatArray
    drive: FloatArray
    twitch_n: FloatArray
    contraction_ms: FloatArray
    highest_hz: FloatArray
    potential_mv: FloatArray


def greatest_excitation(pool: MotorPool) -> float:
    """Return the excitation at which the last unit reaches its highest rate.

    Examples
    --------
    >>> greatest_excitation(POOL)
    57.0
    """
    last_hz = pool.highest_hz - pool.highest_drop_hz
    return pool.threshold_range + (last_hz - pool.lowest_hz) / pool.rate_gain_hz


def units(pool: MotorPool) -> Units:
    """Return the properties of each unit of a pool.

    Examples
    --------
    >>> units(MotorPool()).contraction_ms[[0, 59, 119]].round(2)
    array([89.18, 51.96, 30.  ])
    """
    threshold = pool.threshold_range**pool._places
    twitch = pool.twitch_range**pool._places
    slowing = math.log(pool.contraction_range) / math.log(pool.twitch_range)
    growth = (twitch / math.sqrt(pool.twitch_range)) ** pool.potential_exponent
    return Units(
        unit=np.arange(1, pool.units + 1),
        threshold=threshold,
        drive=threshold / greatest_excitation(pool),
        twitch_n=twitch * pool.twitch_mn / 1000,
        contraction_ms=pool.slowest_ms * twitch**-slowing,
        highest_hz=pool.highest_hz - pool._ceiling_drops_hz(threshold),
        potential_mv=pool.potential_uv / 1000 * growth,
    )


def checked_drive(drive: npt.ArrayLike, ndim: int | None = None) -> FloatArray:
    """Return a drive as a checked array.

    Raises
    ------
    NotAllowedError
        If a drive is not from 0 to 1.
    """
    return checked_array("drive", drive, low=0, high=1, ndim=ndim)


def rates_hz(pool: MotorPool, drive: npt.ArrayLike) -> FloatArray:
    """Return the rate of each unit under a steady drive.

    Parameters
    ----------
    pool : MotorPool
        The pool.
    drive : array_like
        Fraction of the greatest useful excitation, 0 to 1, in any shape.

    Returns
    -------
    ndarray, shape drive.shape + (units,)
        In Hz; 0 for units that are not recruited.

    Raises
    ------
    NotAllowedError
        If a drive is not from 0 to 1.

    Examples
    --------
    >>> int((rates_hz(POOL, 0.1) > 0).sum())
    61
    """
    unit = units(pool)
    excitation = checked_drive(drive)[..., np.newaxis] * greatest_excitation(pool)
    above = excitation - unit.threshold
    rate_hz = np.minimum(pool.lowest_hz + pool.rate_gain_hz * above, unit.highest_hz)
    return np.where(above >= 0, rate_hz, 0.0)


def twitch_gain(relative_rate: npt.ArrayLike) -> FloatArray:
    """Return the gain of twitches as they fuse.

    Parameters
    ----------
    relative_rate : array_like
        Contraction time divided by interspike interval, not negative.

    Returns
    -------
    ndarray
        1 up to a relative rate of 0.4, then `[S(u)/u] / [S(0.4)/0.4]` with
        `S(u) = 1 − exp(−2u³)`.

    Raises
    ------
    NotAllowedError
        If a relative rate is negative or not a number.

    Examples
    --------
    >>> twitch_gain([0.2, 0.4, 1.0]).round(3)
    array([1.   , 1.   , 2.879])
    """
    u = np.maximum(checked_array("relative_rate", relative_rate, low=0, ndim=None), _SINGLE)
    return fused_share(u) / (u * _SLOPE)


def fused_share(relative_rate: FloatArray) -> FloatArray:
    """Return the mean pull of a steady train as a fraction of the unit's fused pull.

    Meant for loops: the relative rate (contraction time over interspike interval) is not checked.

    Examples
    --------
    >>> fused_share(np.array([0.0, 0.4, 1.0])).round(3)
    array([0.   , 0.12 , 0.865])
    """
    u = relative_rate
    return np.where(u <= _SINGLE, _SLOPE * u, -np.expm1(-2 * u * u * u))


def emg_rms_mv(pool: MotorPool, rate_hz: npt.ArrayLike) -> FloatArray:
    """Return the root mean square of the EMG of units that fire steadily.

    A potential has as much area above the baseline as below it and is over before its unit fires
    again, so the squares of the units' potentials simply add up.

    Parameters
    ----------
    pool : MotorPool
        The pool.
    rate_hz : array_like, shape (..., units)
        Rate of each unit.

    Returns
    -------
    ndarray, shape (...)
        In millivolts.

    Raises
    ------
    NotAllowedError
        If a rate is negative or not a number.

    Examples
    --------
    >>> emg_rms_mv(POOL, rates_hz(POOL, [0.1, 0.5])).round(2)
    array([0.25, 1.1 ])
    """
    rates = checked_array("rate_hz", rate_hz, low=0, unit="Hz", ndim=None)
    # The integral of (1 − x²)² · exp(−x²).
    area = 0.75 * math.sqrt(math.pi) * pool.potential_ms / 1000
    return np.sqrt(area * (rates @ units(pool).potential_mv ** 2))


def steady_force_n(pool: MotorPool, drive: npt.ArrayLike) -> FloatArray:
    """Return the mean force under a steady drive with regular intervals.

    Parameters and errors are those of `rates_hz`.

    Returns
    -------
    ndarray, shape of drive
        In newtons.

    Examples
    --------
    >>> (steady_force_n(POOL, [0.1, 0.4, 1.0]) / maximal_force_n(POOL)).round(3)
    array([0.04 , 0.344, 1.   ])
    """
    unit = units(pool)
    relative = rates_hz(pool, drive) * unit.contraction_ms / 1000
    # A single twitch has the area peak · contraction time · e.
    total: FloatArray = (unit.twitch_n * math.e * relative * twitch_gain(relative)).sum(axis=-1)
    return total


def maximal_force_n(pool: MotorPool) -> float:
    """Return the mean force at full drive, in newtons.

    Examples
    --------
    >>> maximal_force_n(POOL) > maximal_force_n(MotorPool(units=60))
    True
    """
    return float(steady_force_n(pool, 1.0))
