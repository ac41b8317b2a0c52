"""Time-stepping loop of the motoneuron."""

import math

from twitchlib.arrays import FloatArray
from twitchlib.compiled import compiled


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

    `cell` holds the fields of `Motoneuron` in their order. `traces` gets one row per sample: soma,
    dendrite, activation of the persistent current. Each step advances a potential by the exact
    solution with all else held constant; the activation goes first, as its steps lie half-way
    between.
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
    for k in range(soma_na.size):
        if k % stride == 0:
            row = k // stride
            traces[row, 0] = v_s
            traces[row, 1] = v_d
            traces[row, 2] = p
        target = 1 / (1 + math.exp(-(v_d - half_mv) / slope_mv))
        p = target + (p - target) * keep_p
        a *= keep_a
        old_s = v_s
        total = g_ld + g_pic * p + g_c
        goal = (g_ld * e_l + g_pic * p * e_pic + g_c * old_s + float(dendrite_na[k])) / total
        old_d = v_d
        v_d = goal + (v_d - goal) * math.exp(-total * dt / c_d)
        time = (k + 1) * dt
        if time <= held_until:
            continue
        total = g_ls + a + g_c
        goal = (g_ls * e_l + a * e_k + g_c * old_d + float(soma_na[k])) / total
        v_s = goal + (v_s - goal) * math.exp(-total * dt / c_s)
        if v_s >= threshold:
            fraction = (threshold - old_s) / (v_s - old_s)
            if spikes < spike_ms.size:
                spike_ms[spikes] = (k + fraction) * dt
            spikes += 1
            v_s = reset
            a += g_ahp
            held_until = time + hold
    return spikes
