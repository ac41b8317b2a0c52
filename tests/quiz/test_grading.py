"""Grading: every answer is right, a known mistake, or refused with what an answer would be."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import quiz
from twitchlib.errors import NotAllowedError

BANK = list(quiz.questions().values())
FIRST = {
    kind: next(q for q in BANK if q.kind == kind)
    for kind in ("choice", "two-tier", "number", "order", "trace")
}


@pytest.mark.parametrize("question", BANK, ids=lambda question: question.id)
def test_the_key_is_right_and_explained(question: quiz.Question) -> None:
    assert quiz.grade(question, question.key) == quiz.Feedback(
        True, question.explanation, question.claims, question.references
    )


def test_a_wrong_choice_gets_its_own_feedback_and_source() -> None:
    asked = next(q for q in BANK if q.id == "where-twitch-starts")
    brain = next(option for option in asked.options if "brain" in option.text)
    feedback = quiz.grade(asked, brain.id)
    assert not feedback.right
    assert feedback.said == brain.feedback
    assert (feedback.claims, feedback.references) == (("G12",), ())
    mixed = next(option for option in asked.options if "mixed" in option.text)
    assert quiz.grade(asked, mixed.id).claims == asked.claims


def test_a_number_is_right_up_to_its_tolerance() -> None:
    asked = next(q for q in BANK if q.id == "threshold-2ms")
    for number, right in [(3.75, True), (3.95, True), (3.8, True), (3.74, False), (3.96, False)]:
        assert quiz.grade(asked, number).right is right
    assert "a pulse of 1 ms" in quiz.grade(asked, 6.9).said
    assert quiz.grade(next(q for q in BANK if q.id == "followed-121"), 0).right


def test_an_order_gets_feedback_on_the_first_line_out_of_place() -> None:
    asked = next(q for q in BANK if q.id == "how-well-tested")
    assert isinstance(asked.key, tuple)
    best, second, last = asked.key
    feedback = quiz.grade(asked, [best, last, second])
    assert not feedback.right
    assert feedback.said.startswith("“A warm bath” does not belong in place 2. No trial was found.")


TWO_TIERS = [question for question in BANK if question.kind == "two-tier"]


@pytest.mark.parametrize("question", TWO_TIERS, ids=lambda question: question.id)
def test_both_tiers_have_to_be_right_and_the_wrong_one_is_named(question: quiz.Question) -> None:
    for answer in question.tier(1):
        for reason in question.tier(2):
            feedback = quiz.grade(question, [answer.id, reason.id])
            assert feedback.right == (answer.right and reason.right)
            if feedback.right:
                continue
            wrong = [option for option in (answer, reason) if not option.right]
            assert all(option.feedback in feedback.said for option in wrong)
            begins = {
                (True, False): "The answer is right, but not the reason.",
                (False, True): "The reason holds, but it leads to another answer.",
                (False, False): "Neither the answer nor the reason is right.",
            }[answer.right, reason.right]
            assert feedback.said.startswith(begins)
            assert feedback.claims == (wrong[0].claims or question.claims)


@pytest.mark.parametrize(
    ("kind", "answer", "allowed"),
    [
        ("choice", "", "one of the answers"),
        ("choice", None, "one of the answers"),
        ("choice", 1, "one of the answers"),
        ("trace", "clonus", "one of the answers"),
        ("two-tier", "potassium-3-to-5.b", "an answer and a reason"),
        ("two-tier", ["potassium-3-to-5.b"], "an answer and a reason"),
        ("two-tier", ["potassium-3-to-5.b", "potassium-3-to-5.a"], "an answer and a reason"),
        ("two-tier", ["potassium-3-to-5.f", "potassium-3-to-5.b"], "an answer and a reason"),
        ("number", "seven", "a number in µA/cm²"),
        ("number", math.nan, "a number in µA/cm²"),
        ("number", 10**400, "a number in µA/cm²"),
        ("number", True, "a number in µA/cm²"),
        ("order", [], "every line once, in an order"),
        ("order", "signal-path.a", "every line once, in an order"),
        ("order", ["signal-path.a"] * 6, "every line once, in an order"),
    ],
)
def test_what_is_not_an_answer_is_refused_with_what_would_be(
    kind: str, answer: object, allowed: str
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        quiz.grade(FIRST[kind], answer)
    assert refused.value.allowed == allowed
    assert refused.value.field == FIRST[kind].id


WEIRD: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner)),
    max_leaves=5,
)


@given(st.sampled_from(BANK), WEIRD)
def test_any_value_is_graded_or_refused(question: quiz.Question, answer: object) -> None:
    try:
        assert quiz.grade(question, answer).said
    except NotAllowedError as refused:
        assert refused.allowed


@given(st.sampled_from([q for q in BANK if q.kind == "order"]), st.randoms(use_true_random=False))
def test_only_one_order_is_right(question: quiz.Question, random: Any) -> None:
    ids = [option.id for option in question.options]
    random.shuffle(ids)
    assert quiz.grade(question, ids).right == (tuple(ids) == question.key)
