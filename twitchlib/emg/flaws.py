"""What is wrong with a recording, and where: gaps, a blocked amplifier, steps, interference."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext

__all__ = ["Flaw", "gaps_s", "recorded_flaws", "sentences", "stretches"]

# All illustrative. A value that stays the same this long is no longer an EMG, unless chance would
# make such a run in more than one of a thousand recordings.
HELD_S = 0.02
FEWEST_HELD = 8
CHANCE = 1e-3
# Where more of a recording than this is constant, that is how the recorder writes rest.
MOST_HELD = 0.5
MANY_RUNS = 0.01
# The x at which (1 + x) exp(−x) = ½.
HALF_OF_GEOMETRIC = 1.678
# An amplifier at its limit repeats its largest value, more often than it comes near it.
FEWEST_AT_RAIL = 3
NEAR_RAIL = 0.05
MOST_FOR_STEPS = 100_000
SAME = 1e-9
# Steps finer than this fraction of the interquartile range are lost in the noise.
COARSE = 0.5
# A trace without any noise has fine steps, too: those finer than this fraction of its range.
FINE = 5e-4


@dataclass(frozen=True)
class Flaw:
    """Something in a recording that no muscle makes.

    Attributes
    ----------
    kind : str
        ``missing`` (no number), ``held`` (one value repeated, such as zeros), ``saturated`` (at the
        limit of the amplifier), ``steps`` (of the converter), ``hum``, ``heart`` or ``drift``; or
        ``bad``, if a dataset marks the channel so.
    start_s, end_s : float
        Where it begins and ends.
    size : float
        For steps, their height in mV; for hum, its base frequency in Hz; for a heart, its beats a
        minute; for drift, its extent in mV; otherwise 0.
    """

    kind: str
    start_s: float
    end_s: float
    size: float = 0.0


def gaps_s(flaws: Iterable[Flaw]) -> FloatArray:
    """Return the start and end of each gap, where nothing is known."""
    gaps = [(flaw.start_s, flaw.end_s) for flaw in flaws if flaw.kind in ("missing", "held")]
    return np.array(gaps, dtype=np.float64).reshape(-1, 2)


def stretches(mask: npt.NDArray[np.bool_]) -> IntArray:
    """Return the first sample of each stretch where a mask is true, and the first one after it."""
    edges = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    return np.column_stack((np.flatnonzero(edges > 0), np.flatnonzero(edges < 0)))


def recorded_flaws(trace: FloatArray, rate_hz: float) -> tuple[FloatArray, tuple[Flaw, ...]]:
    """Return a trace with NaN wherever nothing is known, and what was found.

    A trace clipped only for an instant keeps its values: the EMG was at least as large.
    """
    missing = np.isnan(trace)
    same = _runs(trace)
    held = same[_too_long(same, trace.size, rate_hz)]
    value = trace[held[:, 0]]
    step_mv = _step_mv(trace)
    rails = _rails(trace, same, step_mv)
    at_rail = np.isin(value, rails)
    gone = np.zeros(trace.size, dtype=bool)
    for first, last in held:
        gone[first:last] = True
    found = [Flaw("missing", a / rate_hz, b / rate_hz) for a, b in stretches(missing)]
    for (a, b), rail in zip(held, at_rail, strict=True):
        found.append(Flaw("saturated" if rail else "held", a / rate_hz, b / rate_hz))
    if rails.size:
        cut = np.isin(trace, rails) & ~gone
        found += [Flaw("saturated", a / rate_hz, b / rate_hz) for a, b in stretches(cut)]
    if step_mv > max(
        COARSE * _middle_half_mv(trace), FINE * float(np.nanmax(trace) - np.nanmin(trace))
    ):
        found.append(Flaw("steps", 0.0, trace.size / rate_hz, step_mv))
    return (np.where(gone, np.nan, trace) if gone.any() else trace), tuple(found)


def _runs(trace: FloatArray) -> IntArray:
    """Return the first sample of each run of three or more equal values, and the first after it."""
    runs = stretches(trace[1:] == trace[:-1])
    runs[:, 1] += 1
    return runs[runs[:, 1] - runs[:, 0] >= FEWEST_AT_RAIL]


def _too_long(runs: IntArray, size: int, rate_hz: float) -> npt.NDArray[np.bool_]:
    """Return which runs are too long to occur by chance in `size` samples."""
    length = runs[:, 1] - runs[:, 0]
    by_chance = 0.0
    if len(runs) > MANY_RUNS * size:
        # A coarse converter repeats itself at rest, and by chance the lengths of its runs have a
        # geometric distribution. Half of all repeated samples lie in runs up to the usual length.
        order = np.sort(length)
        usual = float(order[np.searchsorted(np.cumsum(order), order.sum() / 2)])
        by_chance = math.log(size / CHANCE) * usual / HALF_OF_GEOMETRIC
    long = length >= max(HELD_S * rate_hz, FEWEST_HELD, by_chance)
    if length[long].sum() > MOST_HELD * size:
        long[:] = False
    return long


def _rails(trace: FloatArray, runs: IntArray, step_mv: float) -> FloatArray:
    """Return the largest and the smallest value, each only if the amplifier was at its limit."""
    low, high = float(np.nanmin(trace)), float(np.nanmax(trace))
    near = NEAR_RAIL * (high - low)
    if near <= step_mv:  # too coarse to tell
        return np.empty(0)
    found = []
    for rail, side in ((high, trace > high - near), (low, trace < low + near)):
        at = trace == rail
        in_runs = trace[runs[:, 0]] == rail
        if near and in_runs.any() and 2 * np.count_nonzero(at) > np.count_nonzero(side):
            found.append(rail)
    return np.array(found)


def _step_mv(trace: FloatArray) -> float:
    """Return the smallest difference between two values, or 0 if there is only one value."""
    part = trace[:MOST_FOR_STEPS]
    values = np.unique(part[np.isfinite(part)])
    apart = np.diff(values)
    apart = apart[apart > SAME * float(np.ptp(values))] if values.size > 1 else apart
    return float(apart.min()) if apart.size else 0.0


def _middle_half_mv(trace: FloatArray) -> float:
    return float(np.subtract(*np.nanquantile(trace[:MOST_FOR_STEPS], [0.75, 0.25])))


def sentences(flaws: Iterable[Flaw]) -> tuple[str, ...]:
    """Return what was found and what was done about it, one sentence per kind."""
    by_kind: dict[str, list[Flaw]] = {}
    for flaw in flaws:
        by_kind.setdefault(flaw.kind, []).append(flaw)
    return tuple(_sentence(kind, same) for kind, same in by_kind.items())


def _sentence(kind: str, flaws: Sequence[Flaw]) -> str:
    size = flaws[0].size
    if kind == "bad":
        return _("The dataset marks this channel as bad.")
    if kind == "hum":
        return _("Mains hum of {size:.0f} Hz was taken out.", size=size)
    if kind == "heart":
        return _("The beats of a heart, {size:.0f} a minute, were taken out.", size=size)
    if kind == "drift":
        return _("The baseline drifts by {size:.2g} mV; all below 20 Hz was taken out.", size=size)
    if kind == "steps":
        return _(
            "The numbers come in steps of {size:.2g} mV, which hide anything smaller.", size=size
        )
    values = {
        "seconds": sum(flaw.end_s - flaw.start_s for flaw in flaws),
        "first": min(flaw.start_s for flaw in flaws),
    }
    if kind == "saturated":
        return ngettext(
            "The amplifier is at its limit in {n} place, at {first:.2f} s: {seconds:.2g} s in all.",
            "The amplifier is at its limit in {n} places, the first at {first:.2f} s: "
            "{seconds:.2g} s in all.",
            len(flaws),
            **values,
        )
    if kind == "held":
        return ngettext(
            "One value is repeated instead of an EMG in {n} place, at {first:.2f} s: "
            "{seconds:.2g} s in all. Nothing is known of it.",
            "One value is repeated instead of an EMG in {n} places, the first at {first:.2f} s: "
            "{seconds:.2g} s in all. Nothing is known of them.",
            len(flaws),
            **values,
        )
    return ngettext(
        "Numbers are missing in {n} place, at {first:.2f} s: {seconds:.2g} s in all. Nothing is "
        "known of it.",
        "Numbers are missing in {n} places, the first at {first:.2f} s: {seconds:.2g} s in all. "
        "Nothing is known of them.",
        len(flaws),
        **values,
    )
