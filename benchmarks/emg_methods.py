"""Detectors on trial: ours, NeuroKit's and BioSPPy's, each on its defaults and on other settings.

A method takes a trace and returns onsets and offsets in seconds. The peers' traces may pass a notch
and a band-pass filter beforehand; for all, close events may be joined and short ones left out
afterwards. BioSPPy's Hodges–Bui detector requires a level of rest and is given the true one: that
of the trace outside true events.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.emg_traces import Mask, Trace, inside
from twitchlib import emg

Array = npt.NDArray[np.float64]
Marks = tuple[Array, Array]
Method = Callable[[Trace], Marks]

# Events are joined if closer than the first, and left out if shorter than the second, in seconds.
TIDY = tuple(product((0.0, 0.02, 0.1), (0.003, 0.01, 0.05)))
CLEANINGS = ("own", "band", "notch 50", "notch 60")
# A trace is filtered once for all settings that are tried on it.
_AT_ONCE = 16
_NAMES = ("strong", "weak", "evidence", "merge_ms", "shortest_ms")
_TRIED = {
    " ".join(f"{value:g}" for value in values): dict(zip(_NAMES, values, strict=True))
    for values in product(
        (6.0, 10.0, 20.0), (1.5, 2.0, 4.0), (8.0, 15.0, 25.0), (5.0, 20.0, 100.0), (3.0, 40.0)
    )
}


def marks(mask: Mask, rate_hz: float) -> Marks:
    """Return when a mask becomes true, and when it becomes false again."""
    edges = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    return np.flatnonzero(edges > 0) / rate_hz, np.flatnonzero(edges < 0) / rate_hz


def tidy(found: Marks, join_s: float, shortest_s: float) -> Marks:
    """Return events, with close ones joined and then short ones left out."""
    first, last = found
    if not first.size:
        return found
    apart = first[1:] - last[:-1] > join_s
    first, last = first[np.append(True, apart)], last[np.append(apart, True)]
    long = last - first >= shortest_s
    return first[long], last[long]


def ours() -> dict[str, Method]:
    """Return our detector on its defaults, then on other settings."""

    def default(trace: Trace) -> Marks:
        found = emg.analyse(emg.Signal(trace.emg_mv, trace.rate_hz)).detection
        return found.onset_s, found.offset_s

    def tuned(**settings: float) -> Method:
        def find(trace: Trace) -> Marks:
            found = emg.detect(_cleaned(trace), **settings)
            return found.onset_s, found.offset_s

        return find

    return {"default": default} | {name: tuned(**settings) for name, settings in _TRIED.items()}


def ideal() -> dict[str, Method]:
    """Return our detector, given the undisturbed trace and its true rest."""

    def tuned(**settings: float) -> Method:
        def find(trace: Trace) -> Marks:
            clean = _undisturbed(trace)
            rest_mv = float(clean.emg_mv[_outside(trace)].std())
            found = emg.detect(clean, rest_mv=rest_mv, **settings)
            return found.onset_s, found.offset_s

        return find

    return {name: tuned(**settings) for name, settings in _TRIED.items()}


@lru_cache(_AT_ONCE)
def _cleaned(trace: Trace) -> emg.Signal:
    return emg.bandpass(emg.clean(emg.Signal(trace.emg_mv, trace.rate_hz)))


@lru_cache(_AT_ONCE)
def _undisturbed(trace: Trace) -> emg.Signal:
    return emg.bandpass(emg.Signal(trace.undisturbed_mv, trace.rate_hz))


def _outside(trace: Trace) -> Mask:
    return ~inside(trace.marks_s, trace.rate_hz, trace.emg_mv.size)


@lru_cache(len(CLEANINGS) * _AT_ONCE)
def _prepared(trace: Trace, cleaning: str) -> Array:
    """Return a trace in µV, filtered for the peers."""
    signal = importlib.import_module("scipy.signal")
    values, nyquist_hz = 1000 * trace.emg_mv, trace.rate_hz / 2
    if "notch" in cleaning:
        base_hz = 60 if "60" in cleaning else 50
        for hz in base_hz * np.arange(1, 9):
            values = signal.filtfilt(*signal.iirnotch(hz, 30, trace.rate_hz), values)
    band = signal.butter(
        2, [20, min(450, 0.9 * nyquist_hz)], "bandpass", fs=trace.rate_hz, output="sos"
    )
    prepared: Array = signal.sosfiltfilt(band, values)
    return prepared


def neurokit() -> dict[str, Method]:
    """Return NeuroKit's three methods on their defaults, then on other settings."""
    nk: Any = importlib.import_module("neurokit2")

    def cleaned(trace: Trace, cleaning: str) -> Array:
        if cleaning == "own":
            return np.asarray(nk.emg_clean(1000 * trace.emg_mv, sampling_rate=int(trace.rate_hz)))
        return _prepared(trace, cleaning)

    def tuned(cleaning: str, name: str, level: float) -> Method:
        def find(trace: Trace) -> Marks:
            clean = cleaned(trace, cleaning)
            rate = int(trace.rate_hz)
            if name == "biosppy":
                size = int(0.05 * rate)
                smooth = nk.signal_smooth(
                    np.abs(clean), method="convolution", kernel="boxzen", size=size
                )
                return marks(smooth > level * np.mean(smooth), trace.rate_hz)
            amplitude = nk.emg_amplitude(clean, sampling_rate=rate)
            if name == "threshold":
                return marks(amplitude > level * np.std(amplitude), trace.rate_hz)
            active = nk.signal_binarize(amplitude, method="mixture", threshold=level)
            return marks(np.asarray(active) > 0.5, trace.rate_hz)

        return find

    def default(name: str, level: float) -> Method:
        def find(trace: Trace) -> Marks:
            # As in `emg_activation`, which would also spend seconds filling a table row by row: an
            # event and the rest before it last at least 50 ms.
            first, last = tuned("own", name, level)(trace)
            rested = first - np.concatenate(([-1.0], last[:-1])) >= 0.05
            kept = rested & (last - first >= 0.05) & (first > 0)
            return first[kept], last[kept]

        return find

    usual = {"threshold": 0.1, "mixture": 0.33, "biosppy": 1.2}
    tried = {"threshold": (0.1, 0.3, 1.0), "mixture": (0.1, 0.33, 0.8), "biosppy": (1.2, 1.8, 3.0)}
    return {f"default, {name}": default(name, level) for name, level in usual.items()} | {
        f"{cleaning} {name} {level}": tuned(cleaning, name, level)
        for cleaning in CLEANINGS
        for name, levels in tried.items()
        for level in levels
    }


