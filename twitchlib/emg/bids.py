"""What a BIDS dataset says about a recording: in the name of its file, and in files beside it.

EMG has been part of BIDS since version 1.11.0 (https://bids-specification.readthedocs.io/): an EDF
or BDF file, described by a table of channels and a list of fields, which may lie beside it or in
any folder above it, up to that of the dataset.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from typing import Any

from twitchlib.emg import limits
from twitchlib.emg.flaws import Flaw
from twitchlib.emg.formats import (
    MV_IN,
    Raw,
    bounded,
    chosen,
    cut,
    in_pieces,
    labelled,
    own_name,
    same_rate,
)
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = [
    "ENTITIES", "Description", "description_of", "entities", "muscles", "recordings", "sidecars",
]  # fmt: skip

ENTITIES = {
    "sub": "subject", "ses": "session", "task": "task", "acq": "acquisition", "run": "run",
    "recording": "recording",
}  # fmt: skip  # untranslated: names of columns

_DATASET = "dataset_description.json"
# A dataset keeps its original data and its results in folders with these names.
_OTHERS = {"sourcedata", "derivatives"}
_NAME = re.compile(r"((?:[a-z]+-[A-Za-z0-9+]+_)*)([A-Za-z0-9]+)(\.[A-Za-z]+)")
_SIDECARS = (("emg", ".json"), ("channels", ".tsv"))
_UNSAID = ("", "n/a")


def entities(name: str) -> dict[str, str]:
    """Return what the name of a BIDS recording says; empty for any other name.

    Examples
    --------
    >>> entities("sub-01_task-rest_run-2_emg.edf")
    {'subject': '01', 'task': 'rest', 'run': '2'}
    >>> entities("sub-01_task-rest_channels.tsv"), entities("mine.edf")
    ({}, {})
    """
    said, suffix, ending = _parsed(name)
    if suffix != "emg" or ending not in (".edf", ".bdf") or "sub" not in said:
        return {}
    return {word: said[short] for short, word in ENTITIES.items() if short in said}


def recordings(folder: Path) -> list[Path] | None:
    """Return the recordings of a dataset, or of a folder within one; None for any other folder."""
    above = (folder, *folder.absolute().parents)
    if not any((parent / _DATASET).is_file() for parent in above):
        return None
    return sorted(
        path
        for path in folder.rglob("*")
        if entities(path.name) and not _OTHERS & set(path.relative_to(folder).parts)
    )


def sidecars(path: Path) -> dict[str, Path]:
    """Return the files that describe a recording, by their path relative to it."""
    if not (said := entities(path.name)):
        return {}
    return {
        "../" * up + file.name: file
        for up, folder in enumerate(_folders(path.absolute(), f"sub-{said['subject']}"))
        for file in folder.iterdir()
        if _describes(file.name, path.name)
    }


def muscles(path: Path) -> tuple[str, ...]:
    """Return the labels of a recording's channels that are said to hold an EMG."""
    beside = {name: bounded(file) for name, file in sidecars(path).items()}
    return description_of(beside, path.name).muscles


@dataclass(frozen=True)
class Description:
    """What the files beside a recording say; empty if there are none.

    Attributes
    ----------
    channels : Mapping of str to Mapping
        The row of each channel, by its label.
    table : str
        Name of the file with those rows.
    rate_hz : float or None
        Samples per second of all channels for which the table has no other number.
    fields : str
        Name of the file that states `rate_hz`.
    """

    channels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    table: str = ""
    rate_hz: float | None = None
    fields: str = ""

    @property
    def muscles(self) -> tuple[str, ...]:
        """The channels that hold an EMG."""
        return tuple(label for label, row in self.channels.items() if row["type"] == "EMG")

    def choose(self, channel: str, file: str) -> str:
        """Return the label of the wanted channel; if none is named, of the only EMG channel."""
        if not self.channels:
            return channel
        among = list(self.channels if channel else self.muscles or self.channels)
        return among[chosen(among, channel, self.table if channel else file)]

    def checked(self, raw: Raw, channel: str, file: str) -> Raw:
        """Return a channel with the table's unit and remarks; refuse a contradiction."""
        row = self.channels.get(channel, {})
        own = _number(row.get("sampling_frequency", ""), "sampling_frequency", self.table)
        said_hz, where = (own, self.table) if own is not None else (self.rate_hz, self.fields)
        if said_hz is not None and raw.rate_hz is not None and not same_rate(raw.rate_hz, said_hz):
            rates = (f"{raw.rate_hz:,.6g} Hz", f"{said_hz:,.6g} Hz")
            raise _contradiction(file, where, _("sampling rate"), channel, rates)
        unit = row.get("units", "")
        if unit in _UNSAID:
            unit = raw.unit
        elif raw.unit and _size(raw.unit) != _size(unit):
            raise _contradiction(file, self.table, _("unit"), channel, (raw.unit, unit))
        return replace(raw, unit=unit, remarks=(*raw.remarks, *_remarks(row, channel, self.table)))

    def flaws(self, channel: str, duration_s: float) -> tuple[Flaw, ...]:
        """Return the flaw of a channel that is marked as bad."""
        bad = self.channels.get(channel, {}).get("status") == "bad"
        return (Flaw("bad", 0.0, duration_s),) * bad


