"""The fibres pull with the force of their unit."""

import numpy as np
import pytest

from twitchlib import scenes
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL, units


def train(unit: int, pulses: int, hz: float) -> Discharges:
    return Discharges.of([unit] * pulses, 0.1 + np.arange(pulses) / hz)


@pytest.mark.parametrize(("unit", "pulses", "hz"), [(60, 1, 8), (1, 30, 20), (120, 60, 60)])
def test_the_spring_is_stretched_by_the_force(unit: int, pulses: int, hz: float) -> None:
    fired = train(unit, pulses, hz)
    scene = scenes.fibre(fired)
    track = scene.tracks["force"]
    force_n = motor_pool.force(POOL, fired, 2000, sample_hz=track.sample_hz)
    np.testing.assert_allclose(track.values, force_n / units(POOL).twitch_n[unit - 1])
    assert track.values.max() < scene.numbers["top"]


def test_one_pulse_makes_one_twitch() -> None:
    scene = scenes.fibre(train(60, 1, 8))
    assert scene.tracks["force"].values.max() == pytest.approx(1, abs=0.01)
    assert scene.description == "One pulse reaches the fibres of unit 60, and they twitch once."
    contraction_s = units(POOL).contraction_ms[59] / 1000
    assert scene.still_s == pytest.approx(0.1 + contraction_s, abs=0.003)


def test_each_pulse_is_a_moment_and_later_ones_are_left_out() -> None:
    scene = scenes.fibre(train(60, 12, 5), duration_s=1)
    arrivals_s = [moment.time_s for moment in scene.moments if "arrives" in moment.words]
    assert arrivals_s == scene.series["pulse_s"].tolist()
    assert max(arrivals_s) < 1
    assert scene.description.startswith("5 pulses reach")
