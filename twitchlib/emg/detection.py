"""Detect muscle activity in any EMG.

Each sample votes: for activity if its power is large compared with that of rest, otherwise against
it. An event begins where the sum of votes starts to rise by ``evidence``, and ends where it starts
to fall by as much. The votes are logarithms of likelihood ratios (activity with a given multiple of
the power of rest, against rest), so this is a cumulative-sum test, and the turning points are the
most likely moments of change. Strong activity, which has sharp edges, is detected first; what
remains is then searched for weak activity, which takes more samples to establish. Finally each
moment of change is sought once more, with the power that its event turned out to have.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, IntArray, checked_number
from twitchlib.emg._rest import Rest, rest_of, shadow
from twitchlib.emg.cleaning import clean
from twitchlib.emg.detector import Detector
from twitchlib.emg.flaws import stretches
from twitchlib.emg.signal import Signal, SignalLike
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Detection", "detect"]

# Illustrative: potentials closer than this count as one.
_POTENTIAL_S = 0.002
# Chosen on seeds that the benchmark does not use: how far an onset may move once an event is found,
# and how much of the event its power is judged over.
REACH_S = 0.05
SPAN_S = 0.1
STRONGEST = 30.0


@dataclass(frozen=True, eq=False)
class Detection:
    """When a muscle was active.

    Attributes
    ----------
    onset_s, offset_s : ndarray, shape (events,)
        When each event begins and ends, in order; events do not overlap.
    amplitude_mv : ndarray, shape (events,)
        Peak-to-peak amplitude of each event.
    rest_mv : float
        Standard deviation of the EMG at rest, as given or as found.
    quietest_mv : float
        The same for the quietest part of the recording.
    threshold_mv : float
        A sample further than this from the median counts towards strong activity.
    signal : Signal
        The EMG that was searched, with its median at 0.
    settings : mapping from str to float
        The settings of `detect`.
    """

    onset_s: FloatArray
    offset_s: FloatArray
    amplitude_mv: FloatArray
    rest_mv: float
    quietest_mv: float
    threshold_mv: float
    signal: Signal
    settings: Mapping[str, float]

    def __len__(self) -> int:
        """Return the number of events."""
        return self.onset_s.size

    @property
    def burst_ms(self) -> FloatArray:
        """Duration of each event."""
        return 1000 * (self.offset_s - self.onset_s)

    @property
    def active(self) -> npt.NDArray[np.bool_]:
        """Whether the muscle is active, for each sample."""
        marks_s = np.array([self.onset_s, self.offset_s])
        marks = np.rint(marks_s * self.signal.sample_hz).astype(np.intp)
        return _inside(self.signal.emg_mv.size, *marks)

    def potentials(self) -> tuple[FloatArray, IntArray]:
        """Return the larger potentials within events: the onset and the event of each.

        A potential is counted where the EMG exceeds half of its event's peak, on the same side of
        zero.

        Returns
        -------
        time_s : ndarray, shape (potentials,)
            When the EMG crosses that level, in order.
        event : ndarray of int, shape (potentials,)
            Number of the event, from 0.

        Examples
        --------
        >>> from twitchlib import emg, twitches
        >>> one = twitches.simulate("fasciculation", seed=1, duration_s=60)
        >>> time_s, event = emg.detect(one).potentials()
        >>> time_s.size == event.size
        True
        """
        rate_hz, trace = self.signal.sample_hz, self.signal.emg_mv
        first = np.rint(self.onset_s * rate_hz).astype(np.intp)
        size = np.rint(self.offset_s * rate_hz).astype(np.intp) - first
        event = np.repeat(np.arange(size.size), size)
        if not event.size:
            return np.empty(0), event
        # All samples within events in one row, and the index of each in the recording.
        start = np.cumsum(size) - size
        sample = np.repeat(first - start, size) + np.arange(event.size)
        inside = trace[sample]
        highest = np.maximum.reduceat(inside, start)
        lowest = np.minimum.reduceat(inside, start)
        largest = np.where(highest >= -lowest, highest, lowest)
        above = inside * np.repeat(np.sign(largest), size) > np.repeat(np.abs(largest) / 2, size)
        sample, event = sample[above], event[above]
        apart = np.diff(sample) > _POTENTIAL_S * rate_hz
        begins = np.concatenate(([True], apart | (np.diff(event) > 0)))
        return sample[begins] / rate_hz, event[begins]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per event: ``onset_s``, ``offset_s``, ``burst_ms``, ``amplitude_mv``."""
        import pandas as pd

        names = ("onset_s", "offset_s", "burst_ms", "amplitude_mv")
        return pd.DataFrame({name: getattr(self, name) for name in names})


