"""How a myelinated fibre is built: its dimensions, its parts, and how its internodes behave.

Between two nodes lie ten parts: the attachment of the myelin (MYSA), the fluted stretch beside it
(FLUT), six equal stretches (STIN), another FLUT and another MYSA. Each part has two layers: the
inside of the axon, and the narrow space between the axon and its myelin.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray

__all__ = ["DIAMETERS_UM", "Dimensions", "Internode", "dimensions", "internode"]

# McIntyre, Richardson & Grill 2002, table 1 (doi:10.1152/jn.00353.2001), as in the authors'
# archived program (ModelDB 3810): diameters of the fibre, its axon and its nodes (and MYSA),
# distance between nodes, length of a FLUT (all in µm), and number of myelin lamellae.
_DIMENSIONS: Final = np.array([
    [5.7, 3.4, 1.9, 500, 35, 80],
    [7.3, 4.6, 2.4, 750, 38, 100],
    [8.7, 5.8, 2.8, 1000, 40, 110],
    [10.0, 6.9, 3.3, 1150, 46, 120],
    [11.5, 8.1, 3.7, 1250, 50, 130],
    [12.8, 9.2, 4.2, 1350, 54, 135],
    [14.0, 10.4, 4.7, 1400, 56, 140],
    [15.0, 11.5, 5.0, 1450, 58, 145],
    [16.0, 12.7, 5.5, 1500, 60, 150],
])  # fmt: skip
DIAMETERS_UM: Final = _DIMENSIONS[:, 0]

_NODE_UM: Final = 1.0
_MYSA_UM: Final = 3.0
_STINS: Final = 6
# Width of the space under the myelin: at nodes and MYSA, and elsewhere.
_TIGHT_UM: Final = 0.002
_WIDE_UM: Final = 0.004
_AXOPLASM_OHM_UM: Final = 0.7e6
# Of a single layer of myelin; each lamella has two.
_MYELIN_UF_CM2: Final = 0.1
_MYELIN_MS_CM2: Final = 1.0
_AXOLEMMA_UF_CM2: Final = 2.0
_MYSA_MS_CM2: Final = 1.0
_AXOLEMMA_MS_CM2: Final = 0.1
_UM2_PER_CM2: Final = 1e8
# For `np.diff`: the nodes at both ends of an internode.
_ENDS: Final = {"prepend": 0, "append": 0}


@dataclass(frozen=True)
class Dimensions:
    """The dimensions of a fibre, in µm."""

    fibre_um: float
    axon_um: float
    node_um: float
    spacing_um: float
    flut_um: float
    lamellae: float

    @property
    def node_cm2(self) -> float:
        """Area of a node's membrane."""
        return np.pi * self.node_um * _NODE_UM / _UM2_PER_CM2


def dimensions(diameter_um: float) -> Dimensions:
    """Return the dimensions of a fibre, interpolated linearly between the published ones."""
    found = [np.interp(diameter_um, DIAMETERS_UM, column) for column in _DIMENSIONS.T]
    return Dimensions(*map(float, found))


@dataclass(frozen=True, eq=False)
class Internode:
    """An internode as a sum of modes, each of which relaxes independently.

    The potentials of its parts, relative to rest, are `shapes @ weights`: first inside the axon in
    each part, then in the space under the myelin. Each weight follows
    `dw/dt = left·V + right·V' − rate·w`, with V and V' the potentials of the two nodes relative to
    rest. Potentials are in mV, times in ms and currents in nA, and hence conductances in µS and
    capacitances in nF.

    Attributes
    ----------
    shapes : ndarray, shape (2 parts, modes)
        The potential of each part in one unit of each mode (mV), and also what 1 nA into a part
        adds to the mode in 1 ms.
    rate_per_ms, left, right : ndarray, shape (modes,)
        The coefficients of the equation. `left` and `right` are also the currents (nA) that a unit
        of the mode drives into these nodes.
    to_node_us : float
        Conductance between a node and the part next to it.
    inside_us, under_us : ndarray, shape (parts + 1,)
        Conductance along each layer from each part (or node) to the next.
    place_um : ndarray, shape (parts,)
        Middle of each part, from the middle of the left node.
    """

    shapes: FloatArray
    rate_per_ms: FloatArray
    left: FloatArray
    right: FloatArray
    to_node_us: float
    inside_us: FloatArray
    under_us: FloatArray
    place_um: FloatArray

    @property
    def parts(self) -> int:
        """Number of parts."""
        return self.place_um.size


