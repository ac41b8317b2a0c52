"""The stop at the axon: fire it, and find its threshold."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from twitchlib import scenes
from twitchlib.figures import membrane as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology import axon
from twitchlib.quantity import Quantities, quantity
from twitchlib.widgets.controls import Preset, setting
from twitchlib.widgets.dashboard import Dashboard

__all__ = ["Push", "axon_stop"]

START_MS: Final = 2
# A spike takes a few milliseconds and the gates take ten more, so a single pulse gets a closer look
# than a long one. The lengths come in steps to keep the axis still while the strength changes.
LENGTHS_MS: Final = (20, 30, 50)
AFTER_MS: Final = 10
SAMPLE_MS: Final = 0.1
EXAMPLE_UA_CM2: Final = 20

_RANGE: Final = _(
    "{source}; the range is the course's own",
    source="Hodgkin & Huxley 1952, doi:10.1113/jphysiol.1952.sp004764",
)


@dataclass(frozen=True)
class Push(Quantities):
    """A current pulse into the axon, given once or twice."""

    current_ua_cm2: float = setting(
        4, _("Strength of the pulse"), unit="µA/cm²", low=0, high=50, step=0.1
    )
    width_ms: float = setting(1, _("Length of the pulse"), unit="ms", low=0.1, high=40, step=0.1)
    again_ms: float = setting(0, _("The same again after"), unit="ms", low=0, high=35, step=0.5)
    temperature_c: float = quantity(
        6.3, _("Temperature"), unit="°C", low=3, high=18.5, step=0.1, source=_RANGE,
    )  # fmt: skip

    @property
    def pulses(self) -> list[tuple[float, float, float]]:
        """The pulses in the form the model takes."""
        starts = [START_MS, START_MS + self.again_ms] if self.again_ms else [START_MS]
        return [(float(start), self.width_ms, self.current_ua_cm2) for start in starts]

    @property
    def length_ms(self) -> int:
        """How long to show the axon."""
        needed_ms = START_MS + self.again_ms + self.width_ms + AFTER_MS
        return next((length for length in LENGTHS_MS if length >= needed_ms), LENGTHS_MS[-1])


PRESETS: Final = [
    Preset(
        "strong-pulse",
        _("A strong pulse"),
        _("Far more than is needed. Is the spike any taller than one that was only just set off?"),
        Push(current_ua_cm2=40),
    ),
    Preset(
        "long-push",
        _("A long push"),
        _("Not a pulse but a steady current. The axon turns its strength into a train of spikes."),
        Push(current_ua_cm2=10, width_ms=40),
    ),
    Preset(
        "too-soon",
        _("Two pulses, close together"),
        _(
            "The second pulse is as strong as the first, and yet it fails. Move it later until it "
            "is answered."
        ),
        Push(current_ua_cm2=20, again_ms=8),
    ),
]


def axon_stop() -> Dashboard[Push, axon.AxonRun]:
    """Push current into an axon and see whether it fires."""
    return Dashboard(
        Push,
        run=_run,
        figures=lambda push, run, before: [
            figures.plot_run(run, before, example=_example_run(_example(push)))
        ],
        scene=lambda push, run: scenes.membrane(run, push.pulses),
        code=_shown_code,
        presets=PRESETS,
        hints={"again_ms": _("0 means one pulse only.")},
        compares=True,
    )


def _run(push: Push) -> axon.AxonRun:
    squid = axon.SquidAxon(temperature_c=push.temperature_c)
    return axon.simulate(squid, push.pulses, push.length_ms, sample_ms=SAMPLE_MS)


def _example(push: Push) -> Push:
    """Return a pulse far above the threshold, which is for the reader to find."""
    return Push(current_ua_cm2=EXAMPLE_UA_CM2, temperature_c=push.temperature_c)


_example_run: Final = lru_cache(maxsize=16)(_run)


def _shown_code(settings: Push) -> str:
    pulses, example = (
        ", ".join(f"({s:g}, {w:g}, {i:g})" for s, w, i in push.pulses)
        for push in (settings, _example(settings))
    )
    return (
        "from twitchlib.figures import membrane\n"
        "from twitchlib.physiology import axon\n\n"
        f"squid = axon.SquidAxon(temperature_c={settings.temperature_c:g})\n"
        f"run = axon.simulate(squid, [{pulses}], {settings.length_ms}, sample_ms={SAMPLE_MS})\n"
        f"example = axon.simulate(squid, [{example}], {LENGTHS_MS[0]}, sample_ms={SAMPLE_MS})\n"
        "membrane.plot_run(run, example=example)"
    )
