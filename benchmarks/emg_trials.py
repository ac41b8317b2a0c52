"""Detectors tried on every kind of recording, on their defaults and tuned on other seeds."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import emg_traces
from benchmarks.emg_methods import TIDY, Array, Marks, Method, tidy
from benchmarks.emg_traces import Trace
from twitchlib import emg

TRIED = (0, 1)
TUNED_ON = (100,)


@dataclass(frozen=True)
class Score:
    """How well a method did on some recordings; `failed` counts those on which it raised."""

    f1: float
    onset_ms: float
    offset_f1: float
    offset_ms: float
    failed: int = 0
    setting: str = ""


def rows() -> list[str]:
    """Return the name of every kind of recording: events in a world, or a real recording."""
    made = [f"{events}, {world}" for events in emg_traces.EVENTS for world in emg_traces.WORLDS]
    return [*made, *(f"real, {name}" for name in emg_traces.REAL)]


def traces(row: str, seeds: Sequence[int]) -> list[Trace]:
    """Return the recordings of a kind, at all ratios."""
    events, _, world = row.partition(", ")
    if events == "real":
        return [emg_traces.real(world, s, seed) for seed in seeds for s in emg_traces.SIZES]
    return [
        emg_traces.made(events, world, db, seed) for seed in seeds for db in emg_traces.RATIOS_DB
    ]


def score(found: Sequence[Marks | None], on: Sequence[Trace], setting: str = "") -> Score:
    """Return the score of what was found; None stands for a failure."""
    hits = total = ends = off_total = 0
    late, off = [np.empty(0)], [np.empty(0)]
    for one, trace in zip(found, on, strict=True):
        first, last = one or (np.empty(0), np.empty(0))
        onset = emg.Match(first, trace.marks_s[:, 0])
        offset = emg.Match(last, trace.marks_s[:, 1])
        hits, total = hits + onset.hits, total + onset.found_s.size + onset.true_s.size
        ends, off_total = ends + offset.hits, off_total + offset.found_s.size + offset.true_s.size
        late.append(np.abs(onset.late_s))
        off.append(np.abs(offset.late_s))
    return Score(
        2 * hits / max(total, 1),
        _median_ms(late),
        2 * ends / max(off_total, 1),
        _median_ms(off),
        sum(one is None for one in found),
        setting,
    )


def _median_ms(late_s: list[Array]) -> float:
    values = np.concatenate(late_s)
    return 1000 * float(np.median(values)) if values.size else float("nan")


def run(method: Method, on: Sequence[Trace]) -> list[Marks | None]:
    """Return what a method finds in each recording, None where it raises."""
    found: list[Marks | None] = []
    for trace in on:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found.append(method(trace))
        except Exception:  # noqa: BLE001 - a peer may raise anything, which is counted
            found.append(None)
    return found


def defaults(methods: Mapping[str, Method], row: str) -> dict[str, Score]:
    """Return the score of each method on its defaults."""
    on = traces(row, TRIED)
    return {
        name: score(run(method, on), on, name)
        for name, method in methods.items()
        if name.startswith("default")
    }


def tuned(methods: Mapping[str, Method], row: str) -> Score:
    """Return the score of the setting whose onsets are best on other seeds of the same kind."""
    on = traces(row, TUNED_ON)
    best: tuple[float, str, tuple[float, float]] = (-1.0, "", TIDY[0])
    for name, method in methods.items():
        found = run(method, on)
        for how in TIDY:
            tidied = [one and tidy(one, *how) for one in found]
            best = max(best, (score(tidied, on).f1, name, how))
    _, name, how = best
    on = traces(row, TRIED)
    found = [one and tidy(one, *how) for one in run(methods[name], on)]
    return score(found, on, f"{name}, joined {how[0]} s, shortest {how[1]} s")
