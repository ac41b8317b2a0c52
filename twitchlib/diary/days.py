"""A diary as one value per day, with gaps where nothing was noted, and its summary."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from twitchlib.arrays import FloatArray
from twitchlib.diary.columns import habits
from twitchlib.diary.trend import trend

if TYPE_CHECKING:
    import pandas as pd

    from twitchlib.diary.entries import Diary

__all__ = ["Days", "FloatArray", "Summary", "daily", "summarise"]


@dataclass(frozen=True, eq=False)
class Days:
    """A diary by days, with no day left out from the first to the last.

    Attributes
    ----------
    dates : array of datetime64[D], shape (n,)
        Every day from the first to the last.
    twitches : array of float, shape (n,)
        Twitches of the day, all body parts together; NaN if not counted.
    habits : Mapping of str to array of float, shape (n,)
        Each habit in its unit, by id; NaN where not noted.
    """

    dates: NDArray[np.datetime64]
    twitches: FloatArray
    habits: Mapping[str, FloatArray]

    @property
    def counted(self) -> NDArray[np.bool_]:
        """The days on which twitches were counted, including those with none."""
        return ~np.isnan(self.twitches)

    def trend(self) -> dict[str, FloatArray]:
        """Return the mean of the four weeks around each day, with its 95 % band.

        The band allows for overdispersed and autocorrelated counts; both are estimated from the
        residuals of the whole diary about its trend.

        Returns
        -------
        dict of str to array of float, shape (n,)
            ``mean``, ``low`` and ``high``, twitches per day; NaN if fewer than 7 of the surrounding
            days were counted.

        Examples
        --------
        >>> from twitchlib import diary
        >>> year = diary.simulate(seed=1).days()
        >>> year.trend()["mean"].size == year.dates.size
        True
        """
        return trend(self.twitches)

    def to_frame(self) -> "pd.DataFrame":
        """Return one row per day, indexed by date."""
        import pandas as pd  # the dashboards do not need it

        index = pd.DatetimeIndex(self.dates, name="date")
        return pd.DataFrame({"twitches": self.twitches, **self.habits}, index=index)


def daily(diary: "Diary") -> Days:
    """Return a diary by days, as described in `Diary.days`."""
    if not diary.entries:
        none = np.empty(0)
        return Days(np.empty(0, "datetime64[D]"), none, {habit.id: none for habit in habits()})
    first, last = diary.entries[0].date, diary.entries[-1].date
    dates = np.datetime64(first, "D") + np.arange((last - first).days + 1)
    twitches = np.full(len(dates), np.nan)
    noted = {habit.id: np.full(len(dates), np.nan) for habit in habits()}
    for entry in diary.entries:
        day = (entry.date - first).days
        if entry.twitches is not None:
            twitches[day] = np.nansum([twitches[day], entry.twitches])
        for name, values in noted.items():
            value = getattr(entry, name)
            if value is not None and np.isnan(values[day]):
                values[day] = value
    return Days(dates, twitches, noted)


@dataclass(frozen=True)
class Summary:
    """A diary in a few numbers.

    Attributes
    ----------
    first, last : datetime.date
        The first and the last day.
    n_days : int
        Days from the first to the last.
    n_counted : int
        Days on which twitches were counted; the others are unknown, not "none".
    n_without : int
        Counted days with no twitch.
    total : int
        All twitches.
    mean, median : float
        Twitches on a counted day.
    busiest : datetime.date
        The first day with the most twitches.
    most : int
        Twitches on that day.
    body_parts : Mapping of str to int
        Twitches by body part, the most frequent first; rows without a body part are left out.
    habit_means : Mapping of str to float
        Mean of each habit over the days on which it was noted; habits never noted are left out.
    """

    first: datetime.date
    last: datetime.date
    n_days: int
    n_counted: int
    n_without: int
    total: int
    mean: float
    median: float
    busiest: datetime.date
    most: int
    body_parts: Mapping[str, int]
    habit_means: Mapping[str, float]


def summarise(diary: "Diary") -> Summary | None:
    """Return a diary in a few numbers, or None if no day was counted."""
    days = daily(diary)
    counts = days.twitches[days.counted]
    if not counts.size:
        return None
    parts: dict[str, int] = {}
    for entry in diary.entries:
        if entry.body_part and entry.twitches:
            part = entry.body_part.casefold()
            parts[part] = parts.get(part, 0) + entry.twitches
    noted = {name: values[~np.isnan(values)] for name, values in days.habits.items()}
    return Summary(
        first=days.dates[0].item(),
        last=days.dates[-1].item(),
        n_days=len(days.dates),
        n_counted=counts.size,
        n_without=int(np.sum(counts == 0)),
        total=int(counts.sum()),
        mean=float(counts.mean()),
        median=float(np.median(counts)),
        busiest=days.dates[int(np.nanargmax(days.twitches))].item(),
        most=int(counts.max()),
        body_parts=dict(sorted(parts.items(), key=lambda item: -item[1])),
        habit_means={name: float(v.mean()) for name, v in noted.items() if v.size},
    )
