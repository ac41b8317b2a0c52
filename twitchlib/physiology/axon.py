"""Nerve impulses in a squid axon or at a node of a mammalian motor axon.

Examples
--------
>>> run = simulate(SquidAxon(), [(1, 1, 20)], duration_ms=20)
>>> run.spike_ms.round(1), round(run.potential_mv.max())
(array([2.3]), 40)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from twitchlib.arrays import FloatArray, Traces, checked_number
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.physiology._noise import stepwise_noise
from twitchlib.physiology.membranes import Axon, MotorNode, SquidAxon
from twitchlib.quantity import Quantities, quantity

__all__ = [
    "Axon", "AxonRun", "MotorNode", "Pulse", "SquidAxon", "simulate",
]  # fmt: skip

SQUID = SquidAxon()

LONGEST_RUN_STEPS = 5_000_000
STRONGEST_UA_CM2 = 5000.0

_LOWEST_MV = -130.0
_TEARING_MV = 1000.0
_SAMPLE_MS = 0.02
_NOISE_MS = 0.1
_SHORTEST_INTERVAL_MS = 0.2


@dataclass(frozen=True)
class Pulse(Quantities):
    """A rectangular current pulse into the membrane."""

    start_ms: float = quantity(
        1, _("Start of the pulse"), unit="ms", low=0, high=10_000, step=0.1,
        source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip
    width_ms: float = quantity(
        1, _("Width of the pulse"), unit="ms", low=0.001, high=10_000, step=0.1,
        source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip
    current_ua_cm2: float = quantity(
        20, _("Stimulus"), unit="µA/cm²", low=-STRONGEST_UA_CM2, high=STRONGEST_UA_CM2, step=0.5,
        symbol="I", source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class AxonRun(Traces):
    """The run of a membrane.

    Attributes
    ----------
    time_ms, potential_mv, stimulus_ua_cm2 : ndarray, shape (n,)
        Time, membrane potential, and injected current.
    gates : dict of str to ndarray, shape (n,)
        Each gate by name (``gate_m``, …), from 0 (shut) to 1 (open).
    currents : dict of str to ndarray, shape (n,)
        Current through each kind of channel (``sodium_ua_cm2``, …), outward positive.
    spike_ms : ndarray, shape (spikes,)
        When the potential crossed 0 mV upwards.
    """

    time_ms: FloatArray
    potential_mv: FloatArray
    stimulus_ua_cm2: FloatArray
    gates: dict[str, FloatArray]
    currents: dict[str, FloatArray]
    spike_ms: FloatArray


def steady_gates(axon: Axon, potential_mv: float) -> FloatArray:
    """Return the gates of a membrane that has long been at a potential."""
    rates = axon.rates_per_ms(potential_mv)
    steady: FloatArray = rates[:, 0] / rates.sum(axis=1)
    return steady


def steady_current_ua_cm2(axon: Axon, potential_mv: float) -> float:
    """Return the steady current that holds a membrane at a potential.

    Raises
    ------
    NotAllowedError
        If `potential_mv` is not from -1000 to 1000 mV; real membranes break down long before.

    Examples
    --------
    >>> round(steady_current_ua_cm2(SQUID, -60), 1)
    8.9
    """
    potential_mv = checked_number(
        "potential_mv", potential_mv, low=-_TEARING_MV, high=_TEARING_MV, unit="mV"
    )
    gates = steady_gates(axon, potential_mv)[:, np.newaxis]
    through = axon.currents_ua_cm2(np.array([potential_mv]), gates)
    return sum(float(current[0]) for current in through.values())


def rest(axon: Axon) -> dict[str, float]:
    """Return the resting state: a potential at which no net current flows, and the gates there.

    In ordinary surroundings that is the lowest such potential; in others it is the first that the
    membrane reaches from there. It may be unstable: with high potassium or a large shift of the
    gates the membrane fires on its own.

    Returns
    -------
    dict of str to float
        ``potential_mv`` and the value of each gate.

    Examples
    --------
    >>> round(rest(MotorNode())["potential_mv"], 2)
    -81.4
    """
    potential_mv = _rest_mv(axon)
    gates = steady_gates(axon, potential_mv)
    named = {f"gate_{name}": float(x) for name, x in zip(axon.gate_names, gates, strict=True)}
    return {"potential_mv": potential_mv, **named}


@lru_cache(maxsize=128)
def _rest_mv(axon: Axon) -> float:
    ordinary = axon.replace(potassium_ratio=1.0, gating_shift_mv=0.0)
    at_mv, step_mv = (_LOWEST_MV, 5.0) if axon == ordinary else (_rest_mv(ordinary), 1.0)
    inward = steady_current_ua_cm2(axon, at_mv) < 0
    if not inward:
        step_mv = -step_mv
    while (steady_current_ua_cm2(axon, at_mv) < 0) == inward:
        at_mv += step_mv
    near, far = at_mv - step_mv, at_mv
    while abs(far - near) > 1e-7:
        middle = (near + far) / 2
        if (steady_current_ua_cm2(axon, middle) < 0) == inward:
            near = middle
        else:
            far = middle
    return far


def _current_per_step(
    pulses: Sequence[Pulse | tuple[float, float, float]], steps: int, dt: float
) -> FloatArray:
    """Return the mean current in each step; a pulse's charge then does not depend on `dt`."""
    current = np.zeros(steps)
    for given in pulses:
        pulse = given if isinstance(given, Pulse) else Pulse(*given)
        end_ms = pulse.start_ms + pulse.width_ms
        first = min(int(pulse.start_ms / dt), steps)
        last = min(int(end_ms / dt) + 1, steps)
        left = np.arange(first, last) * dt
        covered = np.minimum(left + dt, end_ms) - np.maximum(left, pulse.start_ms)
        current[first:last] += pulse.current_ua_cm2 * np.clip(covered / dt, 0, 1)
    return current


