"""A heart in an EMG: found by its regular beats of one slow shape, and subtracted.

Beats are found as in Pan & Tompkins 1985 (doi:10.1109/TBME.1985.325532): band-pass, square, smooth.
Nothing that a muscle does meets all the conditions here.
"""

from __future__ import annotations

import math

import numpy as np

from twitchlib.arrays import FloatArray, IntArray

__all__ = ["find_beats", "without_beats"]

# All illustrative except the rate, which covers adults at rest and in exercise.
BAND_HZ = (6.0, 40.0)
RATE_HZ = (40 / 60, 180 / 60)
SMOOTH_S = 0.08
FEWEST = 6
MOST_UNEVEN = 0.15
LEAST_ALIKE = 0.9
LEAST_COVERED = 0.6
# A QRS complex is wider than a muscle's potential, and most of its power is slow.
LEAST_SLOW = 0.5
COMPLEX_S = 0.06
BEFORE_S, AFTER_S = 0.26, 0.46
NEIGHBOURS = 40
EDGE_S = 0.02
SIZES = (0.5, 2.0)
# A muscle is quiet where its power over QUIET_S is at most LOUD times the QUIET quantile.
QUIET = 0.3
QUIET_S = 0.012
LOUD = 3.0
LITTLE = 1e-3
LOOKED_AT_HZ = 300.0


def _passed(trace: FloatArray, rate_hz: float, low_hz: float, high_hz: float) -> FloatArray:
    hz = np.fft.rfftfreq(trace.size, 1 / rate_hz)
    gain = 1 / (1 + (hz / high_hz) ** 6)
    gain[hz > 0] /= 1 + (low_hz / hz[hz > 0]) ** 4
    gain[0] = 0
    passed: FloatArray = np.fft.irfft(np.fft.rfft(trace) * gain, trace.size)
    return passed


