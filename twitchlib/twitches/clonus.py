"""Clonus: a stretch reflex whose delay and gain let it swing by itself.

The foot rests, is kicked upwards after half a second, and the reflex's call drives the calf's motor
units. Its bursts are clonus where the swing lasts, and a plain stretch reflex where it dies out.
"""

from __future__ import annotations

import numpy as np

from twitchlib.physiology import motor_pool, reflex
from twitchlib.physiology.reflex import Ankle
from twitchlib.twitches._course import DRIVE_HZ, Course, spans

__all__ = ["KICK_S", "PRESETS", "Ankle", "course"]

KICK_S = 0.5

PRESETS = {
    "spastic": reflex.SPASTIC,
    "healthy": reflex.HEALTHY,
    "heavy_load": reflex.SPASTIC.replace(load_nm=8),
}


def course(known: Ankle, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes and the angle of one recording."""
    kick_s = min(KICK_S, duration_s)
    run = reflex.simulate(known, duration_s, kick_s=kick_s, dt_ms=1000 / DRIVE_HZ)
    discharges = motor_pool.discharge(run.drive, sample_hz=DRIVE_HZ, seed=rng)
    called = np.diff(np.concatenate(([False], run.drive > 0, [False])).astype(np.int64))
    starts_s = np.flatnonzero(called > 0) / DRIVE_HZ
    ends_s = np.flatnonzero(called < 0) / DRIVE_HZ
    label = "clonus" if run.sustained else "stretch reflex"
    events = spans(discharges.time_s, starts_s, ends_s, label)
    return Course(discharges, events, run.angle_deg)
