"""A diary of twitches: read, check and summarise it, and find associations.

A diary is a CSV file with a date, how many twitches were noticed, and the day's habits; the
table ``diary_columns`` describes its columns. An association in a diary need not be cause and
effect, and this package does not claim that it is.

Examples
--------
>>> from twitchlib import diary
>>> year = diary.simulate(seed=1)
>>> year.summary().n_counted
337
>>> found = diary.relate(year.days())
>>> found.associations[0].verdict
'stands out'
"""

from twitchlib.diary.columns import Column, columns
from twitchlib.diary.days import Days, Summary
from twitchlib.diary.entries import Diary, Entry
from twitchlib.diary.problems import Problem
from twitchlib.diary.reading import parse, read, write
from twitchlib.diary.relations import Association, Relations, relate
from twitchlib.diary.simulation import Effect, simulate

__all__ = [
    "Association",
    "Column",
    "Days",
    "Diary",
    "Effect",
    "Entry",
    "Problem",
    "Relations",
    "Summary",
    "columns",
    "parse",
    "read",
    "relate",
    "simulate",
    "write",
]