def detect(signal: SignalLike, *, rest_mv: float | None = None, **settings: float) -> Detection:
    """Find when a muscle was active.

    Parameters
    ----------
    signal : Signal or twitches.Recording
        The EMG, as recorded or filtered (`bandpass`). It may hold anything from single potentials
        to contractions lasting minutes. Drift, mains hum and a heart's beats are first taken out
        where they are found (`clean`); ``signal.remarks`` of the result says so.
    rest_mv : float, optional
        Standard deviation of the EMG at rest, if known. Otherwise it is estimated from the quietest
        part, which needs a fiftieth of the recording to be at rest; in a muscle that is never at
        rest, only what exceeds its quietest moments is detected.
    **settings : float
        How much evidence an event needs, and what counts as one event. All defaults were chosen on
        synthetic recordings and suit any kind of event.

        - ``evidence``, 5 to 50 (15): the log odds that an event has to reach.
          Low: noise is detected as events. High: weak events are missed.
        - ``strong``, 4 to 100 (10), and ``weak``, 1.2 to 16 (2): the power of strong and of weak
          activity, relative to rest.
        - ``rest_evidence``, 0 to 20 (3): the log odds that a pause between two events has to reach.
        - ``merge_ms``, 0 to 250 (20): shorter pauses join events into one.
        - ``shortest_ms``, 0 to 100 (3): shorter events are left out.

    Returns
    -------
    Detection
        Onset, offset and amplitude of each event, and the level of rest.

    Raises
    ------
    NotAllowedError
        If `signal` is not an EMG with a sampling rate, or a number is out of range.
    UnknownNameError
        If there is no such setting.

    References
    ----------
    Page 1954, doi:10.1093/biomet/41.1-2.100 (the cumulative-sum test).

    Examples
    --------
    >>> from twitchlib import twitches
    >>> jerks = twitches.simulate("myoclonus", seed=1, duration_s=20)
    >>> detect(jerks).onset_s.size
    19
    >>> detect(jerks, shortest_ms=40).onset_s.size
    0
    """
    given, detector = Signal.of(signal), Detector(**settings)
    if detector.weak >= detector.strong:
        allowed = _("less than strong = {strong:g}", strong=detector.strong)
        raise NotAllowedError("weak", detector.weak, allowed)
    given = clean(given)
    known = given.emg_mv[np.isfinite(given.emg_mv)]
    trace, rate_hz = given.emg_mv - np.median(known), given.sample_hz
    power = trace * trace
    found = rest_of(trace, power, rate_hz, _step_power(given))
    rest = found.power
    if rest_mv is not None:
        rest = checked_number("rest_mv", rest_mv, low=0, high=math.inf, unit="mV") ** 2
    relative = power / np.maximum(shadow(power, rate_hz), rest or np.finfo(float).tiny)
    first, last = _events(relative, detector, found, rate_hz)
    return Detection(
        onset_s=first / rate_hz,
        offset_s=last / rate_hz,
        amplitude_mv=_amplitude_mv(trace, first, last),
        rest_mv=math.sqrt(rest),
        quietest_mv=math.sqrt(found.quietest),
        threshold_mv=math.sqrt(rest * _even_power(detector.strong)),
        signal=replace(given, emg_mv=trace),
        settings=asdict(detector),
    )


