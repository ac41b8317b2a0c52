"""Questions: the feedback on an answer stays in Python until the answer is given."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.parts import send
from twitchlib.errors import NotAllowedError
from twitchlib.widgets.question import Choice, Choices, Option, Position, Question

DRINKS = {"tea": "Black tea", "cola": "Cola"}
OPTIONS = [Option("Yes", "No: it falls silent."), Option("No", "It only pulls.", True)]


# ---------------------------------------------------------------- one after another


@pytest.fixture
def question() -> Question:
    return asked()


def asked() -> Question:
    made = Question()
    made.ask("What is it?", DRINKS, then="Next")
    return made


def present(question: Question) -> dict[str, Any]:
    """Return the question that the page shows."""
    (one,) = question._spec["asked"]
    shown: dict[str, Any] = one
    return shown


def answer(question: Question, raw: object) -> dict[str, Any]:
    """Answer the current question; return the reply."""
    id_ = present(question)["id"]
    results: dict[str, dict[str, Any]] = send(question, {"answers": {id_: raw}})["results"]
    return results.get(id_, {})


def test_a_question_is_asked(question: Question) -> None:
    assert present(question)["prompt"] == ["What is it?"]
    assert [option["label"] for option in present(question)["options"]] == ["Black tea", "Cola"]
    assert question._shown["results"] == {}


def test_an_answer_is_reported_and_explained_and_counts_once(question: Question) -> None:
    calls: list[Position] = []
    question.on_change(calls.append)
    question.on_change(lambda _position: question.explain("cola", ["It fizzes."]))
    said = answer(question, "tea")
    assert (said["answer"], said["key"], said["said"]) == ("tea", "cola", ["It fizzes."])
    answer(question, "cola")
    assert calls == [Position(0, "tea")]


def test_going_on_asks_the_next(question: Question) -> None:
    def on_change(position: Position) -> None:
        if not position.answer:
            question.ask("And this?", {"milk": "Milk"}, then="End")

    question.on_change(on_change)
    send(question, {"at": 1})
    assert question.value.number == 0  # not before there is an answer
    answer(question, "tea")
    assert send(question, {"at": 1})["results"] == {}
    assert question.value == Position(1)
    assert (present(question)["prompt"], present(question)["next"]) == (["And this?"], "End")
    send(question, {"at": 1})
    assert question.value.number == 1  # a second click on the same button


def test_a_question_travels_together_with_its_state(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(question, "tea")
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(question, "_send", lambda message, buffers=None: messages.append(message))
    question.ask("And this?", {"milk": "Milk"}, then="End")
    (message,) = messages
    assert message["state"].keys() == {"_spec", "_shown"}


@pytest.mark.parametrize(("id_", "raw"), [("1", "milk"), ("3", "tea"), ("", "tea"), ("1", ["tea"])])
def test_answers_to_another_question_do_not_count(
    question: Question, id_: str, raw: object
) -> None:
    assert present(question)["id"] == "1"
    send(question, {"answers": {id_: raw}})
    assert question.value == Position()


WEIRD = st.one_of(st.none(), st.text(max_size=9), st.integers(), st.sampled_from(["tea", "cola"]))
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "answers": WEIRD | st.dictionaries(st.sampled_from(["0", "1", "2"]), WEIRD),
        "at": WEIRD | st.just(1),
        "cake": WEIRD,
    },
)


@given(st.lists(EDITS, max_size=9))
def test_whatever_is_sent_the_position_stays_valid(edits: list[dict[str, object]]) -> None:
    question = asked()
    for edit in edits:
        send(question, edit)
        assert question.value.answer in {"", *DRINKS}
        assert question.value.number >= 0


# ---------------------------------------------------------------- with second thoughts


NERVES = Choice("Do nerves say relax?\n\nThink first.", OPTIONS, "Nerves")


@pytest.fixture
def choices() -> Choices:
    return Choices(NERVES, Choice("And muscles?", OPTIONS))


def chosen(choices: Choices, question: str, raw: object) -> dict[str, Any]:
    """Choose as the browser does; return the reply."""
    results: dict[str, dict[str, Any]] = send(choices, {"answers": {question: raw}})["results"]
    return results.get(question, {})


def test_nothing_is_given_away_before_a_choice(choices: Choices) -> None:
    travelled = str(choices.get_state())
    assert not any(option.feedback in travelled for option in OPTIONS)
    assert choices.value == (None, None)
    assert choices.right == 0


def test_each_choice_gets_its_own_feedback(choices: Choices) -> None:
    calls: list[tuple[int | None, ...]] = []
    choices.on_change(calls.append)
    wrong = chosen(choices, "0", "0")
    assert (wrong["said"], wrong["right"]) == ([OPTIONS[0].feedback], False)
    right = chosen(choices, "0", "1")
    assert (right["said"], right["right"]) == ([OPTIONS[1].feedback], True)
    assert choices.right == 1
    assert calls == [(0, None), (1, None)]
    choices.choose(0, None)
    assert choices._shown["results"] == {}


def test_several_questions_are_asked_one_at_a_time(choices: Choices) -> None:
    assert choices._spec["manner"]["steps"]
    send(choices, {"at": 1})
    assert choices._shown["at"] == 1
    assert not Choices(NERVES)._spec["manner"]["steps"]


RAW = st.none() | st.booleans() | st.integers() | st.text() | st.floats() | st.sampled_from("01")


@given(st.sampled_from(["", "0", "1", "2"]), RAW)
def test_whatever_is_sent_is_an_option_or_changes_nothing(question: str, raw: object) -> None:
    choices = Choices(NERVES, NERVES)
    chosen(choices, question, raw)
    wanted: list[int | None] = [None, None]
    if question in ("0", "1"):
        wanted[int(question)] = {"0": 0, "1": 1}.get(raw if isinstance(raw, str) else "")
    assert choices.value == tuple(wanted)


def test_impossible_questions_are_refused(choices: Choices) -> None:
    with pytest.raises(ValueError, match="a right one"):
        Choice("?", [Option("a", ""), Option("b", "")])
    with pytest.raises(ValueError, match="two options"):
        Choice("?", [Option("a", "", True)])
    with pytest.raises(NotAllowedError, match="place = 2"):
        choices.choose(0, 2)
    with pytest.raises(NotAllowedError, match="question = 2"):
        choices.choose(2, 0)
