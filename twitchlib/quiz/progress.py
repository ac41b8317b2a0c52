"""A student's progress: the last answer to each question, and the first to each prediction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Self

from twitchlib.quiz.attempts import MOST_TRIES, Attempt, Expectation, parse, to_json
from twitchlib.quiz.bank import Prediction, Question
from twitchlib.quiz.grading import grade, readable

__all__ = ["Progress", "Tally"]


@dataclass(frozen=True)
class Tally:
    """How many of some questions are answered, eventually right, and right at the first try."""

    total: int
    answered: int
    right: int
    at_first_try: int


@dataclass(frozen=True)
class Progress:
    """Attempts by question, and what was expected by prediction.

    Questions and predictions unknown to this version are kept, too.

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

    def __post_init__(self) -> None:
        """Keep immutable copies."""
        object.__setattr__(self, "attempts", MappingProxyType(dict(self.attempts)))
        object.__setattr__(self, "expected", MappingProxyType(dict(self.expected)))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the progress stored in the text of a file.

        Raises
        ------
        ProgressFileError
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
        return to_json(self.attempts, self.expected)

    def after(self, question: Question, answer: object) -> "Progress":
        """Return the progress after one more answer.

        A question answered correctly is done: further answers change nothing.

        Raises
        ------
        NotAllowedError
            If `answer` cannot be graded.
        """
        right = grade(question, answer).right
        before = self.attempts.get(question.id)
        if before and before.right:
            return self
        tries = min((before.tries if before else 0) + 1, MOST_TRIES)
        attempt = Attempt(readable(question, answer), right, tries)
        return replace(self, attempts={**self.attempts, question.id: attempt})

    def expecting(
        self, prediction: Prediction, answer: object, made: datetime | None = None
    ) -> "Progress":
        """Return the progress after a prediction. The first one stands.

        Parameters
        ----------
        prediction : Prediction
            What was asked.
        answer : str or float
            The answer, as for `grade`.
        made : datetime, optional
            When it was given, in a time zone; by default now.

        Raises
        ------
        NotAllowedError
            If `answer` cannot be graded.
        """
        given = readable(prediction, answer)
        if prediction.id in self.expected:
            return self
        when = (made or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return replace(self, expected={**self.expected, prediction.id: Expectation(given, when)})

    def merged(self, other: "Progress") -> "Progress":
        """Return the union of two.

        Of two attempts, it has the one that got further: a right answer is further than a wrong
        one, then the one with more tries. Of two predictions, it has the earlier one. The order
        does not matter: ``a.merged(b) == b.merged(a)``.
        """
        attempts, expected = dict(self.attempts), dict(self.expected)
        for id_, attempt in other.attempts.items():
            attempts[id_] = max(attempts.get(id_, attempt), attempt, key=_furthest)
        for id_, first in other.expected.items():
            expected[id_] = min(expected.get(id_, first), first, key=_earliest)
        return Progress(attempts, expected)

    def tally(self, questions: Iterable[Question]) -> Tally:
        """Count the progress on some questions."""
        asked = list(questions)
        done = [self.attempts[q.id] for q in asked if q.id in self.attempts]
        return Tally(
            total=len(asked),
            answered=len(done),
            right=sum(attempt.right for attempt in done),
            at_first_try=sum(attempt.at_first_try for attempt in done),
        )


def _furthest(attempt: Attempt) -> tuple[bool, int, str]:
    return attempt.right, attempt.tries, repr(attempt.answer)


def _earliest(first: Expectation) -> tuple[str, str]:
    return first.made, repr(first.answer)
