"""The plan of lesson 05, driven as a reader drives it, without a browser."""

import pytest

from tests.widgets.parts import text
from twitchlib import care
from twitchlib.figures import care as figures
from twitchlib.widgets.care_plan import CarePlan


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
    assert dashboard._page().decode() == care.plan([name]).to_html()


def test_there_is_nothing_to_save_before_anything_is_ticked() -> None:
    dashboard = CarePlan()
    assert not dashboard.download.ready
    dashboard.causes.value = ["stress"]
    dashboard.causes.value = []
    assert not dashboard.download.ready


def test_it_opens_with_an_example_that_is_labelled_as_one() -> None:
    dashboard = CarePlan()
    assert "For example, a plan for caffeine" in dashboard._remedies.html
    assert dashboard.causes.value == ()
    dashboard.causes.value = ["stress"]
    assert "example" not in dashboard._remedies.html


def test_a_link_ticks_what_is_known_and_says_what_is_not() -> None:
    dashboard = CarePlan()
    dashboard.take_query("?causes=stress,caffeine,<b>cake&nutrient=magnesium_mg")
    assert dashboard.causes.value == ("stress", "caffeine")
    assert "“&lt;b&gt;cake” for causes, which is unknown" in dashboard._problems.html
    assert "nutrient" not in dashboard._problems.html
