"""Clonus: a stretch reflex whose delay and gain let it swing by itself.

The foot rests, is kicked upwards after half a second, and the reflex's call drives the calf's motor
units. Its bursts are clonus where the swing lasts, and a plain stretch reflex where it dies out.
"""

from __future__ import annotations

import numpy as np

from twitchlib.physiology import motor_pool, reflex
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL
from twitchlib.physiology.reflex import Ankle
from twitchlib.twitches import labels
from twitchlib.twitches._course import DRIVE_HZ, Course, spans

__all__ = ["KICK_S", "PRESETS", "Ankle", "course"]

KICK_S = 0.5
LEAST_RUN_S = 30.0
# Illustrative: how much later than the first unit the last one hears of one stretch.
DISPERSION_S = 0.02

PRESETS = {
    "spastic": reflex.SPASTIC,
    "healthy": reflex.HEALTHY,
    "heavy_load": reflex.SPASTIC.replace(load_nm=8),
}


def course(known: Ankle, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes and the angle of one recording."""
    # Whether a swing lasts shows only later, whatever part of it is recorded.
    run_ms = 1000 * max(duration_s, LEAST_RUN_S)
    run = reflex.simulate(known, run_ms, kick_ms=1000 * KICK_S, dt_ms=1000 / DRIVE_HZ)
    recorded = slice(round(duration_s * DRIVE_HZ))
    drive = run.drive[recorded]
    called_by = motor_pool.discharge(POOL, drive, rng, sample_hz=DRIVE_HZ)
    # Axons differ in speed: a volley that reached every unit at once would be far too large.
    later_s = rng.uniform(0, DISPERSION_S, POOL.units)[called_by.unit - 1]
    discharges = Discharges(called_by.unit, called_by.time_s + later_s)
    called = np.diff(np.concatenate(([False], drive > 0, [False])).astype(np.int64))
    starts_s = np.flatnonzero(called > 0) / DRIVE_HZ
    ends_s = np.flatnonzero(called < 0) / DRIVE_HZ + DISPERSION_S
    label = labels.CLONUS if run.sustained else labels.STRETCH_REFLEX
    events = spans(np.sort(discharges.time_s), starts_s, ends_s, label)
    return Course(discharges, events, run.angle_deg[recorded])
