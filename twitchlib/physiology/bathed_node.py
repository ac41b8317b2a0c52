"""A node of a motor axon in a given bath: what it does, and how excitable it is.

Examples
--------
>>> state(probe(Plasma(potassium_mm=2.5), seed=0))
'too weak'
>>> state(probe(Plasma(calcium_mm=0.7, magnesium_mm=0), seed=0))
'fires by itself'
"""

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.physiology import axon
from twitchlib.physiology._excitability_grid import DIVALENT_MM, POTASSIUM_MM, STUCK, parsed
from twitchlib.physiology.axon import AxonRun, MotorNode
from twitchlib.physiology.ions import BODY, Plasma, Screening

__all__ = ["State", "probe", "state"]

State = Literal["answers", "too weak", "fires by itself", "blocked"]

ORDINARY_TEST_UA_CM2: Final = 450
TOP_UA_CM2: Final = 1000
TEST_MS: Final = 80
TEST_WIDTH_MS: Final = 0.1

_LENGTH_MS: Final = 100
_SETTLED_MS: Final = 20
_STEP_UA_CM2: Final = 2
# Chosen to set off a node without a stable rest and to leave an ordinary one quiet.
_NOISE_UA_CM2: Final = 2
# Chosen: a node depolarised too far to fire stays above this, a resting one below.
_BLOCKED_MV: Final = -73


@dataclass(frozen=True, eq=False)
class Curve:
    """Threshold of a node against one ion, with all others held constant.

    Attributes
    ----------
    ion_mm : ndarray, shape (n,)
        The ion varied, in mmol/L: potassium, or calcium plus weighted magnesium (`divalent_mm`).
    threshold_ua_cm2 : ndarray, shape (n,)
        Weakest 0.1 ms pulse that makes it fire; NaN where the node is not at rest and excitable.
    states : tuple of str
        State of the node at each concentration, as `state` returns it.
    """

    ion_mm: FloatArray
    threshold_ua_cm2: FloatArray
    states: tuple[State, ...]

    def through(self, ion_mm: float, threshold_ua_cm2: float, state: State) -> "Curve":
        """Return the curve with one more point, replacing any at the same concentration."""
        keep = ~np.isclose(self.ion_mm, ion_mm)
        at = int(np.searchsorted(self.ion_mm[keep], ion_mm))
        states = [one for one, kept in zip(self.states, keep, strict=True) if kept]
        return Curve(
            np.insert(self.ion_mm[keep], at, ion_mm),
            np.insert(self.threshold_ua_cm2[keep], at, threshold_ua_cm2),
            (*states[:at], state, *states[at:]),
        )

    def span(self, state: State) -> tuple[float, float] | None:
        """Return the range of a state, extended halfway to the neighbouring points."""
        at = [i for i, one in enumerate(self.states) if one == state]
        if not at:
            return None
        low, high = max(at[0] - 1, 0), min(at[-1] + 1, self.ion_mm.size - 1)
        return (
            float(self.ion_mm[at[0]] + self.ion_mm[low]) / 2,
            float(self.ion_mm[at[-1]] + self.ion_mm[high]) / 2,
        )


def divalent_mm(plasma: Plasma) -> float:
    """Return calcium plus weighted magnesium, which together shift the gates, in mmol/L.

    Examples
    --------
    >>> round(divalent_mm(Plasma()), 2)
    1.38
    """
    return plasma.calcium_mm + Screening().magnesium_weight * plasma.magnesium_mm


def potassium_curve(plasma: Plasma = BODY) -> Curve:
    """Return the threshold against potassium, with the other salts as in `plasma`.

    It is interpolated linearly in a stored table (`_excitability_grid`).

    Examples
    --------
    >>> potassium_curve().states[-1]
    'blocked'
    """
    return _curve(POTASSIUM_MM, _thresholds(), DIVALENT_MM, divalent_mm(plasma))


def calcium_curve(plasma: Plasma = BODY) -> Curve:
    """Return the threshold against calcium plus weighted magnesium, with potassium as in `plasma`.

    Examples
    --------
    >>> calcium_curve().states[0]
    'fires by itself'
    """
    return _curve(DIVALENT_MM, _thresholds().T, POTASSIUM_MM, plasma.potassium_mm)


_thresholds: Final = cache(parsed)


