"""A synthetic diary, whose effects are known because they were built in.

Every number here was chosen for teaching. None was measured in people: nobody has yet counted how
many twitches a cup of coffee is worth, if any.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray, checked_number, checked_seed
from twitchlib.diary.columns import columns, habits
from twitchlib.diary.entries import SYNTHETIC, Diary, Entry
from twitchlib.errors import UnknownNameError
from twitchlib.messages import gettext as _

__all__ = ["KNOWN_EFFECTS", "Effect", "simulate"]


@dataclass(frozen=True)
class Effect:
    """An effect built into a synthetic diary.

    Attributes
    ----------
    habit : str
        Id of the habit.
    lag_days : int
        Days from the habit to the twitches.
    factor : float
        Factor by which twitches are multiplied for each additional `per` of the habit.
    per : float
        A step of the habit, in its unit.

    Raises
    ------
    NotAllowedError
        If there is no such habit, or a number is out of range: `lag_days` from 0 to 3650, `factor`
        from 0.01 to 100, `per` from a thousandth of the habit's maximum to all of it.
    """

    habit: str
    lag_days: int
    factor: float
    per: float

    def __post_init__(self) -> None:
        """Check the habit and the numbers."""
        known = {habit.id: habit for habit in habits()}
        if self.habit not in known:
            raise UnknownNameError("habit", self.habit, known)
        habit = known[self.habit]
        most = float(habit.high or 1)
        checked_number(
            "lag_days", self.lag_days, low=0, high=_MOST_DAYS, unit=_("days"), integer=True
        )
        checked_number("factor", self.factor, low=0.01, high=100)
        checked_number("per", self.per, low=most / 1000, high=most, unit=habit.unit)


_FIRST: Final = datetime.date(2025, 1, 1)
_MEAN: Final = 4.0
_MOST_DAYS: Final = 3650
_PLACES: Final = ("calf", "eyelid", "thigh", "hand")

KNOWN_EFFECTS: Final = (
    Effect("caffeine_mg", 0, 1.35, 100),
    Effect("stress", 0, 1.25, 1),
    Effect("exercise_h", 1, 1.5, 1),
)
"""The effects in the synthetic year. Sleep and drinks have no effect themselves, but sleep is short
on stressful days."""


def simulate(*, seed: int, n_days: int = 365, effects: Sequence[Effect] | None = None) -> Diary:
    """Simulate a diary.

    Twitches wax and wane spontaneously over days, coffee and stress follow the week, stress lasts
    for days and shortens sleep, and some days are missing.

    Parameters
    ----------
    seed : int
        From 0 to 2³² − 1; each seed gives another person's year, with the same effects.
    n_days : int
        Days from the first to the last, 1 to 3650.
    effects : sequence of Effect, optional
        What acts on twitches; by default coffee, stress and exercise. ``()`` makes a diary without
        any association.

    Returns
    -------
    Diary
        Each row's note says that it was made up.

    Raises
    ------
    NotAllowedError
        If `seed` or `n_days` is not allowed.

    Examples
    --------
    >>> simulate(seed=1, n_days=30).entries[0].notes
    'synthetic: made up by a computer'
    """
    rng = np.random.default_rng(checked_seed(seed))
    n_days = int(checked_number("n_days", n_days, low=1, high=_MOST_DAYS, integer=True))
    dates = [_FIRST + datetime.timedelta(days=i) for i in range(n_days)]
    workday = np.array([date.weekday() < 5 for date in dates], dtype=float)
    stress = np.clip(np.round(3.2 + 1.2 * workday + 1.8 * _wave(rng, n_days, 0.7)), 0, 10)
    trained = rng.random(n_days) < 3 / 7
    noted = {
        "caffeine_mg": 10 * np.round(
            np.clip(190 + 60 * workday + 80 * _wave(rng, n_days, 0.3), 0, 700) / 10
        ),
        "sleep_h": np.round(
            np.clip(7.4 - 0.35 * (stress - 4) + 0.5 * rng.normal(size=n_days), 3, 11) * 4
        ) / 4,
        "stress": stress,
        "exercise_h": np.where(trained, np.round(rng.uniform(0.5, 2, n_days) * 4) / 4, 0),
        "water_l": np.round(np.clip(1.9 + 0.4 * rng.normal(size=n_days), 0.5, 4), 1),
    }  # fmt: skip
    rate = np.log(_MEAN) + 0.35 * _wave(rng, n_days, 0.6)
    for effect in KNOWN_EFFECTS if effects is None else effects:
        steps = (noted[effect.habit] - noted[effect.habit].mean()) / effect.per
        acting = np.concatenate([np.zeros(effect.lag_days), steps])[:n_days]
        rate = rate + np.log(effect.factor) * acting
    # However strong the effects, a day's count must fit in a diary.
    most = columns()["twitches"].high or 0
    rate = np.minimum(rate, np.log(most))
    counts = np.minimum(rng.poisson(np.exp(rate) * rng.gamma(8, 1 / 8, n_days)), most)
    places = rng.choice(_PLACES, n_days, p=[0.4, 0.3, 0.2, 0.1])
    written = rng.random(n_days) > 0.06
    counted = rng.random(n_days) > 0.03
    entries = (
        Entry(
            date=dates[i],
            twitches=int(counts[i]) if counted[i] else None,
            body_part=str(places[i]) if counted[i] and counts[i] else "",
            notes=SYNTHETIC,
            **{name: float(values[i]) for name, values in noted.items()},
        )
        for i in np.flatnonzero(written)
    )
    return Diary(tuple(entries))


def _wave(rng: np.random.Generator, n: int, memory: float) -> FloatArray:
    """Return autoregressive noise of variance 1, with day-to-day correlation `memory`."""
    steps: FloatArray = rng.normal(size=n) * np.sqrt(1 - memory**2)
    steps[0] = rng.normal()
    for i in range(1, n):
        steps[i] += memory * steps[i - 1]
    return steps
