"""The measured features are those that were simulated."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emg.test_detection import bursts, detect, recordings, rest
from twitchlib import emg, twitches
from twitchlib.arrays import FloatArray
from twitchlib.emg import Features
from twitchlib.emg.features import FEATURES

FREE_OF_GAIN = [name for name in FEATURES if name != "amplitude_mv"]


def measured(trace: FloatArray) -> Features:
    return emg.measure(detect(trace))


def at(onsets_s: list[float], length_s: float = 0.03, duration_s: float = 6) -> Features:
    """Return the features of short strong bursts."""
    return measured(bursts(duration_s, [(onset, onset + length_s) for onset in onsets_s], 60))


def test_every_feature_is_explained() -> None:
    assert list(FEATURES) == [field.name for field in dataclasses.fields(Features)]
    assert all(known.label and known.meaning.endswith(".") for known in FEATURES.values())
    frame = at([1, 2]).to_frame()
    assert list(frame.index) == list(FEATURES)
    assert frame.loc["events", "value"] == 2


def test_counts_lengths_and_rates() -> None:
    found = at([1, 2, 3, 4, 5])
    assert found.events == 5
    assert found.rate_per_min == pytest.approx(50)
    assert found.burst_ms == pytest.approx(30, abs=2)
    assert found.longest_s == pytest.approx(0.03, abs=0.004)
    assert found.active_share == pytest.approx(5 * 0.03 / 6, rel=0.1)
    assert found.interval_cv == pytest.approx(0, abs=0.01)


def test_isolated_means_250_ms_on_both_sides() -> None:
    # One alone, two 0.2 s apart, two 0.3 s apart.
    assert at([1, 2, 2.2, 3, 3.3]).isolated_share == pytest.approx(3 / 5)
    assert at([1]).isolated_share == 1


def test_random_intervals_have_a_variation_of_one() -> None:
    made = twitches.simulate(
        "fasciculation", seed=1, duration_s=300, rate_per_min=60, sites=1, tide=0, doublet_part=0
    )
    assert measured(made.emg_mv).interval_cv == pytest.approx(1, abs=0.2)


def test_a_beat_and_its_absence() -> None:
    clonus = measured(twitches.simulate("clonus", seed=1, duration_s=10).emg_mv)
    assert clonus.rhythm_hz == pytest.approx(5.2, abs=0.2)
    assert clonus.rhythm_share > 0.7
    chance = measured(
        twitches.simulate("fasciculation", seed=1, duration_s=30, preset="disease_weak").emg_mv
    )
    assert chance.rhythm_share < 0.25


def test_the_rate_of_one_unit_inside_its_groups() -> None:
    made = twitches.simulate("myokymia", seed=1, duration_s=20, within_hz=50)
    found = measured(made.emg_mv)
    assert found.within_hz == pytest.approx(50, rel=0.05)
    assert found.within_cv < 0.2


def test_potentials_are_the_spikes_of_a_single_unit() -> None:
    made = twitches.simulate("myokymia", seed=1, duration_s=20)
    time_s, event = emg.detect(made).potentials()
    (spikes_s,) = made.spikes_s.values()
    assert time_s.size == pytest.approx(spikes_s.size, abs=2)
    assert np.all(np.diff(event) >= 0)
    # Each is counted as its potential rises, 5 ms after its spike.
    late_s = time_s - spikes_s[np.searchsorted(spikes_s, time_s) - 1]
    assert np.median(late_s) == pytest.approx(0.005, abs=0.001)


def test_lapses_of_a_sustained_contraction() -> None:
    trace = bursts(6, [(1, 2), (2.15, 3), (3.2, 4), (4.02, 5)], 60)
    found = measured(trace)
    assert found.silences == 2
    assert found.silence_ms == pytest.approx(175, abs=5)
    # Gaps between short bursts do not count, and neither does rest.
    assert at([1, 1.2, 1.4]).silences == 0
    assert measured(bursts(6, [(1, 2), (4, 5)], 60)).silences == 0


def test_what_remains_between_events() -> None:
    silent = measured(twitches.simulate("clonus", seed=1, duration_s=10).emg_mv)
    never = measured(twitches.simulate("tremor", seed=1, duration_s=10).emg_mv)
    assert silent.rest_share < 0.05
    assert never.rest_share > 0.5


def test_median_frequency_of_white_noise_is_the_middle() -> None:
    assert at([1], length_s=3).median_hz == pytest.approx(500, abs=30)


def test_what_cannot_be_measured_is_missing() -> None:
    nothing = measured(rest(2))
    for name in FEATURES:
        value = getattr(nothing, name)
        assert math.isnan(value) or value == 0, name
    assert math.isnan(at([1, 2]).interval_cv)
    assert math.isnan(at([1, 2]).within_hz)


@given(recordings(), st.integers(-20, 20), st.sampled_from([-1, 1]))
def test_gain_and_polarity_change_only_the_amplitude(
    trace: FloatArray, power: int, sign: int
) -> None:
    one, other = measured(trace), measured(sign * 2.0**power * trace)
    # Potentials within an event are sought on the side of its largest value.
    names = [name for name in FREE_OF_GAIN if sign == 1 or not name.startswith("within")]
    for name in names:
        assert getattr(one, name) == pytest.approx(getattr(other, name), nan_ok=True), name
    assert other.amplitude_mv == pytest.approx(2.0**power * one.amplitude_mv, nan_ok=True)


@given(recordings())
def test_shares_are_shares(trace: FloatArray) -> None:
    found = measured(trace)
    for name in ("active_share", "isolated_share", "rhythm_share", "rest_share"):
        value = getattr(found, name)
        assert math.isnan(value) or 0 <= value <= 1, name


@given(st.permutations([0.05, 0.3, 0.5, 0.7]))
def test_the_order_of_intervals_does_not_matter(gaps_s: list[float]) -> None:
    onsets = np.concatenate(([0.5], 0.5 + np.cumsum(np.array(gaps_s) + 0.05)))
    found, sorted_ = at(onsets.tolist()), at([0.5, 0.6, 0.95, 1.5, 2.25])
    assert found.interval_cv == pytest.approx(sorted_.interval_cv, abs=0.02)
    assert found.events == sorted_.events == 5
