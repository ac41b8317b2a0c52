"""The entries of a diary, and the diary itself."""

import dataclasses
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from twitchlib.diary.columns import Column, columns, habits
from twitchlib.diary.days import Days, Summary, daily, summarise
from twitchlib.diary.files import table_text
from twitchlib.diary.problems import Problem
from twitchlib.errors import NotAllowedError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SYNTHETIC", "Diary", "Entry"]

SYNTHETIC: Final = "synthetic: made up by a computer"  # untranslated: files are searched for it
"""The note in each synthetic row, which makes it recognisable wherever the file goes."""


@dataclass(frozen=True)
class Entry:
    """One row of a diary.

    Attributes
    ----------
    date : datetime.date
        The day.
    twitches : int or None
        How many were noticed; None if not counted, which differs from 0.
    body_part, notes : str
        Where, and anything else; empty if nothing was noted.
    caffeine_mg, sleep_h, stress, exercise_h, water_l : float or None
        The habits of the day, as the table ``diary_columns`` describes them; None if not noted.

    Raises
    ------
    NotAllowedError
        If a number lies outside its column's range.
    """

    date: datetime.date
    twitches: int | None = None
    body_part: str = ""
    caffeine_mg: float | None = None
    sleep_h: float | None = None
    stress: float | None = None
    exercise_h: float | None = None
    water_l: float | None = None
    notes: str = ""

    def __post_init__(self) -> None:
        """Check every number."""
        for name, column in columns().items():
            value = getattr(self, name)
            if value is not None and column.low is not None and not column.accepts(value):
                raise NotAllowedError(name, value, column.allowed)


@dataclass(frozen=True)
class Diary:
    """A diary: its entries in order of date, and how they were read.

    Attributes
    ----------
    entries : tuple of Entry
        The usable rows.
    problems : tuple of Problem
        What could not be used, each with its line. A row that gives no entry is kept word for word,
        so nothing is lost.
    left_aside : tuple of str
        The headings that match no column of a diary.
    remarks : tuple of str
        How the file was interpreted: each heading, its encoding, its separator, the order of its
        dates.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_aside: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Sort the entries by date."""
        ordered = tuple(sorted(self.entries, key=lambda entry: entry.date))
        object.__setattr__(self, "entries", ordered)

    @property
    def synthetic(self) -> bool:
        """Whether any entry is synthetic."""
        return any(entry.notes == SYNTHETIC for entry in self.entries)

    def days(self) -> Days:
        r"""Return the diary by days.

        The twitches in a day's rows are summed. A habit has one value per day, so the first one
        noted counts. A day without a count stays without one: it is not a day without twitches.

        Examples
        --------
        >>> from twitchlib.diary import parse
        >>> parse(b"date,twitches\n2026-03-01,4\n2026-03-01,1\n2026-03-03,0\n").days().twitches
        array([ 5., nan,  0.])
        """
        return daily(self)

    def summary(self) -> Summary | None:
        """Return the diary in a few numbers, or None if no day was counted.

        Examples
        --------
        >>> from twitchlib import diary
        >>> diary.simulate(seed=1).summary().n_counted
        337
        """
        return summarise(self)

    def with_entry(self, entry: Entry) -> Self:
        """Return the diary with an entry added.

        An entry with the same day and body part is replaced. A habit belongs to the day, so its
        value applies to all entries of the day; the newest one counts.

        Examples
        --------
        >>> from datetime import date
        >>> len(Diary().with_entry(Entry(date(2030, 1, 1), twitches=3)).entries)
        1
        """
        same_day = [other for other in self.entries if other.date == entry.date]
        known = {
            habit.id: value
            for habit in habits()
            for other in (*same_day, entry)
            if (value := getattr(other, habit.id)) is not None
        }
        kept = [
            dataclasses.replace(other, **known) if other.date == entry.date else other
            for other in self.entries
            if not _same_place(other, entry)
        ]
        entries = (*kept, dataclasses.replace(entry, **known))
        return dataclasses.replace(self, entries=entries)

    def to_csv(self) -> str:
        """Return the diary as CSV, with the course's own headings and units.

        `parse` restores the same entries. A text that a spreadsheet would run as a formula is
        prefixed with an apostrophe.

        Examples
        --------
        >>> from twitchlib import diary
        >>> diary.simulate(seed=1, n_days=7).to_csv().splitlines()[0]
        'date,twitches,body_part,caffeine_mg,sleep_h,stress,exercise_h,water_l,notes'
        """
        rows = ([_written(getattr(entry, name)) for name in columns()] for entry in self.entries)
        return table_text(list(columns()), rows)

    def to_frame(self) -> "pd.DataFrame":
        """Return one row per entry, with the columns of the table ``diary_columns``."""
        import pandas as pd  # the dashboards do not need it

        rows = [dataclasses.asdict(entry) for entry in self.entries]
        frame = pd.DataFrame(rows, columns=list(columns()))
        return frame.astype({name: _dtype(column) for name, column in columns().items()})


def _same_place(one: Entry, other: Entry) -> bool:
    return one.date == other.date and one.body_part.casefold() == other.body_part.casefold()


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return str(value)


def _dtype(column: Column) -> str:
    return {"date": "datetime64[s]", "count": "Int64", "number": "Float64"}.get(column.kind, "str")
