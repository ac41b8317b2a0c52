"""Progress as a small JSON text that a student keeps: answers, and nothing about the student.

The format is ``{"format": "twitchlib-progress", "version": "1.0", "answers": {id: {"answer": …,
"right": true, "tries": 2}}}``. A version with the same first number only adds to it, so it can be
read; what it adds is left out. Ids of questions that this version does not know are kept.
"""

import json
import math
import re
from typing import Any, Final

from twitchlib.messages import gettext as _
from twitchlib.quiz.grading import Answer
from twitchlib.quiz.progress import MOST_TRIES, Attempt, Progress

__all__ = ["FORMAT", "LARGEST_FILE", "VERSION", "ProgressFileError", "read", "write"]

FORMAT: Final = "twitchlib-progress"
VERSION: Final = (1, 0)
LARGEST_FILE: Final = 256_000
"""Characters of the largest file that is read; a full course takes about a tenth of it."""

_MOST_ANSWERS: Final = 2_000
_MOST_LINES: Final = 20
_ID: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}", re.ASCII)
_VERSION: Final = re.compile(r"(\d{1,4})\.(\d{1,4})", re.ASCII)


class ProgressFileError(ValueError):
    """A text that is no progress file; the message is a sentence for the student."""


def write(progress: Progress) -> str:
    """Return progress as the text of a file. Equal progress makes equal text.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> write(quiz.Progress()).startswith("{")
    True
    """
    answers = {
        id_: {"answer": kept.answer, "right": kept.right, "tries": kept.tries}
        for id_, kept in sorted(progress.attempts.items())
    }
    version = ".".join(map(str, VERSION))
    return json.dumps({"format": FORMAT, "version": version, "answers": answers}, indent=1)


def read(text: str) -> tuple[Progress, str]:
    """Return the progress that a file holds, and a note where there is something to say.

    Parameters
    ----------
    text : str
        What the file holds, at most `LARGEST_FILE` characters.

    Raises
    ------
    ProgressFileError
        If it is no progress file of this course, too large or damaged, or of a version that
        cannot be read.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> progress, note = read(quiz.write(quiz.Progress()))
    >>> progress == quiz.Progress()
    True
    """
    if len(text) > LARGEST_FILE:
        raise ProgressFileError(
            _(
                "The file is larger than {most_kb} kB, so it is no progress file.",
                most_kb=LARGEST_FILE // 1000,
            )
        )
    try:
        found = json.loads(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    except (ValueError, RecursionError):
        raise ProgressFileError(_("The file is damaged, or no progress file.")) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ProgressFileError(_("This is no progress file of this course."))
    note = _note(found.get("version"))
    answers = found.get("answers")
    if not isinstance(answers, dict) or len(answers) > _MOST_ANSWERS:
        raise ProgressFileError(_("The file is damaged: its answers cannot be read."))
    return Progress({id_: _attempt(id_, kept) for id_, kept in answers.items()}), note


def _note(version: object) -> str:
    parts = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if parts is None:
        raise ProgressFileError(_("The file is damaged: it does not say its version."))
    major, minor = int(parts[1]), int(parts[2])
    if major > VERSION[0]:
        raise ProgressFileError(
            _(
                "The file was saved by a much newer version of the course, "
                "which this one cannot read."
            )
        )
    if major < VERSION[0]:
        raise ProgressFileError(
            _(
                "The file was saved by a much older version of the course, "
                "which this one cannot read."
            )
        )
    if minor > VERSION[1]:
        return _("It was saved by a newer version of the course; what this one knows was read.")
    return ""


def _attempt(id_: str, kept: object) -> Attempt:
    match kept:
        case {"answer": answer, "right": bool(right), "tries": int(tries)} if (
            _ID.fullmatch(id_) and not isinstance(tries, bool) and 1 <= tries <= MOST_TRIES
        ):
            return Attempt(_answer(id_, answer), right, tries)
    raise _damaged(id_)


def _answer(id_: str, answer: Any) -> Answer:
    if isinstance(answer, str) and _ID.fullmatch(answer):
        return answer
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        try:
            number = float(answer)
        except OverflowError:  # a whole number beyond what a float holds
            number = math.inf
        if math.isfinite(number):
            return number
    if (
        isinstance(answer, list)
        and len(answer) <= _MOST_LINES
        and all(isinstance(line, str) and _ID.fullmatch(line) for line in answer)
    ):
        return tuple(answer)
    raise _damaged(id_)


def _damaged(id_: str) -> ProgressFileError:
    if not _ID.fullmatch(id_):
        return ProgressFileError(_("The file is damaged at the answer without a proper name."))
    return ProgressFileError(_("The file is damaged at the answer {answer}.", answer=id_))
