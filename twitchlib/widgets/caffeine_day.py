"""The dashboard of lesson 03 on how long the caffeine of a cup of coffee lasts."""

from dataclasses import dataclass
from typing import Final

from twitchlib import guide
from twitchlib.figures import caffeine as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology.caffeine import Caffeine, Dose
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.scenes import cup
from twitchlib.widgets.controls import setting
from twitchlib.widgets.cups import Cup, Cups, Drink
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.layout import facing, stack, stage

__all__ = ["CaffeineDay", "Night", "doses"]

_HALF_LIFE: Final = describe(Caffeine)["half_life_h"]


@dataclass(frozen=True)
class Night(Quantities):
    """Bedtime, and how fast this body removes caffeine."""

    bedtime_h: float = setting(
        23, _("Bedtime"), unit=_("h (24 is midnight)"), low=20, high=28, step=0.5
    )
    half_life_h: float = quantity(
        _HALF_LIFE.default, _("Half of it is gone after"), unit="h",
        low=_HALF_LIFE.low, high=_HALF_LIFE.high, step=0.5, source=_HALF_LIFE.source,
    )  # fmt: skip


def CaffeineDay() -> Dashboard[Night, list[Dose]]:
    """Return a day of drinks at chosen times, and the caffeine in the body that results.

    Examples
    --------
    >>> day = CaffeineDay()
    >>> day.controls.set(bedtime_h=22)
    >>> [dose.time_h for dose in day.result]
    [8.0, 13.0, 17.0]
    """
    cups = Cups(
        [
            Drink(name, f"{row['name']}, {row['serving']}", row["caffeine_mg"])
            for name, row in guide.rows("drinks").items()
        ],
        [Cup(8, "filter-coffee"), Cup(13, "espresso"), Cup(17, "cola")],
    )

    def _shown_code(night: Night) -> str:
        listed = ", ".join(f"({d.time_h:g}, {d.dose_mg:g})" for d in doses(cups.value))
        return (
            "from twitchlib.physiology import caffeine\n\n"
            f"body = caffeine.Caffeine(half_life_h={night.half_life_h:g})\n"
            f"caffeine.body_load(body, [{listed}], [{night.bedtime_h:g}]).caffeine_mg"
        )

    day = Dashboard(
        Night,
        run=lambda _night: doses(cups.value),
        figures=lambda night, drunk, _before: [
            figures.plot_day(
                drunk,
                bedtime_h=night.bedtime_h,
                caffeine=Caffeine(half_life_h=night.half_life_h),
            )
        ],
        scene=lambda night, drunk: cup(
            drunk,
            begins_h=figures.START_H,
            ends_h=figures.END_H,
            bedtime_h=night.bedtime_h,
            caffeine=Caffeine(half_life_h=night.half_life_h),
        ),
        code=_shown_code,
        arrange=lambda day: [
            facing(stack(cups, day.controls), stage(day.views, drawing=day.body)),
            day.code,
        ],
    )
    cups.on_change(lambda _cups: day.refresh())
    return day


def doses(cups: tuple[Cup, ...]) -> list[Dose]:
    """Return the doses, timed in the figure's day, which runs from morning to morning."""
    known = guide.rows("drinks")
    return [
        Dose(cup.time_h if cup.time_h >= figures.START_H else cup.time_h + 24,
             known[cup.drink]["caffeine_mg"])
        for cup in cups
    ]  # fmt: skip
