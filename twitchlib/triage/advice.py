"""One person's answers: the row that applies, every reason for it, and what studies add."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from twitchlib import guide
from twitchlib.triage.answers import ANSWERS, OPEN, Answers
from twitchlib.triage.rules import (
    Action,
    Question,
    Reading,
    Remark,
    Rule,
    actions,
    fires,
    questions,
    reading_of,
    remarks,
    rules,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Advice", "Step", "WhatIf", "advise", "what_if"]


@dataclass(frozen=True)
class Step:
    """One question on the way: its answer, and the row reached so far.

    Attributes
    ----------
    question : Question
        What was asked.
    answer : str
        ``"yes"``, ``"no"``, ``"unsure"`` or ``"open"``.
    action : Action or None
        The row that this answer by itself calls for; None where it calls for none.
    so_far : Action or None
        The most urgent row that this and the earlier answers call for.
    """

    question: Question
    answer: str
    action: Action | None
    so_far: Action | None


@dataclass(frozen=True)
class WhatIf:
    """What the row, and the reading of it, would be if one answer were another."""

    question: Question
    answer: str
    action: Action | None
    reading: Reading | None


@dataclass(frozen=True)
class Advice:
    """What the guide says to do, and why. Never a diagnosis.

    Attributes
    ----------
    answers : Answers
        What was answered.
    action : Action or None
        The row of the guide's table that applies. None where nothing urgent was answered and a
        question is still open: that is never called normal.
    reading : Reading or None
        How the course reads the most urgent row: now, or today. None in every other row.
    rules : tuple of Rule
        Every rule that applies, the most urgent first.
    remarks : tuple of Remark
        What studies add to these answers.
    """

    answers: Answers
    action: Action | None
    reading: Reading | None
    rules: tuple[Rule, ...]
    remarks: tuple[Remark, ...]

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions without an answer; while there are any, the row could be more urgent."""
        return tuple(q for q in questions().values() if getattr(self.answers, q.id) == OPEN)

    @property
    def safety_net(self) -> tuple[str, ...]:
        """What every advice says, whatever the answers."""
        said = {name: str(row["text"]) for name, row in guide.rows("safety_net").items()}
        start = () if not self.open else (said["no-row" if self.action is None else "open"],)
        return (*start, said["no-diagnosis"], said["in-doubt"])

    @property
    def steps(self) -> tuple[Step, ...]:
        """The way to the row, question by question, the most urgent question first."""
        found: list[Step] = []
        so_far: Action | None = None
        for question in questions().values():
            answer = getattr(self.answers, question.id)
            action = _most_urgent(_single(question.id, answer))
            so_far = max((a for a in (so_far, action) if a), key=_urgency, default=None)
            found.append(Step(question, answer, action, so_far))
        return tuple(found)

    def to_frame(self) -> "pd.DataFrame":
        """Return one row per question, indexed by its id."""
        import pandas as pd  # the dashboards do without

        def names(pick: str) -> list[str | None]:
            found = (getattr(step, pick) for step in self.steps)
            return [action.id if action else None for action in found]

        return pd.DataFrame(
            {
                "question": [step.question.question for step in self.steps],
                "answer": [step.answer for step in self.steps],
                "action": names("action"),
                "so_far": names("so_far"),
            },
            index=pd.Index([step.question.id for step in self.steps], name="question_id"),
        )


def advise(answers: Answers | Mapping[str, Any] | None = None) -> Advice:
    """Say which row of the guide's table applies to some answers, and why.

    Parameters
    ----------
    answers : Answers or Mapping, optional
        An answer for each question; those that are missing are open.

    Returns
    -------
    Advice
        The row and its reading, the rules that lead to it, and what studies add. No diagnosis.

    Raises
    ------
    NotAllowedError
        If a question is unknown or an answer is none of the four words.

    Examples
    --------
    >>> from twitchlib import triage
    >>> advise(triage.Answers.all_no()).action.name
    'Normal twitching'
    """
    if not isinstance(answers, Answers):
        answers = Answers(**answers or {})
    answer = partial(getattr, answers)
    found = tuple(rule for rule in rules() if fires(rule.when, answer))
    action = _most_urgent(found)
    return Advice(
        answers=answers,
        action=action,
        reading=reading_of(answer) if action == actions()[-1] else None,
        rules=tuple(sorted(found, key=lambda rule: -rule.action.urgency)),
        remarks=tuple(remark for remark in remarks() if fires(remark.when, answer)),
    )


def what_if(answers: Answers) -> tuple[WhatIf, ...]:
    """Return what the row would be if a single answer were another.

    Parameters
    ----------
    answers : Answers
        Where to start from.

    Returns
    -------
    tuple of WhatIf
        For each question each of the other answers, in their order.

    Examples
    --------
    >>> from twitchlib import triage
    >>> len(what_if(triage.Answers.all_no())) > len(triage.questions())
    True
    """
    found = []
    for question in questions().values():
        for other in ANSWERS:
            if other != getattr(answers, question.id):
                advice = advise(dataclasses.replace(answers, **{question.id: other}))
                found.append(WhatIf(question, other, advice.action, advice.reading))
    return tuple(found)


def _single(question: str, answer: str) -> tuple[Rule, ...]:
    """Return the rules that rest on this answer alone."""
    return tuple(
        rule
        for rule in rules()
        if len(rule.when) == 1
        and rule.when[0].question == question
        and answer in rule.when[0].answers
    )


def _most_urgent(found: tuple[Rule, ...]) -> Action | None:
    return max((rule.action for rule in found), key=_urgency, default=None)


def _urgency(action: Action) -> int:
    return action.urgency
