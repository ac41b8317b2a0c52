"""Lesson 02 as a student uses it: sliders, sounds, and the game, from the keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import expect_same
from twitchlib.quantity import choices, describe
from twitchlib.twitches import naming
from twitchlib.widgets import TwitchTypes
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.figure_view import BUNDLE

pytestmark = pytest.mark.browser

LESSON = "02_twitch_types"
STOPS = TwitchTypes().stops


def dashboard(page: Page, name: str) -> Locator:
    return page.locator(".tw-dashboard:not(.tw-review, .tw-asking)").nth(STOPS.index(name))


def test_every_slider_to_its_ends_and_every_option(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON)
    types = TwitchTypes()
    for name in STOPS[:-1]:
        stop: Dashboard[Any, Any] = getattr(types, name)
        board = dashboard(page, name)
        expect_same(board, stop)
        panel = board.locator(".tw-asked .tw-panel").first
        for field, known in describe(type(stop.controls.value)).items():
            slider = panel.get_by_role("slider", name=re.compile(f"^{re.escape(known.label)}"))
            for key, value in (("Home", known.low), ("End", known.high)):
                slider.press(key)
                stop.controls.set(**{field: value})
                expect_same(board, stop)
            panel.get_by_role("button", name="Reset").click()
            stop.controls.reset()
            expect_same(board, stop)
        for field, choice in choices(type(stop.controls.value)).items():
            for option, label in choice.options.items():
                panel.get_by_role("radio", name=label, exact=True).check()
                stop.controls.set(**{field: option})
                expect_same(board, stop)


@pytest.mark.skipif(not BUNDLE.is_file(), reason="no bundle was built here")
def test_a_raster_has_one_element_for_each_row(lesson: Callable[..., Page]) -> None:
    # A thousand elements, one for each discharge, would make the sliders slow.
    page = lesson(LESSON, "gain_s=1.5")
    for name, traces in (("gallery", 4), ("clonus", 4), ("spasm", 3)):
        view = dashboard(page, name).locator(".tw-figure-view").first
        lines = view.locator(".scatterlayer .js-line")
        # Clonus also shows the healthy reflex, for comparison.
        expect(lines).to_have_count(traces)
        strokes = max(
            d.count("M")
            for d in lines.evaluate_all("all => all.map((one) => one.getAttribute('d'))")
        )
        assert strokes > 100


def test_sounds_play_only_on_request_and_one_at_a_time(
    lesson: Callable[..., Page],
) -> None:
    page = lesson(LESSON)
    listen = [
        dashboard(page, name).locator(".tw-sound").get_by_role("button")
        for name in ("clonus", "spasm")
    ]
    for button in listen:
        expect(button).to_have_text("Listen to the EMG")
        expect(button).to_have_attribute("data-state", "ready")
    listen[0].press("Enter")
    expect(listen[0]).to_have_attribute("data-state", "playing")
    expect(dashboard(page, "clonus").locator(".tw-sound")).to_contain_text("of 5.0 s")
    listen[1].press("Enter")
    expect(listen[1]).to_have_attribute("data-state", "playing")
    expect(listen[0]).to_have_attribute("data-state", "ready")
    listen[1].press("Enter")
    expect(listen[1]).to_have_attribute("data-state", "ready")


def test_a_sound_stops_when_its_recording_changes_and_ends_on_its_own(
    lesson: Callable[..., Page],
) -> None:
    page = lesson(LESSON, "watched_s=3")
    place = dashboard(page, "fasciculation")
    # The page is ready before the kernel has answered its link.
    expect(place.locator(".tw-sound > .tw-note")).to_have_text("3.0 s")
    button = place.locator(".tw-sound").get_by_role("button")
    button.press("Enter")
    expect(button).to_have_attribute("data-state", "playing")
    expect(button).to_have_attribute("data-state", "ready")  # it lasts three seconds
    place = dashboard(page, "clonus")
    button = place.locator(".tw-sound").get_by_role("button")
    button.press("Enter")
    expect(button).to_have_attribute("data-state", "playing")
    place.get_by_role("slider", name=re.compile("^Gain")).press("End")
    expect(button).to_have_attribute("data-state", "ready")
    place.get_by_text("The sound in words").click()
    expect(place.get_by_text(re.compile("short rasps, 5.. a second"))).to_be_visible()


def test_the_game_from_the_keyboard(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON, "game=3")
    place = dashboard(page, "naming")
    drawn = naming.rounds(3)
    # The page is ready before the kernel has answered its link, and the default game looks alike.
    expect(place.get_by_role("textbox", name="Game (number)")).to_have_value("3")
    check = place.get_by_role("button", name="Check")
    check.press("Enter")
    expect(place.get_by_text("Choose one first.")).to_be_visible()
    for number, one in enumerate(drawn[:2], start=1):
        expect(place.get_by_text(f"Recording {number} of {len(drawn)}")).to_be_visible()
        expect(place.locator(".tw-figure-title")).to_have_text("What is it?")
        radios = place.get_by_role("radio")
        expect(radios).to_have_count(len(one.options))
        radios.first.focus()
        page.keyboard.press("Space")
        for _ in range(one.options.index(one.kind)):
            page.keyboard.press("ArrowRight")
        check.press("Enter")
        expect(place.get_by_text(re.compile("^Right: "))).to_be_visible()
        expect(place.get_by_text(f"{number} of {number} right.")).to_be_visible()
        expect(place.locator(".tw-figure-title")).not_to_have_text("What is it?")
        following = place.get_by_role("button", name="Next recording")
        expect(following).to_be_focused()
        page.keyboard.press("Enter")
    expect(place.get_by_role("table", name="Down: what it was.")).to_be_visible()


def test_a_sound_plays_in_a_notebook_too(in_lab: Callable[..., Page]) -> None:
    page = in_lab("from twitchlib.widgets import TwitchTypes\nTwitchTypes().clonus")
    button = page.locator(".tw-sound").get_by_role("button")
    button.press("Enter")
    expect(button).to_have_attribute("data-state", "playing")
    page.get_by_role("slider", name=re.compile("^Gain")).press("End")
    expect(button).to_have_attribute("data-state", "ready")
