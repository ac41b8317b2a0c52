r"""Read an EMG from a file: a table, EDF or BDF, WFDB as PhysioNet has it, MATLAB or HDF5.

Everything becomes one row of numbers in mV with its sampling rate. What a file does not state (such
as the unit and the rate, in some tables) has to be given; nothing is guessed.

Examples
--------
>>> import io
>>> table = io.BytesIO(b"time_s,emg_uv\n" + b"".join(b"%f,5\n" % (i / 500) for i in range(200)))
>>> signal = read(table, name="mine.csv")
>>> signal.sample_hz, float(signal.emg_mv[0])
(500.0, 0.005)
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path, PurePath, PureWindowsPath
from typing import IO, Any

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg import limits
from twitchlib.emg.apart import parquet_apart
from twitchlib.emg.bids import description_of, sidecars
from twitchlib.emg.containers import from_object, hdf5, is_object, matlab
from twitchlib.emg.contents import container_of, kind_of, leading, name_disagrees, refusal
from twitchlib.emg.edf import edf
from twitchlib.emg.formats import MV_IN, Raw, bounded, cut, other_unit, own_name, same_rate
from twitchlib.emg.signal import Signal, checked_rate_hz
from twitchlib.emg.tables import table
from twitchlib.emg.wfdb_files import data_files, wfdb
from twitchlib.errors import NotAllowedError, UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["read"]

# Each takes a file's contents, its name and the wanted channel, and returns a `Raw` or raises a
# `UnreadableError`.
_READERS = {
    "CSV": table, "Parquet": parquet_apart, "EDF": edf, "BDF": edf, "MATLAB": matlab, "HDF5": hdf5,
}  # fmt: skip  # untranslated: names


def read(
    file: str | PathLike[str] | IO[bytes] | Mapping[str, bytes] | Any,
    *,
    name: str = "",
    channel: str = "",
    unit: str = "",
    sample_hz: float | None = None,
) -> Signal:
    r"""Read an EMG.

    Parameters
    ----------
    file : path, binary file, mapping from name to bytes, or an object of MNE or Neo
        What to read. An MNE ``Raw`` or a Neo ``AnalogSignal`` keeps its own unit. WFDB needs two
        files, ``.hea`` and ``.dat``: on disk, give the path of either; in memory, give both as a
        mapping. MATLAB and HDF5 are read only from disk. For a recording in a BIDS dataset
        (``sub-…_emg.edf`` or ``.bdf``), the tables of channels and lists of fields that apply to it
        are read, too.
    name : str
        Name of a binary file. The format is recognised by the contents, whatever the name.
    channel : str
        Which column or signal, if there are several. Duplicate names are qualified by position:
        ``emg #3``. In a BIDS dataset, the only channel of the type EMG need not be named.
    unit : str
        ``V``, ``mV``, ``µV`` (or ``uV``) or ``nV``, if the file does not state it. A column of a
        table states it at the end of its name: ``emg_mv``, ``EMG 1 (mV)``.
    sample_hz : float, optional
        Samples per second, if the file does not state it. A table states it by a column of times,
        such as ``time_s``, ``time_ms`` or ``Time (s)``.

    Returns
    -------
    Signal
        In mV.

    Raises
    ------
    UnreadableError
        If the file cannot be read, is too large, or needs a package that is not installed; if
        there are several channels and none is named; if the unit or the rate is neither in the
        file nor given, or contradicts the file; if a number is too large for an EMG, or a text
        has words among its numbers.
    NotAllowedError
        If the file does not hold an EMG.
    OSError
        If the file cannot be opened.

    Examples
    --------
    >>> read({"mine.csv": b"biceps" + 1000 * b"\n0.2"}, unit="mV", sample_hz=2000).duration_s
    0.5
    """
    if is_object(file):
        raw = from_object(file, channel, unit)
        shown = own_name(name) or _("recording")
        rate_hz = _rate_hz(raw, sample_hz, shown)
        return Signal(_in_mv(raw, "", shown), rate_hz, name=PurePath(shown).stem)
    parts, name = _parts(file, name)
    shown = own_name(name) or _("recording")
    size = sum(map(len, parts.values()))
    if size > limits.LARGEST_BYTES:
        raise UnreadableError(
            _(
                "{name} has {size_mb:.0f} MB, more than the limit of {most_mb:.0f} MB. Cut out the "
                "part that you want to see.",
                name=shown,
                size_mb=size / 1e6,
                most_mb=limits.LARGEST_BYTES / 1e6,
            )
        )
    kind = kind_of(parts[name], name)
    if isinstance(file, str | PathLike):
        kind = container_of(parts[name]) or kind
    if not kind:
        raise refusal(parts[name], name)
    description = description_of(parts, name)
    channel = description.choose(channel, shown)
    try:
        if kind == "WFDB":
            beside = {PureWindowsPath(n).name: part for n, part in parts.items() if n != name}
            raw = wfdb(parts[name], shown, channel, beside)
        else:
            raw = _READERS[kind](parts[name], shown, channel)
    except UnreadableError:
        raise
    except Exception:  # noqa: BLE001 - a package may raise anything on a broken file
        raise UnreadableError(
            _(
                "{name} is damaged: it begins like {kind}, but cannot be read as such.",
                name=shown,
                kind=kind,
            )
        ) from None
    raw = description.checked(raw, channel, shown)
    emg_mv = _in_mv(raw, unit, shown)
    said = _("Read from {name}. Only its owner knows what it shows, and of whom.", name=shown)
    note = " ".join(filter(None, [said, name_disagrees(name, kind), *raw.remarks]))
    try:
        rate_hz = _rate_hz(raw, sample_hz, shown)
        flaws = description.flaws(channel, emg_mv.size / rate_hz)
        return Signal(emg_mv, rate_hz, name=PurePath(shown).stem, note=note, flaws=flaws)
    except NotAllowedError as error:
        raise NotAllowedError(f"{shown}: {error.field}", error.value, error.allowed) from None


def _rate_hz(raw: Raw, given_hz: float | None, name: str) -> float:
    """Return the sampling rate stated in a file, or the given one if it states none."""
    given = None if given_hz is None else checked_rate_hz(given_hz)
    found = given if raw.rate_hz is None else raw.rate_hz
    if found is None:
        raise UnreadableError(_("{name}: say how many samples a second it has.", name=name))
    if given is not None and not same_rate(found, given):
        raise UnreadableError(
            _(
                "{name} says that it has {found:,.6g} samples a second, not {given:,.6g}. "
                "Leave that number out, or correct it.",
                name=name,
                found=found,
                given=given,
            )
        )
    return found


def _in_mv(raw: Raw, unit: str, name: str) -> FloatArray:
    """Return a channel in mV, or raise if its unit is missing or contradicts the given one."""
    found = raw.unit if raw.unit.lower() in MV_IN or not unit else unit
    if unit.lower() in MV_IN and MV_IN[unit.lower()] != MV_IN.get(found.lower()):
        raise other_unit(name, found, unit)
    if not found:
        raise UnreadableError(
            _("{name}: its unit is not stated. Say which it is: V, mV, µV or nV.", name=name)
        )
    if found.lower() not in MV_IN:
        raise UnreadableError(
            _(
                "{name}: the unit {unit!r} is not known. Say which it is: V, mV, µV or nV.",
                name=name,
                unit=cut(found),
            )
        )
    with np.errstate(over="ignore"):
        emg_mv = raw.values * MV_IN[found.lower()]
    # NaN is a gap, which stays one.
    strange = np.flatnonzero(np.abs(emg_mv) > limits.MOST_MV)
    if not strange.size:
        return emg_mv
    n, value = int(strange[0]) + 1, float(raw.values[strange[0]])
    raise UnreadableError(
        _(
            "{name} has {value:.4g} {unit} at sample {n:,}. An EMG stays within {most_mv:g} mV "
            "of zero: check which unit its numbers are in.",
            unit=found,
            most_mv=limits.MOST_MV,
            name=name,
            n=n,
            value=value,
        )
    )


def _parts(
    file: str | PathLike[str] | IO[bytes] | Mapping[str, bytes], name: str
) -> tuple[dict[str, bytes], str]:
    """Return the contents by name, and the name of the file that identifies the format."""
    if isinstance(file, Mapping):
        parts = dict(file)
    elif isinstance(file, str | PathLike):
        parts = _on_disk(Path(file))
    else:
        parts = {name: file.read(limits.LARGEST_BYTES + 1)}
    return parts, leading(parts)


def _on_disk(path: Path) -> dict[str, bytes]:
    """Return a file and its companions, which lie beside it or, in BIDS, above it."""
    parts = {path.name: bounded(path)}
    parts |= {name: bounded(one) for name, one in sidecars(path).items()}
    header = path.with_suffix(".hea")
    if path.suffix.lower() == ".dat" and header.is_file():
        parts[header.name] = bounded(header)
    elif kind_of(parts[path.name], path.name) == "WFDB":
        for named in data_files(parts[path.name].decode("latin-1")):
            beside = path.with_name(named)
            if beside.is_file() and sum(map(len, parts.values())) <= limits.LARGEST_BYTES:
                parts[named] = bounded(beside)
    return parts
