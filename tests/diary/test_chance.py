"""What counts as chance, compared with the spread of made-up series."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from tests.diary.studies import at_most
from twitchlib.diary.chance import correlate, holm

Series = NDArray[np.float64]
Gaps = NDArray[np.bool_]
STUDY = 1500
N_DAYS = 120


def wave(rng: np.random.Generator, memory: float) -> Series:
    """Return `STUDY` autoregressive series of variance 1."""
    steps: Series = rng.normal(size=(STUDY, N_DAYS))
    for i in range(1, N_DAYS):
        steps[:, i] = memory * steps[:, i - 1] + np.sqrt(1 - memory**2) * steps[:, i]
    return steps


def counts(rng: np.random.Generator, memory: float) -> Series:
    """Return counts of twitches, zero on more than half of the days."""
    rate = np.exp(0.3 + 0.6 * wave(rng, memory)) * (rng.random((STUDY, N_DAYS)) < 0.5)
    return rng.poisson(rate).astype(float)


def none(rng: np.random.Generator) -> Gaps:
    return np.zeros((STUDY, N_DAYS), dtype=bool)


def a_fifth(rng: np.random.Generator) -> Gaps:
    return rng.random((STUDY, N_DAYS)) < 0.2


def two_fifths(rng: np.random.Generator) -> Gaps:
    return rng.random((STUDY, N_DAYS)) < 0.4


def weekends(rng: np.random.Generator) -> Gaps:
    return np.tile(np.arange(N_DAYS) % 7 >= 5, (STUDY, 1))


def fortnights(rng: np.random.Generator) -> Gaps:
    """Return gaps of fourteen days in a row, a third of all days."""
    first = rng.integers(N_DAYS, size=STUDY)
    day = (np.arange(N_DAYS) - first[:, None]) % N_DAYS
    return day % 42 < 14


GAPS = [none, a_fifth, two_fifths, weekends, fortnights]
"""Which days are missing."""


def correlations(y: Series, x: Series, missing: Gaps) -> tuple[Series, Series]:
    """Return the correlation of each pair, and its number of independent days."""
    y, x = (np.where(missing, np.nan, v) for v in (y, x))
    y, x = (v - np.nanmean(v, axis=1, keepdims=True) for v in (y, x))
    found = np.array([correlate(*pair) for pair in zip(y, x, strict=True)])
    return found[:, 0], found[:, 1]


@pytest.mark.parametrize("gaps", GAPS)
@pytest.mark.parametrize("memory", [0.0, 0.5, 0.8])
def test_independent_days_match_the_scatter_of_chance_correlations(
    gaps: Callable[[np.random.Generator], Gaps], memory: float
) -> None:
    rng = np.random.default_rng(5)
    r, independent = correlations(wave(rng, memory), wave(rng, memory), gaps(rng))
    scattered = 1 + 1 / float(np.mean(r**2))
    # Within 10 %, and 16 % where fortnights are missing from series that last for weeks.
    assert float(np.median(independent)) == pytest.approx(scattered, rel=0.2)


@pytest.mark.parametrize("gaps", GAPS)
@pytest.mark.parametrize(
    "make", [*(lambda rng, m=m: wave(rng, m) for m in (0, 0.5, 0.8)), lambda rng: counts(rng, 0.6)]
)
def test_chance_is_taken_for_more_in_one_case_of_twenty(
    gaps: Callable[[np.random.Generator], Gaps], make: Callable[[np.random.Generator], Series]
) -> None:
    rng = np.random.default_rng(7)
    r, independent = correlations(make(rng), wave(rng, 0.5), gaps(rng))
    beyond = np.abs(np.arctanh(r)) * np.sqrt(np.maximum(independent - 3, 0)) > 1.96
    assert 0.02 < beyond.mean() <= at_most(0.05, STUDY)


def test_counting_days_would_be_misled_by_similar_neighbours() -> None:
    rng = np.random.default_rng(7)
    r, _ = correlations(wave(rng, 0.9), wave(rng, 0.9), none(rng))
    assert (np.abs(np.arctanh(r)) * np.sqrt(N_DAYS - 3) > 1.96).mean() > 0.25


@given(arrays(float, 12, elements=st.integers(0, 9)), arrays(float, 12, elements=st.integers(0, 9)))
def test_without_gaps_chance_is_what_every_other_shift_shows(y: Series, x: Series) -> None:
    if np.ptp(y) == 0 or np.ptp(x) == 0:
        return
    r, independent = correlate(y - y.mean(), x - x.mean())
    shifted = [np.corrcoef(y, np.roll(x, shift))[0, 1] for shift in range(12)]
    assert r == pytest.approx(shifted[0], abs=1e-9)
    chance = float(np.mean(np.square(shifted[1:])))
    assert independent == pytest.approx(min(1 + 1 / max(chance, 1e-9), 12), rel=1e-6)


@given(st.integers(0, 1000), st.integers(4, 20))
def test_independent_days_never_exceed_the_known_days(seed: int, known: int) -> None:
    rng = np.random.default_rng(seed)
    series = np.full((2, 30), np.nan)
    at = rng.choice(30, known, replace=False)
    series[:, at] = rng.normal(size=(2, known))
    series -= np.nanmean(series, axis=1, keepdims=True)
    r, independent = correlate(*series)
    assert -1 <= r <= 1
    assert 1 <= independent <= known


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
