"""As many packets cross as the run released, and they make the run's voltage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import scenes
from twitchlib.physiology import junction as model
from twitchlib.physiology.junction import Junction


@given(packets=st.integers(0, 60), magnesium_mm=st.floats(0, 6), calcium_mm=st.floats(0.4, 2.5))
def test_the_gauge_ends_at_the_voltage_of_the_run(
    packets: int, magnesium_mm: float, calcium_mm: float
) -> None:
    parts = Junction(quanta=packets)
    run = model.simulate(parts, 40, calcium_mm=calcium_mm, magnesium_mm=magnesium_mm, seed=2)
    scene = scenes.junction(run, junction=parts)
    np.testing.assert_array_equal(scene.series["quanta"], run.quanta)
    linear_mv = run.quanta * scene.numbers["quantum_mv"]
    np.testing.assert_allclose(
        linear_mv / (1 + linear_mv / scene.numbers["driving_mv"]), run.epp_mv
    )
    assert scene.numbers["top_mv"] >= run.epp_mv.max()
    assert scene.numbers["per_dot"] * 88 >= run.quanta.max()


def test_time_is_counted_in_impulses() -> None:
    run = model.simulate(Junction(), 40, seed=2)
    scene = scenes.junction(run)
    assert scene.counts == "impulse"
    np.testing.assert_array_equal([moment.time_s for moment in scene.moments], run.impulse)
    assert 40 < scene.duration_s < 40.5


@pytest.mark.parametrize("magnesium_mm", [0.6, 1.5, 2.0, 6.0])
def test_it_says_which_impulses_get_through(magnesium_mm: float) -> None:
    run = model.simulate(Junction(), 40, magnesium_mm=magnesium_mm, seed=2)
    scene = scenes.junction(run)
    fires = [moment.words.endswith("the fibre fires.") for moment in scene.moments]
    np.testing.assert_array_equal(fires, run.transmitted)
    assert scene.description.startswith(f"{run.transmitted.sum()} of 40 impulses")
    shown = int(scene.still_s) - 1
    if 0 < run.transmitted.sum() < 40:
        rare = run.transmitted.mean() < 0.5
        assert run.transmitted[shown] == rare


def test_a_dot_says_how_many_packets_it_stands_for() -> None:
    parts = Junction(quanta=200)
    scene = scenes.junction(model.simulate(parts, 40, seed=2), junction=parts)
    assert scene.notes[-1] == "One dot stands for 3 packets."
    assert len(scenes.junction(model.simulate(Junction(), 40, seed=2)).notes) == 1


def test_of_many_impulses_only_the_first_are_moments() -> None:
    scene = scenes.junction(model.simulate(Junction(), 500, seed=2))
    assert len(scene.moments) == 60
