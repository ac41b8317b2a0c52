"""The dashboard of lesson 03 on how long a cup of coffee stays."""

from dataclasses import dataclass
from typing import Final

import ipywidgets
import plotly.graph_objects as go

from twitchlib import guide
from twitchlib.figures import caffeine as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology.caffeine import Caffeine, Dose
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.cups import Cup, Cups, Drink
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import beside, stack
from twitchlib.widgets.prose import Prose, shown_code

__all__ = ["CaffeineDay", "Night", "doses"]

_HALF_LIFE: Final = describe(Caffeine)["half_life_h"]


@dataclass(frozen=True)
class Night(Quantities):
    """When the day ends, and how fast this body removes caffeine."""

    bedtime_h: float = quantity(
        23, _("Bedtime"), unit=_("h (24 is midnight)"), low=20, high=28, step=0.5,
        source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip
    half_life_h: float = quantity(
        _HALF_LIFE.default, _("Half of it is gone after"), unit="h",
        low=_HALF_LIFE.low, high=_HALF_LIFE.high, step=0.5, source=_HALF_LIFE.source,
    )  # fmt: skip


class CaffeineDay(ipywidgets.VBox):
    """Drinks placed at times of the day, and the caffeine in the body they amount to.

    Attributes
    ----------
    cups : Cups
        The drinks; ``cups.value`` is what stands there now.
    night : Controls
        Bedtime and half-life.
    """

    def __init__(self) -> None:
        self.cups = Cups(
            [
                Drink(name, f"{row['name']}, {row['serving']}", row["caffeine_mg"])
                for name, row in guide.rows("drinks").items()
            ],
            [Cup(8, "filter-coffee"), Cup(13, "espresso"), Cup(17, "cola")],
        )
        self.night: Controls[Night] = Controls(Night)
        self._figure = FigureView(self._plot())
        self._code = Prose()
        self.cups.on_change(lambda _cups: self._refresh())
        self.night.on_change(lambda _night: self._refresh())
        self._refresh()
        super().__init__(
            [beside(stack(self.cups, self.night), stack(self._figure, self._code))],
            _dom_classes=("tw-dashboard",),
        )

    def _plot(self) -> go.Figure:
        night = self.night.value
        return figures.plot_day(
            doses(self.cups.value),
            bedtime_h=night.bedtime_h,
            caffeine=Caffeine(half_life_h=night.half_life_h),
        )

    def _refresh(self) -> None:
        self._figure.show(self._plot())
        self._code.html = shown_code("tw-day-code", self._shown_code())

    def _shown_code(self) -> str:
        listed = ", ".join(f"({d.time_h:g}, {d.dose_mg:g})" for d in doses(self.cups.value))
        night = self.night.value
        return (
            "from twitchlib.physiology import caffeine\n\n"
            f"body = caffeine.Caffeine(half_life_h={night.half_life_h:g})\n"
            f"caffeine.body_load(body, [{listed}], [{night.bedtime_h:g}]).caffeine_mg"
        )


def doses(cups: tuple[Cup, ...]) -> list[Dose]:
    """Return what is drunk, in the figure's day, which runs from morning to morning."""
    known = guide.rows("drinks")
    return [
        Dose(cup.time_h if cup.time_h >= figures.START_H else cup.time_h + 24,
             known[cup.drink]["caffeine_mg"])
        for cup in cups
    ]  # fmt: skip
