"""Figures of a diary: its calendar, its trend, and how twitches are associated with each habit.

No text from a diary, such as a body part or a note, appears in a figure.
"""

from twitchlib.figures.diary.calendar import plot_calendar
from twitchlib.figures.diary.diaries import plot_diaries
from twitchlib.figures.diary.relations import plot_relations
from twitchlib.figures.diary.trend import plot_trend

__all__ = [
    "plot_calendar",
    "plot_diaries",
    "plot_relations",
    "plot_trend",
]
