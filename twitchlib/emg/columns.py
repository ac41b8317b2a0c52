"""What the headings and times of a table say about an EMG, in any file format."""

from __future__ import annotations

import re

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg.formats import MV_IN
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["TIME", "is_gap", "rate_hz", "seconds_in", "unit_of"]

TIME = "time_s"

# Times written with few digits are not quite evenly spaced.
_EVEN = 0.02


_SECONDS_IN = {"s": 1.0, "sec": 1.0, "seconds": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6}
# Name and unit: emg_mv, EMG 1 (mV), EMG 1 [V], EMG 1,uV; Delsys numbers equal headings: X[s].1.
_PARTS = re.compile(r"(.*?)(?:_|\s*[(\[,:]\s*)(\w+)\s*[)\]]?(?:\.\d+)?\s*")
# Looking for a unit takes time quadratic in the length of a heading.
_LONGEST_HEADING = 200
_GAPS = ("", "nan", "na", "n/a")  # untranslated: data
_TIMES = ("time", "t", "x", "time series")  # untranslated: data


def unit_of(heading: str) -> str:
    """Return the unit at the end of a heading; empty if there is none."""
    found = _parted(heading)
    while found and found[2].lower() not in MV_IN:
        # The first separator may belong to the name.
        found = _PARTS.fullmatch(heading, found.start(2))
    return found[2] if found else ""


def _parted(heading: str) -> re.Match[str] | None:
    """Return the name and the unit in a heading, if it may have one."""
    return _PARTS.fullmatch(heading) if len(heading) <= _LONGEST_HEADING else None


def is_gap(cell: str) -> bool:
    """Return whether a cell stands for an unknown number."""
    return cell.strip().lower() in _GAPS


def seconds_in(heading: str) -> float:
    """Return the unit of a column of times, in seconds; 0 if the column does not hold times."""
    found = _parted(heading)
    name = found[1].strip().lower() if found else ""
    known = name in _TIMES or name.endswith(" time series")  # untranslated: data
    return _SECONDS_IN.get(found[2].lower(), 0.0) if found and known else 0.0


def rate_hz(time_s: FloatArray, name: str) -> float:
    """Return the sampling rate of evenly spaced times; refuse others."""
    with np.errstate(all="ignore"):
        steps = np.diff(time_s)
        if not steps.size or not np.isfinite(steps).all() or steps.min() <= 0:
            raise UnreadableError(
                _(
                    "The times in {time} of {file} do not rise from row to row.",
                    time=TIME,
                    file=name,
                )
            )
        mean = float(steps.mean())
        off = float(np.abs(np.cumsum(steps - mean)).max())
        if not off <= max(1, _EVEN * steps.size) * mean:
            raise UnreadableError(
                _(
                    "The times in {time} of {file} are not evenly spaced, and an EMG's must be.",
                    time=TIME,
                    file=name,
                )
            )
    # Steps too small to invert cannot be times in seconds either.
    return round(1 / max(mean, 1e-300), 3)
