"""Spasm (cramp): motoneurons with self-sustained firing.

A push lasting a second switches on the persistent inward current of some motoneurons. If the
current is strong enough to sustain firing, the contracting muscle keeps sending them uneven input,
and each keeps firing until its time is over or until the muscle is stretched, which inhibits them
all. Whether firing is self-sustained is tested on the isolated cell, without that input; how long
it lasts is drawn at random, not explained.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology import motoneuron
from twitchlib.physiology._motoneurons import spikes_ms
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.twitches._course import Course, sites, span
from twitchlib.twitches._kind import EventType, Kind

__all__ = ["KIND", "PRESETS", "Spasm", "course"]

PUSH_S = 1.0
RELEASE_S = 0.5
NOISE_STEP_S = 0.002
# Rates, variability and doublets match those at a time step ten times shorter (docs/decisions.md).
CELL_STEP_MS = 1.0
LONGEST_S = 300.0

_CRAMP = "Minetto, Holobar, Botter & Farina 2009, J Neurophysiol 102:1890"  # untranslated: cited
_FITTED = _("Chosen to give rate, variability and doublets of cramps: {source}", source=_CRAMP)
_STRETCHED = _(
    "Input from tendons stops cramp: {source}",
    source="Khan & Burne 2007, doi:10.1152/jn.00371.2007",
)
_PERSISTENT = describe(motoneuron.Motoneuron)["persistent_us"]


@dataclass(frozen=True)
class Spasm(Quantities):
    """What sustains a spasm, and what ends it."""

    persistent_us: float = quantity(
        _PERSISTENT.default, _PERSISTENT.label, unit="µS", low=_PERSISTENT.low,
        high=_PERSISTENT.high, step=_PERSISTENT.step, symbol="gP", source=_PERSISTENT.source,
        illustrative=True,
    )  # fmt: skip
    units: int = quantity(
        20, _("Motoneurons in spasm"), unit="", low=1, high=60, source=_("Chosen for teaching"),
        illustrative=True, integer=True,
    )  # fmt: skip
    rest_na: float = quantity(
        2.6, _("Steady input at rest"), unit="nA", low=-5, high=3.5, step=0.1, source=_FITTED,
        illustrative=True,
    )  # fmt: skip
    push_na: float = quantity(
        4, _("Push that starts it"), unit="nA", low=0, high=20, step=0.5, source=_FITTED,
        illustrative=True,
    )  # fmt: skip
    feedback_na: float = quantity(
        10.5, _("Input from the contracting muscle"), unit="nA", low=0, high=20, step=0.5,
        source=_FITTED, illustrative=True,
    )  # fmt: skip
    feedback_sd_na: float = quantity(
        4, _("Spread of that input between motoneurons"), unit="nA", low=0, high=6, step=0.5,
        source=_FITTED, illustrative=True,
    )  # fmt: skip
    noise_na: float = quantity(
        5.5, _("Unevenness of that input"), unit="nA", low=0, high=15, step=0.5, source=_FITTED,
        illustrative=True,
    )  # fmt: skip
    noise_ms: float = quantity(
        10, _("Time for which the unevenness keeps its sign"), unit="ms", low=4, high=100, step=1,
        source=_FITTED, illustrative=True,
    )  # fmt: skip
    common_part: float = quantity(
        0.15, _("Slow wave shared by all inputs"), unit="", low=0, high=0.5, step=0.01,
        source=_FITTED, illustrative=True,
    )  # fmt: skip
    common_hz: float = quantity(
        1.4, _("Rate of that wave"), unit="Hz", low=0.2, high=5, step=0.1, source=_CRAMP,
        illustrative=True,
    )  # fmt: skip
    onset_s: float = quantity(
        1, _("When the push comes"), unit="s", low=0, high=60, step=0.5,
        source=_("Chosen for teaching"), illustrative=True,
    )  # fmt: skip
    lasts_s: float = quantity(
        23.6, _("Mean time for which a unit fires"), unit="s", low=3, high=120, step=0.5,
        source=_CRAMP, illustrative=True,
    )  # fmt: skip
    lasts_sd_s: float = quantity(
        16.2, _("Spread of that time"), unit="s", low=0, high=60, step=0.5, source=_CRAMP,
        illustrative=True,
    )  # fmt: skip
    stretch_s: float = quantity(
        600, _("When the muscle is stretched (after the end: never)"), unit="s", low=0, high=600,
        step=0.5, source=_STRETCHED, illustrative=True,
    )  # fmt: skip
    stretch_na: float = quantity(
        -6, _("Inhibition by stretching"), unit="nA", low=-20, high=0, step=0.5,
        source=_("Chosen for teaching"), illustrative=True,
    )  # fmt: skip


SPASM = EventType(
    "spasm", _("spasm"), lambda n: ngettext("one spasm", "{n} spasms", n),
    sound=_("an uneven rattle"),
    sounds=lambda n: ngettext("{n} uneven rattle", "{n} uneven rattles", n),
)  # fmt: skip
BRIEF_CONTRACTION = EventType(
    "brief contraction",  # untranslated: data
    _("brief contraction"),
    lambda n: ngettext("one brief contraction", "{n} brief contractions", n),
    sound=_("a rattle that stops at once"),
    sounds=lambda n: ngettext("{n} rattle that stops at once", "{n} rattles that stop at once", n),
)  # fmt: skip

PRESETS = {
    "cramp": Spasm(),
    "stretched": Spasm(stretch_s=8),
    "no_spasm": Spasm(persistent_us=0.08),
}


def _push_corners(params: Spasm) -> list[tuple[float, float]]:
    start, end = 1000 * params.onset_s, 1000 * (params.onset_s + PUSH_S)
    rest, top = params.rest_na, params.rest_na + params.push_na
    return [(start, rest), (start, top), (end, top), (end, rest)]


def _self_sustained(params: Spasm, cell: motoneuron.Motoneuron) -> bool:
    """Return whether the push alone leaves a cell firing."""
    end_ms = 1000 * (params.onset_s + PUSH_S)
    alone = motoneuron.simulate(cell, _push_corners(params), end_ms + 2000, dt_ms=CELL_STEP_MS)
    return alone.rate_hz(end_ms + 1000, end_ms + 2000) > 0


@dataclass(frozen=True, eq=False)
class _Common:
    """What the inputs of all cells share.

    Attributes
    ----------
    time_s : ndarray, shape (n,)
        When the input may change, from the push on.
    wave : ndarray, shape (n,)
        Factor of the feedback from the muscle.
    fading : ndarray
        What is left of a step of the noise after each time step.
    """

    time_s: FloatArray
    wave: FloatArray
    fading: FloatArray


def _common(params: Spasm, duration_s: float) -> _Common:
    last_s = max(duration_s, params.onset_s + NOISE_STEP_S)
    time_s = np.arange(params.onset_s, last_s, NOISE_STEP_S)
    # The effect of a step decays to a billionth within 21 time constants.
    steps = np.arange(math.ceil(21 * params.noise_ms / 1000 / NOISE_STEP_S), dtype=np.float64)
    return _Common(
        time_s=time_s,
        wave=1 + params.common_part * np.sin(2 * np.pi * params.common_hz * time_s),
        fading=math.exp(-NOISE_STEP_S * 1000 / params.noise_ms) ** steps,
    )


def _input(
    params: Spasm, common: _Common, count: int, sustained: bool, rng: np.random.Generator
) -> FloatArray:
    """Return one cell's input from the push on: the push, then feedback from the muscle.

    Its noise is an Ornstein–Uhlenbeck path that starts at 0.
    """
    fed_na = max(rng.normal(params.feedback_na, params.feedback_sd_na), 0.0) if sustained else 0.0
    keep = common.fading[1]
    step_na = rng.standard_normal(count) * params.noise_na * math.sqrt(1 - keep**2)
    input_na: FloatArray = np.convolve(step_na, common.fading)[:count]
    pushed = int(np.searchsorted(common.time_s[:count], params.onset_s + PUSH_S))
    if sustained:
        input_na[pushed:] += params.rest_na + fed_na * common.wave[pushed:count]
    else:
        input_na[pushed:] = params.rest_na
    input_na[:pushed] += params.rest_na + params.push_na
    return input_na


def _drawn_duration_s(params: Spasm, rng: np.random.Generator) -> float:
    spread = math.log1p((params.lasts_sd_s / params.lasts_s) ** 2)
    drawn_s = rng.lognormal(math.log(params.lasts_s) - spread / 2, math.sqrt(spread))
    return float(min(drawn_s, LONGEST_S))


def _drive(
    params: Spasm,
    common: _Common,
    end_s: float,
    duration_s: float,
    sustained: bool,
    rng: np.random.Generator,
) -> FloatArray:
    """Return the corners of one cell's input: rest, push and feedback, release."""
    last_s = max(min(end_s, duration_s), params.onset_s + NOISE_STEP_S)
    count = math.ceil((last_s - params.onset_s) / NOISE_STEP_S)
    corners = np.empty((count + 3, 2))
    corners[0] = params.onset_s, params.rest_na
    corners[1:-2, 0] = common.time_s[:count]
    corners[1:-2, 1] = _input(params, common, count, sustained, rng)
    corners[-2] = end_s, params.stretch_na if sustained else params.rest_na
    corners[-1] = end_s + RELEASE_S, params.rest_na
    corners[:, 0] *= 1000
    return corners


