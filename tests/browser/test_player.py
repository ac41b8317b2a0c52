"""A moving drawing: played, paused, stepped and dragged, in step with figures and sound."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import box_of

pytestmark = pytest.mark.browser

LESSON = "02_twitch_types"
COUNT_MESSAGES = """() => {
  const { send } = WebSocket.prototype;
  window.sent = 0;
  WebSocket.prototype.send = function (...what) {
    window.sent += 1;
    return send.apply(this, what);
  };
}"""


def stop(page: Page) -> Locator:
    """Return the clonus dashboard."""
    return page.locator(".tw-dashboard:has(.tw-b-ankle)")


def seconds(board: Locator) -> float:
    text = board.locator(".tw-b-time").text_content() or ""
    return float(text.removesuffix(" s"))


def wait_past(board: Locator, second: float) -> None:
    board.page.wait_for_function(
        "([board, s]) => parseFloat(board.querySelector('.tw-b-time').textContent) > s",
        arg=[board.element_handle(), second],
    )


def test_it_plays_and_pauses_without_a_message(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON)
    board = stop(page)
    still = board.locator(".tw-b-grip").get_attribute("transform")
    page.evaluate(COUNT_MESSAGES)
    play = board.locator(".tw-b-play")
    height = play.evaluate("(button) => button.offsetHeight")
    play.click()
    wait_past(board, 1)
    assert play.evaluate("(button) => button.offsetHeight") == height
    board.get_by_role("button", name="Pause").click()
    assert board.locator(".tw-b-grip").get_attribute("transform") != still
    at = seconds(board)
    expect(board.get_by_role("button", name="Play")).to_be_visible()
    assert seconds(board) == at
    assert page.evaluate("window.sent") == 0


def test_nothing_moves_on_its_own(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON)
    times = page.locator(".tw-b-time")
    before = times.all_text_contents()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert times.all_text_contents() == before
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)


def test_steps_lead_from_event_to_event_and_arrows_through_time(
    lesson: Callable[..., Page],
) -> None:
    board = stop(lesson(LESSON))
    now = board.locator(".tw-b-now")
    board.get_by_role("button", name="On to the next event").press("Enter")
    expect(now).to_have_text("The calf pulls: beat 1.")
    expect(now).to_have_attribute("aria-live", "polite")
    board.get_by_role("button", name="Back to the previous event").press("Enter")
    expect(now).to_have_text("The foot is stretched upwards.")
    assert seconds(board) == 0.5
    slider = board.get_by_role("slider", name="Moment shown")
    slider.press("ArrowRight")
    expect(board.locator(".tw-b-time")).to_have_text("0.55 s")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^0\.55 s"))


def test_the_figure_shows_the_same_moment_and_sets_it(lesson: Callable[..., Page]) -> None:
    board = stop(lesson(LESSON))
    line = board.locator(".tw-figure-moment:visible")
    expect(line).to_have_count(0)  # before a moment was chosen
    board.get_by_role("slider", name="Moment shown").press("ArrowRight")
    expect(line).to_have_count(1)
    plot = board.locator(".tw-figure-plot:visible").first
    box = box_of(plot)
    plot.click(position={"x": 0.75 * box["width"], "y": box["height"] / 2})
    expect(board.locator(".tw-b-time")).to_have_text(re.compile(r"^3\.\d\d s$"))


def test_it_steps_for_readers_who_want_less_motion(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON)
    page.emulate_media(reduced_motion="reduce")
    board = stop(page)
    board.get_by_role("button", name="Play").click()
    expect(board.locator(".tw-b-time")).to_have_text("0.00 s")
    expect(board.locator(".tw-b-time")).to_have_text("0.50 s")
    expect(board.locator(".tw-b-time")).to_have_text("0.55 s")


def test_the_foot_can_be_dragged(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON)
    board = stop(page)
    speed = board.get_by_role("slider", name=re.compile("^Speed of your stretch"))
    expect(speed).to_have_value("4")
    foot = board.locator(".tw-b-grip")
    foot.scroll_into_view_if_needed()
    box = box_of(foot)
    x, y = box["x"] + 0.2 * box["width"], box["y"] + 0.7 * box["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(x, y - 6 * step)
    page.mouse.up()
    expect(speed).not_to_have_value("4")
    wait_past(board, 0.6)  # it plays on from the stretch


def test_the_drawing_plays_along_with_the_sound(lesson: Callable[..., Page]) -> None:
    board = stop(lesson(LESSON))
    listen = board.get_by_role("button", name="Listen to the EMG")
    listen.press("Enter")
    wait_past(board, 0.1)
    board.get_by_role("button", name="Pause").click()
    expect(listen).to_have_attribute("data-state", "ready")


def test_a_mark_moves_through_the_figure_while_a_sound_plays(lesson: Callable[..., Page]) -> None:
    board = lesson(LESSON).locator(".tw-dashboard").filter(has_text="what is it?")
    line = board.locator(".tw-figure-moment:visible")
    expect(line).to_have_count(0)
    board.get_by_role("button", name="Listen to the EMG").press("Enter")
    expect(line).to_have_count(1)
    before = line.get_attribute("style")
    expect(line).not_to_have_attribute("style", before or "")