def _run(
    axon: Axon, current: FloatArray, dt: float, stride: int, start: Mapping[str, float]
) -> tuple[FloatArray, FloatArray]:
    """Return one row of state per sample, and the spike times."""
    state = np.array(list(start.values()))
    traces = np.empty((-(-current.size // stride), state.size))
    spike_ms = np.empty(int(current.size * dt / _SHORTEST_INTERVAL_MS) + 8)
    spikes, lost = axon._loop()(current, dt, stride, state, axon._packed(), traces, spike_ms)
    if lost >= 0:
        raise NotAllowedError(
            "pulses", float(current[lost]), _("weak enough to keep the potential within ±500 mV")
        )
    return traces, spike_ms[:spikes].copy()


def spike_times_ms(
    axon: Axon,
    pulses: Sequence[Pulse | tuple[float, float, float]],
    duration_ms: float,
    start: Mapping[str, float],
) -> FloatArray:
    """Return a membrane's spike times without its traces, for code that needs many runs.

    The run starts from a state returned by `rest`; everything else is as for `simulate`.

    Examples
    --------
    >>> spike_times_ms(SQUID, [(5, 1, 20)], 20, rest(SQUID)).size
    1
    """
    steps = round(duration_ms / axon.dt_ms)
    current = _current_per_step(pulses, steps, axon.dt_ms)
    return _run(axon, current, axon.dt_ms, steps, start)[1]


def simulate(
    axon: Axon,
    pulses: Sequence[Pulse | tuple[float, float, float]],
    duration_ms: float,
    *,
    before: Axon | None = None,
    noise_ua_cm2: float = 0.0,
    seed: int | None = None,
    dt_ms: float | None = None,
    sample_ms: float = _SAMPLE_MS,
) -> AxonRun:
    """Run a membrane, starting from rest.

    Parameters
    ----------
    axon : SquidAxon or MotorNode
        The membrane.
    pulses : sequence of Pulse or (start_ms, width_ms, current_ua_cm2)
        Injected currents; they add up. Positive depolarises.
    duration_ms : float
        How long to run.
    before : SquidAxon or MotorNode, optional
        The membrane before time 0, for example with other ions around it; the run starts from its
        rest. By default `axon` itself.
    noise_ua_cm2 : float
        Standard deviation of an added random current that takes a new value every 0.1 ms.
    seed : int, optional
        Makes the noise repeatable; required if there is noise, unused otherwise. The same seed
        gives the same noise whatever the time step.
    dt_ms : float, optional
        Time step; by default 0.01 ms, at most 0.05 ms for the squid axon and 0.01 ms for the node.
    sample_ms : float
        Sampling interval of the result, rounded to whole steps. Spike times do not depend on it.

    Returns
    -------
    AxonRun
        Potential, stimulus, gates and currents over time, and spike times.

    Raises
    ------
    NotAllowedError
        If a pulse, the duration or the step is out of range, the run takes more than five million
        steps, noise is given without a seed, or the stimulus drives the potential beyond ±500 mV.

    References
    ----------
    Hodgkin & Huxley 1952, doi:10.1113/jphysiol.1952.sp004764; McIntyre, Richardson & Grill 2002,
    doi:10.1152/jn.00353.2001.

    Examples
    --------
    >>> len(simulate(SquidAxon(), [(0, 200, 10)], duration_ms=200).spike_ms)
    14
    """
    dt = checked_number(
        "dt_ms", axon.dt_ms if dt_ms is None else dt_ms, low=1e-5, high=axon.longest_dt_ms,
        unit="ms",
    )  # fmt: skip
    longest_ms = LONGEST_RUN_STEPS * dt
    duration = checked_number("duration_ms", duration_ms, low=dt, high=longest_ms, unit="ms")
    noise = checked_number("noise_ua_cm2", noise_ua_cm2, low=0, high=STRONGEST_UA_CM2)
    sample = checked_number("sample_ms", sample_ms, low=0, high=duration, unit="ms")
    if before is not None and type(before) is not type(axon):
        allowed = _("a {membrane}", membrane=type(axon).__name__)
        raise NotAllowedError("before", type(before).__name__, allowed)

    steps, stride = round(duration / dt), max(round(sample / dt), 1)
    current = _current_per_step(pulses, steps, dt)
    current += stepwise_noise(noise, seed, steps=steps, dt_ms=dt, every_ms=_NOISE_MS)
    traces, spike_ms = _run(axon, current, dt, stride, rest(before or axon))
    potential_mv, gates = traces[:, 0], traces[:, 1:].T
    return AxonRun(
        time_ms=np.arange(len(traces), dtype=np.float64) * (stride * dt),
        potential_mv=potential_mv,
        stimulus_ua_cm2=current[::stride],
        gates={f"gate_{name}": gate for name, gate in zip(axon.gate_names, gates, strict=True)},
        currents=axon.currents_ua_cm2(potential_mv, gates),
        spike_ms=spike_ms,
    )
