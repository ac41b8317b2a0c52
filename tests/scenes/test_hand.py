"""The fist presses with the force of the run, and the discs are the pool's units."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import scenes
from twitchlib.arrays import FloatArray
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import PoolRun
from twitchlib.physiology.motor_units import POOL, units

HZ = 1000


def pressed(drive: float, seconds: float = 1, seed: int = 1) -> PoolRun:
    ramp = np.minimum(np.arange(round(seconds * HZ)) / 300, 1) * drive
    return motor_pool.simulate(POOL, ramp, sample_hz=HZ, seed=seed)


def light(fired_s: Any, at_s: FloatArray, rise_s: float) -> FloatArray:
    since: FloatArray = np.maximum(at_s - fired_s[:, np.newaxis], 0) / rise_s
    shown: FloatArray = np.minimum((since * np.exp(1 - since)).sum(axis=0), 1)
    return shown


def test_the_pointer_shows_the_force_of_the_run() -> None:
    run = pressed(0.4)
    scene = scenes.hand(run)
    track = scene.tracks["force_n"]
    at_s = np.arange(track.values.size) / track.sample_hz
    np.testing.assert_allclose(track.values, np.interp(at_s, run.time_s, run.force_n))
    assert track.values.max() < scene.numbers["top_n"]


def test_the_scale_stays_put() -> None:
    tops = {scenes.hand(pressed(drive)).numbers["top_n"] for drive in (0, 0.05, 1)}
    assert len(tops) == 1


def test_the_area_of_a_disc_is_the_force_of_a_twitch() -> None:
    area = scenes.hand(pressed(0.1)).series["radius"] ** 2
    np.testing.assert_allclose(area / area[0], units(POOL).twitch_n / units(POOL).twitch_n[0])


def test_the_discs_lie_side_by_side_in_the_muscle() -> None:
    series: Any = scenes.hand(pressed(0.1)).series
    spot, radius = series["x"] + 1j * series["y"], series["radius"]
    assert (np.abs(spot) + radius).max() <= 1 + 1e-9
    gap = np.abs(spot[:, np.newaxis] - spot) - radius - radius[:, np.newaxis]
    np.fill_diagonal(gap, 0)
    assert (gap / np.minimum(radius, radius[:, np.newaxis])).min() > -0.15


@given(drive=st.floats(0.02, 1), seed=st.integers(0, 99))
def test_the_spikes_left_out_would_hardly_show(drive: float, seed: int) -> None:
    run = pressed(drive, seed=seed)
    series: Any = scenes.hand(run).series
    fired, begin = series["spike_s"], series["begin"]
    at_s = np.arange(0, 1, 0.005)
    for unit in (1, 40, 90, 120):
        rise_s = series["rise_s"][unit - 1]
        every = run.discharges.time_s[run.discharges.unit == unit]
        sent = fired[begin[unit - 1] : begin[unit]]
        assert set(sent) <= set(every)
        every_light, sent_light = (light(some, at_s, rise_s) for some in (every, sent))
        assert np.mean(np.abs(every_light - sent_light)) < 0.05


def test_it_says_which_units_join_in_and_how_hard_they_press() -> None:
    run = pressed(0.4)
    scene = scenes.hand(run)
    joined = np.unique(run.discharges.unit).size
    assert scene.description.startswith(f"{joined} of 120 units pull")
    words = [moment.words for moment in scene.moments]
    assert "60 units have joined in." in words
    assert f"Strongest press: {run.force_n.max():.1f} N." in words
    sixty = next(m for m in scene.moments if m.words.startswith("60 units"))
    before = run.discharges.time_s <= sixty.time_s
    assert np.unique(run.discharges.unit[before]).size == 60


def test_without_effort_nothing_happens() -> None:
    scene = scenes.hand(pressed(0))
    assert scene.moments == ()
    assert scene.description == "No unit pulls: the fist only rests on the scale."
    assert not scene.tracks["force_n"].values.any()


def test_even_the_longest_full_effort_of_the_lesson_is_small_to_send() -> None:
    drive = np.interp(np.arange(3 * HZ) / HZ, [0.3, 1.2, 2, 2.9], [0, 1, 1, 0])
    scene = scenes.hand(motor_pool.simulate(POOL, drive, sample_hz=HZ, seed=0))
    sizes = [values.size for values in scene.series.values()]
    assert 4 * (sum(sizes) + scene.tracks["force_n"].values.size) < 30_000
