"""A motoneuron with a bistable dendrite: persistent inward current and self-sustained firing.

Two compartments, the soma an integrate-and-fire unit with an after-hyperpolarisation `a`, the
dendrite carrying a persistent inward current with activation `p`:

    Cs dVs/dt = Is − gLs·(Vs − EL) − a·(Vs − EK) − gC·(Vs − Vd)
    Cd dVd/dt = Id − gLd·(Vd − EL) − gP·p·(Vd − EP) − gC·(Vd − Vs)
    τp dp/dt = p∞(Vd) − p,   τA da/dt = −a

A spike is counted when `Vs` reaches the threshold; `Vs` is then reset and held, and `a` grows by
`gA`. If `gP` is large enough, the cell keeps firing after a brief input; here that is the basis of
a spasm.

Examples
--------
>>> push = [(0, 2.6), (500, 2.6), (500, 6.6), (1500, 6.6), (1500, 2.6), (4000, 2.6)]
>>> latched = simulate(Motoneuron(), push, duration_ms=4000)
>>> bool(latched.spike_ms[-1] > 3800)
True
>>> weak = simulate(Motoneuron(persistent_us=0.08), push, duration_ms=4000)
>>> bool(weak.spike_ms[-1] < 2000)
True
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, Traces, checked_array, checked_number
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.physiology._noise import stepwise_noise
from twitchlib.quantity import Quantities, quantity

__all__ = ["Motoneuron", "MotoneuronRun", "Ramp", "ramp", "simulate"]

LONGEST_RUN_STEPS = 5_000_000
STRONGEST_NA = 100.0

_INTERVALS = 3
_NOISE_MS = 1.0

_CHOSEN = _(
    "Two-compartment form after {form}; value chosen to fit spasms of the human thumb, {values}",
    form="Booth, Rinzel & Kiehn 1997, doi:10.1152/jn.1997.78.6.3371",
    values="doi:10.3389/fnhum.2014.00922",
)


@dataclass(frozen=True)
class Motoneuron(Quantities):
    """A minimal motoneuron of a human hand muscle."""

    soma_nf: float = quantity(
        3.1, _("Capacitance of the soma"), unit="nF", low=0.5, high=10, symbol="Cs", source=_CHOSEN,
        illustrative=True,
    )  # fmt: skip
    dendrite_nf: float = quantity(
        6.8, _("Capacitance of the dendrite"), unit="nF", low=0.5, high=20, symbol="Cd",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    soma_leak_us: float = quantity(
        0.24, _("Leak of the soma"), unit="µS", low=0.02, high=1, symbol="gLs", source=_CHOSEN,
        illustrative=True,
    )  # fmt: skip
    dendrite_leak_us: float = quantity(
        0.18, _("Leak of the dendrite"), unit="µS", low=0.02, high=1, symbol="gLd", source=_CHOSEN,
        illustrative=True,
    )  # fmt: skip
    coupling_us: float = quantity(
        0.345, _("Coupling of soma and dendrite"), unit="µS", low=0.02, high=2, symbol="gC",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    persistent_us: float = quantity(
        0.106, _("Persistent inward conductance"), unit="µS", low=0, high=0.16, step=0.002,
        symbol="gP", source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    afterhyperpolarisation_us: float = quantity(
        0.54, _("After-hyperpolarisation per spike"), unit="µS", low=0, high=3, symbol="gA",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    leak_mv: float = quantity(
        -70, _("Reversal potential of the leak"), unit="mV", low=-80, high=-60, symbol="EL",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    potassium_mv: float = quantity(
        -80, _("Reversal potential of potassium"), unit="mV", low=-110, high=-60, symbol="EK",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    persistent_mv: float = quantity(
        60, _("Reversal potential of the persistent current"), unit="mV", low=0, high=120,
        symbol="EP", source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    half_active_mv: float = quantity(
        -53.2, _("Half activation of the persistent current"), unit="mV", low=-65, high=-30,
        symbol="V½", source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    slope_mv: float = quantity(
        3.6, _("Slope of that activation"), unit="mV", low=1, high=10, symbol="k", source=_CHOSEN,
        illustrative=True,
    )  # fmt: skip
    persistent_ms: float = quantity(
        60, _("Time constant of the persistent current"), unit="ms", low=5, high=500, symbol="τp",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    afterhyperpolarisation_ms: float = quantity(
        80, _("Time constant of the after-hyperpolarisation"), unit="ms", low=5, high=300,
        symbol="τA", source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    threshold_mv: float = quantity(
        -52, _("Threshold"), unit="mV", low=-58, high=-40, symbol="θ", source=_CHOSEN,
        illustrative=True,
    )  # fmt: skip
    reset_mv: float = quantity(
        -60, _("Potential after a spike"), unit="mV", low=-80, high=-58, symbol="Vr",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    hold_ms: float = quantity(
        2, _("Time held there"), unit="ms", low=0.5, high=10, symbol="tr", source=_CHOSEN,
        illustrative=True,
    )  # fmt: skip


CELL = Motoneuron()


@dataclass(frozen=True, eq=False)
class MotoneuronRun(Traces):
    """The run of a motoneuron.

    Attributes
    ----------
    time_ms, drive_na, soma_mv, dendrite_mv, persistent_activation : ndarray, shape (n,)
        Time, current into the soma, the two potentials, and the activation of the persistent
        current (0 to 1). Spikes have no waveform here: `soma_mv` jumps to its reset.
    spike_ms : ndarray, shape (spikes,)
        When it fired.
    """

    time_ms: FloatArray
    drive_na: FloatArray
    soma_mv: FloatArray
    dendrite_mv: FloatArray
    persistent_activation: FloatArray
    spike_ms: FloatArray

    def rate_hz(self, start_ms: float, end_ms: float) -> float:
        """Return spikes per second between two times."""
        inside = (self.spike_ms >= start_ms) & (self.spike_ms < end_ms)
        return 1000 * int(inside.sum()) / (end_ms - start_ms)


@dataclass(frozen=True, eq=False)
class Ramp:
    """A motoneuron under a triangular drive.

    Attributes
    ----------
    recruited_na, derecruited_na : float
        Drive at the first and at the last spike; all numbers are NaN with fewer than four spikes.
    recruited_hz, derecruited_hz : float
        Mean rate over the first and over the last three intervals.
    fastest_hz : float
        Rate at the shortest interval.
    run : MotoneuronRun
        The whole run.
    """

    recruited_na: float
    recruited_hz: float
    derecruited_na: float
    derecruited_hz: float
    fastest_hz: float
    run: MotoneuronRun


def _drive_at(drive: npt.ArrayLike, name: str, times_ms: FloatArray) -> FloatArray:
    """Return a piecewise linear drive at the given times."""
    corners = checked_array(name, drive, ndim=2)
    if corners.shape[1:] != (2,) or not len(corners):
        shape = _("shape {shape}", shape=corners.shape)
        raise NotAllowedError(name, shape, _("pairs of time and current"))
    corner_ms, corner_na = corners.T
    current = _("{name} current", name=name)
    checked_array(current, corner_na, low=-STRONGEST_NA, high=STRONGEST_NA, unit="nA")
    if np.any(np.diff(corner_ms) < 0):
        raise NotAllowedError(name, _("times that fall"), _("pairs in order of time"))
    result: FloatArray = np.interp(times_ms, corner_ms, corner_na)
    return result


def simulate(
    motoneuron: Motoneuron,
    drive: npt.ArrayLike,
    duration_ms: float,
    *,
    dendrite_drive: npt.ArrayLike = ((0.0, 0.0),),
    noise_na: float = 0.0,
    seed: int | None = None,
    dt_ms: float = 0.05,
    sample_ms: float = 1.0,
) -> MotoneuronRun:
    """Run a motoneuron from rest.

    Parameters
    ----------
    motoneuron : Motoneuron
        The cell.
    drive : array_like, shape (n, 2)
        Corners ``(time_ms, current_na)`` of the current into the soma, joined by straight lines and
        constant outside them; two corners at one time make a step. Within ±100 nA.
    duration_ms : float
        How long to run.
    dendrite_drive : array_like, shape (n, 2)
        The same for the current into the dendrite; by default none.
    noise_na : float
        Standard deviation of an added random current that takes a new value every millisecond.
    seed : int, optional
        Makes the noise repeatable; required if there is noise, unused otherwise.
    dt_ms : float
        Time step, at most 1 ms.
    sample_ms : float
        Sampling interval of the result, rounded to whole steps. Spike times do not depend on it.

    Returns
    -------
    MotoneuronRun
        Potentials, drive and persistent current over time, and spike times.

    Raises
    ------
    NotAllowedError
        If the drive is not a list of corners in order, noise is given without a seed, or another
        argument is out of range.

    References
    ----------
    Booth, Rinzel & Kiehn 1997, doi:10.1152/jn.1997.78.6.3371; fitted to thenar units in the spasms
    of people with spinal cord injury, doi:10.3389/fnhum.2014.00922.

    Examples
    --------
    >>> simulate(Motoneuron(), [(0, 6.0)], duration_ms=1000).rate_hz(500, 1000)
    6.0
    """
    dt = checked_number("dt_ms", dt_ms, low=0.001, high=1, unit="ms")
    longest_ms = LONGEST_RUN_STEPS * dt
    duration = checked_number("duration_ms", duration_ms, low=dt, high=longest_ms, unit="ms")
    noise = checked_number("noise_na", noise_na, low=0, high=STRONGEST_NA, unit="nA")
    sample = checked_number("sample_ms", sample_ms, low=0, high=duration, unit="ms")

    steps = round(duration / dt)
    stride = max(round(sample / dt), 1)
    middle_ms = (np.arange(steps, dtype=np.float64) + 0.5) * dt
    soma_na = _drive_at(drive, "drive", middle_ms)
    soma_na = soma_na + stepwise_noise(noise, seed, steps=steps, dt_ms=dt, every_ms=_NOISE_MS)
    dendrite_na = _drive_at(dendrite_drive, "dendrite_drive", middle_ms)

    from twitchlib.physiology._motoneuron_loop import motoneuron_loop

    traces = np.empty((-(-steps // stride), 3))
    spike_ms = np.empty(int(duration / motoneuron.hold_ms) + 2)
    cell = np.array(dataclasses.astuple(motoneuron))
    spikes = motoneuron_loop(soma_na, dendrite_na, dt, stride, cell, traces, spike_ms)
    return MotoneuronRun(
        time_ms=np.arange(len(traces), dtype=np.float64) * (stride * dt),
        drive_na=soma_na[::stride],
        soma_mv=traces[:, 0],
        dendrite_mv=traces[:, 1],
        persistent_activation=traces[:, 2],
        spike_ms=spike_ms[:spikes].copy(),
    )


def ramp(motoneuron: Motoneuron, peak_na: float = 20.0, rise_ms: float = 5000.0) -> Ramp:
    """Raise the drive linearly to a peak and lower it again.

    A cell with a persistent inward current stops firing at a lower drive than that at which it
    started: the dendrite has taken over part of the excitation.

    Parameters
    ----------
    motoneuron : Motoneuron
        The cell.
    peak_na : float
        Drive at the peak, up to 100 nA.
    rise_ms : float
        Time to rise, and again to fall; 100 to 60 000 ms.

    Raises
    ------
    NotAllowedError
        If an argument is out of range.

    Examples
    --------
    >>> test = ramp(Motoneuron())
    >>> bool(test.derecruited_na < test.recruited_na)
    True
    """
    peak = checked_number("peak_na", peak_na, low=0, high=STRONGEST_NA, unit="nA")
    rise = checked_number("rise_ms", rise_ms, low=100, high=60_000, unit="ms")
    run = simulate(motoneuron, [(0, 0), (rise, peak), (2 * rise, 0)], 2 * rise)
    spikes = run.spike_ms
    if spikes.size <= _INTERVALS:
        return Ramp(math.nan, math.nan, math.nan, math.nan, math.nan, run)
    drive_na = peak * (1 - np.abs(spikes / rise - 1))
    return Ramp(
        recruited_na=float(drive_na[0]),
        recruited_hz=1000 * _INTERVALS / float(spikes[_INTERVALS] - spikes[0]),
        derecruited_na=float(drive_na[-1]),
        derecruited_hz=1000 * _INTERVALS / float(spikes[-1] - spikes[-1 - _INTERVALS]),
        fastest_hz=1000 / float(np.diff(spikes).min()),
        run=run,
    )
