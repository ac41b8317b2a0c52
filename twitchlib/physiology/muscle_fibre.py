"""The potential of one muscle fibre, as a needle beside it picks it up.

A spike starts somewhere along the fibre and runs both ways. Within the fibre it has the shape that
Rosenfalck (1969) gave, ``V(s) = A·(s/λ)³·exp(-s/λ)`` at the distance `s` behind its front. Its
slope drives a current along the fibre, and the current that leaves or enters through the membrane
raises or lowers the potential outside (a line source in muscle, which conducts better along its
fibres than across):

    φ = σᵢ·πd²/4 / (4πσᵣ) · ∫ i(z)/R dz,   R² = (z - z₀)² + (σ_z/σᵣ)·r².

No current leaves through the ends, so a spike that arrives at one is absorbed there. The shape at
the needle then depends on where the needle is: over the place where the spike starts it begins
negative, further along it begins positive, and at a place that the spike cannot pass it is a sharp
positive wave with a low negative tail.

Examples
--------
>>> passing = simulate(MuscleFibre(), Needle(), 15)
>>> at_start = simulate(MuscleFibre(), Needle(along_mm=0), 15)
>>> bool(passing.begins_negative), bool(at_start.begins_negative)
(False, True)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray, Traces, checked_number
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

__all__ = ["FibrePotential", "MuscleFibre", "Needle", "simulate"]

_MARCH = "doi:10.1016/j.clinph.2021.10.021"
_SIMULATED = _("As in a published simulation: {source}", source=_MARCH)
_ROSENFALCK = _("Rosenfalck 1969, as quoted in models of the EMG; the original was not seen")
_USUAL = _("Usual in models of the EMG, source not checked")

STEP_MM = 0.05
# How far a spike extends behind its front, in length scales.
SPIKE_SCALES = 20.0
# Further from the needle than this, the membrane hardly contributes.
REACH_MM = 60.0
# A phase counts if it reaches this fraction of the whole height.
LEAST_PHASE = 0.05


@dataclass(frozen=True)
class MuscleFibre(Quantities):
    """A muscle fibre and the tissue around it."""

    diameter_um: float = quantity(
        60, _("Diameter of the fibre"), unit="µm", low=10, high=120, step=1, symbol="d",
        source=_SIMULATED,
    )  # fmt: skip
    velocity_m_s: float = quantity(
        4, _("Speed of the spike"), unit="m/s", low=0.5, high=6, step=0.1, symbol="v",
        source=_SIMULATED,
    )  # fmt: skip
    before_mm: float = quantity(
        100, _("Length of the fibre behind the start"), unit="mm", low=0, high=300, step=1,
        source=_SIMULATED,
    )  # fmt: skip
    after_mm: float = quantity(
        100, _("Length of the fibre ahead of the start"), unit="mm", low=0, high=300, step=1,
        source=_SIMULATED,
    )  # fmt: skip
    spike_mv: float = quantity(
        96, _("Height factor of the spike inside"), unit="mV", low=20, high=200, step=1,
        symbol="A", source=_ROSENFALCK, illustrative=True,
    )  # fmt: skip
    scale_mm: float = quantity(
        1, _("Length scale of the spike"), unit="mm", low=0.2, high=5, step=0.1, symbol="λ",
        source=_ROSENFALCK, illustrative=True,
    )  # fmt: skip
    inside_s_m: float = quantity(
        1.01, _("Conductivity inside the fibre"), unit="S/m", low=0.1, high=3, symbol="σᵢ",
        source=_USUAL, illustrative=True,
    )  # fmt: skip
    along_s_m: float = quantity(
        0.33, _("Conductivity of muscle along its fibres"), unit="S/m", low=0.05, high=1,
        symbol="σ_z", source=_USUAL, illustrative=True,
    )  # fmt: skip
    across_s_m: float = quantity(
        0.063, _("Conductivity of muscle across its fibres"), unit="S/m", low=0.02, high=1,
        symbol="σᵣ", source=_USUAL, illustrative=True,
    )  # fmt: skip


@dataclass(frozen=True)
class Needle(Quantities):
    """Where the tip of the needle is; it is treated as a point."""

    across_mm: float = quantity(
        0.2, _("Distance from the axis of the fibre"), unit="mm", low=0.05, high=5, step=0.05,
        symbol="r", source=_("For the reader to choose"), illustrative=True,
    )  # fmt: skip
    along_mm: float = quantity(
        20, _("Distance along the fibre from where the spike starts"), unit="mm", low=0, high=200,
        step=0.5, symbol="z₀", source=_("For the reader to choose"), illustrative=True,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class FibrePotential(Traces):
    """What the needle picks up of one spike.

    Attributes
    ----------
    time_ms : ndarray, shape (n,)
        Time since the spike started.
    potential_uv : ndarray, shape (n,)
        Potential at the needle against a distant electrode; positive is positive at the needle.
    """

    time_ms: FloatArray
    potential_uv: FloatArray

    @property
    def height_uv(self) -> float:
        """Peak-to-peak amplitude."""
        return float(np.ptp(self.potential_uv))

    @property
    def begins_negative(self) -> bool:
        """Whether the first phase that counts (5 % of the height) is negative."""
        counts = np.abs(self.potential_uv) > LEAST_PHASE * self.height_uv
        return bool(self.potential_uv[np.argmax(counts)] < 0)

    @property
    def phases(self) -> int:
        """How many phases count: stretches on one side of zero that reach 5 % of the height."""
        counts = np.abs(self.potential_uv) > LEAST_PHASE * self.height_uv
        side = np.sign(self.potential_uv[counts])
        return int(1 + np.count_nonzero(np.diff(side))) if side.size else 0


def simulate(
    fibre: MuscleFibre, needle: Needle, duration_ms: float, *, step_ms: float = 0.05
) -> FibrePotential:
    """Return the potential of one spike at the needle.

    Parameters
    ----------
    fibre : MuscleFibre
        The fibre, with the spike's start at 0.
    needle : Needle
        Where the needle is.
    duration_ms : float
        How long from the start of the spike, 1 to 500 ms.
    step_ms : float
        Time between samples, 0.005 to 1 ms.

    Returns
    -------
    FibrePotential
        Potential over time, in µV.

    Raises
    ------
    NotAllowedError
        If a number is out of range.

    References
    ----------
    The line source and its behaviour at start, middle and end of a fibre:
    doi:10.1016/j.clinph.2021.10.021. Ends as limits of the line source: Hammarberg & Stålberg 2004.

    Examples
    --------
    >>> near = simulate(MuscleFibre(), Needle(across_mm=0.1), 15)
    >>> far = simulate(MuscleFibre(), Needle(across_mm=0.5), 15)
    >>> near.height_uv > 5 * far.height_uv
    True
    """
    duration_ms = checked_number("duration_ms", duration_ms, low=1, high=500, unit="ms")
    step_ms = checked_number("step_ms", step_ms, low=0.005, high=1, unit="ms")
    slope_mv_mm = _slope_mv_mm(fibre)
    time_ms: FloatArray = np.arange(math.ceil(duration_ms / step_ms), dtype=np.float64) * step_ms
    arms = (_spread(fibre, needle, fibre.after_mm, 1), _spread(fibre, needle, fibre.before_mm, -1))
    driven = np.zeros(max(weights.size for weights in arms) + slope_mv_mm.size)
    for weights in arms:
        if weights.size:
            part = np.convolve(slope_mv_mm, weights)
            driven[: part.size] += part
    # Each step along the fibre is represented by its middle.
    path_mm = (np.arange(driven.size) + 0.5) * STEP_MM
    area_mm2 = math.pi / 4 * (fibre.diameter_um / 1000) ** 2
    factor_mm2 = fibre.inside_s_m * area_mm2 / (4 * math.pi * fibre.across_s_m)
    potential_uv: FloatArray = np.interp(fibre.velocity_m_s * time_ms, path_mm, driven, right=0.0)
    potential_uv *= 1000 * factor_mm2
    return FibrePotential(time_ms, potential_uv)


def _slope_mv_mm(fibre: MuscleFibre) -> FloatArray:
    """Return the slope of the spike inside the fibre, from its front backwards."""
    scale = fibre.scale_mm
    behind = np.arange(0, SPIKE_SCALES * scale, STEP_MM) / scale
    slope: FloatArray = fibre.spike_mv / scale * behind**2 * (3 - behind) * np.exp(-behind)
    return slope


def _spread(fibre: MuscleFibre, needle: Needle, length_mm: float, direction: int) -> FloatArray:
    """Return how much a slope at each place of one arm adds to the potential, in 1/mm.

    The derivative of 1/R along the fibre, integrated over each step.
    """
    reach_mm = min(length_mm, max(direction * needle.along_mm + REACH_MM, 0.0))
    steps = round(reach_mm / STEP_MM)
    place_mm = direction * np.arange(steps + 1) * STEP_MM
    stretch = fibre.along_s_m / fibre.across_s_m
    distance_mm = np.sqrt((place_mm - needle.along_mm) ** 2 + stretch * needle.across_mm**2)
    weights: FloatArray = np.diff(1 / distance_mm)
    return weights
