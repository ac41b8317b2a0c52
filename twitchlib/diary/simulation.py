"""A diary that a computer made up, with effects that are known because they were put in.

Every number here was chosen for teaching. None was measured in people: nobody has yet counted how
many twitches a cup of coffee is worth, if any.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from twitchlib.diary.days import FloatArray
from twitchlib.diary.entries import SYNTHETIC, Diary, Entry
from twitchlib.messages import gettext as _
from twitchlib.quantity import OutOfRangeError

__all__ = ["KNOWN_EFFECTS", "Effect", "simulate"]


@dataclass(frozen=True)
class Effect:
    """Something put into the made-up diary.

    Attributes
    ----------
    habit : str
        Id of the habit.
    lag_days : int
        Days from the habit to the twitches.
    factor : float
        By how much twitches are multiplied for each `per` more of the habit.
    per : float
        A step of the habit, in its unit.
    """

    habit: str
    lag_days: int
    factor: float
    per: float


KNOWN_EFFECTS: Final = (
    Effect("caffeine_mg", 0, 1.35, 100),
    Effect("stress", 0, 1.25, 1),
    Effect("exercise_h", 1, 1.5, 1),
)
"""What the synthetic year holds. Sleep and drinks have no effect of their own in it, but sleep is
short on stressful days."""

_FIRST: Final = datetime.date(2025, 1, 1)
_MEAN: Final = 4.0
_MOST_DAYS: Final = 3650
_PLACES: Final = ("calf", "eyelid", "thigh", "hand")


def simulate(*, seed: int, n_days: int = 365, effects: Sequence[Effect] = KNOWN_EFFECTS) -> Diary:
    """Make up a diary.

    Twitches wax and wane over days by themselves, coffee and stress follow the week, stress
    lasts for days and shortens sleep, and some days are missing.

    Parameters
    ----------
    seed : int
        Another number gives another person's year, with the same effects.
    n_days : int
        Days from the first to the last, 1 to 3650.
    effects : sequence of Effect
        What acts on twitches; ``()`` makes a diary in which nothing goes with anything.

    Returns
    -------
    Diary
        Each row's note says that it was made up.

    Raises
    ------
    OutOfRangeError
        If `n_days` is not allowed.

    Examples
    --------
    >>> simulate(seed=1, n_days=30).entries[0].notes
    'synthetic: made up by a computer'
    """
    if not 1 <= n_days <= _MOST_DAYS:
        allowed = _("a whole number from {low:g} to {high}", low=1, high=_MOST_DAYS)
        raise OutOfRangeError("n_days", n_days, allowed)
    rng = np.random.default_rng(seed)
    dates = [_FIRST + datetime.timedelta(days=i) for i in range(n_days)]
    workday = np.array([date.weekday() < 5 for date in dates], dtype=float)
    stress = np.clip(np.round(3.2 + 1.2 * workday + 1.8 * _wave(rng, n_days, 0.7)), 0, 10)
    trained = rng.random(n_days) < 3 / 7
    habits = {
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
    for effect in effects:
        steps = (habits[effect.habit] - habits[effect.habit].mean()) / effect.per
        acting = np.concatenate([np.zeros(effect.lag_days), steps])[:n_days]
        rate = rate + np.log(effect.factor) * acting
    counts = rng.poisson(np.exp(rate) * rng.gamma(8, 1 / 8, n_days))
    places = rng.choice(_PLACES, n_days, p=[0.4, 0.3, 0.2, 0.1])
    written = rng.random(n_days) > 0.06
    counted = rng.random(n_days) > 0.03
    entries = (
        Entry(
            date=dates[i],
            twitches=int(counts[i]) if counted[i] else None,
            body_part=str(places[i]) if counted[i] and counts[i] else "",
            notes=SYNTHETIC,
            **{name: float(values[i]) for name, values in habits.items()},
        )
        for i in np.flatnonzero(written)
    )
    return Diary(tuple(entries))


def _wave(rng: np.random.Generator, n: int, memory: float) -> FloatArray:
    """Return noise of variance 1 in which each day remembers the share `memory` of the last."""
    steps: FloatArray = rng.normal(size=n) * np.sqrt(1 - memory**2)
    steps[0] = rng.normal()
    for i in range(1, n):
        steps[i] += memory * steps[i - 1]
    return steps
