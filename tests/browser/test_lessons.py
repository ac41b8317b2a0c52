"""The lessons as a class sees them: the real pages, in a real browser, without the internet."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import expect_description
from twitchlib import guide, risk
from twitchlib.quantity import describe
from twitchlib.widgets import TriggersDashboard

pytestmark = pytest.mark.browser

HABITS = describe(risk.Habits)


def expect_week(page: Page, week: risk.Habits) -> None:
    """Wait until figure, sentence and reasons all show this week."""
    found = risk.assess(week)
    board = TriggersDashboard()
    board.controls.value = week
    shown = board.views[0]._leaves
    expect_description(page.locator("body"), shown["layout.meta"]["description"])
    expect(page.locator(".tw-figure-title").first).to_have_text(shown["layout.title"]["text"])
    for finding in found.findings:
        expect(page.get_by_text(finding.reason, exact=True)).to_be_visible()


def slider(page: Page, name: str) -> Locator:
    known = HABITS[name]
    return page.get_by_role("slider", name=re.compile(f"^{known.label}"))


def test_caffeine_and_sleep_from_the_keyboard(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers")
    expect_week(page, risk.Habits())
    slider(page, "caffeine_mg").press("End")
    expect_week(page, risk.Habits(caffeine_mg=1000))
    sleep = slider(page, "sleep_h")
    for _ in range(4):
        sleep.press("ArrowLeft")
    expect_week(page, risk.Habits(caffeine_mg=1000, sleep_h=6))


def test_every_habit_to_its_ends_and_back(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers")
    expect_week(page, risk.Habits())
    folded = page.locator(".tw-panel details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    for name, known in HABITS.items():
        control = slider(page, name)
        for key, value in (("Home", known.low), ("End", known.high)):
            control.press(key)
            expect_week(page, risk.Habits(**{name: value}))
        page.get_by_role("button", name="Reset").first.click()
        expect_week(page, risk.Habits())


def test_every_preset_by_its_button(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers")
    for name, week in risk.presets().items():
        page.get_by_role("button", name=guide.rows("presets")[name]["label"]).click()
        expect_week(page, week)


def test_a_link_restores_its_state(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers", "preset=exam-week&sleep_h=9")
    expect_week(page, risk.presets()["exam-week"].replace(sleep_h=9))


def test_a_bad_link_is_explained_and_the_default_stays(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers", "caffeine_mg=%3Cimg%20src=x%3E&sleep_h=99")
    expect(page.get_by_text("Caffeine (caffeine_mg in the link) cannot be")).to_be_visible()
    expect(page.get_by_text("it has to be a number from 0 to 14 h/night")).to_be_visible()
    expect_week(page, risk.Habits())


def test_a_kept_week_is_compared(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers")
    expect_week(page, risk.Habits())
    page.get_by_role("button", name="Keep this week to compare").click()
    page.get_by_text("The same as the week you kept.").wait_for()
    slider(page, "sleep_h").press("Home")
    expect(page.get_by_text("sleep now: likely contributor")).to_be_visible()
    page.get_by_role("button", name="Stop comparing").click()
    expect_week(page, risk.Habits(sleep_h=0))


def test_one_more_drink_changes_the_caffeine_at_bedtime(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers")
    title = page.locator(".tw-figure-title").nth(1)
    expect(title).to_have_text("50 mg of caffeine still there at bedtime")
    page.get_by_role("button", name="Add a drink").click()
    expect(title).not_to_have_text("50 mg of caffeine still there at bedtime")


# How far a label overlaps the next one or sticks out of the figure, in pixels.
TOO_FAR = """(plot) => {
  const box = (part) => part.getBoundingClientRect();
  const levels = [...plot.querySelectorAll(".xtick text")].map(box);
  const words = [...plot.querySelectorAll(".textpoint text")].filter(
    ({ textContent }) => textContent.length > 1);
  return Math.max(
    ...levels.slice(1).map((level, i) => levels[i].right - level.left),
    ...words.map((word) => box(word).right - box(plot).right),
  );
}"""


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_labels_do_not_overlap_and_the_example_is_not_cut_off(
    lesson: Callable[..., Page], width: int
) -> None:
    plot = lesson("03_triggers", width=width).locator(".js-plotly-plot").first
    expect(plot.locator(".textpoint text", has_text="for example")).to_be_visible()
    assert plot.evaluate(TOO_FAR) < 0


def test_the_source_of_the_page_is_not_shown(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers")
    expect_week(page, risk.Habits())
    assert "TriggersDashboard" not in page.content()


def test_the_map_leads_to_the_lessons_and_back(lesson: Callable[..., Page]) -> None:
    page = lesson("00_start_here")
    ready = page.locator("html[data-state=ready]")  # leaving sooner would break off requests
    page.get_by_role("link", name="What triggers a twitch?", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What triggers a twitch?")
    ready.wait_for(state="attached")
    page.get_by_role("link", name="the map of the course").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Why do muscles twitch?")
    ready.wait_for(state="attached")


def test_the_cookbook_shows_its_recipes_and_their_results(lesson: Callable[..., Page]) -> None:
    page = lesson("08_reuse_twitchlib")
    expect(page.get_by_text("risk.assess_frame(people)")).to_be_visible()
    expect(page.get_by_text("ankles swing on", exact=False).first).to_be_visible()
    expect(page.locator(".mishap")).to_have_count(0)
