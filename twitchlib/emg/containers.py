"""Objects and files of the field's own packages: MNE, Neo, HDF5 and MATLAB, with their units."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray
from twitchlib.emg.formats import MV_IN, Raw, chosen, labelled, optional, other_unit
from twitchlib.messages import gettext as _

__all__ = ["from_object", "hdf5", "is_object", "matlab"]

_FEWEST = 20


def is_object(thing: object) -> bool:
    """Return whether an object is a recording of MNE or Neo."""
    return _is_mne(thing) or _is_neo(thing)


def _is_mne(thing: object) -> bool:
    return all(hasattr(thing, name) for name in ("get_data", "ch_names", "info"))


def _is_neo(thing: object) -> bool:
    return all(hasattr(thing, name) for name in ("sampling_rate", "units", "magnitude"))


def from_object(thing: Any, channel: str, unit: str) -> Raw:
    """Return a channel of an MNE object (always in V) or a Neo object (in its own unit)."""
    if _is_mne(thing):
        name = "MNE"  # untranslated: a name
        place = chosen(labelled(list(thing.ch_names)), channel, name)
        values = np.asarray(thing.get_data(picks=[place]), dtype=np.float64).reshape(-1)
        said, found_hz = "V", float(thing.info["sfreq"])
    else:
        name = "Neo"  # untranslated: a name
        table = np.asarray(thing.magnitude, dtype=np.float64)
        table = table.reshape(len(table), -1)
        names = [str(label) for label in _names(thing, table.shape[1])]
        values = np.ascontiguousarray(table[:, chosen(labelled(names), channel, name)])
        said = str(thing.units.dimensionality)
        found_hz = float(thing.sampling_rate.rescale("Hz").magnitude)
    if unit and unit.lower() != said.lower():
        raise other_unit(name, said, unit)
    return Raw(values, said, found_hz)


def _names(thing: Any, count: int) -> list[str]:
    found = getattr(thing, "array_annotations", {}).get("channel_names")
    return list(found) if found is not None and len(found) == count else [""] * count


def matlab(data: bytes, name: str, channel: str) -> Raw:
    """Return a variable of a MATLAB file up to version 7.2; newer ones are HDF5."""
    package = optional("scipy.io", _("A MATLAB file"))
    held = package.loadmat(io.BytesIO(data), squeeze_me=True)
    return _variable({k: v for k, v in held.items() if not k.startswith("__")}, name, channel)


def hdf5(data: bytes, name: str, channel: str) -> Raw:
    """Return a dataset of an HDF5 file, the format that MATLAB writes since version 7.3."""
    package = optional("h5py", "HDF5")  # untranslated: a name
    found: dict[str, Any] = {}
    with package.File(io.BytesIO(data), "r") as file:

        def keep(path: str, thing: Any) -> None:
            if isinstance(thing, package.Dataset) and thing.dtype.kind in "iuf":
                found[path] = np.asarray(thing[()])

        file.visititems(keep)
    return _variable(found, name, channel)


def _variable(held: Mapping[str, npt.NDArray[Any]], name: str, channel: str) -> Raw:
    """Return the wanted column of a file's arrays, and the rate if the file names exactly one."""
    columns: dict[str, FloatArray] = {}
    rates = []
    for label, value in held.items():
        array = np.squeeze(np.asarray(value))
        if array.dtype.kind not in "iuf":
            continue
        if array.size == 1 and label.lower() in ("fs", "fsamp", "sample_hz", "samplingrate"):
            rates.append(float(array))
        elif array.ndim == 1 and array.size >= _FEWEST:
            columns[label] = array.astype(np.float64)
        elif array.ndim == 2 and max(array.shape) >= _FEWEST:
            long = array if array.shape[0] >= array.shape[1] else array.T
            for place, column in enumerate(long.T, start=1):
                columns[f"{label} #{place}"] = column.astype(np.float64)
    place = chosen(list(columns), channel, name)
    label = list(columns)[place]
    unit = label.rpartition("_")[2]
    return Raw(
        columns[label], unit if unit.lower() in MV_IN else "", rates[0] if len(rates) == 1 else None
    )
