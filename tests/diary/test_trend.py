"""The four-week mean and its band."""

import numpy as np
import pytest

from twitchlib.diary import Days, Diary, simulate


def days(twitches: np.typing.ArrayLike) -> Days:
    values = np.asarray(twitches, dtype=float)
    return Days(np.datetime64("2026-01-01") + np.arange(len(values)), values, {})


def test_the_same_count_every_day_is_its_own_trend() -> None:
    found = days([3.0] * 60).trend()
    np.testing.assert_allclose(found["mean"], 3)
    np.testing.assert_allclose([found["low"], found["high"]], 3)


def test_gaps_do_not_pull_it_down() -> None:
    counts = np.full(60, 3.0)
    counts[::4] = np.nan
    np.testing.assert_allclose(days(counts).trend()["mean"], 3)


def test_no_trend_is_drawn_through_a_gap() -> None:
    counts = np.concatenate([np.ones(30), np.full(60, np.nan), np.ones(30)])
    assert np.isnan(days(counts).trend()["mean"][45:75]).all()


@pytest.mark.parametrize("memory", [0.0, 0.5])
def test_the_band_holds_the_true_mean_about_as_often_as_it_says(memory: float) -> None:
    rng = np.random.default_rng(5)
    inside = []
    for _ in range(150):
        wave = rng.normal(size=200) * np.sqrt(1 - memory**2)
        for i in range(1, 200):
            wave[i] += memory * wave[i - 1]
        found = days(rng.poisson(np.exp(1.5 + 0.3 * wave))).trend()
        truth = np.exp(1.5 + 0.3**2 / 2)
        inside.append(found["low"][100] <= truth <= found["high"][100])
    assert np.mean(inside) >= 0.9


def test_it_never_falls_below_zero() -> None:
    found = simulate(seed=4).days().trend()
    assert np.nanmin(found["low"]) >= 0


def test_an_empty_diary_has_no_trend() -> None:
    assert Diary().days().trend()["mean"].size == 0
    assert np.isnan(days([1, 2]).trend()["mean"]).all()
    assert np.isnan(days([np.nan] * 40).trend()["mean"]).all()
