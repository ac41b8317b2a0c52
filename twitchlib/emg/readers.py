r"""Read an EMG from a file: a table (CSV, Parquet), EDF or BDF, or WFDB as PhysioNet has it.

Everything becomes one row of numbers in mV with its sampling rate. What a file does not say (the
unit and the rate of a table without them) has to be told; nothing is guessed.

Examples
--------
>>> import io
>>> table = io.BytesIO(b"time_s,emg_uv\n" + b"".join(b"%f,5\n" % (i / 500) for i in range(200)))
>>> signal = read(table, "mine.csv")
>>> signal.sample_hz, float(signal.emg_mv[0])
(500.0, 0.005)
"""

from __future__ import annotations

import io
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from os import PathLike
from pathlib import Path, PurePath
from types import ModuleType
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from twitchlib.emg._checks import checked_emg
from twitchlib.physiology._arrays import FloatArray
from twitchlib.quantity import OutOfRangeError

__all__ = ["FORMATS", "LARGEST_BYTES", "MOST_SAMPLES", "Signal", "SignalError", "optional", "read"]

LARGEST_BYTES = 50_000_000
MOST_SAMPLES = 3_000_000

MV_IN = {"v": 1e3, "mv": 1.0, "uv": 1e-3, "µv": 1e-3, "μv": 1e-3, "nv": 1e-6}
FORMATS = (".csv", ".parquet", ".edf", ".bdf", ".hea", ".dat")
# Times written with few digits are not quite even.
EVEN = 0.02


class SignalError(ValueError):
    """An EMG that cannot be read or fetched; the message says why and what would help."""


@dataclass(frozen=True, eq=False)
class Signal:
    """An EMG and where it comes from.

    Attributes
    ----------
    name : str
        What to call it.
    emg_mv : ndarray, shape (n,)
        The EMG, in mV.
    sample_hz : float
        Samples per second.
    note : str
        Where it comes from, for the reader.
    synthetic : bool
        Whether a model made it.

    Raises
    ------
    OutOfRangeError
        If there is no EMG of at least 0.2 s, or more than three million samples.
    """

    name: str
    emg_mv: FloatArray
    sample_hz: float
    note: str
    synthetic: bool = False

    def __post_init__(self) -> None:
        """Check it; a file may hold anything."""
        trace, rate_hz = checked_emg(self.emg_mv, self.sample_hz)
        if trace.size > MOST_SAMPLES:
            raise OutOfRangeError("emg_mv", f"{trace.size} samples", f"at most {MOST_SAMPLES}")
        object.__setattr__(self, "emg_mv", trace)
        object.__setattr__(self, "sample_hz", rate_hz)

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return self.emg_mv.size / self.sample_hz


def read(
    file: str | PathLike[str] | IO[bytes] | Mapping[str, bytes],
    name: str = "",
    *,
    channel: str = "",
    unit: str = "",
    sample_hz: float | None = None,
) -> Signal:
    r"""Read an EMG.

    Parameters
    ----------
    file : path, binary file, or mapping from name to bytes
        What to read. WFDB needs two files, ``.hea`` and ``.dat``: on disk, give the path of either;
        in memory, give both as a mapping.
    name : str
        Name of a binary file; its ending tells the format.
    channel : str
        Which column or signal, where there are several.
    unit : str
        ``V``, ``mV``, ``µV`` (or ``uV``) or ``nV``, where the file does not say so. A column of a
        table says so at the end of its name: ``emg_mv``.
    sample_hz : float, optional
        Samples per second, where the file does not say so. A table says so by a column ``time_s``.

    Returns
    -------
    Signal
        In mV.

    Raises
    ------
    SignalError
        If the file cannot be read, is too large, or needs a package that is not installed; if
        there are several channels and none is named, or unit or rate are neither in the file nor
        given.
    OutOfRangeError
        If what is in it is no EMG.
    OSError
        If the file cannot be opened.

    Examples
    --------
    >>> read({"mine.csv": b"biceps" + 1000 * b"\n0.2"}, unit="mV", sample_hz=2000).duration_s
    0.5
    """
    parts, name = _parts(file, name)
    size = sum(map(len, parts.values()))
    if size > LARGEST_BYTES:
        raise SignalError(
            f"{name} has {size / 1e6:.0f} MB, and {LARGEST_BYTES / 1e6:.0f} MB are the most. "
            "Cut out the part that you want to see."
        )
    reader = {".csv": _table, ".parquet": _table, ".edf": _edf, ".bdf": _edf, ".hea": _wfdb}
    kind = PurePath(name).suffix.lower()
    if kind not in reader:
        raise SignalError(f"{name!r} is none of the formats {', '.join(FORMATS)}.")
    try:
        values, found_unit, found_hz = reader[kind](parts, name, channel)
    except (SignalError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001 - what a parser raises on a broken file is its affair
        raise SignalError(f"{name} cannot be read: {error}") from None
    unit = found_unit or unit
    if unit.lower() not in MV_IN:
        said = f"the unit {unit!r} is not known" if unit else "its unit is not said"
        raise SignalError(f"{name}: {said}. Say which it is: V, mV, µV or nV.")
    rate_hz = found_hz or sample_hz
    if rate_hz is None:
        raise SignalError(f"{name}: say how many samples a second it has.")
    note = f"Read from {name}. What it shows, and of whom, only its owner knows."
    return Signal(PurePath(name).stem, values * MV_IN[unit.lower()], rate_hz, note)


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
            f"{what} needs the package {package}, which is not installed here: "
            f"pip install {package.partition('.')[0]}"
        ) from None


