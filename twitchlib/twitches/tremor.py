"""Physiological tremor: a steady contraction whose drive rises and falls several times a second.

Everyone has it. Unlike clonus it needs no stretch and is faster, and the muscle never falls silent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches._course import Course, drive_times_s, driven
from twitchlib.twitches._kind import EventType, Kind

__all__ = ["KIND", "PRESETS", "Tremor", "course"]

_RATE = _(
    "Hand tremor of healthy people peaks between 6 and 12 Hz: {source}",
    source="doi:10.1113/JP270464",
)
_TEACHING = _("Chosen for teaching")


@dataclass(frozen=True)
class Tremor(Quantities):
    """A contraction and its unevenness."""

    frequency_hz: float = quantity(
        9, _("Rate of the tremor"), unit="Hz", low=3, high=14, step=0.1, source=_RATE,
        illustrative=True,
    )  # fmt: skip
    depth: float = quantity(
        0.5, _("How far the drive rises and falls"), unit="", low=0, high=1, source=_TEACHING,
        illustrative=True,
    )  # fmt: skip
    level: float = quantity(
        0.15, _("Mean drive"), unit="", low=0.02, high=0.5, source=_TEACHING, illustrative=True
    )


SPELL = EventType(
    "tremor", _("tremor"), lambda n: ngettext("one spell of tremor", "{n} spells of tremor", n),
    sound=_("a roar that throbs fast"),
    sounds=lambda n: ngettext("{n} roar that throbs fast", "{n} roars that throb fast", n),
)  # fmt: skip

PRESETS = {"physiological": Tremor(), "enhanced": Tremor(depth=0.9)}


def course(params: Tremor, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    wave = np.sin(2 * np.pi * (params.frequency_hz * drive_times_s(duration_s) + rng.random()))
    return driven(params.level * (1 + params.depth * wave), SPELL.label, rng)


KIND = Kind(
    "tremor", _("Tremor"), part=_("none"),
    how=_("the drive of a healthy contraction rises and falls"), presets=PRESETS, course=course,
    events=(SPELL,), game=({"depth": 0.8}, {"preset": "enhanced"}), fewest_events=1,
    look_alike=True,
)  # fmt: skip
