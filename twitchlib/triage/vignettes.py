"""Made-up cases."""

from functools import cache

from twitchlib import guide
from twitchlib.named import Named
from twitchlib.triage.answers import OPEN, Answers

__all__ = ["vignettes"]


@cache
def vignettes() -> Named[Answers]:
    """Return the answers of the people in the table ``vignettes``, by id, in its order.

    Examples
    --------
    >>> from twitchlib import triage
    >>> triage.advise(vignettes()["the-cup"]).action.name
    'Severe symptoms'
    """
    rows = guide.rows("vignettes")
    return Named("case", {name: _answers(row["answers"]) for name, row in rows.items()})


def _answers(answers: tuple[str, ...]) -> Answers:
    if answers == (OPEN,):
        return Answers()
    return Answers.all_no(**dict(answer.split("=") for answer in answers))
