"""A diary of twitches: read it, check it, sum it up, and see what goes with what.

A diary is a CSV file with a date, how many twitches were noticed, and what else was going on; the
table ``diary_columns`` describes it. What goes together in a diary need not be cause and effect,
and this package does not say that it is.

Examples
--------
>>> from twitchlib import diary
>>> year = diary.simulate(seed=1)
>>> diary.summarise(year).n_counted
337
>>> found = diary.relate(diary.daily(year))
>>> found.associations[0].verdict
'stands out'
"""

from twitchlib.diary.columns import Column, Heading, columns, habits
from twitchlib.diary.days import Days, Summary, daily, summarise
from twitchlib.diary.entries import (
    AmbiguousDatesError,
    Diary,
    DiaryError,
    Entry,
    Problem,
    SetAside,
)
from twitchlib.diary.reading import read, to_csv, write
from twitchlib.diary.relations import Association, Relations, relate
from twitchlib.diary.simulation import KNOWN_EFFECTS, Effect, simulate
from twitchlib.diary.trend import Trend, trend
from twitchlib.diary.typed import TypedDayError, add, read_day

__all__ = [
    "KNOWN_EFFECTS",
    "AmbiguousDatesError",
    "Association",
    "Column",
    "Days",
    "Diary",
    "DiaryError",
    "Effect",
    "Entry",
    "Heading",
    "Problem",
    "Relations",
    "SetAside",
    "Summary",
    "Trend",
    "TypedDayError",
    "add",
    "columns",
    "daily",
    "habits",
    "read",
    "read_day",
    "relate",
    "simulate",
    "summarise",
    "to_csv",
    "trend",
    "write",
]
