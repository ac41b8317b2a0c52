"""Loops of the motor-unit pool: discharges and force.

They step from spike to spike and work on whole arrays in between, which is fast without a compiler
too.
"""

import math
from bisect import bisect_left

import numpy as np

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.compiled import compiled, compiled_or, indexed
from twitchlib.physiology._motor_pool_arrays import force_in_blocks

# Contraction times after which what is left of a twitch is below the rounding error of its peak.
TWITCH_ENDS = 40.0


@compiled_or(bisect_left)
def first_reached(values: FloatArray, level: float, start: int) -> int:
    """Return the first index from `start` at which rising values reach `level`, or their number."""
    low, high = start, start + 1
    while high < values.size and values[high] < level:
        low, high = high, 2 * high - start
    high = min(high, values.size)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < level:
            low = middle + 1
        else:
            high = middle
    return low


@compiled_or(lambda values: np.cumsum(values, out=values))
def add_up(values: FloatArray) -> None:
    """Replace each value by the sum of all values up to it."""
    total = 0.0
    for i in range(values.size):
        total += values[i]
        values[i] = total


@compiled
def next_recruited(excitation: FloatArray, lowest: float, start: int) -> int:
    """Return the first step from `start` at which the excitation suffices, or the number of all."""
    length = 256
    while start < excitation.size:
        enough = excitation[start : start + length] >= lowest
        first = int(enough.argmax())
        if enough[first]:
            return start + first
        start += length
        length *= 4
    return int(excitation.size)


@compiled
def faded(step: float, count: int) -> FloatArray:
    """Return ``exp(−step · n)`` for n from 0, repeatedly doubling the part that is done."""
    result = np.ones(count)
    done = 1
    while done < count:
        more = min(done, count - done)
        result[done : done + more] = result[:more] * math.exp(-step * done)
        done += more
    return result


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
    columns = intervals.shape[1]
    number, when_s = indexed(unit), indexed(time_s)
    relative, level = indexed(intervals), indexed(excitation)
    strongest = excitation.max()
    for i in range(threshold.size):
        lowest = float(threshold[i])
        if strongest < lowest:
            continue
        # The phase at the end of each step, counted from the start. The compiler can vectorise this
        # as a single expression.
        at_end = dt * np.minimum(
            lowest_hz + gain_hz * np.maximum(excitation - lowest, 0.0), highest_hz[i]
        )
        add_up(at_end)
        phase = indexed(at_end)
        column = 0
        due = relative[i, 0] - float(start[i])
        k = 0
        while True:
            k = first_reached(phase, due, k)
            if k == excitation.size:
                break
            begun = phase[k - 1] if k else 0.0
            fired_s = (k + (due - begun) / (phase[k] - begun)) * dt
            if level[k] < lowest:
                k = next_recruited(excitation, lowest, k)
                if k == excitation.size:
                    break
                fired_s = k * dt
                due = phase[k - 1]
            if spikes == unit.size:
                return spikes
            number[spikes] = i + 1
            when_s[spikes] = fired_s
            spikes += 1
            column += 1
            due += relative[i, column % columns]
    return spikes


@compiled_or(force_in_blocks)
def force_loop(
    unit: IntArray,
    time_s: FloatArray,
    size: FloatArray,
    dt: float,
    contraction_s: FloatArray,
    force: FloatArray,
) -> None:
    """Add each unit's twitches to `force`.

    Spikes are sorted by unit and time; `size` is the peak of each twitch. Until a unit's next
    spike, the sum of its twitches ``size · t/T · exp(1 − t/T)`` follows from two numbers, which
    each spike updates.
    """
    number, when_s, peak, contraction = (
        indexed(unit), indexed(time_s), indexed(size), indexed(contraction_s)
    )  # fmt: skip
    spike = 0
    while spike < len(number):
        which = number[spike]
        step = dt / contraction[which - 1]
        left = min(math.ceil(TWITCH_ENDS / step), force.size)
        age = np.arange(left) * step
        fading = faded(step, left)
        pull, push = 0.0, 0.0
        at = 0
        while spike < len(number) and number[spike] == which:
            k = min(max(math.ceil(when_s[spike] / dt), 0), force.size)
            lasts = min(k - at, left)
            if lasts:
                if push:
                    force[at : at + lasts] += fading[:lasts] * (pull + push * age[:lasts])
                gone = (k - at) * step
                pull = math.exp(-gone) * (pull + push * gone)
                push *= math.exp(-gone)
                at = k
            late = k * step - when_s[spike] / contraction[which - 1]
            fresh = peak[spike] * math.exp(1 - late)
            pull += fresh * late
            push += fresh
            spike += 1
        lasts = min(force.size - at, left)
        force[at : at + lasts] += fading[:lasts] * (pull + push * age[:lasts])
