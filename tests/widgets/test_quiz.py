"""The quiz: what the page learns and when, and answers that survive a cell."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.parts import send
from twitchlib import quiz
from twitchlib.errors import UnknownNameError
from twitchlib.quiz import Progress
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.progress import ANSWERS
from twitchlib.widgets.quiz import Questions, Quiz

LESSON = "01_nervous_system"
ASKED = quiz.lessons()[LESSON]
CHOICE = next(question for question in ASKED if question.kind == "choice")
NUMBER = next(question for question in ASKED if question.kind == "number")
ORDER = next(question for question in ASKED if question.kind == "order")
TIERS = next(question for question in ASKED if question.kind == "two-tier")
LAB = quiz.lessons()["07_emg_lab"]
WRONG = next(option for option in CHOICE.options if not option.right)


@pytest.fixture
def panel() -> Questions:
    return Questions(ASKED)


def answered(panel: Questions, question: quiz.Question, answer: object) -> dict[str, Any]:
    results: dict[str, dict[str, Any]] = send(panel, {"answers": {question.id: answer}})["results"]
    return results.get(question.id, {})


@pytest.mark.parametrize("lesson", quiz.lessons())
def test_the_page_learns_nothing_about_unanswered_questions(lesson: str) -> None:
    asked = quiz.lessons()[lesson]
    panel = Questions(asked)
    sent = str(panel._spec) + str(panel._shown)
    for question in asked:
        assert question.explanation not in sent
        assert all(o.feedback not in sent for o in question.options if o.feedback)
    assert {key for entry in panel._spec["asked"] for key in entry} == {
        "id", "kind", "note", "title", "prompt", "unit", "options", "next", "because", "reasons",
        "shows",
    }  # fmt: skip
    numbers = [entry for entry in panel._spec["asked"] if entry["kind"] == "number"]
    assert not any(entry["options"] for entry in numbers)
    options = [option for entry in panel._spec["asked"] for option in entry["options"]]
    assert {key for option in options for key in option} == {"id", "label"}


def test_a_wrong_answer_gets_its_feedback_and_its_sources(panel: Questions) -> None:
    result = answered(panel, CHOICE, WRONG.id)
    assert result["right"] is False
    assert result["said"] == [WRONG.feedback]
    assert result["sources"]
    assert CHOICE.explanation not in str(panel._shown)


def test_sources_are_claims_with_their_verdict_and_papers_with_their_address() -> None:
    asked = next(question for question in ASKED if question.id == "low-potassium")
    sources = answered(Questions(ASKED), asked, asked.key)["sources"]
    assert sources[0] == {"text": "claim G18 of the guide (partly)", "address": ""}
    assert all(source["address"].startswith("https://") for source in sources[1:])
    assert len({source["text"] for source in sources}) == len(sources)


def test_a_right_answer_is_explained_and_stays(panel: Questions) -> None:
    answered(panel, CHOICE, WRONG.id)
    result = answered(panel, CHOICE, CHOICE.key)
    assert (result["right"], result["said"]) == (True, [CHOICE.explanation])
    assert answered(panel, CHOICE, WRONG.id)["answer"] == CHOICE.key
    assert panel.value.tally == quiz.Tally(len(ASKED), answered=1, right=1, at_first_try=0)


@pytest.mark.parametrize("typed", ["3.85", "3,85", " 3.9 "])
def test_a_number_is_read_as_it_is_typed(panel: Questions, typed: str) -> None:
    assert answered(panel, NUMBER, typed)["right"] is True


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        (CHOICE, "", "Choose one of the answers."),
        (CHOICE, "cake", "“cake” is not a valid answer. Choose one of the answers."),
        (NUMBER, "", "Give a number in µA/cm²."),
        (NUMBER, "seven", "“seven” is not a valid answer. Give a number in µA/cm²."),
        (TIERS, ["", ""], "Choose an answer and a reason."),
        (TIERS, [TIERS.options[0].id, ""], "Choose an answer and a reason."),
        (ORDER, ["x"], "“['x']” is not a valid answer. Give every line once, in an order."),
    ],
)
def test_an_invalid_answer_is_reported_and_does_not_count(
    panel: Questions, question: quiz.Question, answer: object, reason: str
) -> None:
    before = answered(panel, CHOICE, WRONG.id)
    shown = send(panel, {"answers": {question.id: answer}})
    assert shown["refused"] == {question.id: reason}
    assert shown["results"] == {CHOICE.id: before}
    assert panel.value.tally.answered == 1
    assert send(panel, {"answers": {question.id: question.key}})["refused"] == {}


def test_an_order_is_graded(panel: Questions) -> None:
    assert isinstance(ORDER.key, tuple)
    assert answered(panel, ORDER, list(ORDER.key))["right"] is True


def test_a_reason_is_graded_with_its_answer(panel: Questions) -> None:
    right, reason = TIERS.key if isinstance(TIERS.key, tuple) else ("", "")
    wrong = next(option.id for option in TIERS.tier(2) if not option.right)
    entry = next(entry for entry in panel._spec["asked"] if entry["id"] == TIERS.id)
    assert [option["id"] for option in entry["reasons"]] == [o.id for o in TIERS.tier(2)]
    assert entry["because"]
    result = answered(panel, TIERS, [right, wrong])
    assert result["right"] is False
    assert result["said"][0].startswith("The answer is right, but not the reason.")
    assert answered(panel, TIERS, [right, reason])["right"] is True


def test_a_fresh_recording_is_drawn_when_its_question_is_asked() -> None:
    panel = Questions(LAB)
    names = [question.id for question in LAB]
    assert panel.shown == {}
    send(panel, {"at": names.index("fresh-held")})
    drawn = panel.shown["fresh-held"]
    send(panel, {"at": 0})
    send(panel, {"at": names.index("fresh-held")})
    assert panel.shown == {"fresh-held": drawn}


def test_the_needles_are_numbered_in_the_order_drawn() -> None:
    panel = Questions(LAB)
    question = quiz.questions()["needle-ill-nerve"]
    assert "Nerve damage" not in str(panel._spec)
    send(panel, {"at": LAB.index(question)})
    order = panel.shown[question.id].order
    entry = next(entry for entry in panel._spec["asked"] if entry["id"] == question.id)
    assert entry["options"] == [
        {"id": question.options[place].id, "label": f"Recording {n}"}
        for n, place in enumerate(order, 1)
    ]
    assert entry["shows"]
    assert isinstance(question.key, tuple)
    assert answered(panel, question, list(question.key))["right"] is True


def test_going_on_and_back(panel: Questions) -> None:
    calls: list[str] = []
    panel.on_change(lambda standing: calls.append(standing.question))
    assert send(panel, {"at": 3})["at"] == 3
    for nowhere in (-1, len(ASKED), True, "1", None):
        assert send(panel, {"at": nowhere})["at"] == 3
    assert calls == [ASKED[3].id]


def test_answers_survive_the_cell(panel: Questions) -> None:
    answered(panel, ASKED[0], ASKED[0].key)
    again = Questions(ASKED)
    assert again._shown["results"] == panel._shown["results"]
    assert again._shown["at"] == 1
    answered(again, ASKED[1], ASKED[1].key)
    assert panel.value.tally == again.value.tally
    assert panel._shown["results"] == again._shown["results"]


def test_an_answer_to_another_version_is_kept_but_not_shown() -> None:
    ANSWERS.progress = Progress({CHOICE.id: quiz.Attempt("gone.z", right=False, tries=2)})
    panel = Questions(ASKED)
    assert panel._shown["results"] == {}
    assert panel.value.tally.answered == 1


def test_withheld_answers_are_judged_together(panel: Questions) -> None:
    exam = Quiz(LESSON, reveal=False)
    shown = send(exam.questions, {"answers": {CHOICE.id: CHOICE.key, NUMBER.id: "1"}})
    assert shown["results"][CHOICE.id] == {
        "answer": CHOICE.key, "right": None, "word": "", "key": "", "sources": (),
        "said": ["Your answer is kept. It will be judged later."],
    }  # fmt: skip
    assert not ANSWERS.progress.attempts
    answered(exam.questions, CHOICE, WRONG.id)  # until then an answer can be changed
    exam.reveal = True
    assert exam.reveal
    assert panel.value.tally == quiz.Tally(len(ASKED), answered=2, right=0, at_first_try=0)
    assert exam.questions._shown["results"][CHOICE.id]["said"] == [WRONG.feedback]
    exam.reveal = False
    assert exam.reveal


def test_a_recording_is_shown_only_with_its_question() -> None:
    whole = Quiz("02_twitch_types")
    recording, panel, _ = whole.children
    assert recording.children == ()
    names = [question.id for question in quiz.lessons()["02_twitch_types"]]
    send(panel, {"at": names.index("trace-beats")})
    (view,) = recording.children
    assert isinstance(view, FigureView)
    send(panel, {"at": 0})
    assert recording.children == ()
    send(panel, {"at": names.index("trace-beats")})
    assert recording.children == (view,)


def test_a_lesson_without_questions_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="lesson = "):
        Quiz("00_start_here")


WEIRD: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner)),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["answers", "at", "x"]),
        st.one_of(
            WEIRD, st.dictionaries(st.sampled_from([q.id for q in ASKED]), WEIRD, max_size=3)
        ),
    )
)
def test_whatever_is_sent_the_panel_survives(edit: dict[str, Any]) -> None:
    panel = Questions(ASKED)
    shown = send(panel, edit)
    assert 0 <= shown["at"] < len(ASKED)
    assert Progress.from_json(ANSWERS.progress.to_json()) == ANSWERS.progress
