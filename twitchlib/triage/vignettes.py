"""Made-up cases, with the row that the rules give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from twitchlib import guide
from twitchlib.triage.advice import Advice, advise
from twitchlib.triage.answers import OPEN, Answers

__all__ = ["Vignette", "vignettes"]


@dataclass(frozen=True)
class Vignette:
    """A made-up person, what they tell, and what the rules make of it."""

    id: str
    name: str
    story: str
    advice: Advice
    why: str


@cache
def vignettes() -> Mapping[str, Vignette]:
    """Return the cases of the table ``vignettes``, by id, in its order.

    Examples
    --------
    >>> len(vignettes()) > 5
    True
    """
    return {
        name: Vignette(
            name, row["name"], row["story"], advise(_answers(row["answers"])), row["why"]
        )
        for name, row in guide.rows("vignettes").items()
    }


def _answers(told: tuple[str, ...]) -> Answers:
    if told == (OPEN,):
        return Answers()
    return Answers.all_no(**dict(answer.split("=") for answer in told))
