"""What a person answers to the questions about warning signs."""

import dataclasses
from dataclasses import dataclass
from typing import Final, Self

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities

__all__ = ["ANSWERS", "OPEN", "Answers", "check"]

OPEN: Final = "open"
ANSWERS: Final = ("yes", "no", "unsure", OPEN)
"""What can be answered; ``"open"`` stands for no answer and is never taken for a no."""


@dataclass(frozen=True)
class Answers(Quantities):
    """An answer to each question of the table ``triage_questions``: one of `ANSWERS`.

    Parameters
    ----------
    speech, sudden, emergency, weakness, control, sensations, at_risk, wasting, pain, weeks : str
        Open unless given. Yes is always the warning sign.

    Raises
    ------
    NotAllowedError
        If an answer is none of the four words; the error names the question.
    """

    speech: str = OPEN
    sudden: str = OPEN
    emergency: str = OPEN
    weakness: str = OPEN
    control: str = OPEN
    sensations: str = OPEN
    at_risk: str = OPEN
    wasting: str = OPEN
    pain: str = OPEN
    weeks: str = OPEN

    def __post_init__(self) -> None:
        """Refuse anything but the four words."""
        for field in dataclasses.fields(self):
            check(field.name, getattr(self, field.name))

    @classmethod
    def all_no(cls, **others: str) -> Self:
        """Return answers that are no, except for those given."""
        return cls(**{field.name: "no" for field in dataclasses.fields(cls)} | others)


def check(name: str, value: object) -> None:
    """Refuse a value that is no answer.

    Raises
    ------
    NotAllowedError
        If `value` is not one of `ANSWERS`.
    """
    if not isinstance(value, str) or value not in ANSWERS:
        raise NotAllowedError(name, value, _("one of {allowed}", allowed=", ".join(ANSWERS)))
