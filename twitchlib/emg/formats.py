"""What the readers of all formats share: their error, result, units, names and time limit."""

from __future__ import annotations

import math
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path, PureWindowsPath
from types import ModuleType

from twitchlib.arrays import FloatArray
from twitchlib.emg import limits
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext

__all__ = [
    "MV_IN",
    "Deadline",
    "Raw",
    "bounded",
    "checked_length",
    "chosen",
    "cut",
    "in_pieces",
    "labelled",
    "listed",
    "optional",
    "other_unit",
    "own_name",
    "same_rate",
    "too_slow",
]

MV_IN = {"v": 1e3, "mv": 1.0, "uv": 1e-3, "µv": 1e-3, "μv": 1e-3, "nv": 1e-6}

_LONGEST_SHOWN = 80
_MOST_SHOWN = 20
# Times written with few digits give a rate that is not quite the true one.
_SAME_RATE = 0.005


@dataclass(frozen=True, eq=False)
class Raw:
    """One channel as stored in a file.

    Attributes
    ----------
    values : ndarray, shape (n,)
        The samples, in `unit`.
    unit : str
        As stated in the file; empty if it states none.
    rate_hz : float or None
        Samples per second; None if the file does not say.
    remarks : tuple of str
        What a user should know about how it was read, in whole sentences.
    """

    values: FloatArray
    unit: str
    rate_hz: float | None
    remarks: tuple[str, ...] = ()


class Deadline:
    """The time at which reading a file is abandoned."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._until_s = time.monotonic() + limits.MOST_SECONDS

    def check(self) -> None:
        """Refuse the file if the time is up."""
        if time.monotonic() > self._until_s:
            raise too_slow(self._name)


def too_slow(name: str) -> UnreadableError:
    """Return the error for a file that takes too long to read."""
    return UnreadableError(
        _(
            "{name} takes longer to read than {most:g} s, the most that a file may take. Cut out "
            "the part that you want to see.",
            name=name,
            most=limits.MOST_SECONDS,
        )
    )


def in_pieces(name: str, kind: str) -> UnreadableError:
    """Return the error for a recording with gaps between its pieces."""
    return UnreadableError(
        _(
            "{file} was recorded in pieces with gaps between them ({kind}). Export it without "
            "gaps, as EDF or EDF+C.",
            file=name,
            kind=kind,
        )
    )


def other_unit(name: str, found: str, given: str) -> UnreadableError:
    """Return the error for a given unit that is not the one stated in a file."""
    return UnreadableError(
        _(
            "{name} says that its unit is {found}, not {given}. Leave the unit out.",
            name=name,
            found=found,
            given=given,
        )
    )


def optional(package: str, what: str) -> ModuleType:
    """Import a package that only some readers need, or say how to get it."""
    try:
        with warnings.catch_warnings():
            # Deprecations within other packages are not ours to fix.
            warnings.simplefilter("ignore")
            return import_module(package)
    except ImportError:
        raise UnreadableError(
            _(
                "{what} needs the package {package}, which is not installed here: "
                "pip install {wanted}",
                what=what,
                package=package,
                wanted=package.partition(".")[0],
            )
        ) from None


def bounded(path: Path) -> bytes:
    """Return the contents of a file, cut off where its size would be refused."""
    with path.open("rb") as file:
        return file.read(limits.LARGEST_BYTES + 1)


def own_name(name: str) -> str:
    """Return a file's name without its folders, short enough for a sentence."""
    return cut(PureWindowsPath(name).name)  # a Windows path splits at both kinds of slashes


def cut(text: str) -> str:
    """Return text from a file in a form fit for a sentence: short, with every character visible."""
    short = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in short)


def listed(names: Iterable[str]) -> str:
    """Return names in a form fit for a sentence, at most the first twenty."""
    first = [cut(name) for name in islice(names, _MOST_SHOWN + 1)]
    several = ", ".join(first[:_MOST_SHOWN])
    return _("{names} and more", names=several) if len(first) > _MOST_SHOWN else several


def same_rate(one_hz: float, other_hz: float) -> bool:
    """Return whether two numbers can be one sampling rate."""
    return math.isclose(one_hz, other_hz, rel_tol=_SAME_RATE)


def labelled(names: Sequence[str]) -> list[str]:
    """Return a unique name for each channel: its own, with its position if needed.

    Examples
    --------
    >>> labelled(["left", "right", "left", ""])
    ['left #1', 'right', 'left #3', '#4']
    """
    labels = [name or f"#{place}" for place, name in enumerate(names, start=1)]
    # A name with its position appended may equal another channel's name.
    while len(set(labels)) < len(labels):
        times = Counter(labels)
        labels = [
            label if times[label] == 1 else f"{label} #{place}"
            for place, label in enumerate(labels, start=1)
        ]
    return labels


def chosen(labels: Sequence[str], channel: str, file: str) -> int:
    """Return the index of the wanted channel; raise if it is missing, unknown or ambiguous."""
    if channel in labels:
        return labels.index(channel)
    names = listed(labels) or _("none")
    if channel:
        alike = [label for label in labels if label.rpartition(" #")[0] == channel]
        if alike:
            raise UnreadableError(
                _(
                    "{file} has several channels {channel!r}. Say which one: {channels}.",
                    file=file,
                    channel=cut(channel),
                    channels=listed(alike),
                )
            )
        raise UnreadableError(
            _(
                "{file} has no channel {channel!r}; it has {channels}.",
                file=file,
                channel=cut(channel),
                channels=names,
            )
        )
    if len(labels) != 1:
        raise UnreadableError(
            ngettext(
                "{file} has {n} channel: {channels}. Say which one.",
                "{file} has {n} channels: {channels}. Say which one.",
                len(labels),
                file=file,
                channels=names,
            )
        )
    return 0


def checked_length(samples: int, channels: int, file: str) -> None:
    """Refuse a file whose stated size is too large, before any of it is unpacked."""
    if channels > limits.MOST_CHANNELS:
        raise UnreadableError(
            _(
                "{file} has {n:,} channels, more than the limit of {most:,}.",
                file=file,
                n=channels,
                most=limits.MOST_CHANNELS,
            )
        )
    if samples > limits.MOST_SAMPLES:
        raise UnreadableError(
            _(
                "{file} has {n:,} samples in a channel, more than the limit of {most:,}. Cut out "
                "the part that you want to see.",
                file=file,
                n=samples,
                most=limits.MOST_SAMPLES,
            )
        )
