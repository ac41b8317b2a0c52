"""A lesson in front of a class: screen by screen, large, with the notes in another window."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect
from playwright.sync_api import TimeoutError as NotSeenError

from tests.browser.conftest import box_of
from twitchlib import guide
from twitchlib.places import folder
from twitchlib.serving import instructor

pytestmark = pytest.mark.browser

LESSON = "03_triggers"
STEPS = [step.heading for step in instructor.steps(folder("notebooks") / f"{LESSON}.ipynb")]


@pytest.fixture
def present(lesson: Callable[..., Page]) -> Callable[..., Page]:
    """Open the lesson, with answers to predictions still covered: ``present(query)``."""
    return lambda query="present", **how: lesson(LESSON, query, **({"covered": True} | how))


def headings(page: Page) -> Locator:
    """Return the headings of the visible steps."""
    return page.locator("#lesson :is(h1, h2):visible")


def expect_step(page: Page, heading: str) -> None:
    """Wait until this step is visible, and no other."""
    # A heading ends in a link to itself, which is hidden.
    expect(headings(page)).to_have_text(re.compile(rf"^{re.escape(heading)}¶?$"))


def go_on(page: Page) -> None:
    """Go on to the next screen."""
    page.get_by_role("button", name="Next screen").click()


def go_on_to(page: Page, heading: str) -> None:
    """Go on until this step is visible."""
    for _ in range(9):
        if heading in (page.locator("#present-place").text_content() or ""):
            return
        go_on(page)
    pytest.fail(f"no screen shows {heading!r}")


def hover(page: Page, mark: Locator, label: Locator) -> FloatRect:
    """Point at a mark until its label appears; return where the mark is.

    Parts above it that are still being drawn can move it away from the mouse.
    """
    for _ in range(20):
        mark.scroll_into_view_if_needed()
        box = box_of(mark)
        page.mouse.move(0, 0)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        try:
            label.wait_for(timeout=3000)
        except NotSeenError:
            continue
        return box
    pytest.fail("the mark has no label")


def test_one_step_is_visible_at_a_time_and_keys_move_on(present: Callable[..., Page]) -> None:
    page = present()
    expect_step(page, "What triggers a twitch?")
    expect(page.locator("#present-place")).to_contain_text(f"1 of {len(STEPS) + 1}")
    page.keyboard.press("PageDown")
    expect(page.locator(".tw-body:visible")).to_have_count(1)
    go_on_to(page, STEPS[0])
    expect_step(page, STEPS[0])
    expect(page.locator(".tw-predicted:visible")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect_step(page, STEPS[1])
    page.keyboard.press("PageUp")
    expect_step(page, STEPS[0])
    page.keyboard.press("PageUp")
    expect(page.get_by_role("button", name="Warm up:")).to_be_visible()


def test_the_address_names_the_step_and_opens_at_it(present: Callable[..., Page]) -> None:
    page = present("preset=exam-week&present#Try:-your-habits")
    expect_step(page, "Try: your habits")
    go_on(page)
    expect(page.get_by_role("slider", name="Caffeine").first).to_have_value("520")
    go_on_to(page, STEPS[2])
    page.wait_for_url(f"**#{instructor.anchor(STEPS[2])}")
    assert "present" in page.url
    assert "preset=exam-week" in page.url


def test_the_address_names_the_screen_so_a_reload_comes_back_to_it(
    present: Callable[..., Page],
) -> None:
    page = present("present#Try:-how-long-does-a-cup-stay?")
    place = page.locator("#present-place")
    expect(place).to_contain_text("(1/")
    go_on(page)
    go_on(page)
    page.wait_for_url("**present=3#Try:-how-long*")
    page.reload()
    expect(page.locator(".tw-observed .tw-dashboard:visible")).to_have_count(1)
    expect(place).to_contain_text("(3/")
    page.keyboard.press("Escape")
    page.wait_for_function("!location.href.includes('present')")


@pytest.mark.parametrize("screen", ["99", "-3", "x", "1e9"])
def test_a_screen_that_does_not_exist_opens_one_that_does(
    present: Callable[..., Page], screen: str
) -> None:
    page = present(f"present={screen}#Try:-your-habits")
    expect(page.locator("#present-place")).to_contain_text("Try: your habits")
    expect(page.locator("#lesson .step :is(.prose, .output):visible")).not_to_have_count(0)


def test_a_case_is_in_view_while_a_class_votes_on_it(lesson: Callable[..., Page]) -> None:
    page = lesson("04_when_to_see_a_doctor", "present#Predict")
    expect(page.locator(".tw-predicted:visible")).to_have_count(1)
    expect(page.get_by_text("tripping over his own foot")).to_be_visible()
    page = lesson("07_emg_lab", "present=2#Predict")  # screen 1 is what comes before the case
    expect(page.locator(".tw-predicted:visible")).to_have_count(1)
    expect(page.get_by_text("Two muscles are weak")).to_be_visible()
    expect(page.get_by_text("asks you to pull gently")).to_be_hidden()


@pytest.mark.parametrize("step", ["No-such-step", "100%", ""])
def test_an_address_that_names_no_step_opens_at_the_beginning(
    present: Callable[..., Page], step: str
) -> None:
    expect_step(present(f"present#{step}"), "What triggers a twitch?")


def test_question_vote_dashboard_and_what_to_see_have_separate_screens(
    present: Callable[..., Page],
) -> None:
    page = present("present#Try:-how-long-does-a-cup-stay?")
    expect_step(page, "Try: how long does a cup stay?")
    parts = [".tw-predicted", ".tw-observed .tw-dashboard", "details.observe"]
    for number in range(4):
        for place, part in enumerate(parts, start=1):
            expect(page.locator(f"{part}:visible")).to_have_count(int(place == number))
        go_on(page)
    page.keyboard.press("PageUp")
    expect(page.locator("details.observe:visible")).to_have_count(1)


def test_a_long_screen_is_scrolled_before_the_next(present: Callable[..., Page]) -> None:
    page = present("present#Check-yourself")
    place = page.locator("#present-place")
    expect(place).to_contain_text("Check yourself")
    before = place.text_content()
    page.evaluate("document.getElementById('lesson').style.minHeight = '3000px'")
    page.keyboard.press("PageDown")
    page.wait_for_function("scrollY > 0")
    assert place.text_content() == before
    page.keyboard.press("PageUp")
    page.wait_for_function("scrollY === 0")
    assert place.text_content() == before


def test_arrows_on_a_slider_move_the_slider(present: Callable[..., Page]) -> None:
    page = present("present#Try:-your-habits")
    go_on(page)
    page.get_by_role("slider", name="Caffeine").first.press("ArrowRight")
    expect(page.locator("#present-place")).to_contain_text("Try: your habits (2/")


def test_everything_is_larger_and_the_mouse_still_finds_a_point(
    present: Callable[..., Page],
) -> None:
    page = present("present#Try:-how-long-does-a-cup-stay?", covered=False)
    go_on(page)
    go_on(page)
    plot = page.locator(".js-plotly-plot").last
    plot.locator(".main-svg").first.wait_for()
    plain = present("", covered=False)
    small = plain.locator(".js-plotly-plot").last
    small.locator(".main-svg").first.wait_for()
    sizes = [where.locator(".xtitle").bounding_box() or {"height": 0.0} for where in (plot, small)]
    assert sizes[0]["height"] == pytest.approx(1.5 * sizes[1]["height"], rel=0.1)
    # The label of the dot at bedtime has to appear beside it.
    dot = plot.locator(".scatterlayer path.point").last
    label = plot.locator(".hovertext").first
    box = hover(page, dot, label)
    tooltip = box_of(label)
    middle = tooltip["y"] + tooltip["height"] / 2
    assert abs(middle - (box["y"] + box["height"] / 2)) < 40


def test_escape_leads_back_to_the_whole_lesson(present: Callable[..., Page]) -> None:
    page = present()
    page.keyboard.press("Escape")
    expect(headings(page)).to_have_count(len(STEPS) + 1)
    expect(page.get_by_role("navigation", name="Course")).to_be_visible()
    assert "present" not in page.url
    page.get_by_role("button", name="Present this lesson").click()
    expect(headings(page)).to_have_count(1)


def test_on_a_phone_every_button_of_the_page_and_of_presenting_is_in_view(
    present: Callable[..., Page],
) -> None:
    page = present("", width=390)
    contents = page.locator(".contents")
    contents.locator("summary").click()
    for link in contents.get_by_role("link").all():
        expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    larger = page.get_by_role("button", name="Larger text")
    larger.click()
    expect(larger).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Present this lesson").click()
    for button in page.locator("#present-bar").get_by_role("button").all():
        expect(button).to_be_in_viewport(ratio=1)


def test_the_notes_are_in_a_separate_window_and_follow(present: Callable[..., Page]) -> None:
    page = present()
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator("#notes-where")).to_contain_text("step 1")
    go_on_to(page, STEPS[0])
    first = next(row for row in guide.rows("teaching").values() if row["step"] == STEPS[0])
    here = notes.locator("[aria-current=step]")
    expect(here).to_contain_text(first["misconception"])
    notes.get_by_role("button", name="Next step").click()
    expect_step(page, STEPS[1])
    # No note is on the page that the class sees.
    assert first["misconception"] not in page.content()


def test_the_clock_runs_and_stops(present: Callable[..., Page]) -> None:
    page = present()
    clock = page.locator("#present-clock")
    expect(clock).not_to_have_text("0:00")
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Start the clock")).to_be_visible()


@pytest.mark.parametrize(
    "note",
    # The first of each lesson; tests/notebooks/test_links.py tries all.
    {
        row["lesson"]: row for row in reversed([*guide.rows("teaching").values()]) if row["link"]
    }.values(),
    ids=lambda row: row["id"],
)
def test_the_starting_state_of_a_note_is_understood(
    lesson: Callable[..., Page], note: guide.Row
) -> None:
    page = lesson(note["lesson"], f"{note['link']}&present", covered=True)
    expect(page.locator("#present-bar")).to_be_visible()
    expect(page.locator(".tw-problem:not(:empty)")).to_have_count(0)
    # The lesson writes back what it applied, perhaps the values of a preset instead of its name.
    kept = [name for name, _ in parse_qsl(urlsplit(page.url).query) if name != "present"]
    assert kept
