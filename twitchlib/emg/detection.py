"""Find when a muscle was active, in any EMG.

Each sample votes: for activity where its power is large beside that of rest, against it where it is
not. An event begins where the sum of votes turns to rise by `Detector.evidence`, and ends where it
turns to fall by as much. The votes are logarithms of likelihood ratios (activity of so many times
the power of rest, against rest), so this is a cumulative-sum test, and the turning points are the
most likely moments of change. Strong activity is looked for first, with sharp edges; what is left
is then searched for weak activity, which needs more samples to be sure of.

Examples
--------
>>> from twitchlib import emg, twitches
>>> recording = twitches.simulate("myoclonus", seed=1, duration_s=10)
>>> found = emg.detect(recording.emg_mv, recording.sample_hz)
>>> len(found) == len(recording.events)
True
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, IntArray, checked_number
from twitchlib.emg._checks import checked_emg
from twitchlib.emg._rest import rest_power, shadow
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DETECTOR", "Detection", "Detector", "detect"]

_TRIED = _("Chosen on synthetic recordings: benchmarks/detection.py")


@dataclass(frozen=True)
class Detector(Quantities):
    """How sure to be, and what counts as one event."""

    strong: float = quantity(
        10, _("Strong activity: power, in times that of rest"), unit="×", low=4, high=100, step=1,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
    weak: float = quantity(
        2, _("Weak activity: power, in times that of rest"), unit="×", low=1.2, high=16, step=0.1,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
    evidence: float = quantity(
        15, _("Evidence asked for (logarithm of the odds)"), unit="", low=5, high=50, step=1,
        source=_(
            "{source}: false alarms are at least exp(evidence) samples apart. {chosen}",
            source="Page 1954, doi:10.1093/biomet/41.1-2.100", chosen=_TRIED,
        ),
        illustrative=True,
    )  # fmt: skip
    rest_evidence: float = quantity(
        3, _("Evidence of rest asked for between two events"), unit="", low=0, high=20, step=0.5,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
    merge_ms: float = quantity(
        20, _("Shorter pauses join events into one"), unit="ms", low=0, high=250, step=1,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
    shortest_ms: float = quantity(
        3, _("Shorter events are left out"), unit="ms", low=0, high=100, step=1,
        source=_TRIED, illustrative=True,
    )  # fmt: skip


DETECTOR = Detector()


@dataclass(frozen=True, eq=False)
class Detection:
    """When a muscle was active.

    Attributes
    ----------
    onset_s, offset_s : ndarray, shape (events,)
        Begin and end of each event, in order; events do not overlap.
    amplitude_mv : ndarray, shape (events,)
        From the lowest to the highest value of each.
    rest_mv : float
        Standard deviation of the EMG at rest, as given or as found.
    quietest_mv : float
        The same of the quietest part of the recording.
    threshold_mv : float
        Beyond this distance from the middle a sample counts for strong activity.
    emg_mv : ndarray, shape (n,)
        What was searched, with its median at 0.
    sample_hz : float
        Its sampling rate.
    detector : Detector
        How it was searched.
    """

    onset_s: FloatArray
    offset_s: FloatArray
    amplitude_mv: FloatArray
    rest_mv: float
    quietest_mv: float
    threshold_mv: float
    emg_mv: FloatArray
    sample_hz: float
    detector: Detector

    def __len__(self) -> int:
        """Return the number of events."""
        return self.onset_s.size

    @property
    def duration_s(self) -> float:
        """How long the recording is."""
        return self.emg_mv.size / self.sample_hz

    @property
    def burst_ms(self) -> FloatArray:
        """How long each event lasts."""
        return 1000 * (self.offset_s - self.onset_s)

    @property
    def active(self) -> npt.NDArray[np.bool_]:
        """Whether the muscle is active, for each sample."""
        marks_s = np.array([self.onset_s, self.offset_s])
        return _inside(self.emg_mv.size, *np.rint(marks_s * self.sample_hz).astype(np.int64))

    def to_frame(self) -> pd.DataFrame:
        """Return one row per event: ``onset_s``, ``offset_s``, ``burst_ms``, ``amplitude_mv``."""
        import pandas as pd

        names = ("onset_s", "offset_s", "burst_ms", "amplitude_mv")
        return pd.DataFrame({name: getattr(self, name) for name in names})


def detect(
    emg_mv: npt.ArrayLike,
    sample_hz: float,
    detector: Detector = DETECTOR,
    *,
    rest_mv: float | None = None,
) -> Detection:
    """Find when a muscle was active.

    Parameters
    ----------
    emg_mv : array_like, shape (n,)
        The EMG in mV, as recorded or filtered (`bandpass`). Anything from single potentials to
        contractions of minutes may be in it.
    sample_hz : float
        Samples per second, 200 to 100 000.
    detector : Detector
        How sure to be, and what counts as one event.
    rest_mv : float, optional
        Standard deviation of the EMG at rest, where it is known. Otherwise it is taken from the
        quietest part, which needs a fiftieth of the recording to be at rest: of a muscle that never
        is, only what stands out from its quietest moments is found.

    Returns
    -------
    Detection
        Begin, end and amplitude of each event, and what was taken for rest.

    Raises
    ------
    NotAllowedError
        If `emg_mv` is not one row of finite numbers, or is shorter than 0.2 s, or another argument
        is out of range.

    References
    ----------
    Page 1954, doi:10.1093/biomet/41.1-2.100 (the cumulative-sum test).

    Examples
    --------
    >>> from twitchlib import twitches
    >>> jerks = twitches.simulate("myoclonus", seed=1, duration_s=20)
    >>> detect(jerks.emg_mv, jerks.sample_hz).onset_s.size
    19
    """
    trace, rate_hz = checked_emg(emg_mv, sample_hz)
    if detector.weak >= detector.strong:
        allowed = _("less than strong = {strong:g}", strong=detector.strong)
        raise NotAllowedError("weak", detector.weak, allowed)
    trace = trace - np.median(trace)
    power = trace * trace
    quietest, independent = rest_power(trace, power, rate_hz)
    rest = quietest
    if rest_mv is not None:
        rest = checked_number("rest_mv", rest_mv, low=0, high=math.inf, unit="mV") ** 2
    relative = power / np.maximum(shadow(power, rate_hz), rest or np.finfo(float).tiny)
    first, last = _events(relative, detector, independent, rate_hz)
    return Detection(
        onset_s=first / rate_hz,
        offset_s=last / rate_hz,
        amplitude_mv=_amplitude_mv(trace, first, last),
        rest_mv=math.sqrt(rest),
        quietest_mv=math.sqrt(quietest),
        threshold_mv=math.sqrt(rest * _even_power(detector.strong)),
        emg_mv=trace,
        sample_hz=rate_hz,
        detector=detector,
    )


def _even_power(ratio: float) -> float:
    """Return the power, in times that of rest, at which a sample votes neither way."""
    return math.log(ratio) / (1 - 1 / ratio)


def _events(
    relative: FloatArray, detector: Detector, independent: float, rate_hz: float
) -> tuple[IntArray, IntArray]:
    """Return first sample of each event, and first sample after it.

    `relative` is the power of each sample, in times that of rest.
    """
    from twitchlib.emg._detection_loop import turning_points

    room = np.empty((2, relative.size // 2 + 1), dtype=np.int64)

    def search(vote: FloatArray) -> IntArray:
        count = turning_points(vote, detector.evidence, *room)
        return room[:, :count].copy()

    strong = search(independent * _votes(relative, detector.strong))
    vote = independent * _votes(relative, detector.weak)
    against = np.concatenate(([0.0], np.cumsum(vote)))
    vote[_inside(vote.size, *strong)] = 0
    first, last = np.hstack((strong, search(vote)))
    order = np.argsort(first, kind="stable")
    first, last = first[order], np.maximum.accumulate(last[order])
    if not first.size:
        return first, last
    long_pause = first[1:] - last[:-1] >= max(detector.merge_ms / 1000 * rate_hz, 1)
    at_rest = against[last[:-1]] - against[first[1:]] >= detector.rest_evidence
    apart = long_pause & at_rest
    first = first[np.concatenate(([True], apart))]
    last = last[np.concatenate((apart, [True]))]
    long_enough = last - first >= detector.shortest_ms / 1000 * rate_hz
    return first[long_enough], last[long_enough]


def _votes(relative: FloatArray, ratio: float) -> FloatArray:
    """Return the logarithm of the likelihood ratio of each sample."""
    votes: FloatArray = relative * ((1 - 1 / ratio) / 2)
    votes -= math.log(ratio) / 2
    return votes


def _inside(size: int, first: IntArray, last: IntArray) -> npt.NDArray[np.bool_]:
    """Return which samples lie inside events."""
    edges = np.zeros(size + 1, dtype=np.int8)
    edges[first] += 1
    edges[last] -= 1
    result: npt.NDArray[np.bool_] = np.cumsum(edges[:-1], dtype=np.int8) > 0
    return result


def _amplitude_mv(trace: FloatArray, first: IntArray, last: IntArray) -> FloatArray:
    """Return the distance from the lowest to the highest value of each event."""
    if not first.size:
        return np.empty(0)
    # `reduceat` takes in turn what is inside an event and what is between two.
    cuts = np.column_stack((first, last)).ravel()
    padded = np.append(trace, 0.0)
    highest = np.maximum.reduceat(padded, cuts)[::2]
    lowest = np.minimum.reduceat(padded, cuts)[::2]
    return highest - lowest
