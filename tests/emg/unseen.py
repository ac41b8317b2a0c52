"""Recordings that the rules for the needle were not made on: other shapes, patterns and noise.

Nothing here comes from `twitchlib.needle`. Each potential is a sum of bell curves or of triangles,
each pattern is written anew within published ranges, and the noise is coloured with added hum, or
uniform with drift. The seeds are fixed: the rules were tested on each set once, when it was new.
"""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from twitchlib.emg import Signal

Array = npt.NDArray[np.float64]

RATE_HZ = 8000.0
DURATION_S = 6.0
SEEDS = {"bells": range(7000, 7010), "triangles": range(9000, 9010)}
_DRAWN = {
    "bells": lambda away: np.exp(-0.5 * away**2),
    "triangles": lambda away: np.maximum(1 - np.abs(away) / 2, 0),
}


class Shape(tuple[tuple[float, float, float], ...]):
    """The phases of a potential, each with its height in µV, and its middle and width in ms."""

    __slots__ = ()

    def drawn(self, family: str) -> Array:
        time_ms = np.arange(-12, 40, 1000 / RATE_HZ)
        parts = [h * _DRAWN[family]((time_ms - m) / w) for h, m, w in self]
        whole: Array = np.sum(parts, axis=0)
        return whole


def bells(*parts: tuple[float, float, float]) -> Shape:
    return Shape(parts)


def spike(rng: np.random.Generator) -> Shape:
    height = rng.uniform(40, 250)
    wide = rng.uniform(0.2, 0.4)
    return bells(
        (0.45 * height, -2.2 * wide, wide), (-height, 0, wide), (0.2 * height, 2.5, 2 * wide)
    )


def negative_spike(rng: np.random.Generator) -> Shape:
    height, wide = rng.uniform(80, 300), rng.uniform(0.25, 0.5)
    return bells((-height, 0, wide), (rng.uniform(0.35, 0.7) * height, 2.8 * wide, 1.6 * wide))


def positive_wave(rng: np.random.Generator) -> Shape:
    height = rng.uniform(80, 350)
    return bells((height, 0, rng.uniform(0.5, 1)), (-0.3 * height, 5, 2.2), (-0.15 * height, 10, 3))


def unit(rng: np.random.Generator) -> Shape:
    height, wide = rng.uniform(200, 900), rng.uniform(0.5, 0.9)
    return bells(
        (0.35 * height, -3 * wide, 1.3 * wide), (-height, 0, wide), (0.4 * height, 3, 1.5 * wide),
        (-rng.uniform(0, 0.3) * height, 5, wide),
    )  # fmt: skip


def packet(rng: np.random.Generator) -> Shape:
    return bells((-rng.uniform(20, 45), 0, rng.uniform(0.25, 0.45)))


def _in_time(intervals_s: Array, start_s: float = 0.1) -> Array:
    times_s = start_s + np.cumsum(intervals_s)
    return times_s[times_s < DURATION_S - 0.05]


def _even(rng: np.random.Generator) -> Array:
    return _in_time(rng.uniform(0.95, 1.05, 200) / rng.uniform(1.5, 14))


def _insertion(rng: np.random.Generator) -> list[tuple[float, Shape, float]]:
    placed = []
    for start_s in np.arange(0.3, DURATION_S - 0.6, rng.uniform(1.2, 2)):
        length_s = rng.uniform(0.15, 0.45)
        for time_s in rng.uniform(
            start_s, start_s + length_s, int(length_s * rng.uniform(60, 150))
        ):
            made = positive_wave if rng.random() < 0.4 else negative_spike
            placed.append((float(time_s), made(rng), 1.0))
    return placed


def _all(times_s: Array, shape: Shape) -> list[tuple[float, Shape, float]]:
    return [(float(time_s), shape, 1.0) for time_s in times_s]


def _noise(rng: np.random.Generator) -> list[tuple[float, Shape, float]]:
    times_s = rng.uniform(0.05, DURATION_S - 0.05, int(DURATION_S * rng.uniform(70, 150)))
    return [(float(time_s), packet(rng), 1.0) for time_s in times_s]


def _endplate_spikes(rng: np.random.Generator) -> list[tuple[float, Shape, float]]:
    times_s = _in_time(0.003 + rng.exponential(1 / rng.uniform(8, 45), 500))
    return _all(times_s, negative_spike(rng))


