"""Predictions: asked once, kept, and answered only after the reader has looked."""

import pytest

from tests.widgets import parts
from twitchlib import quiz
from twitchlib.errors import NotAllowedError, UnknownNameError
from twitchlib.quiz import Progress
from twitchlib.widgets import expectations, observe, predict
from twitchlib.widgets.predicting import Observed, Predicted
from twitchlib.widgets.progress import ANSWERS
from twitchlib.widgets.prose import Prose

LESSON = "01_nervous_system"
CHOICE = quiz.predictions()["axon"]
NUMBER = quiz.predictions()["fusion"]
UNSEEN = quiz.predictions()["let-go"]
EVERY = list(quiz.predictions().values())


def wrong(prediction: quiz.Prediction) -> str:
    return next(option.id for option in prediction.options if not option.right)


def send(asked: Predicted, answer: object) -> None:
    parts.send(asked, {"answers": {asked.prediction.id: answer}})


def result(asked: Predicted) -> dict[str, object]:
    found: dict[str, object] = asked._shown["results"].get(asked.prediction.id, {})
    return found


def said(seen: Observed) -> str:
    (note, *_) = seen.children
    html: str = note.children[0].html
    return html


def test_it_is_covered_until_the_prediction_is_made() -> None:
    asked, seen = predict(CHOICE.id), observe(CHOICE.id, Prose("a spike"))
    assert not seen.shown
    assert seen.seen not in seen.children
    assert "Predict first" in said(seen)
    send(asked, wrong(CHOICE))
    assert seen.shown
    assert seen.children[-1] is seen.seen


def test_a_prediction_is_not_judged_before_the_reader_has_looked() -> None:
    asked, seen = predict(CHOICE.id), observe(CHOICE.id, Prose())
    send(asked, wrong(CHOICE))
    mistake = quiz.grade(CHOICE, wrong(CHOICE)).said
    hidden = mistake, CHOICE.explanation
    assert result(asked)["right"] is None
    assert not any(text in str(asked._shown) + said(seen) for text in hidden)
    seen.go_on()
    assert seen.compared
    assert all(text in said(seen) for text in hidden)
    assert "Not what you expected" in said(seen)


def test_without_anything_to_look_at_it_is_judged_at_once() -> None:
    asked = predict(UNSEEN.id)
    send(asked, UNSEEN.key)
    assert result(asked)["right"] is True
    assert result(asked)["said"] == [UNSEEN.explanation]
    assert result(asked)["sources"]


def test_the_first_answer_stands() -> None:
    asked = predict(CHOICE.id)
    send(asked, wrong(CHOICE))
    send(asked, CHOICE.key)
    assert asked.value == wrong(CHOICE)


@pytest.mark.parametrize("raw", ["", "axon.z", None, 3, ["axon.a"]])
def test_what_is_not_an_answer_is_refused_and_nothing_is_kept(raw: object) -> None:
    asked, seen = predict(CHOICE.id), observe(CHOICE.id, Prose())
    send(asked, raw)
    assert asked._shown["refused"][CHOICE.id]
    assert asked.value is None
    assert not seen.shown


def test_a_number_may_be_typed_as_everywhere_in_the_course() -> None:
    asked = predict(NUMBER.id)
    send(asked, "many")
    assert "many" in asked._shown["refused"][NUMBER.id]
    send(asked, "30,5")
    assert asked.value == 30.5
    assert not asked._shown["refused"]


def test_it_can_be_seen_without_a_prediction() -> None:
    seen = observe(CHOICE.id, Prose())
    seen.go_on()
    assert seen.shown
    assert not seen.compared
    assert not ANSWERS.progress.expected
    seen.go_on()
    assert CHOICE.explanation in said(seen)
    assert "expected" not in said(seen)


def test_a_page_without_a_kernel_gives_the_answer() -> None:
    ANSWERS.given_away = True
    seen = observe(CHOICE.id, Prose())
    assert seen.shown
    assert CHOICE.explanation in said(seen)


def test_a_prediction_from_an_earlier_visit_uncovers_it() -> None:
    seen = observe(CHOICE.id, Prose())
    ANSWERS.progress = Progress().expecting(CHOICE, CHOICE.key)
    assert seen.shown
    ANSWERS.progress = Progress()  # forgotten
    assert not seen.shown


def test_what_is_seen_is_not_drawn_again_when_something_else_is_answered() -> None:
    seen = observe(CHOICE.id, Prose())
    seen.go_on()
    drawn: list[object] = []
    seen.observe(drawn.append, "children")
    ANSWERS.progress = Progress().expecting(UNSEEN, UNSEEN.key)
    assert not drawn


def test_an_answer_to_another_version_does_not_count_as_a_prediction() -> None:
    kept = {CHOICE.id: quiz.Expectation("axon.z", "2026-11-29T08:00:00Z")}
    ANSWERS.progress = Progress(expected=kept)
    assert predict(CHOICE.id).value is None
    assert not observe(CHOICE.id, Prose()).shown


def test_expectations_come_back_with_what_turned_out_to_be_the_case() -> None:
    shown = expectations(LESSON)
    assert CHOICE.prompt not in shown.html
    predict(CHOICE.id).answer(wrong(CHOICE))
    predict(NUMBER.id).answer(29)
    assert f"made: 2 of {sum(one.lesson == LESSON for one in EVERY)}" in shown.html
    assert all(text in shown.html for text in (CHOICE.prompt, CHOICE.explanation))
    assert "29 pulses a second." in shown.html
    assert "Not what you expected" in shown.html


def test_unknown_names_and_answers_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="axn"):
        predict("axn")
    with pytest.raises(UnknownNameError, match="axon"):
        observe("axno", Prose())
    with pytest.raises(UnknownNameError):
        expectations("99_nowhere")
    with pytest.raises(NotAllowedError):
        predict(CHOICE.id).answer("cake")


@pytest.mark.parametrize("prediction", EVERY, ids=lambda one: one.id)
def test_every_answer_to_every_prediction_can_be_given_and_compared(
    prediction: quiz.Prediction,
) -> None:
    answers: list[object] = [option.id for option in prediction.options]
    if prediction.kind == "number":
        answers = [prediction.value, -1e6, 1e6]
    for answer in answers:
        ANSWERS.progress = Progress()
        asked, seen = predict(prediction.id), observe(prediction.id, Prose())
        asked.answer(answer)
        seen.go_on()
        assert prediction.explanation in str(said(seen)).replace("&#39;", "'").replace("&#34;", '"')
