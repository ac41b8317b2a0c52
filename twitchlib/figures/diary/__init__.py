"""Figures of a diary: its calendar, its trend, and how twitches are associated with each habit.

No text from a diary, such as a body part or a note, appears in a figure.
"""

from twitchlib.figures.diary.calendar import describe_days, plot_calendar
from twitchlib.figures.diary.relations import describe_relations, plot_relations
from twitchlib.figures.diary.trend import plot_trend

__all__ = [
    "describe_days",
    "describe_relations",
    "plot_calendar",
    "plot_relations",
    "plot_trend",
]
