"""The stop at the look-alikes: what is mistaken for a twitch but is not one."""

from dataclasses import dataclass
from typing import Final

from twitchlib.markup import Markup, html
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice
from twitchlib.scenes import calf
from twitchlib.twitches import Recording, kinds
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.twitch_types.recording_stop import recording_stop

__all__ = ["LookAlike", "look_alikes_stop"]

LENGTH_S: Final = 12
LOOK_ALIKES: Final = {name: kind.title for name, kind in kinds().items() if kind.look_alike}


@dataclass(frozen=True)
class LookAlike(Quantities):
    """Which look-alike to show, and for how long."""

    look_alike: str = choice("myokymia", _("What you look at"), LOOK_ALIKES)
    shown_s: float = setting(6, _("Time shown"), unit="s", low=1, high=LENGTH_S, step=0.5)


def look_alikes_stop() -> Dashboard[LookAlike, Recording]:
    """Look at what is mistaken for a twitch."""
    return recording_stop(
        LookAlike,
        lambda wanted: wanted.look_alike,
        lambda _wanted: {"seed": 1, "duration_s": LENGTH_S},
        until_s=lambda wanted: wanted.shown_s,
        scene=lambda _wanted, recording: calf(recording),
        words=_words,
        compares=False,
    )


def _words(wanted: LookAlike, _recording: Recording) -> Markup:
    kind = kinds()[wanted.look_alike]
    return html('<p role="status"><strong>{0.title}.</strong> {0.fault}</p>', kind)
