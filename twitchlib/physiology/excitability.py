"""How easily a nerve fires: the tests that a stimulator runs on a nerve.

Where a steady potential cannot last, a nerve must fire. A steady current holds a membrane at a
potential, with each gate settled; whether it stays there depends on the eigenvalues of the
equations linearised about that state. If one has a positive real part, the smallest disturbance
grows into firing.

Examples
--------
>>> from twitchlib.physiology.axon import MotorNode
>>> round(threshold(MotorNode(), width_ms=0.1))
374
>>> low_potassium = MotorNode(potassium_ratio=3.0 / 4.0)
>>> threshold(low_potassium, width_ms=0.1) > threshold(MotorNode(), width_ms=0.1)
True
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, Traces, checked_array, checked_number
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.physiology.axon import (
    STRONGEST_UA_CM2,
    Axon,
    Pulse,
    rest,
    spike_times_ms,
    steady_current_ua_cm2,
    steady_gates,
)

__all__ = [
    "RateCurve", "Refractoriness", "StrengthDuration", "rate_curve",
    "refractoriness", "strength_duration", "threshold",
]  # fmt: skip

_PRECISION = 1e-4


@dataclass(frozen=True, eq=False)
class StrengthDuration(Traces):
    """Threshold against pulse width.

    Attributes
    ----------
    width_ms, threshold_ua_cm2 : ndarray, shape (n,)
        Pulse widths, rising, and the threshold current at each.
    """

    width_ms: FloatArray
    threshold_ua_cm2: FloatArray

    @property
    def rheobase_ua_cm2(self) -> float:
        """Threshold of the longest pulse."""
        return float(self.threshold_ua_cm2[-1])

    @property
    def chronaxie_ms(self) -> float:
        """Width at which the threshold is twice the rheobase; NaN if no pulse is that short."""
        doublings = np.log2(self.threshold_ua_cm2 / self.rheobase_ua_cm2)
        if doublings[0] < 1:
            return math.nan
        return float(np.exp(np.interp(-1, -doublings, np.log(self.width_ms))))


@dataclass(frozen=True, eq=False)
class Refractoriness(Traces):
    """Threshold of a second pulse.

    Attributes
    ----------
    delay_ms, ratio : ndarray, shape (n,)
        Delay from the start of the first pulse to that of the second, and the threshold of the
        second divided by that of a single pulse; infinite where no current evokes a second spike.
    """

    delay_ms: FloatArray
    ratio: FloatArray


@dataclass(frozen=True, eq=False)
class RateCurve(Traces):
    """Firing rate against a steady current.

    Attributes
    ----------
    current_ua_cm2, rate_hz : ndarray, shape (n,)
        Currents, and the sustained rate (0 where firing stops or never begins).
    """

    current_ua_cm2: FloatArray
    rate_hz: FloatArray


def _weakest_ua_cm2(
    axon: Axon, pulse: Pulse, first: tuple[Pulse, ...] = (), after_ms: float = 0.0
) -> float:
    """Return the weakest current at which `pulse` evokes a spike, or infinity."""
    start = rest(axon)
    duration_ms = pulse.start_ms + pulse.width_ms + axon.settle_ms

    def fires(current_ua_cm2: float) -> bool:
        pulses = (*first, pulse.replace(current_ua_cm2=current_ua_cm2))
        try:
            spike_ms = spike_times_ms(axon, pulses, duration_ms, start)
        except NotAllowedError:
            return False
        return bool((spike_ms > after_ms).any())

    low, high = 0.0, 0.1
    while not fires(high):
        low, high = high, 2 * high
        if high > STRONGEST_UA_CM2:
            return math.inf
    while high - low > _PRECISION * high:
        middle = (low + high) / 2
        low, high = (low, middle) if fires(middle) else (middle, high)
    return high


def threshold(axon: Axon, width_ms: float = 1.0) -> float:
    """Return the weakest current that makes a resting membrane fire.

    Parameters
    ----------
    axon : SquidAxon or MotorNode
        The membrane.
    width_ms : float
        Width of the pulse.

    Returns
    -------
    float
        In µA/cm², to one part in ten thousand; infinite where 5 mA/cm² are not enough, as in a
        membrane that is depolarised too far to fire, and close to zero in one that fires on its
        own.

    Raises
    ------
    NotAllowedError
        If the width is not from 0.001 to 1000 ms.

    Examples
    --------
    >>> from twitchlib.physiology.axon import SquidAxon
    >>> round(threshold(SquidAxon(), width_ms=1), 2)
    6.92
    """
    width = checked_number("width_ms", width_ms, low=0.001, high=1000, unit="ms")
    return _weakest_ua_cm2(axon, Pulse(start_ms=0, width_ms=width))


def strength_duration(axon: Axon, width_ms: npt.ArrayLike) -> StrengthDuration:
    """Return the threshold at several pulse widths.

    Parameters
    ----------
    axon : SquidAxon or MotorNode
        The membrane.
    width_ms : array_like, shape (n,)
        Widths, from 0.001 to 1000 ms, at least one.

    Raises
    ------
    NotAllowedError
        If a width is out of range or none is given.

    Examples
    --------
    >>> from twitchlib.physiology.axon import SquidAxon
    >>> strength_duration(SquidAxon(), [1, 10]).threshold_ua_cm2.round(1)
    array([6.9, 2.2])
    """
    widths = np.unique(checked_array("width_ms", width_ms, low=0.001, high=1000, unit="ms"))
    if not widths.size:
        raise NotAllowedError("width_ms", _("nothing"), _("at least one width"))
    return StrengthDuration(widths, np.array([threshold(axon, float(w)) for w in widths]))


def refractoriness(
    axon: Axon, delay_ms: npt.ArrayLike, width_ms: float = 0.5, first_times_threshold: float = 2.0
) -> Refractoriness:
    """Return how much harder (or easier) it is to evoke a second spike.

    A second spike counts if the potential rises through 0 mV after the second pulse has ended;
    being pushed above 0 mV by the pulse itself does not count.

    Parameters
    ----------
    axon : SquidAxon or MotorNode
        The membrane.
    delay_ms : array_like, shape (n,)
        Delays from the start of the first pulse to the start of the second, beyond its end.
    width_ms : float
        Width of both pulses; short, since a pulse must end before the spike it evokes.
    first_times_threshold : float
        Strength of the first pulse, relative to its threshold; at least 1.

    Raises
    ------
    NotAllowedError
        If a delay lies within the first pulse or beyond 1000 ms, or another value is out of range.

    Examples
    --------
    >>> from twitchlib.physiology.axon import SquidAxon
    >>> refractoriness(SquidAxon(), [5, 30]).ratio.round(1)
    array([inf,  1.])
    """
    width = checked_number("width_ms", width_ms, low=0.001, high=2, unit="ms")
    delays = checked_array("delay_ms", delay_ms, low=width, high=1000, unit="ms")
    strength = checked_number("first_times_threshold", first_times_threshold, low=1, high=10)
    alone = threshold(axon, width)
    first = Pulse(start_ms=0, width_ms=width, current_ua_cm2=strength * alone)
    ratios = [
        _weakest_ua_cm2(axon, Pulse(delay, width), (first,), after_ms=delay + width) / alone
        for delay in map(float, delays)
    ]
    return Refractoriness(delays, np.array(ratios))


def _lasting_rate_hz(spike_ms: FloatArray, duration_ms: float) -> float:
    """Return the rate in the second half of a run, 0 if firing ceases before the end."""
    late = spike_ms[spike_ms > duration_ms / 2]
    if late.size < 2:
        return 0.0
    intervals_ms = np.diff(late)
    # Bursts count as firing, so the longest pause decides whether it has ceased.
    ceased = duration_ms - late[-1] > 2 * intervals_ms.max()
    return 0.0 if ceased else 1000 / float(intervals_ms.mean())


def rate_curve(axon: Axon, current_ua_cm2: npt.ArrayLike, duration_ms: float = 400.0) -> RateCurve:
    """Return the firing rate under each of several steady currents.

    Parameters
    ----------
    axon : SquidAxon or MotorNode
        The membrane.
    current_ua_cm2 : array_like, shape (n,)
        Steady currents, switched on at rest.
    duration_ms : float
        How long each is applied, 20–5000 ms; the rate is taken from the second half.

    Raises
    ------
    NotAllowedError
        If a current is beyond ±5000 µA/cm² or the duration is out of range.

    Examples
    --------
    >>> from twitchlib.physiology.axon import SquidAxon
    >>> rate_curve(SquidAxon(), [5, 10, 20]).rate_hz.round()
    array([ 0., 68., 86.])
    """
    limit = STRONGEST_UA_CM2
    currents = checked_array("current_ua_cm2", current_ua_cm2, low=-limit, high=limit)
    duration = checked_number("duration_ms", duration_ms, low=20, high=5000, unit="ms")
    start = rest(axon)
    rates = [
        _lasting_rate_hz(spike_times_ms(axon, [(0, duration, i)], duration, start), duration)
        for i in map(float, currents)
    ]
    return RateCurve(currents, np.array(rates))


def spontaneous_rate_hz(axon: Axon, duration_ms: float = 400.0) -> float:
    """Return the rate at which a membrane keeps firing without a stimulus.

    The run starts from rest in ordinary surroundings, which then change at once to those of `axon`;
    the rate is that of its second half.

    Parameters
    ----------
    axon : SquidAxon or MotorNode
        The membrane in its changed surroundings.
    duration_ms : float
        How long to run, 20–5000 ms.

    Returns
    -------
    float
        In Hz; 0 where it is silent.

    Raises
    ------
    NotAllowedError
        If the duration is out of range.

    Examples
    --------
    >>> from twitchlib.physiology.axon import SquidAxon
    >>> spontaneous_rate_hz(SquidAxon())
    0.0
    >>> spontaneous_rate_hz(SquidAxon().replace(gating_shift_mv=-10)) > 50
    True
    """
    duration = checked_number("duration_ms", duration_ms, low=20, high=5000, unit="ms")
    ordinary = axon.replace(potassium_ratio=1.0, gating_shift_mv=0.0)
    return _lasting_rate_hz(spike_times_ms(axon, (), duration, rest(ordinary)), duration)


def _growth_per_ms(axon: Axon, potential_mv: float) -> float:
    """Return how fast a small disturbance of the steady state at a potential grows."""
    gates = steady_gates(axon, potential_mv)

    def slope(state: FloatArray) -> FloatArray:
        x = state[1:]
        opening, closing = axon.rates_per_ms(float(state[0])).T
        through = axon.currents_ua_cm2(state[:1], x[:, np.newaxis])
        outward = np.sum(list(through.values()), axis=0)
        return np.concatenate((-outward / axon.capacitance_uf_cm2, opening * (1 - x) - closing * x))

    at = np.concatenate(([potential_mv], gates))
    step = np.diag([1e-4] + [1e-6] * gates.size)
    columns = [(slope(at + d) - slope(at - d)) / (2 * d.max()) for d in step]
    eigenvalues = np.linalg.eigvals(np.array(columns).T)
    return float(eigenvalues.real.max())


def hopf_currents_ua_cm2(axon: Axon) -> tuple[float, ...]:
    """Return the steady currents at which the steady state loses or gains stability.

    Between the two currents of an ordinary squid axon no steady potential can last: the membrane
    must fire.

    Returns
    -------
    tuple of float
        In µA/cm², in the order of the potentials at which they hold the membrane.

    Examples
    --------
    >>> from twitchlib.physiology.axon import SquidAxon
    >>> [round(i, 1) for i in hopf_currents_ua_cm2(SquidAxon())]
    [9.8, 154.5]
    """
    grid_mv = np.arange(-100.0, 0.0, 1.0)
    grows = np.array([_growth_per_ms(axon, float(v)) > 0 for v in grid_mv])
    found = []
    for index in np.flatnonzero(grows[1:] != grows[:-1]):
        low, high = float(grid_mv[index]), float(grid_mv[index + 1])
        while high - low > 1e-7:
            middle = (low + high) / 2
            if (_growth_per_ms(axon, middle) > 0) == grows[index]:
                low = middle
            else:
                high = middle
        found.append(steady_current_ua_cm2(axon, low))
    return tuple(found)
