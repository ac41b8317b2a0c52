"""The day of caffeine, driven as a reader drives it, without a browser."""

import pytest

from twitchlib.figures.caffeine import END_H, START_H
from twitchlib.quantity import describe
from twitchlib.widgets.caffeine_day import CaffeineDay, Night, doses
from twitchlib.widgets.cups import Cup

NIGHT = describe(Night)


@pytest.mark.parametrize("name", NIGHT)
def test_every_control_at_its_ends_and_default(name: str) -> None:
    day = CaffeineDay()
    for value in (NIGHT[name].low, NIGHT[name].high, NIGHT[name].default):
        day.controls.set(**{name: value})
        assert f"{value:g}" in day.code.html


def test_the_shown_code_reproduces_the_output() -> None:
    day = CaffeineDay()
    assert "half_life_h=5" in day.code.html
    assert "body_load(body, [(8, 90), (13, 80), (17, 40)], [23])" in day.code.html


def test_a_drink_before_morning_counts_in_the_night_of_the_same_day() -> None:
    late, early = doses((Cup(1, "espresso"), Cup(START_H, "espresso")))
    assert (late.time_h, early.time_h) == (25, START_H)
    assert START_H <= early.time_h < late.time_h < END_H
