"""Time-stepping loop of a myelinated axon.

An internode is linear, so it is a sum of modes, each of which relaxes independently. That leaves
one equation per node to solve in each step, coupled to those of its neighbours. Steps follow Gear's
third-order method (BDF3): implicit, and without the ringing of the trapezoidal rule where parts are
as short as a MYSA. Gates are kept at half steps, advanced by the exact solution, and extrapolated
to the end of the step.

The loop works on whole arrays, so it is fast in numpy too where there is no compiler.
"""

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.compiled import compiled, compiled_or, indexed

LIMIT_MV = 600.0


@compiled_or(lambda modes, weights: np.einsum("ij,ij->j", modes, weights))
def column_sums(modes: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the weighted sum of each column."""
    rows, columns = modes.shape
    sums = np.zeros(columns)
    for i in range(rows):
        for k in range(columns):
            sums[k] += modes[i, k] * weights[i, k]
    return sums


@compiled
def solve_chain(diagonal: FloatArray, beside: FloatArray, right: FloatArray) -> FloatArray:
    """Solve a symmetric tridiagonal system with off-diagonal −`beside`, overwriting the rest."""
    count = diagonal.size
    solution = np.empty(count)
    d, b, r, x = indexed(diagonal), indexed(beside), indexed(right), indexed(solution)
    for k in range(1, count):
        factor = b[k - 1] / d[k - 1]
        d[k] -= factor * b[k - 1]
        r[k] += factor * r[k - 1]
    x[count - 1] = r[count - 1] / d[count - 1]
    for k in range(count - 2, -1, -1):
        x[k] = (r[k] + b[k] * x[k + 1]) / d[k]
    return solution


@compiled
def cable_loop(
    injected_na: FloatArray,
    fields: FloatArray,
    patterns: FloatArray,
    modes: FloatArray,
    nodes: FloatArray,
    own_us: FloatArray,
    beside_us: FloatArray,
    table: FloatArray,
    lowest_mv: float,
    per_mv: float,
    shift_mv: FloatArray,
    v: FloatArray,
    w: FloatArray,
    gates: FloatArray,
    stride: int,
    potential: FloatArray,
    weights: FloatArray,
    inward: FloatArray,
) -> int:
    """Run a fibre; return the step at which a potential left its range, −1 if none did.

    All potentials are relative to rest.

    Parameters
    ----------
    injected_na : ndarray, shape (steps, nodes)
        Current into each node, including that from electrodes.
    fields, patterns : ndarray, shapes (steps, electrodes), (electrodes, modes, internodes)
        Fraction of its current that each electrode delivers, and what the whole current adds to
        each mode in a step.
    modes : ndarray, shape (5, modes, internodes)
        What a mode keeps over a step; what it gains from 1 mV at the left and at the right node;
        and the currents that it drives into them (nA).
    nodes : ndarray, shape (8, nodes)
        Conductances of fast and persistent sodium, slow potassium and leak (µS); reversal
        potentials of sodium, potassium and leak (mV); capacitance over the time step (µS).
    own_us, beside_us : ndarray, shapes (nodes,), (internodes,)
        What a node loses to its internodes, and how strongly an internode couples its two nodes.
    table : ndarray, shape (rows, 8)
        Steady values of the gates m, h, p and s, and the fraction of the distance to each left
        after a step, at potentials from `lowest_mv` in steps of 1/`per_mv`.
    shift_mv : ndarray, shape (nodes,)
        Shift of each node's gates.
    v, w, gates : ndarray, shapes (nodes,), (modes, internodes), (nodes, 4)
        State at the start.
    potential, weights, inward : ndarray, shapes (steps + 1, nodes), (samples, …), (steps + 1, …)
        Filled with the nodes' potentials at each step, the modes at each sample, and the inward
        current through the nodes' own channels at each step (nA).
    """
    fast, persistent, slow, leak = nodes[0], nodes[1], nodes[2], nodes[3]
    sodium_mv, potassium_mv, leak_mv, stored = nodes[4], nodes[5], nodes[6], nodes[7]
    kept, by_left, by_right, to_left, to_right = modes[0], modes[1], modes[2], modes[3], modes[4]
    last_row = table.shape[0] - 2
    before, v_before, w_before = gates, v, w
    first, v_first, w_first = gates, v, w
    potential[0] = v
    weights[0] = w
    inward[0] = 0.0
    for k in range(injected_na.shape[0]):
        at = np.minimum(np.maximum((v - shift_mv - lowest_mv) * per_mv, 0.0), last_row)
        row = at.astype(np.int64)
        part = (at - row).reshape(-1, 1)
        found = (1 - part) * table[row] + part * table[row + 1]
        first, before = before, gates
        gates = found[:, :4] + (before - found[:, :4]) * found[:, 4:]
        now = 1.875 * gates - 1.25 * before + 0.375 * first
        m, p = now[:, 0], now[:, 2]
        sodium = fast * m * m * m * now[:, 1] + persistent * p * p * p
        potassium = slow * now[:, 3]
        total = sodium + potassium + leak
        drives = sodium * sodium_mv + potassium * potassium_mv + leak * leak_mv

        y = kept * (3 * w - 1.5 * w_before + w_first / 3)
        for e in range(fields.shape[1]):
            y += fields[k, e] * patterns[e]
        right = drives + injected_na[k] + stored * (3 * v - 1.5 * v_before + v_first / 3)
        right[:-1] += column_sums(to_left, y)
        right[1:] += column_sums(to_right, y)
        v_first, v_before = v_before, v
        w_first, w_before = w_before, w
        v = solve_chain(11 / 6 * stored + total + own_us, beside_us, right)
        w = y + by_left * v[:-1] + by_right * v[1:]

        potential[k + 1] = v
        inward[k + 1] = drives - total * v
        if (k + 1) % stride == 0:
            weights[(k + 1) // stride] = w
        if not np.abs(v).max() < LIMIT_MV:
            return k
    return -1
