"""Time-stepping loops of the two axon membranes.

Gates are kept at half steps and the potential at whole ones, and each is advanced by the exact
solution with the other held constant (staggered exponential steps). This costs no more than Euler's
method, is second order in the step, and cannot blow up where a conductance is large.

A spike is a rise through 0 mV that the membrane itself sustains: its own current is inward. A
stimulus that merely pushes the potential above 0 mV does not count.

Both loops write one row per sample, `potential, gates…`, and return the number of spikes and the
step at which the potential left the range a membrane can have (−1 if it never did).
"""

import math

from twitchlib.arrays import FloatArray
from twitchlib.compiled import compiled

SPIKE_LEVEL_MV = 0.0
LIMIT_MV = 500.0
# Above this a node is on its way into a spike, or in one.
QUICK_MV = -55.0


@compiled
def linoid(x: float, y: float) -> float:
    """Return ``x / (exp(x/y) − 1)``, also where x is near zero."""
    ratio = x / y
    if abs(ratio) < 1e-6:
        return y * (1 - ratio / 2)
    return x / (math.exp(ratio) - 1)


@compiled
def squid_rates(v: float) -> tuple[float, float, float, float, float, float]:
    """Return αm, βm, αh, βh, αn, βn in 1/ms at 6.3 °C; V in mV with rest near −65."""
    return (
        0.1 * linoid(-(v + 40), 10.0),
        4 * math.exp(-(v + 65) / 18),
        0.07 * math.exp(-(v + 65) / 20),
        1 / (1 + math.exp(-(v + 35) / 10)),
        0.01 * linoid(-(v + 55), 10.0),
        0.125 * math.exp(-(v + 65) / 80),
    )


@compiled
def node_rates(v: float) -> tuple[float, float, float, float, float, float, float, float]:
    """Return αm, βm, αh, βh, αp, βp, αs, βs in 1/ms at 36 °C; V in mV."""
    return (
        6.57 * linoid(-(v + 20.4), 10.3),
        0.304 * linoid(v + 25.7, 9.16),
        0.34 * linoid(v + 114, 11.0),
        12.6 / (1 + math.exp(-(v + 31.8) / 13.4)),
        0.0353 * linoid(-(v + 27), 10.2),
        0.000883 * linoid(v + 34, 10.0),
        0.3 / (1 + math.exp(-(v + 53) / 5)),
        0.03 / (1 + math.exp(-(v + 90))),
    )


@compiled
def relaxed(x: float, alpha: float, beta: float, dt: float) -> float:
    """Return a gate after a step with constant rates."""
    total = alpha + beta
    target = alpha / total
    return target + (x - target) * math.exp(-total * dt)


@compiled
def squid_loop(
    current: FloatArray,
    dt: float,
    stride: int,
    start: FloatArray,
    membrane: FloatArray,
    traces: FloatArray,
    spike_ms: FloatArray,
) -> tuple[int, int]:
    """Run Hodgkin and Huxley's membrane.

    `membrane` holds C, gNa, gK, gL, ENa, EK, EL, the speed of the gates and their shift.
    """
    c, g_na = float(membrane[0]), float(membrane[1])
    g_k, g_l = float(membrane[2]), float(membrane[3])
    e_na, e_k, e_l = float(membrane[4]), float(membrane[5]), float(membrane[6])
    speed, shift = float(membrane[7]), float(membrane[8])
    v, m, h, n = float(start[0]), float(start[1]), float(start[2]), float(start[3])
    spikes = 0
    crossed = 0.0
    rising = False
    for k in range(current.size):
        if k % stride == 0:
            row = k // stride
            traces[row, 0] = v
            traces[row, 1] = m
            traces[row, 2] = h
            traces[row, 3] = n
        am, bm, ah, bh, an, bn = squid_rates(v - shift)
        m = relaxed(m, am * speed, bm * speed, dt)
        h = relaxed(h, ah * speed, bh * speed, dt)
        n = relaxed(n, an * speed, bn * speed, dt)
        na = g_na * m * m * m * h
        kk = g_k * n * n * n * n
        total = na + kk + g_l
        target = (na * e_na + kk * e_k + g_l * e_l + float(current[k])) / total
        before = v
        v = target + (v - target) * math.exp(-total * dt / c)
        if v < SPIKE_LEVEL_MV:
            rising = False
        elif before < SPIKE_LEVEL_MV:
            rising = True
            crossed = (k + (SPIKE_LEVEL_MV - before) / (v - before)) * dt
        if rising and total * v < na * e_na + kk * e_k + g_l * e_l:
            spike_ms[spikes] = crossed
            spikes += 1
            rising = False
        if not (-LIMIT_MV < v < LIMIT_MV and spikes < spike_ms.size):
            return spikes, k
    return spikes, -1


@compiled
def node_loop(
    current: FloatArray,
    dt: float,
    stride: int,
    start: FloatArray,
    membrane: FloatArray,
    traces: FloatArray,
    spike_ms: FloatArray,
) -> tuple[int, int]:
    """Run a mammalian node of Ranvier.

    `membrane` holds C, gNaf, gNap, gKs, gL, gX, ENa, EK, EL, EX, the speeds of m and p, of h and
    of s, and the shift of the gates. A step is halved where the membrane changes fastest.
    """
    c, g_f = float(membrane[0]), float(membrane[1])
    g_p, g_s = float(membrane[2]), float(membrane[3])
    g_l, g_x = float(membrane[4]), float(membrane[5])
    e_na, e_k = float(membrane[6]), float(membrane[7])
    e_l, e_x = float(membrane[8]), float(membrane[9])
    speed_m, speed_h, speed_s = float(membrane[10]), float(membrane[11]), float(membrane[12])
    shift = float(membrane[13])
    v, m, h = float(start[0]), float(start[1]), float(start[2])
    p, s = float(start[3]), float(start[4])
    last = dt
    spikes = 0
    crossed = 0.0
    rising = False
    for k in range(current.size):
        if k % stride == 0:
            row = k // stride
            traces[row, 0] = v
            traces[row, 1] = m
            traces[row, 2] = h
            traces[row, 3] = p
            traces[row, 4] = s
        before = v
        parts = 2 if v > QUICK_MV else 1
        part = dt / parts
        for _ in range(parts):
            # From the middle of the previous part to that of this one.
            gate_dt = (last + part) / 2
            last = part
            am, bm, ah, bh, ap, bp, a_s, b_s = node_rates(v - shift)
            m = relaxed(m, am * speed_m, bm * speed_m, gate_dt)
            h = relaxed(h, ah * speed_h, bh * speed_h, gate_dt)
            p = relaxed(p, ap * speed_m, bp * speed_m, gate_dt)
            s = relaxed(s, a_s * speed_s, b_s * speed_s, gate_dt)
            na = g_f * m * m * m * h + g_p * p * p * p
            ks = g_s * s
            total = na + ks + g_l + g_x
            target = (na * e_na + ks * e_k + g_l * e_l + g_x * e_x + float(current[k])) / total
            v = target + (v - target) * math.exp(-total * part / c)
        if v < SPIKE_LEVEL_MV:
            rising = False
        elif before < SPIKE_LEVEL_MV:
            rising = True
            crossed = (k + (SPIKE_LEVEL_MV - before) / (v - before)) * dt
        if rising and total * v < na * e_na + ks * e_k + g_l * e_l + g_x * e_x:
            spike_ms[spikes] = crossed
            spikes += 1
            rising = False
        if not (-LIMIT_MV < v < LIMIT_MV and spikes < spike_ms.size):
            return spikes, k
    return spikes, -1
