"""Where a steady potential cannot last: the Hopf points of a membrane.

A steady current holds a membrane at a potential, where each gate has settled. Whether the membrane
stays there is decided by the eigenvalues of its equations around that state: if one of them has a
positive real part, the smallest disturbance grows into firing.

Examples
--------
>>> [round(current, 1) for current in hopf_currents_ua_cm2()]
[9.8, 154.5]
"""

from __future__ import annotations

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.physiology.axon import SQUID, Axon, steady_current_ua_cm2

__all__ = ["hopf_currents_ua_cm2"]


def _growth_per_ms(axon: Axon, potential_mv: float) -> float:
    """Return how fast a small disturbance of the steady state at a potential grows."""
    rates = axon.rates_per_ms(potential_mv)
    gates = rates[:, 0] / rates.sum(axis=1)

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


def hopf_currents_ua_cm2(axon: Axon = SQUID) -> tuple[float, ...]:
    """Return the steady currents at which the steady state stops or starts to be stable.

    Between the two that an ordinary squid axon has, no steady potential can last: the membrane
    must fire.

    Returns
    -------
    tuple of float
        In µA/cm², in the order of the potentials at which they hold the membrane.

    Examples
    --------
    >>> [round(i, 1) for i in hopf_currents_ua_cm2(SQUID)]
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
