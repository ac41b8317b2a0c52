"""One question at a time: an answer counts once, and whatever comes the state stays whole."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.widgets.question import Question, Turn

OPTIONS = {"tea": "Black tea", "cola": "Cola"}


@pytest.fixture
def question() -> Question:
    return asked()


def asked() -> Question:
    made = Question()
    made.ask("What is it?", OPTIONS, then="Next")
    return made


def sent(question: Question, edit: object) -> dict[str, Any]:
    question._receive(question, {"turn": "t1", "edit": edit}, [])
    assert question._shown["answers"] == "t1"
    shown: dict[str, Any] = question._shown
    return shown


def test_it_asks(question: Question) -> None:
    assert question._shown["legend"] == "What is it?"
    assert [option["label"] for option in question._shown["options"]] == ["Black tea", "Cola"]
    assert question._shown["answer"] == ""


def test_an_answer_is_told_and_explained_and_counts_once(question: Question) -> None:
    told: list[Turn] = []
    question.on_change(told.append)
    question.on_change(lambda _turn: question.explain("cola", ["It fizzes."]))
    shown = sent(question, {"answer": "tea", "number": 0})
    assert (shown["answer"], shown["right"], shown["lines"]) == ("tea", "cola", ["It fizzes."])
    sent(question, {"answer": "cola", "number": 0})
    assert told == [Turn(0, "tea")]


def test_going_on_asks_the_next(question: Question) -> None:
    def on_change(turn: Turn) -> None:
        if not turn.answer:
            question.ask("And this?", {"milk": "Milk"}, then="End")

    question.on_change(on_change)
    assert sent(question, {"go_on": 0})["number"] == 0  # not before there is an answer
    sent(question, {"answer": "tea", "number": 0})
    shown = sent(question, {"go_on": 0})
    assert (shown["number"], shown["legend"], shown["answer"]) == (1, "And this?", "")
    assert shown["lines"] == []
    assert sent(question, {"go_on": 0})["number"] == 1  # a second click on the same button


@pytest.mark.parametrize(
    "edit", [{"answer": "milk", "number": 0}, {"answer": "tea", "number": 3}, {"answer": "tea"}]
)
def test_answers_to_another_question_do_not_count(question: Question, edit: object) -> None:
    sent(question, edit)
    assert question.value == Turn()


WEIRD = st.one_of(st.none(), st.text(max_size=9), st.integers(), st.sampled_from(["tea", "cola"]))


@given(st.lists(st.dictionaries(st.sampled_from(["answer", "go_on", "number"]), WEIRD), max_size=9))
def test_whatever_comes_the_turn_stays_whole(edits: list[dict[str, object]]) -> None:
    question = asked()
    for edit in edits:
        sent(question, edit)
        assert question.value.answer in {"", *OPTIONS}
        assert question.value.number >= 0
