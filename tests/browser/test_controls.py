"""Panels of controls as a reader meets them: by keyboard, by typing, by touch."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

DAY = """
import time
from dataclasses import dataclass
import ipywidgets
from IPython.display import display
from twitchlib.quantity import Quantities, choice, quantity
from twitchlib.widgets.controls import Controls, Preset

@dataclass(frozen=True)
class Day(Quantities):
    caffeine_mg: float = quantity(
        80, "Caffeine", unit="mg/day", low=0, high=1000, step=10, source="test")
    sleep_h: float = quantity(8, "Sleep", unit="h", low=0, high=14, step=0.5, source="test")
    stress: int = quantity(3, "Stress", unit="", low=0, high=10, source="test", integer=True)
    drink: str = choice("coffee", "Drink", {"coffee": "Coffee", "tea": "Black tea"})

calls = []
heard = ipywidgets.Label("nothing yet")

def listen(day):
    calls.append(day)
    heard.value = (
        f"Heard {day.caffeine_mg:g} mg, {day.sleep_h:g} h, stress {day.stress}, {day.drink}.")

controls = Controls(
    Day,
    groups={"Coffee and sleep": ["caffeine_mg", "sleep_h"], "Load": ["stress", "drink"]},
    healthy={"sleep_h": (7, 9)},
    presets=[
        Preset("calm", "Calm day", "Quiet from morning to night.", Day(caffeine_mg=0)),
        Preset("exam", "Exam week", "Late nights.", Day(caffeine_mg=500, sleep_h=5, stress=9)),
    ],
)
"""
SHOWN = """
controls.on_change(listen)
ipywidgets.VBox([controls, heard])
"""


def slider(page: Page, name: str, nth: int = 0) -> Locator:
    return page.get_by_role("slider", name=name).nth(nth)


def type_into(page: Page, name: str, text: str) -> None:
    field = page.get_by_role("textbox", name=name)
    field.fill(text)
    field.press("Enter")


def test_keys_typing_presets_and_reset(in_either: Open) -> None:
    page = in_either(DAY, SHOWN)
    caffeine = slider(page, "Caffeine, mg per day")
    expect(caffeine).to_have_attribute("aria-valuetext", "80 mg per day")
    caffeine.press("ArrowRight")
    expect(page.get_by_text("Heard 90 mg")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Heard 70 mg")).to_be_visible()
    expect(caffeine).to_be_focused()
    expect(page.get_by_role("textbox", name="Caffeine, mg per day")).to_have_value("70")

    type_into(page, "Sleep, h", "7.3")
    expect(page.get_by_text("Heard 70 mg, 7.3 h")).to_be_visible()
    expect(slider(page, "Sleep, h")).to_have_attribute("aria-valuetext", "7.3 h")

    type_into(page, "Sleep, h", "lots")
    sleep = page.get_by_role("textbox", name="Sleep, h")
    expect(sleep).to_have_attribute("aria-invalid", "true")
    expect(sleep).to_have_accessible_description(
        "“lots” was not used. Give a number from 0 to 14 h. Still at 7.3 h."
    )
    caffeine.press("ArrowRight")
    expect(page.get_by_text("Heard 80 mg, 7.3 h")).to_be_visible()
    expect(sleep).to_have_value("lots")
    type_into(page, "Sleep, h", "6")
    expect(page.get_by_text("Heard 80 mg, 6 h")).to_be_visible()
    expect(sleep).to_have_attribute("aria-invalid", "false")
    expect(sleep).to_have_accessible_description("")

    exam = page.get_by_role("button", name="Exam week")
    exam.click()
    expect(page.get_by_text("Heard 500 mg, 5 h, stress 9")).to_be_visible()
    expect(exam).to_have_attribute("aria-pressed", "true")
    story = page.locator(".tw-story")
    expect(story).to_contain_text("Late nights.")
    caffeine.press("ArrowRight")
    expect(exam).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("You have changed it since.")).to_be_visible()

    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Heard 80 mg, 8 h, stress 3")).to_be_visible()
    expect(story).to_be_empty()


def test_what_a_screen_reader_announces(in_voila: Open) -> None:
    page = in_voila(DAY, SHOWN)
    sleep = slider(page, "Sleep, h")
    expect(sleep).to_have_accessible_description("Healthy: 7 to 9 h")
    expect(page.get_by_role("group", name="Coffee and sleep")).to_be_visible()
    expect(page.get_by_role("group", name="Examples to start from")).to_be_visible()
    expect(page.get_by_role("group", name="Load")).to_be_hidden()
    page.get_by_text("Load", exact=True).click()
    expect(page.get_by_role("group", name="Load")).to_be_visible()
    page.get_by_role("radio", name="Coffee").press("ArrowRight")
    expect(page.get_by_role("radio", name="Black tea")).to_be_checked()
    expect(page.get_by_text("stress 3, tea")).to_be_visible()
    expect(page.get_by_text("1 changed")).to_be_visible()


def test_a_slow_callback_builds_no_backlog(in_either: Open) -> None:
    page = in_either(
        DAY,
        """
