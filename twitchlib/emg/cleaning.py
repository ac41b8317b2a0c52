"""Take out of an EMG what no muscle makes, only where found, and report it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg._heart import find_beats, without_beats
from twitchlib.emg._hum import find_hum, without_hum
from twitchlib.emg.filtering import LOW_HZ, passed
from twitchlib.emg.flaws import Flaw
from twitchlib.emg.signal import Signal, SignalLike, marked

__all__ = ["clean"]

# Illustrative: a baseline drifts if it moves by this much, relative to the EMG at rest.
DRIFTS = 1.0
PIECE_S = 0.25


def clean(signal: SignalLike) -> Signal:
    """Return an EMG without drift, mains hum and a heart's beats, where it has them.

    A drifting baseline is taken out by a high-pass filter at 20 Hz, hum of 50 or 60 Hz with its
    harmonics by subtracting sines fitted where the muscle is quiet, and a heart by subtracting the
    mean of neighbouring beats, fitted likewise. What is not found is left alone. Gaps are marked
    and stay gaps.

    Parameters
    ----------
    signal : Signal or twitches.Recording
        The EMG.

    Returns
    -------
    Signal
        With the length and rate of the original, NaN where nothing is known, and in ``flaws`` what
        was found.

    Raises
    ------
    NotAllowedError
        If `signal` is not an EMG with a sampling rate.

    References
    ----------
    Pan & Tompkins 1985, doi:10.1109/TBME.1985.325532 (finding beats).

    Examples
    --------
    >>> time_s = np.arange(20_000) / 2000
    >>> noise_mv = np.random.default_rng(1).normal(0, 0.005, 20_000)
    >>> hum = Signal(noise_mv + 0.05 * np.sin(2 * np.pi * 50 * time_s), 2000)
    >>> bool(clean(hum).emg_mv.std() < 0.006)
    True
    >>> clean(hum).remarks
    ('Mains hum of 50 Hz was taken out.',)
    """
    given = marked(Signal.of(signal))
    if given.cleaned:
        return given
    trace, rate_hz = given.emg_mv, given.sample_hz
    found: list[Flaw] = []
    moves_mv = _drift_mv(trace, rate_hz)
    if moves_mv:
        trace = passed(trace, rate_hz, LOW_HZ, math.inf)
        found.append(Flaw("drift", 0.0, given.duration_s, moves_mv))
    base_hz = find_hum(_bridged(trace), rate_hz)
    if base_hz:
        trace = without_hum(trace, rate_hz, base_hz)
        found.append(Flaw("hum", 0.0, given.duration_s, base_hz))
    beats = find_beats(_bridged(trace), rate_hz)
    if beats.size:
        trace = without_beats(trace, rate_hz, beats)
        per_min = 60 * rate_hz / float(np.median(np.diff(beats)))
        found.append(Flaw("heart", beats[0] / rate_hz, beats[-1] / rate_hz, per_min))
    return replace(given, emg_mv=trace, flaws=(*given.flaws, *found), cleaned=True)


def _bridged(trace: FloatArray) -> FloatArray:
    """Return a centred trace with zeros for gaps, good enough to look for interference."""
    known = np.isfinite(trace)
    if known.all():
        centred: FloatArray = trace - trace.mean()
        return centred
    return np.where(known, trace - trace[known].mean(), 0.0)


def _drift_mv(trace: FloatArray, rate_hz: float) -> float:
    """Return how far the baseline moves, or 0 if that is little compared with the EMG at rest."""
    size = round(PIECE_S * rate_hz)
    pieces = trace[: trace.size // size * size].reshape(-1, size)
    pieces = pieces[np.isfinite(pieces).all(axis=1)]
    if len(pieces) < 4:
        return 0.0
    # The spread about the mean of each half of a piece.
    halves = pieces.reshape(len(pieces), 2, -1) if size % 2 == 0 else pieces[:, None, :]
    spread = (halves - halves.mean(axis=2, keepdims=True)).std(axis=(1, 2))
    quiet = np.argsort(spread)[: max(len(pieces) // 2, 4)]
    middle = np.median(pieces[quiet], axis=1)
    moves = float(np.subtract(*np.quantile(middle, [0.75, 0.25]))) / 1.349
    wide = float(np.ptp(np.quantile(middle, [0.02, 0.98])))
    return wide if moves > DRIFTS * float(np.median(spread[quiet])) else 0.0
