"""An EMG with its sampling rate: the input of every step of the analysis."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np

from twitchlib.arrays import FloatArray, checked_array, checked_number
from twitchlib.emg.flaws import Flaw, recorded_flaws, sentences
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext

__all__ = ["Signal", "SignalLike", "checked_rate_hz", "marked"]

_SHORTEST_S = 0.2
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 100_000.0
# The square of anything larger might overflow.
_LARGEST_MV = 1e100


def checked_rate_hz(sample_hz: object) -> float:
    """Return a checked sampling rate."""
    return checked_number("sample_hz", sample_hz, low=_LOWEST_HZ, high=_HIGHEST_HZ, unit="Hz")


@runtime_checkable
class _Recorded(Protocol):
    """The part of a `twitches.Recording` that is needed here, where it must not be imported."""

    @property
    def kind(self) -> str: ...
    @property
    def emg_mv(self) -> FloatArray: ...
    @property
    def sample_hz(self) -> float: ...
    @property
    def note(self) -> str: ...
    @property
    def synthetic(self) -> bool: ...


@dataclass(frozen=True, eq=False)
class Signal:
    """An EMG and where it comes from.

    Attributes
    ----------
    emg_mv : ndarray, shape (n,)
        The EMG, in mV; NaN where nothing is known.
    sample_hz : float
        Samples per second, 100 to 100 000.
    name : str
        Name of the recording.
    note : str
        Where it comes from, for the reader.
    synthetic : bool
        Whether a model made it.
    flaws : tuple of Flaw
        Gaps, interference and the like found so far.
    cleaned : bool
        Whether `clean` has been applied; set it to use an EMG as it is.

    Raises
    ------
    NotAllowedError
        If the EMG is not one row of numbers, lasts less than 0.2 s, or was sampled too slowly or
        too fast.

    Examples
    --------
    >>> Signal(np.zeros(1000), 2000).duration_s
    0.5
    """

    emg_mv: FloatArray
    sample_hz: float
    _: KW_ONLY
    name: str = ""
    note: str = ""
    synthetic: bool = False
    flaws: tuple[Flaw, ...] = ()
    cleaned: bool = False

    def __post_init__(self) -> None:
        """Check the values, since a file may hold anything."""
        rate_hz = checked_rate_hz(self.sample_hz)
        given = np.asarray(self.emg_mv)
        if given.dtype.kind not in "iuf":
            raise NotAllowedError(
                "emg_mv", _("an array of {dtype}", dtype=given.dtype), _("numbers in mV")
            )
        trace = given.astype(np.float64, copy=False)
        known = ~np.isnan(trace)
        values = trace if known.all() else np.where(known, trace, 0.0)
        checked_array("emg_mv", values, unit="mV")
        least = int(np.ceil(_SHORTEST_S * rate_hz))
        if (size := int(known.sum())) < least:
            raise NotAllowedError(
                "emg_mv",
                ngettext("{n} sample", "{n} samples", size),
                _("at least {least} samples ({shortest_s} s)", least=least, shortest_s=_SHORTEST_S),
            )
        if max(values.max(), -values.min()) > _LARGEST_MV:
            checked_array("emg_mv", values, low=-_LARGEST_MV, high=_LARGEST_MV, unit="mV")
        object.__setattr__(self, "emg_mv", trace)
        object.__setattr__(self, "sample_hz", rate_hz)

    @classmethod
    def of(cls, recording: SignalLike) -> Signal:
        """Return the EMG of a `twitches.Recording`, or a signal unchanged.

        Every step of the analysis does this by itself.

        Raises
        ------
        NotAllowedError
            If `recording` is neither, such as an array, which has no sampling rate.

        Examples
        --------
        >>> from twitchlib import twitches
        >>> Signal.of(twitches.simulate("clonus", seed=1, duration_s=2)).name
        'clonus'
        """
        if isinstance(recording, Signal):
            return recording
        if not isinstance(recording, _Recorded):
            raise NotAllowedError(
                "signal",
                type(recording).__name__,
                _("an emg.Signal(emg_mv, sample_hz), or a twitches.Recording"),
            )
        return cls(
            recording.emg_mv,
            recording.sample_hz,
            name=recording.kind,
            note=recording.note,
            synthetic=recording.synthetic,
        )

    @property
    def duration_s(self) -> float:
        """Duration, in seconds."""
        return self.emg_mv.size / self.sample_hz

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is wrong with the recording and what was done about it, in words."""
        return sentences(self.flaws)


def marked(signal: Signal) -> Signal:
    """Return an EMG with NaN wherever nothing is known, and its flaws as recorded."""
    if signal.cleaned or any(flaw.kind != "bad" for flaw in signal.flaws):
        return signal
    trace, flaws = recorded_flaws(signal.emg_mv, signal.sample_hz)
    return replace(signal, emg_mv=trace, flaws=(*signal.flaws, *flaws)) if flaws else signal


SignalLike: TypeAlias = Signal | _Recorded
