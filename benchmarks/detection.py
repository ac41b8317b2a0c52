"""How well and how fast events are found in noise, against NeuroKit and BioSPPy on the same traces.

Each trace is ten seconds of one kind of event with white noise; the ratio is that of the mean power
inside true events to that of the noise. All methods get it through the same band-pass filter. An
onset within 50 ms of a true one is a hit, one to one. It is not known beforehand what kind of event
a recording holds, so a method has one setting for all kinds: ours its defaults; of the peers'
methods and settings the one with the best mean score, chosen anew for each ratio. BioSPPy is given
the noise level, which it requires. Speed is measured from the raw trace to the onsets, with the
peers' own filters.
"""

import importlib
import importlib.util
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from statistics import median

import numpy as np

from benchmarks.report import Row, markdown
from twitchlib import emg, twitches
from twitchlib.arrays import FloatArray
from twitchlib.emg.detector import Detector

RATE_HZ = 2000.0
DURATION_S = 10.0
RATIOS_DB = (0, 3, 6, 10, 15, 20)
SEEDS = range(4)
SPEED_S = 600.0
ROUNDS = 3

Onsets = Callable[["Trace"], FloatArray]


@dataclass(frozen=True)
class Trace:
    """A noisy trace, filtered, and the onsets of its events."""

    signal: emg.Signal
    noise_mv: float
    true_s: FloatArray


@dataclass(frozen=True)
class Result:
    """The score of one method over all traces of a kind and ratio."""

    f1: float
    late_ms: FloatArray

    def text(self) -> str:
        if not self.late_ms.size:
            return f"F1 {self.f1:.2f}"
        low, high = np.percentile(self.late_ms, [50, 90])
        return f"F1 {self.f1:.2f}, onset {low:.1f} ms (90 %: {high:.1f})"


def interference(seed: int) -> tuple[FloatArray, FloatArray]:
    """Return bursts of many simultaneous potentials, as noise, and their onsets and offsets."""
    rng = np.random.default_rng(seed)
    trace = np.zeros(round(DURATION_S * RATE_HZ))
    marks = []
    start_s = 0.7
    while (end_s := start_s + rng.uniform(0.2, 0.8)) < DURATION_S - 0.4:
        marks.append((start_s, end_s))
        inside = slice(round(start_s * RATE_HZ), round(end_s * RATE_HZ))
        trace[inside] = rng.normal(size=trace[inside].size)
        start_s = end_s + rng.uniform(0.4, 1)
    return trace, np.array(marks)


def recorded(name: str, preset: str) -> Callable[[int], tuple[FloatArray, FloatArray]]:
    """Return a function that makes noise-free traces, with touching events merged."""

    def make(seed: int) -> tuple[FloatArray, FloatArray]:
        made = twitches.simulate(
            name, seed=seed, duration_s=DURATION_S, preset=preset, sample_hz=RATE_HZ, noise_uv=0
        )
        marks: list[tuple[float, float]] = []
        for event in made.events:
            if marks and event.onset_s - marks[-1][1] < Detector().merge_ms / 1000:
                marks[-1] = (marks[-1][0], max(marks[-1][1], event.offset_s))
            else:
                marks.append((event.onset_s, event.offset_s))
        return made.emg_mv, np.array(marks)

    return make


KINDS = {
    "bursts of 200 to 800 ms": interference,
    "jerks of 57 ms": recorded("myoclonus", "other"),
    "single potentials": recorded("fasciculation", "disease_weak"),
}


def traces(kind: str, ratio_db: float) -> Iterator[Trace]:
    """Yield the traces of a kind at a signal-to-noise ratio."""
    for seed in SEEDS:
        clean, marks = KINDS[kind](seed)
        inside = np.zeros(clean.size, dtype=bool)
        for first, last in np.rint(marks * RATE_HZ).astype(int):
            inside[first:last] = True
        noise_mv = float(np.sqrt(np.mean(clean[inside] ** 2) / 10 ** (ratio_db / 10)))
        noise = np.random.default_rng(seed + 1000).normal(0, noise_mv, clean.size)
        passed = emg.bandpass(emg.Signal(noise, RATE_HZ))
        noisy = emg.bandpass(emg.Signal(clean + noise, RATE_HZ))
        yield Trace(noisy, float(passed.emg_mv.std()), marks[:, 0])


def ours(trace: Trace) -> FloatArray:
    return emg.detect(trace.signal).onset_s


def neurokit(nk: object) -> dict[str, Onsets]:
    """Return NeuroKit's methods, on its envelope and on the trace, with two minimum durations."""

    def method(name: str, shortest_s: float) -> Onsets:
        def onsets(trace: Trace) -> FloatArray:
            _, info = nk.emg_activation(  # type: ignore[attr-defined]
                emg_amplitude=nk.emg_amplitude(trace.signal.emg_mv),  # type: ignore[attr-defined]
                emg_cleaned=trace.signal.emg_mv,
                sampling_rate=int(RATE_HZ),
                method=name,
                duration_min=int(shortest_s * RATE_HZ),
            )
            return np.asarray(info["EMG_Onsets"], dtype=np.float64) / RATE_HZ

        return onsets

    names = product(("threshold", "mixture", "biosppy"), (0.05, 0.01))
    return {f"{name}, {shortest_s} s": method(name, shortest_s) for name, shortest_s in names}


