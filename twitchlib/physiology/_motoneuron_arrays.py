"""Time-stepping of motoneurons side by side where there is no compiler: few calls on whole arrays.

A call of numpy takes as long for sixty numbers as for one, and a step of a cell in Python as long
as one or two calls. So both potentials of all cells are one array, and what differs between soma
and dendrite are numbers by which it is multiplied. Each potential is measured from where a current
of its own has no effect, the soma's from the reversal of potassium and the dendrite's from that of
the persistent current: there these currents only set how fast and how far a potential goes.
"""

import math
from typing import Any

import numpy as np

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.compiled import indexed

__all__ = ["motoneurons_in_arrays"]

# Steps whose drive is made ready at once: few enough to stay in a processor's cache.
_AT_ONCE = 256


def motoneurons_in_arrays(
    soma_na: FloatArray, dt: float, cell: FloatArray, spike_ms: FloatArray, spikes: IntArray
) -> None:
    """Do what `_motoneuron_loop.motoneurons_loop` does, for any number of cells, to rounding."""
    c_s, c_d, g_ls, g_ld, g_c, g_pic, g_ahp, e_l, e_k, e_pic = map(float, cell[:10])
    half_mv, slope_mv, tau_pic, tau_ahp, threshold, reset, hold = map(float, cell[10:])
    steps, cells = soma_na.shape
    keep_p = math.exp(-dt / tau_pic)
    per_s, per_d = -dt / c_s, -dt / c_d

    # Soma and dendrite, one after the other: mV above potassium's reversal, and slopes of the
    # activation below the persistent current's.
    v = np.repeat([e_l - e_k, (e_pic - e_l) / slope_mv], cells)
    # Conductances that change and those that do not, each by how fast it moves its potential.
    p = 1 / (1 + math.exp((half_mv - e_l) / slope_mv))
    own = np.repeat([0.0, per_d * g_pic * p], cells)
    rest = np.repeat([per_s * (g_ls + g_c), per_d * (g_ld + g_c)], cells)
    keep = np.repeat([math.exp(-dt / tau_ahp), keep_p], cells)
    tie = np.repeat([-per_s * g_c * slope_mv, -per_d * g_c / slope_mv], cells).reshape(2, cells)
    to_soma = g_ls * (e_l - e_k) + g_c * (e_pic - e_k)
    to_dendrite = per_d * (g_ld * (e_pic - e_l) + g_c * (e_pic - e_k)) / slope_mv
    # The activation goes to far / (far + exp(v)), in these units of the dendrite's potential.
    far = np.full(cells, math.exp((e_pic - half_mv) / slope_mv))
    turned_on = per_d * g_pic * (1 - keep_p) * far

    total, left, goal, active = (np.empty(size) for size in (v.size, v.size, v.size, cells))
    v_s, v_d, own_d = v[:cells], v[cells:], own[cells:]
    others, goals = v.reshape(2, cells)[::-1], goal.reshape(2, cells)
    driven = np.empty((_AT_ONCE, 2 * cells))
    driven[:, cells:] = to_dendrite
    soma, aimed, kept, after = indexed(v_s), indexed(goal), indexed(left), indexed(own)
    threshold, reset, jump = threshold - e_k, reset - e_k, per_s * g_ahp
    held: dict[Any, float] = {}
    # Names of this function, arrays instead of numbers, and one for each result all save time.
    add, subtract, multiply, divide, exp, highest = (
        np.add, np.subtract, np.multiply, np.divide, np.exp, v_s.argmax
    )  # fmt: skip
    k = 0
    for first in range(0, steps, _AT_ONCE):
        some = soma_na[first : first + _AT_ONCE]
        driven[: len(some), :cells] = per_s * (some + to_soma)
        for drive in driven[: len(some)]:
            exp(v_d, active)
            add(active, far, active)
            divide(turned_on, active, active)
            multiply(own, keep, own)
            add(own_d, active, own_d)
            add(own, rest, total)
            exp(total, left)
            multiply(tie, others, goals)
            add(goal, drive, goal)
            divide(goal, total, goal)
            subtract(v, goal, v)
            multiply(v, left, v)
            add(v, goal, v)
            k += 1
            if held:
                for i in [*held]:
                    if k * dt <= held[i]:
                        soma[i] = reset
                    else:
                        del held[i]
            i = highest()
            while (reached := soma[i]) >= threshold and i not in held:
                begun = aimed[i] + (reached - aimed[i]) / kept[i]
                if spikes[i] < spike_ms.shape[1]:
                    fraction = (threshold - begun) / (reached - begun)
                    spike_ms[i, spikes[i]] = (k - 1 + fraction) * dt
                spikes[i] += 1
                soma[i] = reset
                after[i] += jump
                held[i] = k * dt + hold
                i = highest()
