"""A person's usual week, in numbers."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from twitchlib import guide
from twitchlib.errors import NotAllowedError
from twitchlib.guide.errors import GuideError, Problem
from twitchlib.named import Named
from twitchlib.quantity import Quantities, describe, quantity

__all__ = ["Habits", "presets"]


def _habit(name: str) -> Any:
    """Return a field as described in the table ``factors``."""
    row = guide.rows("factors")[name]
    sources = [guide.references()[key] for key in row["basis"]]
    return quantity(
        row["default"],
        row["label"],
        unit=row["unit"] or "",
        low=row["low"],
        high=row["high"],
        step=row["step"],
        source="; ".join(f"{source.short}, {source.address}" for source in sources)
        or row["threshold_note"],
        illustrative=not sources,
    )


@dataclass(frozen=True)
class Habits(Quantities):
    """A person's usual week, in numbers: the habits of the table ``factors``, in its order.

    The defaults are a week in which, according to the guide, no habit is a factor. The source of a
    field is that of the threshold beyond which the habit counts (`factors` has the thresholds).

    Raises
    ------
    NotAllowedError
        If a value lies outside its range; the error names the field, the value and the range.
    """

    caffeine_mg: float = _habit("caffeine_mg")
    sleep_h: float = _habit("sleep_h")
    stress: float = _habit("stress")
    tiredness: float = _habit("tiredness")
    exercise_h: float = _habit("exercise_h")
    activity_min: float = _habit("activity_min")
    water_l: float = _habit("water_l")
    potassium_mg: float = _habit("potassium_mg")
    magnesium_mg: float = _habit("magnesium_mg")


@cache
def presets() -> Named[Habits]:
    """Return the named weeks of the table ``presets``, by id.

    A habit missing from the table takes its default.

    Raises
    ------
    GuideError
        If a row of the table is not a possible week.

    Examples
    --------
    >>> presets()["exam-week"].sleep_h
    5.5
    """
    weeks = {}
    for name, row in guide.rows("presets").items():
        given = {habit: row.get(habit) for habit in describe(Habits)}
        try:
            weeks[name] = Habits(**{habit: v for habit, v in given.items() if v is not None})
        except NotAllowedError as error:
            what = f"{error.value:g} in row {name!r} must be {error.allowed}"  # untranslated: table
            raise GuideError([Problem("presets.csv", None, error.field, what)]) from None
    return Named("preset", weeks)