def biosppy(signals: object) -> dict[str, Onsets]:
    """Return BioSPPy's default, and the method of Hodges and Bui with several settings."""

    def begins(transitions: FloatArray) -> FloatArray:
        # Every second one is an offset.
        return np.asarray(transitions, dtype=np.float64)[::2] / RATE_HZ

    def default(trace: Trace) -> FloatArray:
        found = signals.find_onsets(trace.signal.emg_mv, sampling_rate=RATE_HZ)  # type: ignore[attr-defined]
        return begins(found["onsets"])

    def hodges_bui(size_s: float, threshold: float) -> Onsets:
        def onsets(trace: Trace) -> FloatArray:
            size = int(size_s * RATE_HZ)
            quiet = np.random.default_rng(0).normal(0, trace.noise_mv, 20_000)
            smooth = np.convolve(np.abs(quiet), np.ones(size) / size, mode="valid")
            found = signals.hodges_bui_onset_detector(  # type: ignore[attr-defined]
                trace.signal.emg_mv,
                rest={"mean": smooth.mean(), "std_dev": smooth.std()},
                sampling_rate=RATE_HZ,
                size=size,
                threshold=threshold,
            )
            return begins(found["onsets"])

        return onsets

    settings = product((0.01, 0.025, 0.05), (3, 5, 8))
    return {"default": default} | {
        f"Hodges–Bui, {size_s} s, {threshold}": hodges_bui(size_s, threshold)
        for size_s, threshold in settings
    }


def peers() -> dict[str, dict[str, Onsets]]:
    """Return the methods of each peer that is installed."""
    found = {}
    if importlib.util.find_spec("neurokit2"):
        found["NeuroKit"] = neurokit(importlib.import_module("neurokit2"))
    if importlib.util.find_spec("biosppy"):
        found["BioSPPy"] = biosppy(importlib.import_module("biosppy.signals.emg"))
    return found


def result(method: Onsets, kind: str, ratio_db: float) -> Result:
    """Return the score of a method."""
    hits = total = 0
    late_s = []
    for trace in traces(kind, ratio_db):
        try:
            found_s = method(trace)
        except (ValueError, IndexError):  # what the peers raise if they find nothing
            found_s = np.empty(0)
        score = emg.Match(found_s, trace.true_s)
        hits += score.hits
        total += score.found_s.size + score.true_s.size
        late_s.append(np.abs(score.late_s))
    return Result(2 * hits / total, 1000 * np.concatenate(late_s))


def rows() -> list[Row]:
    warnings.simplefilter("ignore")  # raised by the peers
    others = peers()
    found = []
    for ratio_db in RATIOS_DB:
        mine = _results(ours, ratio_db)
        best = {
            peer: max((_results(m, ratio_db) for m in methods.values()), key=_mean_f1)
            for peer, methods in others.items()
        }
        named = {"ours": mine} | best
        detail = "; ".join(
            f"{name}: " + ", ".join(f"{kind} {one[kind].text()}" for kind in KINDS)
            for name, one in named.items()
        )
        lead = max(map(_mean_f1, best.values()), default=_mean_f1(mine)) - _mean_f1(mine)
        found.append(Row(f"{ratio_db} dB: best peer's mean F1 − ours", lead, detail, 0))
        for peer, one in best.items():
            late = [median(r.late_ms) if r.late_ms.size else np.inf for r in one.values()]
            here = [median(r.late_ms) for r in mine.values()]
            share = float(np.mean(here) / np.mean(late))
            found.append(Row(f"{ratio_db} dB: onset error ÷ {peer}'s", share, "", 1))
    return [*found, *_speed(others)]


def _results(method: Onsets, ratio_db: float) -> dict[str, Result]:
    return {kind: result(method, kind, ratio_db) for kind in KINDS}


def _mean_f1(results: dict[str, Result]) -> float:
    return float(np.mean([one.f1 for one in results.values()]))


def _speed(others: dict[str, dict[str, Onsets]]) -> list[Row]:
    """Return how long ten minutes at 2 kHz take, from raw trace to onsets."""
    made = twitches.simulate("clonus", seed=1, duration_s=SPEED_S, sample_hz=RATE_HZ)
    trace = made.emg_mv
    emg.detect(emg.bandpass(made))
    mine = _seconds(lambda: emg.detect(emg.bandpass(made)), ROUNDS)
    found = [Row("ten minutes at 2 kHz", mine, "filter and detection", 0.5, "s")]
    if "BioSPPy" in others:
        signals = importlib.import_module("biosppy.signals.emg")
        theirs = _seconds(lambda: signals.emg(trace, sampling_rate=RATE_HZ, show=False), ROUNDS)
        found.append(Row("… ours ÷ BioSPPy", mine / theirs, f"{theirs:.2f} s", 0.1))
    if "NeuroKit" in others:
        # Its time grows faster than the trace: a tenth is measured and multiplied by ten.
        nk = importlib.import_module("neurokit2")
        part = trace[: trace.size // 10]
        theirs = 10 * _seconds(lambda: nk.emg_process(part, sampling_rate=int(RATE_HZ)), 1)
        found.append(Row("… ours ÷ NeuroKit", mine / theirs, f"{theirs:.1f} s", 0.1))
    return found


def _seconds(task: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        task()
        taken.append(time.perf_counter() - started)
    return median(taken)


if __name__ == "__main__":
    print(markdown(rows()))
