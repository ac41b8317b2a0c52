"""Days with gaps, and the summary of a diary."""

import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import diary
from twitchlib.diary import Diary, Entry
from twitchlib.diary.columns import habits

MARCH = datetime.date(2026, 3, 1)


def on(day: int, twitches: int | None = None, **more: float | str) -> Entry:
    return Entry(MARCH + datetime.timedelta(days=day), twitches, **more)  # type: ignore[arg-type]


def test_a_missing_day_is_not_a_day_without_twitches() -> None:
    days = Diary((on(0, 2), on(2, 0), on(4))).days()
    np.testing.assert_equal(days.twitches, [2, np.nan, 0, np.nan, np.nan])
    assert days.counted.tolist() == [True, False, True, False, False]
    assert days.dates[-1] == np.datetime64("2026-03-05")


def test_the_rows_of_a_day_are_summed_but_its_habits_are_not() -> None:
    days = Diary((on(0, 2, sleep_h=7), on(0, 3, sleep_h=7), on(0, caffeine_mg=90))).days()
    assert days.twitches == [5]
    assert days.habits["sleep_h"] == [7]
    assert days.habits["caffeine_mg"] == [90]


@given(st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 50)), max_size=40))
def test_no_twitch_is_lost_or_made_up(rows: list[tuple[int, int | None]]) -> None:
    days = Diary(tuple(on(day, n) for day, n in rows)).days()
    assert np.nansum(days.twitches) == sum(n or 0 for _, n in rows)
    assert days.counted.sum() == len({day for day, n in rows if n is not None})


def test_a_summary_counts_what_was_counted() -> None:
    found = Diary(
        (on(0, 4, body_part="Calf"), on(0, 1, body_part="calf"), on(1, 0), on(3, sleep_h=6))
    ).summary()
    assert found
    assert (found.n_days, found.n_counted, found.n_without, found.total) == (4, 2, 1, 5)
    assert (found.mean, found.median, found.most, found.busiest) == (2.5, 2.5, 5, MARCH)
    assert found.body_parts == {"calf": 5}
    assert found.habit_means == {"sleep_h": 6}


def test_an_empty_diary_has_no_summary() -> None:
    assert Diary().summary() is None
    assert Diary((on(0, sleep_h=7),)).summary() is None
    assert Diary().days().to_frame().empty


def test_days_are_a_frame_by_date() -> None:
    frame = diary.simulate(seed=1, n_days=40).days().to_frame()
    assert frame.index.name == "date"
    assert list(frame.columns) == ["twitches", *(habit.id for habit in habits())]
