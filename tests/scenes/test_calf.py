"""The patches of a calf are raised by the force of their motor units, and the words are true."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import scenes, twitches
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL, maximal_force_n
from twitchlib.scenes import Scene
from twitchlib.scenes._patches import TICKS, patches, places
from twitchlib.twitches import Recording

EXAMPLES: dict[str, dict[str, Any]] = {
    "fasciculation": {"rate_per_min": 60, "sites": 6},
    "clonus": {},
    "spasm": {"units": 8, "stretch_s": 4},
    "myoclonus": {},
    "neuromyotonia": {},
}


def made(kind: str, duration_s: float = 6) -> Recording:
    return twitches.simulate(kind, duration_s, seed=1, sample_hz=1000, **EXAMPLES.get(kind, {}))


def heights_n(scene: Scene, tag: str, at_s: float) -> list[float]:
    """Return the force of each unit, as the page computes it from a scene."""
    series = scene.series
    fired_s = np.split(
        np.asarray(series[f"fired{tag}"], dtype=float) * scene.numbers[f"tick_s{tag}"],
        np.cumsum(series[f"counts{tag}"].astype(int))[:-1],
    )
    forces = []
    for times, rise, peak in zip(fired_s, series["contraction_s"], series["twitch_n"], strict=True):
        total, before = 0.0, -math.inf
        for fired in times:
            relative = max(rise / (fired - before), 0.4) if fired > before else 0.4
            gain = (1 - math.exp(-2 * relative**3)) / relative
            gain /= (1 - math.exp(-2 * 0.4**3)) / 0.4
            since, before = at_s - fired, fired
            total += gain * since / rise * math.exp(1 - since / rise) if since > 0 else 0
        forces.append(peak * total)
    return forces


@pytest.mark.parametrize("kind", EXAMPLES)
def test_all_patches_together_are_the_force_of_the_recording(kind: str) -> None:
    recording = made(kind)
    scene = scenes.calf(recording)
    for at_s in (scene.still_s, 0.5, 4.2):
        expected = np.interp(at_s, recording.time_s, recording.force_n)
        np.testing.assert_allclose(sum(heights_n(scene, "", at_s)), expected, rtol=0.02, atol=1e-4)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_full_patch_is_the_greatest_force_of_one_unit(kind: str) -> None:
    recording = made(kind)
    most = 0.0
    for number, time_s in recording.spikes_s.items():
        alone = Discharges.of([number] * time_s.size, time_s)
        most = max(most, motor_pool.force(POOL, alone, 6000, sample_hz=1000).max())
    assert patches(recording).full_n == pytest.approx(most, rel=0.12)


def test_a_calf_at_rest_shows_the_strongest_twitch_as_its_scale() -> None:
    scene = scenes.calf(twitches.simulate("fasciculation", 2, seed=1, rate_per_min=0))
    assert scene.description == "No motor unit fires."
    assert "34 mN" in scene.notes[0]
    assert scene.moments == ()


@given(units=st.integers(1, 40), seed=st.integers(0, 99))
def test_no_discharge_is_lost(units: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = 50
    recording = Recording(
        "fasciculation", "", 1000, np.zeros(2000), np.zeros(2000),
        Discharges.of(rng.integers(1, units + 1, size), np.sort(rng.uniform(0, 2, size))), (), 0,
    )  # fmt: skip
    raised = patches(recording)
    assert raised.counts.sum() == raised.fired.size == size
    first = np.cumsum(raised.counts) - raised.counts
    for number, time_s in recording.spikes_s.items():
        sent = raised.fired[first[number - 1] :][: time_s.size] / TICKS * 2
        np.testing.assert_allclose(sent, time_s, atol=2 / TICKS)


def test_each_unit_has_its_own_place() -> None:
    x, y = places()
    apart = np.hypot(x[:, None] - x, y[:, None] - y) + 9 * np.eye(POOL.units)
    assert apart.min() > 0.08
    # Large units and small ones are mixed: neither half of the pool keeps to one side.
    assert abs(x[:60].mean() - x[60:].mean()) < 0.2


@pytest.mark.parametrize("kind", ["fasciculation", "spasm", "myoclonus"])
def test_the_foot_turns_by_the_force(kind: str) -> None:
    recording = made(kind, 3)
    tracks = scenes.calf(recording).tracks
    at_s = np.arange(tracks["pull"].values.size) / tracks["pull"].sample_hz
    force_n = np.interp(at_s, recording.time_s, recording.force_n)
    np.testing.assert_allclose(tracks["pull"].values * maximal_force_n(POOL), force_n)
    np.testing.assert_allclose(tracks["foot_deg"].values, -90 * tracks["pull"].values)


def test_the_foot_of_clonus_turns_by_the_angle_of_the_model() -> None:
    recording = made("clonus")
    track = scenes.calf(recording).tracks["foot_deg"]
    assert recording.angle_deg is not None
    at_s = np.arange(track.values.size) / track.sample_hz
    np.testing.assert_allclose(track.values, np.interp(at_s, recording.time_s, recording.angle_deg))


def test_a_stretched_foot_stays_up() -> None:
    scene = scenes.calf(made("spasm"))
    assert scene.numbers["stretch_s"] == 4
    assert scene.tracks["foot_deg"].values[-1] == pytest.approx(28, abs=1)
    assert [moment.words for moment in scene.moments][1] == "The foot is pulled up."
    never = twitches.simulate("spasm", 3, seed=1, units=8)
    assert scenes.calf(never).numbers["stretch_s"] == 3
    assert len(scenes.calf(never).moments) == 1


def test_moments_are_the_events() -> None:
    recording = made("myoclonus", 12)
    scene = scenes.calf(recording)
    assert [moment.time_s for moment in scene.moments] == [e.onset_s for e in recording.events]
    lapses = twitches.simulate("myoclonus", 6, seed=2, preset="negative")
    assert scenes.calf(lapses).moments[0].words.startswith("The muscle is silent for ")


def test_many_moments_are_summed_up() -> None:
    busy = twitches.simulate("fasciculation", 120, seed=1, rate_per_min=60, sites=20)
    moments = scenes.calf(busy).moments
    assert len(moments) <= 60
    assert moments[-1].words == f"{len(busy.events) - len(moments) + 1} more follow."


def test_four_calves_keep_their_own_numbers() -> None:
    four = {kind: made(kind) for kind in list(EXAMPLES)[:4]}
    scene = scenes.calves(four)
    assert scene.words == dict(zip("0123", four, strict=True))
    assert len(scene.moments) <= 60
    for tag, one in zip("0123", four.values(), strict=True):
        expected = np.interp(2.0, one.time_s, one.force_n)
        np.testing.assert_allclose(sum(heights_n(scene, tag, 2.0)), expected, rtol=0.02, atol=1e-4)


def test_on_one_scale_a_full_patch_is_the_strongest_unit_of_all() -> None:
    four = {kind: made(kind) for kind in list(EXAMPLES)[:4]}
    scene = scenes.calves(four, same_scale=True)
    full = {scene.numbers[f"full_n{tag}"] for tag in "0123"}
    assert full == {max(patches(one).full_n for one in four.values())}
    assert "in every calf" in scene.notes[1]
