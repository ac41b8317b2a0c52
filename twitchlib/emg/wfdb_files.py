"""WFDB as used by PhysioNet: a text header beside files of samples.

The header is read here, by the grammar of https://physionet.org/physiotools/wag/header-5.htm,
and every number in it is checked. The package wfdb then unpacks the samples with a new header
written from those numbers, and never sees the original.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg import limits
from twitchlib.emg.formats import Raw, checked_length, chosen, cut, labelled, listed, optional
from twitchlib.emg.headers import Fields
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["data_files", "looks_like_header", "wfdb"]

# Bytes per sample in each supported format. The others (508, 516, 524) hold FLAC, which only
# compiled code unpacks, to a size that is not known beforehand.
_BYTES = {
    "8": 1, "16": 2, "24": 3, "32": 4, "61": 2, "80": 1, "160": 2, "212": 1.5, "310": 4 / 3,
    "311": 4 / 3,
}  # fmt: skip
_WORDS = {
    "signals": _("number of signals"),
    "rate_hz": _("samples a second"),
    "samples": _("number of samples"),
    "format": _("format of the samples"),
    "frame": _("samples in a frame"),
    "skew": _("skew"),
    "offset": _("bytes before the samples"),
    "gain": _("gain"),
    "baseline": _("baseline"),
    "zero": _("zero of the converter"),
    "initial": _("first value"),
}
_LARGEST = 2**31 - 1
_MOST_IN_A_FRAME = 1_000

_RECORD = re.compile(
    r"(?P<record>[-\w]+)(?P<segments>/\d+)?\s+(?P<signals>\S+)"
    r"(?:\s+(?P<rate_hz>[^\s/]+)(?:/\S*)?(?:\s+(?P<samples>\S+).*)?)?", re.ASCII
)  # fmt: skip
_FORMAT = re.compile(
    r"(?P<format>[^x:+]+)(?:x(?P<frame>[^:+]+))?(?::(?P<skew>[^+]+))?(?:\+(?P<offset>.+))?"
)
_GAIN = re.compile(r"(?P<gain>[^(/]+)(?:\((?P<baseline>[^)]*)\))?(?:/(?P<unit>.+))?", re.ASCII)
_FILE = re.compile(r"~?[-\w]+(?:\.\w+)?", re.ASCII)


@dataclass(frozen=True)
class _Signal:
    """One signal of a header, its numbers checked."""

    label: str
    file: str
    kind: str
    per_frame: int
    offset: int
    gain: float
    baseline: int
    initial: int
    unit: str


def looks_like_header(text: str) -> bool:
    """Return whether a text begins like a WFDB header: a record, then its first file."""
    record, *signals = _content(text[:4096]) or [""]
    words = signals[0].split() if signals else []
    return bool(
        _RECORD.fullmatch(record)
        and len(words) > 1
        and _FILE.fullmatch(words[0])
        and not words[0].replace(".", "").isdecimal()
        and (kind := re.match(r"\d+", words[1]))
        and kind[0] in _BYTES
    )


def data_files(text: str) -> list[str]:
    """Return the names of the sample files that a header refers to, except any with a folder."""
    named = (line.split()[0] for line in _content(text)[1:])
    return list(dict.fromkeys(name for name in named if _FILE.fullmatch(name)))


def wfdb(data: bytes, name: str, channel: str, beside: Mapping[str, bytes]) -> Raw:
    """Return a channel of WFDB by name, from its header and the sample files beside it.

    The error for a header field that is impossible, or does not match the samples, names it.
    """
    header, signals = _header(data, name)
    missing = next((signal.file for signal in signals if signal.file not in beside), None)
    if missing is not None:
        raise UnreadableError(
            _(
                "{file} has its samples in {data}, which was not given; beside it is {beside}. "
                "Choose both together.",
                file=name,
                data=cut(missing),
                beside=listed(beside) or _("nothing"),
            )
        )
    place = chosen(labelled([signal.label for signal in signals]), channel, name)
    wanted = signals[place]
    samples = beside[wanted.file]
    same_file = [signal for signal in signals if signal.file == wanted.file]
    if len({(signal.kind, signal.offset) for signal in same_file}) > 1:
        raise UnreadableError(
            _("{file} gives several formats for the one file {data}.", file=name, data=wanted.file)
        )
    frames = _frames(header, same_file, len(samples))
    checked_length(frames * wanted.per_frame, len(signals), name)
    # Two signals may have the same description, so each is identified by its position.
    before = sum(signal.file == wanted.file for signal in signals[:place])
    values = _unpacked(samples, same_file, before, frames)
    rate_hz = header.number("rate_hz") * wanted.per_frame if header.said["rate_hz"] else None
    return Raw(values, wanted.unit, rate_hz)


def _content(text: str) -> list[str]:
    """Return the meaningful lines of a header."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _header(data: bytes, name: str) -> tuple[Fields, list[_Signal]]:
    if len(data) > limits.LONGEST_HEADER:
        raise UnreadableError(
            _(
                "{file} has {n:,} bytes, but a header may have at most {most:,}.",
                file=name,
                n=len(data),
                most=limits.LONGEST_HEADER,
            )
        )
    record, *lines = _content(data.decode("utf-8-sig", errors="replace")) or [""]
    found = _RECORD.fullmatch(record)
    if found is None:
        raise UnreadableError(
            _(
                "{file} is not a WFDB header: “{line}” must be a name, the number of signals, and "
                "the samples a second.",
                file=name,
                line=cut(record),
            )
        )
    if found["segments"]:
        raise UnreadableError(_("{file} joins several recordings. Open one of them.", file=name))
    header = Fields(name, {k: v or "" for k, v in found.groupdict().items()}, _WORDS)
    n_signals = header.whole("signals", low=1, high=limits.MOST_CHANNELS)
    if header.said["rate_hz"] and header.number("rate_hz") <= 0:
        header.refuse("rate_hz", _("a number above 0"))
    if len(lines) < n_signals:
        raise UnreadableError(
            _(
                "{file} says that it has {n} signals, but describes {described}.",
                file=name,
                n=n_signals,
                described=len(lines),
            )
        )
    return header, [_signal(line, name) for line in lines[:n_signals]]


