"""A prediction on the page: made once, before its answer can be seen."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from twitchlib import quiz

pytestmark = pytest.mark.browser

LESSON = "01_nervous_system"
AXON = quiz.predictions()["axon"]
FUSION = quiz.predictions()["fusion"]
WRONG = next(option for option in AXON.options if not option.right)
Open = Callable[..., Page]


@pytest.fixture
def covered(lesson: Open) -> Open:
    """Open the lesson with everything covered, as a student finds it."""
    return lambda query="", **how: lesson(LESSON, query, covered=True, **how)


def question(page: Page, prediction: quiz.Prediction = AXON) -> Locator:
    return page.locator(".tw-predicted").filter(has_text=prediction.prompt)


def answer(page: Page, prediction: quiz.Prediction = AXON) -> Locator:
    """Return the answer to a prediction: the first that follows it on the page."""
    return question(page, prediction).locator(
        "xpath=following::*[contains(@class,'tw-observed')][1]"
    )


def predict(page: Page, prediction: quiz.Prediction, words: str) -> None:
    place = question(page, prediction)
    if prediction.kind == "number":
        place.get_by_role("textbox").fill(words)
    else:
        place.get_by_label(words).check()
    place.get_by_role("button", name="I predict this").click()


def stored(page: Page) -> dict[str, dict[str, object]]:
    text = page.evaluate("sessionStorage.getItem('twitchlib-progress')")
    found: dict[str, dict[str, object]] = json.loads(text or '{"predictions": {}}')["predictions"]
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_the_answer_is_covered_until_predicted_and_then_compared(covered: Open, width: int) -> None:
    page = covered(width=width, touch=width < 500)
    expect(answer(page)).to_contain_text("Predict first")
    expect(answer(page).get_by_role("slider")).to_have_count(0)
    predict(page, AXON, WRONG.text)
    expect(answer(page)).to_contain_text(f"You predicted: {WRONG.text}. What do you see?")
    expect(answer(page).get_by_role("slider").first).to_be_visible()
    expect(question(page).get_by_role("radio")).to_have_count(0)
    expect(answer(page)).not_to_contain_text(AXON.explanation)
    answer(page).get_by_role("button", name="Compare with what happens").click()
    expect(answer(page)).to_contain_text(AXON.explanation)
    expect(answer(page)).to_contain_text(WRONG.feedback)
    expect(page.locator(".tw-expected")).to_contain_text(AXON.explanation)


def test_the_keyboard_is_enough(covered: Open) -> None:
    page = covered()
    question(page).get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text(f"You predicted: {AXON.options[1].text}")
    # The focus stays on the question, so the next Tab leads to the answer.
    expect(question(page).locator("legend")).to_be_focused()
    page.keyboard.press("Tab")
    expect(answer(page).get_by_role("button", name="Compare with what happens")).to_be_focused()
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text(AXON.explanation)


def test_a_number_is_checked_where_it_is_typed(covered: Open) -> None:
    page = covered()
    predict(page, FUSION, "many")
    expect(question(page, FUSION).get_by_role("alert")).to_contain_text("many")
    expect(answer(page, FUSION)).to_contain_text("Predict first")
    predict(page, FUSION, "100")
    expect(answer(page, FUSION)).to_contain_text("You predicted: 100 pulses a second.")
    expect(question(page, FUSION).get_by_role("textbox")).not_to_be_editable()


def test_the_answer_can_be_seen_without_a_prediction_and_nothing_is_kept(covered: Open) -> None:
    page = covered()
    answer(page).get_by_role("button", name="Show me anyway").click()
    expect(answer(page).get_by_role("slider").first).to_be_visible()
    answer(page).get_by_role("button", name="Compare with what happens").click()
    expect(answer(page)).to_contain_text(AXON.explanation)
    assert stored(page) == {}


def test_the_first_prediction_is_kept_and_restored(covered: Open) -> None:
    page = covered()
    predict(page, AXON, WRONG.text)
    page.wait_for_function("(sessionStorage.getItem('twitchlib-progress') ?? '').includes('axon')")
    assert stored(page)["axon"]["answer"] == WRONG.id
    page.reload()
    expect(answer(page)).to_contain_text(f"You predicted: {WRONG.text}.")
    expect(answer(page).get_by_role("slider").first).to_be_visible()
    expect(question(page).get_by_role("button", name="I predict this")).to_be_hidden()


def test_a_link_for_teachers_opens_before_the_answer(covered: Open) -> None:
    page = covered("preset=low-potassium&present#The-axon's-surroundings:-three-salts")
    salts = quiz.predictions()["salts"]
    expect(page.get_by_text(salts.explanation)).to_have_count(0)
    forward = page.get_by_role("button", name="Next screen")
    expect(question(page, salts)).to_be_hidden()  # the introduction comes first
    forward.click()
    expect(question(page, salts)).to_be_visible()
    expect(answer(page, salts)).to_be_hidden()
    expect(page.locator("details:visible")).to_have_count(0)
    expect(answer(page, salts)).to_contain_text("Predict first")
    forward.click()  # the class has voted by show of hands
    expect(question(page, salts)).to_be_hidden()
    expect(answer(page, salts).get_by_role("slider", name="Potassium")).not_to_have_value("4")
    forward.click()
    expect(page.locator("details.observe:visible")).to_have_count(1)
    expect(page.locator("details:not(.observe):visible", has_text="Explain")).to_have_count(0)
    forward.click()
    expect(page.locator("details.observe:visible")).to_have_count(0)
    expect(page.locator("summary:visible").first).to_contain_text("Explain")
