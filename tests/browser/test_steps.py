"""Asides in the margin, and steps that fold."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.conftest import box_of
from tests.conftest import READY, Visit
from twitchlib import guide

pytestmark = pytest.mark.browser

LESSON = "02_twitch_types"
CLONUS = "Clonus: a loop that beats by itself"
# How many units have a text that overlaps their asides.
OVERLAPS = """() => [...document.querySelectorAll('.beside')].filter((unit) => {
    const box = (part) => part.getBoundingClientRect();
    const aside = box(unit.querySelector('.asides'));
    const texts = [...unit.querySelectorAll(':scope > :is(.prose, .output)')].map(box);
    return texts.some((text) => text.right > aside.left + 1 && text.left < aside.right - 1
      && text.bottom > aside.top + 1 && text.top < aside.bottom - 1);
  }).length"""


@pytest.fixture
def phone(course: str, page_at: Callable[..., Visit]) -> Callable[..., Page]:
    """Open the lesson on a phone, folded as a reader finds it: ``phone("#Look-alikes")``."""

    def open_(where: str = "", **how: Any) -> Page:
        address = f"{course}voila/render/{LESSON}.ipynb{where}"
        return page_at(address, folded=True, **({"width": 390, "covered": True} | how)).page

    return open_


def step(page: Page, heading: str) -> Locator:
    """Return the button of a step."""
    return page.get_by_role("button", name=heading)


def body(page: Page, heading: str) -> Locator:
    """Return what folds under a heading."""
    return page.locator(".step", has=step(page, heading)).locator(".step-body")


def test_on_a_phone_later_steps_are_folded_and_ask_their_question(
    phone: Callable[..., Page],
) -> None:
    page = phone()
    assert page.evaluate("document.documentElement.scrollHeight") < 8000
    expect(page.locator(".tw-body").first).to_be_visible()  # the drawing that opens the lesson
    expect(step(page, CLONUS)).to_have_attribute("aria-expanded", "false")
    expect(body(page, CLONUS)).to_have_attribute("hidden", "until-found")
    expect(page.get_by_text("What will its swing do?").first).to_be_visible()
    expect(page.get_by_role("slider", name="Gain of the reflex")).to_be_hidden()


def test_a_step_unfolds_by_key_draws_its_figure_and_is_remembered(
    phone: Callable[..., Page],
) -> None:
    page = phone(covered=False)
    step(page, CLONUS).press("Enter")
    expect(step(page, CLONUS)).to_have_attribute("aria-expanded", "true")
    expect(step(page, CLONUS)).to_be_focused()
    plot = body(page, CLONUS).locator(".js-plotly-plot").first
    expect(plot.locator(".main-svg").first).to_be_visible()
    drawn_px = box_of(plot.locator(".main-svg").first)["width"]
    assert drawn_px == pytest.approx(box_of(plot)["width"], abs=2)
    assert 300 < drawn_px <= 390
    slider = body(page, CLONUS).get_by_role("slider", name="Gain of the reflex")
    before = slider.input_value()
    slider.press("ArrowRight")
    expect(slider).not_to_have_value(before)
    page.reload()
    expect(step(page, CLONUS)).to_have_attribute("aria-expanded", "true")
    step(page, CLONUS).press(" ")
    expect(step(page, CLONUS)).to_have_attribute("aria-expanded", "false")
    expect(body(page, CLONUS)).to_have_attribute("hidden", "until-found")


def test_a_link_to_a_step_unfolds_it(phone: Callable[..., Page]) -> None:
    page = phone("#Look-alikes")
    expect(step(page, "Look-alikes")).to_have_attribute("aria-expanded", "true")
    expect(step(page, CLONUS)).to_have_attribute("aria-expanded", "false")
    page.evaluate("heading => { location.hash = heading }", CLONUS.replace(" ", "-"))
    expect(step(page, CLONUS)).to_have_attribute("aria-expanded", "true")
    expect(step(page, CLONUS)).to_be_in_viewport()


def test_a_step_found_by_searching_the_page_stays_open(phone: Callable[..., Page]) -> None:
    page = phone(covered=False)
    # The browser sends this event before it shows a match.
    body(page, CLONUS).dispatch_event("beforematch")
    expect(step(page, CLONUS)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("slider", name="Gain of the reflex")).to_be_visible()


def test_paper_and_projector_show_what_is_folded(phone: Callable[..., Page]) -> None:
    page = phone()
    page.emulate_media(media="print")
    expect(page.get_by_text("Stretch a muscle quickly")).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.get_by_text("Stretch a muscle quickly")).to_be_hidden()
    page = phone(f"?present#{CLONUS.replace(' ', '-')}", width=1280)
    expect(page.get_by_text("Stretch a muscle quickly")).to_be_visible()


def text_and_aside(page: Page) -> tuple[FloatRect, FloatRect]:
    """Return where a text and the aside that belongs to it are."""
    unit = page.locator(".beside", has_text="Stretch a muscle quickly")
    return box_of(unit.locator(".prose").first), box_of(unit.locator(".asides"))


def test_a_wide_page_is_open_and_its_asides_stand_in_the_margin(
    lesson: Callable[..., Page],
) -> None:
    page = lesson(LESSON)
    expect(page.locator(".step-body[hidden]")).to_have_count(0)
    text, aside = text_and_aside(page)
    assert aside["x"] > text["x"] + text["width"]
    assert aside["y"] == pytest.approx(text["y"], abs=4)
    assert page.evaluate(OVERLAPS) == 0
    dashboard = box_of(page.locator(".tw-dashboard").first)
    assert dashboard["width"] > text["width"] + aside["width"]


@pytest.mark.parametrize("width", [390, 1024])
def test_asides_follow_the_text_where_there_is_no_room_beside_it(
    lesson: Callable[..., Page], width: int
) -> None:
    page = lesson(LESSON, width=width)
    text, aside = text_and_aside(page)
    assert aside["y"] >= text["y"] + text["height"]
    assert page.evaluate(OVERLAPS) == 0


def shown(page: Page) -> list[str]:
    """Return the headings of the steps that are shown."""
    found: list[str] = page.locator("#lesson > .step").evaluate_all(
        """all => all.filter((step) => step.checkVisibility())
          .map((step) => step.querySelector("h1, h2").innerText.trim())"""
    )
    return found


def rows(*paths: str) -> list[str]:
    """Return the steps of the lesson that are ``core``, ``more``, or either."""
    steps = guide.rows("steps").values()
    return [row["step"] for row in steps if row["lesson"] == LESSON and row["path"] in paths]


def test_only_the_core_is_shown_from_the_first_paint_on(course: str, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(
        """globalThis.seen = 0;
        requestAnimationFrame(function look() {
          const more = [...document.querySelectorAll(".step.more")];
          globalThis.seen += more.filter((step) => step.checkVisibility()).length;
          requestAnimationFrame(look);
        });"""
    )
    page.goto(f"{course}voila/render/{LESSON}.ipynb?path=core")
    page.wait_for_function(READY)
    assert shown(page)[1:] == rows("core")
    assert page.evaluate("globalThis.seen") == 0
    page.context.close()


def test_steps_beyond_the_core_are_marked_and_a_button_hides_them(
    lesson: Callable[..., Page],
) -> None:
    page = lesson(LESSON, "game=7")
    assert shown(page)[1:] == rows("core", "more")
    words = page.locator(".step", has=page.get_by_text("more", exact=True))
    assert [text.strip() for text in words.locator("h2").all_inner_texts()] == rows("more")
    slider = page.get_by_role("slider", name="Gain of the reflex")
    slider.press("ArrowRight")
    set_to = slider.input_value()
    page.get_by_role("button", name="Show only the core").click()
    assert shown(page)[1:] == rows("core")
    back = page.get_by_role("button", name="Show everything")
    expect(back).to_be_focused()
    assert "path=core" in page.url
    assert slider.input_value() == set_to
    back.press("Enter")
    assert shown(page)[1:] == rows("core", "more")
    assert "path=core" not in page.url


def test_links_between_lessons_keep_the_core_while_it_is_shown(
    lesson: Callable[..., Page],
) -> None:
    page = lesson(LESSON, "path=core", covered=True)
    expect(page.get_by_text("path", exact=True)).to_have_count(0)  # no complaint about the link
    link = page.locator("main a[href*='03_triggers.ipynb']").last
    link.dispatch_event("contextmenu")
    expect(link).to_have_attribute("href", re.compile(r"03_triggers\.ipynb\?path=core$"))
    page.get_by_role("button", name="Show everything").click()
    link.dispatch_event("contextmenu")
    expect(link).to_have_attribute("href", re.compile(r"03_triggers\.ipynb$"))
    page.get_by_role("button", name="Show only the core").click()
    link.click()
    page.wait_for_url("**/03_triggers.ipynb?path=core")
    page.wait_for_function(READY)
    assert shown(page)[1] == "Predict"
    assert "Try: how long does a cup stay?" not in shown(page)


def test_a_link_to_a_step_beyond_the_core_shows_that_step(phone: Callable[..., Page]) -> None:
    page = phone("?path=core#Look-alikes", width=1280)
    assert set(shown(page)[1:]) == {*rows("core"), "Look-alikes"}
    page.evaluate("location.hash = 'Name-that-twitch'")
    expect(step(page, "Name that twitch")).to_be_in_viewport()


def test_presenting_goes_through_the_core_only(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON, "path=core&present", covered=True)
    place = page.locator("#present-place")
    expect(place).to_contain_text(f"1 of {len(rows('core')) + 1}")
    expect(page.locator(".path-line:visible")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show everything").click()
    page.locator("#present-switch").click()
    expect(place).to_contain_text(f"1 of {len(rows('core', 'more')) + 1}")


def test_code_is_coloured(lesson: Callable[..., Page]) -> None:
    page = lesson("08_reuse_twitchlib")
    tokens = page.locator(".code .highlight span")
    colours = tokens.evaluate_all("all => [...new Set(all.map((t) => getComputedStyle(t).color))]")
    assert len(colours) >= 3