def description_of(parts: Mapping[str, bytes], name: str) -> Description:
    """Return what the files beside a recording say; the nearest has the last word."""
    if not entities(name):
        return Description()
    beside = sorted((file for file in parts if _describes(file, name)), key=_nearness)
    for file in beside:
        if len(parts[file]) > limits.LONGEST_SIDECAR:
            raise _refusal(file, _("it has more than {most:,} bytes", most=limits.LONGEST_SIDECAR))
    fields: dict[str, Any] = {}
    rate_from = table = ""
    for file in beside:
        if file.endswith(".json"):
            found = _fields(parts[file], file)
            rate_from = file if "SamplingFrequency" in found else rate_from
            fields |= found
        else:
            table = file
    if str(fields.get("RecordingType", "continuous")) in ("epoched", "discontinuous"):
        raise in_pieces(own_name(name), fields["RecordingType"])
    return Description(
        _rows(parts[table], table) if table else {},
        own_name(table),
        _number(fields.get("SamplingFrequency", ""), "SamplingFrequency", rate_from),
        own_name(rate_from),
    )


def _parsed(name: str) -> tuple[dict[str, str], str, str]:
    """Return the entities, the suffix and the ending of a file name."""
    found = _NAME.fullmatch(PureWindowsPath(name).name)
    if not found:
        return {}, "", ""
    pairs = [part.split("-") for part in found[1].split("_") if part]
    return {pair[0]: pair[1] for pair in pairs}, found[2], found[3]


def _describes(name: str, recording: str) -> bool:
    """Return whether a file applies to a recording: all that its name says is true of it."""
    said, suffix, ending = _parsed(name)
    return (suffix, ending) in _SIDECARS and said.items() <= _parsed(recording)[0].items()


def _nearness(name: str) -> tuple[int, int, str]:
    """Return a key that sorts the nearest and most specific file last."""
    return -PureWindowsPath(name).parts.count(".."), len(_parsed(name)[0]), name


def _folders(path: Path, subject: str) -> Iterator[Path]:
    """Yield the folder of a recording, and those above it up to the dataset's."""
    names = [folder.name for folder in path.parents]
    levels = names.index(subject) + 2 if subject in names else 1
    yield from path.parents[:levels]


def _fields(data: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _refusal(name, _("it is not a list of fields in JSON"))
    return found


def _rows(data: bytes, name: str) -> dict[str, dict[str, str]]:
    try:
        lines = io.StringIO(data.decode("utf-8-sig"), newline="")
        head, *rows = [row for row in csv.reader(lines, delimiter="\t", strict=True) if row]
    except (ValueError, csv.Error):
        raise _refusal(name, _("it is not a table with tabs")) from None
    if missing := [column for column in ("name", "type", "units") if column not in head]:
        raise _refusal(name, _("it has no column {column}", column=missing[0]))
    cells = [dict(zip(head, row, strict=False)) for row in rows]
    full = [dict.fromkeys(head, "") | {key: cell.strip() for key, cell in row.items()}
            for row in cells]  # fmt: skip
    return dict(zip(labelled([row["name"] for row in full]), full, strict=True))


def _number(value: object, what: str, name: str) -> float | None:
    """Return a number of a description, or None if it is not stated."""
    if str(value).strip() in _UNSAID:
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(str(value))
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise _refusal(
            name,
            _("it says “{value}” for {field}, which is not a number above 0", value=cut(str(value)),
              field=what),
        )  # fmt: skip
    return number


def _size(unit: str) -> float | str:
    """Return the size of a unit in mV, or its name if it is unknown."""
    return MV_IN.get(unit.lower(), unit)


def _remarks(row: Mapping[str, str], channel: str, table: str) -> Iterator[str]:
    """Yield what a user should know about a channel."""
    said = {"table": table, "channel": cut(channel)}
    if row and row["type"] != "EMG":
        yield _("{table} says that {channel} holds {kind}.", kind=cut(row["type"]), **said)
    if row.get("status") == "bad":
        why = row.get("status_description", "")
        if why in _UNSAID:
            yield _("{table} marks {channel} as bad.", **said)
        else:
            yield _("{table} marks {channel} as bad: “{why}”.", why=cut(why), **said)


def _contradiction(
    file: str, beside: str, what: str, channel: str, said: tuple[str, str]
) -> UnreadableError:
    return UnreadableError(
        _(
            "{file} and {beside} contradict each other. The {what} of {channel}: {here} in the "
            "recording, {there} beside it. Correct the one that is wrong.",
            file=file,
            beside=beside,
            what=what,
            channel=cut(channel) or _("all channels"),
            here=cut(said[0]),
            there=cut(said[1]),
        )
    )


def _refusal(name: str, why: str) -> UnreadableError:
    return UnreadableError(
        _("{file} describes a recording, but {why}. Correct it.", file=own_name(name), why=why)
    )
