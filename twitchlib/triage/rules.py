"""The tables of questions, rules, rows and readings, ready for use."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from twitchlib import guide
from twitchlib.named import Named

__all__ = [
    "Action",
    "Condition",
    "Question",
    "Reading",
    "Rule",
    "actions",
    "conditions",
    "fires",
    "most_urgent",
    "questions",
    "reading_of",
    "readings",
    "rules",
]


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    id : str
        Its name in `Answers`.
    label, question, help : str
        The sign in short, the question, and what else does or does not count.
    signs : tuple of Mapping
        What counts as a yes: rows of the table ``warning_signs``.
    listed : bool
        Whether the signs are the question itself, so that a reader must see them to answer.
    """

    id: str
    label: str
    question: str
    help: str
    signs: tuple[guide.Row, ...]
    listed: bool


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
class Reading:
    """One of the course's two readings of the guide's most urgent row.

    Attributes
    ----------
    id : str
        ``"now"`` or ``"today"``.
    rank : int
        The higher, the more pressing.
    word, action, reason : str
        The reading in a few words, what to do, and why the course reads the row this way.
    """

    id: str
    rank: int
    word: str
    action: str
    reason: str


@dataclass(frozen=True)
class Rule:
    """A rule that leads to a row if all its conditions hold.

    Attributes
    ----------
    id : str
        Its name in the table ``triage_rules``.
    action : Action
        The row.
    origin : str
        ``"guide"``, ``"studies"``, or ``"course"`` where the course itself adds caution.
    reason : str
        Why, in a sentence.
    claims : tuple of str
        The guide's claims on which it rests, the main one first.
    """

    id: str
    action: Action
    origin: str
    reason: str
    claims: tuple[str, ...]


@cache
def questions() -> Named[Question]:
    """Return the questions by id, the most urgent first.

    Examples
    --------
    >>> questions()["weakness"].label
    'Weakness'
    """
    signs = guide.rows("warning_signs").values()
    rows = sorted(guide.rows("triage_questions").values(), key=lambda row: row["step"])
    found = {
        row["id"]: Question(
            id=row["id"],
            label=row["label"],
            question=row["question"],
            help=row["help"] or "",
            signs=tuple(sign for sign in signs if sign["question"] == row["id"]),
            listed=row["listed"],
        )
        for row in rows
    }
    return Named("question", found)


@cache
def actions() -> Named[Action]:
    """Return the rows of the action table by id, from the calmest upwards.

    Examples
    --------
    >>> [action.name for action in actions().values()]
    ['Normal twitching', 'Persistent twitching', 'Severe symptoms']
    """
    rows = sorted(guide.rows("actions").values(), key=lambda row: row["urgency"])
    return Named("action", {row["id"]: Action(**_known(Action, row)) for row in rows})


def most_urgent() -> Action:
    """Return the most urgent row."""
    return list(actions().values())[-1]


@cache
def readings() -> tuple[Reading, ...]:
    """Return the course's readings of the most urgent row, the least pressing first."""
    rows = sorted(guide.rows("readings").values(), key=lambda row: row["rank"])
    return tuple(Reading(**_known(Reading, row)) for row in rows)


def reading_of(answer: Callable[[str], str]) -> Reading:
    """Return the reading of the most urgent row; `answer` returns the answer to a question.

    If several readings hold, the least pressing counts, so it has to require a no wherever minutes
    could count.
    """
    when = conditions("readings")
    return next(reading for reading in readings() if fires(when[reading.id], answer))


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rules by id, in the order of the table."""
    return {
        name: Rule(**_known(Rule, row) | {"action": actions()[row["action"]]})
        for name, row in guide.rows("triage_rules").items()
    }


@cache
def conditions(table: str) -> Mapping[str, tuple[Condition, ...]]:
    """Return the conditions of each row of a table with a column ``when``."""
    found = {}
    for name, row in guide.rows(table).items():
        split = (text.split("=") for text in row["when"])
        found[name] = tuple(
            Condition(question, frozenset(words.split("|"))) for question, words in split
        )
    return found


def fires(when: tuple[Condition, ...], answer: Callable[[str], str | None]) -> bool:
    """Return whether all conditions hold; `answer` returns the answer to a question."""
    return all(answer(condition.question) in condition.answers for condition in when)


def _known(record: type, row: guide.Row) -> dict[str, Any]:
    """Return the cells of a row that are fields of a record."""
    return {field.name: row[field.name] for field in dataclasses.fields(record)}
