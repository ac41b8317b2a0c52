"""Measure detected events: their duration, rate, regularity and internal structure."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray
from twitchlib.emg._spectrum import median_hz, rhythm
from twitchlib.emg.detection import Detection
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEATURES", "Features", "measure"]

ISOLATED_S = 0.25
SILENCE_MS = (50.0, 500.0)
# Illustrative: how long a muscle must have been active for a gap to count as a lapse.
HELD_MS = 250.0
# Illustrative: fewer intervals give neither a rate nor a regularity.
FEWEST_INTERVALS = 3
FEWEST_WITHIN = 10


@dataclass(frozen=True)
class Feature:
    """The description of a field of `Features`: its label, its unit, and how it is measured."""

    label: str
    unit: str
    meaning: str


FEATURES = {
    "events": Feature(_("Events"), "", _("How many were found.")),
    "rate_per_min": Feature(
        _("Events a minute"), "/min", _("Events over the length of the recording.")
    ),
    "burst_ms": Feature(
        _("Length of an event"), "ms", _("The middle length (the median).")
    ),
    "longest_s": Feature(_("Longest event"), "s", _("From its beginning to its end.")),
    "amplitude_mv": Feature(
        _("Amplitude"), "mV", _("Lowest to highest value of an event, the median.")
    ),
    "active_share": Feature(
        _("Share of the time active"), "", _("All events over the whole recording.")
    ),
    "isolated_share": Feature(
        _("Isolated events"), "",
        _(
            "Share of events more than 250 ms from the one before and the one after ({source}).",
            source="Sleutjes 2016, doi:10.1002/mus.24712",
        ),
    ),
    "interval_cv": Feature(
        _("Unevenness of intervals"), "",
        _("Spread of the times from onset to onset over their mean: 0 for a clock, 1 for chance."),
    ),
    "rhythm_hz": Feature(
        _("Rate of the rhythm"), "Hz",
        _("Where the spectrum of the rectified EMG is highest, between 2 and 15 Hz."),
    ),
    "rhythm_share": Feature(
        _("Strength of the rhythm"), "",
        _(
            "Share of that spectrum within half a hertz of its peak: near 1 for a beat, 0.1 for "
            "none."
        ),
    ),
    "within_hz": Feature(
        _("Rate within events"), "Hz",
        _("Potentials a second inside events, from the median interval."),
    ),
    "within_cv": Feature(
        _("Unevenness within events"), "",
        _(
            "Spread of the middle half of those intervals over their median: small where one unit "
            "repeats itself."
        ),
    ),
    "rest_share": Feature(
        _("What remains between events"), "",
        _("EMG of the quietest moments over EMG of the events: near 0 if the muscle falls silent."),
    ),
    "silences": Feature(
        _("Lapses"), "",
        _(
            "Gaps of 50 to 500 ms ({source}) in a contraction held for 250 ms before and after, at "
            "least twice as long as the usual time between two potentials.",
            source=_("doi:10.1016/j.clinph.2023.10.005, an address that could not be found again"),
        ),
    ),
    "silence_ms": Feature(_("Length of a lapse"), "ms", _("The median of those gaps.")),
    "median_hz": Feature(
        _("Median frequency"), "Hz",
        _("Half the power of the EMG inside events is slower than this."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Features:
    """The features of a recording; `FEATURES` explains each of them.

    A feature that cannot be measured, for lack of events, is NaN.
    """

    events: int
    rate_per_min: float
    burst_ms: float
    longest_s: float
    amplitude_mv: float
    active_share: float
    isolated_share: float
    interval_cv: float
    rhythm_hz: float
    rhythm_share: float
    within_hz: float
    within_cv: float
    rest_share: float
    silences: int
    silence_ms: float
    median_hz: float

    def to_frame(self) -> pd.DataFrame:
        """Return one row per feature: ``label``, ``value``, ``unit`` and ``meaning``."""
        import pandas as pd

        values = asdict(self)
        return pd.DataFrame(
            {
                "label": [known.label for known in FEATURES.values()],
                "value": [float(values[name]) for name in FEATURES],
                "unit": [known.unit for known in FEATURES.values()],
                "meaning": [known.meaning for known in FEATURES.values()],
            },
            index=pd.Index(list(FEATURES), name="feature"),
        )


def measure(detection: Detection) -> Features:
    """Measure the events detected in a recording.

    Parameters
    ----------
    detection : Detection
        The result of `detect`.

    Returns
    -------
    Features
        Numbers that, apart from the amplitude, do not depend on the amplifier's gain.

    Examples
    --------
    >>> from twitchlib import emg, twitches
    >>> jerks = twitches.simulate("myoclonus", seed=1, duration_s=20)
    >>> measure(emg.detect(jerks)).events
    19
    """
    signal = detection.signal
    interval_s = np.diff(detection.onset_s)
    rhythm_hz, rhythm_share = rhythm(detection)
    within_s = _within_s(detection)
    silence_ms = _silences_ms(detection, 2000 * _median(within_s))
    active = detection.active
    return Features(
        events=len(detection),
        rate_per_min=60 * len(detection) / signal.duration_s,
        burst_ms=_median(detection.burst_ms),
        longest_s=float(detection.burst_ms.max(initial=0)) / 1000,
        amplitude_mv=_median(detection.amplitude_mv),
        active_share=float(active.mean()),
        isolated_share=_isolated_share(interval_s) if len(detection) else math.nan,
        interval_cv=_variation(interval_s),
        rhythm_hz=rhythm_hz,
        rhythm_share=rhythm_share,
        within_hz=1 / _median(within_s) if within_s.size >= FEWEST_WITHIN else math.nan,
        within_cv=_robust_variation(within_s),
        rest_share=_rest_share(detection, active),
        silences=silence_ms.size,
        silence_ms=_median(silence_ms),
        median_hz=median_hz(np.where(active, signal.emg_mv, 0.0), signal.sample_hz),
    )


def _within_s(detection: Detection) -> FloatArray:
    """Return the intervals between potentials of the same event."""
    time_s, event = detection.potentials()
    interval_s: FloatArray = np.diff(time_s)[np.diff(event) == 0]
    return interval_s


def _median(values: FloatArray) -> float:
    return float(np.median(values)) if values.size else math.nan


def _variation(interval_s: FloatArray) -> float:
    """Return the coefficient of variation, or NaN if there are too few intervals."""
    if interval_s.size < FEWEST_INTERVALS:
        return math.nan
    return float(interval_s.std() / interval_s.mean())


def _robust_variation(interval_s: FloatArray) -> float:
    """Return the coefficient of variation estimated from the interquartile range.

    Two groups merged into one leave a long interval between them, which must not count.
    """
    if interval_s.size < FEWEST_WITHIN:
        return math.nan
    low, middle, high = np.percentile(interval_s, [25, 50, 75])
    return float((high - low) / 1.349 / middle)


def _isolated_share(interval_s: FloatArray) -> float:
    far = np.concatenate(([True], interval_s > ISOLATED_S, [True]))
    return float((far[1:] & far[:-1]).mean())


def _silences_ms(detection: Detection, shortest_ms: float) -> FloatArray:
    """Return the durations of lapses: short gaps between two periods of sustained contraction.

    A single unit recorded by a needle is silent between any two potentials; that is not a lapse.
    """
    gap_ms = 1000 * (detection.onset_s[1:] - detection.offset_s[:-1])
    held = detection.burst_ms >= HELD_MS
    lapse = (gap_ms >= np.fmax(SILENCE_MS[0], shortest_ms)) & (gap_ms <= SILENCE_MS[1])
    lapses_ms: FloatArray = gap_ms[lapse & held[1:] & held[:-1]]
    return lapses_ms


def _rest_share(detection: Detection, active: npt.NDArray[np.bool_]) -> float:
    if not active.any():
        return math.nan
    return detection.quietest_mv / float(np.sqrt(np.mean(detection.signal.emg_mv[active] ** 2)))
