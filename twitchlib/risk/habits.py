"""A person's usual week, in nine numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, describe, quantity

__all__ = ["Habits", "presets"]

_SELF_RATING: Final = _("a self-rating made for this course; no published scale")


@dataclass(frozen=True)
class Habits(Quantities):
    """A person's usual week, in nine numbers.

    The defaults are a week in which, by the guide, no habit is a factor. The source of a field
    is that of the threshold beyond which the habit counts (`factors` has the thresholds).

    Raises
    ------
    NotAllowedError
        If a value lies outside its range; the error names the field, the value and the range.
    """

    caffeine_mg: float = quantity(
        150, _("Caffeine"), unit=_("mg/day"), low=0, high=1000, step=10,
        source="EFSA 2015, doi:10.2903/j.efsa.2015.4102",
    )  # fmt: skip
    sleep_h: float = quantity(
        8, _("Sleep"), unit=_("h/night"), low=0, high=14, step=0.5,
        source="Watson et al. 2015, doi:10.5664/jcsm.4758",
    )  # fmt: skip
    stress: float = quantity(
        3, _("Stress"), unit=_("of 10"), low=0, high=10, step=1,
        source=_SELF_RATING, illustrative=True,
    )  # fmt: skip
    tiredness: float = quantity(
        3, _("Tiredness"), unit=_("of 10"), low=0, high=10, step=1,
        source=_SELF_RATING, illustrative=True,
    )  # fmt: skip
    exercise_h: float = quantity(
        3, _("Hard exercise"), unit=_("h/week"), low=0, high=30, step=0.5,
        source=_("threshold made for this course; no published one"), illustrative=True,
    )  # fmt: skip
    activity_min: float = quantity(
        180, _("Everyday activity"), unit=_("min/week"), low=0, high=1000, step=10,
        source="Bull et al. 2020, doi:10.1136/bjsports-2020-102955",
    )  # fmt: skip
    water_l: float = quantity(
        2, _("Drinks"), unit=_("L/day"), low=0, high=6, step=0.1,
        source="EFSA 2010, doi:10.2903/j.efsa.2010.1459",
    )  # fmt: skip
    potassium_mg: float = quantity(
        3600, _("Potassium in food"), unit=_("mg/day"), low=0, high=8000, step=100,
        source="EFSA 2016, doi:10.2903/j.efsa.2016.4592",
    )  # fmt: skip
    magnesium_mg: float = quantity(
        360, _("Magnesium in food"), unit=_("mg/day"), low=0, high=800, step=10,
        source="EFSA 2015, doi:10.2903/j.efsa.2015.4186",
    )  # fmt: skip


@cache
def presets() -> Mapping[str, Habits]:
    """Return the named weeks of the table ``presets``, by id.

    Examples
    --------
    >>> presets()["exam-week"].sleep_h
    5.5
    """
    return {
        name: Habits(**{habit: row[habit] for habit in describe(Habits)})
        for name, row in guide.rows("presets").items()
    }
