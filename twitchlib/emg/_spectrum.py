"""Spectral measures: the rhythm of an EMG's envelope, and the median frequency of the EMG."""

from __future__ import annotations

import math

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg.detection import Detection

__all__ = ["median_hz", "rhythm"]

ENVELOPE_HZ = 100.0
RHYTHMS_HZ = (2.0, 15.0)
SPECTRUM_S = 0.5


def rhythm(detection: Detection) -> tuple[float, float]:
    """Return the frequency at which the rectified EMG waxes and wanes, and how strongly."""
    step = round(detection.signal.sample_hz / ENVELOPE_HZ)
    whole = detection.signal.emg_mv.size // step * step
    envelope = (
        np.nan_to_num(np.abs(detection.signal.emg_mv[:whole]), nan=0.0)
        .reshape(-1, step)
        .mean(axis=1)
    )
    step_hz = detection.signal.sample_hz / step
    power, hz = _spectrum(envelope, round(4 * step_hz), step_hz)
    slow = (hz >= RHYTHMS_HZ[0] / 2) & (hz <= RHYTHMS_HZ[1])
    possible = slow & (hz >= RHYTHMS_HZ[0])
    total = float(power[slow].sum())
    if not len(detection) or not total:
        return math.nan, math.nan
    peak_hz = float(hz[possible][np.argmax(power[possible])])
    near = slow & (np.abs(hz - peak_hz) <= 0.5)
    return peak_hz, float(power[near].sum()) / total


def _spectrum(trace: FloatArray, size: int, rate_hz: float) -> tuple[FloatArray, FloatArray]:
    """Return mean power and frequency of half-overlapping stretches of a trace (Welch's method)."""
    size = min(size, trace.size)
    stretches = np.lib.stride_tricks.sliding_window_view(trace, size)[:: max(size // 2, 1)]
    stretches = (stretches - stretches.mean(axis=1, keepdims=True)) * np.hanning(size)
    power: FloatArray = (np.abs(np.fft.rfft(stretches, axis=1)) ** 2).mean(axis=0)
    hz = np.arange(power.size, dtype=np.float64) * rate_hz / size
    return power, hz


def median_hz(trace: FloatArray, rate_hz: float) -> float:
    """Return the frequency below which half of the power lies."""
    power, hz = _spectrum(trace, round(SPECTRUM_S * rate_hz), rate_hz)
    total = np.cumsum(power)
    return float(hz[np.searchsorted(total, total[-1] / 2)]) if total[-1] else math.nan
