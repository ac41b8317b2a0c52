"""A voluntary contraction: units are recruited from small to large and derecruited in reverse."""

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

__all__ = ["KIND", "PRESETS", "Voluntary", "course"]

_TEACHING = _("Chosen for teaching")


@dataclass(frozen=True)
class Voluntary(Quantities):
    """How hard and how long."""

    level: float = quantity(
        0.2, _("Drive while held"), unit="", low=0.02, high=1, source=_TEACHING, illustrative=True
    )
    rise_s: float = quantity(
        0.5, _("Time to rise, and to fall"), unit="s", low=0.05, high=5, source=_TEACHING,
        illustrative=True,
    )  # fmt: skip
    hold_s: float = quantity(
        2, _("Time held"), unit="s", low=0, high=30, source=_TEACHING, illustrative=True
    )
    rest_s: float = quantity(
        1, _("Rest before each"), unit="s", low=0.2, high=30, source=_TEACHING, illustrative=True
    )


CONTRACTION = EventType(
    "voluntary contraction",  # untranslated: data
    _("voluntary contraction"),
    lambda n: ngettext("one voluntary contraction", "{n} voluntary contractions", n),
    sound=_("a roar that swells and fades"),
    sounds=lambda n: ngettext("{n} roar that swells and fades", "{n} roars that swell and fade", n),
)  # fmt: skip

PRESETS = {"gentle": Voluntary(), "strong": Voluntary(level=0.6)}


def course(params: Voluntary, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    corners_s = np.cumsum([0, params.rest_s, params.rise_s, params.hold_s, params.rise_s])
    time_s = drive_times_s(duration_s)
    height = np.array([0, 0, params.level, params.level, 0])
    drive = np.interp(time_s % corners_s[-1], corners_s, height)
    discharges = motor_pool.discharge(POOL, drive, rng, sample_hz=DRIVE_HZ)
    cycles_s = np.arange(np.ceil(duration_s / corners_s[-1])) * corners_s[-1]
    events = spans(
        discharges.time_s, cycles_s + params.rest_s, cycles_s + corners_s[-1], CONTRACTION.label
    )
    return Course(discharges, events)


KIND = Kind(
    "voluntary", _("Contraction on purpose"), word=_("voluntary"), part=_("none"),
    how=_("a contraction on purpose"), presets=PRESETS, course=course, events=(CONTRACTION,),
    game=({}, {"preset": "strong"}), look_alike=True,
)  # fmt: skip
