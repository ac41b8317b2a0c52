"""What the headings and times of a table say about an EMG, in any file format."""

from __future__ import annotations

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg.formats import MV_IN, SignalError
from twitchlib.messages import gettext as _

__all__ = ["TIME", "rate_hz", "unit_of"]

TIME = "time_s"

# Times written with few digits are not quite evenly spaced.
_EVEN = 0.02


def unit_of(heading: str) -> str:
    """Return the unit at the end of a heading, empty if there is none."""
    unit = heading.rpartition("_")[2]
    return unit if unit.lower() in MV_IN else ""


def rate_hz(time_s: FloatArray, name: str) -> float:
    """Return the sampling rate of evenly spaced times; refuse others."""
    with np.errstate(all="ignore"):
        steps = np.diff(time_s)
        if not steps.size or not np.isfinite(steps).all() or steps.min() <= 0:
            raise SignalError(
                _(
                    "The times in {time} of {file} do not rise from row to row.",
                    time=TIME,
                    file=name,
                )
            )
        mean = float(steps.mean())
        off = float(np.abs(np.cumsum(steps - mean)).max())
        if not off <= max(1, _EVEN * steps.size) * mean:
            raise SignalError(
                _(
                    "The times in {time} of {file} are not evenly spaced, and an EMG's must be.",
                    time=TIME,
                    file=name,
                )
            )
    # Steps too small to invert cannot be times in seconds either.
    return round(1 / max(mean, 1e-300), 3)
