"""The questions of the course, as given in the tables."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from twitchlib import guide
from twitchlib.named import Named

__all__ = ["Answer", "Option", "Question", "lessons", "questions"]

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


@cache
def questions() -> Named[Question]:
    """Return the questions by id, in the order of the table.

    Examples
    --------
    >>> questions()["slow-coffee"].lesson
    '03_triggers'
    """
    options: dict[str, list[Option]] = {name: [] for name in guide.rows("questions")}
    for row in guide.rows("answers").values():
        options[row["question"]].append(_option(row))
    found = {id_: _question(row, options[id_]) for id_, row in guide.rows("questions").items()}
    return Named("question", found)


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


def _option(row: guide.Row) -> Option:
    return Option(
        id=row["id"],
        text=row["text"],
        right=row["right"] is True,
        place=row["place"] or 0,
        low=-math.inf if row["low"] is None else row["low"],
        high=math.inf if row["high"] is None else row["high"],
        feedback=row["feedback"] or "",
        claims=row["claims"],
    )


def _question(row: guide.Row, options: list[Option]) -> Question:
    return Question(
        id=row["id"],
        lesson=row["lesson"],
        kind=row["kind"],
        prompt=row["prompt"],
        options=tuple(options),
        value=_number(row, "value"),
        tolerance=_number(row, "tolerance"),
        unit=row["unit"] or "",
        trace=None if row["trace"] is None else guide.rows("traces")[row["trace"]],
        explanation=row["explanation"],
        claims=row["claims"],
        references=row["references"],
    )


def _number(row: Mapping[str, float | None], column: str) -> float:
    value = row[column]
    return math.nan if value is None else value
