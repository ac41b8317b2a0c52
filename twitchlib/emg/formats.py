"""From a file in each format that can be read to numbers, their unit and their rate.

Unit and rate stay empty where the file does not say them.
"""

from __future__ import annotations

import io
import tempfile
import warnings
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology._arrays import FloatArray

__all__ = ["MOST_SAMPLES", "MV_IN", "SignalError", "edf", "from_wfdb", "optional", "table", "wfdb"]

MOST_SAMPLES = 3_000_000
MV_IN = {"v": 1e3, "mv": 1.0, "uv": 1e-3, "µv": 1e-3, "μv": 1e-3, "nv": 1e-6}
# Times written with few digits are not quite even.
EVEN = 0.02


class SignalError(ValueError):
    """An EMG that cannot be read or fetched; the message says why and what would help."""


def optional(package: str, what: str) -> ModuleType:
    """Import a package that only some readers need, or say how to get it.

    Raises
    ------
    SignalError
        If it is not installed.
    """
    try:
        with warnings.catch_warnings():
            # What others deprecate among themselves is theirs to mend.
            warnings.simplefilter("ignore")
            return import_module(package)
    except ImportError:
        raise SignalError(
            _(
                "{what} needs the package {package}, which is not installed here: "
                "pip install {wanted}",
                what=what,
                package=package,
                wanted=package.partition(".")[0],
            )
        ) from None


def table(
    parts: Mapping[str, bytes], name: str, channel: str
) -> tuple[FloatArray, str, float | None]:
    """Return the numbers, the unit and the rate of a column of CSV or Parquet."""
    import pandas as pd

    data = io.BytesIO(parts[name])
    if name.lower().endswith(".parquet"):
        optional("pyarrow", "Parquet")  # untranslated: a name
        frame = pd.read_parquet(data)
    else:
        head, _end, rest = parts[name][:10_000].partition(b"\n")
        cut = max(b";\t,", key=head.count)
        # Where something else cuts the columns, a comma is the decimal mark.
        decimal = "," if cut != ord(",") and b"," in rest else "."
        frame = pd.read_csv(data, sep=chr(cut), decimal=decimal, nrows=MOST_SAMPLES + 1)
    frame.columns = frame.columns.map(str)
    rate_hz = _rate_hz(frame["time_s"].to_numpy(float)) if "time_s" in frame else None
    columns = [str(one) for one in frame if one != "time_s"]
    column = _chosen(columns, channel, name)
    try:
        values = frame[column].to_numpy(dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise SignalError(
            _(
                "Column {column!r} of {name} holds what is no number: {error}",
                column=column,
                name=name,
                error=error,
            )
        ) from None
    unit = column.rpartition("_")[2]
    return values, unit if unit.lower() in MV_IN else "", rate_hz


def _rate_hz(time_s: npt.NDArray[np.float64]) -> float:
    steps = np.diff(time_s)
    if not steps.size or not np.isfinite(steps).all() or steps.min() <= 0:
        raise SignalError(_("The times in time_s do not rise from row to row."))
    mean = float(steps.mean())
    if np.abs(np.cumsum(steps - mean)).max() > max(1, EVEN * steps.size) * mean:
        raise SignalError(_("The times in time_s are not evenly spaced, and an EMG's must be."))
    return round(1 / mean, 3)


def _chosen(names: list[str], channel: str, file: str) -> str:
    if channel:
        if channel not in names:
            raise SignalError(
                _(
                    "{file} has no channel {channel!r}; it has {channels}.",
                    file=file,
                    channel=channel,
                    channels=", ".join(names),
                )
            )
        return channel
    if len(names) != 1:
        raise SignalError(
            ngettext(
                "{file} has {n} channel: {channels}. Say which one.",
                "{file} has {n} channels: {channels}. Say which one.",
                len(names),
                file=file,
                channels=", ".join(names[:20]) or _("none"),
            )
        )
    return names[0]


def edf(parts: Mapping[str, bytes], name: str, channel: str) -> tuple[FloatArray, str, float]:
    """Return the same of a signal of EDF or BDF."""
    edfio = optional("edfio", "EDF")
    load = edfio.read_bdf if name.lower().endswith(".bdf") else edfio.read_edf
    signals: dict[str, Any] = {one.label: one for one in load(io.BytesIO(parts[name])).signals}
    signal = signals[_chosen(list(signals), channel, name)]
    data = np.asarray(signal.data, dtype=np.float64)
    return data, signal.physical_dimension.strip(), float(signal.sampling_frequency)


def wfdb(parts: Mapping[str, bytes], name: str, channel: str) -> tuple[FloatArray, str, float]:
    """Return the same of a channel of WFDB."""
    package = optional("wfdb", "WFDB")
    # The package reads from a folder only; this one goes as soon as it is read.
    with tempfile.TemporaryDirectory() as folder:
        for part, content in parts.items():
            (Path(folder) / PurePath(part).name).write_bytes(content)
        record = package.rdrecord(str(Path(folder) / PurePath(name).stem))
    return from_wfdb(record, channel, name)


def from_wfdb(record: Any, channel: str, name: str) -> tuple[FloatArray, str, float]:
    """Return the same of a channel of a WFDB record that was read."""
    chosen = record.sig_name.index(_chosen(list(record.sig_name), channel, name))
    values = np.asarray(record.p_signal[:, chosen], dtype=np.float64)
    return values, record.units[chosen], float(record.fs)
