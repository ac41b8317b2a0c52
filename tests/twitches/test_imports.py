"""Importing the kinds of twitch costs no more than numpy, and they run without numba too."""

import pytest

from tests.physiology.test_imports import printed

RUNS = """
from twitchlib import twitches
for name in ("clonus", "spasm", "myoclonus"):
    made = twitches.simulate(name, seed=1, duration_s=0.8, noise_uv=0)
    print(made.emg_mv.sum(), made.force_n.sum(), made.discharges.time_s.sum())
"""


def test_importing_loads_nothing_heavy() -> None:
    loaded = set(printed("import twitchlib.twitches, sys\nprint(*sys.modules)").split())
    assert "twitchlib.twitches.spasm" in loaded
    assert not loaded & {"numba", "scipy", "pandas", "plotly", "ipywidgets"}


def test_gives_the_same_results_without_numba() -> None:
    pytest.importorskip("numba")
    without = printed("import sys\nsys.modules['numba'] = None\n" + RUNS)
    numbers = [float(number) for number in without.split()]
    assert numbers == pytest.approx([float(n) for n in printed(RUNS).split()], rel=1e-9)