def _step_power(signal: Signal) -> float:
    """Return the power that rounding to steps adds on average; less than that is chance."""
    return max((flaw.size for flaw in signal.flaws if flaw.kind == "steps"), default=0.0) ** 2 / 12


def _even_power(ratio: float) -> float:
    """Return the power, relative to rest, at which a sample's vote is zero."""
    return math.log(ratio) / (1 - 1 / ratio)


def _events(
    relative: FloatArray, detector: Detector, rest: Rest, rate_hz: float
) -> tuple[IntArray, IntArray]:
    """Return the first sample of each event, and the first sample after it.

    `relative` is the power of each sample relative to rest.
    """
    from twitchlib.emg._detection_loop import settle, turning_points

    room = np.empty((2, relative.size // 2 + 1), dtype=np.intp)
    # Nothing is carried over a gap.
    gaps = np.isnan(relative)
    gapped = bool(gaps.any())
    parts = stretches(~gaps) if gapped else np.array([[0, relative.size]])

    independent = rest.independent * rest.wavers
    # Fewer independent samples give fewer false alarms.
    enough = max(detector.evidence + math.log(rest.wavers), 1.0)

    def search(vote: FloatArray) -> IntArray:
        found = []
        for start, end in parts:
            count = turning_points(vote[start:end], enough, *room)
            found.append(room[:, :count] + start)
        return np.hstack(found) if found else np.empty((2, 0), dtype=np.intp)

    strong = search(independent * _votes(relative, detector.strong))
    vote = independent * _votes(relative, detector.weak)
    against = np.concatenate(([0.0], np.cumsum(np.where(gaps, 0.0, vote) if gapped else vote)))
    vote[_inside(vote.size, *strong)] = 0
    first, last = np.hstack((strong, search(vote)))
    order = np.argsort(first, kind="stable")
    first, last = first[order], np.maximum.accumulate(last[order])
    if not first.size:
        return first, last
    long_pause = first[1:] - last[:-1] >= max(detector.merge_ms / 1000 * rate_hz, 1)
    at_rest = against[last[:-1]] - against[first[1:]] >= detector.rest_evidence
    apart = long_pause & at_rest
    if gapped:
        unknown = np.concatenate(([0], np.cumsum(gaps)))
        apart |= unknown[first[1:]] > unknown[last[:-1]]
    first = first[np.concatenate(([True], apart))]
    last = last[np.concatenate((apart, [True]))]
    long_enough = last - first >= detector.shortest_ms / 1000 * rate_hz
    first, last = first[long_enough], last[long_enough]
    least = max(math.ceil(detector.shortest_ms / 1000 * rate_hz), 1)
    reach, span = round(REACH_S * rate_hz), max(round(SPAN_S * rate_hz), 1)
    settle(relative, first, last, reach, span, least, detector.weak, STRONGEST)
    return first, last


def _votes(relative: FloatArray, ratio: float) -> FloatArray:
    """Return the logarithm of the likelihood ratio of each sample."""
    votes: FloatArray = relative * ((1 - 1 / ratio) / 2)
    votes -= math.log(ratio) / 2
    return votes


def _inside(size: int, first: IntArray, last: IntArray) -> npt.NDArray[np.bool_]:
    """Return which samples lie within events."""
    edges = np.zeros(size + 1, dtype=np.int8)
    edges[first] += 1
    edges[last] -= 1
    result: npt.NDArray[np.bool_] = np.cumsum(edges[:-1], dtype=np.int8) > 0
    return result


def _amplitude_mv(trace: FloatArray, first: IntArray, last: IntArray) -> FloatArray:
    """Return the peak-to-peak amplitude of each event."""
    if not first.size:
        return np.empty(0)
    # `reduceat` alternates between the samples within an event and those between two events.
    cuts = np.column_stack((first, last)).ravel()
    padded = np.append(np.nan_to_num(trace, nan=0.0), 0.0)
    highest = np.maximum.reduceat(padded, cuts)[::2]
    lowest = np.minimum.reduceat(padded, cuts)[::2]
    return highest - lowest
