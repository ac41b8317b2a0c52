"""Recordings with known events and the disturbances of real ones, made without the library.

Bursts are shaped noise; some swell. Single potentials have several shapes and sizes. Real ones are
cut out of the three needle recordings of PhysioNet's ``emgdb`` and put into the quietest noise of
the same recording. All sizes here are illustrative.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Rng = np.random.Generator

RATE_HZ = 2000.0
DURATION_S = 20.0
SIZE = round(RATE_HZ * DURATION_S)
TIME_S = np.arange(SIZE) / RATE_HZ
NOISE_MV = 0.005
RATIOS_DB = (0, 10, 20)
# Real potentials are made smaller instead of being put into more noise.
SIZES = (0.25, 0.5, 1.0)
EMGDB = Path(__file__).parents[2] / "shared" / "data" / "emgdb"
EDGE = 0.05


@dataclass(frozen=True, eq=False)
class Trace:
    """A recording, the same without disturbances, its events, and its noise."""

    emg_mv: Array
    undisturbed_mv: Array
    rate_hz: float
    marks_s: Array
    noise_mv: float


def inside(marks_s: Array, rate_hz: float, size: int) -> Mask:
    """Return a mask that is true within events."""
    mask = np.zeros(size, dtype=bool)
    for first, last in np.rint(marks_s * rate_hz).astype(int):
        mask[first:last] = True
    return mask


def _shaped(rng: Rng, size: int, low_hz: float, high_hz: float, rate_hz: float = RATE_HZ) -> Array:
    """Return noise of variance 1 whose spectrum is that of a muscle between two corners."""
    hz = np.fft.rfftfreq(size, 1 / rate_hz)
    gain = (hz / low_hz) / (1 + (hz / low_hz)) / (1 + (hz / high_hz) ** 2)
    made = np.fft.irfft(np.fft.rfft(rng.normal(size=size)) * gain, size)
    shaped: Array = made / made.std()
    return shaped


def bursts(rng: Rng) -> tuple[Array, Array]:
    """Return bursts of 200 to 800 ms, every second of which swells, and their marks."""
    envelope = np.zeros(SIZE)
    marks, start_s = [], 0.7
    while (end_s := start_s + rng.uniform(0.2, 0.8)) < DURATION_S - 0.4:
        first, last = round(start_s * RATE_HZ), round(end_s * RATE_HZ)
        swell_s = rng.choice([0.002, rng.uniform(0.02, 0.1)])
        ramp = np.clip(np.arange(1, last - first + 1) / (swell_s * RATE_HZ), 0, 1)
        envelope[first:last] = np.sin(math.pi / 2 * np.minimum(ramp, ramp[::-1]))
        marks.append((start_s, end_s))
        start_s = end_s + rng.uniform(0.4, 1)
    return envelope * _shaped(rng, SIZE, 30, 150), np.array(marks)


def _potential(rng: Rng) -> Array:
    """Return one potential of two, three or many phases, 5 to 18 ms long, of height 1."""
    long_s = rng.uniform(0.005, 0.018)
    x = np.linspace(-3, 3, max(round(long_s * RATE_HZ), 8))
    shape = rng.integers(4)
    if shape == 0:
        made = -x * np.exp(-(x**2) / 2)
    elif shape == 1:
        made = (1 - x**2) * np.exp(-(x**2) / 2)
    elif shape == 2:
        made = np.sin(3.5 * x + rng.uniform(0, 6)) * np.exp(-(x**2) / 3)
    else:
        made = np.exp(-4 * (x + 1.5) ** 2) - 0.5 * np.exp(-2 * x**2) - 0.3 * np.exp(-((x - 1) ** 2))
    whole: Array = made / np.abs(made).max() * rng.choice([-1, 1])
    return whole


def potentials(rng: Rng) -> tuple[Array, Array]:
    """Return single potentials of several shapes and sizes, and their marks."""
    trace = np.zeros(SIZE)
    marks, start_s = [], 0.5
    while start_s < DURATION_S - 0.3:
        made = _potential(rng)
        counts = np.flatnonzero(np.abs(made) > EDGE)
        first = round(start_s * RATE_HZ)
        trace[first : first + made.size] += made * rng.uniform(0.7, 1.4)
        marks.append((first + counts[[0, -1]] + [0, 1]) / RATE_HZ)
        start_s += 0.25 + rng.exponential(0.5)
    return trace, np.array(marks)


def _tonic(rng: Rng) -> Array:
    """Return the EMG of eight units that fire at 7 to 13 Hz, of variance 1."""
    trace = np.zeros(SIZE)
    for _unit in range(8):
        shape, size, rate_hz = _potential(rng), rng.uniform(0.4, 1), rng.uniform(7, 13)
        gaps_s = np.abs(rng.normal(1, 0.15, round(1.3 * DURATION_S * rate_hz))) / rate_hz
        for at in np.rint((rng.uniform(0, 0.1) + np.cumsum(gaps_s)) * RATE_HZ).astype(int):
            room = trace[at : at + shape.size]
            room += size * shape[: room.size]
    steady: Array = trace / trace.std()
    return steady


def _hum(rng: Rng, base_hz: float) -> Array:
    hum = np.zeros(SIZE)
    for harmonic, share in ((1, 1.0), (2, 0.2), (3, 0.5), (5, 0.3), (7, 0.15)):
        phase = rng.uniform(0, math.tau)
        hum += share * np.sin(math.tau * harmonic * (base_hz + 0.03) * TIME_S + phase)
    return 6 * NOISE_MV * hum * (1 + 0.1 * np.sin(math.tau * 0.1 * TIME_S))


def _heart(rng: Rng) -> Array:
    """Return an ECG: P, Q, R, S and T as bell curves, 72 beats a minute, uneven by 4 %."""
    trace = np.zeros(SIZE)
    waves = ((0.1, -0.16, 0.02), (-0.12, -0.03, 0.008), (1, 0, 0.01), (-0.25, 0.03, 0.01),
             (0.25, 0.25, 0.04))  # fmt: skip
    at_s = rng.uniform(0, 0.8)
    while at_s < DURATION_S + 0.5:
        size = rng.normal(1, 0.04)
        for height, middle_s, wide_s in waves:
            trace += size * height * np.exp(-(((TIME_S - at_s - middle_s) / wide_s) ** 2) / 2)
        at_s += rng.normal(60 / 72, 0.033)
    return 40 * NOISE_MV * trace


def _drift(rng: Rng) -> Array:
    hz = np.fft.rfftfreq(SIZE, 1 / RATE_HZ)
    slow = np.fft.irfft(np.fft.rfft(rng.normal(size=SIZE)) / (1 + (hz / 0.7) ** 4), SIZE)
    drift: Array = 60 * NOISE_MV * slow / slow.std()
    return drift


def _places(rng: Rng, marks_s: Array, longest_s: float) -> list[slice]:
    """Return stretches between events."""
    gaps = np.column_stack((marks_s[:-1, 1] + 0.06, marks_s[1:, 0] - 0.06))
    wide = gaps[gaps[:, 1] - gaps[:, 0] > 0.08]
    chosen = wide[rng.permutation(len(wide))[:6]]
    return [
        slice(round(a * RATE_HZ), round(min(b, a + rng.uniform(0.08, longest_s)) * RATE_HZ))
        for a, b in chosen
    ]


def _white(rng: Rng) -> Array:
    return NOISE_MV * rng.normal(size=SIZE)


def _coloured(rng: Rng) -> Array:
    """Return noise whose power falls with frequency, on average that of white from 20 to 450 Hz."""
    hz = np.fft.rfftfreq(SIZE, 1 / RATE_HZ)
    spectrum = np.fft.rfft(rng.normal(size=SIZE)) / np.sqrt(np.maximum(hz, 1) / 60)
    noise: Array = NOISE_MV * np.fft.irfft(spectrum, SIZE)
    return noise


def _dropouts(rng: Rng, trace: Array, marks_s: Array) -> Array:
    trace = trace.copy()
    for stretch in _places(rng, marks_s, 0.5):
        trace[stretch] = 0
    return trace


def _saturated(rng: Rng, trace: Array, marks_s: Array) -> Array:
    """Return a trace clipped at half its peak, and stuck there three times."""
    rail = max(np.abs(trace).max() / 2, 5 * NOISE_MV)
    trace = np.clip(trace, -rail, rail)
    for stretch in _places(rng, marks_s, 0.3)[:3]:
        trace[stretch] = rail
    return trace


def _stepped(_rng: Rng, trace: Array, _marks_s: Array) -> Array:
    stepped: Array = 4 * NOISE_MV * np.round(trace / (4 * NOISE_MV))
    return stepped


EVENTS: dict[str, Callable[[Rng], tuple[Array, Array]]] = {
    "bursts": bursts, "potentials": potentials,
}  # fmt: skip
ADDED: dict[str, Callable[[Rng], Array]] = {
    "50 Hz hum": lambda rng: _hum(rng, 50),
    "60 Hz hum": lambda rng: _hum(rng, 60),
    "ECG": _heart,
    "drift": _drift,
}
CHANGED: dict[str, Callable[[Rng, Array, Array], Array]] = {
    "dropouts": _dropouts, "saturation": _saturated, "steps of 20 µV": _stepped,
}  # fmt: skip
WORLDS = ("white noise", "coloured noise", "tonic activity", *ADDED, *CHANGED)
REAL = ("healthy", "myopathy", "neuropathy")


def made(events: str, world: str, ratio_db: float, seed: int) -> Trace:
    """Return events in a world; the ratio is that of their power to the background's."""
    rng = np.random.default_rng([seed, *map(ord, events + world), max(round(ratio_db), 0)])
    clean, marks_s = EVENTS[events](rng)
    noise = _coloured(rng) if world == "coloured noise" else _white(rng)
    if world == "tonic activity":
        noise = noise / 2 + 3 * NOISE_MV * _tonic(rng)
    noise_mv = float(noise.std()) if world == "tonic activity" else NOISE_MV
    power = np.mean(clean[inside(marks_s, RATE_HZ, SIZE)] ** 2)
    clean = clean * noise_mv * 10 ** (ratio_db / 20) / np.sqrt(power)
    plain = trace = clean + noise
    if world in ADDED:
        trace = trace + ADDED[world](rng)
    if world in CHANGED:
        trace = CHANGED[world](rng, trace, marks_s)
    return Trace(trace, plain, RATE_HZ, marks_s, noise_mv)


