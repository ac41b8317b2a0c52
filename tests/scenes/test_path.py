"""A spike's way: its times and its twitch are the models'."""

import math

import numpy as np
import pytest

from twitchlib import scenes
from twitchlib.physiology.motor_units import POOL, maximal_force_n, units
from twitchlib.physiology.reflex import HEALTHY


@pytest.mark.parametrize("unit", [1, 60, 120])
def test_the_twitch_is_the_units_own(unit: int) -> None:
    scene = scenes.path(unit)
    arrives_s = scene.numbers["down_s"] + scene.numbers["out_s"]
    since_s = np.arange(scene.tracks["pull"].values.size) / scene.tracks["pull"].sample_hz
    part = (since_s - arrives_s).clip(0) / (units(POOL).contraction_ms[unit - 1] / 1000)
    expected = part * np.exp(1 - part)
    np.testing.assert_allclose(scene.tracks["pull"].values, expected, atol=0.002)


def test_the_foot_turns_as_far_as_the_ankles_spring_yields_magnified() -> None:
    scene = scenes.path()
    share = units(POOL).twitch_n[59] / maximal_force_n(POOL)
    turn_deg = math.degrees(share * HEALTHY.strongest_nm / HEALTHY.stiffness_nm)
    assert scene.tracks["turn_deg"].values.max() == pytest.approx(3000 * turn_deg, rel=0.001)
    assert "× 3,000" in scene.notes[0]


def test_the_nerve_takes_half_the_reflexs_delay() -> None:
    scene = scenes.path()
    assert scene.numbers["out_s"] * 2000 == HEALTHY.delay_ms
    assert "illustrative" in scene.notes[1]


def test_the_moments_are_the_stops_in_order() -> None:
    stops = [moment.words.split(":")[0] for moment in scenes.path().moments]
    assert stops == ["Brain", "Motoneuron", "Axon", "Junction", "Twitch", "Movement"]
