"""A myelinated motor axon, along which a nerve impulse travels.

The double cable of McIntyre, Richardson and Grill: nodes of Ranvier with fast and persistent
sodium, slow potassium and leak channels, and between any two of them ten parts of internode, whose
wall and myelin are passive with a narrow conducting space in between. An impulse may start at any
node: from an injected current, from an electrode outside, or where a stretch of the axon lies in
different salts from the rest.

Examples
--------
>>> run = simulate(MyelinatedAxon(), [Injection(node=0)], duration_ms=3)
>>> round(run.velocity_m_s)
56
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray, checked_number
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.physiology._assembled import Assembled, assembled
from twitchlib.physiology.fibres import Electrode, Injection, MyelinatedAxon, Stretch

__all__ = [
    "CableRun", "Electrode", "Injection", "MyelinatedAxon", "Stretch", "simulate",
]  # fmt: skip

LONGEST_RUN_STEPS = 200_000
STEP_MS = 0.005
_LONGEST_STEP_MS = 0.01
_SAMPLE_MS = 0.02
_WEAK_NA, _STRONGEST_NA = 0.5, 16.0
# Relative precision of a threshold: enough for a card or a figure.
_PRECISION = 0.002
_ANSWER_MS = 3.0
# Neighbouring nodes that fire within this time of each other began together.
_AT_ONCE_MS = 0.05

Stimulus = Injection | Electrode


@dataclass(frozen=True, eq=False)
class CableRun:
    """The run of a myelinated axon.

    Attributes
    ----------
    time_ms : ndarray, shape (n,)
        Time of each sample.
    place_mm : ndarray, shape (places,)
        Distance from the first node: of every node and every part in between.
    potential_mv : ndarray, shape (n, places)
        Potential inside, relative to the outside.
    node_mm : ndarray, shape (nodes,)
        Place of each node.
    spike_ms : tuple of ndarray
        For each node, when its potential crossed 0 mV upwards.
    """

    time_ms: FloatArray
    place_mm: FloatArray
    potential_mv: FloatArray
    node_mm: FloatArray
    spike_ms: tuple[FloatArray, ...]

    @property
    def arrival_ms(self) -> FloatArray:
        """When the first impulse reached each node; NaN where none did."""
        return np.array([times[0] if times.size else np.nan for times in self.spike_ms])

    @property
    def starts(self) -> tuple[int, ...]:
        """The nodes whose first spike began there and did not arrive from elsewhere."""
        found: list[int] = []
        for node in np.argsort(self.arrival_ms)[: np.isfinite(self.arrival_ms).sum()].tolist():
            if all(self._apart(node, earlier) for earlier in found):
                found.append(node)
        return tuple(sorted(found))

    def _apart(self, node: int, start: int) -> bool:
        """Return whether a spike at `node` cannot have come from `start`.

        Along the way of a spike, each node that fires does so later than the one before.
        """
        way_ms = self.arrival_ms[range(start, node, 1 if node > start else -1)]
        return bool(np.nanmax(way_ms) > self.arrival_ms[node] + _AT_ONCE_MS)

    @property
    def reached_ends(self) -> tuple[bool, bool]:
        """Whether a spike reached the first node, and the last."""
        near, far = np.isfinite(self.arrival_ms[[0, -1]])
        return bool(near), bool(far)

    @property
    def meeting_mm(self) -> float:
        """Where the outermost two spikes meet: the mean place of the nodes to fire last."""
        between = slice(self.starts[0], self.starts[-1] + 1)
        when = np.round(self.arrival_ms[between], 4)
        return float(self.node_mm[between][when == np.nanmax(when)].mean())

    @property
    def velocity_m_s(self) -> float:
        """Speed of the first impulse over the middle half of the axon; NaN if it does not cross."""
        quarter = self.node_mm.size // 4
        middle = slice(quarter, self.node_mm.size - quarter)
        place_mm, time_ms = self.node_mm[middle], self.arrival_ms[middle]
        if abs(np.sign(np.diff(time_ms)).sum()) != time_ms.size - 1:  # not one way, or not at all
            return math.nan
        return float(abs((place_mm[-1] - place_mm[0]) / (time_ms[-1] - time_ms[0])))


def simulate(
    axon: MyelinatedAxon,
    stimuli: Sequence[Injection | Electrode],
    duration_ms: float,
    *,
    stretches: Sequence[Stretch] = (),
    dt_ms: float = STEP_MS,
    sample_ms: float = _SAMPLE_MS,
    splits: int = 1,
) -> CableRun:
    """Run a myelinated axon, starting from rest.

    Parameters
    ----------
    axon : MyelinatedAxon
        The axon.
    stimuli : sequence of Injection or Electrode
        What is done to it; the effects add up.
    duration_ms : float
        How long to run.
    stretches : sequence of Stretch
        Stretches in other salts, which act from time 0, or with less myelin. Where two overlap, the
        later one in the sequence counts.
    dt_ms : float
        Time step, at most 0.01 ms.
    sample_ms : float
        Sampling interval of the result, rounded to whole steps. Spike times do not depend on it.
    splits : int
        Number of compartments into which each of the ten parts of an internode is cut, 1 to 8.

    Returns
    -------
    CableRun
        Potential over time and place, and when each node fired.

    Raises
    ------
    NotAllowedError
        If a given node does not exist, a stretch ends before it begins, the duration, the step or
        the number of splits is out of range, or a stimulus drives a node 600 mV away from rest.

    References
    ----------
    McIntyre, Richardson & Grill 2002, doi:10.1152/jn.00353.2001.

    Examples
    --------
    >>> site = Stretch(first_node=10, last_node=10, gating_shift_mv=-12)
    >>> run = simulate(MyelinatedAxon(), [], 5, stretches=[site])
    >>> int(run.arrival_ms.argmin())
    10
    """
    dt = checked_number("dt_ms", dt_ms, low=1e-4, high=_LONGEST_STEP_MS, unit="ms")
    longest_ms = LONGEST_RUN_STEPS * dt
    duration = checked_number("duration_ms", duration_ms, low=dt, high=longest_ms, unit="ms")
    sample = checked_number("sample_ms", sample_ms, low=0, high=duration, unit="ms")
    cuts = int(checked_number("splits", splits, low=1, high=8, integer=True))
    for stimulus in stimuli:
        _check_node(axon, "node", stimulus.node)
    for stretch in stretches:
        _check_node(axon, "last_node", stretch.last_node)
        if stretch.first_node > stretch.last_node:
            allowed = _("at most last_node, {last}", last=stretch.last_node)
            raise NotAllowedError("first_node", stretch.first_node, allowed)

    fibre = assembled(axon, tuple(stretches), dt, cuts)
    steps, stride = round(duration / dt), max(round(sample / dt), 1)
    return _run(fibre, stimuli, steps, stride)


def _check_node(axon: MyelinatedAxon, name: str, node: int) -> None:
    checked_number(name, node, low=0, high=axon.nodes - 1, integer=True)


def _run(fibre: Assembled, stimuli: Sequence[Stimulus], steps: int, stride: int) -> CableRun:
    from twitchlib.physiology._cable_loop import LIMIT_MV, cable_loop

    nodes, dt = fibre.node_mm.size, fibre.dt_ms
    injected_na = np.zeros((steps, nodes))
    electrodes = [stimulus for stimulus in stimuli if isinstance(stimulus, Electrode)]
    fields = np.zeros((steps, len(electrodes)))
    patterns = np.zeros((len(electrodes), *fibre.weights.shape))
    for stimulus in stimuli:
        if isinstance(stimulus, Injection):
            injected_na[:, stimulus.node] += stimulus.current_na * _covered(stimulus, steps, dt)
    for column, electrode in enumerate(electrodes):
        into_nodes_na, patterns[column] = fibre.driven_by(electrode)
        fields[:, column] = _covered(electrode, steps, dt)
        injected_na += fields[:, column, np.newaxis] * into_nodes_na

    relative_mv = np.empty((steps + 1, nodes))
    inward = np.empty((steps + 1, nodes))
    weights = np.empty((steps // stride + 1, *fibre.weights.shape))
    arguments = injected_na, fields, patterns, *fibre.packed(), stride, relative_mv, weights, inward
    lost = cable_loop(*arguments)
    if lost >= 0:
        allowed = _("weak enough to keep the potential within {limit:g} mV of rest", limit=LIMIT_MV)
        raise NotAllowedError("stimuli", float(np.abs(injected_na[lost]).max()), allowed)
    potential_mv = fibre.rest_mv + relative_mv
    return CableRun(
        time_ms=np.arange(len(weights), dtype=np.float64) * (stride * dt),
        place_mm=fibre.place_mm,
        potential_mv=fibre.along(relative_mv[::stride], weights),
        node_mm=fibre.node_mm,
        spike_ms=tuple(
            _spikes_ms(v, own, dt) for v, own in zip(potential_mv.T, inward.T, strict=True)
        ),
    )


def _covered(pulse: Stimulus, steps: int, dt: float) -> FloatArray:
    """Return how much of each step a pulse fills; its charge then does not depend on `dt`."""
    left = np.arange(steps) * dt
    filled = np.minimum(left + dt, pulse.start_ms + pulse.width_ms)
    covered: FloatArray = np.clip((filled - np.maximum(left, pulse.start_ms)) / dt, 0, 1)
    return covered


def _spikes_ms(potential_mv: FloatArray, inward_na: FloatArray, dt: float) -> FloatArray:
    """Return when a node rose through 0 mV and sustained the rise itself.

    A stimulus that merely pushes it above 0 mV does not count.
    """
    above = potential_mv >= 0
    up = np.flatnonzero(~above[:-1] & above[1:])
    down = np.append(np.flatnonzero(above[:-1] & ~above[1:]) + 1, above.size)
    ends = down[np.searchsorted(down, up, side="right")]
    itself = [bool((inward_na[a:b] > 0).any()) for a, b in zip(up + 1, ends, strict=True)]
    v = potential_mv[up]
    crossed = (up - v / (potential_mv[up + 1] - v)) * dt
    sustained: FloatArray = crossed[np.array(itself, dtype=bool)]
    return sustained


def threshold_na(
    axon: MyelinatedAxon, pulse: Injection, *, before: Sequence[Injection | Electrode] = ()
) -> float:
    """Return the weakest current of a pulse into a node that makes the far end fire.

    Parameters
    ----------
    axon : MyelinatedAxon
        The axon.
    pulse : Injection
        Where and when; its current does not matter.
    before : sequence of Injection or Electrode
        What was done to the axon before. Only impulses that arrive after the pulse count.

    Returns
    -------
    float
        In nA, to within a fifth of a per cent; infinite if even 16 nA are not enough.

    Examples
    --------
    >>> round(threshold_na(MyelinatedAxon(), Injection(node=10)), 1)
    1.0
    """
    far = 0 if pulse.node > axon.nodes // 2 else axon.nodes - 1
    lasting_ms = pulse.start_ms + pulse.width_ms + _ANSWER_MS
    fibre = assembled(axon, (), STEP_MS, 1)
    steps = round(lasting_ms / STEP_MS)

    def fires(current_na: float) -> bool:
        tested = [*before, pulse.replace(current_na=current_na)]
        return bool((_run(fibre, tested, steps, steps).spike_ms[far] > pulse.start_ms).any())

    low, high = 0.0, _WEAK_NA
    while not fires(high):
        if high >= _STRONGEST_NA:
            return math.inf
        low, high = high, 2 * high
    while high - low > _PRECISION * high:
        middle = (low + high) / 2
        low, high = (low, middle) if fires(middle) else (middle, high)
    return high
