"""Loops of the motor-unit pool: discharges, force and EMG."""

import math

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.compiled import compiled


@compiled
def discharge_loop(
    excitation: FloatArray,
    dt: float,
    threshold: FloatArray,
    highest_hz: FloatArray,
    lowest_hz: float,
    gain_hz: float,
    start: FloatArray,
    intervals: FloatArray,
    unit: IntArray,
    time_s: FloatArray,
) -> int:
    """Let each unit fire when its phase reaches the next interval; return the number of spikes.

    The phase grows at the unit's rate, so a steady rate gives intervals ``intervals / rate``. In a
    unit that is not recruited, the phase grows at the lowest rate and then waits, so that the unit
    fires as soon as it is recruited. `start` holds each unit's initial phase, `intervals` one row
    of relative intervals (mean 1) per unit, used in turn.
    """
    spikes = 0
    turns = intervals.shape[1]
    for i in range(threshold.size):
        phase = float(start[i])
        turn = 0
        due = float(intervals[i, 0])
        lowest_excitation = float(threshold[i])
        cap_hz = float(highest_hz[i])
        for k in range(excitation.size):
            above = float(excitation[k]) - lowest_excitation
            if above < 0:
                phase = min(phase + lowest_hz * dt, due)
                continue
            rate_hz = min(lowest_hz + gain_hz * above, cap_hz)
            late_s = 0.0
            if phase >= due:
                late_s = dt
            phase += rate_hz * dt
            if phase >= due:
                if late_s == 0.0:
                    late_s = (phase - due) / rate_hz
                unit[spikes] = i + 1
                time_s[spikes] = (k + 1) * dt - late_s
                spikes += 1
                if spikes == unit.size:
                    return spikes
                phase = late_s * rate_hz
                turn += 1
                due = float(intervals[i, turn % turns])
    return spikes


@compiled
def force_loop(
    unit: IntArray,
    time_s: FloatArray,
    size: FloatArray,
    dt: float,
    contraction_s: FloatArray,
    force: FloatArray,
) -> None:
    """Add each unit's twitches to `force`.

    Spikes are sorted by unit and time; `size` is the peak of each twitch. A twitch
    ``size · t/T · exp(1 − t/T)`` is advanced from sample to sample by two numbers.
    """
    first = 0
    while first < unit.size:
        end = first
        while end < unit.size and unit[end] == unit[first]:
            end += 1
        contraction = float(contraction_s[unit[first] - 1])
        keep = math.exp(-dt / contraction)
        step = dt / contraction
        pull = 0.0
        push = 0.0
        spike = first
        for k in range(max(math.ceil(float(time_s[first]) / dt), 0), force.size):
            pull = keep * (pull + step * push)
            push = keep * push
            while spike < end and float(time_s[spike]) <= k * dt:
                age = (k * dt - float(time_s[spike])) / contraction
                fresh = float(size[spike]) * math.exp(1 - age)
                pull += fresh * age
                push += fresh
                spike += 1
            force[k] += pull
        first = end


@compiled
def emg_loop(
    centre_s: FloatArray, size: FloatArray, dt: float, width_s: float, emg: FloatArray
) -> None:
    """Add a potential ``size · (1 − x²) · exp(−x²/2)``, ``x = t/width``, to `emg` per spike."""
    reach_s = 6 * width_s
    for spike in range(centre_s.size):
        centre = float(centre_s[spike])
        height = float(size[spike])
        first = max(math.ceil((centre - reach_s) / dt), 0)
        last = min(math.floor((centre + reach_s) / dt), emg.size - 1)
        for k in range(first, last + 1):
            x = (k * dt - centre) / width_s
            square = x * x
            emg[k] += height * (1 - square) * math.exp(-square / 2)