def slow(day):
    time.sleep(0.3)
    calls.append(day)
    heard.value = f"Heard {len(calls)} times, now {day.caffeine_mg:g} mg."

controls.on_change(slow)
ipywidgets.VBox([controls, heard])
""",
    )
    moves_ms = slider(page, "Caffeine").evaluate(
        """async (slider) => {
          const start = performance.now();
          for (let i = 1; i <= 100; i++) {
            slider.value = 10 * i;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((next) => setTimeout(next, 10));
          }
          return performance.now() - start;
        }"""
    )
    answer = page.get_by_text(re.compile(r"Heard \d+ times, now 1000 mg"))
    expect(answer).to_be_visible()
    times = int(re.search(r"Heard (\d+) times", answer.inner_text())[1])  # type: ignore[index]
    assert 2 <= times <= moves_ms / 300 + 2
    expect(slider(page, "Caffeine")).to_have_value("1000")


def test_a_failing_callback_is_reported_without_a_traceback(in_voila: Open) -> None:
    page = in_voila(
        DAY,
        """
def broken(day):
    if day.caffeine_mg == 90:
        raise RuntimeError("no such figure")

controls.on_change(broken)
controls.on_change(listen)
ipywidgets.VBox([controls, heard])
""",
    )
    slider(page, "Caffeine").press("ArrowRight")
    expect(page.get_by_text("That change could not be shown.")).to_be_visible()
    expect(page.get_by_text("Heard 90 mg")).to_be_visible()
    assert "Traceback" not in page.inner_text("body")
    slider(page, "Caffeine").press("ArrowRight")
    expect(page.get_by_text("Heard 100 mg")).to_be_visible()
    expect(page.get_by_text("That change could not be shown.")).to_have_count(0)


def test_a_lost_kernel_is_reported(in_either: Open) -> None:
    page = in_either(DAY, "import os\ncontrols.on_change(lambda _: os._exit(1))\ncontrols")
    slider(page, "Caffeine").press("ArrowRight")
    expect(page.get_by_text("These controls have lost their session")).to_be_visible()


def test_two_views_of_one_panel_agree(in_voila: Open) -> None:
    page = in_voila(DAY, "display(controls, controls)")
    expect(slider(page, "Caffeine", 1)).to_be_visible()
    slider(page, "Caffeine", 0).press("ArrowRight")
    expect(slider(page, "Caffeine", 1)).to_have_value("90")
    slider(page, "Caffeine", 1).press("ArrowRight")
    expect(slider(page, "Caffeine", 0)).to_have_value("100")


def test_on_a_phone_controls_fit_and_are_large_enough_for_a_thumb(in_voila: Open) -> None:
    page = in_voila(DAY, SHOWN)
    expect(slider(page, "Caffeine")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_text("Load", exact=True).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.locator(".tw-panel").evaluate(
        """(panel) => [...panel.querySelectorAll("button, input, summary")]
          .map((element) => [element.outerHTML, element.getBoundingClientRect().height])
          .filter(([, height]) => height < 44)"""
    )
    assert small == []


CUPS = """
import ipywidgets
from twitchlib.widgets.cups import Cup, Cups, Drink