def _fasciculation(rng: np.random.Generator) -> list[tuple[float, Shape, float]]:
    shapes = [unit(rng) for _ in range(rng.integers(1, 3))]
    times_s = _in_time(0.02 + rng.exponential(1 / rng.uniform(0.8, 1.8), 40))
    return [(float(time_s), shapes[rng.integers(len(shapes))], 1.0) for time_s in times_s]


def _myokymic(rng: np.random.Generator) -> list[tuple[float, Shape, float]]:
    shape, times_s, start_s = unit(rng), [], 0.2
    rate_hz, again_s = rng.uniform(30, 60), rng.uniform(0.3, 0.6)
    while start_s < DURATION_S - 0.3:
        times_s += [start_s + k / rate_hz for k in range(rng.integers(3, 6))]
        start_s += again_s * rng.uniform(0.9, 1.1)
    return _all(np.array(times_s), shape)


def _neuromyotonic(rng: np.random.Generator) -> list[tuple[float, Shape, float]]:
    shape, start_s, length_s = unit(rng), rng.uniform(0.3, 2), rng.uniform(0.6, 2)
    times_s = np.arange(start_s, start_s + length_s, 1 / rng.uniform(160, 290))
    heights = np.linspace(1, rng.uniform(0.2, 0.5), times_s.size)
    return [(float(t), shape, float(h)) for t, h in zip(times_s, heights, strict=True)]


def _myotonic(rng: np.random.Generator) -> list[tuple[float, Shape, float]]:
    shape, now_s, placed = spike(rng), 0.3, []
    length_s, top_hz = rng.uniform(2, 4), rng.uniform(60, 80)
    while now_s < 0.3 + length_s:
        done = (now_s - 0.3) / length_s
        rise = min(done / 0.3, 1, (1 - done) / 0.7)
        placed.append((now_s, shape, 0.4 + 0.6 * rise))
        now_s += 1 / (25 + (top_hz - 25) * rise)
    return placed


def _complex(rng: np.random.Generator) -> list[tuple[float, Shape, float]]:
    rate_hz, count = rng.uniform(8, 70), int(rng.integers(3, 7))
    later_s = np.sort(rng.uniform(0, min(0.6 / rate_hz, 0.02), count))
    shapes = [spike(rng) for _ in range(count)]
    times_s = np.arange(rng.uniform(0.2, 1), rng.uniform(2.5, 4.5), 1 / rate_hz)
    return [
        (float(t + late + rng.normal(0, 2e-5)), shape, 1.0)
        for t in times_s
        for late, shape in zip(later_s, shapes, strict=True)
    ]


MADE: dict[str, Callable[[np.random.Generator], list[tuple[float, Shape, float]]]] = {
    "insertion": _insertion,
    "endplate-noise": _noise,
    "endplate-spikes": _endplate_spikes,
    "fibrillation": lambda rng: _all(_even(rng), spike(rng)),
    "positive-waves": lambda rng: _all(_even(rng), positive_wave(rng)),
    "fasciculation": _fasciculation,
    "myokymic": _myokymic,
    "neuromyotonic": _neuromyotonic,
    "myotonic": _myotonic,
    "complex-repetitive": _complex,
}


def unseen(kind: str, seed: int, family: str = "bells") -> Signal:
    """Return a recording of a kind, on which no rule was made."""
    rng = np.random.default_rng(seed)
    trace = np.zeros(round(DURATION_S * RATE_HZ))
    for time_s, shape, height in MADE[kind](rng):
        drawn = shape.drawn(family)
        first = round((time_s - 0.012) * RATE_HZ)
        room = trace[max(first, 0) : first + drawn.size]
        room += height * drawn[max(-first, 0) : max(-first, 0) + room.size]
    trace += _bells_noise(rng) if family == "bells" else _triangles_noise(rng)
    return Signal(trace / 1000, RATE_HZ, name=kind, synthetic=True)


def _bells_noise(rng: np.random.Generator) -> Array:
    hiss = rng.normal(0, 1, round(DURATION_S * RATE_HZ))
    for place in range(1, hiss.size):
        hiss[place] += 0.6 * hiss[place - 1]
    hum = np.sin(math.tau * 50 * np.arange(hiss.size) / RATE_HZ)
    noise: Array = rng.uniform(1, 3) * hiss + rng.uniform(0, 2) * hum
    return noise


def _triangles_noise(rng: np.random.Generator) -> Array:
    hiss = rng.uniform(-1, 1, round(DURATION_S * RATE_HZ))
    drift = np.sin(math.tau * rng.uniform(0.2, 2) * np.arange(hiss.size) / RATE_HZ)
    noise: Array = rng.uniform(3, 9) * hiss + rng.uniform(0, 60) * drift
    return noise
