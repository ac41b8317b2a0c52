"""The stop at spasm: set one off, and stretch the muscle."""

from dataclasses import dataclass
from typing import Any, Final

from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.scenes import calf
from twitchlib.twitches import Recording
from twitchlib.twitches.spasm import Spasm
from twitchlib.widgets.controls import Preset, setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.twitch_types.recording_stop import recording_stop

__all__ = ["Cramp", "spasm_stop"]

LENGTH_S: Final = 12
# Enough to pull harder than a myoclonic jerk does.
UNITS: Final = 30

_SPASM: Final = describe(Spasm)


@dataclass(frozen=True)
class Cramp(Quantities):
    """What sets a spasm off, what sustains it, and when the muscle is stretched."""

    push_na: float = quantity(
        4, _("Push that starts it"), unit="nA", low=0, high=10, step=0.5,
        source=_SPASM["push_na"].source, illustrative=True,
    )  # fmt: skip
    persistent_us: float = quantity(
        _SPASM["persistent_us"].default, _("Current that keeps a motoneuron going"), unit="µS",
        low=0.056, high=0.131, step=0.005, source=_SPASM["persistent_us"].source, illustrative=True,
    )  # fmt: skip
    stretch_at_s: float = setting(
        LENGTH_S, _("Muscle stretched at"), unit="s", low=2, high=LENGTH_S, step=0.5
    )


PRESETS: Final = [
    Preset(
        "stretch-it",
        _("Stretch it after five seconds"),
        _(
            "The stretch tells the spinal cord to hold the motoneurons back. Their own current "
            "goes out, and it stays out."
        ),
        Cramp(stretch_at_s=5),
    ),
    Preset(
        "calm-cells",
        _("Motoneurons with less of that current"),
        _("The same push. When it ends, the firing ends too: a short contraction and no spasm."),
        Cramp(persistent_us=0.081),
    ),
]


def spasm_stop() -> Dashboard[Cramp, Recording]:
    """Push motoneurons, see them go on firing by themselves, and end that by stretching."""
    return recording_stop(
        Cramp,
        lambda _cramp: "spasm",
        lambda cramp: {
            "seed": 1,
            "duration_s": LENGTH_S,
            "units": UNITS,
            "push_na": cramp.push_na,
            "persistent_us": cramp.persistent_us,
            "stretch_s": cramp.stretch_at_s,
        },
        options=_options,
        scene=lambda _cramp, recording: calf(recording),
        presets=PRESETS,
        hints={
            "stretch_at_s": _("{end_s} s, the end of the recording, means never.", end_s=LENGTH_S)
        },
    )


def _options(cramp: Cramp) -> dict[str, Any]:
    marks = {_("push"): _SPASM["onset_s"].default}
    if cramp.stretch_at_s < LENGTH_S:
        marks[_("stretch")] = cramp.stretch_at_s
    return {"ranges": {"emg": (-3, 3), "force": (-0.03, 1)}, "marks": marks}
