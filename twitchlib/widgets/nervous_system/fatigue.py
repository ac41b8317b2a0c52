"""The stop after the movement: hold a force until it cannot be held."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from twitchlib import scenes
from twitchlib.figures import fatigue as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology import fatigue
from twitchlib.physiology.fatigue import MUSCLE, Hold
from twitchlib.quantity import Quantities
from twitchlib.widgets.controls import Preset, setting
from twitchlib.widgets.dashboard import Dashboard

__all__ = ["Held", "fatigue_stop"]

STEPS: Final = 300


@dataclass(frozen=True)
class Held(Quantities):
    """A force to hold, and how long to try."""

    held_percent: float = setting(50, _("Force to hold"), unit="%", low=15, high=100, step=1)
    tried_s: float = setting(120, _("How long you try"), unit="s", low=20, high=900, step=10)

    @property
    def target(self) -> float:
        """The force in the form the model takes."""
        return round(self.held_percent / 100, 4)

    @property
    def step_s(self) -> float:
        """The time step."""
        return round(self.tried_s / STEPS, 4)


PRESETS: Final = [
    Preset(
        "light-load",
        _("A light load"),
        _("A fifth of full force. At first little more than a quarter of the order is enough."),
        Held(held_percent=20, tried_s=600),
    ),
    Preset(
        "heavy-load",
        _("A heavy load"),
        _("All units work from the start, so there are none to take over."),
        Held(held_percent=80, tried_s=30),
    ),
    Preset(
        "all-you-have",
        _("All you have"),
        _("Nothing is kept back, so the force can only sink."),
        Held(held_percent=100, tried_s=100),
    ),
]


def fatigue_stop(words: Callable[[Held, Hold], str] | None = None) -> Dashboard[Held, Hold]:
    """Hold a force and see which units tire, which join in, and when it ends.

    Parameters
    ----------
    words : callable, optional
        ``words(settings, result) -> str``: a text below the figure.
    """
    return Dashboard(
        Held,
        run=lambda held: fatigue.simulate(MUSCLE, held.target, held.tried_s, step_s=held.step_s),
        figures=lambda _held, hold, before: [
            figures.plot_hold(hold, before),
            figures.plot_units(hold),
        ],
        scene=lambda _held, hold: scenes.hold(hold),
        names=[_("Force and order"), _("Units")],
        words=words,
        code=_shown_code,
        presets=PRESETS,
        hints={
            "held_percent": _("100 % is all that the rested muscle can do."),
            "tried_s": _("Once it cannot hold the force, the muscle goes on with all it has left."),
        },
        compares=True,
    )


def _shown_code(settings: Held) -> str:
    return (
        "from twitchlib.figures import fatigue as figures\n"
        "from twitchlib.physiology import fatigue\n\n"
        "muscle = fatigue.FatigablePool()\n"
        f"hold = fatigue.simulate(muscle, {settings.target:g}, {settings.tried_s:g}, "
        f"step_s={settings.step_s:g})\n"
        "figures.plot_units(hold)\n"
        "figures.plot_hold(hold)"
    )
