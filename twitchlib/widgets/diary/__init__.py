"""The dashboards of lesson 06: made-up diaries, and the reader's own."""

from twitchlib.widgets.diary.my_diary import MyDiary
from twitchlib.widgets.diary.report import report
from twitchlib.widgets.diary.synthetic_year import SyntheticYear

__all__ = ["MyDiary", "SyntheticYear", "report"]