def course(params: Spasm, duration_s: float, rng: np.random.Generator) -> Course:
    """Return the spikes of one recording."""
    cell = motoneuron.CELL.replace(persistent_us=params.persistent_us)
    sustained = _self_sustained(params, cell)
    pushed_s = params.onset_s + PUSH_S
    common = _common(params, duration_s)
    numbers = sites(params.units, rng)
    drives, ends_ms = [], []
    # A generator for each cell, so that a stretch does not change what came before it.
    for own in rng.spawn(len(numbers)):
        lasting_s = _drawn_duration_s(params, own)
        end_s = pushed_s
        if sustained:
            end_s = max(min(params.onset_s + lasting_s, params.stretch_s), pushed_s)
        drives.append(_drive(params, common, end_s, duration_s, sustained, own))
        ends_ms.append(1000 * min(end_s + 2 * RELEASE_S, duration_s))
    fired_ms = spikes_ms(cell, drives, ends_ms, dt_ms=CELL_STEP_MS)
    unit = np.repeat(numbers, [spikes.size for spikes in fired_ms])
    discharges = Discharges.of(unit, np.concatenate(fired_ms) / 1000)
    if not unit.size:
        return Course(discharges, ())
    label = (SPASM if sustained else BRIEF_CONTRACTION).label
    return Course(discharges, (span(np.sort(discharges.time_s), label),))


KIND = Kind(
    "spasm", _("Spasm (cramp)"), word=_("spasm"), part=_("motoneurons"),
    how=_("a current of their own keeps them firing"), presets=PRESETS, course=course,
    events=(SPASM, BRIEF_CONTRACTION),
    game=({"units": 15}, {"units": 8, "onset_s": 2}, {"units": 12}),
    example={"seed": 1, "units": 30}, fewest_events=1,
)  # fmt: skip
