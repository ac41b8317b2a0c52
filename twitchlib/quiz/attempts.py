"""What is stored for each question and prediction, as JSON, and nothing about the student.

The format is ``{"format": "twitchlib-progress", "version": "1.0", "answers": {id: {"answer": …,
"right": true, "tries": 2, "box": 1, "day": "2026-11-29"}}, "predictions": {id: {"answer": …,
"made": "2026-11-29T08:00:00Z"}}, "first_form": {"form": "A", "tossed": "2026-11-29T08:00:00Z"}}``.
Box, day, predictions and first form may be absent. Ids that this version does not know are kept.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeGuard

from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.quiz._numbers import finite
from twitchlib.quiz.bank import Answer

__all__ = [
    "BOXES", "LARGEST_FILE", "MOST_TRIES", "Attempt", "Expectation", "FirstForm",
    "parse", "to_json",
]  # fmt: skip

LARGEST_FILE: Final = 256_000
"""Length in characters of the largest file accepted; a full course takes about a tenth of it."""
MOST_TRIES: Final = 999
BOXES: Final = 5
"""Number of boxes for questions that come back."""

_FORMAT: Final = "twitchlib-progress"
_VERSION: Final = "1.0"
_MOST_ANSWERS: Final = 2_000
_MOST_LINES: Final = 20
_MADE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ID: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}", re.ASCII)


@dataclass(frozen=True)
class Attempt:
    """What is stored for one question.

    Attributes
    ----------
    answer : str, float or tuple of str
        The last answer; after a right answer, that one.
    right : bool
        Whether it is right.
    tries : int
        Number of answers up to then, at most `MOST_TRIES`.
    box : int
        The question's box, 1 to `BOXES`: the higher, the later the question comes back.
    day : str
        Day of the last answer, such as ``"2026-11-29"``; empty if unknown.
    """

    answer: str | float | tuple[str, ...]
    right: bool
    tries: int
    box: int = 1
    day: str = ""

    @property
    def at_first_try(self) -> bool:
        """Whether the first answer was right."""
        return self.right and self.tries == 1


@dataclass(frozen=True)
class Expectation:
    """What a student expected before looking.

    Attributes
    ----------
    answer : str, float or tuple of str
        The first answer; it never changes.
    made : str
        When it was given: UTC, to the second, as in ``"2026-11-29T08:00:00Z"``.
    """

    answer: Answer
    made: str


@dataclass(frozen=True)
class FirstForm:
    """Which form of the test before and after the course a student takes first.

    Attributes
    ----------
    form : str
        ``"A"`` or ``"B"``, decided by the toss of a coin.
    tossed : str
        When it was tossed: UTC, to the second, as in ``"2026-11-29T08:00:00Z"``.
    """

    form: str
    tossed: str


def to_json(
    attempts: Mapping[str, Attempt],
    expected: Mapping[str, Expectation],
    first_form: FirstForm | None = None,
) -> str:
    """Return progress as text. Equal progress makes equal text."""
    kept: dict[str, object] = {
        "format": _FORMAT,
        "version": _VERSION,
        "answers": {id_: vars(attempt) for id_, attempt in sorted(attempts.items())},
        "predictions": {id_: vars(first) for id_, first in sorted(expected.items())},
    }
    if first_form:
        kept["first_form"] = vars(first_form)
    return json.dumps(kept, indent=1)


def parse(text: str) -> tuple[dict[str, Attempt], dict[str, Expectation], FirstForm | None]:
    """Return the attempts, the expectations and the first form stored in a text.

    Raises
    ------
    UnreadableError
        If it is not a progress file of this course, is too large or damaged, or has another
        version.
    """
    if len(text) > LARGEST_FILE:
        raise UnreadableError(
            _(
                "The file is larger than {most_kb} kB, so it is not a progress file.",
                most_kb=LARGEST_FILE // 1000,
            )
        )
    try:
        found = json.loads(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    except (ValueError, RecursionError):
        raise UnreadableError(_("The file is damaged, or not a progress file.")) from None
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise UnreadableError(_("This is not a progress file of this course."))
    if found.get("version") != _VERSION:
        raise UnreadableError(
            _("The file is from another version of the course, which this one cannot read.")
        )
    return (
        {id_: _attempt(id_, kept) for id_, kept in _part(found.get("answers")).items()},
        {id_: _expectation(id_, kept) for id_, kept in _part(found.get("predictions", {})).items()},
        _first_form(found.get("first_form")),
    )


def _part(part: object) -> dict[str, object]:
    if not isinstance(part, dict) or len(part) > _MOST_ANSWERS:
        raise UnreadableError(_("The file is damaged: its answers cannot be read."))
    return part


def _attempt(id_: str, kept: object) -> Attempt:
    match kept:
        case {"answer": answer, "right": bool(right), "tries": int(tries), **rest} if (
            _ID.fullmatch(id_) and not isinstance(tries, bool) and 1 <= tries <= MOST_TRIES
        ):
            box, day = rest.get("box", 1), rest.get("day", "")
            if type(box) is int and 1 <= box <= BOXES and _is_day(day):
                return Attempt(_answer(id_, answer), right, tries, box, day)
    raise _damaged(id_)


def _is_day(day: object) -> TypeGuard[str]:
    if day == "":
        return True
    if not isinstance(day, str) or not _DAY.fullmatch(day):
        return False
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _first_form(kept: object) -> FirstForm | None:
    match kept:
        case None:
            return None
        case {"form": "A" | "B" as form, "tossed": str(tossed)} if _MADE.fullmatch(tossed):
            return FirstForm(form, tossed)
    raise _damaged("first_form")


def _expectation(id_: str, kept: object) -> Expectation:
    match kept:
        case {"answer": answer, "made": str(made)} if _ID.fullmatch(id_) and _MADE.fullmatch(made):
            return Expectation(_answer(id_, answer), made)
    raise _damaged(id_)


def _answer(id_: str, answer: Any) -> Answer:
    if isinstance(answer, str) and _ID.fullmatch(answer):
        return answer
    if (number := finite(answer)) is not None:
        return number
    if (
        isinstance(answer, list)
        and len(answer) <= _MOST_LINES
        and all(isinstance(line, str) and _ID.fullmatch(line) for line in answer)
    ):
        return tuple(answer)
    raise _damaged(id_)


def _damaged(id_: str) -> UnreadableError:
    if id_ == "first_form":
        return UnreadableError(_("The file is damaged where it says which form came first."))
    if not _ID.fullmatch(id_):
        return UnreadableError(_("The file is damaged at an answer without a valid name."))
    return UnreadableError(_("The file is damaged at the answer {answer}.", answer=id_))
