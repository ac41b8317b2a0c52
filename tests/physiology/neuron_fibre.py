"""The same myelinated axon in NEURON, built from the published description and not from our arrays.

NEURON's steps are of first order, so results at two step lengths are extrapolated to zero.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import tempfile
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from twitchlib.arrays import FloatArray

STEPS_MS = (0.001, 0.0005)
AXOPLASM_OHM_UM = 0.7e6
STINS = 6

# By diameter of the fibre: diameters of axon and node, node spacing, FLUT (all in µm), lamellae.
DIMENSIONS = {
    5.7: (3.4, 1.9, 500, 35, 80),
    10.0: (6.9, 3.3, 1150, 46, 120),
    16.0: (12.7, 5.5, 1500, 60, 150),
}

# At 36 °C; the opening rate of m is that of the authors' program.
NODE = """
NEURON { SUFFIX ranvier NONSPECIFIC_CURRENT i RANGE faster_m, faster_h, faster_s }
PARAMETER { faster_m = 1 faster_h = 1 faster_s = 1 v (mV) }
ASSIGNED { i }
STATE { m h p s }
BREAKPOINT { SOLVE gates METHOD cnexp
  i = (3*m*m*m*h + 0.01*p*p*p)*(v - 50) + 0.08*s*(v + 90) + 0.007*(v + 90) }
INITIAL { m = am(v)/(am(v) + bm(v)) h = ah(v)/(ah(v) + bh(v))
  p = ap(v)/(ap(v) + bp(v)) s = as(v)/(as(v) + bs(v)) }
DERIVATIVE gates {
  m' = faster_m*(am(v)*(1 - m) - bm(v)*m)
  h' = faster_h*(ah(v)*(1 - h) - bh(v)*h)
  p' = faster_m*(ap(v)*(1 - p) - bp(v)*p)
  s' = faster_s*(as(v)*(1 - s) - bs(v)*s) }
FUNCTION linoid(x, y) {
  if (fabs(x/y) < 1e-6) { linoid = y*(1 - x/y/2) } else { linoid = x/(exp(x/y) - 1) } }
FUNCTION am(v) { am = 6.57*linoid(-(v + 21.4), 10.3) }
FUNCTION bm(v) { bm = 0.304*linoid(v + 25.7, 9.16) }
FUNCTION ah(v) { ah = 0.34*linoid(v + 114, 11) }
FUNCTION bh(v) { bh = 12.6/(1 + exp(-(v + 31.8)/13.4)) }
FUNCTION ap(v) { ap = 0.0353*linoid(-(v + 27), 10.2) }
FUNCTION bp(v) { bp = 0.000883*linoid(v + 34, 10) }
FUNCTION as(v) { as = 0.3/(1 + exp(-(v + 53)/5)) }
FUNCTION bs(v) { bs = 0.03/(1 + exp(-(v + 90))) }
"""


def arrivals_in_neuron(
    diameter_um: float, pulse: tuple[float, float, float], temperature_c: float, duration_ms: float
) -> FloatArray:
    """Return when each of 21 nodes crosses 0 mV after a pulse (start, width, nA) into the first."""
    coarse, fine = (
        _arrivals(diameter_um, pulse, temperature_c, duration_ms, step) for step in STEPS_MS
    )
    return 2 * fine - coarse


@cache
def simulator() -> Any:
    """Return NEURON with a node of Ranvier."""
    neuron = import_module("neuron")
    folder = Path(tempfile.mkdtemp())
    (folder / "ranvier.mod").write_text(NODE, encoding="utf-8")
    beside = Path(str(neuron.__file__)).resolve().parents[4] / "bin"
    compiler = shutil.which("nrnivmodl", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    assert compiler, "NEURON has been installed without its compiler"
    subprocess.run([compiler, "."], cwd=folder, check=True, capture_output=True)
    neuron.load_mechanisms(str(folder))
    return neuron.h


def fibre(diameter_um: float, temperature_c: float, nodes: int = 21) -> tuple[list[Any], list[Any]]:
    """Return all sections of a fibre, and its nodes."""
    h = simulator()
    axon_um, node_um, spacing_um, flut_um, lamellae = DIMENSIONS[diameter_um]
    stin_um = (spacing_um - 1 - 2 * 3 - 2 * flut_um) / STINS
    warmth = (temperature_c - 36) / 10
    half = [(3, node_um, 0.002, 0.001), (flut_um, axon_um, 0.004, 0.0001)]
    parts = [*half, *[(stin_um, axon_um, 0.004, 0.0001)] * STINS, *half[::-1]]
    sections, found = [], []
    for number in range(nodes):
        node = h.Section(name=f"node{number}")
        node.L, node.diam, node.Ra, node.cm = 1, node_um, AXOPLASM_OHM_UM / 1e4, 2
        node.insert("ranvier")
        node.faster_m_ranvier, node.faster_h_ranvier = 2.2**warmth, 2.9**warmth
        node.faster_s_ranvier = 3**warmth
        _outside(node, node_um, 0.002, 1e10, 0)
        sections.append(node)
        found.append(node)
        for place, (length_um, inner_um, space_um, leak) in enumerate(parts):
            if number == nodes - 1:
                break
            part = h.Section(name=f"part{number}.{place}")
            thin = inner_um / diameter_um
            part.L, part.diam = length_um, diameter_um
            part.Ra, part.cm = AXOPLASM_OHM_UM / 1e4 / thin**2, 2 * thin
            part.insert("pas")
            part.g_pas, part.e_pas = leak * thin, -80
            _outside(part, inner_um, space_um, 0.001 / (2 * lamellae), 0.1 / (2 * lamellae))
            sections.append(part)
    for left, right in pairwise(sections):
        right.connect(left(1), 0)
    return sections, found


def _outside(section: Any, inner_um: float, space_um: float, leak: float, capacity: float) -> None:
    """Give a section its myelin and the space under it."""
    ring_um2 = math.pi * ((inner_um / 2 + space_um) ** 2 - (inner_um / 2) ** 2)
    section.insert("extracellular")
    section.xraxial[0] = section.xraxial[1] = AXOPLASM_OHM_UM * 0.01 / ring_um2
    section.xg[0], section.xc[0] = leak, capacity
    section.xg[1], section.xc[1] = 1e10, 0


def _arrivals(
    diameter_um: float,
    pulse: tuple[float, float, float],
    temperature_c: float,
    duration_ms: float,
    step_ms: float,
) -> FloatArray:
    h = simulator()
    sections, nodes = fibre(diameter_um, temperature_c)
    clamp = h.IClamp(nodes[0](0.5))
    clamp.delay, clamp.dur, clamp.amp = pulse
    traces = [h.Vector().record(node(0.5)._ref_v) for node in nodes]
    h.finitialize(-80)
    h.dt, h.t = 1, -200
    while h.t < -1e-6:
        h.fadvance()
    h.t, h.dt = 0, step_ms
    h.frecord_init()
    for _ in range(round(duration_ms / step_ms)):
        h.fadvance()
    assert sections
    return np.array([_crossing(np.array(trace)) * step_ms for trace in traces])


def _crossing(v: FloatArray) -> float:
    up = np.flatnonzero((v[:-1] < 0) & (v[1:] >= 0))
    if not up.size:
        return math.nan
    k = int(up[0])
    return float(k - v[k] / (v[k + 1] - v[k]))
