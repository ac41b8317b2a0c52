"""The questions and predictions of the course, as given in the tables."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from twitchlib import guide
from twitchlib.named import Named

__all__ = [
    "Answer", "Option", "Prediction", "Question", "forms", "lessons", "predictions", "questions",
]  # fmt: skip

Answer: TypeAlias = str | float | tuple[str, ...]
"""The id of an option, a number, the ids of all options in order, or those of an answer and a
reason."""


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
        1 for an answer; 2 for a reason, in a question that wants one as well.
    place : int
        Its position in the right order, from 1; 0 if there is none.
    low, high : float
        Range of the numbers that the option stands for.
    feedback : str
        Feedback for choosing it, or for putting it in the wrong position.
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
        The right number, how far an answer may be from it, and its unit; NaN, NaN and empty for
        other kinds.
    trace : Mapping or None
        What the question shows, as a row of the table ``traces``: for a twitch, the arguments of
        `twitchlib.twitches.simulate`. Without a seed it is random for each reader.
    explanation : str
        Feedback for the right answer.
    claims, references : tuple of str
        Its evidence: ids in the table ``claims``, keys of the bibliography.
    skill : str
        The skill it needs: ``"remember"``, ``"understand"``, ``"apply"`` or ``"analyse"``.
    concept, form : str
        In the test before and after the course: the concept it tests, and the form, ``"A"`` or
        ``"B"``. Empty for the questions of the lessons.
    comes_back : bool
        Whether it may be asked again in later lessons; not if it needs its own dashboard.
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
    comes_back: bool

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
    """Return all questions by id, in the order of the table.

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
    asked = [question for question in questions().values() if not question.form]
    return Named("lesson", _grouped(asked, lambda question: question.lesson))


@cache
def forms() -> Named[tuple[Question, ...]]:
    """Return the two parallel forms of the test before and after the course.

    Both cover the same concepts in the same order.

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


def _options(table: str, column: str) -> dict[str, tuple[Option, ...]]:
    """Return the options in a table, by the id in `column` of what they belong to."""
    found: dict[str, tuple[Option, ...]] = {}
    for row in guide.rows(table).values():
        option = Option(
            id=row["id"],
            text=row["text"],
            right=row["right"] is True,
            tier=row.get("tier") or 1,
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
        "skill": row.get("skill") or "",
        "concept": row.get("concept") or "",
        "form": row.get("form") or "",
        "comes_back": row.get("comes_back") is not False,
    }


def _number(row: Mapping[str, float | None], column: str) -> float:
    value = row[column]
    return math.nan if value is None else value
