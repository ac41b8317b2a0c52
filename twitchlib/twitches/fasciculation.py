"""Fasciculation: single motor units that fire spontaneously and irregularly.

Each of a few units has a site that fires at random. Sites differ in their hazard, which rises and
falls with a slow tide that all sites share. Sites are of the two types that Kleine and others
(2008) distinguished by their intervals in people with ALS:

- In the axon a site fires once, or twice within some 5 ms (a doublet), and is ready again after 3
  to 4 ms.
- In the motoneuron it fires a train, whose intervals vary around 80 ms and are never shorter than
  the cell's refractory period of 17 to 46 ms.

An event is what stands alone in the EMG: a single potential, or the two of a doublet, which
overlap. A train is not one event but as many as it has spikes, since the EMG is silent between
them; studies that count discharges do the same. Rates are rates of events.

No published figures were found for the length of trains or how common they are in health. Most
presets have only axonal sites: the isolated flickers of everyday life. The two thumb presets mix
both types to match what Sleutjes and others (2016) counted in ten minutes of rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.motor_units import POOL
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches._course import Course, grouped, sites
from twitchlib.twitches._kind import EventType, Kind

__all__ = ["KIND", "PRESETS", "Fasciculation", "course"]

GRID_S = 0.1

_TEACHING = _("Chosen for teaching")
_FEET = "doi:10.1016/0168-5597(94)90036-1"
_THUMB = "doi:10.1002/mus.24712"
_KLEINE = "Kleine 2008, doi:10.1212/01.wnl.0000300559.14806.2a"
_RATES = _(
    "Healthy shin at most 3 a minute, sole sometimes above 100 a minute: {feet}. "
    "Strong and weak biceps: 10 and 40 times the benign rate, {biceps}; "
    "their absolute rates are orders of magnitude. "
    "Thumb: fitted to windows with two units and to the share of isolated discharges, {thumb}",
    feet=_FEET,
    thumb=_THUMB,
    biceps="PMC7425399",
)
_SITES = _("9 active units against 3 in 10 min at the thumb: {source}", source=_THUMB)
_TWO_TYPES = _(
    "7 of 30 units fired like motoneurons, 23 like axons: {source}. For the healthy thumb chosen "
    "so that discharges are as seldom isolated as in {thumb}",
    source=_KLEINE,
    thumb=_THUMB,
)
_TIDE = _(
    "Counts in left and right feet rise and fall together: {source}; size chosen for teaching",
    source=_FEET,
)


@dataclass(frozen=True)
class Fasciculation(Quantities):
    """How often, from how many sites, and how unevenly."""

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
        10, _("Time constant of that rise and fall"), unit="min", low=0.5, high=60, step=0.5,
        source=_TEACHING, illustrative=True,
    )  # fmt: skip
    doublet_part: float = quantity(
        0.05, _("Fraction of axonal fasciculations that are doublets"), unit="", low=0, high=1,
        source=_TEACHING, illustrative=True,
    )  # fmt: skip
    doublet_ms: float = quantity(
        5, _("Time between the two pulses of a doublet"), unit="ms", low=4.5, high=10, step=0.1,
        source=_("About 5 ms: {source}", source=_KLEINE),
    )  # fmt: skip
    axon_refractory_ms: float = quantity(
        3.5, _("Shortest time between pulses, axon"), unit="ms", low=3, high=4, step=0.1,
        source=_("3 to 4 ms: {source}", source=_KLEINE),
    )  # fmt: skip
    neuron_part: float = quantity(
        0, _("Fraction of units that fire from the motoneuron, in trains"), unit="", low=0, high=1,
        source=_TWO_TYPES, illustrative=True,
    )  # fmt: skip
    train_pulses: float = quantity(
        6.5, _("Mean pulses in a train"), unit="", low=1, high=50, step=0.5,
        source=_("Fitted to the share of isolated discharges in {source}", source=_THUMB),
        illustrative=True,
    )  # fmt: skip
    train_ms: float = quantity(
        80, _("Usual time between the pulses of a train"), unit="ms", low=60, high=200, step=1,
        source=_("About 80 ms: {source}; their spread was chosen", source=_KLEINE),
    )  # fmt: skip
    neuron_refractory_ms: float = quantity(
        30, _("Shortest time between pulses, motoneuron"), unit="ms", low=17, high=46, step=1,
        source=_("17 to 46 ms: {source}", source=_KLEINE),
    )  # fmt: skip


FASCICULATION = EventType(
    "fasciculation", _("fasciculation"),
    lambda n: ngettext("one fasciculation", "{n} fasciculations", n),
    sound=_("a dull single knock"),
    sounds=lambda n: ngettext("{n} dull single knock", "{n} dull single knocks", n),
)  # fmt: skip

PRESETS = {
    "benign": Fasciculation(),
    "healthy_shin": Fasciculation(rate_per_min=0.5),
    "healthy_sole": Fasciculation(rate_per_min=10),
    "disease": Fasciculation(rate_per_min=5.5, sites=9),
    "disease_strong": Fasciculation(rate_per_min=30, sites=9),
    "disease_weak": Fasciculation(rate_per_min=120, sites=9),
    "healthy_thumb": Fasciculation(rate_per_min=9, sites=3, neuron_part=2 / 3),
    "disease_thumb": Fasciculation(rate_per_min=17, sites=9, neuron_part=2 / 9),
}
DOUBLET_SPREAD = 0.1
# How narrowly a train's intervals are distributed: the shape of a gamma distribution.
TRAIN_SHAPE = 4


def _tide(params: Fasciculation, count: int, rng: np.random.Generator) -> FloatArray:
    """Return the shared factor over time, mean 1: the exponential of an Ornstein–Uhlenbeck path."""
    keep = math.exp(-GRID_S / (60 * params.tide_min))
    push = rng.standard_normal(count)
    push[1:] *= math.sqrt(1 - keep**2)
    level = 0.0
    path = np.empty(count)
    for i, step in enumerate(push.tolist()):
        level = keep * level + step
        path[i] = level
    factor: FloatArray = np.exp(params.tide * path - params.tide**2 / 2)
    return factor


def _flicker(params: Fasciculation, start_s: float, rng: np.random.Generator) -> list[FloatArray]:
    """Return the single event of an axonal site: its spikes."""
    spikes_s = [start_s]
    if rng.random() < params.doublet_part:
        spread = rng.uniform(1 - DOUBLET_SPREAD, 1 + DOUBLET_SPREAD)
        spikes_s.append(start_s + spread * params.doublet_ms / 1000)
    return [np.array(spikes_s)]


def _train(params: Fasciculation, start_s: float, rng: np.random.Generator) -> list[FloatArray]:
    """Return the events of a motoneuronal site: one for each spike of its train."""
    more = int(rng.geometric(1 / params.train_pulses)) - 1
    # The refractory period plus a gamma variate, the mode being at the usual interval.
    scale_ms = (params.train_ms - params.neuron_refractory_ms) / (TRAIN_SHAPE - 1)
    intervals_ms = params.neuron_refractory_ms + rng.gamma(TRAIN_SHAPE, scale_ms, more)
    spikes_s = start_s + np.concatenate(([0.0], np.cumsum(intervals_ms))) / 1000
    return [spikes_s[i : i + 1] for i in range(spikes_s.size)]


def _events(
    params: Fasciculation, duration_s: float, rng: np.random.Generator
) -> Iterator[tuple[int, FloatArray]]:
    """Yield the unit and the spikes of each event, site by site."""
    grid_s = np.arange(math.ceil(duration_s / GRID_S) + 1) * GRID_S
    # The expected number of starts of a site with mean rate 1/s, up to each grid time.
    expected = np.concatenate(([0.0], np.cumsum(_tide(params, grid_s.size - 1, rng)) * GRID_S))
    share = rng.lognormal(0, params.unevenness, params.sites)
    numbers = sites(params.sites, rng)
    in_trains = np.zeros(params.sites, dtype=bool)
    neurons = rng.choice(params.sites, round(params.neuron_part * params.sites), replace=False)
    in_trains[neurons] = True
    # A train is many events, so it has to start less often.
    events_per_start = np.where(in_trains, params.train_pulses, 1.0)
    starts_hz = params.rate_per_min / 60 * share / (share * events_per_start).sum()
    for number, start_hz, train in zip(numbers, starts_hz, in_trains, strict=True):
        refractory_ms = params.neuron_refractory_ms if train else params.axon_refractory_ms
        fire = _train if train else _flicker
        count = rng.poisson(start_hz * expected[-1])
        starts_s = np.interp(np.sort(rng.random(count)) * expected[-1], expected, grid_s)
        ready_s = -math.inf
        for start_s in starts_s[starts_s < duration_s].tolist():
            if start_s < ready_s:
                continue
            for spikes_s in fire(params, start_s, rng):
                yield number, spikes_s
                ready_s = float(spikes_s[-1]) + refractory_ms / 1000


def course(params: Fasciculation, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    return grouped(_events(params, duration_s, rng), FASCICULATION.label)


KIND = Kind(
    "fasciculation", _("Fasciculation"), part=_("axon or motoneuron"),
    how=_("one motor unit fires by itself"), presets=PRESETS, course=course,
    events=(FASCICULATION,),
    game=({"rate_per_min": 35, "sites": 3, "doublet_part": 0}, {"rate_per_min": 50, "sites": 6}),
    example={"seed": 6, "preset": "healthy_sole"},
)  # fmt: skip
