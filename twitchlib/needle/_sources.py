"""How each discharge is made: which shape fires when, and how high.

A source is a function of the discharge's ranges; the recording is the sum of its volleys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.needle import _firing as firing
from twitchlib.needle import _shapes as shapes
from twitchlib.needle._discharges import Range
from twitchlib.physiology.muscle_fibre import MuscleFibre

__all__ = ["SOURCES", "Place", "Volley"]

# The distance for which the table gives the height of end-plate noise.
NOISE_AT_MM = 0.2


@dataclass(frozen=True)
class Place:
    """Where and how a discharge is recorded.

    Attributes
    ----------
    duration_s, sample_hz : float
        How long, and how many samples per second.
    across_mm : float
        Distance from the needle to the nearest fibre that fires.
    """

    duration_s: float
    sample_hz: float
    across_mm: float


@dataclass(frozen=True, eq=False)
class Volley:
    """One potential that recurs.

    Attributes
    ----------
    times_s : ndarray, shape (n,)
        When it begins each time.
    shape_uv : ndarray
        What it looks like.
    height : ndarray, shape (n,)
        How high each is, as a factor.
    """

    times_s: FloatArray
    shape_uv: FloatArray
    height: FloatArray


Ranges = Mapping[str, Range]
Source = Callable[[Ranges, Place, np.random.Generator], Iterator[Volley]]


def _volley(times_s: FloatArray, shape_uv: FloatArray) -> Volley:
    return Volley(times_s, shape_uv, np.ones(times_s.size))


def _fibre(ranges: Ranges, rng: np.random.Generator) -> MuscleFibre:
    return MuscleFibre(
        diameter_um=ranges["diameter_um"].draw(rng), velocity_m_s=ranges["velocity_m_s"].draw(rng)
    )


def _ends(known: Range) -> tuple[float, float]:
    return known.low, known.high


def insertion(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield spikes of many fibres while the needle moves, every second or two."""
    start_s = rng.uniform(0.1, 0.5)
    while start_s < place.duration_s:
        length_s = ranges["burst_s"].draw(rng)
        for time_s in firing.at_random(length_s, ranges["spikes_hz"].draw(rng), rng):
            fibre = MuscleFibre(diameter_um=rng.uniform(35, 60), velocity_m_s=rng.uniform(3, 4.5))
            begins = shapes.starting if rng.random() < 0.5 else shapes.ended
            across_mm = place.across_mm * rng.uniform(1, 3)
            yield _volley(np.array([start_s + time_s]), begins(fibre, across_mm, place.sample_hz))
        start_s += length_s + rng.uniform(0.9, 1.8)


def endplate_noise(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield packets that leak, each at its own distance and so with its own height."""
    times_s = firing.at_random(place.duration_s, ranges["rate_hz"].draw(rng), rng)
    shape = shapes.leaking(1.0, ranges["potential_ms"].draw(rng), place.sample_hz)
    nearness = NOISE_AT_MM / place.across_mm
    height = nearness * rng.uniform(*_ends(ranges["amplitude_uv"]), times_s.size)
    yield Volley(times_s, shape, height)


def endplate_spikes(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield a fibre that the needle excites at its junction."""
    times_s = firing.irregularly(
        place.duration_s, ranges["rate_hz"].draw(rng), ranges["interval_cv"].draw(rng), rng
    )
    yield _volley(times_s, shapes.starting(_fibre(ranges, rng), place.across_mm, place.sample_hz))


def _ticking(ranges: Ranges, place: Place, rng: np.random.Generator) -> FloatArray:
    return firing.evenly(
        place.duration_s, ranges["rate_hz"].draw(rng), ranges["interval_cv"].draw(rng),
        ranges["slowing"].draw(rng), rng,
    )  # fmt: skip


def fibrillation(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield a fibre that has lost its nerve and ticks."""
    times_s = _ticking(ranges, place, rng)
    yield _volley(times_s, shapes.passing(_fibre(ranges, rng), place.across_mm, place.sample_hz))


def positive_waves(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield a fibre that ticks and whose spike ends at the needle."""
    times_s = _ticking(ranges, place, rng)
    yield _volley(times_s, shapes.ended(_fibre(ranges, rng), place.across_mm, place.sample_hz))


def fasciculation(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield a few units that fire now and then."""
    units = round(ranges["units"].draw(rng))
    for number in range(units):
        times_s = firing.at_random(place.duration_s, ranges["rate_hz"].draw(rng) / units, rng)
        across_mm = place.across_mm * (1 + 0.7 * number)
        yield _volley(times_s, shapes.unit(across_mm, rng, place.sample_hz))


def myokymic(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield a unit that fires in groups."""
    times_s = firing.groups(
        place.duration_s, ranges["groups_hz"].draw(rng), ranges["rate_hz"].draw(rng),
        round(ranges["potentials"].draw(rng)), rng,
    )  # fmt: skip
    yield _volley(times_s, shapes.unit(place.across_mm, rng, place.sample_hz))


def neuromyotonic(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield a unit that fires very fast and loses height until it stops."""
    runs = firing.runs_apart(place.duration_s, _ends(ranges["run_s"]), rng)
    times_s, part = firing.in_runs(runs, _ends(ranges["rate_hz"]), 0.01, False, rng)
    height = ranges["left"].draw(rng) ** part
    yield Volley(times_s, shapes.unit(place.across_mm, rng, place.sample_hz), height)


def myotonic(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield a fibre whose rate and height rise and fall."""
    runs = firing.runs_apart(place.duration_s, _ends(ranges["run_s"]), rng)
    times_s, part = firing.in_runs(runs, _ends(ranges["rate_hz"]), 0.02, True, rng)
    left = ranges["left"].draw(rng)
    height = left + (1 - left) * np.sin(np.pi * part)
    shape = shapes.passing(_fibre(ranges, rng), place.across_mm, place.sample_hz)
    yield Volley(times_s, shape, height)


def complex_repetitive(ranges: Ranges, place: Place, rng: np.random.Generator) -> Iterator[Volley]:
    """Yield several fibres that fire one after the other, and then again from the first."""
    runs = firing.runs_apart(place.duration_s, _ends(ranges["run_s"]), rng)
    rate_hz = ranges["rate_hz"].draw(rng)
    jitter_s = ranges["jitter_ms"].draw(rng) / 1000
    times_s, _part = firing.in_runs(runs, (rate_hz, rate_hz), jitter_s * rate_hz, False, rng)
    count = round(ranges["spikes"].draw(rng))
    room_s = min(0.6 / rate_hz, 0.004 * count)
    for number in range(count):
        later_s = room_s * (number + rng.uniform(0.2, 0.8)) / count
        fibre = MuscleFibre(diameter_um=rng.uniform(40, 60), velocity_m_s=rng.uniform(3, 4.5))
        across_mm = place.across_mm * rng.uniform(1, 1.5)
        moments_s = times_s + later_s + rng.normal(0, jitter_s, times_s.size)
        yield _volley(moments_s, shapes.passing(fibre, across_mm, place.sample_hz))


SOURCES: Final[Mapping[str, Source]] = {
    "insertion": insertion,
    "endplate-noise": endplate_noise,
    "endplate-spikes": endplate_spikes,
    "fibrillation": fibrillation,
    "positive-waves": positive_waves,
    "fasciculation": fasciculation,
    "myokymic": myokymic,
    "neuromyotonic": neuromyotonic,
    "myotonic": myotonic,
    "complex-repetitive": complex_repetitive,
}
"""The source of each discharge of the table, by its name."""
