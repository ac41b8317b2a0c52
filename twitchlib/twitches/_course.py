"""What all kinds of twitch share: spikes over time, and the events they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL
from twitchlib.twitches.recording import WHOLE_MUSCLE, Event

__all__ = [
    "DRIVE_HZ", "POTENTIAL_S", "Course", "drive_times_s", "driven", "grouped", "sites", "span",
    "spans",
]  # fmt: skip

DRIVE_HZ = 2000.0
# How long a motor unit potential exceeds a twentieth of its height.
POTENTIAL_S = 6.5 * POOL.potential_ms / 1000


@dataclass(frozen=True, eq=False)
class Course:
    """Which unit fires when, the events, and the joint angle sampled at `DRIVE_HZ`.

    Spikes may come in any order, and a few may lie beyond the end of the recording.
    """

    discharges: Discharges
    events: tuple[Event, ...]
    angle_deg: FloatArray | None = None


def span(time_s: FloatArray, label: str, unit: int = WHOLE_MUSCLE) -> Event:
    """Return the event of sorted spikes: from the first potential's start to the last one's end."""
    return Event(float(time_s[0]), float(time_s[-1]) + POTENTIAL_S, label, unit)


def spans(
    time_s: FloatArray, starts_s: FloatArray, ends_s: FloatArray, label: str
) -> tuple[Event, ...]:
    """Return an event for each window that contains spikes; `time_s` is sorted."""
    first = np.searchsorted(time_s, starts_s)
    last = np.searchsorted(time_s, ends_s)
    return tuple(span(time_s[a:b], label) for a, b in zip(first, last, strict=True) if b > a)


def drive_times_s(duration_s: float) -> FloatArray:
    """Return the sample times of a drive."""
    return np.arange(round(duration_s * DRIVE_HZ), dtype=np.float64) / DRIVE_HZ


def driven(drive: FloatArray, label: str, rng: np.random.Generator) -> Course:
    """Return the spikes under a drive, as a single event."""
    discharges = motor_pool.discharge(POOL, drive, rng, sample_hz=DRIVE_HZ)
    time_s = discharges.time_s
    return Course(discharges, (span(time_s, label),) if time_s.size else ())


def grouped(groups: Iterable[tuple[int, FloatArray]], label: str) -> Course:
    """Return the course of groups of spikes, each group an event of one unit."""
    unit: list[int] = []
    time_s: list[float] = []
    events = []
    for number, spikes_s in groups:
        unit += [number] * spikes_s.size
        time_s += spikes_s.tolist()
        events.append(span(spikes_s, label, number))
    return Course(Discharges.of(unit, time_s), tuple(events))


def sites(count: int, rng: np.random.Generator) -> list[int]:
    """Return the numbers of randomly chosen units of the pool."""
    return sorted(int(number) + 1 for number in rng.choice(POOL.units, count, replace=False))
