"""Questions and predictions: answerable, explained, sourced, plain, and giving nothing away."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
import textstat

from twitchlib import guide, quiz
from twitchlib.errors import UnknownNameError
from twitchlib.places import folder
from twitchlib.quiz import Question

BANK = list(quiz.questions().values())
ITEMS = [*BANK, *quiz.predictions().values()]
ASKED = [question for question in BANK if not question.form]
CHOSEN = [question for question in ITEMS if question.kind in ("choice", "trace")]
TIERS = [
    (question, question.tier(tier))
    for question in ITEMS
    for tier in (1, 2)
    if question.kind in ("choice", "trace", "two-tier") and question.tier(tier)
]
MOST_WORDS = 26
HIGHEST_GRADE = 7.0


def named(question: Question) -> str:
    return question.id


every = pytest.mark.parametrize("question", ITEMS, ids=named)
every_choice = pytest.mark.parametrize("question", CHOSEN, ids=named)
every_tier = pytest.mark.parametrize(
    ("question", "options"),
    TIERS,
    ids=[f"{question.id}-{options[0].tier}" for question, options in TIERS],
)


def of_kind(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("question", [q for q in ITEMS if q.kind == kind], ids=named)


def key_of(options: Sequence[quiz.Option]) -> quiz.Option:
    return next(option for option in options if option.right)


def stands_for_a_recording(question: Question, options: Sequence[quiz.Option]) -> bool:
    """Return whether options are shown as the numbers of recordings, in a random order."""
    return (
        question.trace is not None and question.trace["kind"] == "needles" and options[0].tier == 1
    )


def texts(question: Question) -> list[str]:
    """Return every text of a question that a reader may see."""
    shown = [question.prompt, question.explanation, *(o.feedback for o in question.options)]
    if question.kind != "number":  # the name of a numerical mistake is never shown
        shown += [option.text for option in question.options]
    return [text for text in shown if text]


def test_there_are_enough_for_every_lesson_that_asks() -> None:
    assert len(BANK) >= 60
    counts = Counter(question.lesson for question in ASKED)
    notebooks = sorted(folder("notebooks").glob("*.ipynb"))
    asking = [path.stem for path in notebooks if "## Check yourself" in path.read_text("utf-8")]
    assert sorted(counts) == asking
    assert all(10 <= count <= 20 for count in counts.values()), counts
    assert {question.kind for question in BANK} == {
        "choice", "two-tier", "number", "order", "trace",
    }  # fmt: skip


def test_the_two_forms_test_the_same_in_other_words() -> None:
    one, other = quiz.forms().values()
    assert len(one) == len(other) == 12
    assert len({question.concept for question in one}) == 12
    for a, b in zip(one, other, strict=True):
        same = ("concept", "lesson", "kind", "skill", "claims", "references", "unit")
        assert [getattr(a, name) for name in same] == [getattr(b, name) for name in same]
        assert len(a.options) == len(b.options)
        assert a.prompt != b.prompt
        assert a.options[0].text != b.options[0].text or a.kind == "number"


def test_a_question_of_the_test_is_not_asked_in_a_lesson() -> None:
    asked = {question.id for questions in quiz.lessons().values() for question in questions}
    for question in BANK:
        assert bool(question.concept) == bool(question.form) == (question.id not in asked)


@pytest.mark.parametrize("lesson", quiz.lessons())
def test_a_lesson_tests_more_than_memory(lesson: str) -> None:
    skills = Counter(question.skill for question in quiz.lessons()[lesson])
    assert skills["apply"] + skills["analyse"] >= skills.total() / 3


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


@every_tier
def test_one_answer_is_right(question: Question, options: Sequence[quiz.Option]) -> None:
    assert [option.right for option in options].count(True) == 1
    assert 3 <= len(options) <= 5
    assert all(option.place == 0 for option in options)
    assert math.isnan(question.value)


def test_only_a_question_with_a_reason_has_a_second_tier() -> None:
    for question in BANK:
        assert {option.tier for option in question.options} == (
            {1, 2} if question.kind == "two-tier" else {1}
        )


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


def test_each_trace_belongs_to_one_question() -> None:
    shown = [question.trace["id"] for question in BANK if question.trace is not None]
    assert sorted(shown) == sorted(guide.rows("traces"))
    assert all(question.trace is not None for question in BANK if question.kind == "trace")


@pytest.mark.parametrize("asked", [*quiz.lessons().values(), *quiz.forms().values()])
def test_the_first_question_is_the_same_for_everybody(asked: tuple[Question, ...]) -> None:
    """A lesson is run once for all its visitors, so what it shows first must not be random."""
    assert asked[0].trace is None or asked[0].trace["seed"] is not None


@every_tier
def test_no_answer_stands_out_by_its_length(
    question: Question, options: Sequence[quiz.Option]
) -> None:
    if question.kind == "trace" or stands_for_a_recording(question, options):
        return
    lengths = [len(option.text) for option in options]
    wrong = [len(option.text) for option in options if not option.right]
    assert min(wrong) / 1.35 <= len(key_of(options).text) <= 1.35 * max(wrong)
    assert max(lengths) - min(lengths) <= max(12, max(lengths) / 2.2)


def test_across_the_bank_length_gives_nothing_away() -> None:
    """Choosing the longest answer, or the shortest, must not pay much more than chance."""
    for pick in (max, min):
        hits = expected = variance = 0.0
        for question, options in TIERS:
            if stands_for_a_recording(question, options):
                continue
            extreme = pick(len(option.text) for option in options)
            tied = [option for option in options if len(option.text) == extreme]
            chance = 1 / len(options)
            hits += (key_of(options) in tied) / len(tied)
            expected += chance
            variance += chance * (1 - chance)
        assert hits <= expected + 2 * math.sqrt(variance), pick


def test_across_the_bank_the_place_gives_nothing_away() -> None:
    of_four = [options for _, options in TIERS if len(options) == 4]
    of_three = [
        options
        for q, options in TIERS
        if len(options) == 3 and not stands_for_a_recording(q, options)
    ]
    for tiers, size in ((of_four, 4), (of_three, 3)):
        places = Counter(options.index(key_of(options)) for options in tiers)
        fair = len(tiers) / size
        assert all(places[place] <= fair + 2 * math.sqrt(fair) for place in range(size)), places


@every_choice
def test_the_prompt_does_not_name_the_answer(question: Question) -> None:
    assert key_of(question.options).text.lower().rstrip(".") not in question.prompt.lower()


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
        # Except in the field's own name for one kind of potential.
        said = " ".join(texts(question)).lower().replace("end-plate spike", "")
        assert not re.search(r"\bspikes?\b", said), question.id


def test_nobody_is_told_what_they_have() -> None:
    for question in ITEMS:
        for text in [question.explanation, *(option.feedback for option in question.options)]:
            assert not re.search(
                r"\byou (probably |may |might )?have (als|ms|a disease)", text.lower()
            )
