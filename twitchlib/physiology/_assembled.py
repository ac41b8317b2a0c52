"""A fibre in the form that the time-stepping loop takes: its arrays, and its state at rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.physiology._nerve_fibre import Internode, dimensions, internode
from twitchlib.physiology.fibres import Electrode, MyelinatedAxon, Stretch
from twitchlib.physiology.ions import thermal_mv
from twitchlib.physiology.membranes import PUBLISHED_NODE, gate_speeds

__all__ = ["Assembled", "assembled"]

# Gates are tabulated at these potentials, a tenth of a millivolt apart. In between, their rates are
# linear to one part in a hundred thousand.
_LOWEST_MV: Final = -200.0
_PER_MV: Final = 10.0
_ROWS: Final = 3800

_NUDGE_MV: Final = 0.05
_AT_REST_MV: Final = 1e-11
# Weight of the new state in Gear's third-order step.
_NEW_WEIGHT: Final = 11 / 6


@dataclass(frozen=True, eq=False)
class Assembled:
    """A fibre and its state at rest.

    Arrays are in the form that `_cable_loop.cable_loop` takes. Potentials are relative to
    `rest_mv`, at which the internodes are at rest. Otherwise the currents into and out of an
    internode at rest, hundreds of times their difference, would add their rounding errors to it.
    """

    dt_ms: float
    rest_mv: float
    internodes: tuple[Internode, ...]
    node_mm: FloatArray
    place_mm: FloatArray
    modes: FloatArray
    nodes: FloatArray
    own_us: FloatArray
    beside_us: FloatArray
    table: FloatArray
    shift_mv: FloatArray
    potential_mv: FloatArray
    weights: FloatArray
    gates: FloatArray

    def packed(self) -> tuple[Any, ...]:
        """Return the loop's arguments that describe the fibre, in order."""
        return (
            self.modes, self.nodes, self.own_us, self.beside_us, self.table,
            _LOWEST_MV - self.rest_mv, _PER_MV, self.shift_mv,
            self.potential_mv, self.weights, self.gates,
        )  # fmt: skip

    def along(self, potential_mv: FloatArray, weights: FloatArray) -> FloatArray:
        """Return the potential inside the axon at every place, from the state of the fibre.

        Parameters
        ----------
        potential_mv, weights : ndarray, shapes (n, nodes), (n, modes, internodes)
            State at each of n times.
        """
        parts = self.internodes[0].parts
        shapes = np.array([each.shapes[:parts].T for each in self.internodes])
        between = np.matmul(weights.transpose(2, 0, 1), shapes).transpose(1, 0, 2)
        whole = np.concatenate((potential_mv[:, :-1, np.newaxis], between), axis=2)
        relative_mv = np.column_stack((whole.reshape(len(whole), -1), potential_mv[:, -1]))
        return self.rest_mv + relative_mv

    def driven_by(self, electrode: Electrode) -> tuple[FloatArray, FloatArray]:
        """Return what an electrode drives into each node (nA), and what it adds to each mode.

        It makes the potential outside vary along the axon; as all potentials here are relative to
        the outside, this drives currents along both layers.
        """
        along_mm = self.place_mm - self.node_mm[electrode.node]
        distance_cm = np.hypot(along_mm, electrode.distance_mm) / 10
        # Ω·cm times mA, divided by cm, gives mV.
        outside_mv = electrode.resistivity_ohm_cm * electrode.current_ma / (4 * np.pi * distance_cm)
        into_nodes_na = np.zeros(self.node_mm.size)
        into_modes = np.zeros(self.weights.shape)
        step = self.modes[0] * self.dt_ms
        for k, each in enumerate(self.internodes):
            first = k * (each.parts + 1)
            rises = np.diff(outside_mv[first : first + each.parts + 2])
            inside_na, under_na = each.inside_us * rises, each.under_us * rises
            into_nodes_na[k] += inside_na[0]
            into_nodes_na[k + 1] -= inside_na[-1]
            into_parts_na = np.concatenate((np.diff(inside_na), np.diff(under_na)))
            into_modes[:, k] = step[:, k] * (into_parts_na @ each.shapes)
        return into_nodes_na, into_modes


@lru_cache(maxsize=32)
def assembled(
    axon: MyelinatedAxon, stretches: tuple[Stretch, ...], dt_ms: float, splits: int
) -> Assembled:
    """Return a fibre for steps of `dt_ms`, with each part of its internodes cut into `splits`."""
    size = dimensions(axon.diameter_um)
    myelin = np.ones(axon.nodes - 1)
    shift_mv = np.full(axon.nodes, axon.gating_shift_mv)
    ratio = np.full(axon.nodes, axon.potassium_ratio)
    for stretch in stretches:
        myelin[stretch.first_node : stretch.last_node] = stretch.myelin
        here = slice(stretch.first_node, stretch.last_node + 1)
        shift_mv[here] = axon.gating_shift_mv + stretch.gating_shift_mv
        ratio[here] = axon.potassium_ratio * stretch.potassium_ratio
    internodes = tuple(internode(size, float(m), splits) for m in myelin)

    rate_per_ms, left, right = _columns(internodes)
    step_ms: FloatArray = 1 / (_NEW_WEIGHT / dt_ms + rate_per_ms)
    terms = [step_ms / dt_ms, step_ms * left, step_ms * right, left, right]
    modes: FloatArray = np.array(terms, dtype=np.float64)
    table = _table(dt_ms, axon.temperature_c, axon.opening_shift_mv)
    nodes = _nodes(axon, ratio, dt_ms)

    before = _nodes(axon, np.full(axon.nodes, axon.potassium_ratio), dt_ms)
    potential_mv, gates, weights = _rest(axon, internodes, before, table)
    node_mm = np.arange(axon.nodes, dtype=np.float64) * axon.spacing_mm
    between_mm = internodes[0].place_um / 1000
    starts_mm = np.concatenate(([0], between_mm))
    place_mm = np.append((node_mm[:-1, np.newaxis] + starts_mm).ravel(), node_mm[-1])
    return Assembled(
        dt_ms, axon.rest_mv, internodes, node_mm, place_mm, modes, nodes,
        _own_us(internodes, modes[1:]), (modes[3] * modes[2]).sum(axis=0),
        table, shift_mv, potential_mv, weights, gates,
    )  # fmt: skip


