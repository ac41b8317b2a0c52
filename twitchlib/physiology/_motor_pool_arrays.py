"""The force of a motor-unit pool without a compiler, in few calls on whole arrays.

A loop over spikes makes several numpy calls for each. Here time is cut into blocks. In the block in
which it begins a twitch is added directly; what is left of it then goes into two numbers per unit,
which are carried from block to block for all units at once.
"""

import math

import numpy as np

from twitchlib.arrays import FloatArray, IntArray

__all__ = ["force_in_blocks"]

# The cost of a further block, in samples of twitches: the fewer the spikes, the longer the blocks.
_BLOCK_COST = 400
_SHORTEST = 16
# Numbers computed at a time: few enough for the processor's cache.
_AT_ONCE = 16_384


def force_in_blocks(
    unit: IntArray,
    time_s: FloatArray,
    size: FloatArray,
    dt: float,
    contraction_s: FloatArray,
    force: FloatArray,
) -> None:
    """Do the same as `_motor_pool_loops.force_loop`, to rounding."""
    sample = np.maximum(np.ceil(time_s / dt), 0.0)
    seen = sample < force.size
    if not seen.any():
        return
    fired, which = np.unique(unit[seen], return_inverse=True)
    when_s, at = time_s[seen], sample[seen].astype(np.intp)
    lasting_s = contraction_s[fired - 1]
    step = dt / lasting_s
    length = max(math.ceil(math.sqrt(_BLOCK_COST * force.size / at.size)), _SHORTEST)
    # From its first sample on, a twitch is fading · (pull + push · age), age in contraction times.
    ahead = np.arange(length)
    age = step[:, np.newaxis] * ahead
    fading = np.exp(-age)
    swelling = fading * age
    late = at * step[which] - when_s / lasting_s[which]
    push = size[seen] * np.exp(1 - late)
    pull = push * late
    block, into = np.divmod(at, length)
    blocks = -(-force.size // length)

    total = np.zeros((blocks + 1) * length)
    at_once = max(_AT_ONCE // length, 1)
    for first in range(0, at.size, at_once):
        batch = slice(first, first + at_once)
        own = which[batch]
        begun = fading[own] * pull[batch, np.newaxis] + swelling[own] * push[batch, np.newaxis]
        begun[into[batch, np.newaxis] + ahead >= length] = 0
        where = at[batch, np.newaxis] + ahead
        total += np.bincount(where.ravel(), begun.ravel(), total.size)

    left = (length - into) * step[which]
    gone = np.exp(-left)
    place, places = block * fired.size + which, blocks * fired.size
    pushes = np.bincount(place, gone * push, places).reshape(blocks, -1)
    pulls = np.bincount(place, gone * (pull + push * left), places).reshape(blocks, -1)
    keep, swell = np.exp(-length * step), length * step * np.exp(-length * step)
    for now in range(1, blocks):
        pulls[now] += keep * pulls[now - 1] + swell * pushes[now - 1]
        pushes[now] += keep * pushes[now - 1]
    total[length:] += (pulls @ fading + pushes @ swelling).ravel()
    force += total[: force.size]
