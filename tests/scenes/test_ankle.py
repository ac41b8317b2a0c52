"""The ankle's scene says what its recording says."""

import numpy as np
import pytest

from twitchlib import scenes, twitches
from twitchlib.scenes.ankle import volley


def test_the_foot_turns_by_the_angle_of_the_model() -> None:
    beating = twitches.simulate("clonus", 5, seed=1)
    scene = scenes.ankle(beating)
    track = scene.tracks["angle_deg"]
    assert beating.angle_deg is not None
    at_s = np.arange(track.values.size) / track.sample_hz
    np.testing.assert_allclose(track.values, np.interp(at_s, beating.time_s, beating.angle_deg))
    assert scene.tracks["angle_deg"].values.max() > 10


def test_the_message_is_the_share_of_units_that_fire() -> None:
    beating = twitches.simulate("clonus", 5, seed=1)
    found = volley(beating.discharges, 5)
    first = beating.events[0]
    before = found.values[: int(first.onset_s * found.sample_hz) - 2]
    assert before.max() == 0
    assert 0.3 < found.values.max() <= 1


@pytest.mark.parametrize(
    ("gain_s", "words"), [(0.5, "beats on"), (0.2, "dies out"), (0.0, "does not answer")]
)
def test_it_says_what_becomes_of_the_swing(gain_s: float, words: str) -> None:
    recording = twitches.simulate("clonus", 5, seed=1, gain_s=gain_s)
    scene = scenes.ankle(recording)
    assert words in scene.description
    assert len(scene.moments) == 1 + len(recording.events)


def test_a_recording_without_a_joint_is_refused() -> None:
    with pytest.raises(ValueError, match="angle_deg"):
        scenes.ankle(twitches.simulate("spasm", 2, seed=1))
