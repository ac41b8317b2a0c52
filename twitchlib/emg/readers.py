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

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path, PurePath
from typing import IO

from twitchlib.emg._checks import checked_emg
from twitchlib.emg.formats import MOST_SAMPLES, MV_IN, SignalError, edf, optional, table, wfdb
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology._arrays import FloatArray
from twitchlib.quantity import OutOfRangeError

__all__ = ["FORMATS", "LARGEST_BYTES", "MOST_SAMPLES", "Signal", "SignalError", "optional", "read"]

LARGEST_BYTES = 50_000_000
FORMATS = (".csv", ".parquet", ".edf", ".bdf", ".hea", ".dat")


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
            raise OutOfRangeError(
                "emg_mv",
                ngettext("{n} sample", "{n} samples", trace.size),
                _("at most {most}", most=MOST_SAMPLES),
            )
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
            _(
                "{name} has {size_mb:.0f} MB, and {most_mb:.0f} MB are the most. Cut out the part "
                "that you want to see.",
                name=name,
                size_mb=size / 1e6,
                most_mb=LARGEST_BYTES / 1e6,
            )
        )
    reader = {".csv": table, ".parquet": table, ".edf": edf, ".bdf": edf, ".hea": wfdb}
    kind = PurePath(name).suffix.lower()
    if kind not in reader:
        raise SignalError(
            _("{name!r} is none of the formats {formats}.", name=name, formats=", ".join(FORMATS))
        )
    try:
        values, found_unit, found_hz = reader[kind](parts, name, channel)
    except (SignalError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001 - what a parser raises on a broken file is its affair
        raise SignalError(_("{name} cannot be read: {error}", name=name, error=error)) from None
    unit = found_unit or unit
    if not unit:
        raise SignalError(
            _("{name}: its unit is not said. Say which it is: V, mV, µV or nV.", name=name)
        )
    if unit.lower() not in MV_IN:
        raise SignalError(
            _(
                "{name}: the unit {unit!r} is not known. Say which it is: V, mV, µV or nV.",
                name=name,
                unit=unit,
            )
        )
    rate_hz = found_hz or sample_hz
    if rate_hz is None:
        raise SignalError(_("{name}: say how many samples a second it has.", name=name))
    note = _("Read from {name}. What it shows, and of whom, only its owner knows.", name=name)
    return Signal(PurePath(name).stem, values * MV_IN[unit.lower()], rate_hz, note)


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
        raise SignalError(_("No file was given."))
    headers = [one for one in parts if one.lower().endswith(".hea")]
    named = headers[0] if headers else next(iter(parts))
    if named.lower().endswith(".dat"):
        header = f"{PurePath(named).stem}.hea"
        raise SignalError(
            _("{name} needs its header {header} beside it.", name=named, header=header)
        )
    return parts, named


def _bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_BYTES + 1)
