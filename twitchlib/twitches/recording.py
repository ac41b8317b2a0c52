"""A recording: EMG, force, which unit fired when, and the true events.

Examples
--------
>>> from twitchlib import twitches
>>> recording = twitches.simulate("fasciculation", seed=1, duration_s=60)
>>> list(recording.to_frame().columns)
['time_s', 'emg_mv', 'force_n']
>>> list(recording.events_frame().columns)
['onset_s', 'offset_s', 'label', 'unit']
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from twitchlib.arrays import FloatArray, checked_array, checked_number, checked_seed
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.motor_pool import Discharges

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SYNTHETIC_NOTE", "WHOLE_MUSCLE", "Event", "Recording", "events_until"]

SYNTHETIC_NOTE = _(
    "Synthetic: made by a model of nerve and muscle, recorded from nobody. For teaching; it says "
    "nothing about any person."
)
WHOLE_MUSCLE = 0


@dataclass(frozen=True, order=True)
class Event:
    """A true event in a recording.

    Attributes
    ----------
    onset_s, offset_s : float
        First and last moment at which the EMG shows it (for a lapse: is silent).
    label : str
        What it is called.
    unit : int
        The motor unit, from 1; 0 where many take part.
    """

    onset_s: float
    offset_s: float
    label: str
    unit: int = WHOLE_MUSCLE

    def __post_init__(self) -> None:
        """Reject an event that ends before it begins."""
        if not (math.isfinite(self.onset_s) and math.isfinite(self.offset_s)):
            raise NotAllowedError("onset_s, offset_s", (self.onset_s, self.offset_s), _("finite"))
        if self.offset_s < self.onset_s:
            allowed = _("at least onset_s = {onset_s!r}", onset_s=self.onset_s)
            raise NotAllowedError("offset_s", self.offset_s, allowed)
        if isinstance(self.unit, bool) or not isinstance(self.unit, int) or self.unit < 0:
            raise NotAllowedError("unit", self.unit, _("a whole number from 0"))


def events_until(events: Iterable[Event], end_s: float) -> tuple[Event, ...]:
    """Return the events that begin before a moment, cut off there."""
    return tuple(
        replace(event, offset_s=min(event.offset_s, end_s))
        for event in events
        if event.onset_s < end_s
    )


@dataclass(frozen=True, eq=False)
class Recording:
    """The recorded traces and, since they are synthetic, the true events.

    Attributes
    ----------
    kind : str
        What was simulated.
    preset : str
        Which version of it.
    sample_hz : float
        Samples per second.
    emg_mv, force_n : ndarray, shape (n,)
        The EMG, in millivolts, and the force, in newtons.
    discharges : Discharges
        Which unit fired when, sorted by time.
    events : tuple of Event
        The true events, in order.
    seed : int
        Reproduces the recording.
    parameters : mapping from str to float
        All parameters, with their units in their names.
    angle_deg : ndarray, shape (n,), optional
        Angle of the joint, for kinds that move one.
    synthetic : bool
        Whether a model made it.
    note : str
        A sentence that says so, shown wherever the recording is.

    Raises
    ------
    NotAllowedError
        If traces differ in length or hold non-numbers, or a time or unit is impossible.
    """

    kind: str
    preset: str
    sample_hz: float
    emg_mv: FloatArray
    force_n: FloatArray
    discharges: Discharges
    events: tuple[Event, ...]
    seed: int
    parameters: Mapping[str, float] = field(default_factory=dict)
    angle_deg: FloatArray | None = None
    synthetic: bool = True
    note: str = SYNTHETIC_NOTE

    def __post_init__(self) -> None:
        """Check everything; a file may hold anything."""
        checked_number("sample_hz", self.sample_hz, low=1, high=100_000, unit="Hz")
        checked_seed(self.seed)
        size = np.size(self.emg_mv)
        for name, trace in self.traces.items():
            object.__setattr__(self, name, checked_array(name, trace))
            if np.size(trace) != size or not size:
                found = ngettext("{n} sample", "{n} samples", np.size(trace))
                raise NotAllowedError(name, found, _("as many as emg_mv, not 0"))
        checked = Discharges.of(self.discharges.unit, self.discharges.time_s)
        object.__setattr__(self, "discharges", checked)
        object.__setattr__(self, "events", tuple(sorted(self.events)))
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    @property
    def traces(self) -> dict[str, FloatArray]:
        """The recorded traces by name."""
        traces = {"emg_mv": self.emg_mv, "force_n": self.force_n}
        return traces if self.angle_deg is None else traces | {"angle_deg": self.angle_deg}

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return self.emg_mv.size / self.sample_hz

    @property
    def time_s(self) -> FloatArray:
        """The time of each sample, from 0."""
        return np.arange(self.emg_mv.size, dtype=np.float64) / self.sample_hz

    @property
    def spikes_s(self) -> dict[int, FloatArray]:
        """When each unit that fired did so, by unit."""
        unit, time_s = self.discharges.unit, self.discharges.time_s
        return {int(number): time_s[unit == number] for number in np.unique(unit)}

    def until(self, end_s: float) -> Recording:
        """Return the beginning of the recording, as if it had been stopped there.

        Parameters
        ----------
        end_s : float
            When, in seconds; beyond the end, the whole recording is returned.

        Raises
        ------
        NotAllowedError
            If not even one sample would be left.

        Examples
        --------
        >>> from twitchlib import twitches
        >>> twitches.simulate("clonus", seed=1, duration_s=5).until(2).duration_s
        2.0
        """
        step_s = 1 / self.sample_hz
        end = checked_number("end_s", min(end_s, self.duration_s), low=step_s, high=self.duration_s)
        samples = round(end * self.sample_hz)
        early = self.discharges.time_s < end
        return replace(
            self,
            emg_mv=self.emg_mv[:samples],
            force_n=self.force_n[:samples],
            angle_deg=None if self.angle_deg is None else self.angle_deg[:samples],
            discharges=Discharges(self.discharges.unit[early], self.discharges.time_s[early]),
            events=events_until(self.events, end),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the traces as a table: one row per sample, one column per trace."""
        import pandas as pd

        return pd.DataFrame({"time_s": self.time_s} | self.traces)

    def spikes_frame(self) -> pd.DataFrame:
        """Return one row per spike: ``unit`` and ``time_s``."""
        return self.discharges.to_frame()

    def events_frame(self) -> pd.DataFrame:
        """Return one row per event: ``onset_s``, ``offset_s``, ``label`` and ``unit``."""
        import pandas as pd

        rows = [(event.onset_s, event.offset_s, event.label, event.unit) for event in self.events]
        frame = pd.DataFrame(rows, columns=["onset_s", "offset_s", "label", "unit"])
        return frame.astype({"onset_s": float, "offset_s": float, "label": str, "unit": int})
