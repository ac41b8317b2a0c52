"""A student's progress: the last answer to each question, the first to each prediction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Self

from twitchlib.quiz.attempts import (
    MOST_TRIES,
    Attempt,
    Expectation,
    FirstForm,
    parse,
    to_json,
)  # fmt: skip
from twitchlib.quiz.bank import Prediction, Question, forms
from twitchlib.quiz.grading import grade, readable
from twitchlib.quiz.recall import moved, this_day

__all__ = ["Progress", "Tally"]


@dataclass(frozen=True)
class Tally:
    """How many questions were answered, answered correctly in the end, and at the first try."""

    total: int
    answered: int
    right: int
    at_first_try: int


@dataclass(frozen=True)
class Progress:
    """Attempts by question, and expectations by prediction.

    Questions and predictions that this version does not know are kept, too.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> asked = quiz.lessons()["03_triggers"][0]
    >>> done = Progress().after(asked, asked.key)
    >>> done.tally([asked])
    Tally(total=1, answered=1, right=1, at_first_try=1)
    """

    attempts: Mapping[str, Attempt] = field(default_factory=dict)
    expected: Mapping[str, Expectation] = field(default_factory=dict)
    first_form: FirstForm | None = None

    def __post_init__(self) -> None:
        """Keep immutable copies."""
        object.__setattr__(self, "attempts", MappingProxyType(dict(self.attempts)))
        object.__setattr__(self, "expected", MappingProxyType(dict(self.expected)))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the progress stored in the text of a file.

        Raises
        ------
        UnreadableError
            If it is not a progress file of this course, is too large or damaged, or has another
            version.

        Examples
        --------
        >>> Progress.from_json(Progress().to_json()) == Progress()
        True
        """
        return cls(*parse(text))

    def to_json(self) -> str:
        """Return the text of a progress file. Equal progress makes equal text."""
        return to_json(self.attempts, self.expected, self.first_form)

    def after(self, question: Question, answer: object, today: date | None = None) -> "Progress":
        """Return the progress after one more answer.

        A question answered correctly is done: further answers change nothing. In the test before
        and after the course the first answer stands. A question answered correctly at the first
        try begins in the second box of those that come back, any other in the first.

        Parameters
        ----------
        question : Question
            The question.
        answer : str, float or sequence of str
            The answer, as for `grade`.
        today : date, optional
            The day; today by default.

        Raises
        ------
        NotAllowedError
            If `answer` cannot be graded.
        """
        right = grade(question, answer).right
        before = self.attempts.get(question.id)
        attempt = _attempt(question, answer, right, before, today or this_day())
        return self if attempt is before else self._with(question, attempt)

    def recalled(self, question: Question, answer: object, today: date | None = None) -> "Progress":
        """Return the progress after the answer to a question that came back.

        The question moves to another box. The earlier answer stands unless it was wrong.

        Parameters
        ----------
        question : Question
            The question.
        answer : str, float or sequence of str
            The answer, as for `grade`.
        today : date, optional
            The day; today by default.

        Raises
        ------
        NotAllowedError
            If `answer` cannot be graded.

        Examples
        --------
        >>> from twitchlib import quiz
        >>> asked = quiz.lessons()["03_triggers"][0]
        >>> done = Progress().after(asked, asked.key, date(2026, 11, 30))
        >>> done.recalled(asked, asked.key, date(2026, 12, 3)).attempts[asked.id].box
        3
        """
        day = today or this_day()
        right = grade(question, answer).right
        before = self.attempts.get(question.id)
        attempt = _attempt(question, answer, right, before, day)
        if before:
            attempt = replace(attempt, box=moved(before, right, day), day=day.isoformat())
        return self._with(question, attempt)

    def _with(self, question: Question, attempt: Attempt) -> "Progress":
        return replace(self, attempts={**self.attempts, question.id: attempt})

    def tossed(self, form: str, when: datetime | None = None) -> "Progress":
        """Return the progress with the form of the test that comes first; an earlier toss stands.

        Parameters
        ----------
        form : str
            ``"A"`` or ``"B"``.
        when : datetime, optional
            When it was tossed, with a time zone; now by default.

        Raises
        ------
        UnknownNameError
            If there is no such form.
        """
        forms()[form]  # refuses an unknown form
        return self if self.first_form else replace(self, first_form=FirstForm(form, _utc(when)))

    def expecting(
        self, prediction: Prediction, answer: object, made: datetime | None = None
    ) -> "Progress":
        """Return the progress after a prediction; an earlier one stands.

        Parameters
        ----------
        prediction : Prediction
            The prediction.
        answer : str or float
            The answer, as for `grade`.
        made : datetime, optional
            When it was given, with a time zone; now by default.

        Raises
        ------
        NotAllowedError
            If `answer` cannot be graded.
        """
        given = readable(prediction, answer)
        if prediction.id in self.expected:
            return self
        first = Expectation(given, _utc(made))
        return replace(self, expected={**self.expected, prediction.id: first})

    def merged(self, other: "Progress") -> "Progress":
        """Return this progress combined with another.

        Of two attempts at a question, the one that got further is kept: a right answer beats a
        wrong one, then more tries beat fewer. Its box and day are those of the later attempt; on
        the same day the lower box wins. Of two predictions or two tosses, the earlier is kept. The
        order does not matter: ``a.merged(b) == b.merged(a)``.
        """
        attempts, expected = dict(self.attempts), dict(self.expected)
        for id_, attempt in other.attempts.items():
            both = attempts.get(id_, attempt), attempt
            last = max(both, key=_latest)
            attempts[id_] = replace(max(both, key=_furthest), box=last.box, day=last.day)
        for id_, first in other.expected.items():
            expected[id_] = min(expected.get(id_, first), first, key=_earliest)
        tosses = [toss for toss in (self.first_form, other.first_form) if toss]
        first_form = min(tosses, key=lambda toss: (toss.tossed, toss.form), default=None)
        return Progress(attempts, expected, first_form)

    def tally(self, questions: Iterable[Question]) -> Tally:
        """Count the progress on a set of questions."""
        asked = list(questions)
        done = [self.attempts[q.id] for q in asked if q.id in self.attempts]
        return Tally(
            total=len(asked),
            answered=len(done),
            right=sum(attempt.right for attempt in done),
            at_first_try=sum(attempt.at_first_try for attempt in done),
        )


def _attempt(
    question: Question, answer: object, right: bool, before: Attempt | None, day: date
) -> Attempt:
    """Return the attempt to keep after one more answer."""
    if before and (before.right or question.form):
        return before
    tries = min((before.tries if before else 0) + 1, MOST_TRIES)
    box = 2 if right and not before else 1
    return Attempt(readable(question, answer), right, tries, box, day.isoformat())


def _furthest(attempt: Attempt) -> tuple[bool, int, str]:
    return attempt.right, attempt.tries, repr(attempt.answer)


def _latest(attempt: Attempt) -> tuple[str, int]:
    return attempt.day, -attempt.box


def _utc(moment: datetime | None) -> str:
    """Return a moment as written to a file; now by default."""
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _earliest(first: Expectation) -> tuple[str, str]:
    return first.made, repr(first.answer)
