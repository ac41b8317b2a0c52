"""The questions of the course, as given in the tables."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from twitchlib import guide
from twitchlib.named import Named

__all__ = ["Answer", "Option", "Question", "forms", "lessons", "questions"]

Answer: TypeAlias = str | float | tuple[str, ...]
"""The id of an option, a number, the ids of all options in order, or of an answer and a reason."""


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
    tier : int
        1 for an answer; 2 for a reason, in a question that asks for one as well.
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
    tier: int
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
        ``"choice"``, ``"two-tier"`` (an answer and its reason), ``"number"``, ``"order"`` or
        ``"trace"``.
    prompt : str
        The question itself.
    options : tuple of Option
        In the order in which they are shown. For a number: mistakes, of which the first that
        matches counts.
    value, tolerance, unit : float, float, str
        The right number, how far an answer may be from it, and its unit; NaN, NaN and empty in
        other kinds.
    trace : Mapping or None
        What the question shows, as a row of the table ``traces``: of a twitch, the arguments of
        `twitchlib.twitches.simulate`. Without a seed it is drawn anew for each reader.
    explanation : str
        Feedback for the right answer.
    claims, references : tuple of str
        Its evidence: ids in the table ``claims``, keys of the bibliography.
    skill : str
        What it takes: ``"remember"``, ``"understand"``, ``"apply"`` or ``"analyse"``.
    concept, form : str
        Of the test before and after the course: the concept it asks for, and the form, ``"A"`` or
        ``"B"``. Empty for the questions of the lessons.
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
    skill: str
    concept: str
    form: str

    @property
    def key(self) -> str | float | tuple[str, ...]:
        """The right answer."""
        if self.kind == "number":
            return self.value
        if self.kind == "two-tier":
            return tuple(next(o.id for o in self.tier(n) if o.right) for n in (1, 2))
        if self.kind == "order":
            return tuple(o.id for o in sorted(self.options, key=lambda option: option.place))
        return next(option.id for option in self.options if option.right)

    def tier(self, tier: int) -> tuple[Option, ...]:
        """Return the answers (1) or the reasons (2)."""
        return tuple(option for option in self.options if option.tier == tier)


@cache
def questions() -> Named[Question]:
    """Return all questions by id, in the order of the table.

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
    asked = [question for question in questions().values() if not question.form]
    return Named("lesson", _grouped(asked, lambda question: question.lesson))


@cache
def forms() -> Named[tuple[Question, ...]]:
    """Return the two parallel forms of the test before and after the course.

    The questions of both are in the order of their concepts, which are the same.

    Examples
    --------
    >>> [len(form) for form in forms().values()]
    [12, 12]
    """
    asked = [question for question in questions().values() if question.form]
    return Named("form", _grouped(asked, lambda question: question.form))


def _grouped(
    asked: list[Question], key: Callable[[Question], str]
) -> dict[str, tuple[Question, ...]]:
    return {
        name: tuple(q for q in asked if key(q) == name) for name in dict.fromkeys(map(key, asked))
    }


def _option(row: guide.Row) -> Option:
    return Option(
        id=row["id"],
        text=row["text"],
        right=row["right"] is True,
        tier=row["tier"] or 1,
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
        skill=row["skill"],
        concept=row["concept"] or "",
        form=row["form"] or "",
    )


def _number(row: Mapping[str, float | None], column: str) -> float:
    value = row[column]
    return math.nan if value is None else value