def find_beats(trace: FloatArray, rate_hz: float) -> FloatArray:
    """Return where a heart's complexes are, in samples with fractions; empty if there are none.

    The trace must not have gaps.
    """
    # Beats are slow: means of a few samples are enough to find them.
    every = max(int(rate_hz / LOOKED_AT_HZ), 1)
    means = trace[: trace.size // every * every].reshape(-1, every).mean(axis=1)
    slow = _passed(means, rate_hz / every, *BAND_HZ)
    beats = _beats(slow, rate_hz / every) * every + (every - 1) / 2
    if not beats.size or _slow_share(trace, rate_hz, beats) < LEAST_SLOW:
        return np.empty(0)
    return beats


def _beats(slow: FloatArray, rate_hz: float) -> FloatArray:
    """Return where the beats are in a band-passed trace."""
    none = np.empty(0)
    wide = max(round(SMOOTH_S * rate_hz), 1)
    energy = np.convolve(slow * slow, np.ones(wide) / wide, "same")
    apart = round(rate_hz / RATE_HZ[1])
    peaks = _peaks(energy, apart)
    if peaks.size < FEWEST:
        return none
    half = round(COMPLEX_S * rate_hz)
    peaks = peaks[(peaks >= 2 * half) & (peaks < slow.size - 2 * half)]
    # The beats are among the highest peaks, and most of those have their shape.
    high = peaks[energy[peaks] > 0.3 * np.quantile(energy[peaks], 0.9)]
    if high.size < FEWEST:
        return none
    centred = np.array([p - half + int(np.argmax(np.abs(slow[p - half : p + half]))) for p in high])
    shape = np.median([slow[p - half : p + half] for p in centred], axis=0)
    norm = float(np.sqrt((shape * shape).sum()))
    if not norm:
        return none
    likeness = np.correlate(slow, shape / norm, "same")
    size = np.sqrt(np.maximum(np.convolve(slow * slow, np.ones(2 * half), "same"), 1e-300))
    alike = np.divide(likeness, size)
    score = np.where(alike > LEAST_ALIKE, likeness, 0.0)
    beats = _peaks(score, apart)
    beats = beats[score[beats] > 0.5 * np.median(score[beats])] if beats.size else beats
    if beats.size < FEWEST or not _even(beats, slow.size, rate_hz):
        return none
    return beats + _between(likeness, beats)


def _peaks(values: FloatArray, apart: int) -> IntArray:
    """Return the highest peaks that are about `apart` samples or more from one another."""
    inner = values[1:-1]
    peaks = 1 + np.flatnonzero((inner > values[:-2]) & (inner >= values[2:]))
    # The highest peak of each stretch stays. Shifting the stretches catches pairs across a border.
    for shift in (0, apart // 2, 0, apart // 2):
        if not peaks.size:
            break
        order = np.lexsort((-values[peaks], (peaks + shift) // apart))
        ranked = peaks[order]
        first = np.append(True, np.diff((ranked + shift) // apart) > 0)
        peaks = np.sort(ranked[first])
    return peaks


def _even(beats: IntArray, size: int, rate_hz: float) -> bool:
    apart_s = np.diff(beats) / rate_hz
    low, middle, high = np.quantile(apart_s, [0.25, 0.5, 0.75])
    uneven = (high - low) / 1.349 / middle
    covered = beats.size * middle * rate_hz / size
    return bool(
        1 / RATE_HZ[1] <= middle <= 1 / RATE_HZ[0]
        and uneven < MOST_UNEVEN
        and covered > LEAST_COVERED
    )


def _slow_share(trace: FloatArray, rate_hz: float, beats: FloatArray) -> float:
    """Return the share of the average complex's power that is slower than a muscle's potential."""
    half = round(COMPLEX_S * rate_hz)
    beats = np.rint(beats).astype(np.intp)
    inside = beats[(beats >= half) & (beats < trace.size - half)]
    shape = np.median([trace[b - half : b + half] for b in inside], axis=0)
    power = np.abs(np.fft.rfft((shape - shape.mean()) * np.hanning(shape.size))) ** 2
    hz = np.fft.rfftfreq(shape.size, 1 / rate_hz)
    return float(power[hz < BAND_HZ[1]].sum() / power.sum()) if power.any() else 0.0


def _between(values: FloatArray, at: IntArray) -> FloatArray:
    """Return where between samples each peak lies, from a parabola through three samples."""
    before, peak, after = values[at - 1], values[at], values[at + 1]
    bend = before - 2 * peak + after
    shift: FloatArray = np.where(bend < 0, 0.5 * (before - after) / np.where(bend < 0, bend, 1), 0)
    return np.clip(shift, -0.5, 0.5)


def without_beats(trace: FloatArray, rate_hz: float, beats: FloatArray) -> FloatArray:
    """Return a trace without a heart's beats; gaps (NaN) stay.

    Each beat is fitted with the mean of its neighbours, sample by sample, where the muscle is
    quiet.
    """
    usual = float(np.median(np.diff(beats)))
    before = min(round(BEFORE_S * rate_hz), math.floor(0.4 * usual))
    after = min(round(AFTER_S * rate_hz), math.floor(0.6 * usual) - 1)
    offsets = np.arange(-before, after)
    samples = np.arange(trace.size)
    aligned = np.array([np.interp(beat + offsets, samples, trace) for beat in beats])
    near = np.abs(offsets) < COMPLEX_S / 2 * rate_hz
    ends = np.clip(np.minimum(offsets + before, after - 1 - offsets) / (EDGE_S * rate_hz), 0, 1)
    shapes = np.repeat(np.nanmedian(aligned, axis=0)[None], len(beats), axis=0)
    for _pass in range(2):
        sizes = _sizes(aligned[:, near], shapes[:, near])
        left = aligned - sizes[:, None] * shapes
        quiet = _quiet(left, max(round(QUIET_S * rate_hz), 1))
        shapes = _neighbours_mean(aligned / sizes[:, None], quiet)
    result = trace.copy()
    sizes = _sizes(aligned[:, near], shapes[:, near])
    for beat, size, shape in zip(beats, sizes, shapes, strict=True):
        at = np.arange(max(math.ceil(beat) - before, 0), min(math.floor(beat) + after, trace.size))
        result[at] -= size * np.interp(at - beat, offsets, shape * ends)
    return result


def _sizes(own: FloatArray, shapes: FloatArray) -> FloatArray:
    """Return the size of each complex relative to its shape."""
    norm = np.maximum((shapes * shapes).sum(axis=1), 1e-300)
    size = np.nan_to_num((own * shapes).sum(axis=1) / norm, nan=1.0)
    clipped: FloatArray = np.clip(size, *SIZES)
    return clipped


def _quiet(left: FloatArray, width: int) -> FloatArray:
    """Return 1 where a muscle is quiet during a beat, nearly 0 where it is active, 0 in gaps."""
    known = np.isfinite(left)
    power = np.cumsum(np.pad(np.nan_to_num(left) ** 2, ((0, 0), (width, width)), "edge"), axis=1)
    local = power[:, 2 * width :] - power[:, : -2 * width]
    usual = np.quantile(local[known], QUIET)
    quiet: FloatArray = known * np.where(local <= LOUD * usual, 1.0, LITTLE)
    return quiet


def _neighbours_mean(aligned: FloatArray, weight: FloatArray) -> FloatArray:
    """Return the weighted mean of each beat and its neighbours."""
    reach = min(NEIGHBOURS, len(aligned))
    first = np.clip(np.arange(len(aligned)) - reach // 2, 0, len(aligned) - reach)

    def summed(values: FloatArray) -> FloatArray:
        total = np.cumsum(np.vstack((np.zeros_like(values[:1]), values)), axis=0)
        return total[first + reach] - total[first]

    mean: FloatArray = summed(weight * np.nan_to_num(aligned)) / np.maximum(summed(weight), 1e-12)
    return mean
