"""What the figures of an EMG share: the part shown, and its scale."""

from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg.signal import Signal

__all__ = ["PIECES", "cut", "scale_mv", "span"]

PIECES: Final = 800
"""Number of segments of a drawn trace, each shown as its minimum and maximum."""

_SIZES_MV: Final = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def span(duration_s: float, start_s: float, shown_s: float) -> tuple[float, float]:
    """Return the start and end of the part shown, kept within the recording."""
    shown_s = min(shown_s, duration_s)
    start_s = max(0.0, min(start_s, duration_s - shown_s))
    return start_s, start_s + shown_s


def cut(signal: Signal, start_s: float, end_s: float) -> tuple[FloatArray, FloatArray]:
    """Return the times and values of a part."""
    first, last = int(start_s * signal.sample_hz), int(end_s * signal.sample_hz)
    part = signal.emg_mv[first : max(last, first + 1)]
    return start_s + np.arange(part.size) / signal.sample_hz, part


def scale_mv(signal: Signal) -> float:
    """Return a round number that the EMG does not exceed, so that the scale stays put."""
    highest = float(np.nanmax(np.abs(signal.emg_mv)))
    return next((size for size in _SIZES_MV if size >= highest), highest)
