"""Analysing an EMG loads nothing heavy before it is needed, and works without numba too."""

import subprocess
import sys

import pytest

RUNS = """
from twitchlib import emg, twitches
for name in ("clonus", "fasciculation"):
    made = twitches.simulate(name, seed=1, duration_s=20)
    found = emg.detect(made)
    print(len(found), found.onset_s.sum(), found.offset_s.sum(), emg.measure(found).rhythm_share)
"""


def printed(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout


def test_importing_loads_nothing_heavy() -> None:
    loaded = set(printed("import twitchlib.emg, sys\nprint(*sys.modules)").split())
    assert "twitchlib.emg.detection" in loaded
    assert not loaded & {"numba", "scipy", "pandas", "plotly", "ipywidgets", "wfdb"}


def test_gives_the_same_results_without_numba() -> None:
    pytest.importorskip("numba")
    without = printed("import sys\nsys.modules['numba'] = None\n" + RUNS)
    numbers = [float(number) for number in without.split()]
    assert numbers == pytest.approx([float(n) for n in printed(RUNS).split()], rel=1e-9)
