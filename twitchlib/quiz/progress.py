"""A student's progress: the last answer to each question, and its result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from twitchlib.quiz.attempts import MOST_TRIES, Attempt, parse, to_json
from twitchlib.quiz.bank import Question
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
    """Attempts by question. Questions unknown to this version are kept, too.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> asked = quiz.lessons()["03_triggers"][0]
    >>> done = Progress().after(asked, asked.key)
    >>> done.tally([asked])
    Tally(total=1, answered=1, right=1, at_first_try=1)
    """

    attempts: Mapping[str, Attempt] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep an immutable copy."""
        object.__setattr__(self, "attempts", MappingProxyType(dict(self.attempts)))

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
        return cls(parse(text))

    def to_json(self) -> str:
        """Return the text of a progress file. Equal progress makes equal text."""
        return to_json(self.attempts)

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
        return Progress({**self.attempts, question.id: attempt})

    def merged(self, other: "Progress") -> "Progress":
        """Return the union of two; of two attempts, the one that got further.

        A right answer is further than a wrong one, then the one with more tries. The order does
        not matter: ``a.merged(b) == b.merged(a)``.
        """
        attempts = dict(self.attempts)
        for id_, attempt in other.attempts.items():
            attempts[id_] = max(attempts.get(id_, attempt), attempt, key=_furthest)
        return Progress(attempts)

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
