"""Questions from earlier lessons come back, by the progress that the browser has stored."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from twitchlib import quiz
from twitchlib.quiz import Progress

pytestmark = pytest.mark.browser

LESSON = "03_triggers"
MISSED = next(q for q in quiz.lessons()["01_nervous_system"] if q.kind == "choice")
WRONG = next(option for option in MISSED.options if not option.right)
RIGHT = next(option for option in MISSED.options if option.right)


def reload_with(page: Page, progress: Progress) -> None:
    """Reload the page with this progress in the tab's storage."""
    page.evaluate("text => sessionStorage.setItem('twitchlib-progress', text)", progress.to_json())
    page.reload()


def test_the_review_is_a_button_until_something_was_answered(lesson: Callable[[str], Page]) -> None:
    page = lesson(LESSON)
    start = page.get_by_role("button", name="Warm up: 3 questions from before")
    start.press("Enter")
    expect(page.get_by_text("Question 1 of 3, from lesson 02")).to_be_visible()
    expect(start).to_have_count(0)


def test_a_question_answered_wrongly_comes_back_and_moves_on_when_right(
    lesson: Callable[[str], Page],
) -> None:
    page = lesson(LESSON)
    reload_with(page, Progress().after(MISSED, WRONG.id, date(2026, 11, 1)))
    review = page.locator(".tw-review")
    expect(review.get_by_role("group", name=MISSED.prompt)).to_be_visible()
    expect(review.get_by_role("radio", name=WRONG.text)).not_to_be_checked()
    review.get_by_role("radio", name=RIGHT.text).check()
    review.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(review.get_by_role("status").filter(has_text=MISSED.explanation)).to_be_visible()
    stored = page.wait_for_function(
        """id => {
          const kept = JSON.parse(sessionStorage.getItem("twitchlib-progress"))?.answers[id];
          return kept?.box > 1 && kept;
        }""",
        arg=MISSED.id,
    ).json_value()
    assert (stored["right"], stored["box"]) == (True, 2)
    expect(review.get_by_role("group", name=MISSED.prompt)).to_be_visible()


def test_in_front_of_a_class_the_review_has_a_separate_screen(lesson: Callable[..., Page]) -> None:
    page = lesson(LESSON, "present=4")  # after the question, the drawing and the answer
    expect(page.get_by_role("button", name="Warm up:")).to_be_visible()
    expect(page.locator("#lesson .output:visible")).to_have_count(1)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("button", name="Warm up:")).to_be_hidden()
