"""Myokymia: single units that fire in short, recurring, almost rhythmic groups of spikes.

This is the rippling under the skin that is mistaken for fasciculation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.motor_units import POOL
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches._course import Course, grouped, sites
from twitchlib.twitches._kind import EventType, Kind

__all__ = ["KIND", "PRESETS", "Myokymia", "course"]

_WYMER = "Wymer 2023, Neuromyotonia and myokymia, MedLink Neurology"  # untranslated: a citation
_GROUPS = _("Groups 2 to 10 times a second: {source}", source=_WYMER)
_EMEDICINE = "eMedicine article 1141267"  # untranslated: a citation
_WITHIN = _("30 to 60 Hz within a group is usual: {source}", source=_EMEDICINE)
_TEACHING = _("Chosen for teaching")


@dataclass(frozen=True)
class Myokymia(Quantities):
    """How often groups occur and what is in one."""

    groups_hz: float = quantity(
        4, _("Groups a second"), unit="Hz", low=2, high=10, step=0.1, source=_GROUPS,
        illustrative=True,
    )  # fmt: skip
    jitter: float = quantity(
        0.15, _("Variability of the time between groups"), unit="", low=0, high=0.5,
        source=_TEACHING, illustrative=True,
    )  # fmt: skip
    within_hz: float = quantity(
        40, _("Rate within a group"), unit="Hz", low=20, high=150, step=1, source=_WITHIN,
        illustrative=True,
    )  # fmt: skip
    spikes: float = quantity(
        4, _("Mean spikes in a group"), unit="", low=2, high=10, step=0.5, source=_TEACHING,
        illustrative=True,
    )  # fmt: skip
    units: int = quantity(
        1, _("Units that fire like this"), unit="", low=1, high=POOL.units, source=_TEACHING,
        illustrative=True, integer=True,
    )  # fmt: skip


GROUP = EventType(
    "myokymia", _("myokymia"),
    lambda n: ngettext("one group of myokymia", "{n} groups of myokymia", n),
    sound=_("a quick roll of knocks"),
    sounds=lambda n: ngettext("{n} quick roll of knocks", "{n} quick rolls of knocks", n),
)  # fmt: skip

PRESETS = {"limb": Myokymia(), "dense": Myokymia(groups_hz=6, units=4)}
FEWEST, MOST = 2, 10


def _groups(
    params: Myokymia, duration_s: float, rng: np.random.Generator
) -> Iterator[tuple[int, FloatArray]]:
    for number in sites(params.units, rng):
        start_s = rng.random() / params.groups_hz
        while start_s < duration_s:
            count = int(np.clip(1 + rng.poisson(params.spikes - 1), FEWEST, MOST))
            intervals_s = rng.normal(1, 0.1, count).clip(0.5, 1.5) / params.within_hz
            spikes_s = start_s + np.cumsum(intervals_s) - intervals_s[0]
            yield number, spikes_s
            step_s = rng.normal(1, params.jitter) / params.groups_hz
            # Groups do not merge: an interval of silence remains between them.
            start_s = max(start_s + step_s, float(spikes_s[-1]) + 2 / params.within_hz)


def course(params: Myokymia, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    return grouped(_groups(params, duration_s, rng), GROUP.label)


KIND = Kind(
    "myokymia", _("Myokymia"), part=_("axon"),
    how=_("one motor unit fires in groups that keep coming back"), presets=PRESETS, course=course,
    events=(GROUP,), game=({}, {"groups_hz": 2.5}), look_alike=True,
)  # fmt: skip
