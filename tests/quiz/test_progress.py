"""Progress: nothing is lost when it is merged, saved and loaded; damaged files are refused."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import quiz
from twitchlib.errors import NotAllowedError, UnknownNameError, UnreadableError
from twitchlib.quiz import Attempt, Expectation, FirstForm, Progress
from twitchlib.quiz.attempts import BOXES, LARGEST_FILE

ASKED = quiz.lessons()["03_triggers"][0]
WRONG = next(option.id for option in ASKED.options if not option.right)

DAY = date(2026, 11, 30)

IDS = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,20}", fullmatch=True)
ATTEMPTS = st.builds(
    Attempt,
    st.one_of(
        IDS,
        st.floats(allow_nan=False, allow_infinity=False),
        st.lists(IDS, max_size=8).map(tuple),
    ),
    st.booleans(),
    st.integers(1, 999),
    st.integers(1, BOXES),
    st.just("") | st.dates().map(date.isoformat),
)
EXPECTED = st.builds(
    Expectation,
    st.one_of(IDS, st.floats(allow_nan=False, allow_infinity=False)),
    st.datetimes().map(lambda when: when.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)),
)
TOSSED = st.builds(
    FirstForm,
    st.sampled_from("AB"),
    st.datetimes().map(lambda when: when.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)),
)
PROGRESS = st.builds(
    Progress,
    st.dictionaries(IDS, ATTEMPTS, max_size=8),
    st.dictionaries(IDS, EXPECTED, max_size=8),
    st.none() | TOSSED,
)


def test_tries_are_counted_until_the_answer_is_right() -> None:
    progress = Progress().after(ASKED, WRONG, DAY).after(ASKED, WRONG, DAY)
    assert progress.attempts[ASKED.id] == Attempt(WRONG, right=False, tries=2, day="2026-11-30")
    done = progress.after(ASKED, ASKED.key, DAY)
    assert done.attempts[ASKED.id] == Attempt(ASKED.key, right=True, tries=3, day="2026-11-30")
    assert done.after(ASKED, WRONG) == done
    assert done.tally([ASKED]) == quiz.Tally(total=1, answered=1, right=1, at_first_try=0)
    with pytest.raises(NotAllowedError):
        done.after(ASKED, "cake")


def test_a_tally_counts_each_lesson_separately() -> None:
    done = Progress().after(ASKED, ASKED.key)
    here, there = quiz.lessons()["03_triggers"], quiz.lessons()["01_nervous_system"]
    assert done.tally(here) == quiz.Tally(len(here), 1, 1, 1)
    assert done.tally(there) == quiz.Tally(len(there), 0, 0, 0)


def test_nobody_can_change_progress_from_outside() -> None:
    attempts = {ASKED.id: Attempt(WRONG, right=False, tries=1)}
    progress = Progress(attempts)
    attempts.clear()
    assert list(progress.attempts) == [ASKED.id]
    with pytest.raises(TypeError):
        progress.attempts["x"] = attempts  # type: ignore[index]


@given(PROGRESS, PROGRESS, PROGRESS)
def test_merging_does_not_depend_on_the_order(a: Progress, b: Progress, c: Progress) -> None:
    assert a.merged(b) == b.merged(a)
    assert a.merged(b).merged(c) == a.merged(b.merged(c))
    assert a.merged(a) == a


@given(PROGRESS, PROGRESS)
def test_merging_loses_no_question_and_no_right_answer(a: Progress, b: Progress) -> None:
    merged = a.merged(b)
    assert merged.attempts.keys() == a.attempts.keys() | b.attempts.keys()
    for one in (a, b):
        for id_, attempt in one.attempts.items():
            assert merged.attempts[id_].right >= attempt.right


@given(PROGRESS, PROGRESS)
def test_of_two_days_the_later_decides_when_a_question_comes_back(a: Progress, b: Progress) -> None:
    for id_, found in a.merged(b).attempts.items():
        both = [one.attempts[id_] for one in (a, b) if id_ in one.attempts]
        assert found.day == max(attempt.day for attempt in both)
        assert found.box == min(attempt.box for attempt in both if attempt.day == found.day)


def test_the_first_toss_stands() -> None:
    early, late = (datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2))
    tossed = Progress().tossed("B", late)
    assert tossed.first_form == FirstForm("B", "2026-11-02T00:00:00Z")
    assert tossed.tossed("A", early) == tossed
    assert tossed.merged(Progress().tossed("A", early)).first_form == FirstForm(
        "A", "2026-11-01T00:00:00Z"
    )
    with pytest.raises(UnknownNameError, match="form"):
        Progress().tossed("C")


def test_in_the_test_before_and_after_the_first_answer_stands() -> None:
    asked = next(question for question in quiz.forms()["A"] if question.kind == "choice")
    wrong = next(option.id for option in asked.options if not option.right)
    done = Progress().after(asked, wrong)
    assert done.after(asked, asked.key) == done


@given(PROGRESS)
def test_a_saved_file_restores_everything(progress: Progress) -> None:
    assert Progress.from_json(progress.to_json()) == progress


def test_a_full_course_fits_well() -> None:
    progress = Progress()
    for question in quiz.questions().values():
        progress = progress.after(question, question.key)
    assert len(progress.to_json()) < LARGEST_FILE / 4


def saved(**changed: Any) -> str:
    return json.dumps({"format": "twitchlib-progress", "version": "1.0", "answers": {}} | changed)


def test_questions_of_other_versions_are_kept() -> None:
    text = saved(answers={"cake.7": {"answer": "cake.7.z", "right": True, "tries": 1}})
    progress = Progress.from_json(text)
    assert progress.tally(quiz.questions().values()).answered == 0
    merged = Progress().after(ASKED, ASKED.key).merged(progress)
    again = Progress.from_json(merged.to_json())
    assert again.attempts["cake.7"] == Attempt("cake.7.z", right=True, tries=1)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert Progress.from_json("\ufeff" + saved()) == Progress()


GOOD = {"answer": "x.a", "right": True, "tries": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "damaged, or not a progress file"),
        ("{", "damaged, or not a progress file"),
        ("[" * 100_000, "damaged, or not a progress file"),
        ("[]", "not a progress file of this course"),
        (saved(format="cake"), "not a progress file of this course"),
        (saved(version=None), "another version"),
        (saved(version=["1.0"]), "another version"),
        (saved(version="2.0"), "another version"),
        (saved(answers=[]), "its answers cannot be read"),
        (saved(answers={str(n): GOOD for n in range(2001)}), "its answers cannot be read"),
        (saved(answers={"x": None}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"tries": 0}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"tries": True}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"tries": 1.5}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"right": 1}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"answer": "<b>"}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"answer": ["a"] * 21}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"answer": 10**400}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"answer": float("nan")}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"box": 0}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"box": True}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"box": 1.0}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"day": "2026-02-30"}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"day": "today"}}), "damaged at the answer x."),
        (saved(answers={"x": GOOD | {"day": 20261130}}), "damaged at the answer x."),
        (saved(first_form="A"), "damaged where it says which form came first"),
        (saved(first_form={"form": "C", "tossed": "2026-11-29T08:00:00Z"}), "which form came"),
        (saved(first_form={"form": "A", "tossed": "soon"}), "which form came first"),
        (saved(answers={"<img>": GOOD}), "without a valid name"),
        (saved(note="x" * LARGEST_FILE), "larger than 256 kB"),
    ],
)
def test_what_is_not_a_progress_file_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        Progress.from_json(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        Progress.from_json(text)


@given(PROGRESS, st.data())
def test_a_file_cut_short_is_refused(progress: Progress, data: st.DataObject) -> None:
    text = progress.to_json()
    cut = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(UnreadableError):
        Progress.from_json(text[:cut])
