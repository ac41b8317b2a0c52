"""The shape of one potential: a spike that passes, starts or ends at the needle, or a unit's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.physiology.muscle_fibre import MuscleFibre, Needle, simulate

__all__ = ["ended", "leaking", "passing", "starting", "unit"]

# The fibre on either side of a needle is long enough for the ends not to matter.
FAR_MM = 25.0
MARGIN_MS = 6.0
# Illustrative: fibres of a motor unit near a needle, and how unevenly their spikes arrive.
UNIT_FIBRES = (12, 25)
UNIT_REACH_MM = 1.8
UNIT_ALONG_MM = 40.0
UNIT_START_SPREAD_MM = 4.0
UNIT_SPEED_M_S = (3.5, 4.5)
UNIT_DIAMETER_UM = (40.0, 65.0)


def _alone(fibre: MuscleFibre, needle: Needle, sample_hz: float) -> FloatArray:
    """Return one spike in µV, cut off where it becomes negligible at either end."""
    after_ms = (needle.along_mm + FAR_MM) / fibre.velocity_m_s
    run = simulate(fibre, needle, after_ms, step_ms=1000 / sample_hz)
    kept = np.flatnonzero(np.abs(run.potential_uv) > 0.002 * run.height_uv)
    return run.potential_uv[kept[0] : kept[-1] + 1]


def passing(fibre: MuscleFibre, across_mm: float, sample_hz: float) -> FloatArray:
    """Return the spike of a fibre that passes the needle."""
    return _alone(fibre, Needle(across_mm=across_mm, along_mm=FAR_MM), sample_hz)


def starting(fibre: MuscleFibre, across_mm: float, sample_hz: float) -> FloatArray:
    """Return the spike of a fibre that starts right at the needle."""
    return _alone(fibre, Needle(across_mm=across_mm, along_mm=0), sample_hz)


def ended(fibre: MuscleFibre, across_mm: float, sample_hz: float) -> FloatArray:
    """Return the spike of a fibre that cannot get past the needle."""
    blocked = replace(fibre, after_mm=FAR_MM)
    return _alone(blocked, Needle(across_mm=across_mm, along_mm=FAR_MM), sample_hz)


def leaking(height_uv: float, potential_ms: float, sample_hz: float) -> FloatArray:
    """Return the local potential of one packet: it rises fast, falls slowly, and stays negative.

    It is an alpha function that exceeds 5 % of its height for `potential_ms`.
    """
    # 5 % of the peak is crossed at 0.018 and 5.74 times the time to the peak.
    peak_ms = potential_ms / (5.744 - 0.0188)
    time = np.arange(0, 1.5 * potential_ms, 1000 / sample_hz) / peak_ms
    shape: FloatArray = -height_uv * time * np.exp(1 - time)
    return shape


def unit(across_mm: float, rng: np.random.Generator, sample_hz: float) -> FloatArray:
    """Return the potential of a motor unit: the spikes of its fibres near the needle, added up."""
    count = int(rng.integers(*UNIT_FIBRES))
    # Uniform over the area around the needle; the nearest fibre is at the given distance.
    far_mm = np.sqrt(rng.uniform(across_mm**2, (across_mm + UNIT_REACH_MM) ** 2, count))
    far_mm[0] = across_mm
    starts_mm = UNIT_ALONG_MM + rng.normal(0, UNIT_START_SPREAD_MM, count)
    speeds_m_s = rng.uniform(*UNIT_SPEED_M_S, count)
    arrives_ms = starts_mm / speeds_m_s
    arrives_ms -= arrives_ms.min()
    whole = np.zeros(round((arrives_ms.max() + 4 * MARGIN_MS) * sample_hz / 1000))
    for at_ms, speed, distance in zip(arrives_ms, speeds_m_s, far_mm, strict=True):
        fibre = MuscleFibre(velocity_m_s=speed, diameter_um=rng.uniform(*UNIT_DIAMETER_UM))
        spike = passing(fibre, float(distance), sample_hz)
        first = round(at_ms * sample_hz / 1000)
        whole[first : first + spike.size] += spike
    return np.trim_zeros(whole, "b")
