"""Check an answer, and say what is wrong with it."""

import math
from dataclasses import dataclass
from functools import cache
from numbers import Real
from types import EllipsisType

from twitchlib import guide
from twitchlib.exercises._keys import KEYS
from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.named import Named

__all__ = ["Checked", "Exercise", "check", "exercises"]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Exercise:
    """An exercise.

    Attributes
    ----------
    id : str
        Its name.
    kind : str
        How much of the solution is given: ``worked``, ``half-worked`` or ``open``.
    question : str
        The question itself.
    right : str
        The reply to the right answer.
    hint : str
        The reply to a wrong answer that no known mistake explains.
    """

    id: str
    kind: str
    question: str
    right: str
    hint: str


@dataclass(frozen=True, repr=False)
class Checked:
    """The result of a check, which a notebook shows in words.

    Attributes
    ----------
    right : bool
        Whether the answer is right; False while there is none.
    said : str
        What is wrong with the answer, or why it is right.
    """

    right: bool
    said: str

    def __repr__(self) -> str:
        """Return the words."""
        return self.said

    def _repr_html_(self) -> str:
        return html("<p>{} {}</p>", "✓" if self.right else "○", self.said)


@cache
def exercises() -> Named[Exercise]:
    """Return the exercises by name, in the order of the lesson.

    Examples
    --------
    >>> exercises()["beats"].kind
    'half-worked'
    """
    rows = guide.rows("exercises")
    return Named("exercise", {name: Exercise(**row) for name, row in rows.items()})


def check(exercise: str, answer: object) -> Checked:
    """Say whether an answer is right, and what is wrong with it if not.

    Parameters
    ----------
    exercise : str
        Name of the exercise.
    answer : object
        A number. Dots (``...``) in its place count as no answer yet.

    Raises
    ------
    UnknownNameError
        If there is no such exercise.

    Examples
    --------
    >>> check("beats", ...)
    No answer yet: put yours in place of the dots, and run the cell.
    """
    asked = exercises()[exercise]
    if answer is None or isinstance(answer, EllipsisType):
        return Checked(False, _("No answer yet: put yours in place of the dots, and run the cell."))
    if isinstance(answer, bool) or not isinstance(answer, Real):
        given = type(answer).__name__
        return Checked(False, _("The answer is one number, and this is a {given}.", given=given))
    number = float(answer)
    if not math.isfinite(number):
        return Checked(
            False,
            _(
                "This is {number}: a value is missing, or something was divided by zero.",
                number=number,
            ),
        )
    return _judged(asked, number)


def _judged(asked: Exercise, number: float) -> Checked:
    key = KEYS[asked.id]

    def fits(wanted: float) -> bool:
        return abs(number - wanted) <= key.slack + _ROUNDING

    if fits(key.right()):
        return Checked(True, _("Right. {why}", why=asked.right))
    for name, leads_to in key.mistakes.items():
        if fits(leads_to()):
            why = guide.rows("exercise_mistakes")[f"{asked.id}.{name}"]["feedback"]
            return Checked(False, _("Not yet. {why}", why=why))
    far = _("too low") if number < key.right() else _("too high")
    return Checked(
        False, _("Not yet: {number:g} is {far}. {why}", number=number, far=far, why=asked.hint)
    )
