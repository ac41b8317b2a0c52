"""Recordings in words: which events, how often, which units, how strong."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from twitchlib.messages import beginning, ngettext
from twitchlib.messages import gettext as _
from twitchlib.physiology.motor_units import POOL
from twitchlib.twitches import Event, Recording
from twitchlib.twitches.simulation import event_type
from twitchlib.words import newtons, signed

__all__ = ["counted", "describe", "events_table", "headline", "rhythm_hz", "summary"]

_LEAST_BEATS: Final = 6
_STEADY: Final = 0.25
_LONG_S: Final = 0.5


def describe(recording: Recording, *, named: bool = True) -> str:
    """Return a recording in one sentence: which events, how often, which units, how strong.

    Parameters
    ----------
    recording : Recording
        The recording to describe.
    named : bool
        Whether to name the kind, the number of active units and the joint's movement.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> describe(twitches.simulate("fasciculation", seed=1, duration_s=1))
    'Nothing happens in 1 s: no motor unit fires.'
    """
    units = np.unique(recording.discharges.unit).size
    happened = beginning(counted(recording, named=named))
    if not units:
        return _("{happened}: no motor unit fires.", happened=happened)
    emg_mv = np.ptp(recording.emg_mv)
    if not named:
        return _(
            "{happened}; the force reaches {force}, and the EMG spans {emg_mv:.1f} mV.",
            happened=happened,
            force=newtons(recording.force_n.max()),
            emg_mv=emg_mv,
        )
    part = ngettext(
        "{n} of {all_units} motor units takes part",
        "{n} of {all_units} motor units take part",
        units,
        all_units=POOL.units,
    )
    if recording.angle_deg is None:
        return _(
            "{happened}; {part}; the force reaches {force}, and the EMG spans {emg_mv:.1f} mV.",
            happened=happened,
            part=part,
            force=newtons(recording.force_n.max()),
            emg_mv=emg_mv,
        )
    return _(
        "{happened}; {part}; the foot moves between {low} and {high}, and the EMG spans "
        "{emg_mv:.1f} mV.",
        happened=happened,
        part=part,
        low=f"{signed(recording.angle_deg.min())}°",
        high=f"{signed(recording.angle_deg.max())}°",
        emg_mv=emg_mv,
    )


def rhythm_hz(events: Sequence[Event]) -> float | None:
    """Return the rate of events per second, or None if they are not rhythmic.

    A rhythm takes at least six events whose intervals vary by a quarter or less: the course's own
    limits.

    Examples
    --------
    >>> beats = [Event(t, t + 0.05, "clonus") for t in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    >>> round(rhythm_hz(beats), 3)
    5.0
    """
    gaps_s = np.diff([event.onset_s for event in events])
    if gaps_s.size < _LEAST_BEATS - 1 or gaps_s.std() > _STEADY * gaps_s.mean():
        return None
    return float(1 / gaps_s.mean())


def counted(recording: Recording, *, named: bool = True) -> str:
    """Return the number, first onset, rhythm and duration of events, as a clause."""
    events = recording.events
    if not events:
        return _("nothing happens in {duration_s:g} s", duration_s=recording.duration_s)
    known = {
        "events": _numbered(events, named),
        "first_s": events[0].onset_s,
        "length": _length(_mean_s(events)),
    }
    if len(events) == 1:
        return _("{events}, at {first_s:.1f} s, {length} long", **known)
    if rhythm := rhythm_hz(events):
        return _(
            "{events}, the first at {first_s:.1f} s, {rhythm_hz:.1f} a second, {length} long on "
            "average",
            rhythm_hz=rhythm,
            **known,
        )
    if len(events) < _LEAST_BEATS:
        return _("{events}, the first at {first_s:.1f} s, {length} long on average", **known)
    return _(
        "{events}, the first at {first_s:.1f} s, in no rhythm, {length} long on average", **known
    )


def headline(recording: Recording) -> str:
    """Return a recording in a few words, as a headline."""
    events = recording.events
    if not events:
        return _("Nothing yet, after {duration_s:g} s", duration_s=recording.duration_s)
    known = event_type(events[0].label)
    if known.headline:
        return known.headline(len(events))
    what = beginning(_numbered(events, named=True))
    length_s = _mean_s(events)
    if known.timed or (len(events) == 1 and length_s >= _LONG_S):
        return _("{events}, {length} long", events=what, length=_length(length_s))
    rhythm = rhythm_hz(events)
    return (
        _("{events}, {rhythm_hz:.1f} a second", events=what, rhythm_hz=rhythm) if rhythm else what
    )


def summary(recording: Recording, signal: str) -> str:
    """Return a recording in a few words, ending with what one signal shows, as a clause."""
    happened = counted(recording)
    if signal == "emg":
        emg_mv = np.ptp(recording.emg_mv)
        return _("{happened}; the EMG spans {emg_mv:.1f} mV", happened=happened, emg_mv=emg_mv)
    if signal == "force":
        force = newtons(recording.force_n.max())
        return _("{happened}; the force reaches {force}", happened=happened, force=force)
    return ngettext(
        "{happened}; {n} of {all_units} units fires",
        "{happened}; {n} of {all_units} units fire",
        np.unique(recording.discharges.unit).size,
        happened=happened,
        all_units=POOL.units,
    )


def events_table(events: Sequence[Event], *, named: bool = True) -> dict[str, Any]:
    """Return events as a table for a figure."""
    columns = [_("Onset (s)"), _("Length (ms)")]
    rows: list[list[Any]] = [
        [round(event.onset_s, 3), round(1000 * (event.offset_s - event.onset_s))]
        for event in events
    ]
    if not named:
        return {"columns": columns, "rows": rows}
    listed = [[event_type(event.label).word, event.unit or _("many")] for event in events]
    return {
        "columns": [*columns, _("What"), _("Motor unit")],
        "rows": [row + more for row, more in zip(rows, listed, strict=True)],
    }


def _numbered(events: Sequence[Event], named: bool) -> str:
    """Return the number of events and their name, as part of a sentence."""
    known = event_type(events[0].label)
    return (known.counted if named else known.unnamed)(len(events))


def _mean_s(events: Sequence[Event]) -> float:
    return float(np.mean([event.offset_s - event.onset_s for event in events]))


def _length(length_s: float) -> str:
    return f"{length_s:.1f} s" if length_s >= _LONG_S else f"{1000 * length_s:.0f} ms"
