"""A number means the same wherever it is typed: at a slider, in a link, in a diary."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.diary.typed import read_day
from twitchlib.errors import NotAllowedError
from twitchlib.quantity import describe
from twitchlib.risk import Habits
from twitchlib.typed import quoted, read_number
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.page_link import parse_query

CAFFEINE = describe(Habits)["caffeine_mg"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7.5", 7.5), ("7,5", 7.5), (" 80 ", 80), ("1,500", 1500), ("12,345.5", 12345.5),
        ("0,125", 0.125), ("-3", -3), ("−3", -3), (".5", 0.5), (",5", 0.5), ("1e3", 1000),
        ("1.500", 1.5), ("1.250,5", 1250.5), ("1 500", 1500), ("1’250", 1250),
        ("1,250,000", 1_250_000), ("1.250.000", 1_250_000), ("-1,500", -1500), ("0,500", 0.5),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, number: float) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "decimal", "number"),
    [("1,500", ",", 1.5), ("1.500", ",", 1500), ("1,500", ".", 1500), ("1.500", ".", 1.5),
     ("0,500", ".", 0.5), ("7,5", ".", 7.5), ("1.250,5", ",", 1250.5)],
)  # fmt: skip
def test_a_known_decimal_mark_decides(typed: str, decimal: str, number: float) -> None:
    assert read_number(typed, decimal) == number


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "abc", "12 mg", "nan", "inf", "1e999", "0x10", "1_0", "٣", "7.5.1", "1,2,3",
     "1,50,000", "1.5,000.0", "--1", "9" * 400, "\ud800"],
)  # fmt: skip
def test_anything_else_is_refused_with_what_is_allowed(typed: str) -> None:
    with pytest.raises(NotAllowedError) as caught:
        read_number(typed)
    error = caught.value
    assert (error.field, error.value) == ("number", typed)
    assert error.allowed == "a number such as 7.5 or 1,500"


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_the_course_reads_the_numbers_that_it_writes(value: float) -> None:
    shown = float(f"{value:.6g}")
    assert read_number(f"{value:,.6g}") == shown
    assert read_number(f"{value:.6g}") == shown
    assert read_number(f"{value:.6g}".replace(".", ","), decimal=",") == shown


@given(st.text(), st.sampled_from(["", ".", ","]))
def test_any_text_is_a_finite_number_or_refused(text: str, decimal: str) -> None:
    try:
        assert math.isfinite(read_number(text, decimal))
    except NotAllowedError as error:
        assert error.value is text


@pytest.mark.parametrize("typed", ["1,000", "1.000", "7,5", "0,500", "1 000", "1e2", "80.5"])
def test_a_number_means_the_same_at_a_slider_in_a_link_and_in_a_diary(typed: str) -> None:
    number = read_number(typed)
    controls = Controls(Habits)
    controls._receive(controls, {"turn": "t", "edit": {"fields": {"caffeine_mg": typed}}}, [])
    assert controls.value.caffeine_mg == number
    assert parse_query(f"?caffeine_mg={typed}", Habits) == (Habits(caffeine_mg=number), ())
    day = read_day({"date": "2026-03-31", "twitches": "1", "caffeine_mg": typed})
    assert (day.date, day.caffeine_mg) == (datetime.date(2026, 3, 31), number)
    assert CAFFEINE.read(typed) == number


@pytest.mark.parametrize("typed", ["many", "1,5,0", "2,000", "", None, True])
def test_a_quantity_refuses_anything_else_with_its_name_and_range(typed: object) -> None:
    with pytest.raises(NotAllowedError) as caught:
        CAFFEINE.read(typed)
    assert (caught.value.field, caught.value.allowed) == ("caffeine_mg", CAFFEINE.allowed)


@given(st.text())
def test_a_quotation_is_short_and_printable(raw: str) -> None:
    assert len(quoted(raw)) <= 42
    assert quoted(raw).isprintable()
