"""Time-stepping loops of the motoneuron: one cell with its traces, or many at once."""

import math

import numpy as np

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.compiled import COMPILES as COMPILES
from twitchlib.compiled import compiled, compiled_or, indexed
from twitchlib.physiology._motoneuron_arrays import motoneurons_in_arrays

# Number of cells run at once. Compiled: two vectors of the widest kind; more are hardly faster, and
# need more memory. Without a compiler: at most this many, since many take hardly longer than few.
SIDE_BY_SIDE = 16 if COMPILES else 32
# ln 2, split so that whole multiples of the first part are exact.
_LN2 = math.log(2)
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10


@compiled
def exponentials(x: FloatArray, power: IntArray) -> None:
    """Replace each x by exp(x), to within two units in the last place; `power` is scratch.

    A call to the library's function would keep the compiler from vectorising the loop. Here
    ``exp(x) = 2ⁿ·exp(r)`` with ``|r| ≤ ln(2)/2``, for which thirteen terms of the series are
    enough; 2ⁿ is built from the bits of its exponent, so x is clipped to ±700.
    """
    for i in range(x.size):
        within = min(max(x[i], -700.0), 700.0)
        n = math.floor(within / _LN2 + 0.5)
        r = within - n * _LN2_HIGH - n * _LN2_LOW
        y = 1 / 6227020800
        y = y * r + 1 / 479001600
        y = y * r + 1 / 39916800
        y = y * r + 1 / 3628800
        y = y * r + 1 / 362880
        y = y * r + 1 / 40320
        y = y * r + 1 / 5040
        y = y * r + 1 / 720
        y = y * r + 1 / 120
        y = y * r + 1 / 24
        y = y * r + 1 / 6
        y = y * r + 1 / 2
        y = y * r + 1
        x[i] = y * r + 1
        power[i] = (np.int64(n) + 1023) << 52
    scale = power.view(np.float64)
    for i in range(x.size):
        x[i] *= scale[i]


@compiled
def motoneuron_loop(
    soma_na: FloatArray,
    dendrite_na: FloatArray,
    dt: float,
    stride: int,
    cell: FloatArray,
    traces: FloatArray,
    spike_ms: FloatArray,
) -> int:
    """Run a two-compartment motoneuron from rest; return the number of spikes.

    `cell` holds the fields of `Motoneuron` in their order. `traces` is filled with one row per
    sample: soma, dendrite, activation of the persistent current. Each potential is advanced by the
    exact solution with all else held constant; the activation goes first, as its steps lie halfway
    between those of the potentials.
    """
    c_s, c_d = float(cell[0]), float(cell[1])
    g_ls, g_ld, g_c = float(cell[2]), float(cell[3]), float(cell[4])
    g_pic, g_ahp = float(cell[5]), float(cell[6])
    e_l, e_k, e_pic = float(cell[7]), float(cell[8]), float(cell[9])
    half_mv, slope_mv, tau_pic = float(cell[10]), float(cell[11]), float(cell[12])
    tau_ahp, threshold, reset, hold = (
        float(cell[13]), float(cell[14]), float(cell[15]), float(cell[16])
    )  # fmt: skip
    keep_p = math.exp(-dt / tau_pic)
    keep_a = math.exp(-dt / tau_ahp)
    v_s = e_l
    v_d = e_l
    p = 1 / (1 + math.exp(-(v_d - half_mv) / slope_mv))
    a = 0.0
    held_until = -1.0
    spikes = 0
    rows, to_soma, to_dendrite = indexed(traces), indexed(soma_na), indexed(dendrite_na)
    leak_s, leak_d, rest_s, rest_d = g_ls + g_c, g_ld + g_c, g_ls * e_l, g_ld * e_l
    per_s, per_d = -dt / c_s, -dt / c_d
    for k in range(soma_na.size):
        if k % stride == 0:
            row = k // stride
            rows[row, 0] = v_s
            rows[row, 1] = v_d
            rows[row, 2] = p
        target = 1 / (1 + math.exp((half_mv - v_d) / slope_mv))
        p = target + (p - target) * keep_p
        a *= keep_a
        old_s = v_s
        inward = g_pic * p
        total = leak_d + inward
        goal = (rest_d + inward * e_pic + g_c * old_s + to_dendrite[k]) / total
        old_d = v_d
        v_d = goal + (v_d - goal) * math.exp(total * per_d)
        time = (k + 1) * dt
        if time <= held_until:
            continue
        total = leak_s + a
        goal = (rest_s + a * e_k + g_c * old_d + to_soma[k]) / total
        v_s = goal + (v_s - goal) * math.exp(total * per_s)
        if v_s >= threshold:
            fraction = (threshold - old_s) / (v_s - old_s)
            if spikes < spike_ms.size:
                spike_ms[spikes] = (k + fraction) * dt
            spikes += 1
            v_s = reset
            a += g_ahp
            held_until = time + hold
    return spikes


