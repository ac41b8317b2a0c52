"""How well events are detected as the noise grows, in the traces of ``benchmarks/detection.py``."""

import importlib.util

import numpy as np
import pytest

from benchmarks import detection as bench

# The least F1 and the largest median error of onsets, in ms. A burst is 0 dB strong if it doubles
# the power. A jerk is 57 ms long and a potential 13 ms: the shorter, the fewer samples to go by.
LIMITS = {
    ("bursts of 200 to 800 ms", 0): (0.8, 10),
    ("bursts of 200 to 800 ms", 3): (0.85, 8),
    ("bursts of 200 to 800 ms", 6): (0.95, 6),
    ("bursts of 200 to 800 ms", 10): (0.98, 3),
    ("bursts of 200 to 800 ms", 15): (0.98, 3),
    ("bursts of 200 to 800 ms", 20): (0.98, 3),
    ("jerks of 57 ms", 0): (0.65, 8),
    ("jerks of 57 ms", 3): (0.7, 5),
    ("jerks of 57 ms", 6): (0.75, 4),
    ("jerks of 57 ms", 10): (0.85, 4),
    ("jerks of 57 ms", 15): (0.95, 3),
    ("jerks of 57 ms", 20): (0.98, 3),
    ("single potentials", 0): (0.4, 6),
    ("single potentials", 3): (0.55, 5),
    ("single potentials", 6): (0.7, 4),
    ("single potentials", 10): (0.85, 3),
    ("single potentials", 15): (0.95, 3),
    ("single potentials", 20): (0.97, 2),
}


@pytest.mark.parametrize(("kind", "ratio_db"), LIMITS)
def test_events_are_found_in_noise(kind: str, ratio_db: int) -> None:
    least, latest_ms = LIMITS[kind, ratio_db]
    found = bench.result(bench.ours, kind, ratio_db)
    assert found.f1 >= least
    assert np.median(found.late_ms) <= latest_ms


def test_every_kind_and_ratio_has_its_limits() -> None:
    assert set(LIMITS) == {(kind, db) for kind in bench.KINDS for db in bench.RATIOS_DB}


@pytest.mark.parametrize("ratio_db", [0, 10])
def test_no_peer_does_better_with_one_setting_for_all_kinds(ratio_db: int) -> None:
    if not (importlib.util.find_spec("biosppy") and importlib.util.find_spec("neurokit2")):
        pytest.skip("needs biosppy and neurokit2 (the extra peers-emg)")

    def mean_f1(method: bench.Onsets) -> float:
        return float(np.mean([bench.result(method, kind, ratio_db).f1 for kind in bench.KINDS]))

    mine = mean_f1(bench.ours)
    for methods in bench.peers().values():
        for name, method in methods.items():
            assert mean_f1(method) <= mine, name
