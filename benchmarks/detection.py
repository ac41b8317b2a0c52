"""How well and how fast events are found in a raw EMG, compared with NeuroKit and BioSPPy.

Every kind of recording in `emg_traces` is searched at ratios of 0, 10 and 20 dB by each detector on
its defaults, and on the settings that were best on another seed (`emg_methods`, `emg_trials`). An
onset within 50 ms of a true one is a hit; onsets are matched one to one. A limit stands beside the
scores: what our detector reaches if given the true rest and the undisturbed trace. Speed is
measured from the raw trace to the events, each tool on its defaults.

``python -m benchmarks.detection potentials`` runs the kinds whose names contain a word.
"""

import importlib
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median

from benchmarks import emg_methods, emg_traces, emg_trials
from benchmarks.emg_methods import Method
from benchmarks.emg_trials import Score
from benchmarks.report import Row, markdown
from twitchlib import emg, twitches

SPEED_S = 600.0
ROUNDS = 3


def best(scores: Mapping[str, Score]) -> Score:
    """Return the best of several scores."""
    return max(scores.values(), key=lambda one: one.f1)


def summary(label: str, score: Score) -> str:
    """Return a score in a few words."""
    failed = f", failed on {score.failed}" if score.failed else ""
    return (
        f"{label} {score.f1:.2f} (onset {score.onset_ms:.1f} ms, offset {score.offset_f1:.2f}, "
        f"{score.offset_ms:.1f} ms{failed})"
    )


def compared(row: str, others: Mapping[str, Mapping[str, Method]]) -> list[Row]:
    """Return the lead of the best peer on a kind of recording, on defaults and tuned."""
    mine = emg_methods.ours()
    usual = {"ours": best(emg_trials.defaults(mine, row))}
    tuned = {"ours": emg_trials.tuned(mine, row)}
    for label, methods in others.items():
        usual[label] = best(emg_trials.defaults(methods, row))
        tuned[label] = emg_trials.tuned(methods, row)
    limit = emg_trials.tuned(emg_methods.ideal(), row)
    found = []
    for how, scores in (("defaults", usual), ("tuned", tuned)):
        lead = max((one.f1 for label, one in scores.items() if label != "ours"), default=0.0)
        detail = "; ".join(summary(label, one) for label, one in scores.items())
        if how == "tuned":
            detail += f"; {summary('told all', limit)}"
        found.append(Row(f"{row}, {how}", lead - scores["ours"].f1, detail, 0))
    return found


def false_alarms(others: Mapping[str, Mapping[str, Method]]) -> list[Row]:
    """Return how many events a minute are found where there are none, on defaults."""
    tools = {"ours": emg_methods.ours(), **others}
    found = []
    for world in emg_traces.WORLDS:
        on = [emg_traces.alone(world, seed) for seed in emg_trials.TRIED]
        minutes = sum(trace.emg_mv.size / trace.rate_hz for trace in on) / 60
        counts = {
            f"{label} {name}": sum(len(m[0]) for m in emg_trials.run(method, on) if m) / minutes
            for label, methods in tools.items()
            for name, method in methods.items()
            if name.startswith("default")
        }
        detail = "; ".join(f"{label}: {count:.0f}" for label, count in counts.items())
        mine = counts["ours default"]
        found.append(Row(f"nothing but {world}: events a minute", mine, detail, 1))
    return found


def rows(word: str = "") -> list[Row]:
    others = emg_methods.peers()
    found = []
    for row in emg_trials.rows():
        if word in row:
            found += compared(row, others)
    return [*found, *false_alarms(others), *speed("BioSPPy" in others, "NeuroKit" in others)]


def speed(biosppy: bool, neurokit: bool) -> list[Row]:
    """Return how long ten minutes at 2 kHz take, from raw trace to events."""
    rate_hz = emg_traces.RATE_HZ
    made = twitches.simulate("clonus", seed=1, duration_s=SPEED_S, sample_hz=rate_hz)
    trace_uv = 1000 * made.emg_mv

    def mine() -> object:
        return emg.detect(emg.bandpass(emg.clean(made)))

    mine()
    own = _seconds(mine, ROUNDS)
    found = [Row("ten minutes at 2 kHz", own, "cleaned, filtered, searched", 0.8, "s")]
    if biosppy:
        signals = importlib.import_module("biosppy.signals.emg")
        theirs = _seconds(lambda: signals.emg(trace_uv, sampling_rate=rate_hz, show=False), ROUNDS)
        found.append(Row("… ours ÷ BioSPPy", own / theirs, f"{theirs:.2f} s", 0.1))
    if neurokit:
        # Its time grows faster than the trace, so ten times the time of a tenth favours it.
        nk = importlib.import_module("neurokit2")
        part = trace_uv[: trace_uv.size // 10]
        theirs = 10 * _seconds(lambda: nk.emg_process(part, sampling_rate=int(rate_hz)), 1)
        found.append(Row("… ours ÷ NeuroKit", own / theirs, f"{theirs:.1f} s", 0.1))
    return found


def _seconds(task: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        task()
        taken.append(time.process_time() - started)
    return median(taken)


if __name__ == "__main__":
    print(markdown(rows(*sys.argv[1:2])))
