"""Shivering: the brain drives many units in a fast rhythm, and in slow waves, to produce heat.

Unlike tremor it waxes and wanes several times a minute, in all muscles together, without any
voluntary contraction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches._course import Course, drive_times_s, driven
from twitchlib.twitches._kind import EventType, Kind

__all__ = ["KIND", "PRESETS", "Shivering", "course"]

_RHYTHMS = _(
    "In the cold all muscles sampled rose and fell together 6 to 8 times a minute, with 8 to 10 Hz "
    "within: {authors} and others 1987, {doi}",
    authors="Pozos, Israel",  # untranslated: names
    doi="doi:10.1016/S0196-0644(87)80756-4",
)
_TEACHING = _("Chosen for teaching")


@dataclass(frozen=True)
class Shivering(Quantities):
    """A rhythm within waves."""

    frequency_hz: float = quantity(
        9, _("Rate of the shaking"), unit="Hz", low=4, high=12, step=0.1, source=_RHYTHMS,
        illustrative=True,
    )  # fmt: skip
    waves_per_min: float = quantity(
        7, _("Waves a minute"), unit="/min", low=2, high=15, step=0.5, source=_RHYTHMS,
        illustrative=True,
    )  # fmt: skip
    wave: float = quantity(
        0.9, _("How far the waves rise and fall"), unit="", low=0, high=1, source=_TEACHING,
        illustrative=True,
    )  # fmt: skip
    depth: float = quantity(
        0.8, _("How far the drive shakes within a wave"), unit="", low=0, high=1, source=_TEACHING,
        illustrative=True,
    )  # fmt: skip
    level: float = quantity(
        0.12, _("Mean drive"), unit="", low=0.02, high=0.25, source=_TEACHING, illustrative=True
    )


SPELL = EventType(
    "shivering", _("shivering"),
    lambda n: ngettext("one spell of shivering", "{n} spells of shivering", n),
    sound=_("a fast throb that swells and fades"),
    sounds=lambda n: ngettext(
        "{n} fast throb that swells and fades", "{n} fast throbs that swell and fade", n
    ),
)  # fmt: skip

PRESETS = {"cold": Shivering()}


def course(params: Shivering, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    time_s = drive_times_s(duration_s)
    slow, fast = rng.random(2)
    waves = 1 + params.wave * np.sin(2 * np.pi * (params.waves_per_min / 60 * time_s + slow))
    shaking = 1 + params.depth * np.sin(2 * np.pi * (params.frequency_hz * time_s + fast))
    return driven(params.level * waves * shaking, SPELL.label, rng)


KIND = Kind(
    "shivering", _("Shivering"), part=_("none"),
    how=_("to make heat, the brain drives many units in a rhythm that swells"), presets=PRESETS,
    course=course, events=(SPELL,), game=({"waves_per_min": 12}, {"waves_per_min": 15}),
    fewest_events=1, look_alike=True,
)  # fmt: skip
