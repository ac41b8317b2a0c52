"""Discharges at rest: repeatable, within published ranges, and as their table says."""

from typing import Any

import numpy as np
import pytest

from twitchlib import emg, needle
from twitchlib.emg import NeedleFeatures
from twitchlib.errors import NotAllowedError, UnknownNameError
from twitchlib.needle._sources import SOURCES

KINDS = tuple(needle.discharges())
SEEDS = range(40, 46)


def measured(kind: str, seed: int, distance_mm: float = 0.2) -> NeedleFeatures:
    return emg.measure_needle(needle.simulate(kind, 6, seed=seed, distance_mm=distance_mm))


def test_every_discharge_has_a_source_and_every_source_a_discharge() -> None:
    assert tuple(SOURCES) == KINDS
    assert len(KINDS) >= 10


@pytest.mark.parametrize(
    ("kind", "quantity"),
    [
        (kind, quantity)
        for kind, known in needle.discharges().items()
        for quantity, range_ in known.ranges.items()
        if not range_.drawn and quantity in NeedleFeatures.__dataclass_fields__
    ],
)
def test_what_is_measured_lies_in_the_published_range(kind: str, quantity: str) -> None:
    published = needle.discharges()[kind].ranges[quantity]
    values = [getattr(measured(kind, seed, 0.3), quantity) for seed in SEEDS]
    # A length depends on where counting begins: here at a tenth of the height.
    assert published.low * 0.8 <= np.median(values) <= published.high * 1.2


def test_myotonic_runs_stay_within_20_to_80_a_second() -> None:
    for seed in SEEDS:
        interval_s = np.diff(needle.simulate("myotonic", 6, seed=seed).fired_s)
        inside = interval_s[interval_s < 0.3]
        assert 20 * 0.9 < (1 / inside).min() < 30
        assert 70 < (1 / inside).max() < 80 * 1.1


def test_neuromyotonic_runs_are_very_fast_and_lose_height() -> None:
    for seed in SEEDS:
        found = measured("neuromyotonic", seed)
        assert found.height_left < 0.6
        assert 150 <= found.cycle_hz <= 300 * 1.05


def test_endplate_spikes_begin_negative_and_fibrillations_positive() -> None:
    for seed in SEEDS:
        assert measured("endplate-spikes", seed).lead_share < 0.1
        assert measured("fibrillation", seed).lead_share > 0.3
        assert measured("positive-waves", seed).positive_share > 0.55


def test_a_needle_further_away_picks_up_less_at_the_same_moments() -> None:
    near = needle.simulate("fibrillation", 4, seed=1, distance_mm=0.15, noise_uv=0)
    far = needle.simulate("fibrillation", 4, seed=1, distance_mm=0.5, noise_uv=0)
    assert np.ptp(far.emg_mv) < np.ptp(near.emg_mv) / 3
    assert np.array_equal(far.fired_s, near.fired_s)


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_makes_the_same_recording_again(kind: str) -> None:
    once, again = (needle.simulate(kind, 3, seed=5) for _ in range(2))
    assert np.array_equal(once.emg_mv, again.emg_mv)
    assert not np.array_equal(once.emg_mv, needle.simulate(kind, 3, seed=6).emg_mv)
    assert np.isfinite(once.emg_mv).all()
    assert once.synthetic
    assert "recorded from nobody" in once.note
    assert (np.diff(once.fired_s) >= 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_every_range_has_a_source_or_says_that_it_is_chosen(kind: str) -> None:
    for known in needle.discharges()[kind].ranges.values():
        assert known.low <= known.high
        assert known.source
        assert known.illustrative or "hosen" not in known.source


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"duration_s": 0.5}, "duration_s = 0.5"),
        ({"distance_mm": 2}, "distance_mm = 2"),
        ({"noise_uv": -1}, "noise_uv = -1"),
        ({"sample_hz": 100}, "sample_hz = 100"),
        ({"seed": 1.5}, "seed = 1.5"),
    ],
)
def test_refuses_arguments_out_of_range(settings: dict[str, float], said: str) -> None:
    arguments: dict[str, Any] = {"duration_s": 3, "seed": 1} | settings
    with pytest.raises(NotAllowedError, match=said):
        needle.simulate("fibrillation", arguments.pop("duration_s"), **arguments)


def test_refuses_an_unknown_discharge() -> None:
    with pytest.raises(UnknownNameError, match="discharge = 'fibrilation'"):
        needle.simulate("fibrilation", 3, seed=1)
