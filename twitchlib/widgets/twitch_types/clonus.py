"""The stop at clonus: stretch an ankle, and find the gain and delay at which it keeps beating."""

import math
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from twitchlib.figures.twitches.tries import plot_tries
from twitchlib.figures.twitches.words import rhythm_hz
from twitchlib.messages import gettext as _
from twitchlib.physiology.reflex import HEALTHY, SPASTIC, Ankle
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.scenes import ankle
from twitchlib.twitches import Recording, simulate
from twitchlib.twitches.clonus import CLONUS, KICK_S
from twitchlib.widgets._known import later
from twitchlib.widgets.controls import Preset, setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.twitch_types.recording_stop import SAMPLE_HZ, recording_stop

__all__ = ["Stretch", "beats_hz", "clonus_stop"]

LENGTH_S: Final = 5
MOST_TRIES: Final = 120
# Gain and delay of the example tries: far from the border where the foot begins to beat, which is
# for the reader to find.
EXAMPLES: Final = ((0.15, 20), (1.3, 25), (0.2, 80), (1.1, 75))

_ANKLE: Final = describe(Ankle)


@dataclass(frozen=True)
class Stretch(Quantities):
    """An ankle, and how it is stretched."""

    gain_s: float = quantity(
        HEALTHY.gain_s, _("Gain of the reflex"), unit="s/rad", low=0, high=1.5, step=0.05,
        source=_ANKLE["gain_s"].source, illustrative=True,
    )  # fmt: skip
    delay_ms: float = quantity(
        HEALTHY.delay_ms, _("Delay from stretch to muscle"), unit="ms", low=10, high=100, step=5,
        source=_ANKLE["delay_ms"].source, illustrative=True,
    )  # fmt: skip
    stretch_rad_s: float = setting(
        HEALTHY.kick_rad_s, _("Speed of your stretch"), unit="rad/s", low=0, high=8, step=0.5
    )
    load_nm: float = quantity(
        HEALTHY.load_nm, _("Load that bends the foot up"), unit="N m", low=0, high=12, step=1,
        source=_ANKLE["load_nm"].source, illustrative=True,
    )  # fmt: skip

    @property
    def ankle(self) -> Ankle:
        """The ankle in the form the model takes."""
        return Ankle(
            gain_s=self.gain_s, delay_ms=self.delay_ms, kick_rad_s=self.stretch_rad_s,
            load_nm=self.load_nm,
        )  # fmt: skip


PRESETS: Final = [
    Preset(
        "strong-reflex",
        _("A reflex without its brake"),
        _(
            "The same stretch as before. Now each pull comes strong enough, and late enough, to "
            "set off the next."
        ),
        Stretch(gain_s=SPASTIC.gain_s),
    ),
    Preset(
        "slow-stretch",
        _("The same, stretched slowly"),
        _("This reflex answers speed. Stretch slowly and it hardly notices."),
        Stretch(gain_s=SPASTIC.gain_s, stretch_rad_s=1),
    ),
    Preset(
        "heavy-load",
        _("The same, under a heavy load"),
        _(
            "More weight holds the foot further up, where the joint is stiffer. The beat fades "
            "away."
        ),
        Stretch(gain_s=SPASTIC.gain_s, load_nm=8),
    ),
    Preset(
        "short-way",
        _("The same, over a shorter path"),
        _("If the signal came back twice as fast, the pull would come in time and damp the swing."),
        Stretch(gain_s=SPASTIC.gain_s, delay_ms=20),
    ),
]


def clonus_stop() -> Dashboard[Stretch, Recording]:
    """Stretch an ankle and see whether the swing dies out or keeps going by itself."""
    tries: dict[Ankle, float] = {}
    examples = [Stretch(gain_s=gain_s, delay_ms=delay_ms) for gain_s, delay_ms in EXAMPLES]
    for each in examples:
        later(partial(_example_hz, each))
    stop = recording_stop(
        Stretch,
        lambda _stretch: "clonus",
        _arguments,
        options=lambda _stretch: {"ranges": {"emg": (-7, 7)}, "marks": {_("stretch"): KICK_S}},
        others=lambda stretch, recording: [
            plot_tries(
                remembered(tries, stretch.ankle, beats_hz(recording)),
                stretch.ankle,
                {each.ankle: _example_hz(each) for each in examples},
            )
        ],
        scene=lambda _stretch, recording: ankle(recording),
        names=[_("Recording"), _("Your tries")],
        presets=PRESETS,
        hints={
            "gain_s": _("How strongly the muscle answers a stretch."),
            "delay_ms": _("The way to the spinal cord and back."),
        },
    )
    if stop.body:
        stop.body.on_ask(lambda rad_s: stop.controls.set(stretch_rad_s=stretched(rad_s)))
    return stop


def stretched(rad_s: float) -> float:
    """Return the speed of the reader's own stretch as the control takes it.

    Examples
    --------
    >>> stretched(3.3), stretched(50), stretched(-1)
    (3.5, 8.0, 0.0)
    """
    speed = describe(Stretch)["stretch_rad_s"]
    return float(min(max(round(rad_s / speed.step) * speed.step, speed.low), speed.high))


def _arguments(stretch: Stretch) -> dict[str, Any]:
    return {
        "seed": 1,
        "duration_s": LENGTH_S,
        "gain_s": stretch.gain_s,
        "delay_ms": stretch.delay_ms,
        "kick_rad_s": stretch.stretch_rad_s,
        "load_nm": stretch.load_nm,
    }


@cache
def _example_hz(stretch: Stretch) -> float:
    """Return the beats per second of an example try; NaN if it dies out."""
    return beats_hz(simulate("clonus", sample_hz=SAMPLE_HZ, **_arguments(stretch)))


def beats_hz(recording: Recording) -> float:
    """Return the beats per second of the foot; NaN if the swing dies out."""
    beats = recording.events
    lasts = bool(beats) and beats[0].label == CLONUS.label
    return (rhythm_hz(beats) or math.nan) if lasts else math.nan


def remembered(tries: dict[Ankle, float], ankle: Ankle, hz: float) -> dict[Ankle, float]:
    """Return the tries with the newest one added, dropping the oldest beyond the limit."""
    tries.pop(ankle, None)
    tries[ankle] = hz
    while len(tries) > MOST_TRIES:
        del tries[next(iter(tries))]
    return tries
