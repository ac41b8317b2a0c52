"""The eyelid moves by the force of a recording, at its moments."""

import numpy as np
import pytest

from twitchlib import scenes, twitches


@pytest.mark.parametrize("kind", ["myokymia", "fasciculation"])
def test_the_lid_is_lifted_by_the_force(kind: str) -> None:
    recording = twitches.simulate(kind, 60, seed=1)
    assert recording.force_n.max() > 0
    track = scenes.eyelid(recording).tracks["lift"]
    at_s = np.arange(track.values.size) / track.sample_hz
    force_n = np.interp(at_s, recording.time_s, recording.force_n)
    np.testing.assert_allclose(track.values, force_n / recording.force_n.max())


def test_each_flutter_counts_the_pulses_of_its_unit() -> None:
    recording = twitches.simulate("myokymia", 4, seed=1)
    scene = scenes.eyelid(recording)
    assert len(scene.moments) == len(recording.events)
    counted = [int(moment.words.split()[-2]) for moment in scene.moments[:-1]]
    assert sum(counted) <= recording.discharges.time_s.size
    assert str(len(recording.events)) in scene.description


def test_many_flutters_are_summed_up() -> None:
    recording = twitches.simulate("myokymia", 30, seed=1)
    scene = scenes.eyelid(recording)
    assert len(scene.moments) == 61
    assert scene.moments[-1].words == f"{len(recording.events) - 60} more flutters."


def test_without_a_spike_the_lid_is_still() -> None:
    scene = scenes.eyelid(twitches.simulate("fasciculation", 5, seed=1, rate_per_min=0))
    assert scene.description == "The lid is still: no unit fires."
    assert not scene.tracks["lift"].values.any()
