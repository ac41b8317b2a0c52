"""Measure what a needle picks up at rest: potential shape, evenness, runs and exact repeats."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.emg._needle_potentials import (
    Potentials,
    average_uv,
    cycle,
    find,
    merged,
    stretches,
)
from twitchlib.emg.features import Feature
from twitchlib.emg.filtering import bandpass
from twitchlib.emg.signal import Signal, SignalLike
from twitchlib.messages import gettext as _

__all__ = ["NEEDLE_FEATURES", "NeedleFeatures", "measure_needle"]

LOW_HZ, HIGH_HZ = 10.0, 3000.0
# Illustrative: peaks closer than this belong to one potential, unless everything repeats faster.
ONE_MS = 9.0
LIKE = 0.85
# Illustrative: the silence that ends a stretch, and the one that ends a group, relative to the
# usual interval.
SILENCE_S = 0.25
GROUP_APART = 3.0
# Illustrative: how many intervals or potentials a change is averaged over, and the fewest.
SMOOTH = 5
FEWEST = 3
COUNTS_AS_PART = 0.1

NEEDLE_FEATURES = {
    "potentials": Feature(_("Potentials"), "", _("How many were found.")),
    "amplitude_uv": Feature(
        _("Height"), "µV", _("Lowest to highest value of a potential, the median.")
    ),
    "potential_ms": Feature(
        _("Length of a potential"), "ms",
        _("How long the average potential exceeds a tenth of its height."),
    ),
    "lead_share": Feature(
        _("Positive start"), "",
        _("Height of the positive phase up to the main peak, as a part of the whole height."),
    ),
    "positive_share": Feature(
        _("Positive part"), "",
        _("Height of the positive side as a part of the whole: 0 if all of it is negative."),
    ),
    "rate_hz": Feature(_("Rate"), "Hz", _("From the middle interval (the median).")),
    "unevenness": Feature(
        _("Unevenness"), "",
        _(
            "How much an interval within a group differs from the next, relative to their mean "
            "(the median): near 0 for a clock, 0.5 and more for chance.",
        ),
    ),
    "stretch_s": Feature(
        _("Longest stretch"), "s", _("Without a silence of a quarter of a second.")
    ),
    "stretch_potentials": Feature(
        _("Potentials in a stretch"), "", _("The median of all stretches.")
    ),
    "group_potentials": Feature(
        _("Potentials in a group"), "",
        _("A group ends with a pause of three usual intervals. Half of all potentials are in "
          "groups of this size or larger."),
    ),
    "group_unevenness": Feature(
        _("Unevenness of groups"), "", _("The same as unevenness, from group to group.")
    ),
    "rate_swing": Feature(
        _("Swing of the rate"), "",
        _("Highest over lowest rate within the longest group, each over a few intervals."),
    ),
    "height_swing": Feature(
        _("Swing of the height"), "", _("Highest over lowest height within the longest group.")
    ),
    "height_left": Feature(
        _("Height left at the end"), "",
        _("Height in the last tenth of the longest group over that in the first."),
    ),
    "cycle_hz": Feature(
        _("Rate of exact repeats"), "Hz",
        _("The shortest time after which the busiest stretch looks the same again."),
    ),
    "cycle_likeness": Feature(
        _("Likeness of repeats"), "",
        _("Correlation of that stretch with itself one repeat later: 1 if nothing changes, 0 if "
          "there is no stretch of half a second."),
    ),
}  # fmt: skip
"""The description of each field of `NeedleFeatures`."""


@dataclass(frozen=True)
class NeedleFeatures:
    """The features of a needle recording at rest; `NEEDLE_FEATURES` explains each of them.

    A feature that cannot be measured, for lack of potentials, is NaN.
    """

    potentials: int
    amplitude_uv: float
    potential_ms: float
    lead_share: float
    positive_share: float
    rate_hz: float
    unevenness: float
    stretch_s: float
    stretch_potentials: float
    group_potentials: float
    group_unevenness: float
    rate_swing: float
    height_swing: float
    height_left: float
    cycle_hz: float
    cycle_likeness: float

    @property
    def events(self) -> int:
        """The same as `potentials`."""
        return self.potentials


def measure_needle(signal: SignalLike) -> NeedleFeatures:
    """Measure what a needle picked up in a muscle at rest.

    Parameters
    ----------
    signal : Signal or needle.NeedleRecording
        The EMG, in mV, positive where the needle is positive.

    Returns
    -------
    NeedleFeatures
        Numbers that, apart from the height, do not depend on the amplifier's gain.

    Raises
    ------
    NotAllowedError
        If `signal` is not an EMG with a sampling rate.

    Examples
    --------
    >>> from twitchlib import needle
    >>> found = measure_needle(needle.simulate("endplate-spikes", 6, seed=1))
    >>> found.lead_share < 0.1 < found.unevenness
    True
    """
    given = Signal.of(signal)
    clean = bandpass(given, low_hz=LOW_HZ, high_hz=min(HIGH_HZ, 0.45 * given.sample_hz))
    trace_uv, rate_hz = 1000 * np.nan_to_num(clean.emg_mv, nan=0.0), clean.sample_hz
    raw = find(trace_uv, rate_hz)
    cycle_s, likeness = cycle(trace_uv, rate_hz, raw.time_s, SILENCE_S)
    # Whether close peaks belong to one potential depends on how fast the whole pattern repeats.
    fast = cycle_s * 1000 < ONE_MS and likeness >= LIKE
    single = raw if fast else merged(raw, ONE_MS / 1000)
    shape = _shape(trace_uv, rate_hz, single)
    interval_s = np.diff(single.time_s)
    usual_s = float(np.median(interval_s)) if interval_s.size else math.nan
    stretch = stretches(single.time_s, SILENCE_S)
    group = stretches(single.time_s, GROUP_APART * usual_s)
    return replace(
        _changes(single, group),
        potentials=single.time_s.size,
        amplitude_uv=float(np.median(single.height_uv)) if single.time_s.size else math.nan,
        potential_ms=shape[0],
        lead_share=shape[1],
        positive_share=shape[2],
        rate_hz=1 / usual_s,
        unevenness=_unevenness(interval_s, GROUP_APART * usual_s),
        stretch_s=_longest_s(single.time_s, stretch),
        stretch_potentials=_middle(stretch),
        group_potentials=_usual_size(group),
        group_unevenness=_unevenness(np.diff([single.time_s[a] for a, _b in group])),
        cycle_hz=1 / cycle_s,
        cycle_likeness=likeness,
    )


def _longest_s(time_s: FloatArray, parts: IntArray) -> float:
    return float((time_s[parts[:, 1] - 1] - time_s[parts[:, 0]]).max()) if len(parts) else math.nan


def _middle(parts: IntArray) -> float:
    return float(np.median(parts[:, 1] - parts[:, 0])) if len(parts) else math.nan


def _usual_size(parts: IntArray) -> float:
    """Return the median over potentials of the size of their group."""
    sizes = parts[:, 1] - parts[:, 0]
    return float(np.median(np.repeat(sizes, sizes))) if sizes.size else math.nan


def _unevenness(interval_s: FloatArray, longest_s: float = math.inf) -> float:
    """Return the median difference of neighbouring intervals over their mean.

    If enough intervals are not pauses, only those count.
    """
    before, after = interval_s[:-1], interval_s[1:]
    differ = 2 * np.abs(after - before) / (after + before)
    within = np.maximum(before, after) <= longest_s
    chosen = differ[within] if within.sum() >= FEWEST else differ
    return float(np.median(chosen)) if chosen.size >= FEWEST - 1 else math.nan


def _shape(trace_uv: FloatArray, rate_hz: float, found: Potentials) -> tuple[float, float, float]:
    """Return the length, positive start and positive part of the average potential."""
    if not found.time_s.size:
        return math.nan, math.nan, math.nan
    average, peak = average_uv(trace_uv, rate_hz, found)
    height = float(np.ptp(average))
    counts = np.flatnonzero(np.abs(average) > COUNTS_AS_PART * height)
    lead = max(float(average[: peak + 1].max()), 0.0)
    length_ms = float(counts[-1] - counts[0] + 1) * 1000 / rate_hz
    return length_ms, lead / height, max(float(average.max()), 0.0) / height


def _changes(found: Potentials, group: IntArray) -> NeedleFeatures:
    """Return how rate and height change within the longest group; all other features are NaN."""
    values = dict.fromkeys(NeedleFeatures.__dataclass_fields__, math.nan)
    if len(group):
        first, last = group[np.argmax(group[:, 1] - group[:, 0])]
        if last - first > FEWEST:
            values |= _swings(np.diff(found.time_s[first:last]), found.height_uv[first:last])
    return NeedleFeatures(**values)  # type: ignore[arg-type]


def _swings(interval_s: FloatArray, height_uv: FloatArray) -> dict[str, float]:
    rates, heights = 1 / _smooth(interval_s), _smooth(height_uv)
    tenth = max(height_uv.size // 10, 1)
    return {
        "rate_swing": float(rates.max() / rates.min()),
        "height_swing": float(heights.max() / heights.min()),
        "height_left": float(np.median(height_uv[-tenth:]) / np.median(height_uv[:tenth])),
    }


def _smooth(values: FloatArray) -> FloatArray:
    """Return the running median over a few neighbours."""
    width = min(SMOOTH, values.size)
    smooth: FloatArray = np.median(np.lib.stride_tricks.sliding_window_view(values, width), axis=1)
    return smooth
