"""Recordings in words: what happens how often, who takes part, how strongly."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from twitchlib.physiology.motor_pool import POOL
from twitchlib.twitches import Event, Recording

__all__ = ["counted", "describe", "events_table", "headline", "rhythm_hz", "summary"]

_LEAST_BEATS: Final = 6
_STEADY: Final = 0.25
_LONG_S: Final = 0.5
_SMALL_N: Final = 0.1

# What an event of each label is called, once and many times.
_NAMES: Final = {
    "fasciculation": ("fasciculation", "fasciculations"),
    "clonus": ("beat of clonus", "beats of clonus"),
    "stretch reflex": ("beat of a stretch reflex", "beats of a stretch reflex"),
    "spasm": ("spasm", "spasms"),
    "brief contraction": ("brief contraction", "brief contractions"),
    "myoclonus": ("myoclonic jerk", "myoclonic jerks"),
    "negative myoclonus": ("lapse", "lapses"),
    "myokymia": ("group of myokymia", "groups of myokymia"),
    "neuromyotonia": ("group of neuromyotonia", "groups of neuromyotonia"),
    "tremor": ("spell of tremor", "spells of tremor"),
    "shivering": ("spell of shivering", "spells of shivering"),
    "voluntary contraction": ("voluntary contraction", "voluntary contractions"),
}
_BURST: Final = ("burst", "bursts")
_SILENCE: Final = ("silence", "silences")


def describe(recording: Recording, *, named: bool = True) -> str:
    """Return a recording in one sentence: what happens how often, who takes part, how strongly.

    Parameters
    ----------
    recording : Recording
        What to tell.
    named : bool
        Whether to say what it is, how many units fire and how the joint moves.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> describe(twitches.simulate("fasciculation", seed=1, duration_s=1))
    'Nothing happens in 1 s: no motor unit fires.'
    """
    units = np.unique(recording.discharges.unit).size
    if not units:
        return f"{counted(recording, named=named)}: no motor unit fires."
    parts = [counted(recording, named=named)]
    if named:
        parts.append(
            f"{units} of {POOL.units} motor units {'takes' if units == 1 else 'take'} part"
        )
    if recording.angle_deg is None or not named:
        moved = f"the force reaches {_newtons(recording)}"
    else:
        low, high = (f"{a:.0f}°" for a in (recording.angle_deg.min(), recording.angle_deg.max()))
        moved = f"the foot moves between {low} and {high}".replace("-", "−")
    return f"{'; '.join(parts)}; {moved}, and the EMG spans {np.ptp(recording.emg_mv):.1f} mV."


def rhythm_hz(events: Sequence[Event]) -> float | None:
    """Return how often events come in a second, or None where they keep no rhythm.

    At least six make a rhythm, if the time between them varies by a quarter or less: the course's
    own limit.

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
    """Return how often what happens, when first, in which rhythm and how long."""
    events = recording.events
    if not events:
        return f"Nothing happens in {recording.duration_s:g} s"
    one, many = _names(events[0].label, named)
    first_s, lengths_s = events[0].onset_s, [event.offset_s - event.onset_s for event in events]
    if len(events) == 1:
        return f"One {one}, at {first_s:.1f} s, {_length(lengths_s[0])} long"
    rhythm = rhythm_hz(events)
    pace = f"{rhythm:.1f} a second, " if rhythm else ""
    if not rhythm and len(events) >= _LEAST_BEATS:
        pace = "in no rhythm, "
    mean_s = float(np.mean(lengths_s))
    return (
        f"{len(events)} {many}, the first at {first_s:.1f} s, {pace}{_length(mean_s)} long "
        "on average"
    )


def headline(recording: Recording) -> str:
    """Return what a recording shows, in a few words."""
    events, count = recording.events, len(recording.events)
    if not events:
        return f"Nothing yet, after {recording.duration_s:g} s"
    label, length_s = events[0].label, events[0].offset_s - events[0].onset_s
    one, many = _names(label, named=True)
    if label == "stretch reflex":
        return f"The swing dies out after {count} {'beats' if count > 1 else 'beat'}"
    if count == 1:
        return f"One {one}, {_length(length_s)} long" if length_s >= _LONG_S else f"One {one}"
    rhythm = rhythm_hz(events)
    return f"{count} {many}{f', {rhythm:.1f} a second' if rhythm else ''}"


def summary(recording: Recording, signal: str) -> str:
    """Return a recording in a few words that end with what one signal shows of it."""
    units = np.unique(recording.discharges.unit).size
    shown = {
        "units": f"{units} of {POOL.units} units {'fires' if units == 1 else 'fire'}",
        "emg": f"the EMG spans {np.ptp(recording.emg_mv):.1f} mV",
        "force": f"the force reaches {_newtons(recording)}",
    }
    words = counted(recording)
    return f"{words[0].lower()}{words[1:]}; {shown[signal]}"


def events_table(events: Sequence[Event], *, named: bool = True) -> dict[str, Any]:
    """Return events as a table for a figure."""
    columns = ["Onset (s)", "Length (ms)"]
    rows: list[list[Any]] = [
        [round(event.onset_s, 3), round(1000 * (event.offset_s - event.onset_s))]
        for event in events
    ]
    if not named:
        return {"columns": columns, "rows": rows}
    told = [[event.label, event.unit or "many"] for event in events]
    return {
        "columns": [*columns, "What", "Motor unit"],
        "rows": [row + more for row, more in zip(rows, told, strict=True)],
    }


def _names(label: str, named: bool) -> tuple[str, str]:
    if not named:
        return _SILENCE if label.startswith("negative") else _BURST
    return _NAMES.get(label, _BURST)


def _newtons(recording: Recording) -> str:
    force_n = float(recording.force_n.max())
    return f"{force_n:.1f} N" if force_n >= _SMALL_N else f"{1000 * force_n:.0f} mN"


def _length(length_s: float) -> str:
    return f"{length_s:.1f} s" if length_s >= _LONG_S else f"{1000 * length_s:.0f} ms"
