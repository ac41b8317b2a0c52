"""Mains hum: found as narrow lines of the spectrum, fitted where the muscle rests, subtracted.

A notch filter takes out whatever lies at the line, hum or not, and rings after every burst. Here
the slowly changing amplitude and phase of each harmonic are estimated from quiet stretches alone.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray

__all__ = ["find_hum", "without_hum"]

ComplexArray = npt.NDArray[np.complex128]

MAINS_HZ = (50.0, 60.0)
OFF_HZ = 0.3
# All illustrative. A line is at least this many times as strong as anything nearby.
TIMES = 6.0
NEAR_HZ = (1.0, 8.0)
PIECE_S = 4.0
BLOCK_S = 0.05
SMOOTH_S = 0.8
LOUD = 3.0
QUIET = 0.3
LITTLE = 1e-3
HIGHEST = 0.95


def find_hum(trace: FloatArray, rate_hz: float) -> float:
    """Return the base frequency of mains hum in a trace without gaps, 0 if there is none."""
    size = round(PIECE_S * rate_hz)
    if trace.size < size // 2:
        return 0.0
    size = min(size, trace.size)
    starts = range(0, trace.size - size + 1, max(size // 2, (trace.size - size) // 40 + 1))
    window = np.hanning(size)
    power = np.array([np.abs(np.fft.rfft(window * trace[a : a + size])) ** 2 for a in starts])
    # Hum is always there, so it also shows in the quieter half.
    spectrum = np.sort(power, axis=0)[: len(power) // 2 + 1].mean(axis=0)
    step_hz = rate_hz / size
    best, strongest = 0.0, 0.0
    for mains_hz in MAINS_HZ:
        lines = [_line(spectrum, step_hz, k * mains_hz) for k in (1, 2, 3)]
        hz, strength = max(lines, key=lambda line: line[1])
        if strength > max(TIMES, strongest):
            harmonic = 1 + int(np.argmax([line[1] for line in lines]))
            best, strongest = hz / harmonic, strength
    return best


def _line(spectrum: FloatArray, step_hz: float, hz: float) -> tuple[float, float]:
    """Return where near `hz` a spectrum peaks, and how far the peak exceeds its surroundings."""
    at = np.arange(spectrum.size) * step_hz
    apart = np.abs(at - hz)
    line = np.flatnonzero(apart <= max(OFF_HZ, step_hz))
    nearby = spectrum[(apart >= NEAR_HZ[0] + step_hz) & (apart <= NEAR_HZ[1])]
    if not line.size or not nearby.size or not nearby.max():
        return hz, 0.0
    peak = int(line[np.argmax(spectrum[line])])
    return peak * step_hz, float(spectrum[peak] / nearby.max())


def without_hum(trace: FloatArray, rate_hz: float, base_hz: float) -> FloatArray:
    """Return a trace without the harmonics of a base frequency; gaps (NaN) stay."""
    block = max(round(BLOCK_S * rate_hz), 4)
    count = -(-trace.size // block)
    blocks = np.zeros((count, block))
    blocks.ravel()[: trace.size] = np.nan_to_num(trace, nan=0.0)
    known = np.zeros((count, block))
    known.ravel()[: trace.size] = np.isfinite(trace)
    base_hz = _exact_hz(blocks, rate_hz, base_hz)
    hz = np.arange(base_hz, HIGHEST * rate_hz / 2, base_hz)
    inside: ComplexArray = np.exp(-1j * math.tau * np.outer(np.arange(block) / rate_hz, hz))
    before: ComplexArray = np.exp(-1j * math.tau * np.outer(np.arange(count) * block / rate_hz, hz))
    # Amplitude and phase change linearly from the middle of one block to the middle of the next.
    along = (np.arange(block) + 0.5) / block - 0.5
    basis = np.concatenate((inside.real, inside.imag, along[:, None] * inside.real,
                            along[:, None] * inside.imag), axis=1)  # fmt: skip
    samples = known.sum(axis=1)
    trust, rest = np.ones(count), blocks
    # Twice: what the first estimate leaves over tells quiet blocks from loud ones.
    for _pass in range(2):
        sums: ComplexArray = (blocks @ inside) * before
        slow = _smoothed(sums, samples, trust, block / rate_hz)
        change: ComplexArray = np.gradient(slow, axis=0) if count > 1 else 0 * slow
        level, slope = 2 * slow * np.conj(before), 2 * change * np.conj(before)
        sine = np.concatenate((level.real, level.imag, slope.real, slope.imag), axis=1)
        rest = blocks - (sine @ basis.T) * known
        power = (rest * rest).sum(axis=1) / np.maximum(samples, 1)
        usual = float(np.quantile(power[samples > 0], QUIET))
        trust = np.where(power <= LOUD * usual, 1.0, LITTLE)
    return np.where(np.isnan(trace), np.nan, rest.ravel()[: trace.size])


def _exact_hz(blocks: FloatArray, rate_hz: float, hz: float) -> float:
    """Return a frequency corrected by how fast the phase of its line drifts."""
    count, block = blocks.shape
    time_s = np.arange(count * block).reshape(blocks.shape) / rate_hz
    many = max(round(1 / BLOCK_S), 1)
    each = np.einsum("cb,cb->c", blocks, np.exp(-1j * math.tau * hz * time_s))
    sums = np.add.reduceat(each, np.arange(0, count, many))[: count // many or 1]
    turn = np.angle(np.sum(sums[1:] * np.conj(sums[:-1])))
    exact_hz: float = hz + float(turn) * rate_hz / (math.tau * many * block)
    return exact_hz


def _smoothed(
    sums: ComplexArray, samples: FloatArray, trust: FloatArray, step_s: float
) -> ComplexArray:
    """Return the mean over neighbouring blocks, in which loud ones hardly count."""
    reach = min(math.ceil(2 * SMOOTH_S / step_s), max((trust.size - 1) // 2, 1))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step_s / SMOOTH_S) ** 2)
    weight = np.convolve(trust * samples, kernel, "same")
    trusted: ComplexArray = trust[:, None] * sums
    whole = [np.convolve(line, kernel, "same") for line in trusted.T]
    mean: ComplexArray = np.array(whole, dtype=np.complex128).T / np.maximum(weight, 1e-12)[:, None]
    return mean
