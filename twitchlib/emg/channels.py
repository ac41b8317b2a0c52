"""Many channels over hours: the events of each, and which channels see the same event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, IntArray, checked_number
from twitchlib.emg.cleaning import clean
from twitchlib.emg.counting import Count, count
from twitchlib.emg.detection import detect
from twitchlib.emg.detector import Detector
from twitchlib.emg.filtering import HIGH_HZ, LOW_HZ, bandpass
from twitchlib.emg.flaws import gaps_s
from twitchlib.emg.formats import labelled
from twitchlib.emg.report import of_events
from twitchlib.emg.signal import Signal, checked_rate_hz
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Events", "scan"]

# Long recordings are searched in overlapping pieces, which bounds memory and follows a level of
# rest that changes over hours.
PIECE_S = 300.0
OVERLAP_S = 5.0


@dataclass(frozen=True, eq=False)
class Events:
    """The events of many channels.

    Attributes
    ----------
    channel : ndarray of int, shape (events,)
        Where each event was found: an index into `labels`.
    onset_s, offset_s, amplitude_mv : ndarray, shape (events,)
        As in a `Detection`, in the order of channels and onsets.
    labels : tuple of str
        Name of each channel.
    rest_mv : ndarray, shape (channels,)
        The level of rest of each channel, the median over pieces.
    gaps_s : tuple of ndarray, each of shape (n, 2)
        Where nothing is known of each channel.
    remarks : Mapping of str to tuple of str
        What was wrong with a channel, by label, in words.
    duration_s : float
        How long was recorded.
    settings : Mapping of str to float
        The settings of `scan`.
    """

    channel: IntArray
    onset_s: FloatArray
    offset_s: FloatArray
    amplitude_mv: FloatArray
    _: KW_ONLY
    labels: tuple[str, ...]
    rest_mv: FloatArray
    gaps_s: tuple[FloatArray, ...]
    remarks: Mapping[str, tuple[str, ...]]
    duration_s: float
    settings: Mapping[str, float]

    def __len__(self) -> int:
        """Return the number of events."""
        return self.onset_s.size

    def count(self, label: str, *, confidence: float = 0.95) -> Count:
        """Count the events of a channel (`emg.count`).

        Raises
        ------
        NotAllowedError
            If there is no such channel.
        """
        if label not in self.labels:
            raise NotAllowedError("label", label, ", ".join(self.labels))
        place = self.labels.index(label)
        return count(
            self.onset_s[self.channel == place],
            self.duration_s,
            gaps_s=self.gaps_s[place],
            confidence=confidence,
        )

    def together(self, *, within_s: float = 0.01) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
        """Return which channels see the same events.

        An event joins the one before it if it begins at most `within_s` later, on any channel:
        what crosses a grid reaches the next electrode within milliseconds.

        Parameters
        ----------
        within_s : float
            0 to 1 s, by default 10 ms. Illustrative.

        Returns
        -------
        onset_s : ndarray, shape (events,)
            When each event is first seen.
        seen : ndarray of bool, shape (events, channels)
            Which channels see it: a map of the grid for each event.
        """
        apart_s = checked_number("within_s", within_s, low=0, high=1, unit="s")
        order = np.argsort(self.onset_s, kind="stable")
        times, channels = self.onset_s[order], self.channel[order]
        begins = np.concatenate(([True], np.diff(times) > apart_s))[: times.size]
        group = np.cumsum(begins) - 1
        seen = np.zeros((int(begins.sum()), len(self.labels)), dtype=bool)
        seen[group, channels] = True
        return times[begins], seen

    def to_html(self, note: str = "") -> str:
        """Return a report as a self-contained HTML page, as `Analysis.to_html` does.

        Parameters
        ----------
        note : str
            Your own words for the top of the page; always shown as plain text, at most 500
            characters.

        Examples
        --------
        >>> scan(np.zeros((4000, 2)), 2000).to_html().startswith("<!DOCTYPE html>")
        True
        """
        return of_events(self, note)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per event: ``channel``, ``onset_s``, ``offset_s``, ``amplitude_mv``."""
        import pandas as pd

        names = ("onset_s", "offset_s", "amplitude_mv")
        labels = np.array(self.labels, dtype=object)[self.channel]
        return pd.DataFrame({"channel": labels} | {name: getattr(self, name) for name in names})


