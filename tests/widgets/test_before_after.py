"""The tests before and after: a coin, two sittings without feedback, then the gain."""

from collections import Counter

import pytest

from tests.quiz.test_gains import student, wrong
from tests.widgets.parts import send
from twitchlib import quiz
from twitchlib.quiz import Progress
from twitchlib.widgets.before_after import BeforeAndAfter, Sitting
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.progress import ANSWERS
from twitchlib.widgets.quiz import Questions, Sheet


@pytest.fixture
def test() -> BeforeAndAfter:
    return BeforeAndAfter()


def panel(test: BeforeAndAfter) -> Questions:
    (sheet,) = (child for child in test.children if isinstance(child, Sheet))
    return sheet.questions


def sit(test: BeforeAndAfter, right: int) -> None:
    """Answer the form on display, with the first `right` answers right."""
    asking = panel(test)
    asked = list(asking._asked.values())
    for place, question in enumerate(asked):
        answer = question.key if place < right else wrong(question)
        send(asking, {"answers": {question.id: answer}})


def test_nothing_is_tossed_before_a_student_begins(test: BeforeAndAfter) -> None:
    assert test.stage == "start"
    assert ANSWERS.progress == Progress()


def test_a_coin_decides_once_and_for_all(test: BeforeAndAfter) -> None:
    tosses: Counter[str] = Counter()
    for _ in range(60):
        ANSWERS.progress = Progress()
        test.begin()
        test.begin()
        assert ANSWERS.progress.first_form is not None
        tosses[ANSWERS.progress.first_form.form] += 1
    assert all(tosses[form] > 10 for form in "AB")


def test_both_halves_and_then_the_gain(test: BeforeAndAfter) -> None:
    test.begin()
    assert test.stage == "before"
    sit(test, 5)
    assert test.stage == "between"
    test.go_on()
    assert test.stage == "after"
    sit(test, 9)
    assert test.stage == "done"
    assert "Gain: +4 of 12." in test.children[0].html
    assert "57%" in test.children[0].html
    first = ANSWERS.progress.first_form
    assert first is not None
    assert (
        "Nobody has measured yet whether the two forms are equally hard." in test.children[0].html
    )
    assert f"The coin gave you form {first.form} first." in test.children[0].html
    assert isinstance(test.children[1], FigureView)
    assert len(panel(test)._shown["results"]) == 24
    assert all(result["said"] for result in panel(test)._shown["results"].values())


def test_an_answer_gets_no_feedback_until_the_end(test: BeforeAndAfter) -> None:
    test.begin()
    asking = panel(test)
    assert isinstance(asking, Sitting)
    question = next(iter(asking._asked.values()))
    shown = send(asking, {"answers": {question.id: wrong(question)}})
    result = shown["results"][question.id]
    assert (result["right"], result["word"], result["sources"]) == (None, "", ())
    sent = str(asking._spec) + str(asking._shown)
    assert question.explanation not in sent
    assert all(o.feedback not in sent for o in question.options if o.feedback)
    send(asking, {"answers": {question.id: question.key}})
    assert not ANSWERS.progress.attempts[question.id].right  # the first answer stands


def test_it_goes_on_from_the_progress_in_the_browser(test: BeforeAndAfter) -> None:
    ANSWERS.progress = student(3, 7, "B")
    assert test.stage == "done"
    half = {q.id: ANSWERS.progress.attempts[q.id] for q in quiz.forms()["B"]}
    ANSWERS.progress = Progress(half, first_form=ANSWERS.progress.first_form)
    assert test.stage == "between"
    ANSWERS.progress = Progress()
    assert test.stage == "start"


def test_a_student_who_knew_everything_had_nothing_to_gain(test: BeforeAndAfter) -> None:
    ANSWERS.progress = student(12, 12)
    assert "nothing to gain" in test.children[0].html
