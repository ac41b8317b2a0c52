"""Nothing heavy is loaded before it is needed, and numba may be missing or unable to cache."""

import subprocess
import sys

import pytest

from twitchlib import physiology
from twitchlib.compiled import compiled

MODELS = ", ".join(physiology.__all__)

RUNS = """
import numpy as np
from twitchlib.physiology import _motoneurons, axon, cable, excitability, motoneuron, motor_pool
from twitchlib.physiology import reflex
print(axon.simulate(axon.SQUID, [(1, 20, 10)], 20).potential_mv[-1])
print(*axon.simulate(axon.MotorNode(), [(1, 0.1, 500)], 4, noise_ua_cm2=10, seed=0).spike_ms)
print(*motoneuron.simulate(motoneuron.CELL, [(0, 6)], 300).spike_ms)
drives = np.array([[(0, 6)], [(0, 9)]])
print(*np.concatenate(_motoneurons.spikes_ms(motoneuron.CELL, drives, (300, 200), dt_ms=0.5)))
run = motor_pool.simulate(motor_pool.MotorPool(), np.full(200, 0.5), seed=0)
print(run.force_n.sum(), run.emg_mv.std(), run.discharges.time_s.sum())
jerks = np.maximum(np.sin(np.arange(2000) / 40), 0)
print(motor_pool.simulate(motor_pool.MotorPool(), jerks, sample_hz=1000, seed=0).force_n[-1])
bare = cable.Stretch(first_node=12, last_node=14, myelin=0.1)
shocks = [cable.Injection(), cable.Electrode(node=10, current_ma=-0.3)]
run = cable.simulate(cable.MyelinatedAxon(), shocks, 2, stretches=[bare])
print(*run.arrival_ms, *run.potential_mv[-1])
print(reflex.simulate(reflex.SPASTIC, 2000).angle_deg[-1])
"""


def printed(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout


def test_importing_the_models_loads_nothing_heavy() -> None:
    code = f"from twitchlib.physiology import {MODELS}\nimport sys\nprint(*sys.modules)"
    loaded = set(printed(code).split())
    assert "twitchlib.physiology.axon" in loaded
    assert not loaded & {"numba", "scipy", "pandas", "plotly", "ipywidgets"}


def test_gives_the_same_results_without_numba() -> None:
    pytest.importorskip("numba")
    without = printed("import sys\nsys.modules['numba'] = None\n" + RUNS)
    numbers = [float(number) for number in without.split()]
    assert numbers == pytest.approx([float(n) for n in printed(RUNS).split()], rel=1e-9)


def test_a_loop_that_cannot_be_cached_still_runs() -> None:
    # numba finds no place to cache a function that has no file, just as when neither the package
    # nor the user's cache is writable.
    space: dict[str, object] = {}
    exec("def double(x):\n    return 2 * x", space)  # noqa: S102
    double = space["double"]
    assert callable(double)
    assert compiled(double)(21.0) == 42.0
