"""Questions that come back: wrong ones first, then by time, after ever longer pauses."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import quiz
from twitchlib.errors import UnknownNameError
from twitchlib.quiz import Attempt, Progress, Question
from twitchlib.quiz.attempts import BOXES
from twitchlib.quiz.recall import PAUSES_DAYS, is_due, moved

TODAY = date(2026, 11, 30)
LESSONS = quiz.lessons()
FIRST, SECOND = LESSONS["01_nervous_system"][:2]

DAYS = st.just("") | st.dates(TODAY - timedelta(60), TODAY + timedelta(3)).map(date.isoformat)
ASKED = [question for asked in LESSONS.values() for question in asked if question.comes_back]
PROGRESS = st.builds(
    Progress,
    st.dictionaries(
        st.sampled_from([question.id for question in ASKED] + ["gone"]),
        st.builds(
            Attempt, st.just("x.a"), st.booleans(), st.integers(1, 9), st.integers(1, BOXES), DAYS
        ),
        max_size=40,
    ),
)
LESSON = st.sampled_from([*LESSONS, "00_start_here", "08_reuse_twitchlib"])


def ids(questions: Iterable[Question]) -> list[str]:
    return [question.id for question in questions]


def wrong_id(question: Question) -> str:
    return next(option.id for option in question.options if not option.right)


def test_the_pauses_grow_and_there_is_one_for_each_box() -> None:
    assert len(PAUSES_DAYS) == BOXES
    assert all(short < long for short, long in pairwise(PAUSES_DAYS))


@given(PROGRESS, LESSON)
def test_only_earlier_questions_that_were_answered_and_are_due_come_back(
    progress: Progress, lesson: str
) -> None:
    found = quiz.due(progress, lesson, TODAY)
    assert len(found) <= 5
    assert len(set(ids(found))) == len(found)
    for question in found:
        assert question.lesson < lesson
        assert is_due(progress.attempts[question.id], TODAY)
    if len(found) < 5:
        left = [q for q in ASKED if q.lesson < lesson and q.id in progress.attempts]
        assert set(ids(q for q in left if is_due(progress.attempts[q.id], TODAY))) == set(
            ids(found)
        )


@given(PROGRESS, LESSON)
def test_what_went_wrong_comes_first_then_what_was_longest_ago(
    progress: Progress, lesson: str
) -> None:
    kept = [progress.attempts[question.id] for question in quiz.due(progress, lesson, TODAY)]
    for one, after in pairwise(kept):
        assert (one.box > 1) <= (after.box > 1)
        alike = (one.box > 1) == (after.box > 1) and one.right == after.right
        if alike and "" < one.day <= TODAY.isoformat() and "" < after.day <= TODAY.isoformat():
            assert one.day <= after.day


@given(PROGRESS, LESSON)
def test_a_lesson_begins_with_three_to_five(progress: Progress, lesson: str) -> None:
    earlier = [question for question in ASKED if question.lesson < lesson]
    found = quiz.warm_up(progress, lesson, TODAY)
    assert (3 if earlier else 0) <= len(found) <= 5
    assert len(set(ids(found))) == len(found)
    assert set(ids(found)) <= set(ids(earlier))
    due = quiz.due(progress, lesson, TODAY)
    assert found[: len(due)] == due


@given(st.integers(1, BOXES), st.booleans(), DAYS)
def test_a_question_moves_one_box_on_when_due_and_back_to_the_first_when_wrong(
    box: int, right: bool, day: str
) -> None:
    attempt = Attempt("x.a", right, 1, box, day)
    assert moved(attempt, False, TODAY) == 1
    due = is_due(attempt, TODAY)
    assert moved(attempt, True, TODAY) == (min(box + 1, BOXES) if due else box)


def test_a_right_answer_comes_back_after_ever_longer_pauses() -> None:
    progress, day = Progress().after(FIRST, FIRST.key, TODAY), TODAY
    pauses = []
    for _ in range(6):
        last = day
        while not quiz.due(progress, "02_twitch_types", day):
            day += timedelta(1)
        pauses.append((day - last).days)
        progress = progress.recalled(FIRST, FIRST.key, day)
    assert pauses == [1, 3, 7, 14, 14, 14]
    progress = progress.recalled(FIRST, wrong_id(FIRST), day)
    assert quiz.due(progress, "02_twitch_types", day) == (FIRST,)


def test_recalling_leaves_the_first_answer_as_it_was() -> None:
    done = Progress().after(FIRST, FIRST.key, TODAY)
    again = done.recalled(FIRST, wrong_id(FIRST), TODAY)
    assert again.tally([FIRST]) == done.tally([FIRST])
    assert again.attempts[FIRST.id].answer == FIRST.key
    assert again.attempts[FIRST.id].box == 1
    missed = Progress().after(FIRST, wrong_id(FIRST), TODAY)
    found = missed.recalled(FIRST, FIRST.key, TODAY).attempts[FIRST.id]
    assert (found.right, found.tries, found.box) == (True, 2, 2)


def test_a_question_never_asked_before_begins_like_any_other() -> None:
    assert Progress().recalled(FIRST, FIRST.key, TODAY) == Progress().after(FIRST, FIRST.key, TODAY)


def test_a_question_that_needs_a_dashboard_does_not_come_back() -> None:
    at_a_dashboard = quiz.questions()["gain-at-20ms"]
    missed = Progress().after(at_a_dashboard, 0.0, TODAY)
    assert quiz.due(missed, "03_triggers", TODAY) == ()


def test_a_lesson_that_does_not_exist_is_refused() -> None:
    for ask in (quiz.due, quiz.warm_up):
        with pytest.raises(UnknownNameError, match="lesson"):
            ask(Progress(), "cake", TODAY)


def test_without_answers_the_questions_come_from_several_lessons() -> None:
    asked = quiz.warm_up(Progress(), "04_when_to_see_a_doctor", TODAY)
    assert [question.lesson[:2] for question in asked] == ["03", "02", "01"]
    assert SECOND not in asked
