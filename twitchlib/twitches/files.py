"""Recordings as files that any program can open: a zip archive of three tables and metadata.

======================  ==========================================================================
``recording.json``      ``format`` (``"twitchlib recording"``), ``version`` (1), ``kind``,
                        ``preset``, ``sample_hz``, ``seed``, ``parameters``, ``synthetic``, ``note``
``signals.csv``         a row per sample: ``time_s``, ``emg_mv``, ``force_n`` and, where a joint
                        moves, ``angle_deg``
``spikes.csv``          a row per spike: ``unit`` (from 1), ``time_s``
``events.csv``          a row per event: ``onset_s``, ``offset_s``, ``label``, ``unit`` (0: many)
======================  ==========================================================================

All text is UTF-8, tables are comma-separated with one header line, and numbers are written in full,
so that a recording read back equals the one written. CSV and JSON are preferred to EDF+, which
holds 16-bit samples and no table of spikes, and to Parquet, which few programs open.

Examples
--------
>>> import io
>>> from twitchlib import twitches
>>> file = io.BytesIO()
>>> write(twitches.simulate("myoclonus", seed=1, duration_s=2), file)
>>> read(file).kind
'myoclonus'
"""

from __future__ import annotations

import json
import zipfile
import zlib
from os import PathLike
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.twitches.recording import Event, Recording

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read", "write"]

FORMAT = "twitchlib recording"  # untranslated: data
VERSION = 1
LARGEST_BYTES = 500_000_000

_ABOUT = "recording.json"
_TABLES = {
    "signals.csv": ("time_s", "emg_mv", "force_n"),
    "spikes.csv": ("unit", "time_s"),
    "events.csv": ("onset_s", "offset_s", "label", "unit"),
}
_KEPT = {"kind": str, "preset": str, "synthetic": bool, "note": str, "parameters": dict}
# Raised by an archive that is broken, encrypted, or has other contents.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, TypeError, ValueError)
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# The earliest date a zip archive can hold, so that equal recordings make equal files.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def write(recording: Recording, file: str | PathLike[str] | IO[bytes]) -> None:
    """Write a recording to a file.

    Parameters
    ----------
    recording : Recording
        What to write.
    file : path or binary file
        Where; an existing file is replaced.

    Raises
    ------
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import io
    >>> from twitchlib import twitches
    >>> file = io.BytesIO()
    >>> write(twitches.simulate("clonus", seed=1, duration_s=1), file)
    >>> file.getvalue()[:2]
    b'PK'
    """
    about = {
        "format": FORMAT,
        "version": VERSION,
        "kind": recording.kind,
        "preset": recording.preset,
        "sample_hz": recording.sample_hz,
        "seed": recording.seed,
        "parameters": dict(recording.parameters),
        "synthetic": recording.synthetic,
        "note": recording.note,
    }
    tables = (
        _numbers_csv(recording.to_frame()),
        _numbers_csv(recording.spikes_frame()),
        recording.events_frame().to_csv(index=False, lineterminator="\n"),
    )
    texts = {_ABOUT: json.dumps(about, indent=1, ensure_ascii=False, allow_nan=False)}
    texts |= dict(zip(_TABLES, tables, strict=True))
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in texts.items():
            part = zipfile.ZipInfo(name, _NO_DATE)
            archive.writestr(part, text.encode(), compress_type=zipfile.ZIP_DEFLATED)


def _numbers_csv(frame: pd.DataFrame) -> str:
    """Return a table of numbers as CSV, several times faster than pandas."""
    columns = [map(repr, frame[name].tolist()) for name in frame]
    rows = map(",".join, zip(*columns, strict=True))
    return "\n".join([",".join(frame.columns), *rows, ""])


