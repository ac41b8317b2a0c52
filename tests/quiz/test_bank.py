"""Questions and predictions: answerable, explained, sourced, plain, and giving nothing away."""

import math
import re
from collections import Counter
from itertools import pairwise

import pytest
import textstat

from twitchlib import quiz
from twitchlib.errors import UnknownNameError
from twitchlib.places import folder
from twitchlib.quiz import Question

BANK = list(quiz.questions().values())
ITEMS = [*BANK, *quiz.predictions().values()]
CHOSEN = [question for question in ITEMS if question.kind in ("choice", "trace")]
MOST_WORDS = 26
HIGHEST_GRADE = 7.0


def named(question: Question) -> str:
    return question.id


every = pytest.mark.parametrize("question", ITEMS, ids=named)
every_choice = pytest.mark.parametrize("question", CHOSEN, ids=named)


def of_kind(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("question", [q for q in ITEMS if q.kind == kind], ids=named)


def key_of(question: Question) -> quiz.Option:
    return next(option for option in question.options if option.right)


def texts(question: Question) -> list[str]:
    """Return every text of a question that a reader may see."""
    shown = [question.prompt, question.explanation, *(o.feedback for o in question.options)]
    if question.kind != "number":  # the name of a numerical mistake is never shown
        shown += [option.text for option in question.options]
    return [text for text in shown if text]


def test_there_are_enough_for_every_lesson_that_asks() -> None:
    assert len(BANK) >= 60
    counts = Counter(question.lesson for question in BANK)
    notebooks = sorted(folder("notebooks").glob("*.ipynb"))
    asking = [path.stem for path in notebooks if "## Check yourself" in path.read_text("utf-8")]
    assert sorted(counts) == asking
    assert all(10 <= count <= 16 for count in counts.values()), counts
    assert {question.kind for question in BANK} == {"choice", "number", "order", "trace"}


def test_a_lesson_without_questions_is_refused_with_those_that_have_some() -> None:
    with pytest.raises(UnknownNameError, match=r"lesson = .* 01_nervous_system, "):
        quiz.lessons()["00_start_here"]


@every
def test_the_answers_belong_to_it_by_name(question: Question) -> None:
    assert [option.id for option in question.options] == [
        f"{question.id}.{letter}" for letter in "abcdefgh"[: len(question.options)]
    ]
    shown = [option.text for option in question.options]
    assert len(set(shown)) == len(shown)


@every
def test_every_wrong_answer_has_feedback_and_every_answer_a_source(question: Question) -> None:
    assert question.claims or question.references
    for option in question.options:
        assert bool(option.feedback) == (not option.right), option.id
    feedback = [option.feedback for option in question.options if option.feedback]
    assert len(set(feedback)) == len(feedback)
    assert all(len(said.split()) >= 5 for said in feedback)


@every_choice
def test_one_answer_is_right(question: Question) -> None:
    assert [option.right for option in question.options].count(True) == 1
    assert 3 <= len(question.options) <= 5
    assert all(option.place == 0 for option in question.options)
    assert math.isnan(question.value)


@of_kind("number")
def test_every_number_is_right_or_a_mistake_with_an_answer(question: Question) -> None:
    assert question.tolerance >= 0
    assert not any(option.right or option.place for option in question.options)
    edges = {edge for o in question.options for edge in (o.low, o.high) if math.isfinite(edge)}
    edges |= {question.value - question.tolerance, question.value + question.tolerance}
    marks = sorted([-1e9, *edges, 1e9])
    for number in [*marks, *((low + high) / 2 for low, high in pairwise(marks))]:
        assert quiz.grade(question, number).said


@of_kind("number")
def test_every_mistake_can_be_made(question: Question) -> None:
    probes = [-1e9, 1e9]
    for option in question.options:
        low, high = max(option.low, -1e9), min(option.high, 1e9)
        probes += [
            low,
            (low + high) / 2,
            high,
            low + (high - low) * 1e-3,
            high - (high - low) * 1e-3,
        ]
    said = {quiz.grade(question, number).said for number in probes}
    assert {option.feedback for option in question.options} <= said


@of_kind("order")
def test_there_is_one_order_and_it_is_not_the_one_shown(question: Question) -> None:
    places = [option.place for option in question.options]
    assert sorted(places) == list(range(1, len(places) + 1))
    assert sum(place == shown for shown, place in enumerate(places, 1)) <= len(places) / 3


@of_kind("trace")
def test_a_recording_belongs_to_it_and_no_text_is_asked_twice(question: Question) -> None:
    assert question.trace is not None
    assert all((other.trace == question.trace) == (other is question) for other in BANK)


def test_only_such_questions_have_a_recording() -> None:
    assert all((question.trace is None) == (question.kind != "trace") for question in BANK)


@pytest.mark.parametrize("question", [q for q in CHOSEN if q.kind == "choice"], ids=named)
def test_no_answer_stands_out_by_its_length(question: Question) -> None:
    lengths = [len(option.text) for option in question.options]
    wrong = [len(option.text) for option in question.options if not option.right]
    assert min(wrong) / 1.35 <= len(key_of(question).text) <= 1.35 * max(wrong)
    assert max(lengths) - min(lengths) <= max(12, max(lengths) / 2.2)


def test_over_the_bank_length_gives_nothing_away() -> None:
    """Choosing the longest answer, or the shortest, must not pay much more than chance would."""
    for pick in (max, min):
        hits = expected = variance = 0.0
        for question in CHOSEN:
            extreme = pick(len(option.text) for option in question.options)
            tied = [option for option in question.options if len(option.text) == extreme]
            chance = 1 / len(question.options)
            hits += (key_of(question) in tied) / len(tied)
            expected += chance
            variance += chance * (1 - chance)
        assert hits <= expected + 2 * math.sqrt(variance), pick


def test_over_the_bank_the_place_gives_nothing_away() -> None:
    places = Counter(question.options.index(key_of(question)) for question in CHOSEN)
    fair = len(CHOSEN) / 4
    assert all(places[place] <= fair + 2 * math.sqrt(fair) for place in places)


@every_choice
def test_the_prompt_does_not_name_the_answer(question: Question) -> None:
    assert key_of(question).text.lower().rstrip(".") not in question.prompt.lower()


@every
def test_it_is_in_plain_words(question: Question) -> None:
    for text in texts(question):
        assert text == text.strip()
        assert "  " not in text
        assert not re.search(r"[<>&]|\bwill be\b.*\bby\b|e\.g\.|i\.e\.|!", text), text
        for sentence in re.split(r"(?<=[.?:])\s", text):
            assert len(sentence.split()) <= MOST_WORDS, sentence
    assert question.prompt[-1] in ".?)"
    assert question.explanation[-1] == "."
    assert all(option.feedback[-1] in ".?" for option in question.options if option.feedback)


@pytest.mark.parametrize("lesson", quiz.lessons())
def test_a_lesson_s_questions_are_plain(lesson: str) -> None:
    said = [text for question in quiz.lessons()[lesson] for text in texts(question)]
    whole = " ".join(text if text.endswith((".", "?", ")")) else f"{text}." for text in said)
    assert textstat.flesch_kincaid_grade(whole) <= HIGHEST_GRADE


def test_under_a_needle_there_are_potentials_and_no_spikes() -> None:
    for question in quiz.lessons()["07_emg_lab"]:
        assert not re.search(r"\bspikes?\b", " ".join(texts(question)).lower()), question.id


def test_nobody_is_told_what_they_have() -> None:
    for question in ITEMS:
        for text in [question.explanation, *(option.feedback for option in question.options)]:
            assert not re.search(
                r"\byou (probably |may |might )?have (als|ms|a disease)", text.lower()
            )
