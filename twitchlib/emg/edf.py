"""EDF and BDF: a header of fixed fields (https://www.edfplus.info/specs/edf.html), then records.

Every number in the header is checked against the others and against the size of the file before any
sample is read. The position of the samples follows from those numbers, so no package is needed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray
from twitchlib.emg import limits
from twitchlib.emg.formats import Raw, checked_length, chosen, in_pieces, labelled
from twitchlib.emg.headers import Fields
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["BDF_MAGIC", "EDF_MAGIC", "edf"]

EDF_MAGIC = b"0       "
BDF_MAGIC = b"\xffBIOSEMI"

_BLOCK = 256
# The fields of the file header: first byte and number of bytes.
_OF_FILE = {
    "header": (184, 8), "kind": (192, 5), "records": (236, 8), "record_s": (244, 8),
    "signals": (252, 4),
}  # fmt: skip
# The signal fields, each stored for all signals in turn, and the number of bytes of each.
_OF_SIGNAL = {
    "label": 16, "transducer": 80, "unit": 8, "low": 8, "high": 8, "digital_low": 8,
    "digital_high": 8, "prefiltering": 80, "samples": 8, "reserved": 32,
}  # fmt: skip
_WORDS = {
    "header": _("number of bytes in the header"),
    "records": _("number of records"),
    "record_s": _("seconds in a record"),
    "signals": _("number of signals"),
    "samples": _("samples in a record"),
    "low": _("physical minimum"),
    "high": _("physical maximum"),
    "digital_low": _("digital minimum"),
    "digital_high": _("digital maximum"),
}
_ANNOTATIONS = ("EDF Annotations", "BDF Annotations")  # untranslated: data
_UNFINISHED = -1
_IN_PIECES = ("EDF+D", "BDF+D")


def edf(data: bytes, name: str, channel: str) -> Raw:
    """Return a channel of EDF or BDF by its label.

    The error for a header field that is impossible, or does not match the file, names it.
    """
    header, signals = _header(data, name)
    start = _BLOCK * (len(signals) + 1)
    width = 3 if data.startswith(BDF_MAGIC) else 2
    sizes = [signal.whole("samples", low=0, high=limits.MOST_SAMPLES) * width for signal in signals]
    records = header.whole("records", low=_UNFINISHED, high=10**8)
    held = max(len(data) - start, 0) // max(sum(sizes), 1)
    if not held or records not in (held, _UNFINISHED):
        raise UnreadableError(
            _(
                "The header of {file} says that there are {said:,} records, but the file holds "
                "{held:,}. It may have been cut off: copy it again.",
                file=name,
                said=records,
                held=held,
            )
        )
    labels = [signal.said["label"] for signal in signals]
    usable = [i for i, label in enumerate(labels) if label not in _ANNOTATIONS]
    which = usable[chosen(labelled([labels[i] for i in usable]), channel, name)]
    signal, size = signals[which], sizes[which]
    checked_length(held * size // width, len(signals), name)
    record_s = header.number("record_s")
    if record_s <= 0:
        header.refuse("record_s", _("a number above 0"))
    before = sum(sizes[:which])
    inside = np.frombuffer(data, np.uint8, held * sum(sizes), start).reshape(held, -1)
    digital = _digital(inside[:, before : before + size], width)
    return Raw(
        _scaled(digital, signal),
        signal.said["unit"],
        size // width / record_s,
        (_("It was never closed after recording; what it holds was read."),)
        if records == _UNFINISHED
        else (),
    )


def _header(data: bytes, name: str) -> tuple[Fields, list[Fields]]:
    """Return the header fields of the file and of each signal."""

    def text(at: int, size: int) -> str:
        return data[at : at + size].decode("latin-1").strip(" \0")

    header = Fields(name, {key: text(*place) for key, place in _OF_FILE.items()}, _WORDS)
    cut_off = UnreadableError(_("{file} ends within its header. Copy it again.", file=name))
    if len(data) < _BLOCK:
        raise cut_off
    n_signals = header.whole("signals", low=1, high=limits.MOST_CHANNELS)
    start = _BLOCK * (n_signals + 1)
    header.whole("header", low=start, high=start)
    if header.said["kind"] in _IN_PIECES:
        raise in_pieces(name, header.said["kind"])
    if len(data) < start:
        raise cut_off
    found: list[dict[str, str]] = [{} for _signal in range(n_signals)]
    at = _BLOCK
    for key, size in _OF_SIGNAL.items():
        for fields in found:
            fields[key] = text(at, size)
            at += size
    return header, [
        Fields(name, fields, _WORDS, fields["label"] or f"#{place}")
        for place, fields in enumerate(found, start=1)
    ]


def _digital(part: npt.NDArray[np.uint8], width: int) -> FloatArray:
    """Return the digital values of one signal from all records."""
    samples = np.ascontiguousarray(part).reshape(-1, width)
    if width == 2:
        return samples.view("<i2").ravel().astype(np.float64)
    # 24 bits, with the sign in the last byte.
    high = samples[:, 2].astype(np.int8).astype(np.float64)
    return high * 65_536 + samples[:, 1] * 256.0 + samples[:, 0]


def _scaled(digital: FloatArray, signal: Fields) -> FloatArray:
    """Return the values in the signal's unit."""
    low, high = signal.number("low"), signal.number("high")
    if low == high:
        signal.refuse("high", _("different from the physical minimum"))
    digital_low, digital_high = signal.whole("digital_low"), signal.whole("digital_high")
    if digital_low >= digital_high:
        signal.refuse("digital_high", _("above the digital minimum, {low}", low=digital_low))
    return low + (digital - digital_low) * ((high - low) / (digital_high - digital_low))
