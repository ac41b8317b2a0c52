"""The stop at the muscle fibre: from single twitches to a smooth pull."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from twitchlib.figures import motor_pool as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL
from twitchlib.quantity import Quantities, quantity
from twitchlib.scenes import fibre
from twitchlib.widgets.controls import Preset, setting
from twitchlib.widgets.dashboard import Dashboard

__all__ = ["Train", "twitch_stop"]

START_S: Final = 0.1


@dataclass(frozen=True)
class Train(Quantities):
    """The pulses of one motor unit."""

    pulses: float = setting(1, _("Pulses"), low=1, high=60, integer=True)
    rate_hz: float = setting(8, _("Pulses per second"), unit="Hz", low=2, high=60, step=1)
    unit: float = quantity(
        60, _("Motor unit"), unit="", low=1, high=POOL.units, integer=True,
        source="Fuglevand, Winter & Patla 1993, doi:10.1152/jn.1993.70.6.2470",
    )  # fmt: skip

    @property
    def discharges(self) -> Discharges:
        """The pulses in the form the model takes."""
        number = int(self.pulses)
        return Discharges.of([self.unit] * number, START_S + np.arange(number) / self.rate_hz)


PRESETS: Final = [
    Preset(
        "eight-a-second",
        _("Eight a second"),
        _("About the rate at which a unit begins to fire. Can you still count the twitches?"),
        Train(pulses=12, rate_hz=8),
    ),
    Preset(
        "twenty-a-second",
        _("Twenty a second"),
        _("Each twitch starts before the last one is over."),
        Train(pulses=30, rate_hz=20),
    ),
    Preset(
        "slow-unit",
        _("A slow unit"),
        _("The same twenty a second, in a small unit whose twitch takes longer."),
        Train(pulses=30, rate_hz=20, unit=1),
    ),
    Preset(
        "fast-unit",
        _("A fast unit"),
        _("The same again, in the largest unit, whose twitch is the quickest."),
        Train(pulses=30, rate_hz=20, unit=POOL.units),
    ),
]


def twitch_stop() -> Dashboard[Train, Discharges]:
    """Fire one motor unit again and again, and see its twitches add up."""
    return Dashboard(
        Train,
        run=lambda train: train.discharges,
        figures=lambda _train, discharges, before: [figures.plot_train(discharges, before)],
        scene=lambda _train, discharges: fibre(discharges),
        code=_shown_code,
        presets=PRESETS,
        hints={
            "pulses": _("Their rate matters only if there are at least two."),
            "unit": _("1 is the smallest and slowest, 120 the strongest and fastest."),
        },
        compares=True,
    )


def _shown_code(settings: Train) -> str:
    return (
        "import numpy as np\n\n"
        "from twitchlib.figures import motor_pool as figures\n"
        "from twitchlib.physiology.motor_pool import Discharges\n\n"
        f"time_s = {START_S} + np.arange({settings.pulses}) / {settings.rate_hz:g}\n"
        f"figures.plot_train(Discharges.of([{settings.unit}] * {settings.pulses}, time_s))"
    )
