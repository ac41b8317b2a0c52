"""Hiccups: volleys to all motor units, at an even pace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_units import POOL
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches._course import DRIVE_HZ, Course, drive_times_s, spans
from twitchlib.twitches._kind import EventType, Kind

__all__ = ["KIND", "PRESETS", "Hiccups", "course"]

FIRST_S = 0.3
LENGTH_S = 0.1
DRIVE = 0.25


@dataclass(frozen=True)
class Hiccups(Quantities):
    """How often hiccups come."""

    rate_per_min: float = quantity(
        18, _("Hiccups a minute"), unit="1/min", low=4, high=60, source=_("Chosen for teaching"),
        illustrative=True,
    )  # fmt: skip


HICCUP = EventType(
    "hiccup", _("hiccup"), lambda n: ngettext("one hiccup", "{n} hiccups", n),
    sound=_("a short thud"), sounds=lambda n: ngettext("{n} short thud", "{n} short thuds", n),
)  # fmt: skip

PRESETS = {"usual": Hiccups()}


def course(known: Hiccups, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    period_s = 60 / known.rate_per_min
    since_s = (drive_times_s(duration_s) - FIRST_S) % period_s
    drive = np.where(since_s < LENGTH_S, DRIVE, 0.0)
    discharges = motor_pool.discharge(POOL, drive, rng, sample_hz=DRIVE_HZ)
    starts_s = np.arange(FIRST_S, duration_s, period_s)
    return Course(
        discharges, spans(discharges.time_s, starts_s, starts_s + period_s / 2, HICCUP.label)
    )


KIND = Kind(
    "hiccup", _("Hiccup"), part=_("brainstem"), how=_("a volley to the muscle that draws breath"),
    presets=PRESETS, course=course, events=(HICCUP,),
)  # fmt: skip
