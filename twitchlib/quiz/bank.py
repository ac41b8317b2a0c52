"""The questions and predictions of the course, as given in the tables."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from twitchlib import guide
from twitchlib.named import Named

__all__ = [
    "Answer", "Option", "Prediction", "Question", "lessons", "predictions", "questions",
]  # fmt: skip

Answer: TypeAlias = str | float | tuple[str, ...]
"""The id of an option, a number, or the ids of all options in an order."""


@dataclass(frozen=True)
class Option:
    """An option to choose or to put in order, or the numbers that a mistake leads to.

    Attributes
    ----------
    id : str
        Never changes, since progress files refer to it.
    text : str
        What the reader sees; for numbers, the mistake.
    right : bool
        Whether choosing it is right.
    place : int
        Its position in the right order, from 1; 0 if there is none.
    low, high : float
        Range of the numbers that it stands for.
    feedback : str
        Feedback for choosing it, or putting it in a wrong position.
    claims : tuple of str
        Ids in the table ``claims`` on which the feedback rests.
    """

    id: str
    text: str
    right: bool
    place: int
    low: float
    high: float
    feedback: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question with its possible answers.

    Attributes
    ----------
    id : str
        Never changes, since progress files refer to it.
    lesson : str
        Name of the lesson's notebook, without its extension.
    kind : str
        ``"choice"``, ``"number"``, ``"order"`` or ``"trace"``.
    prompt : str
        The question itself.
    options : tuple of Option
        In the order in which they are shown. For a number: mistakes, of which the first that
        matches counts.
    value, tolerance, unit : float, float, str
        The right number, how far an answer may be from it, and its unit; NaN, NaN and empty in
        other kinds.
    trace : Mapping or None
        The recording to be named, as a row of the table ``traces``: the arguments of
        `twitchlib.twitches.simulate`.
    explanation : str
        Feedback for the right answer.
    claims, references : tuple of str
        Its evidence: ids in the table ``claims``, keys of the bibliography.
    """

    id: str
    lesson: str
    kind: str
    prompt: str
    options: tuple[Option, ...]
    value: float
    tolerance: float
    unit: str
    trace: guide.Row | None
    explanation: str
    claims: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def key(self) -> str | float | tuple[str, ...]:
        """The right answer."""
        if self.kind == "number":
            return self.value
        if self.kind == "order":
            return tuple(o.id for o in sorted(self.options, key=lambda option: option.place))
        return next(option.id for option in self.options if option.right)


@dataclass(frozen=True)
class Prediction(Question):
    """A question that is asked before the page shows its answer.

    Attributes
    ----------
    look : str
        Where to look for the answer; empty where the page shows none.
    """

    look: str


@cache
def questions() -> Named[Question]:
    """Return the questions by id, in the order of the table.

    Examples
    --------
    >>> questions()["slow-coffee"].lesson
    '03_triggers'
    """
    options = _options("answers", "question")
    found = {}
    for id_, row in guide.rows("questions").items():
        trace = None if row["trace"] is None else guide.rows("traces")[row["trace"]]
        found[id_] = Question(**_common(row), options=options.get(id_, ()), trace=trace)
    return Named("question", found)


@cache
def predictions() -> Named[Prediction]:
    """Return the predictions by id, in the order of the table.

    Examples
    --------
    >>> predictions()["let-go"].lesson
    '01_nervous_system'
    """
    options = _options("prediction_answers", "prediction")
    found = {
        id_: Prediction(
            **_common(row), options=options.get(id_, ()), trace=None, look=row["look"] or ""
        )
        for id_, row in guide.rows("predictions").items()
    }
    return Named("prediction", found)


@cache
def lessons() -> Named[tuple[Question, ...]]:
    """Return the questions of each lesson that has any, by the name of its notebook.

    Examples
    --------
    >>> {question.lesson for question in lessons()["03_triggers"]}
    {'03_triggers'}
    """
    found: dict[str, tuple[Question, ...]] = {}
    for question in questions().values():
        found[question.lesson] = (*found.get(question.lesson, ()), question)
    return Named("lesson", found)


def _options(table: str, column: str) -> dict[str, tuple[Option, ...]]:
    """Return the options in a table, by what they belong to."""
    found: dict[str, tuple[Option, ...]] = {}
    for row in guide.rows(table).values():
        option = Option(
            id=row["id"],
            text=row["text"],
            right=row["right"] is True,
            place=row.get("place") or 0,
            low=-math.inf if row["low"] is None else row["low"],
            high=math.inf if row["high"] is None else row["high"],
            feedback=row["feedback"] or "",
            claims=row["claims"],
        )
        found[row[column]] = (*found.get(row[column], ()), option)
    return found


def _common(row: guide.Row) -> dict[str, Any]:
    """Return what questions and predictions have in common."""
    return {
        "id": row["id"],
        "lesson": row["lesson"],
        "kind": row["kind"],
        "prompt": row["prompt"],
        "value": _number(row, "value"),
        "tolerance": _number(row, "tolerance"),
        "unit": row["unit"] or "",
        "explanation": row["explanation"],
        "claims": row["claims"],
        "references": row["references"],
    }


def _number(row: Mapping[str, float | None], column: str) -> float:
    value = row[column]
    return math.nan if value is None else value
