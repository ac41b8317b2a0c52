"""Headings as people write them, and the columns they mean."""

import dataclasses

import pytest

from twitchlib.diary import Entry, columns
from twitchlib.diary.columns import habits, match
from twitchlib.quantity import describe
from twitchlib.risk import Habits


def test_an_entry_has_the_columns_of_the_table() -> None:
    assert [field.name for field in dataclasses.fields(Entry)] == list(columns())


def test_habits_are_named_as_in_a_week_of_habits() -> None:
    assert {habit.id for habit in habits()} <= set(describe(Habits))


@pytest.mark.parametrize(
    ("text", "column", "unit"),
    [
        ("date", "date", ""),
        ("  DATE ", "date", ""),
        ("Number of twitches", "twitches", ""),
        ("sleep_h", "sleep_h", "h"),
        ("Sleep", "sleep_h", ""),
        ("Sleep [Hours]", "sleep_h", "hours"),
        ("Sleep (min)", "sleep_h", "min"),
        ("Hours of sleep", "sleep_h", ""),
        ("Caffeine/mg", "caffeine_mg", "mg"),
        ("CAFFEINE, g", "caffeine_mg", "g"),
        ("Stress (0–10)", "stress", "0_10"),
        ("stress / 10", "stress", "10"),
        ("Water in ml", None, ""),
        ("water ml", "water_l", "ml"),
        ("Ｓｌｅｅｐ", "sleep_h", ""),
        ("coffee", None, ""),  # cups, most likely
        ("sleep quality", None, ""),
        ("", None, ""),
        ("睡眠", None, ""),
    ],
)
def test_a_heading_is_recognised_or_ignored(text: str, column: str | None, unit: str) -> None:
    heading = match(text)
    assert (heading.column.id if heading.column else None) == column
    assert heading.unit == unit


@pytest.mark.parametrize("name", columns())
def test_every_name_with_every_unit_means_its_column(name: str) -> None:
    column = columns()[name]
    for other in (column.id, *column.names):
        assert match(other).column == column
    for other in column.names:
        for unit in column.units:
            heading = match(f"{other} ({unit})")
            assert (heading.column, heading.unit) == (column, unit)


def test_every_mapping_is_reported() -> None:
    assert str(match("Sleep")) == "“Sleep” is read as sleep_h, taken to be in h."
    assert str(match("sleep_h")) == "“sleep_h” is read as sleep_h."
    assert str(match("Water (ml)")).endswith("each number is divided by 1000.")
    assert str(match("Mood")) == "“Mood” is not a column of a diary and was ignored."


def test_what_a_column_allows_is_given_in_words() -> None:
    assert columns()["sleep_h"].allowed == "a number from 0 to 24 h"
    assert columns()["twitches"].allowed == "a whole number from 0 to 10000"
    assert columns()["date"].allowed == "a date such as 2026-03-31"
    assert columns()["notes"].allowed == "text"
