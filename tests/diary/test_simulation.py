"""The made-up year: reproducible, labelled as made up, and like a diary."""

from typing import Any

import numpy as np
import pytest

from twitchlib.diary import Diary, Effect, columns, parse, simulate
from twitchlib.diary.entries import SYNTHETIC
from twitchlib.errors import NotAllowedError


def test_a_seed_reproduces_the_diary() -> None:
    assert simulate(seed=3) == simulate(seed=3)
    assert simulate(seed=3) != simulate(seed=4)


def test_it_says_that_it_is_made_up_wherever_it_goes() -> None:
    year = simulate(seed=1)
    assert year.synthetic
    assert parse(year.to_csv().encode()).synthetic
    assert not Diary().synthetic
    assert all(SYNTHETIC in line for line in year.to_csv().splitlines()[1:])


@pytest.mark.parametrize("seed", range(5))
def test_it_looks_like_a_diary(seed: int) -> None:
    found = simulate(seed=seed).summary()
    assert found
    assert 300 < found.n_counted < found.n_days <= 365
    assert 0 < found.n_without < 120
    assert 1 < found.mean < 20
    assert found.most <= 200


def test_effects_act_as_stated() -> None:
    doubled = Effect("caffeine_mg", 2, 2.0, 100)
    days = simulate(seed=1, n_days=3000, effects=[doubled]).days()
    coffee, twitches = days.habits["caffeine_mg"][:-2], days.twitches[2:]
    both = ~np.isnan(coffee + twitches)
    coffee, twitches = coffee[both], twitches[both]
    bins = np.arange(100, 400, 50)
    means = [twitches[(coffee >= at) & (coffee < at + 50)].mean() for at in bins]
    assert np.polyfit(bins, np.log2(means), 1)[0] * 100 == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("n_days", [0, 3651])
def test_other_lengths_are_refused(n_days: int) -> None:
    with pytest.raises(NotAllowedError, match="n_days"):
        simulate(seed=1, n_days=n_days)


def test_the_shortest_and_the_longest_are_made() -> None:
    assert len(simulate(seed=1, n_days=1).entries) <= 1
    assert len(simulate(seed=1, n_days=3650).entries) > 3000


@pytest.mark.parametrize("seed", [-1, -1.0, 1.5, float("nan"), "x", True, 2**32])
def test_an_invalid_seed_is_refused(seed: Any) -> None:
    with pytest.raises(NotAllowedError, match=r"seed = .*: must be a whole number from 0 to"):
        simulate(seed=seed)


@pytest.mark.parametrize("n_days", [30.5, float("nan"), float("inf"), None])
def test_an_invalid_number_of_days_is_refused(n_days: Any) -> None:
    with pytest.raises(
        NotAllowedError, match=r"n_days = .*: must be a whole number from 1 to 3650"
    ):
        simulate(seed=1, n_days=n_days)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("habit", "cake"), ("lag_days", -1), ("lag_days", 0.5), ("factor", float("nan")),
        ("factor", 0), ("factor", float("inf")), ("per", 0), ("per", float("nan")), ("per", 1e-9),
    ],
)  # fmt: skip
def test_an_impossible_effect_is_refused(field: str, value: Any) -> None:
    good: dict[str, Any] = {"habit": "stress", "lag_days": 0, "factor": 2, "per": 1}
    with pytest.raises(NotAllowedError, match=rf"^{field} = .*must be"):
        Effect(**good | {field: value})


@pytest.mark.parametrize("factor", [0.01, 100])
def test_the_strongest_effects_make_a_diary(factor: float) -> None:
    effects = [Effect(habit.id, 0, factor, float(habit.high or 0) / 1000)
               for habit in columns().values() if habit.kind == "number"]  # fmt: skip
    assert simulate(seed=1, effects=effects).entries
