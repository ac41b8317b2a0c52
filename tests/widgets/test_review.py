"""Questions that come back: open when due, quiet otherwise, and settled once a reader begins."""

from datetime import date

import ipywidgets
import pytest

from tests.widgets.parts import send
from twitchlib import quiz
from twitchlib.errors import UnknownNameError
from twitchlib.quiz import Progress, Question
from twitchlib.widgets.progress import ANSWERS
from twitchlib.widgets.quiz import Sheet
from twitchlib.widgets.review import Recalled, Review

TODAY = date(2026, 11, 30)
EARLIER = quiz.lessons()["01_nervous_system"]
CHOICES = [question for question in EARLIER if question.kind == "choice"]


def wrong_id(question: Question) -> str:
    return next(option.id for option in question.options if not option.right)


MISSED = Progress().after(CHOICES[0], wrong_id(CHOICES[0]), TODAY)
MORE = MISSED.after(CHOICES[1], wrong_id(CHOICES[1]), TODAY)


@pytest.fixture
def review() -> Review:
    return Review("02_twitch_types", today=lambda: TODAY)


def panel(review: Review) -> Recalled | None:
    """Return the panel that asks, if it is open."""
    sheets = [child for child in review.children if isinstance(child, Sheet)]
    if not sheets:
        return None
    assert isinstance(sheets[0].questions, Recalled)
    return sheets[0].questions


def opened(review: Review) -> Recalled:
    found = panel(review)
    assert found is not None
    return found


def waiting(review: Review) -> ipywidgets.Button:
    ((button,),) = (child.children for child in review.children)
    return button


def test_before_anything_was_answered_it_is_one_line_with_a_button(review: Review) -> None:
    assert panel(review) is None
    button = waiting(review)
    assert button.description == "Warm up: 3 questions from before"
    button.click()
    assert len(opened(review)._spec["asked"]) == 3
    assert review.begun


def test_with_a_question_due_it_is_open_and_asks_that_first(review: Review) -> None:
    ANSWERS.progress = MISSED  # as it comes from the browser, once the page is there
    first = opened(review)._spec["asked"][0]
    assert first["id"] == CHOICES[0].id
    assert first["note"] == "Question 1 of 3, from lesson 01"
    ANSWERS.progress = Progress()
    assert panel(review) is None


def test_the_choice_follows_the_progress_until_the_reader_begins(
    review: Review,
) -> None:
    ANSWERS.progress = MISSED
    ANSWERS.progress = MORE
    asking = opened(review)
    assert {entry["id"] for entry in asking._spec["asked"]} >= {CHOICES[0].id, CHOICES[1].id}
    asked = review.asked
    send(asking, {"at": 1})
    ANSWERS.progress = Progress()
    assert review.asked == asked
    assert opened(review) is asking


def test_a_question_answered_before_is_asked_again_and_moves_to_another_box(review: Review) -> None:
    ANSWERS.progress = Progress().after(CHOICES[0], CHOICES[0].key, date(2026, 11, 1))
    asking = opened(review)
    assert asking._shown["results"] == {}
    shown = send(asking, {"answers": {CHOICES[0].id: CHOICES[0].key}})
    assert shown["results"][CHOICES[0].id]["said"] == [CHOICES[0].explanation]
    kept = ANSWERS.progress.attempts[CHOICES[0].id]
    assert (kept.box, kept.day) == (3, TODAY.isoformat())
    assert opened(review) is asking  # although it is not due any more


def test_the_first_answer_counts_and_another_may_follow(review: Review) -> None:
    ANSWERS.progress = MISSED
    asking = opened(review)
    for answer in (wrong_id(CHOICES[0]), CHOICES[0].key):
        result = send(asking, {"answers": {CHOICES[0].id: answer}})["results"][CHOICES[0].id]
    assert result["right"] is True
    kept = ANSWERS.progress.attempts[CHOICES[0].id]
    assert (kept.box, kept.tries, kept.right) == (1, 2, False)


def test_at_the_end_it_says_how_it_went(review: Review) -> None:
    ANSWERS.progress = MISSED
    asking = opened(review)
    for question in review.asked:
        send(asking, {"answers": {question.id: question.key}})
    said = review.children[-1].html
    assert "3 of 3 right first time." in said
    assert "after 1, 3, 7 or 14 days" in said
    assert "chosen for this course" in said


def test_the_page_learns_nothing_about_unanswered_questions(review: Review) -> None:
    ANSWERS.progress = MORE
    asking = opened(review)
    sent = str(asking._spec) + str(asking._shown)
    for question in review.asked:
        assert question.explanation not in sent
        assert all(o.feedback not in sent for o in question.options if o.feedback)


def test_in_the_first_lesson_there_is_nothing_to_recall() -> None:
    assert Review("01_nervous_system", today=lambda: TODAY).asked == ()
    with pytest.raises(UnknownNameError, match="cake"):
        Review("cake")
