"""The cup holds what the model says is left."""

import numpy as np
import pytest

from twitchlib import scenes
from twitchlib.physiology.caffeine import ADULT, Caffeine, Dose, absorbed_mg_per_h, body_load

DAY = (Dose(8, 90), Dose(13, 80), Dose(17, 40))


def test_the_cup_holds_the_caffeine_in_the_body() -> None:
    scene = scenes.cup(DAY)
    track = scene.tracks["left_mg"]
    times_h = 6 + np.arange(track.values.size) / track.sample_hz / 3600
    assert times_h[-1] == pytest.approx(30)
    np.testing.assert_allclose(track.values, body_load(ADULT, DAY, times_h).caffeine_mg)


def test_the_stream_is_what_the_body_absorbs() -> None:
    times_h = np.arange(6, 30, 0.001)
    flow = absorbed_mg_per_h(ADULT, DAY, times_h)
    assert flow.sum() * 0.001 == pytest.approx(210, rel=0.01)
    left = body_load(ADULT, DAY, times_h).caffeine_mg
    lost = ADULT.elimination_per_h * left
    change = np.gradient(left, times_h)
    even = np.abs(times_h[:, np.newaxis] - [8, 13, 17]).min(axis=1) > 0.01
    np.testing.assert_allclose((flow - lost)[even], change[even], atol=0.5)


@pytest.mark.parametrize("half_life_h", [1.5, 5, 9.5])
def test_another_half_life_moves_no_tick(half_life_h: float) -> None:
    scene = scenes.cup(DAY, caffeine=Caffeine(half_life_h=half_life_h))
    assert scene.numbers["top_mg"] == scenes.cup(DAY).numbers["top_mg"]
    assert scene.tracks["left_mg"].values.max() <= scene.numbers["top_mg"]


def test_moments_are_the_drinks_the_peak_and_bedtime() -> None:
    scene = scenes.cup(DAY, bedtime_h=24.5)
    left_mg = float(body_load(ADULT, DAY, [24.5]).caffeine_mg[0])
    assert [m.words for m in scene.moments if "drink" in m.words] == [
        f"A drink with {mg} mg of caffeine." for mg in (90, 80, 40)
    ]
    assert scene.moments[-1].words == f"Bedtime: {left_mg:.0f} mg is left."
    assert scene.moments[-1].time_s == scene.still_s == 18.5 * 3600
    assert f"{left_mg:.0f} mg is left in it" in scene.description


def test_an_hour_takes_a_second() -> None:
    scene = scenes.cup(DAY)
    assert scene.duration_s * scene.slower == pytest.approx(24)
    assert scene.begins_h == 6


def test_without_a_drink_it_stays_empty() -> None:
    scene = scenes.cup([])
    assert scene.description == "No drink with caffeine: the cup stays empty."
    assert scene.moments == ()
    assert not scene.tracks["left_mg"].values.any()
