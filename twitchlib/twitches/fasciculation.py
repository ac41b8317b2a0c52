"""Fasciculation: single motor units that fire by themselves, in no rhythm.

Each of a few units has a site that fires by chance. Its hazard has a size of its own and follows a
slow tide that all sites share. A spike may be followed at once by a second one (a doublet).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.physiology._arrays import FloatArray
from twitchlib.physiology.motor_pool import POOL, Discharges
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches import labels
from twitchlib.twitches._course import Course, sites, span

__all__ = ["PRESETS", "Fasciculation", "course"]

GRID_S = 0.1

_TEACHING = _("Chosen for teaching")
_FEET = "doi:10.1016/0168-5597(94)90036-1"
_THUMB = "doi:10.1002/mus.24712"
_RATES = _(
    "Healthy shin at most 3 a minute, sole sometimes above 100 a minute: {feet}. "
    "Disease: 24 % of 10-s windows with two or more units, {thumb}. "
    "Strong and weak biceps: 10 and 40 times the benign rate, {biceps}; "
    "their absolute rates are orders of magnitude",
    feet=_FEET,
    thumb=_THUMB,
    biceps="PMC7425399",
)
_SITES = _("9 active units against 3 in 10 min at the thumb: {source}", source=_THUMB)
_TIDE = _(
    "Counts in left and right feet rise and fall together: {source}; size chosen for teaching",
    source=_FEET,
)


@dataclass(frozen=True)
class Fasciculation(Quantities):
    """How often, from how many places, and how unevenly."""

    rate_per_min: float = quantity(
        3, _("Fasciculations a minute"), unit="/min", low=0, high=300, step=0.5, source=_RATES,
        illustrative=True,
    )  # fmt: skip
    sites: int = quantity(
        3, _("Units that fire by themselves"), unit="", low=1, high=POOL.units, source=_SITES,
        illustrative=True, integer=True,
    )  # fmt: skip
    unevenness: float = quantity(
        0.5, _("Spread of the sites' rates (logarithmic)"), unit="", low=0, high=2, step=0.1,
        source=_TEACHING, illustrative=True,
    )  # fmt: skip
    tide: float = quantity(
        0.3, _("Slow rise and fall that all sites share (logarithmic)"), unit="", low=0, high=1.5,
        step=0.1, symbol="β", source=_TIDE, illustrative=True,
    )  # fmt: skip
    tide_min: float = quantity(
        10, _("Time of that rise and fall"), unit="min", low=0.5, high=60, step=0.5,
        source=_TEACHING, illustrative=True,
    )  # fmt: skip
    doublet_part: float = quantity(
        0.05, _("Part of fasciculations that are doublets"), unit="", low=0, high=1,
        source=_TEACHING, illustrative=True,
    )  # fmt: skip
    dead_ms: float = quantity(
        30, _("Shortest time between fasciculations of a unit"), unit="ms", low=30, high=500,
        step=1, source=_TEACHING, illustrative=True,
    )  # fmt: skip


PRESETS = {
    "benign": Fasciculation(),
    "healthy_shin": Fasciculation(rate_per_min=0.5),
    "healthy_sole": Fasciculation(rate_per_min=10),
    "disease": Fasciculation(rate_per_min=5.5, sites=9),
    "disease_strong": Fasciculation(rate_per_min=30, sites=9),
    "disease_weak": Fasciculation(rate_per_min=120, sites=9),
}
DOUBLET_MS = (5.0, 30.0)


def _tide(known: Fasciculation, count: int, rng: np.random.Generator) -> FloatArray:
    """Return the shared factor over time, mean 1: the exponential of an Ornstein–Uhlenbeck path."""
    keep = math.exp(-GRID_S / (60 * known.tide_min))
    push = rng.standard_normal(count)
    push[1:] *= math.sqrt(1 - keep**2)
    level = 0.0
    path = np.empty(count)
    for i, one in enumerate(push.tolist()):
        level = keep * level + one
        path[i] = level
    factor: FloatArray = np.exp(known.tide * path - known.tide**2 / 2)
    return factor


def course(known: Fasciculation, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    grid_s = np.arange(math.ceil(duration_s / GRID_S) + 1) * GRID_S
    # The expected number of spikes of a site of mean rate 1/s, up to each time of the grid.
    expected = np.concatenate(([0.0], np.cumsum(_tide(known, grid_s.size - 1, rng)) * GRID_S))
    share = rng.lognormal(0, known.unevenness, known.sites)
    rates_hz = known.rate_per_min / 60 * share / share.sum()
    unit: list[int] = []
    time_s: list[float] = []
    events = []
    for number, rate_hz in zip(sites(known.sites, rng), rates_hz, strict=True):
        count = rng.poisson(rate_hz * expected[-1])
        chance_s = np.interp(np.sort(rng.random(count)) * expected[-1], expected, grid_s)
        last_s = -math.inf
        for start_s in chance_s[chance_s < duration_s].tolist():
            if start_s - last_s < known.dead_ms / 1000:
                continue
            spikes_s = [start_s]
            if rng.random() < known.doublet_part:
                spikes_s.append(start_s + rng.uniform(*DOUBLET_MS) / 1000)
            last_s = spikes_s[-1]
            unit += [number] * len(spikes_s)
            time_s += spikes_s
            events.append(span(np.array(spikes_s), labels.FASCICULATION, number))
    return Course(Discharges.of(unit, time_s), tuple(events))