@cache
def internode(size: Dimensions, myelin: float, splits: int) -> Internode:
    """Return an internode of a fibre.

    Parameters
    ----------
    size : Dimensions
        Dimensions of the fibre.
    myelin : float
        Fraction of its layers of myelin that it has, above 0.
    splits : int
        Number of equal compartments into which each part is cut.
    """
    stin_um = (size.spacing_um - _NODE_UM - 2 * (_MYSA_UM + size.flut_um)) / _STINS
    half = [(_MYSA_UM, size.node_um, _TIGHT_UM, _MYSA_MS_CM2)]
    half += [(size.flut_um, size.axon_um, _WIDE_UM, _AXOLEMMA_MS_CM2)]
    stins = [(stin_um, size.axon_um, _WIDE_UM, _AXOLEMMA_MS_CM2)] * _STINS
    parts = np.repeat(np.array([*half, *stins, *half[::-1]]), splits, axis=0)
    length_um, axon_um, space_um, wall_ms_cm2 = parts.T
    length_um = length_um / splits

    wall_cm2 = np.pi * axon_um * length_um / _UM2_PER_CM2
    sheath_cm2 = np.pi * size.fibre_um * length_um / _UM2_PER_CM2
    layers = 2 * size.lamellae * myelin
    wall_nf, wall_us = 1e3 * _AXOLEMMA_UF_CM2 * wall_cm2, 1e3 * wall_ms_cm2 * wall_cm2
    sheath_nf = 1e3 * _MYELIN_UF_CM2 / layers * sheath_cm2
    sheath_us = 1e3 * _MYELIN_MS_CM2 / layers * sheath_cm2

    inside_us = _along_us(length_um, np.pi * axon_um**2 / 4, np.pi * size.node_um**2 / 4)
    ring_um2 = np.pi * space_um * (axon_um + space_um)
    under_us = _along_us(length_um, ring_um2, np.pi * _TIGHT_UM * (size.node_um + _TIGHT_UM))

    # Potentials of the modes across wall and sheath, times the roots of the capacitances, are
    # orthonormal. The rates are the squares of the singular values of the flows. They span nine
    # powers of ten, too many for the eigenvalues of a matrix product, in which the slow ones would
    # be lost in the rounding of the fast ones.
    n = length_um.size
    across = np.diag(1 / np.sqrt(np.concatenate((wall_nf, sheath_nf))))
    under = np.hstack((np.zeros((n, n)), across[n:, n:]))
    inside = np.hstack((across[:n, :n], across[n:, n:]))
    rises = np.vstack((across, np.diff(inside, axis=0, **_ENDS), np.diff(under, axis=0, **_ENDS)))
    every_us = np.concatenate((wall_us, sheath_us, inside_us, under_us))
    _, roots, vectors = np.linalg.svd(np.sqrt(every_us)[:, np.newaxis] * rises, full_matrices=False)
    shapes = np.vstack((inside, under)) @ vectors.T
    return Internode(
        shapes=shapes,
        rate_per_ms=roots**2,
        left=inside_us[0] * shapes[0],
        right=inside_us[-1] * shapes[n - 1],
        to_node_us=float(inside_us[0]),
        inside_us=inside_us,
        under_us=under_us,
        place_um=np.cumsum(length_um) - length_um / 2 + _NODE_UM / 2,
    )


def _along_us(length_um: FloatArray, area_um2: FloatArray, node_um2: float) -> FloatArray:
    """Return the conductance from the middle of each part to that of the next, nodes included."""
    half_ohm = _AXOPLASM_OHM_UM * length_um / (2 * area_um2)
    node_ohm = _AXOPLASM_OHM_UM * _NODE_UM / (2 * node_um2)
    halves = np.concatenate(([node_ohm], half_ohm, [node_ohm]))
    return 1e6 / (halves[:-1] + halves[1:])
