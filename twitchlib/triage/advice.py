"""One person's answers: the row that applies, every reason for it, and what studies add."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from twitchlib import guide
from twitchlib.triage.answers import ANSWERS, OPEN, Answers
from twitchlib.triage.rules import (
    Action,
    Reading,
    Rule,
    conditions,
    fires,
    most_urgent,
    questions,
    reading_of,
    rules,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Advice", "advise", "what_if"]


@dataclass(frozen=True)
class Advice:
    """What the guide says to do, and why. Never a diagnosis.

    Attributes
    ----------
    answers : Answers
        The answers given.
    action : Action or None
        The row of the guide's table that applies. None if no answer is urgent and a question is
        still open: that is never called normal.
    reading : Reading or None
        How the course reads the most urgent row: now, or today. None for every other row.
    rules : tuple of Rule
        Every rule that applies, the most urgent first.
    remarks : tuple of str
        What studies add to these answers.
    """

    answers: Answers
    action: Action | None
    reading: Reading | None
    rules: tuple[Rule, ...]
    remarks: tuple[str, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The unanswered questions; while there are any, the row could be more urgent."""
        return tuple(name for name in questions() if getattr(self.answers, name) == OPEN)

    @property
    def safety_net(self) -> tuple[str, ...]:
        """What all advice says, whatever the answers."""
        texts = {name: str(row["text"]) for name, row in guide.rows("safety_net").items()}
        start = (texts["no-row" if self.action is None else "open"],) if self.open else ()
        return (*start, texts["no-diagnosis"], texts["in-doubt"])

    @property
    def way(self) -> dict[str, Action | None]:
        """The row that each answer calls for on its own, by question, the most urgent first."""
        found = {}
        for question in questions():
            alone = {question: getattr(self.answers, question)}
            found[question] = _most_urgent([rule.action for rule in _firing(alone.get)])
        return found

    def to_frame(self) -> "pd.DataFrame":
        """Return one row per question, indexed by its id."""
        import pandas as pd  # the dashboards do not need it

        way = list(self.way.values())
        so_far = [_most_urgent(way[: n + 1]) for n in range(len(way))]
        return pd.DataFrame(
            {
                "question": [question.question for question in questions().values()],
                "answer": [getattr(self.answers, question) for question in questions()],
                "action": [action and action.id for action in way],
                "so_far": [action and action.id for action in so_far],
            },
            index=pd.Index(list(questions()), name="question_id"),
        )


def advise(answers: Answers | Mapping[str, Any] | None = None) -> Advice:
    """Return the row of the guide's table that applies to the answers, and why.

    Parameters
    ----------
    answers : Answers or Mapping, optional
        An answer for each question; missing ones are open.

    Returns
    -------
    Advice
        The row and its reading, the rules that lead to it, and what studies add. No diagnosis.

    Raises
    ------
    NotAllowedError
        If a question is unknown or an answer is not one of the four words.

    Examples
    --------
    >>> from twitchlib import triage
    >>> advise(triage.Answers.all_no()).action.name
    'Normal twitching'
    """
    if not isinstance(answers, Answers):
        answers = Answers(**answers or {})
    answer = partial(getattr, answers)
    found = _firing(answer)
    action = _most_urgent([rule.action for rule in found])
    when = conditions("nuances")
    return Advice(
        answers=answers,
        action=action,
        reading=reading_of(answer) if action == most_urgent() else None,
        rules=tuple(sorted(found, key=lambda rule: -rule.action.urgency)),
        remarks=tuple(
            str(row["text"])
            for name, row in guide.rows("nuances").items()
            if fires(when[name], answer)
        ),
    )


def what_if(answers: Answers) -> dict[tuple[str, str], Advice]:
    """Return the advice after each possible change of a single answer.

    Parameters
    ----------
    answers : Answers
        The answers to start from.

    Returns
    -------
    dict of (str, str) to Advice
        By question and changed answer, in order.

    Examples
    --------
    >>> from twitchlib import triage
    >>> triage.what_if(triage.Answers.all_no())["pain", "yes"].action.word
    'see a doctor'
    """
    return {
        (question, other): advise(dataclasses.replace(answers, **{question: other}))
        for question in questions()
        for other in ANSWERS
        if other != getattr(answers, question)
    }


def _firing(answer: Callable[[str], str | None]) -> list[Rule]:
    when = conditions("triage_rules")
    return [rule for name, rule in rules().items() if fires(when[name], answer)]


def _most_urgent(found: Iterable[Action | None]) -> Action | None:
    return max((a for a in found if a), key=lambda action: action.urgency, default=None)
