"""A parameter is described once, so that its slider, its card and its check agree."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError, UnknownNameError
from twitchlib.quantity import Quantities, choice, choices, describe, quantity


@dataclass(frozen=True)
class Sample(Quantities):
    dose_mg: float = quantity(80, "Dose", unit="mg", low=0, high=1000, source="made up")
    cups: int = quantity(2, "Cups", unit="", low=0, high=12, integer=True, source="made up")
    drink: str = choice("tea", "Drink", {"coffee": "Coffee", "tea": "Black tea"})


@pytest.mark.parametrize("value", [0, 1000, 80.5, Fraction(1, 2)])
def test_a_value_in_range_is_kept(value: float) -> None:
    assert Sample(dose_mg=value).dose_mg == float(value)


@pytest.mark.parametrize(
    "value", [-1, 1000.1, math.nan, math.inf, 10**400, "80", None, True, [80], 1j]
)
def test_any_other_value_is_refused_with_field_value_and_range(value: Any) -> None:
    with pytest.raises(NotAllowedError) as caught:
        Sample(dose_mg=value)
    error = caught.value
    assert error.field == "dose_mg"
    assert error.value is value
    assert error.allowed == "a number from 0 to 1000 mg"
    assert str(error) == f"dose_mg = {value!r}: must be a number from 0 to 1000 mg"


def test_a_whole_number_must_be_whole() -> None:
    cups: list[Any] = [3.0, 2.5]
    assert Sample(cups=cups[0]).cups == 3
    with pytest.raises(NotAllowedError, match="a whole number from 0 to 12"):
        Sample(cups=cups[1])


def test_an_unknown_name_is_refused() -> None:
    values: dict[str, Any] = {"dose_g": 1}
    with pytest.raises(UnknownNameError, match=r"field = 'dose_g': .* Did you mean 'dose_mg'\?"):
        Sample(**values)


def test_a_copy_is_checked_too() -> None:
    assert Sample().replace(dose_mg=5).dose_mg == 5
    with pytest.raises(NotAllowedError):
        Sample().replace(dose_mg=-5)


def test_changes_from_the_defaults_are_listed() -> None:
    assert Sample().changed() == {}
    assert Sample(cups=3, drink="coffee").changed() == {"cups": 3, "drink": "coffee"}


def test_a_description_knows_its_field() -> None:
    known = describe(Sample)
    assert list(known) == ["dose_mg", "cups"]
    assert known["dose_mg"].name == "dose_mg"
    assert (known["dose_mg"].step, known["cups"].step) == (10, 1)
    assert known["dose_mg"].text(1234.5) == "1,234.5 mg"


@pytest.mark.parametrize("value", ["gin", "Coffee", "", None, 1, ["tea"], float("nan")])
def test_a_word_that_is_not_an_option_is_refused(value: Any) -> None:
    assert Sample(drink="coffee").drink == "coffee"
    with pytest.raises(NotAllowedError) as caught:
        Sample(drink=value)
    error = caught.value
    assert (error.field, error.allowed) == ("drink", "one of coffee, tea")
    assert error.value is value


def test_a_choice_knows_its_field() -> None:
    (known,) = choices(Sample).values()
    assert (known.name, known.label, known.default) == ("drink", "Drink", "tea")
    assert known.text("tea") == "Black tea"


@given(st.floats())
def test_a_checked_value_is_always_in_range(value: float) -> None:
    known = describe(Sample)["dose_mg"]
    try:
        assert known.low <= known.check(value) <= known.high
    except NotAllowedError:
        assert not known.low <= value <= known.high
