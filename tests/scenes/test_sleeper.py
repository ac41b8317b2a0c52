"""The sleeper's leg moves by the force of the jerk, and otherwise lies still."""

from typing import Any

import numpy as np
import pytest

from twitchlib import scenes, twitches
from twitchlib.physiology.motor_units import POOL, maximal_force_n
from twitchlib.scenes.sleeper import KICK_DEG

ONCE: dict[str, Any] = {"seed": 58, "preset": "other", "rate_per_min": 20}


def test_the_leg_swings_by_the_force_of_the_model() -> None:
    recording = twitches.simulate("myoclonus", 4, **ONCE)
    track = scenes.sleeper(recording).tracks["kick_deg"]
    at_s = np.arange(track.values.size) / track.sample_hz
    force_n = np.interp(at_s, recording.time_s, recording.force_n)
    np.testing.assert_allclose(track.values, KICK_DEG * force_n / maximal_force_n(POOL))
    before = at_s < recording.events[0].onset_s
    assert track.values[before].max() == 0


@pytest.mark.parametrize(
    ("duration_s", "words"),
    [(1, "nothing moves"), (4, "kicks once"), (20, "kicks 6 times")],
)
def test_it_says_how_often_the_leg_kicks(duration_s: float, words: str) -> None:
    scene = scenes.sleeper(twitches.simulate("myoclonus", duration_s, **ONCE))
    assert words in scene.description
