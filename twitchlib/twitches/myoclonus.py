"""Myoclonus: one short volley to a whole muscle, or one short lapse of a steady contraction.

A volley is an excitation that rises for the length of a burst and is then cut off, so that the
units are recruited one after the other. A lapse withdraws the excitation instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_units import POOL
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches._course import DRIVE_HZ, POTENTIAL_S, Course, drive_times_s, spans
from twitchlib.twitches._kind import EventType, Kind
from twitchlib.twitches.recording import Event

__all__ = ["KIND", "PRESETS", "Myoclonus", "course"]

LEAST_GAP_S = 0.3
# Illustrative: a contraction returns gradually after a lapse.
RETURN_S = 0.1

_VEEN = "van der Veen 2024"  # untranslated: a citation
_BURSTS = _(
    "Bursts of 31.1 ± 6.7 ms (cortical) and 56.7 ± 11.5 ms (other), told apart at 45 ms: {source}, "
    "as quoted by a secondary source",
    source=_VEEN,
)
_LAPSES = _(
    "Lapses of 50 to 300 ms in negative myoclonus: {source}",
    source="doi:10.1016/S0013-4694(98)00058-3",
)


@dataclass(frozen=True)
class Myoclonus(Quantities):
    """How long, how strong and how frequent the jerks (or lapses) are."""

    burst_ms: float = quantity(
        31.1, _("Mean length of a burst or lapse"), unit="ms", low=15, high=300, step=1,
        source=f"{_BURSTS}. {_LAPSES}", illustrative=True,
    )  # fmt: skip
    burst_sd_ms: float = quantity(
        6.7, _("Spread of that length"), unit="ms", low=0, high=80, step=0.5, source=_BURSTS,
        illustrative=True,
    )  # fmt: skip
    shortest_ms: float = quantity(
        15, _("Shortest burst or lapse"), unit="ms", low=15, high=300, step=1, source=_LAPSES,
        illustrative=True,
    )  # fmt: skip
    longest_ms: float = quantity(
        50, _("Longest burst or lapse"), unit="ms", low=15, high=300, step=1, source=_LAPSES,
        illustrative=True,
    )  # fmt: skip
    rate_per_min: float = quantity(
        40, _("Jerks a minute"), unit="/min", low=1, high=120, step=1,
        source=_("Chosen for teaching"), illustrative=True,
    )  # fmt: skip
    strength: float = quantity(
        0.45, _("Strength of the volley (0: a lapse instead)"), unit="", low=0, high=0.6,
        source=_("Chosen for teaching"), illustrative=True,
    )  # fmt: skip
    hold: float = quantity(
        0, _("Background contraction"), unit="", low=0, high=0.5,
        source=_("Chosen for teaching"), illustrative=True,
    )  # fmt: skip


JERK = EventType(
    "myoclonus", _("myoclonus"), lambda n: ngettext("one myoclonic jerk", "{n} myoclonic jerks", n),
    sound=_("a hard thump"), sounds=lambda n: ngettext("{n} hard thump", "{n} hard thumps", n),
    timed=True,
)  # fmt: skip
LAPSE = EventType(
    "negative myoclonus",  # untranslated: data
    _("negative myoclonus"), lambda n: ngettext("one lapse", "{n} lapses", n),
    sound=_("a gap in a steady roar"),
    sounds=lambda n: ngettext("{n} gap in a steady roar", "{n} gaps in a steady roar", n),
    unnamed=lambda n: ngettext("one silence", "{n} silences", n), timed=True,
)  # fmt: skip

PRESETS = {
    "cortical": Myoclonus(),
    "other": Myoclonus(burst_ms=56.7, burst_sd_ms=11.5, shortest_ms=30, longest_ms=100),
    "negative": Myoclonus(
        burst_ms=150, burst_sd_ms=60, shortest_ms=60, longest_ms=280, strength=0, hold=0.15
    ),
}


def _starts_s(params: Myoclonus, duration_s: float, rng: np.random.Generator) -> FloatArray:
    """Return irregular times, at least a gap apart, that leave room for the longest burst."""
    longest_s = params.longest_ms / 1000
    mean_s = max(60 / params.rate_per_min - LEAST_GAP_S - longest_s, 0.0)
    count = int(duration_s * params.rate_per_min / 60 * 2) + 20
    gaps_s = LEAST_GAP_S + longest_s + rng.exponential(mean_s, count)
    starts_s = np.cumsum(gaps_s)
    return starts_s[starts_s + longest_s + POTENTIAL_S < duration_s]


def course(params: Myoclonus, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    time_s = drive_times_s(duration_s)
    drive = np.full(time_s.size, params.hold)
    starts_s = _starts_s(params, duration_s, rng)
    lengths_s = rng.normal(params.burst_ms, params.burst_sd_ms, starts_s.size) / 1000
    lengths_s = np.clip(lengths_s, params.shortest_ms / 1000, params.longest_ms / 1000)
    lapse = params.strength == 0
    # A burst in the EMG outlasts its spikes by the duration of one potential.
    driven_s = lengths_s if lapse else lengths_s - POTENTIAL_S
    first = float(motor_pool.units(POOL).drive[0])
    for start_s, length_s in zip(starts_s, driven_s, strict=True):
        inside = (time_s >= start_s) & (time_s < start_s + length_s)
        if lapse:
            drive[inside] = 0
            since_s = time_s - start_s - length_s
            back = (since_s >= 0) & (since_s < RETURN_S)
            drive[back] = params.hold * since_s[back] / RETURN_S
        else:
            # From the threshold of the first unit on, so that the first spike comes at once.
            rise = (time_s[inside] - start_s) / length_s
            drive[inside] = np.maximum(params.hold, first + (params.strength - first) * rise)
    discharges = motor_pool.discharge(POOL, drive, rng, sample_hz=DRIVE_HZ)
    spikes_s, ends_s = discharges.time_s, starts_s + driven_s
    if lapse:
        return Course(discharges, tuple(_lapses(spikes_s, starts_s, ends_s)))
    return Course(discharges, spans(spikes_s, starts_s, ends_s, JERK.label))


def _lapses(spikes_s: FloatArray, starts_s: FloatArray, ends_s: FloatArray) -> Iterator[Event]:
    """Yield the silent periods: from the end of the last potential to the next spike."""
    firsts = np.searchsorted(spikes_s, starts_s)
    nexts = np.searchsorted(spikes_s, ends_s)
    for first, after in zip(firsts, nexts, strict=True):
        if first == 0 or after == spikes_s.size:
            continue
        silent_s = float(spikes_s[first - 1]) + POTENTIAL_S
        if silent_s < spikes_s[after]:
            yield Event(silent_s, float(spikes_s[after]), LAPSE.label)


KIND = Kind(
    "myoclonus", _("Myoclonus"), part=_("brain or spinal cord"),
    how=_("one brief volley to many units, or one brief gap"), presets=PRESETS, course=course,
    events=(JERK, LAPSE), game=({}, {"preset": "other"}, {"preset": "negative"}),
    version_words={"cortical": _("cortical"), "other": _("other"), "negative": _("negative")},
    example={"seed": 36},
)  # fmt: skip