@compiled_or(motoneurons_in_arrays)
def motoneurons_loop(
    soma_na: FloatArray, dt: float, cell: FloatArray, spike_ms: FloatArray, spikes: IntArray
) -> None:
    """Run cells of one kind side by side from rest, as `motoneuron_loop` runs one.

    `soma_na` has a row per step and a column for each of the `SIDE_BY_SIDE` cells, `spike_ms` a row
    per cell; `spikes` counts them from 0. The loops over the cells are simple enough for the
    compiler to vectorise.
    """
    c_s, c_d = float(cell[0]), float(cell[1])
    g_ls, g_ld, g_c = float(cell[2]), float(cell[3]), float(cell[4])
    g_pic, g_ahp = float(cell[5]), float(cell[6])
    e_l, e_k, e_pic = float(cell[7]), float(cell[8]), float(cell[9])
    half_mv, slope_mv, tau_pic = float(cell[10]), float(cell[11]), float(cell[12])
    tau_ahp, threshold, reset, hold = (
        float(cell[13]), float(cell[14]), float(cell[15]), float(cell[16])
    )  # fmt: skip
    keep_p = math.exp(-dt / tau_pic)
    keep_a = math.exp(-dt / tau_ahp)
    # A single block shows the compiler that its rows do not overlap.
    block = np.zeros((10, SIDE_BY_SIDE))
    v_s, v_d, p, a, held_until = block[0], block[1], block[2], block[3], block[4]
    old_s, total_s, goal_d, first, soma = block[5], block[6], block[7], block[8], block[9]
    power = np.empty(2 * SIDE_BY_SIDE, dtype=np.int64)
    both = block[8:].reshape(2 * SIDE_BY_SIDE)
    v_s[:] = e_l
    v_d[:] = e_l
    p[:] = 1 / (1 + math.exp(-(e_l - half_mv) / slope_mv))
    held_until[:] = -1.0
    for k in range(soma_na.shape[0]):
        for i in range(SIDE_BY_SIDE):
            a[i] *= keep_a
            total_s[i] = g_ls + a[i] + g_c
            first[i] = (half_mv - v_d[i]) * (1 / slope_mv)
            soma[i] = total_s[i] * (-dt / c_s)
        exponentials(both, power)
        for i in range(SIDE_BY_SIDE):
            target = 1 / (1 + first[i])
            p[i] = target + (p[i] - target) * keep_p
            total = g_ld + g_pic * p[i] + g_c
            goal_d[i] = (g_ld * e_l + g_pic * p[i] * e_pic + g_c * v_s[i]) / total
            first[i] = total * (-dt / c_d)
        exponentials(first, power)
        time = (k + 1) * dt
        fires = 0
        for i in range(SIDE_BY_SIDE):
            old_s[i] = v_s[i]
            goal = (g_ls * e_l + a[i] * e_k + g_c * v_d[i] + soma_na[k, i]) / total_s[i]
            reached = goal + (v_s[i] - goal) * soma[i]
            v_s[i] = reached if time > held_until[i] else v_s[i]
            fires += v_s[i] >= threshold
            v_d[i] = goal_d[i] + (v_d[i] - goal_d[i]) * first[i]
        if not fires:
            continue
        for i in range(SIDE_BY_SIDE):
            if v_s[i] >= threshold and time > held_until[i]:
                if spikes[i] < spike_ms.shape[1]:
                    fraction = (threshold - old_s[i]) / (v_s[i] - old_s[i])
                    spike_ms[i, spikes[i]] = (k + fraction) * dt
                spikes[i] += 1
                v_s[i] = reset
                a[i] += g_ahp
                held_until[i] = time + hold