drinks = [Drink("espresso", "Espresso", 80), Drink("tea", "Black tea", 45)]
cups = Cups(drinks, [Cup(8, "espresso")])
heard = ipywidgets.Label("nothing yet")

def listen(value):
    heard.value = "Heard " + "; ".join(f"{cup.drink} at {cup.time_h:g}" for cup in value) + "."

cups.on_change(listen)
ipywidgets.VBox([cups, heard])
"""


def test_drinks_are_added_changed_and_removed(in_voila: Open) -> None:
    page = in_voila(CUPS)
    add = page.get_by_role("button", name="Add a drink")
    add.click()
    expect(page.get_by_text("Heard espresso at 8; espresso at 9.")).to_be_visible()
    expect(page.get_by_label("Time of drink 2")).to_be_focused()
    page.get_by_label("Drink 2", exact=True).select_option("tea")
    page.get_by_label("Time of drink 2").fill("07:30")
    expect(page.get_by_text("Heard tea at 7.5; espresso at 8.")).to_be_visible()
    page.get_by_label("Time of drink 1").fill("")
    expect(page.get_by_text("It still counts at 08:00.")).to_be_visible()
    page.get_by_role("button", name="Remove drink 1").click()
    expect(page.get_by_text("Heard tea at 7.5.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove drink 1")).to_be_focused()
    for _ in range(11):
        add.click()
    expect(add).to_be_disabled()
    expect(page.get_by_text("12 drinks are the maximum.")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Heard espresso at 8.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has=page.locator("select"))).to_have_count(1)


LINKED = """
from twitchlib.widgets.page_link import PageLink, parse_query

def take(query):
    value, problems = parse_query(query, Day)
    controls.value = value
    heard.value = " ".join(problems) or "all read"

link = PageLink(on_query=take)
controls.on_change(lambda day: link.write({"caffeine_mg": day.caffeine_mg}))
ipywidgets.VBox([link, controls, heard])
"""
MARK = """document.addEventListener("DOMContentLoaded", () => {
  document.head.append(Object.assign(document.createElement("meta"), { name: "twitchlib-page" }));
});"""


def test_the_address_is_read_and_kept(in_voila: Open, page: Page) -> None:
    page.add_init_script(MARK)
    in_voila(DAY, LINKED)
    page.goto(page.url + "?caffeine_mg=500&present=1&sleep_h=lots#here")
    expect(slider(page, "Caffeine")).to_have_value("500")
    expect(page.get_by_text("Sleep (sleep_h in the link) cannot be “lots”")).to_be_visible()
    page.wait_for_url(re.compile(r"\?present=1&caffeine_mg=500#here$"))
    slider(page, "Caffeine").press("ArrowRight")
    page.wait_for_url(re.compile(r"\?present=1&caffeine_mg=510#here$"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link to this state").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_without_a_clipboard_the_link_is_shown_to_copy(in_voila: Open, page: Page) -> None:
    page.add_init_script(MARK)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    in_voila(DAY, LINKED)
    page.get_by_role("button", name="Copy link to this state").click()
    field = page.get_by_label("Link to this state", exact=True)
    expect(field).to_be_focused()
    assert field.input_value() == page.url


def test_a_notebooks_own_address_is_left_alone(in_lab: Open) -> None:
    page = in_lab(DAY, LINKED)
    address = page.url
    slider(page, "Caffeine").press("ArrowRight")
    expect(slider(page, "Caffeine")).to_have_value("90")
    expect(page.get_by_role("button", name="Copy link to this state")).to_have_count(0)
    assert page.url == address
