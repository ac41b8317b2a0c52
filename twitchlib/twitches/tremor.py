"""Physiological tremor: a steady contraction whose drive rises and falls several times a second.

Everyone has it. Unlike clonus it needs no stretch, is faster, and the muscle never falls silent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_units import POOL
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches._course import DRIVE_HZ, POTENTIAL_S, Course
from twitchlib.twitches._kind import EventType, Kind
from twitchlib.twitches.recording import Event

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
    "tremor",
    _("tremor"),
    lambda n: ngettext("one spell of tremor", "{n} spells of tremor", n),
    sound=_("a roar that throbs fast"),
    sounds=lambda n: ngettext("{n} roar that throbs fast", "{n} roars that throb fast", n),
)

PRESETS = {"physiological": Tremor(), "enhanced": Tremor(depth=0.9)}


def course(known: Tremor, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    time_s = np.arange(round(duration_s * DRIVE_HZ), dtype=np.float64) / DRIVE_HZ
    wave = np.sin(2 * np.pi * (known.frequency_hz * time_s + rng.random()))
    drive = known.level * (1 + known.depth * wave)
    discharges = motor_pool.discharge(POOL, drive, rng, sample_hz=DRIVE_HZ)
    spikes_s = discharges.time_s
    events = []
    if spikes_s.size:
        end_s = min(float(spikes_s[-1]) + POTENTIAL_S, duration_s)
        events.append(Event(float(spikes_s[0]), end_s, SPELL.label))
    return Course(discharges, tuple(events))


KIND = Kind(
    "tremor",
    title=_("Tremor"),
    word=_("tremor"),
    part=_("none"),
    how=_("the drive of a healthy contraction rises and falls"),
    presets=PRESETS,
    course=course,
    events=(SPELL,),
    game=({"depth": 0.8}, {"preset": "enhanced"}),
    fewest_events=1,
    look_alike=True,
)