def alone(world: str, seed: int) -> Trace:
    """Return a world without events."""
    whole = made("bursts", world, -200, seed)
    return Trace(whole.emg_mv, whole.undisturbed_mv, RATE_HZ, np.empty((0, 2)), whole.noise_mv)


@cache
def _recorded(name: str) -> tuple[Array, Array, list[Array]]:
    """Return the quietest noise of a recording of ``emgdb``, whole and in pieces, and potentials.

    The potentials are isolated. Slow changes are removed with a running mean of 50 ms.
    """
    values = np.fromfile(EMGDB / f"emg_{name}.dat", dtype="<i2") / 10_000.0
    values = values - np.convolve(values, np.ones(200) / 200, "same")
    wide = 100
    parts = values[: values.size // wide * wide].reshape(-1, wide)
    power = np.mean(parts**2, axis=1)
    quiet = parts[np.argsort(power)[: max(len(parts) // 25, 12)]]
    cut = []
    peaks = np.flatnonzero(np.abs(values) > 12 * quiet.std())
    for at in np.unique(peaks // 80) * 80:
        near = values[max(at - 160, 0) : at + 160]
        if near.size < 320:
            continue
        peak = int(np.argmax(np.abs(near)))
        piece = values[max(at - 160 + peak - 40, 0) : at - 160 + peak + 60]
        rest = np.abs(np.concatenate((near[: max(peak - 60, 0)], near[peak + 80 :])))
        if piece.size == 100 and rest.size and rest.max() < 0.25 * np.abs(near[peak]):
            cut.append(piece * np.hanning(140)[20:120] ** 0.25)
    return quiet.ravel(), quiet, cut


def real(name: str, size: float, seed: int) -> Trace:
    """Return 32 potentials of a recording, made smaller, in its own quietest noise."""
    pool, quiet, cut = _recorded(name)
    rng = np.random.default_rng([seed, *map(ord, name), round(100 * size)])
    rate_hz = 4000.0
    count = round(DURATION_S * rate_hz)
    # Pieces of noise overlap by half and are faded so that their power stays the same.
    wide = quiet.shape[1]
    fade = np.sin(math.pi * (np.arange(wide) + 0.5) / wide)
    noise = np.zeros(count + wide)
    for at in range(0, count, wide // 2):
        noise[at : at + wide] += fade * quiet[rng.integers(len(quiet))] * rng.choice([-1, 1])
    trace, marks = noise[:count], []
    for start_s in np.linspace(0.5, DURATION_S - 0.6, 32) + rng.uniform(-0.12, 0.12, 32):
        piece = size * cut[rng.integers(len(cut))]
        counts = np.flatnonzero(np.abs(piece) > max(0.1 * np.abs(piece).max(), 3 * pool.std()))
        if not counts.size:
            counts = np.array([30, 50])
        first = round(start_s * rate_hz)
        trace[first : first + piece.size] += piece
        marks.append((first + counts[[0, -1]] + [0, 1]) / rate_hz)
    return Trace(trace, trace, rate_hz, np.array(marks), float(pool.std()))
