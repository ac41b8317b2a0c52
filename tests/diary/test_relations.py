"""The analysis finds the built-in effects, and nothing where there is none."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from twitchlib import diary
from twitchlib.diary import Days, relate, simulate
from twitchlib.diary.columns import habits
from twitchlib.diary.relations import FEWEST_DAYS, holm, slide
from twitchlib.diary.simulation import KNOWN_EFFECTS
from twitchlib.errors import NotAllowedError

# Each of these is a study of many made-up diaries. The seeds are fixed, so a study has one
# result; the tolerances allow for binomial chance at its size, so that another random number
# generator would pass too.
YEARS = 40
DIARIES = 200
TRUE = {(effect.habit, effect.lag_days) for effect in KNOWN_EFFECTS}


def at_most(rate: float, n: int) -> float:
    """Return the limit that a proportion `rate` exceeds in only 1 of 1000 studies of size n."""
    return rate + 3.1 * float(np.sqrt(rate * (1 - rate) / n))


@pytest.fixture(scope="module")
def found() -> Counter[tuple[str, int]]:
    """Return how often each pair stands out, adjusted for the other habits."""
    return Counter(
        (a.habit.id, a.lag_days)
        for seed in range(YEARS)
        for a in relate(simulate(seed=seed).days(), lags=(0, 1), others_equal=True).standing_out
    )


@pytest.mark.parametrize("pair", sorted(TRUE))
def test_built_in_effects_are_found(found: Counter[tuple[str, int]], pair: tuple[str, int]) -> None:
    assert found[pair] >= 0.8 * YEARS


def test_what_has_no_effect_of_its_own_is_not_found(found: Counter[tuple[str, int]]) -> None:
    idle = {pair: n for pair, n in found.items() if pair[0] in {"sleep_h", "water_l"}}
    assert sum(idle.values()) <= at_most(0.05, YEARS) * YEARS


def test_short_sleep_is_associated_with_twitches_until_stress_is_adjusted_for() -> None:
    days = [simulate(seed=seed).days() for seed in range(12)]
    alone, equal = (
        [relate(d, lags=[0], others_equal=held).associations[1] for d in days]
        for held in (False, True)
    )
    assert all(a.habit.id == "sleep_h" for a in alone)
    assert sum(a.correlation < 0 and a.verdict == "stands out" for a in alone) >= 9
    assert sum(a.verdict == "stands out" for a in equal) <= 1


@pytest.mark.parametrize("n_days", [60, 120])
def test_nothing_is_found_where_there_is_nothing(n_days: int) -> None:
    studies = [
        relate(simulate(seed=seed, n_days=n_days, effects=()).days(), lags=(0, 1))
        for seed in range(DIARIES)
    ]
    any_stands_out = np.mean([bool(study.standing_out) for study in studies])
    assert any_stands_out <= at_most(0.05, DIARIES)
    # The pairs of one diary are not independent of each other, so the diaries are counted.
    alone = np.mean([[a.p < 0.05 for a in study.known] for study in studies])
    assert alone <= at_most(0.05, DIARIES)


def series(rng: np.random.Generator, shape: tuple[int, int], memory: float) -> NDArray[np.float64]:
    steps = rng.normal(size=shape)
    for i in range(1, shape[1]):
        steps[:, i] = memory * steps[:, i - 1] + np.sqrt(1 - memory**2) * steps[:, i]
    return steps


@pytest.mark.parametrize("memory", [0.0, 0.6, 0.9])
def test_intervals_hold_for_any_autocorrelation(memory: float) -> None:
    rng = np.random.default_rng(7)
    y, x = series(rng, (2000, 120), memory), series(rng, (2000, 120), memory)
    at = slide(y, x)
    independent = np.minimum(1 + 1 / np.mean(at[:, 1:] ** 2, axis=1), 120)
    beyond = np.abs(np.arctanh(at[:, 0])) * np.sqrt(independent - 3) > 1.96
    assert beyond.mean() <= at_most(0.05, 2000)
    naive = np.abs(np.arctanh(at[:, 0])) * np.sqrt(120 - 3) > 1.96
    assert naive.mean() > 0.25 if memory == 0.9 else naive.mean() > 0.03


@pytest.mark.parametrize(("week", "slope"), [(1.0, 0.0), (0.0, 1.5), (1.0, 1.5)])
def test_a_common_week_and_a_common_trend_give_no_association(week: float, slope: float) -> None:
    rng = np.random.default_rng(3)
    t = np.arange(112)
    dates = np.datetime64("2026-01-01") + t
    shared = week * np.sin(2 * np.pi * t / 7) + slope * np.linspace(-1, 1, len(t))
    studies = []
    for _ in range(DIARIES):
        twitches = rng.poisson(np.exp(1 + 0.5 * shared)).astype(float)
        sleep = shared + rng.normal(size=len(t))
        noted = {habit.id: np.full(len(t), np.nan) for habit in habits()}
        days = Days(dates, twitches, noted | {"sleep_h": sleep})
        studies.append(relate(days, lags=[0]).associations[0].p < 0.05)
    assert np.mean(studies) <= at_most(0.05, DIARIES)


# ---------------------------------------------------------------- one diary


def test_a_lag_pairs_twitches_with_earlier_days() -> None:
    rng = np.random.default_rng(1)
    coffee = rng.uniform(0, 400, 80)
    twitches = np.concatenate([[np.nan, np.nan], np.round(coffee[:-2] / 20)])
    noted = {habit.id: np.full(80, np.nan) for habit in habits()}
    days = Days(
        np.datetime64("2026-01-01") + np.arange(80), twitches, noted | {"caffeine_mg": coffee}
    )
    found = relate(days)
    assert [a.lag_days for a in found.associations] == [0, 1, 2, 3]
    assert [a.lag_days for a in found.standing_out] == [2]
    (strong,) = found.standing_out
    assert strong.correlation > 0.95
    assert strong.mean_high > strong.mean_low
    assert strong.low < strong.correlation < strong.high


@given(st.integers(0, 10_000), st.booleans())
def test_intervals_and_p_values_say_the_same(seed: int, others_equal: bool) -> None:
    for a in relate(simulate(seed=seed, n_days=90).days(), others_equal=others_equal).known:
        assert -1 <= a.low < a.correlation < a.high <= 1
        assert (a.p < 0.05) == (a.low > 0 or a.high < 0)
        assert a.p <= a.p_holm <= 1
        assert a.n_effective <= a.n


def test_too_few_days_are_reported() -> None:
    found = relate(simulate(seed=1, n_days=FEWEST_DAYS).days())
    assert {a.verdict for a in found.associations} == {"too few days"}
    assert found.known == ()
    assert np.isnan(found.least_visible)


@pytest.mark.parametrize("n_days", range(1, 8))
@pytest.mark.parametrize("others_equal", [False, True])
def test_the_shortest_diaries_are_analysed(n_days: int, others_equal: bool) -> None:
    days = simulate(seed=1, n_days=n_days).days()
    assert relate(days, others_equal=others_equal).known == ()


def test_a_habit_that_never_varies_shows_nothing() -> None:
    n = 60
    noted = {habit.id: np.full(n, np.nan) for habit in habits()} | {"stress": np.full(n, 3.0)}
    twitches = np.arange(n, dtype=float) % 5
    days = Days(np.datetime64("2026-01-01") + np.arange(n), twitches, noted)
    assert {a.verdict for a in relate(days).associations} == {"too few days"}


def test_an_empty_diary_has_no_pairs() -> None:
    assert relate(diary.Diary().days()).associations == ()
    assert relate(diary.Diary().days()).to_frame().empty


def test_the_table_has_a_row_for_each_pair() -> None:
    frame = relate(simulate(seed=2).days()).to_frame()
    assert len(frame) == 5 * 4
    assert set(frame["verdict"]) <= {"stands out", "may be chance", "no sign", "too few days"}


@pytest.mark.parametrize("lags", [(0, 0), (-1,), (15,)])
def test_other_lags_are_refused(lags: tuple[int, ...]) -> None:
    with pytest.raises(NotAllowedError, match="lags"):
        relate(simulate(seed=1, n_days=40).days(), lags=lags)


# ---------------------------------------------------------------- the two ingredients


@given(arrays(float, 12, elements=st.integers(0, 9)), arrays(float, 12, elements=st.integers(0, 9)))
def test_sliding_gives_the_correlation_at_every_shift(
    y: NDArray[np.float64], x: NDArray[np.float64]
) -> None:
    y[3] = x[5] = np.nan
    for shift, found in enumerate(slide(y, x)):
        moved = np.roll(x, shift)
        both = ~np.isnan(y + moved)
        if np.ptp(y[both]) == 0 or np.ptp(moved[both]) == 0:
            assert abs(found) < 1e-6
        else:
            assert found == pytest.approx(np.corrcoef(y[both], moved[both])[0, 1], abs=1e-6)


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_never_lowers_a_p_value_and_keeps_the_order(p: list[float]) -> None:
    given_p, corrected = np.array(p), holm(np.array(p))
    assert np.all(corrected >= given_p)
    assert np.all(corrected <= np.minimum(given_p * max(len(p), 1), 1) + 1e-12)
    order = np.argsort(given_p)
    assert np.all(np.diff(corrected[order]) >= 0)


def test_holm_matches_a_hand_calculation_and_ignores_gaps() -> None:
    corrected = holm(np.array([0.01, np.nan, 0.04, 0.03, 0.005]))
    np.testing.assert_allclose(corrected, [0.03, np.nan, 0.06, 0.06, 0.02])