def scan(
    emg_mv: npt.ArrayLike,
    sample_hz: float,
    *,
    labels: Sequence[str] = (),
    low_hz: float = LOW_HZ,
    high_hz: float = HIGH_HZ,
    **settings: float,
) -> Events:
    """Search many channels of any length in bounded memory.

    Each channel is cleaned, filtered and searched in pieces of five minutes (`analyse` does the
    same with a whole recording at once). Only the events need more memory in a longer recording.

    Parameters
    ----------
    emg_mv : array_like, shape (samples, channels)
        The EMG in mV, NaN where nothing is known; an array on disk (`numpy.memmap`) stays there.
    sample_hz : float
        Samples per second.
    labels : sequence of str
        Name of each channel; equal names are told apart by their position.
    low_hz, high_hz, **settings : float
        As in `analyse`. At low rates the upper corner is lowered to 0.45 of the rate.

    Raises
    ------
    NotAllowedError
        If `emg_mv` is not such an array, or a number is out of range.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> made = [twitches.simulate("myoclonus", seed=s, duration_s=20).emg_mv for s in (3, 2)]
    >>> found = scan(np.column_stack(made), 2000, labels=["left", "right"])
    >>> found.count("left").discharges
    13
    """
    rate_hz = checked_rate_hz(sample_hz)
    whole = emg_mv if isinstance(emg_mv, np.ndarray) else np.asarray(emg_mv)
    if whole.ndim != 2 or whole.dtype.kind not in "iuf" or not whole.shape[1]:
        raise NotAllowedError(
            "emg_mv", _("an array of shape {shape}", shape=whole.shape), _("samples × channels")
        )
    if labels and len(labels) != whole.shape[1]:
        raise NotAllowedError("labels", list(labels), _("{n} names", n=whole.shape[1]))
    names = labelled(list(labels) or [""] * whole.shape[1])
    band = {"low_hz": low_hz, "high_hz": min(high_hz, 0.45 * rate_hz)}
    results = [
        _channel(whole[:, place], rate_hz, band, settings) for place in range(whole.shape[1])
    ]
    sizes = [result["onset_s"].size for result in results]
    return Events(
        channel=np.repeat(np.arange(len(results)), sizes),
        onset_s=np.concatenate([result["onset_s"] for result in results]),
        offset_s=np.concatenate([result["offset_s"] for result in results]),
        amplitude_mv=np.concatenate([result["amplitude_mv"] for result in results]),
        labels=tuple(names),
        rest_mv=np.array([result["rest_mv"] for result in results]),
        gaps_s=tuple(result["gaps_s"] for result in results),
        remarks={name: found["remarks"] for name, found in zip(names, results, strict=True)},
        duration_s=whole.shape[0] / rate_hz,
        settings=band | asdict(Detector(**settings)),
    )


def _channel(
    column: npt.NDArray[Any], rate_hz: float, band: dict[str, float], settings: dict[str, float]
) -> dict[str, Any]:
    """Return the events of one channel, found piece by piece."""
    piece, overlap = round(PIECE_S * rate_hz), round(OVERLAP_S * rate_hz)
    events: list[list[float]] = []
    rests, gaps, remarks = [], [], []
    for start in range(0, max(column.size - overlap, 1), piece):
        end = min(start + piece + overlap, column.size)
        part = np.asarray(column[start:end], dtype=np.float64)
        if np.isnan(part).mean() > 0.99 or part.size < rate_hz:
            gaps.append([start / rate_hz, end / rate_hz])
            continue
        found = detect(bandpass(clean(Signal(part, rate_hz)), **band), **settings)
        from_s = start / rate_hz
        rests.append(found.rest_mv)
        remarks += [said for said in found.signal.remarks if said not in remarks]
        gaps += (from_s + gaps_s(found.signal.flaws)).tolist()
        for onset, offset, height in zip(
            found.onset_s + from_s, found.offset_s + from_s, found.amplitude_mv, strict=True
        ):
            if events and onset <= events[-1][1]:
                # Already seen in the overlap, or continued from the previous piece.
                events[-1][1] = max(events[-1][1], offset)
                events[-1][2] = max(events[-1][2], height)
            else:
                events.append([onset, offset, height])
    table = np.array(events, dtype=np.float64).reshape(-1, 3)
    return {
        "onset_s": table[:, 0],
        "offset_s": table[:, 1],
        "amplitude_mv": table[:, 2],
        "rest_mv": float(np.median(rests)) if rests else np.nan,
        "gaps_s": _joined(gaps),
        "remarks": tuple(remarks),
    }


def _joined(gaps: list[list[float]]) -> FloatArray:
    """Return gaps in order, overlapping ones joined."""
    joined: list[list[float]] = []
    for first, last in sorted(gaps):
        if joined and first <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return np.array(joined, dtype=np.float64).reshape(-1, 2)
