"""The tables ``triage_questions``, ``triage_rules``, ``actions`` and ``nuances``, ready for use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from twitchlib import guide

__all__ = [
    "Action",
    "Condition",
    "Question",
    "Remark",
    "Rule",
    "actions",
    "fires",
    "questions",
    "remarks",
    "rules",
]


@dataclass(frozen=True)
class Question:
    """One question: its name in `Answers`, the sign in short, the question, and what counts."""

    id: str
    label: str
    question: str
    help: str


@dataclass(frozen=True)
class Action:
    """One row of the guide's table: how urgent, for what signs, and what to do."""

    id: str
    urgency: int
    mark: str
    word: str
    name: str
    symptoms: str
    action: str
    studies_add: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """A question, and the answers that meet the condition."""

    question: str
    answers: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """When all its conditions hold, its row applies.

    Attributes
    ----------
    id : str
        Its name in the table ``triage_rules``.
    when : tuple of Condition
        What has to hold.
    action : Action
        The row.
    origin : str
        ``"guide"``, ``"studies"``, or ``"course"`` where the course adds caution of its own.
    reason : str
        Why, in a sentence.
    claims : tuple of str
        The guide's claims on which it rests, the main one first.
    """

    id: str
    when: tuple[Condition, ...]
    action: Action
    origin: str
    reason: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """What studies add when all its conditions hold, and whether that calms."""

    id: str
    when: tuple[Condition, ...]
    text: str
    calms: bool
    claims: tuple[str, ...]


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions by id, the most urgent first.

    Examples
    --------
    >>> "weakness" in questions()
    True
    """
    rows = sorted(guide.rows("triage_questions").values(), key=lambda row: row["step"])
    return {
        row["id"]: Question(row["id"], row["label"], row["question"], row["help"]) for row in rows
    }


@cache
def actions() -> tuple[Action, ...]:
    """Return the rows of the action table, from the calmest upwards.

    Examples
    --------
    >>> [action.name for action in actions()]
    ['Normal twitching', 'Persistent twitching', 'Severe symptoms']
    """
    rows = sorted(guide.rows("actions").values(), key=lambda row: row["urgency"])
    return tuple(
        Action(**{name: row[name] for name in Action.__dataclass_fields__}) for row in rows
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, in the order of the table.

    Examples
    --------
    >>> len(rules()) > 5
    True
    """
    by_id = {action.id: action for action in actions()}
    return tuple(
        Rule(
            id=row["id"],
            when=_conditions(row["when"]),
            action=by_id[row["action"]],
            origin=row["origin"],
            reason=row["reason"],
            claims=row["claims"],
        )
        for row in guide.rows("triage_rules").values()
    )


@cache
def remarks() -> tuple[Remark, ...]:
    """Return what studies add, in the order of the table."""
    return tuple(
        Remark(row["id"], _conditions(row["when"]), row["text"], row["calms"], row["claims"])
        for row in guide.rows("nuances").values()
    )


def fires(when: tuple[Condition, ...], answer: Callable[[str], str]) -> bool:
    """Return whether all conditions hold of what `answer` gives for each question."""
    return all(answer(condition.question) in condition.answers for condition in when)


def _conditions(texts: tuple[str, ...]) -> tuple[Condition, ...]:
    split = (text.split("=") for text in texts)
    return tuple(Condition(question, frozenset(words.split("|"))) for question, words in split)