def _signal(line: str, name: str) -> _Signal:
    words = [*line.split(maxsplit=8), *[""] * 9][:9]
    kind, gain = _FORMAT.fullmatch(words[1]), _GAIN.fullmatch(words[2])
    if not _FILE.fullmatch(words[0]) or kind is None or gain is None:
        raise UnreadableError(
            _(
                "{file} describes a signal as “{line}”, which must begin with a file, its format "
                "and its gain, such as “emg.dat 16 1000/mV”.",
                file=name,
                line=cut(line),
            )
        )
    # Defaults for what a signal's line leaves out.
    usual = {"frame": "1", "skew": "0", "offset": "0", "zero": "0", "initial": "0", "unit": "mV"}
    said = {**kind.groupdict(), **gain.groupdict(), "zero": words[4], "initial": words[5]}
    said = {key: text or usual.get(key, "") for key, text in said.items()}
    # Without a baseline, the converter's zero is the zero of the signal.
    said["baseline"] = said["baseline"] or said["zero"]
    fields = Fields(name, said, _WORDS, words[8] or words[0])
    if said["format"] not in _BYTES:
        fields.refuse("format", _("one of {formats}", formats=", ".join(_BYTES)))
    # A signal read alone need not be shifted against others, but a nonsensical skew indicates a
    # broken header.
    fields.whole("skew", low=0, high=_MOST_IN_A_FRAME)
    if fields.number("gain") == 0:
        fields.refuse("gain", _("other than 0, or the samples have no scale"))
    return _Signal(
        label=words[8],
        file=words[0],
        kind=said["format"],
        per_frame=fields.whole("frame", low=1, high=_MOST_IN_A_FRAME),
        offset=fields.whole("offset", low=0, high=limits.LARGEST_BYTES),
        gain=fields.number("gain"),
        baseline=fields.whole("baseline", low=-_LARGEST, high=_LARGEST),
        initial=fields.whole("initial", low=-_LARGEST, high=_LARGEST),
        unit=said["unit"],
    )


def _frames(header: Fields, same_file: list[_Signal], size: int) -> int:
    """Return the number of frames in a sample file, if it agrees with the header."""
    in_frame = sum(signal.per_frame for signal in same_file)
    per_sample = _BYTES[same_file[0].kind]
    said = None
    if header.said["samples"]:
        said = header.whole("samples", low=0, high=limits.MOST_SAMPLES)
    held = int(max(size - same_file[0].offset, 0) / per_sample / in_frame)
    if said is not None and said > held:
        raise UnreadableError(
            _(
                "{file} says that there are {said:,} samples, but {data} holds {held:,}. It may "
                "have been cut off: copy it again.",
                file=header.file,
                data=same_file[0].file,
                said=said,
                held=held,
            )
        )
    return held if said is None else said


def _unpacked(data: bytes, same_file: list[_Signal], place: int, frames: int) -> FloatArray:
    package = optional("wfdb", "WFDB")
    lines = [f"emg {len(same_file)} 1000 {frames}"]  # untranslated: data
    lines += [
        f"emg.dat {signal.kind}x{signal.per_frame}+{signal.offset} "
        f"{signal.gain!r}({signal.baseline})/mV 0 0 {signal.initial} 0 0 {i}"  # untranslated: data
        for i, signal in enumerate(same_file)
    ]
    # The package reads only from a folder; this one is deleted after reading.
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "emg.hea").write_text("\n".join(lines), encoding="ascii")
        (Path(folder) / "emg.dat").write_bytes(data)
        record = package.rdrecord(
            str(Path(folder) / "emg"), channels=[place], smooth_frames=False, ignore_skew=True
        )
    return np.asarray(record.e_p_signal[0], dtype=np.float64)
