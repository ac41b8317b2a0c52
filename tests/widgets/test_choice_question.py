"""A question: what is said of an answer stays in Python until the answer is chosen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.widgets.choice_question import ChoiceQuestion, Option

OPTIONS = [Option("Yes", "No: it falls silent."), Option("No", "It only pulls.", True)]


@pytest.fixture
def question() -> ChoiceQuestion:
    return ChoiceQuestion("Do nerves say relax?\n\nThink first.", OPTIONS, "Nerves")


def chosen(question: ChoiceQuestion, edit: object) -> dict[str, Any]:
    """Send a choice as the browser does; return what answers it."""
    question._receive(question, {"turn": "t1", "edit": edit}, [])
    shown: dict[str, Any] = question._shown
    assert shown["answers"] == "t1"
    return shown


def test_nothing_is_given_away_before_a_choice(question: ChoiceQuestion) -> None:
    travelled = str(question.get_state())
    assert not any(option.feedback in travelled for option in OPTIONS)
    assert question.value is None
    assert not question.is_right


def test_each_choice_gets_its_own_word(question: ChoiceQuestion) -> None:
    told: list[int | None] = []
    question.on_change(told.append)
    wrong = chosen(question, {"chosen": 0})
    assert (wrong["feedback"], wrong["right"]) == (OPTIONS[0].feedback, False)
    right = chosen(question, {"chosen": 1})
    assert (right["feedback"], right["right"]) == (OPTIONS[1].feedback, True)
    assert question.is_right
    assert told == [0, 1]
    question.choose(None)
    assert question._shown["chosen"] is None


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.floats()))
def test_whatever_comes_is_an_option_or_changes_nothing(raw: object) -> None:
    question = ChoiceQuestion("?", OPTIONS)
    chosen(question, {"chosen": raw})
    valid = isinstance(raw, int) and not isinstance(raw, bool) and raw in (0, 1)
    assert question.value == (raw if valid else None)


def test_questions_that_cannot_be_are_refused(question: ChoiceQuestion) -> None:
    with pytest.raises(ValueError, match="a right one"):
        ChoiceQuestion("?", [Option("a", ""), Option("b", "")])
    with pytest.raises(ValueError, match="two options"):
        ChoiceQuestion("?", [Option("a", "", True)])
    with pytest.raises(NotAllowedError, match="place = 2"):
        question.choose(2)
