"""A day as typed into the form."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.diary import Diary, Entry, columns
from twitchlib.diary.typed import TypedDayError, read_day

MARCH_31 = datetime.date(2026, 3, 31)


def test_a_typed_day_is_an_entry() -> None:
    typed = {"date": "2026-03-31", "twitches": "3", "body_part": " calf ", "sleep_h": "7,5"}
    assert read_day(typed) == Entry(MARCH_31, 3, "calf", sleep_h=7.5)
    assert read_day({"date": "2026-03-31"}) == Entry(MARCH_31)


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(TypedDayError) as caught:
        read_day({"date": "", "twitches": "some", "sleep_h": "99", "caffeine_mg": "1,5,0"})
    assert caught.value.problems == {
        "date": "Give a date such as 2026-03-31.",
        "twitches": "“some” is not a whole number from 0 to 10000.",
        "caffeine_mg": "“1,5,0” is not a number from 0 to 3000 mg.",
        "sleep_h": "“99” is not a number from 0 to 24 h.",
    }


@given(st.dictionaries(st.sampled_from(list(columns())), st.text(max_size=50)))
def test_whatever_is_typed_gives_an_entry_or_reasons(typed: dict[str, str]) -> None:
    try:
        read_day(typed)
    except TypedDayError as error:
        assert error.problems.keys() <= columns().keys()
        assert all(what.endswith(".") for what in error.problems.values())


def test_the_same_day_and_place_is_replaced_and_another_place_added() -> None:
    one = Diary().with_entry(Entry(MARCH_31, 1, "calf", sleep_h=7))
    replaced = one.with_entry(Entry(MARCH_31, 2, "Calf", stress=4))
    assert replaced.entries == (Entry(MARCH_31, 2, "Calf", sleep_h=7, stress=4),)
    two = one.with_entry(Entry(MARCH_31, 2, "eyelid", sleep_h=6))
    assert [(e.body_part, e.twitches, e.sleep_h) for e in two.entries] == [
        ("calf", 1, 6),
        ("eyelid", 2, 6),
    ]
