"""The fist holds the force of the run, and the discs are filled as far as units have strength."""

import numpy as np
import pytest

from twitchlib import scenes
from twitchlib.physiology.fatigue import MUSCLE, Hold, simulate
from twitchlib.physiology.motor_units import maximal_force_n, units
from twitchlib.scenes.hold import SAMPLES, WHOLE


@pytest.fixture(scope="module")
def half() -> Hold:
    return simulate(MUSCLE, 0.5, 120)


def test_the_pointer_shows_the_force_in_newtons(half: Hold) -> None:
    scene = scenes.hold(half)
    track = scene.tracks["force_n"]
    at_s = np.arange(track.values.size) / track.sample_hz
    expected = maximal_force_n(MUSCLE) * np.interp(at_s, half.time_s, half.force)
    np.testing.assert_allclose(track.values, expected, rtol=1e-3)
    assert scene.numbers["target_n"] == pytest.approx(track.values[0], rel=1e-3)
    assert at_s[-1] == pytest.approx(scene.duration_s)


def test_the_scale_stays_put() -> None:
    tops = {scenes.hold(simulate(MUSCLE, target, 20)).numbers["top_n"] for target in (0.15, 1)}
    assert len(tops) == 1


def test_discs_are_filled_by_strength_and_lit_by_rate(half: Hold) -> None:
    series = scenes.hold(half).series
    left, fires = (
        np.asarray(series[name], dtype=float).reshape(SAMPLES, 120) / WHOLE
        for name in ("left", "fires")
    )
    np.testing.assert_allclose(left[[0, -1]], half.capacity[[0, -1]], atol=1 / WHOLE)
    highest_hz = units(MUSCLE).highest_hz
    np.testing.assert_allclose(fires[0], half.rate_hz[0] / highest_hz, atol=1 / WHOLE)
    assert (fires[0] == 0).sum() == 120 - half.working[0]


def test_moments_are_what_happens_in_order(half: Hold) -> None:
    words = [moment.words for moment in scenes.hold(half).moments]
    assert words[:2] == ["109 units press.", "Unit 110 is called to help."]
    assert "Unit 120 is called to help." in words
    assert "No order is strong enough any more." in words
    tired = int(half.capacity[(half.capacity < 0.5).any(axis=1).argmax()].argmin()) + 1
    assert f"Unit {tired} is the first to lose half of its strength." in words
    ends_s = [m.time_s for m in scenes.hold(half).moments if m.words.startswith("No order")]
    assert ends_s == [half.endurance_s]


def test_a_force_that_is_still_held_has_no_end() -> None:
    scene = scenes.hold(simulate(MUSCLE, 0.2, 20))
    assert scene.description.startswith("The fist presses with 1.4 N for 20 s")
    assert not any("No order" in moment.words for moment in scene.moments)
    assert scene.still_s == 20


def test_a_full_effort_is_described_as_one() -> None:
    scene = scenes.hold(simulate(MUSCLE, 1, 100))
    assert scene.description.startswith("The fist presses as hard as it can, at first with 6.8 N")
    assert not any("called" in moment.words for moment in scene.moments)
