"""The dashboards of lesson 05, driven as a reader drives them, without a browser."""

import pytest

from twitchlib import care
from twitchlib.figures import care as figures
from twitchlib.widgets.care_plan import CarePlan, Foods
from twitchlib.widgets.prose import text


@pytest.mark.parametrize("name", care.causes())
def test_every_cause_gives_its_remedies(name: str) -> None:
    dashboard = CarePlan()
    dashboard.causes.value = [name]
    assert dashboard.plan == care.plan([name])
    for remedy in dashboard.plan.remedies:
        for said in (remedy.name, remedy.how_to, remedy.ask_first, remedy.studies_find):
            assert text(said) in dashboard._remedies.html
    title = dashboard._figure.get_state()["layout.title"]["text"]
    assert title == figures.plot_map([name]).layout.title.text
    assert dashboard.download.ready
    assert dashboard._page().decode() == care.page(care.plan([name]))


def test_there_is_nothing_to_save_before_anything_is_ticked() -> None:
    dashboard = CarePlan()
    assert not dashboard.download.ready
    dashboard.causes.value = ["stress"]
    dashboard.causes.value = []
    assert not dashboard.download.ready


@pytest.mark.parametrize("nutrient", ["potassium_mg", "magnesium_mg"])
@pytest.mark.parametrize("amount", ["portion", "hundred"])
def test_every_view_of_the_foods(nutrient: figures.Nutrient, amount: str) -> None:
    foods = Foods()
    foods.controls.set(nutrient="magnesium_mg", amount="hundred")
    foods.controls.set(nutrient=nutrient, amount=amount)
    expected = figures.plot_foods(nutrient, per_100_g=amount == "hundred")
    assert foods._figure.get_state()["layout.title"]["text"] == expected.layout.title.text
