"""Lesson 01 as a student drives it: every slider of every stop to its ends and back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import expect_same
from twitchlib.quantity import describe
from twitchlib.widgets import NervousSystem
from twitchlib.widgets.dashboard import Dashboard

pytestmark = pytest.mark.browser

LESSON = "01_nervous_system"
STOPS = NervousSystem().stops


def expect_the_same(page: Page, number: int, stop: Dashboard[Any, Any]) -> None:
    """Wait until the page says the same as the stop in Python."""
    expect_same(page.locator(".tw-dashboard").nth(number), stop)


@pytest.mark.parametrize("name", STOPS)
def test_every_slider_to_its_ends_and_back(lesson: Callable[..., Page], name: str) -> None:
    page, number = lesson(LESSON), STOPS.index(name)
    panel = page.locator(".tw-dashboard").nth(number).locator(".tw-asked .tw-panel").first
    stop: Dashboard[Any, Any] = getattr(NervousSystem(), name)
    settings_cls = type(stop.controls.value)
    expect_the_same(page, number, stop)
    for field, known in describe(settings_cls).items():
        slider = panel.get_by_role("slider", name=re.compile(rf"^{re.escape(known.label)}(,|$)"))
        for key, value in (("Home", known.low), ("End", known.high)):
            slider.press(key)
            stop.controls.value = settings_cls(**{field: value})
            expect_the_same(page, number, stop)
        panel.get_by_role("button", name="Reset").click()
        stop.controls.value = settings_cls()
        expect_the_same(page, number, stop)


def test_a_link_sets_several_stops(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON, "effort_percent=40&potassium_mm=2.5")
    tour = NervousSystem()
    ions, movement = tour.ions, tour.movement
    tour.address.take_query("?effort_percent=40&potassium_mm=2.5")
    expect_the_same(page, STOPS.index("ions"), ions)
    expect_the_same(page, STOPS.index("movement"), movement)
