"""A pool of motor units: which are recruited, how fast each fires, and the summed force and EMG.

The model of Fuglevand, Winter and Patla. Unit `i` of `n` has

    threshold          RTEᵢ = exp(ln(RR)·i/n)            small units first
    twitch force       Pᵢ   = exp(ln(RP)·i/n)            and they are the weak ones
    contraction time   Tᵢ   = T_L · Pᵢ^(−1/c),  c = ln(RP)/ln(R_T)
    rate               FRᵢ  = MFR + gₑ·(E − RTEᵢ), up to PFRᵢ = PFR₁ − PFRD·RTEᵢ/RTEₙ
    twitch             fᵢ(t) = g·Pᵢ·(t/Tᵢ)·exp(1 − t/Tᵢ)

Interspike intervals vary with a coefficient of variation `cv`; the gain `g` makes twitches fuse
along a sigmoid as the rate grows. A drive of 1 is the excitation at which the last unit fires its
fastest.

Examples
--------
>>> import numpy as np
>>> hold = simulate(MotorPool(), np.full(4000, 0.3), sample_hz=2000, seed=1)
>>> bool(1.5 < hold.force_n[-1000:].mean() < 2)
True
>>> one_twitch = force(MotorPool(), Discharges.of([60], [0.1]), duration_ms=500)
>>> round(float(one_twitch.max() * 1000), 2)  # mN
3.4
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import (
    FloatArray,
    IntArray,
    Traces,
    checked_array,
    checked_number,
    checked_seed,
)
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.motor_units import (
    MotorPool,
    Units,
    checked_drive,
    greatest_excitation,
    rates_hz,
    twitch_gain,
    units,
)

__all__ = ["Discharges", "MotorPool", "PoolRun", "Units", "emg", "force", "simulate", "units"]

LONGEST_RUN_S = 1000.0
LONGEST_RUN_SAMPLES = 2_000_000

# Distance from the middle of a potential, in widths, at which it has ended: exp(−18).
_REACH = 6.0
# Numbers computed at a time: few enough to stay in the processor's cache.
_AT_ONCE = 16_384


@dataclass(frozen=True, eq=False)
class Discharges(Traces):
    """Which unit fired when.

    Attributes
    ----------
    unit : ndarray of int, shape (spikes,)
        Number of the unit, from 1.
    time_s : ndarray, shape (spikes,)
        When it fired.
    """

    unit: IntArray
    time_s: FloatArray

    @classmethod
    def of(cls, unit: npt.ArrayLike, time_s: npt.ArrayLike) -> Discharges:
        """Return discharges from any two sequences, checked.

        Raises
        ------
        NotAllowedError
            If a unit is not a whole number from 1, a time is not finite, or there are more of one
            than of the other.
        """
        times = checked_array("time_s", time_s, unit="s")
        numbers = checked_array("unit", unit, low=1, high=500)
        if numbers.size != times.size or np.any(numbers % 1):
            allowed = ngettext(
                "{n} whole number, one per time", "{n} whole numbers, one per time", times.size
            )
            raise NotAllowedError("unit", unit, allowed)
        return cls(numbers.astype(np.intp), times)


@dataclass(frozen=True, eq=False)
class PoolRun(Traces):
    """The run of a pool.

    Attributes
    ----------
    time_s, drive, force_n, emg_mv : ndarray, shape (n,)
        Time, drive (0 to 1), force and EMG.
    discharges : Discharges
        Which unit fired when.
    """

    time_s: FloatArray
    drive: FloatArray
    force_n: FloatArray
    emg_mv: FloatArray
    discharges: Discharges


def _most_samples(sample_hz: float) -> int:
    return min(LONGEST_RUN_SAMPLES, round(LONGEST_RUN_S * sample_hz))


def discharge(
    pool: MotorPool, drive: npt.ArrayLike, rng: np.random.Generator, *, sample_hz: float = 2000.0
) -> Discharges:
    """Return when each unit fires, in order of time; arguments and errors as for `simulate`.

    For code that needs no force, or has its own random generator.

    Examples
    --------
    >>> fired = discharge(MotorPool(), np.full(2000, 0.1), np.random.default_rng(1))
    >>> int(np.unique(fired.unit).size)
    61
    """
    rate_hz = checked_number("sample_hz", sample_hz, low=200, high=20_000, unit="Hz")
    level = checked_drive(drive, 1)
    checked_number(_("samples of drive"), level.size, low=1, high=_most_samples(rate_hz))
    unit = units(pool)
    # Room for a quarter more spikes than at the greatest drive, far more than chance can add.
    expected = rates_hz(pool, level.max()) * level.size / rate_hz
    most = math.ceil(1.25 * expected.max()) + 10
    room = math.ceil(1.25 * expected.sum()) + 10 * pool.units
    intervals = 1 + pool.variability * np.clip(rng.standard_normal((pool.units, most)), -3.9, 3.9)
    start = np.where(level[0] >= unit.drive, rng.random(pool.units), 1.0) * intervals[:, 0]

    from twitchlib.physiology._motor_pool_loops import discharge_loop

    number = np.empty(room, dtype=np.intp)
    time_s = np.empty(room)
    spikes = discharge_loop(
        level * greatest_excitation(pool), 1 / rate_hz, unit.threshold, unit.highest_hz,
        pool.lowest_hz, pool.rate_gain_hz, start, intervals, number, time_s,
    )  # fmt: skip
    order = np.argsort(time_s[:spikes], kind="stable")
    return Discharges(number[order], time_s[order])


def _samples(pool: MotorPool, discharges: Discharges, duration_ms: float, sample_hz: float) -> int:
    """Check the arguments that `force` and `emg` share; return the number of samples."""
    rate_hz = checked_number("sample_hz", sample_hz, low=200, high=20_000, unit="Hz")
    step_ms = 1000 / rate_hz
    longest_ms = _most_samples(rate_hz) * step_ms
    duration = checked_number("duration_ms", duration_ms, low=step_ms, high=longest_ms, unit="ms")
    checked_array("unit", discharges.unit, low=1, high=pool.units)
    return round(duration / step_ms)


def force(
    pool: MotorPool, discharges: Discharges, duration_ms: float, *, sample_hz: float = 2000.0
) -> FloatArray:
    """Return the force that the spikes of a pool produce.

    Parameters
    ----------
    pool : MotorPool
        The pool.
    discharges : Discharges
        Which unit fired when, in any order; they may include ectopic spikes.
    duration_ms : float
        Length, from time 0. Earlier spikes contribute the rest of their twitch.
    sample_hz : float
        Samples per second, 200 to 20 000.

    Returns
    -------
    ndarray, shape (round(duration_ms / 1000 · sample_hz),)
        In newtons.

    Raises
    ------
    NotAllowedError
        If a unit is not in the pool, or an argument is out of range.

    Examples
    --------
    >>> twitch_n = force(MotorPool(), Discharges.of([120], [0.1]), 500)
    >>> round(1000 * float(twitch_n.max()), 1)  # mN, the strongest unit
    34.0
    """
    from twitchlib.physiology._motor_pool_loops import force_loop

    unit = units(pool)
    result = np.zeros(_samples(pool, discharges, duration_ms, sample_hz))
    order = np.lexsort((discharges.time_s, discharges.unit))
    number, time_s = discharges.unit[order], discharges.time_s[order]
    interval_s = np.diff(time_s, prepend=-np.inf)
    interval_s[np.diff(number, prepend=0) > 0] = np.inf
    contraction_s = unit.contraction_ms / 1000
    # Two simultaneous spikes are an interval of length 0, where the limit of the gain is 0.
    relative = np.divide(
        contraction_s[number - 1], interval_s, out=np.full(number.size, 1e9), where=interval_s > 0
    )
    size = unit.twitch_n[number - 1] * twitch_gain(relative)
    force_loop(number, time_s, size, 1 / sample_hz, contraction_s, result)
    return result


def emg(
    pool: MotorPool, discharges: Discharges, duration_ms: float, *, sample_hz: float = 2000.0
) -> FloatArray:
    """Return the EMG of a pool's spikes: the sum of their motor unit action potentials.

    A potential begins with its spike and peaks 3.25 widths later. Parameters and errors are those
    of `force`.

    Returns
    -------
    ndarray, shape (round(duration_ms / 1000 · sample_hz),)
        In millivolts, without noise.

    Examples
    --------
    >>> one = emg(MotorPool(), Discharges.of([120], [0.1]), 500)
    >>> 0.5 < one.max() - one.min() < 2
    np.True_
    """
    samples = _samples(pool, discharges, duration_ms, sample_hz)
    width = pool.potential_ms / 1000 * sample_hz
    centre = discharges.time_s * sample_hz + 3.25 * width
    size_mv = units(pool).potential_mv[discharges.unit - 1]
    return _potentials(centre, size_mv, width, samples)


def _potentials(centre: FloatArray, size_mv: FloatArray, width: float, samples: int) -> FloatArray:
    """Return the sum of potentials ``size · (1 − x²) · exp(−x²/2)``, x the time in widths.

    Times are in samples.
    """
    reach = math.ceil(_REACH * width)
    seen = (centre > -reach) & (centre < samples + reach)
    # As wide as an index, which in a browser is not 64 bits.
    first = np.ceil(centre[seen]).astype(np.intp) - reach
    late = first - centre[seen]
    # Room on both sides for potentials that begin before the recording or end after it.
    total = np.zeros(samples + 4 * reach)
    at_once = max(_AT_ONCE // (2 * reach), 1)
    offset = np.arange(2 * reach)
    for start in range(0, first.size, at_once):
        batch = slice(start, start + at_once)
        square = ((late[batch, np.newaxis] + offset) / width) ** 2
        values = size_mv[seen][batch, np.newaxis] * (1 - square) * np.exp(-square / 2)
        # A potential ends at the same moment at any sampling rate.
        values[square > _REACH**2] = 0
        where = first[batch, np.newaxis] + (offset + 2 * reach)
        total += np.bincount(where.ravel(), values.ravel(), total.size)
    return total[2 * reach : samples + 2 * reach]


def simulate(
    pool: MotorPool, drive: npt.ArrayLike, *, sample_hz: float = 2000.0, seed: int
) -> PoolRun:
    """Drive a pool and return its spikes, force and EMG.

    Parameters
    ----------
    pool : MotorPool
        The pool.
    drive : array_like, shape (n,)
        Fraction of the greatest useful excitation, 0 to 1, one value per sample. Units recruited
        from the start begin at random between two spikes; units recruited later fire at once, so a
        step in the drive makes a volley.
    sample_hz : float
        Samples per second, 200 to 20 000. Spike times are not rounded to samples.
    seed : int
        Makes the run repeatable.

    Returns
    -------
    PoolRun
        Drive, force and EMG over time, and which unit fired when.

    Raises
    ------
    NotAllowedError
        If the drive is not from 0 to 1, is empty, or is longer than two million samples or 1000 s,
        or another argument is out of range.

    References
    ----------
    Fuglevand, Winter & Patla 1993, doi:10.1152/jn.1993.70.6.2470.

    Examples
    --------
    >>> run = simulate(MotorPool(), np.linspace(0, 0.5, 2000), sample_hz=1000, seed=1)
    >>> bool(run.force_n[-1] > run.force_n[1000])
    True
    """
    level = checked_drive(drive, 1)
    rng = np.random.default_rng(checked_seed(seed))
    discharges = discharge(pool, level, rng, sample_hz=sample_hz)
    duration_ms = 1000 * level.size / sample_hz
    return PoolRun(
        time_s=np.arange(level.size) / sample_hz,
        drive=level,
        force_n=force(pool, discharges, duration_ms, sample_hz=sample_hz),
        emg_mv=emg(pool, discharges, duration_ms, sample_hz=sample_hz),
        discharges=discharges,
    )
