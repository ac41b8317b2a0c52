"""The foods of lesson 05, compared as by a reader."""

import pytest

from tests.widgets.parts import address
from twitchlib.figures import care as figures
from twitchlib.widgets.foods import Foods, View


@pytest.mark.parametrize("nutrient", ["potassium_mg", "magnesium_mg"])
@pytest.mark.parametrize("amount", ["portion", "hundred"])
def test_every_view_of_the_foods(nutrient: str, amount: str) -> None:
    foods = Foods()
    foods.controls.set(nutrient="magnesium_mg", amount="hundred")
    foods.controls.set(nutrient=nutrient, amount=amount)
    expected = figures.plot_foods(nutrient, per_100_g=amount == "hundred")
    assert foods.views[0].get_state()["layout.title"]["text"] == expected.layout.title.text


def test_a_link_chooses_the_view_and_the_view_writes_the_link() -> None:
    foods = Foods()
    address(foods).take_query("?nutrient=magnesium_mg&amount=dozen&causes=stress")
    assert foods.controls.value == View(nutrient="magnesium_mg")
    assert address(foods).link._written == "nutrient=magnesium_mg"
    assert "Compare (amount in the link) cannot be “dozen”" in address(foods).problems.html
    assert "causes" not in address(foods).problems.html