def _curve(ion_mm: FloatArray, table: FloatArray, others_mm: FloatArray, other_mm: float) -> Curve:
    """Return the curve between the two columns of a table that are nearest to the other salt."""
    left = int(np.clip(np.searchsorted(others_mm, other_mm) - 1, 0, others_mm.size - 2))
    low, high = table[:, left], table[:, left + 1]
    weight = np.clip((other_mm - others_mm[left]) / np.diff(others_mm)[left], 0, 1)
    found = np.where(weight < 0.5, low, high)
    both = np.isfinite(low) & np.isfinite(high)
    found[both] = (1 - weight) * low[both] + weight * high[both]
    states = tuple(_state_at(value) for value in found.tolist())
    return Curve(ion_mm, np.where(found == STUCK, np.nan, found), states)


def _state_at(threshold: float) -> State:
    if math.isnan(threshold):
        return "fires by itself"  # untranslated: a key
    if threshold == STUCK:
        return "blocked"
    return "answers" if threshold < ORDINARY_TEST_UA_CM2 else "too weak"  # untranslated: keys


def probe(plasma: Plasma, test_ua_cm2: float = ORDINARY_TEST_UA_CM2, *, seed: int) -> AxonRun:
    """Run a motor axon's node in a bath, with a test pulse of 0.1 ms at 80 ms.

    The node starts from rest, with a little noise, since no living membrane is quite still.

    Parameters
    ----------
    plasma : Plasma
        The surroundings.
    test_ua_cm2 : float
        Strength of the pulse; by default a fifth above the ordinary threshold.
    seed : int
        Makes the noise repeatable. It matters only where the node is on the verge of firing on its
        own.

    Examples
    --------
    >>> probe(Plasma(), seed=0).spike_ms.round(1)
    array([80.2])
    """
    return axon.simulate(
        MotorNode().bathed(plasma),
        [(TEST_MS, TEST_WIDTH_MS, test_ua_cm2)],
        _LENGTH_MS,
        noise_ua_cm2=_NOISE_UA_CM2,
        seed=seed,
        sample_ms=TEST_WIDTH_MS,
    )


def state(run: AxonRun) -> State:
    """Return the state of a node in a `probe`.

    Examples
    --------
    >>> state(probe(Plasma(), seed=0))
    'answers'
    """
    spikes = run.spike_ms
    if ((spikes > _SETTLED_MS) & (spikes < TEST_MS)).any():
        return "fires by itself"  # untranslated: a key
    if (spikes >= TEST_MS).any():
        return "answers"
    return "blocked" if settled_mv(run) > _BLOCKED_MV else "too weak"  # untranslated: a key


def settled_mv(run: AxonRun) -> float:
    """Return the potential between spikes in a `probe`.

    Examples
    --------
    >>> settled_mv(probe(Plasma(potassium_mm=3), seed=0)) < settled_mv(probe(Plasma(), seed=0))
    True
    """
    before = (run.time_ms > _SETTLED_MS) & (run.time_ms < TEST_MS)
    return float(np.median(run.potential_mv[before]))


def threshold_ua_cm2(plasma: Plasma, state: State) -> float:
    """Return the weakest pulse of 0.1 ms that makes the node fire.

    Found to within 2 µA/cm², which is finer than a figure shows and fast enough for a slider;
    `physiology.excitability.threshold` is exact.

    Parameters
    ----------
    plasma : Plasma
        The surroundings.
    state : str
        State of the node there, as `state` returns it.

    Returns
    -------
    float
        NaN where the node is not at rest, infinite where even 1000 µA/cm² are not enough.

    Examples
    --------
    >>> threshold_ua_cm2(Plasma(), "answers")
    374.0
    """
    if state in ("fires by itself", "blocked"):  # untranslated: keys
        return math.nan
    node = MotorNode().bathed(plasma)
    start = axon.rest(node)

    def fires(strength_ua_cm2: int) -> bool:
        pulse = (0.0, TEST_WIDTH_MS, float(strength_ua_cm2))
        return axon.spike_times_ms(node, [pulse], node.settle_ms, start).size > 0

    strengths = range(0, TOP_UA_CM2 + 1, _STEP_UA_CM2)
    weakest = bisect_left(strengths, True, key=fires)
    return float(strengths[weakest]) if weakest < len(strengths) else math.inf
