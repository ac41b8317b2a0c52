"""A person's answers to the questions about warning signs."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Final, Self

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice

__all__ = ["ANSWERS", "OPEN", "Answers"]

OPEN: Final = "open"
ANSWERS: Final = {"yes": _("Yes"), "no": _("No"), "unsure": _("Not sure"), OPEN: _("No answer")}
"""The possible answers; ``"open"`` means no answer yet and is never taken as a no."""


def _answer(question: str) -> Any:
    return choice(OPEN, guide.rows("triage_questions")[question]["question"], ANSWERS)


@dataclass(frozen=True)
class Answers(Quantities):
    """An answer to each question: ``"yes"``, ``"no"``, ``"unsure"`` or ``"open"``.

    Parameters
    ----------
    speech, sudden, emergency, weakness, control, sensations, at_risk, wasting, pain, weeks : str
        Open by default. Yes is always the warning sign.

    Raises
    ------
    NotAllowedError
        If an answer is not one of the four words; the error names the question.
    """

    speech: str = _answer("speech")
    sudden: str = _answer("sudden")
    emergency: str = _answer("emergency")
    weakness: str = _answer("weakness")
    control: str = _answer("control")
    sensations: str = _answer("sensations")
    at_risk: str = _answer("at_risk")
    wasting: str = _answer("wasting")
    pain: str = _answer("pain")
    weeks: str = _answer("weeks")

    @classmethod
    def all_no(cls, **others: str) -> Self:
        """Return answers that are all no, except for those given."""
        return cls(**{field.name: "no" for field in dataclasses.fields(cls)} | others)
