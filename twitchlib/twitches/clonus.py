"""Clonus: a stretch reflex whose delay and gain make it oscillate.

The foot rests, is kicked upwards after half a second, and the reflex drives the motor units of the
calf. Its bursts are clonus if the oscillation lasts, and a plain stretch reflex if it dies out.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology import motor_pool, reflex
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL
from twitchlib.physiology.reflex import Ankle, ReflexRun
from twitchlib.twitches._course import DRIVE_HZ, Course, spans
from twitchlib.twitches._kind import EventType, Kind

__all__ = ["CLONUS", "KICK_S", "KIND", "PRESETS", "Ankle", "course"]

KICK_S = 0.5
LEAST_RUN_S = 30.0
# Illustrative: how much later than the first unit the last one is excited by a stretch.
DISPERSION_S = 0.02

CLONUS = EventType(
    "clonus", _("clonus"), lambda n: ngettext("one beat of clonus", "{n} beats of clonus", n),
    sound=_("a short rasp"), sounds=lambda n: ngettext("{n} short rasp", "{n} short rasps", n),
)  # fmt: skip
STRETCH_REFLEX = EventType(
    "stretch reflex",  # untranslated: data
    _("stretch reflex"),
    lambda n: ngettext("one beat of a stretch reflex", "{n} beats of a stretch reflex", n),
    sound=CLONUS.sound, sounds=CLONUS.sounds,
    headline=lambda n: ngettext(
        "The swing dies out after {n} beat", "The swing dies out after {n} beats", n
    ),
)  # fmt: skip

PRESETS = {
    "spastic": reflex.SPASTIC,
    "healthy": reflex.HEALTHY,
    "heavy_load": reflex.SPASTIC.replace(load_nm=8),
}


@lru_cache(maxsize=1)  # recordings of one ankle differ only by chance
def _swing(ankle: Ankle, duration_s: float) -> ReflexRun:
    # Whether the oscillation lasts shows only later, even if the recording is short.
    run_ms = 1000 * max(duration_s, LEAST_RUN_S)
    return reflex.simulate(ankle, run_ms, kick_ms=1000 * KICK_S, dt_ms=1000 / DRIVE_HZ)


def course(params: Ankle, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes and the angle of one recording."""
    run = _swing(params, duration_s)
    recorded = slice(round(duration_s * DRIVE_HZ))
    drive = run.drive[recorded]
    volleys = motor_pool.discharge(POOL, drive, rng, sample_hz=DRIVE_HZ)
    # Axons differ in speed: a volley that reached all units at once would be far too large.
    delays_s = rng.uniform(0, DISPERSION_S, POOL.units)[volleys.unit - 1]
    discharges = Discharges(volleys.unit, volleys.time_s + delays_s)
    active = np.diff(np.concatenate(([False], drive > 0, [False])).astype(np.int64))
    starts_s = np.flatnonzero(active > 0) / DRIVE_HZ
    ends_s = np.flatnonzero(active < 0) / DRIVE_HZ + DISPERSION_S
    label = (CLONUS if run.sustained else STRETCH_REFLEX).label
    events = spans(np.sort(discharges.time_s), starts_s, ends_s, label)
    return Course(discharges, events, run.angle_deg[recorded].copy())


KIND = Kind(
    "clonus", _("Clonus"), part=_("reflex loop"),
    how=_("each stretch triggers a contraction that causes the next stretch"), presets=PRESETS,
    course=course, events=(CLONUS, STRETCH_REFLEX),
    game=({}, {"delay_ms": 65, "gain_s": 0.8}, {"load_nm": 2, "gain_s": 1.0}),
)  # fmt: skip
