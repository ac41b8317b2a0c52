"""Time-stepping of motoneurons side by side without a compiler, in few calls on whole arrays.

A numpy call takes as long for sixty numbers as for one, and a step of one cell in plain Python as
long as one or two calls. So the potentials of all somata and dendrites share one array, and the two
compartments differ only in the coefficients that multiply it. Each potential is measured from the
reversal of its compartment's own current (potassium in the soma, the persistent current in the
dendrite): that current then only sets how fast and how far the potential moves.
"""

import math
from typing import Any

import numpy as np

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.compiled import indexed

__all__ = ["motoneurons_in_arrays"]

# Steps whose drive is prepared at a time: few enough to stay in the processor's cache.
_AT_ONCE = 256


def motoneurons_in_arrays(
    soma_na: FloatArray, dt: float, cell: FloatArray, spike_ms: FloatArray, spikes: IntArray
) -> None:
    """Do the same as `_motoneuron_loop.motoneurons_loop` (to rounding), for any number of cells."""
    c_s, c_d, g_ls, g_ld, g_c, g_pic, g_ahp, e_l, e_k, e_pic = map(float, cell[:10])
    half_mv, slope_mv, tau_pic, tau_ahp, threshold, reset, hold = map(float, cell[10:])
    steps, cells = soma_na.shape
    keep_p = math.exp(-dt / tau_pic)
    per_s, per_d = -dt / c_s, -dt / c_d

    # Somata, then dendrites: in mV above potassium's reversal, and in units of `slope_mv` below
    # that of the persistent current.
    v = np.repeat([e_l - e_k, (e_pic - e_l) / slope_mv], cells)
    # Conductances that vary and those that do not, as the rates at which they move a potential.
    p = 1 / (1 + math.exp((half_mv - e_l) / slope_mv))
    varying = np.repeat([0.0, per_d * g_pic * p], cells)
    constant = np.repeat([per_s * (g_ls + g_c), per_d * (g_ld + g_c)], cells)
    keep = np.repeat([math.exp(-dt / tau_ahp), keep_p], cells)
    couple = np.repeat([-per_s * g_c * slope_mv, -per_d * g_c / slope_mv], cells).reshape(2, cells)
    to_soma = g_ls * (e_l - e_k) + g_c * (e_pic - e_k)
    to_dendrite = per_d * (g_ld * (e_pic - e_l) + g_c * (e_pic - e_k)) / slope_mv
    # In these units of the dendrite's potential, the activation tends to far / (far + exp(v)).
    far = np.full(cells, math.exp((e_pic - half_mv) / slope_mv))
    turned_on = per_d * g_pic * (1 - keep_p) * far

    total, left, goal, active = (np.empty(size) for size in (v.size, v.size, v.size, cells))
    v_s, v_d, varying_d = v[:cells], v[cells:], varying[cells:]
    others, goals = v.reshape(2, cells)[::-1], goal.reshape(2, cells)
    driven = np.empty((_AT_ONCE, 2 * cells))
    driven[:, cells:] = to_dendrite
    soma_at, goal_at, left_at, varying_at = (indexed(each) for each in (v_s, goal, left, varying))
    threshold, reset, jump = threshold - e_k, reset - e_k, per_s * g_ahp
    held: dict[Any, float] = {}
    # Local names, arrays in place of scalars, and an output array for each result all save time.
    add, subtract, multiply, divide, exp, highest = (
        np.add, np.subtract, np.multiply, np.divide, np.exp, v_s.argmax
    )  # fmt: skip
    k = 0
    for first in range(0, steps, _AT_ONCE):
        batch = soma_na[first : first + _AT_ONCE]
        driven[: len(batch), :cells] = per_s * (batch + to_soma)
        for drive in driven[: len(batch)]:
            exp(v_d, active)
            add(active, far, active)
            divide(turned_on, active, active)
            multiply(varying, keep, varying)
            add(varying_d, active, varying_d)
            add(varying, constant, total)
            exp(total, left)
            multiply(couple, others, goals)
            add(goal, drive, goal)
            divide(goal, total, goal)
            subtract(v, goal, v)
            multiply(v, left, v)
            add(v, goal, v)
            k += 1
            if held:
                for i in [*held]:
                    if k * dt <= held[i]:
                        soma_at[i] = reset
                    else:
                        del held[i]
            i = highest()
            while (reached := soma_at[i]) >= threshold and i not in held:
                begun = goal_at[i] + (reached - goal_at[i]) / left_at[i]
                if spikes[i] < spike_ms.shape[1]:
                    fraction = (threshold - begun) / (reached - begun)
                    spike_ms[i, spikes[i]] = (k - 1 + fraction) * dt
                spikes[i] += 1
                soma_at[i] = reset
                varying_at[i] += jump
                held[i] = k * dt + hold
                i = highest()
