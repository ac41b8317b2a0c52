"""Lesson 01 as a student uses it: every slider of every stop to its ends and back."""

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


@pytest.mark.parametrize("name", STOPS)
def test_every_slider_to_its_ends_and_back(lesson: Callable[..., Page], name: str) -> None:
    board = lesson(LESSON).locator(".tw-dashboard").nth(STOPS.index(name))
    panel = board.locator(".tw-asked .tw-panel").first
    stop: Dashboard[Any, Any] = getattr(NervousSystem(), name)
    settings_cls = type(stop.controls.value)
    expect_same(board, stop)
    for field, known in describe(settings_cls).items():
        slider = panel.get_by_role("slider", name=re.compile(rf"^{re.escape(known.label)}(,|$)"))
        for key, value in (("Home", known.low), ("End", known.high)):
            slider.press(key)
            stop.controls.value = settings_cls(**{field: value})
            expect_same(board, stop)
        panel.get_by_role("button", name="Reset").click()
        stop.controls.value = settings_cls()
        expect_same(board, stop)


def test_a_link_sets_several_stops(lesson: Callable[..., Page]) -> None:
    boards = lesson(LESSON, "effort_percent=40&potassium_mm=2.5").locator(".tw-dashboard")
    tour = NervousSystem()
    ions, movement = tour.ions, tour.movement
    tour.address.take_query("?effort_percent=40&potassium_mm=2.5")
    expect_same(boards.nth(STOPS.index("ions")), ions)
    expect_same(boards.nth(STOPS.index("movement")), movement)
