"""Questions that come back: wrong ones at once, right ones after ever longer pauses.

Each question lies in a box, as in Leitner's learning box: it moves one box on when it is answered
correctly, and back to the first when it is not. The pauses are this course's own, illustrative;
that spaced questions are remembered longer than massed ones is well established (Cepeda 2006,
doi:10.1037/0033-2909.132.3.354).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from twitchlib import guide
from twitchlib.quiz.attempts import BOXES, Attempt
from twitchlib.quiz.bank import Question, lessons

if TYPE_CHECKING:
    from twitchlib.quiz.progress import Progress

__all__ = ["PAUSES_DAYS", "due", "is_due", "moved", "this_day", "warm_up"]

PAUSES_DAYS: Final = (0, 1, 3, 7, 14)
"""Days after which a question in each box comes back."""
_FEWEST: Final = 3
_MOST: Final = 5


def this_day() -> date:
    """Return today's local date."""
    return datetime.now().astimezone().date()


def is_due(attempt: Attempt, today: date) -> bool:
    """Return whether a question should come back, as it should if its day is unknown or ahead."""
    days = _days_since(attempt, today)
    return days is None or days >= PAUSES_DAYS[attempt.box - 1]


def moved(attempt: Attempt, right: bool, today: date) -> int:
    """Return the box of a question after it came back.

    A right answer before the question was due leaves it where it is: recalling what was read an
    hour ago proves little.
    """
    if not right:
        return 1
    return min(attempt.box + is_due(attempt, today), BOXES)


def due(progress: Progress, lesson: str, today: date) -> tuple[Question, ...]:
    """Return the questions of earlier lessons that should come back now, five at most.

    Parameters
    ----------
    progress : Progress
        What a student has answered.
    lesson : str
        The lesson that is about to begin: the name of its notebook.
    today : date
        The day.

    Returns
    -------
    tuple of Question
        Those answered wrongly first, then those answered longest ago.

    Raises
    ------
    UnknownNameError
        If there is no such lesson.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> asked = quiz.lessons()["01_nervous_system"][0]
    >>> monday, tuesday = date(2026, 11, 30), date(2026, 12, 1)
    >>> done = quiz.Progress().after(asked, asked.key, monday)
    >>> len(due(done, "02_twitch_types", monday)), len(due(done, "02_twitch_types", tuesday))
    (0, 1)
    """
    answered = _answered(progress, lesson, today)
    return tuple(q for q in answered if is_due(progress.attempts[q.id], today))[:_MOST]


def warm_up(progress: Progress, lesson: str, today: date) -> tuple[Question, ...]:
    """Return three to five questions of earlier lessons to begin a lesson with.

    These are the questions that are due. If there are fewer than three, those answered longest ago
    are added, then those not answered yet. There may still be fewer, or none, if the earlier
    lessons have no more.

    Parameters
    ----------
    progress : Progress
        What a student has answered.
    lesson : str
        The lesson that is about to begin: the name of its notebook.
    today : date
        The day.

    Raises
    ------
    UnknownNameError
        If there is no such lesson.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> asked = warm_up(quiz.Progress(), "03_triggers", date(2026, 11, 30))
    >>> sorted({question.lesson for question in asked})
    ['01_nervous_system', '02_twitch_types']
    """
    chosen = list(due(progress, lesson, today))
    for question in chain(_answered(progress, lesson, today), _open(progress, lesson)):
        if len(chosen) >= _FEWEST:
            break
        if question not in chosen:
            chosen.append(question)
    return tuple(chosen)


def _answered(progress: Progress, lesson: str, today: date) -> list[Question]:
    """Return answered questions of earlier lessons in the order they should come back."""

    def urgency(question: Question) -> tuple[bool, bool, float]:
        attempt = progress.attempts[question.id]
        days = _days_since(attempt, today)
        return attempt.box > 1, attempt.right, float("-inf") if days is None else -days

    asked = [question for question in _earlier(lesson) if question.id in progress.attempts]
    return sorted(asked, key=urgency)


def _open(progress: Progress, lesson: str) -> Iterator[Question]:
    """Return unanswered questions, taken in turn from each earlier lesson, the latest first."""
    left: dict[str, list[Question]] = {}
    for question in _earlier(lesson):
        if question.id not in progress.attempts:
            left.setdefault(question.lesson, []).append(question)
    rounds = zip_longest(*reversed(left.values()))
    return filter(None, chain.from_iterable(rounds))


def _earlier(lesson: str) -> list[Question]:
    guide.rows("lessons")[lesson]  # refuses an unknown lesson
    earlier = (asked for name, asked in lessons().items() if name < lesson)
    return [question for question in chain.from_iterable(earlier) if question.comes_back]


def _days_since(attempt: Attempt, today: date) -> int | None:
    """Return the days since the last answer; None if its day is unknown or lies ahead."""
    if not attempt.day:
        return None
    days = (today - date.fromisoformat(attempt.day)).days
    return None if days < 0 else days
