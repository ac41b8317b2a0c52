"""How twitches are associated with each habit, on the same day and on the days after.

Diaries are treacherous to analyse. Days resemble their neighbours, so a year holds far fewer than
365 independent observations; both habits and twitches follow the week; and testing twenty pairs
finds "something" in most diaries that contain nothing. So

1. counts and habits are ranked, which makes one extreme day harmless;
2. the effects of weekday and a linear trend on either are removed (and, on request, those of the
   other habits);
3. the autocorrelation of each series shows how strongly two series as smooth as these correlate by
   chance, and so gives the effective number of independent days (`chance`);
4. Holm's correction judges each pair more strictly, the more pairs are tested.

`docs/decisions.md` reports how often chance is mistaken for more.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from twitchlib.arrays import FloatArray
from twitchlib.diary.chance import correlate, holm
from twitchlib.diary.columns import Column, habits
from twitchlib.diary.days import Days
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEWEST_DAYS", "LAGS", "Association", "Relations", "relate"]

LAGS: Final = (0, 1, 2, 3)
FEWEST_DAYS: Final = 28
"""Four of each day of the week; with fewer, no association is computed."""

STANDS_OUT, MAY_BE_CHANCE, NO_SIGN, TOO_FEW_DAYS = (
    "stands out",
    "may be chance",
    "no sign",
    "too few days",
)  # untranslated: verdicts are compared, and written to tables
BoolArray: TypeAlias = NDArray[np.bool_]

_LEVEL: Final = 0.05
_REACH: Final = NormalDist().inv_cdf(1 - _LEVEL / 2)
_LONGEST_LAG: Final = 14


@dataclass(frozen=True)
class Association:
    """The association of twitches with one habit, a number of days later.

    Attributes
    ----------
    habit : Column
        The habit.
    lag_days : int
        Days from the habit to the twitches; 0 is the same day.
    n : int
        Days on which both are known.
    n_effective : float
        Effective number of independent days; NaN if nothing was computed.
    correlation : float
        Rank correlation, −1 to 1, adjusted for weekday and trend; NaN if nothing was computed.
    low, high : float
        The 95 % interval of the correlation, for this pair alone.
    p, p_holm : float
        How often chance alone would give at least as strong a correlation: for this pair, and
        corrected for all pairs tested together.
    mean_low, mean_high : float
        Twitches per day on the third of the days with least of the habit, and with most.
    """

    habit: Column
    lag_days: int
    n: int
    n_effective: float
    correlation: float
    low: float
    high: float
    p: float
    p_holm: float
    mean_low: float
    mean_high: float

    @property
    def verdict(self) -> str:
        """One of ``stands out``, ``may be chance``, ``no sign`` and ``too few days``."""
        if np.isnan(self.correlation):
            return TOO_FEW_DAYS
        if self.p_holm < _LEVEL:
            return STANDS_OUT
        return MAY_BE_CHANCE if self.p < _LEVEL else NO_SIGN


@dataclass(frozen=True)
class Relations:
    """All pairs of a habit and a lag that were tested.

    Attributes
    ----------
    associations : tuple of Association
        Habit by habit, each with its lags.
    others_equal : bool
        Whether the other habits were adjusted for.
    """

    associations: tuple[Association, ...]
    others_equal: bool

    @cached_property
    def known(self) -> tuple[Association, ...]:
        """The pairs with enough days."""
        return tuple(a for a in self.associations if a.verdict != TOO_FEW_DAYS)

    @property
    def standing_out(self) -> tuple[Association, ...]:
        """The pairs that stand out even though many were tested."""
        return tuple(a for a in self.known if a.verdict == STANDS_OUT)

    @property
    def least_visible(self) -> float:
        """The weakest correlation that would exceed chance, for the median pair."""
        if not self.known:
            return float("nan")
        n = float(np.median([a.n_effective for a in self.known]))
        return float(np.tanh(_REACH / np.sqrt(n - 3)))

    def to_frame(self) -> "pd.DataFrame":
        """Return one row per pair, with the attributes of `Association` and its verdict."""
        import pandas as pd  # the dashboards do not need it

        names = [n for n in Association.__dataclass_fields__ if n != "habit"]
        return pd.DataFrame(
            [
                {"habit": a.habit.id, **{n: getattr(a, n) for n in names}, "verdict": a.verdict}
                for a in self.associations
            ]
        )


def relate(days: Days, *, lags: Sequence[int] = LAGS, others_equal: bool = False) -> Relations:
    """Return how twitches are associated with each habit: correlation, not causation.

    Parameters
    ----------
    days : Days
        A diary by days.
    lags : sequence of int
        Days from habit to twitches, 0 to 14, without repeats.
    others_equal : bool
        Whether to adjust for the other habits, on the same day as the habit. Only days with every
        habit noted count.

    Raises
    ------
    NotAllowedError
        If a lag is not allowed.

    Examples
    --------
    >>> from twitchlib import diary
    >>> found = relate(diary.simulate(seed=1).days())
    >>> {(a.habit.label, a.lag_days) for a in found.standing_out} >= {("Caffeine", 0)}
    True
    """
    if len(set(lags)) < len(lags) or not all(0 <= lag <= _LONGEST_LAG for lag in lags):
        allowed = _("days from 0 to {longest}, each once", longest=_LONGEST_LAG)
        raise NotAllowedError("lags", tuple(lags), allowed)
    noted = [habit for habit in habits() if not np.isnan(days.habits[habit.id]).all()]
    found = [
        _associate(days, habit, lag, noted if others_equal else [])
        for habit in noted
        for lag in lags
    ]
    corrected = holm(np.array([a.p for a in found]))
    pairs = zip(found, corrected, strict=True)
    return Relations(tuple(dataclasses.replace(a, p_holm=float(p)) for a, p in pairs), others_equal)


def _associate(days: Days, habit: Column, lag: int, others: Sequence[Column]) -> Association:
    x = _later(days.habits[habit.id], lag)
    adjusted = [_later(days.habits[other.id], lag) for other in others if other != habit]
    known: BoolArray = np.isfinite(np.sum([days.twitches, x, *adjusted], axis=0))
    n = int(known.sum())
    low_mean, high_mean = _thirds(x[known], days.twitches[known])
    weekday = days.dates.astype(np.int64) % 7
    columns = [(weekday == day).astype(float) for day in np.unique(weekday)]
    columns += [np.linspace(-1, 1, len(x)), *(_ranks(other, known) for other in adjusted)]
    n_effective = r = low = high = p = float("nan")
    if n >= FEWEST_DAYS:
        covariates = np.stack(columns, axis=1)
        series = [_residuals(_ranks(v, known), covariates, known) for v in (days.twitches, x)]
        if all(np.nanstd(v) > 1e-6 for v in series):  # neither is constant
            correlation, independent = correlate(*series)
            n_effective = independent - (len(columns) - 1)
            if n_effective > 4:
                r = float(np.clip(correlation, -0.9999, 0.9999))
                spread = 1 / np.sqrt(n_effective - 3)
                z = np.arctanh(r)
                low, high = (float(np.tanh(z + side * _REACH * spread)) for side in (-1, 1))
                p = 2 * NormalDist().cdf(-abs(float(z)) / float(spread))
    return Association(
        habit, lag, n, n_effective, r, low, high, p, float("nan"), low_mean, high_mean
    )


def _later(values: FloatArray, lag: int) -> FloatArray:
    return np.concatenate([np.full(lag, np.nan), values])[: len(values)]


def _ranks(values: FloatArray, known: BoolArray) -> FloatArray:
    """Return ranks among the known values, ties sharing the mean rank; NaN elsewhere."""
    out = np.full(len(values), np.nan)
    _, position, ties = np.unique(values[known], return_inverse=True, return_counts=True)
    out[known] = (np.cumsum(ties) - (ties - 1) / 2)[position]
    return out


def _residuals(values: FloatArray, covariates: FloatArray, known: BoolArray) -> FloatArray:
    """Return the residuals of the known values after regression on `covariates`."""
    out = np.full(len(values), np.nan)
    fit = np.linalg.lstsq(covariates[known], values[known], rcond=None)[0]
    out[known] = values[known] - covariates[known] @ fit
    return out


def _thirds(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Return the mean of y on the third of the days with least x, and with most."""
    if x.size < 3 or x.min() == x.max():
        return float("nan"), float("nan")
    least, most = np.quantile(x, [1 / 3, 2 / 3])
    low, high = x <= least, x >= most
    if least == most:  # many days share one value, such as 0
        low = x < most if most == x.max() else x <= most
        high = ~low
    return float(y[low].mean()), float(y[high].mean())
