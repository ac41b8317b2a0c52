"""Figures of a diary: its calendar, its trend, and how twitches go with each habit.

Nothing that somebody wrote into a diary, such as a body part or a note, gets into a figure.
"""

from twitchlib.figures.diary._words import counted_text, day_text
from twitchlib.figures.diary.calendar import describe_days, plot_calendar
from twitchlib.figures.diary.relations import (
    MARKS,
    describe_relations,
    pair_text,
    plot_relations,
    relations_table,
)
from twitchlib.figures.diary.trend import plot_trend

__all__ = [
    "MARKS",
    "counted_text",
    "day_text",
    "describe_days",
    "describe_relations",
    "pair_text",
    "plot_calendar",
    "plot_relations",
    "plot_trend",
    "relations_table",
]
