"""Neuromyotonia: single units that fire in doublets and longer bursts, fast and irregularly.

In people the potentials typically wane along a discharge, since fibres of the unit drop out
(according to the AANEM glossary; textbook value, source not checked). Here they do not: each unit
of the pool has one potential size, and no published figure for the decrement was found.
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

__all__ = ["KIND", "PRESETS", "Neuromyotonia", "course"]

_MADDISON = "Maddison 2006, Clin Neurophysiol 117:2118"  # untranslated: a citation
_FAST = _("Doublets and multiplets at 30 to 300 Hz, irregular: {source}", source=_MADDISON)
_TEACHING = _("Chosen for teaching")


@dataclass(frozen=True)
class Neuromyotonia(Quantities):
    """How often groups occur and what is in one."""

    groups_hz: float = quantity(
        2, _("Groups a second in each unit"), unit="Hz", low=0.1, high=5, step=0.1,
        source=_TEACHING, illustrative=True,
    )  # fmt: skip
    slowest_hz: float = quantity(
        100, _("Lowest rate within a group"), unit="Hz", low=30, high=300, step=5, source=_FAST,
        illustrative=True,
    )  # fmt: skip
    fastest_hz: float = quantity(
        250, _("Highest rate within a group"), unit="Hz", low=30, high=300, step=5, source=_FAST,
        illustrative=True,
    )  # fmt: skip
    spikes: float = quantity(
        6, _("Mean spikes in a group"), unit="", low=2, high=100, step=1, source=_TEACHING,
        illustrative=True,
    )  # fmt: skip
    units: int = quantity(
        3, _("Units that fire like this"), unit="", low=1, high=POOL.units, source=_TEACHING,
        illustrative=True, integer=True,
    )  # fmt: skip


GROUP = EventType(
    "neuromyotonia", _("neuromyotonia"),
    lambda n: ngettext("one group of neuromyotonia", "{n} groups of neuromyotonia", n),
    sound=_("a buzz"), sounds=lambda n: ngettext("{n} buzz", "{n} buzzes", n),
)  # fmt: skip

PRESETS = {
    "multiplets": Neuromyotonia(),
    "runs": Neuromyotonia(groups_hz=0.2, slowest_hz=150, spikes=100, units=2),
}
FEWEST = 2


def _groups(
    params: Neuromyotonia, duration_s: float, rng: np.random.Generator
) -> Iterator[tuple[int, FloatArray]]:
    low_hz, high_hz = sorted((params.slowest_hz, params.fastest_hz))
    for number in sites(params.units, rng):
        start_s = rng.exponential(1 / params.groups_hz)
        while start_s < duration_s:
            count = FEWEST + int(rng.poisson(params.spikes - FEWEST))
            spikes_s = start_s + np.arange(count) / rng.uniform(low_hz, high_hz)
            yield number, spikes_s
            # The slowest interval within a group is shorter than the silence after it.
            start_s = float(spikes_s[-1]) + 2 / low_hz + rng.exponential(1 / params.groups_hz)


def course(params: Neuromyotonia, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    return grouped(_groups(params, duration_s, rng), GROUP.label)


KIND = Kind(
    "neuromyotonia", _("Neuromyotonia"), part=_("axon"),
    how=_("one motor unit fires in very fast groups at odd times"), presets=PRESETS, course=course,
    events=(GROUP,), game=({"units": 1}, {"preset": "runs"}),
    version_words={"runs": _("runs"), "multiplets": _("multiplets")}, look_alike=True,
)  # fmt: skip