def read(file: str | PathLike[str] | IO[bytes]) -> Recording:
    """Read a recording from a file that `write` wrote.

    Parameters
    ----------
    file : path or binary file
        Where it is.

    Returns
    -------
    Recording
        Equal to the one written, to the last digit.

    Raises
    ------
    UnreadableError
        If the file holds no recording, one of a later version, or more than 500 MB.
    OSError
        If the file cannot be read.

    Examples
    --------
    >>> import io
    >>> from twitchlib import twitches
    >>> file = io.BytesIO()
    >>> twitches.write(twitches.simulate("clonus", seed=1, duration_s=1), file)
    >>> read(file).kind
    'clonus'
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _unpacked(archive)
    except UnreadableError:
        raise
    except KeyError as e:
        message = _("The recording is incomplete: {what}", what=e.args[0])
        raise UnreadableError(message) from None
    except _BROKEN as e:
        raise UnreadableError(_("The file holds no recording: {what}", what=e)) from None


def _unpacked(archive: zipfile.ZipFile) -> Recording:
    if sum(part.file_size for part in archive.infolist()) > LARGEST_BYTES:
        raise UnreadableError(_("The recording is larger than 500 MB."))
    if any(part.compress_type not in _COMPRESSIONS for part in archive.infolist()):
        raise UnreadableError(_("The recording is compressed in a way other than deflate."))
    about = json.loads(archive.read(_ABOUT))
    _check_about(about)
    return _recording(about, *(_table(archive, name) for name in _TABLES))


def _check_about(about: object) -> None:
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        message = _("{file} does not describe a {wanted}.", file=_ABOUT, wanted=FORMAT)
        raise UnreadableError(message)
    if about.get("version") != VERSION:
        message = _(
            "The recording has version {version!r}; this program reads {known}.",
            version=about.get("version"),
            known=VERSION,
        )
        raise UnreadableError(message)
    for name, wanted in _KEPT.items():
        if not isinstance(about[name], wanted):
            message = _(
                "{name} in {file} cannot be {value!r}.", name=name, file=_ABOUT, value=about[name]
            )
            raise UnreadableError(message)


def _table(archive: zipfile.ZipFile, name: str) -> pd.DataFrame:
    import pandas as pd

    with archive.open(name) as text:
        try:
            # As text, so that labels stay as they are; numbers are parsed exactly below.
            frame = pd.read_csv(text, dtype=str, keep_default_na=False)
        except ValueError as e:  # pandas' own parsing errors are ValueErrors too
            message = _("{file} cannot be read: {what}", file=name, what=e)
            raise UnreadableError(message) from None
    missing = [column for column in _TABLES[name] if column not in frame]
    if missing:
        raise UnreadableError(
            _("{file} lacks the columns {columns}.", file=name, columns=", ".join(missing))
        )
    return frame


def _recording(
    about: dict[str, Any], signals: pd.DataFrame, spikes: pd.DataFrame, events: pd.DataFrame
) -> Recording:
    def numbers(table: pd.DataFrame, column: str) -> FloatArray:
        try:
            values: FloatArray = table[column].to_numpy(dtype=np.float64)
        except ValueError as e:
            message = _("{column} contains a non-number: {what}", column=column, what=e)
            raise UnreadableError(message) from None
        return values

    marks = (numbers(events, "onset_s"), numbers(events, "offset_s"))
    return Recording(
        kind=about["kind"],
        preset=about["preset"],
        sample_hz=about["sample_hz"],
        emg_mv=numbers(signals, "emg_mv"),
        force_n=numbers(signals, "force_n"),
        angle_deg=numbers(signals, "angle_deg") if "angle_deg" in signals else None,
        discharges=Discharges.of(numbers(spikes, "unit"), numbers(spikes, "time_s")),
        events=tuple(
            Event(float(onset), float(offset), str(label), int(unit))
            for onset, offset, label, unit in zip(
                *marks, events["label"], events["unit"], strict=True
            )
        ),
        seed=about["seed"],
        parameters=about["parameters"],
        synthetic=about["synthetic"],
        note=about["note"],
    )
