"""The spikes of many motoneurons of one kind, without their traces."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.physiology.motoneuron import Motoneuron

__all__ = ["spikes_ms"]


def spikes_ms(
    motoneuron: Motoneuron, drives: Sequence[FloatArray], ends_ms: Sequence[float], *, dt_ms: float
) -> list[FloatArray]:
    """Return when each cell fires, as `motoneuron.simulate` would for one drive after another.

    Parameters
    ----------
    motoneuron : Motoneuron
        The parameters of all cells.
    drives : sequence of ndarray, shape (n, 2)
        Each cell's drive, as in `motoneuron.simulate`, but not checked.
    ends_ms : sequence of float
        How long each cell runs.
    dt_ms : float
        Time step.
    """
    from twitchlib.physiology._motoneuron_loop import COMPILES, SIDE_BY_SIDE, motoneurons_loop

    cell = np.array(dataclasses.astuple(motoneuron))
    found: list[FloatArray] = []
    for first in range(0, len(drives), SIDE_BY_SIDE):
        batch = slice(first, first + SIDE_BY_SIDE)
        steps = [round(end_ms / dt_ms) for end_ms in ends_ms[batch]]
        middle_ms = (np.arange(max(steps), dtype=np.float64) + 0.5) * dt_ms
        width = SIDE_BY_SIDE if COMPILES else len(steps)
        soma_na = np.zeros((middle_ms.size, width))
        for i, corners in enumerate(drives[batch]):
            soma_na[:, i] = np.interp(middle_ms, *corners.T)
        room = int(middle_ms.size * dt_ms / motoneuron.hold_ms) + 2
        fired_ms = np.empty((width, room))
        spikes = np.zeros(width, dtype=np.int64)
        motoneurons_loop(soma_na, dt_ms, cell, fired_ms, spikes)
        # A cell that ends before its neighbours has run on with them.
        for i, count in enumerate(steps):
            own_ms = fired_ms[i, : spikes[i]]
            found.append(own_ms[own_ms <= count * dt_ms])
    return found
