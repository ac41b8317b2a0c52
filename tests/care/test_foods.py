"""Food: amounts agree with another publication of the same department."""

import dataclasses
from typing import Any

import pytest

from twitchlib import care
from twitchlib.care.foods import needs
from twitchlib.errors import NotAllowedError

FOODS = care.foods()


@pytest.mark.parametrize(
    ("food", "potassium_mg"),
    [  # Dietary Guidelines for Americans 2015–2020, table A10-1: potassium in a standard portion
        ("banana", 422),
        ("sweet-potato", 542),
        ("chard-cooked", 481),
        ("orange-juice", 496),
    ],
)
def test_portions_agree_with_the_published_list(food: str, potassium_mg: float) -> None:
    assert FOODS[food].potassium_mg == pytest.approx(potassium_mg, abs=1)


def test_the_foods_of_the_guide_are_listed_and_a_banana_is_not_the_richest() -> None:
    for nutrient in ("potassium_mg", "magnesium_mg"):
        richest = sorted(FOODS.values(), key=lambda food: -getattr(food, nutrient))[:3]
        assert "banana" not in {food.id for food in richest}
    assert {"banana", "spinach-cooked", "spinach-raw"} <= set(FOODS)


def test_needs_are_the_european_advice() -> None:
    assert needs()["potassium_mg"].daily_mg == 3500  # EFSA 2016
    assert needs()["magnesium_mg"].daily_mg == 300  # EFSA 2015, women


@pytest.mark.parametrize("field", ["portion_g", "potassium_mg", "magnesium_mg"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, "much", None])
def test_an_impossible_weight_is_refused(field: str, value: Any) -> None:
    with pytest.raises(NotAllowedError, match=rf"^{field} = .*: must be a number from 0 to"):
        dataclasses.replace(FOODS["banana"], **{field: value})
