"""A recording that a reader is asked to name: what it shows, and never what it is."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.figures._traces import line, outline
from twitchlib.figures.theme import figure
from twitchlib.palette import LIGHT
from twitchlib.physiology._arrays import FloatArray
from twitchlib.physiology.motor_pool import POOL
from twitchlib.twitches import Recording

__all__ = ["describe", "plot_unnamed"]

_PIECES: Final = 1200
_SMALL_N: Final = 0.1
_EVEN: Final = 0.15
"""Spread of the pauses, as a part of their mean, up to which they count as even."""


def plot_unnamed(recording: Recording) -> go.Figure:
    """Draw EMG and force of a recording whose kind is not told.

    Parameters
    ----------
    recording : Recording
        What to show.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> plot_unnamed(twitches.simulate("clonus", seed=1, duration_s=4)).layout.title.text
    'A recording to name'
    """
    unit, scale = ("N", 1) if recording.force_n.max() >= _SMALL_N else ("mN", 1000)
    emg_s, emg_mv = outline(recording.time_s, recording.emg_mv, _PIECES)
    force_s, force = outline(recording.time_s, recording.force_n * scale, _PIECES)
    reach_mv = 1.08 * float(np.abs(recording.emg_mv).max())
    starts, lengths = _times(recording)
    return figure(
        [
            line(emg_s, emg_mv, "EMG", LIGHT["nerve"], 1)
            | {"hovertemplate": "%{x:.2f} s: %{y:.2f} mV<extra></extra>"},
            line(force_s, force, "force", LIGHT["muscle"], 2.5)
            | {"yaxis": "y2", "hovertemplate": f"%{{x:.2f}} s: %{{y:.3g}} {unit}<extra></extra>"},
        ],
        title="A recording to name",
        description=describe(recording),
        height=400,
        x={"title": "Time (s)", "range": [0, recording.duration_s], "anchor": "y2"},
        y={
            "title": "EMG (mV)",
            "range": [-reach_mv, reach_mv],
            "domain": [0.46, 1],
            "nticks": 5,
        },
        yaxis2={
            "title": {"text": f"Force ({unit})"},
            "range": [0, 1.08 * float(recording.force_n.max()) * scale],
            "domain": [0, 0.38],
            "nticks": 4,
        },
        table={
            "columns": [_noun(recording), "begins (s)", "lasts (ms)"],
            "rows": [
                [number, round(float(start), 2), round(1000 * float(length))]
                for number, (start, length) in enumerate(zip(starts, lengths, strict=True), 1)
            ],
        },
    )


def describe(recording: Recording) -> str:
    """Return what a recording shows, feature by feature and without its name.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> describe(twitches.simulate("spasm", preset="stretched", seed=5, duration_s=10))
    'In 10 s of EMG there is 1 burst; it lasts 7.0 s. In it, about 20 of 120 motor units fire, \
each about 15 times a second. The force reaches 0.55 N. The recording is synthetic.'
    """
    starts, lengths = _times(recording)
    count, noun = lengths.size, _noun(recording)
    said = f"In {recording.duration_s:g} s of EMG there "
    if not count:
        return f"{said}is nothing but noise. The recording is synthetic."
    if count == 1:
        said += f"is 1 {noun}; it lasts {_duration(lengths[0])}."
    else:
        said += f"are {count} {noun}s of about {_duration(np.median(lengths))} each"
        said += f", {_rhythm(starts)}." if count > 2 else "."
    if noun == "burst":
        said += f" In {'it' if count == 1 else 'each'}, {_firing(recording)}."
    force_n = float(recording.force_n.max())
    force = f"{force_n:.2g} N" if force_n >= _SMALL_N else f"{1000 * force_n:.0f} mN"
    return f"{said} The force reaches {force}. The recording is synthetic."


def _times(recording: Recording) -> tuple[FloatArray, FloatArray]:
    """Return when each event begins and how long it lasts, in seconds."""
    times = np.array([(event.onset_s, event.offset_s) for event in recording.events])
    times = times.reshape(-1, 2)
    return times[:, 0], times[:, 1] - times[:, 0]


def _inside(recording: Recording) -> list[dict[str, Any]]:
    """Return the spikes of each event, in order of time."""
    time_s, unit = recording.discharges.time_s, recording.discharges.unit
    spans = [np.searchsorted(time_s, [e.onset_s, e.offset_s]) for e in recording.events]
    return [{"time_s": time_s[i:j], "unit": unit[i:j]} for i, j in spans]


def _noun(recording: Recording) -> str:
    """Return whether the events are bursts, or gaps in a firing that goes on."""
    spikes = sum(event["unit"].size for event in _inside(recording))
    _, lengths = _times(recording)
    share_of_time = lengths.sum() / recording.duration_s
    share_of_spikes = spikes / max(recording.discharges.unit.size, 1)
    return "gap" if share_of_spikes < share_of_time / 2 else "burst"


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.0f} ms"


def _rhythm(starts: FloatArray) -> str:
    pauses = np.diff(starts)
    if pauses.std() <= _EVEN * pauses.mean():
        return f"one every {_duration(pauses.mean())}, evenly"
    return f"at uneven times, {pauses.min():.1f} to {pauses.max():.1f} s apart"


def _firing(recording: Recording) -> str:
    """Return how many units fire in an event, and how fast."""
    events = _inside(recording)
    units = round(float(np.median([np.unique(event["unit"]).size for event in events])))
    named = (
        "1 motor unit fires" if units == 1 else f"about {units} of {POOL.units} motor units fire"
    )
    intervals = [
        interval
        for event in events
        for unit in np.unique(event["unit"])
        for interval in np.diff(event["time_s"][event["unit"] == unit])
    ]
    fires = sum(event["unit"].size for event in events)
    if len(intervals) < fires / 2:
        return f"{named}, mostly once" if intervals else f"{named} once"
    each = "" if units == 1 else "each "
    return f"{named}, {each}about {1 / np.median(intervals):.0f} times a second"