def _parts(
    file: str | PathLike[str] | IO[bytes] | Mapping[str, bytes], name: str
) -> tuple[dict[str, bytes], str]:
    """Return the contents by name, and the name that tells the format."""
    if isinstance(file, Mapping):
        parts = dict(file)
    elif isinstance(file, str | PathLike):
        path = Path(file)
        both = path.suffix.lower() in (".hea", ".dat")
        paths = [path.with_suffix(end) for end in (".hea", ".dat")] if both else [path]
        parts = {one.name: _bounded(one) for one in paths}
    else:
        parts = {name: file.read(LARGEST_BYTES + 1)}
    if not parts:
        raise SignalError("No file was given.")
    headers = [one for one in parts if one.lower().endswith(".hea")]
    named = headers[0] if headers else next(iter(parts))
    if named.lower().endswith(".dat"):
        raise SignalError(f"{named} needs its header {PurePath(named).stem}.hea beside it.")
    return parts, named


def _bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_BYTES + 1)


def _table(
    parts: Mapping[str, bytes], name: str, channel: str
) -> tuple[FloatArray, str, float | None]:
    import pandas as pd

    data = io.BytesIO(parts[name])
    if name.lower().endswith(".parquet"):
        optional("pyarrow", "Parquet")
        frame = pd.read_parquet(data)
    else:
        head, _, rest = parts[name][:10_000].partition(b"\n")
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
        raise SignalError(f"Column {column!r} of {name} holds what is no number: {error}") from None
    unit = column.rpartition("_")[2]
    return values, unit if unit.lower() in MV_IN else "", rate_hz


def _rate_hz(time_s: npt.NDArray[np.float64]) -> float:
    steps = np.diff(time_s)
    if not steps.size or not np.isfinite(steps).all() or steps.min() <= 0:
        raise SignalError("The times in time_s do not rise from row to row.")
    mean = float(steps.mean())
    if np.abs(np.cumsum(steps - mean)).max() > max(1, EVEN * steps.size) * mean:
        raise SignalError("The times in time_s are not evenly spaced, and an EMG's must be.")
    return round(1 / mean, 3)


def _chosen(names: list[str], channel: str, file: str) -> str:
    if channel:
        if channel not in names:
            raise SignalError(f"{file} has no channel {channel!r}; it has {', '.join(names)}.")
        return channel
    if len(names) != 1:
        listed = ", ".join(names[:20]) or "none"
        raise SignalError(f"{file} has {len(names)} channels: {listed}. Say which one.")
    return names[0]


def _edf(parts: Mapping[str, bytes], name: str, channel: str) -> tuple[FloatArray, str, float]:
    edfio = optional("edfio", "EDF")
    load = edfio.read_bdf if name.lower().endswith(".bdf") else edfio.read_edf
    signals: dict[str, Any] = {one.label: one for one in load(io.BytesIO(parts[name])).signals}
    signal = signals[_chosen(list(signals), channel, name)]
    data = np.asarray(signal.data, dtype=np.float64)
    return data, signal.physical_dimension.strip(), float(signal.sampling_frequency)


def _wfdb(parts: Mapping[str, bytes], name: str, channel: str) -> tuple[FloatArray, str, float]:
    wfdb = optional("wfdb", "WFDB")
    # The package reads from a folder only; this one goes as soon as it is read.
    with tempfile.TemporaryDirectory() as folder:
        for part, content in parts.items():
            (Path(folder) / PurePath(part).name).write_bytes(content)
        record = wfdb.rdrecord(str(Path(folder) / PurePath(name).stem))
    return from_wfdb(record, channel, name)


def from_wfdb(record: Any, channel: str, name: str) -> tuple[FloatArray, str, float]:
    """Return the numbers, the unit and the rate of a channel of a WFDB record."""
    chosen = record.sig_name.index(_chosen(list(record.sig_name), channel, name))
    values = np.asarray(record.p_signal[:, chosen], dtype=np.float64)
    return values, record.units[chosen], float(record.fs)
