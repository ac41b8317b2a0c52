"""The stop at myoclonus: a short volley to the whole muscle, or a short silence."""

from dataclasses import dataclass
from typing import Final

from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.scenes import calf
from twitchlib.twitches import Recording
from twitchlib.twitches.myoclonus import PRESETS as KINDS
from twitchlib.twitches.myoclonus import Myoclonus
from twitchlib.widgets.controls import Preset
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.twitch_types.recording_stop import recording_stop

__all__ = ["Jerks", "myoclonus_stop"]

LENGTH_S: Final = 6
SEED: Final = 2

_MYOCLONUS: Final = describe(Myoclonus)


@dataclass(frozen=True)
class Jerks(Quantities):
    """Jerks, or lapses, and what the muscle does in between."""

    jerk_ms: float = quantity(
        31, _("Length of a jerk or lapse"), unit="ms", low=15, high=250, step=1,
        source=_MYOCLONUS["burst_ms"].source, illustrative=True,
    )  # fmt: skip
    jerk_strength: float = quantity(
        0.45, _("Strength of the volley"), unit="", low=0, high=0.6, step=0.05,
        source=_MYOCLONUS["strength"].source, illustrative=True,
    )  # fmt: skip
    held: float = quantity(
        0, _("Background contraction"), unit="", low=0, high=0.3, step=0.05,
        source=_MYOCLONUS["hold"].source, illustrative=True,
    )  # fmt: skip
    jerks_per_min: float = quantity(
        40, _("Jerks a minute"), unit="/min", low=10, high=80, step=5,
        source=_MYOCLONUS["rate_per_min"].source, illustrative=True,
    )  # fmt: skip


PRESETS: Final = [
    Preset(
        "from-the-cortex",
        _("Jerks from the cortex"),
        _("The shortest ones: about a thirtieth of a second."),
        Jerks(),
    ),
    Preset(
        "from-elsewhere",
        _("Jerks from elsewhere"),
        _("From the brainstem or the spinal cord, for example. Longer, on average."),
        Jerks(jerk_ms=57),
    ),
    Preset(
        "lapses",
        _("Lapses"),
        _("Negative myoclonus: a held hand falls, since for a moment nothing drives it."),
        Jerks(
            jerk_ms=KINDS["negative"].burst_ms,
            jerk_strength=0,
            held=KINDS["negative"].hold,
        ),
    ),
]


def myoclonus_stop() -> Dashboard[Jerks, Recording]:
    """Make jerks and lapses of any length."""
    return recording_stop(
        Jerks,
        lambda _jerks: "myoclonus",
        lambda jerks: {
            "seed": SEED,
            "duration_s": LENGTH_S,
            "burst_ms": jerks.jerk_ms,
            "burst_sd_ms": 0,
            "longest_ms": _MYOCLONUS["longest_ms"].high,
            "strength": jerks.jerk_strength,
            "hold": jerks.held,
            "rate_per_min": jerks.jerks_per_min,
        },
        scene=lambda _jerks, recording: calf(recording),
        presets=PRESETS,
        hints={
            "jerk_strength": _("0 makes a lapse instead."),
            "held": _("Without it, there is nothing to lapse."),
        },
    )