def biosppy() -> dict[str, Method]:
    """Return BioSPPy's default, then Hodges and Bui's method on several settings."""
    tools: Any = importlib.import_module("biosppy.signals.tools")
    signals: Any = importlib.import_module("biosppy.signals.emg")

    def default(trace: Trace) -> Marks:
        clean = tools.filter_signal(
            signal=1000 * trace.emg_mv, ftype="butter", band="highpass", order=4, frequency=100,
            sampling_rate=trace.rate_hz,
        )["signal"]  # fmt: skip
        # As in `find_onsets`, which returns changes without their direction.
        size = int(0.05 * trace.rate_hz)
        smooth, _ = tools.smoother(signal=np.abs(clean), kernel="boxzen", size=size, mirror=True)
        level = 1.2 * np.mean(smooth) + 2 * np.std(smooth, ddof=1)
        return marks(smooth > level, trace.rate_hz)

    def hodges_bui(cleaning: str, size_s: float, threshold: float) -> Method:
        def find(trace: Trace) -> Marks:
            clean = _prepared(trace, cleaning)
            size = int(size_s * trace.rate_hz)
            smooth = np.convolve(np.abs(clean - clean.mean()), np.ones(size) / size, mode="same")
            quiet = smooth[_outside(trace)]
            found = signals.hodges_bui_onset_detector(
                clean,
                rest={"mean": quiet.mean(), "std_dev": quiet.std()},
                sampling_rate=trace.rate_hz,
                size=size,
                threshold=threshold,
            )
            active = np.zeros(clean.size, dtype=bool)
            test = found["processed"]
            active[size // 2 : size // 2 + test.size] = test >= threshold
            return marks(active, trace.rate_hz)

        return find

    return {"default": default} | {
        f"{cleaning} {size_s} {threshold}": hodges_bui(cleaning, size_s, threshold)
        for cleaning in CLEANINGS[1:]
        for size_s in (0.01, 0.025, 0.05)
        for threshold in (1, 2, 3, 5, 8)
    }


def peers() -> dict[str, dict[str, Method]]:
    """Return the methods of each peer that is installed."""
    known = {"neurokit2": ("NeuroKit", neurokit), "biosppy": ("BioSPPy", biosppy)}
    return {
        label: make()
        for package, (label, make) in known.items()
        if importlib.util.find_spec(package)
    }
