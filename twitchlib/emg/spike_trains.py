"""Spike trains of a decomposition: when each motor unit fired."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import IO, Any

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg import limits
from twitchlib.emg.formats import own_name
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["SpikeTrains", "read_units"]

_MAGIC = b"\x1f\x8b"
# Once unpacked, including the signals that were decomposed.
_MOST_BYTES = 40 * limits.LARGEST_BYTES


@dataclass(frozen=True)
class SpikeTrains:
    """When each unit of a decomposition fired.

    Attributes
    ----------
    time_s : Mapping of str to ndarray
        Firing times of each unit, in order.
    duration_s : float
        Duration of the recording.
    name : str
        Name that the file gives for itself.
    """

    time_s: Mapping[str, FloatArray]
    duration_s: float
    name: str = ""


def read_units(file: str | PathLike[str] | IO[bytes], *, name: str = "") -> SpikeTrains:
    """Read the spike trains of a decomposition as openhdemg saves them (JSON, gzipped or not).

    Parameters
    ----------
    file : path or binary file
        What to read.
    name : str
        Name of a binary file.

    Raises
    ------
    UnreadableError
        If it is not such a file, or its numbers contradict each other.
    OSError
        If it cannot be opened.

    Examples
    --------
    >>> made = {"FSAMP": "2048.0", "EMG_LENGTH": "20480", "MUPULSES": "[[100, 2148]]"}
    >>> trains = read_units(io.BytesIO(json.dumps(made).encode()), name="units.json")
    >>> trains.duration_s, trains.time_s["unit 1"].round(3)
    (10.0, array([0.049, 1.049]))
    """
    if isinstance(file, str | PathLike):
        path = Path(file)
        data, name = path.read_bytes(), path.name
    else:
        data = file.read()
    shown = own_name(name) or _("recording")
    held = _object(data, shown)
    rate_hz, size = _number(held, "FSAMP", shown), _number(held, "EMG_LENGTH", shown)
    trains = _inner(held, "MUPULSES", shown)
    if not isinstance(trains, list) or rate_hz <= 0 or size <= 0:
        raise _wrong(shown, "MUPULSES")
    time_s = {}
    for place, train in enumerate(trains, start=1):
        try:
            samples = np.sort(np.asarray(train, dtype=np.float64).reshape(-1))
        except (TypeError, ValueError):
            raise _wrong(shown, "MUPULSES") from None
        if samples.size and not (samples[0] >= 0 and samples[-1] < size):
            raise UnreadableError(
                _(
                    "{file}: unit {unit} fires outside the {size:,.0f} samples of the recording.",
                    file=shown,
                    unit=place,
                    size=size,
                )
            )
        time_s[_("unit {n}", n=place)] = samples / rate_hz
    return SpikeTrains(time_s, size / rate_hz, str(_plain(held.get("FILENAME", ""))))


def _object(data: bytes, name: str) -> Mapping[str, Any]:
    try:
        if data.startswith(_MAGIC):
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise UnreadableError(_("{file} is too large, once unpacked.", file=name))
        held = json.loads(data)
    except (OSError, EOFError, zlib.error, ValueError, RecursionError):
        held = None
    if not isinstance(held, dict) or "MUPULSES" not in held:
        raise UnreadableError(
            _("{file} holds no spike trains as openhdemg saves them (MUPULSES).", file=name)
        )
    return held


def _plain(value: Any) -> Any:
    """Return a value, decoded if it is itself JSON within JSON."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _inner(held: Mapping[str, Any], key: str, name: str) -> Any:
    if key not in held:
        raise _wrong(name, key)
    return _plain(held[key])


def _number(held: Mapping[str, Any], key: str, name: str) -> float:
    value = _inner(held, key, name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(name, key)
    return float(value)


def _wrong(name: str, key: str) -> UnreadableError:
    return UnreadableError(
        _("{file}: its {field} is missing or not a number.", file=name, field=key)
    )