def _columns(internodes: tuple[Internode, ...]) -> tuple[FloatArray, ...]:
    """Return the modes' rates and coupling to the left and right nodes, a column per internode."""
    return (
        np.column_stack([each.rate_per_ms for each in internodes]),
        np.column_stack([each.left for each in internodes]),
        np.column_stack([each.right for each in internodes]),
    )


def _nodes(axon: MyelinatedAxon, potassium_ratio: FloatArray, dt_ms: float) -> FloatArray:
    """Return each node's conductances, reversal potentials, and capacitance over the time step."""
    node = PUBLISHED_NODE
    # From mS/cm² to µS, and from µF/cm² to nF.
    scale = 1000 * dimensions(axon.diameter_um).node_cm2
    moved_mv = thermal_mv(axon.temperature_c) * np.log(potassium_ratio)
    constant = scale * np.array([
        node.fast_sodium_ms_cm2, node.persistent_sodium_ms_cm2, node.slow_potassium_ms_cm2,
        node.leak_ms_cm2,
    ])  # fmt: skip
    ones = np.ones(axon.nodes)
    return np.array([
        *np.outer(constant, ones), (node.sodium_mv - axon.rest_mv) * ones,
        node.potassium_mv - axon.rest_mv + moved_mv, node.leak_mv - axon.rest_mv + moved_mv,
        scale * node.capacitance_uf_cm2 / dt_ms * ones,
    ])  # fmt: skip


def _own_us(internodes: tuple[Internode, ...], coupling: FloatArray) -> FloatArray:
    """Return the current that each node loses to the internodes beside it, per millivolt."""
    by_left, by_right, left, right = coupling
    own_us = np.zeros(len(internodes) + 1)
    own_us[:-1] += [each.to_node_us for each in internodes] - (left * by_left).sum(axis=0)
    own_us[1:] += [each.to_node_us for each in internodes] - (right * by_right).sum(axis=0)
    return own_us


@cache
def _rates_per_ms(opening_shift_mv: float) -> FloatArray:
    """Return the rates of all gates at all potentials of the table, at 36 °C."""
    from twitchlib.physiology._membrane_loops import node_rates

    potentials_mv = _LOWEST_MV + np.arange(_ROWS) / _PER_MV
    rates = np.array([node_rates(v) for v in potentials_mv.tolist()])
    rates[:, 0] = [node_rates(v + opening_shift_mv)[0] for v in potentials_mv.tolist()]
    return rates


def _table(dt_ms: float, temperature_c: float, opening_shift_mv: float) -> FloatArray:
    """Return each gate's steady value, and the fraction of the distance to it left after a step."""
    rates = _rates_per_ms(opening_shift_mv)
    opening, closing = rates[:, ::2], rates[:, 1::2]
    speeds = gate_speeds(temperature_c)
    total = opening + closing
    return np.hstack([opening / total, np.exp(-dt_ms * speeds * total)])


def _rest(
    axon: MyelinatedAxon, internodes: tuple[Internode, ...], nodes: FloatArray, table: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the potential and gates of the nodes, and the modes of the internodes, at rest."""
    rate_per_ms, left, right = _columns(internodes)
    by_left, by_right = left / rate_per_ms, right / rate_per_ms
    coupling = np.array([by_left, by_right, left, right])
    beside_us = (left * by_right).sum(axis=0)
    own_us = _own_us(internodes, coupling)
    matrix_us = np.diag(own_us) - np.diag(beside_us, 1) - np.diag(beside_us, -1)
    at_mv = _LOWEST_MV - axon.rest_mv + np.arange(_ROWS) / _PER_MV + axon.gating_shift_mv

    def gates(v: FloatArray) -> FloatArray:
        return np.column_stack([np.interp(v, at_mv, column) for column in table[:, :4].T])

    def own_na(v: FloatArray) -> FloatArray:
        m, h, p, s = gates(v).T
        sodium = nodes[0] * m**3 * h + nodes[1] * p**3
        through = nodes[2] * s * (v - nodes[5]) + nodes[3] * (v - nodes[6])
        outward: FloatArray = sodium * (v - nodes[4]) + through
        return outward

    v = np.zeros(axon.nodes)
    change = np.full(axon.nodes, np.inf)
    while np.abs(change).max() > _AT_REST_MV:
        slope = (own_na(v + _NUDGE_MV) - own_na(v - _NUDGE_MV)) / (2 * _NUDGE_MV)
        # A falling branch would lead Newton's method astray: no membrane comes to rest on it.
        slope = np.maximum(slope, 0)
        change = np.linalg.solve(matrix_us + np.diag(slope), -matrix_us @ v - own_na(v))
        v = v + np.clip(change, -1, 1)
    return v, gates(v), by_left * v[:-1] + by_right * v[1:]
