"""The analysis finds the built-in effects, and nothing where there is nothing."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diary.studies import at_most
from twitchlib import diary
from twitchlib.diary import Days, relate, simulate
from twitchlib.diary.columns import habits
from twitchlib.diary.relations import FEWEST_DAYS
from twitchlib.diary.simulation import KNOWN_EFFECTS
from twitchlib.errors import NotAllowedError

# Each of these tests is a study of many made-up diaries. The seeds are fixed, so a study has one
# result; its tolerance allows for binomial chance, so another random number generator would pass
# too.
YEARS = 40
DIARIES = 200
TRUE = {(effect.habit, effect.lag_days) for effect in KNOWN_EFFECTS}


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


def test_habits_without_an_effect_are_not_found(found: Counter[tuple[str, int]]) -> None:
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
