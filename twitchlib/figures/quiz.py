"""What a question shows: a recording without its kind, the counts of a detector without a score."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.arrays import FloatArray
from twitchlib.emg import Match, analyse
from twitchlib.figures._traces import line, outline
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT
from twitchlib.physiology.motor_units import POOL
from twitchlib.twitches import Recording
from twitchlib.words import SMALL_N, newtons

__all__ = ["plot_settings", "plot_unnamed"]

_PIECES: Final = 1200
_THROBS: Final = 0.5
"""Least strength of its rhythm at which a long event is said to throb."""
_SILENT: Final = 0.05
"""EMG at its quietest, as a share of that of the events, up to which they are said to fade away."""
_EVEN: Final = 0.15
"""Greatest spread of pauses that count as even, as a fraction of their mean."""


def plot_unnamed(recording: Recording) -> go.Figure:
    """Draw EMG and force of a recording without revealing its kind.

    Parameters
    ----------
    recording : Recording
        The recording to show.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> plot_unnamed(twitches.simulate("clonus", seed=1, duration_s=4)).layout.title.text
    'A recording to name'
    """
    unit, scale = ("N", 1) if recording.force_n.max() >= SMALL_N else ("mN", 1000)
    emg_s, emg_mv = outline(recording.time_s, recording.emg_mv, _PIECES)
    force_s, force = outline(recording.time_s, recording.force_n * scale, _PIECES)
    reach_mv = 1.08 * float(np.abs(recording.emg_mv).max())
    starts, lengths = _times(recording)
    return figure(
        [
            line(emg_s, emg_mv, _("EMG"), LIGHT["nerve"], 1)
            | {"hovertemplate": "%{x:.2f} s: %{y:.2f} mV<extra></extra>"},
            line(force_s, force, _("force"), LIGHT["muscle"], 2.5)
            | {"yaxis": "y2", "hovertemplate": f"%{{x:.2f}} s: %{{y:.3g}} {unit}<extra></extra>"},
        ],
        title=_("A recording to name"),
        description=describe(recording),
        height=400,
        x={"title": _("Time (s)"), "range": [0, recording.duration_s], "anchor": "y2"},
        y={
            "title": _("EMG (mV)"),
            "range": [-reach_mv, reach_mv],
            "domain": [0.46, 1],
            "nticks": 5,
        },
        yaxis2={
            "title": {"text": _("Force ({unit})", unit=unit)},
            "range": [0, 1.08 * float(recording.force_n.max()) * scale],
            "domain": [0, 0.38],
            "nticks": 4,
        },
        table={
            "columns": [
                _("gap") if _gaps(recording) else _("burst"),
                _("begins (s)"),
                _("lasts (ms)"),
            ],
            "rows": [
                [number, round(float(start), 2), round(1000 * float(length))]
                for number, (start, length) in enumerate(zip(starts, lengths, strict=True), 1)
            ],
        },
    )


def plot_settings(tried: Mapping[int, Match]) -> go.Figure:
    """Draw what a detector found, missed and invented at several settings, without any score.

    Parameters
    ----------
    tried : Mapping of int to Match
        The detected and the true events, by how sure the detector was asked to be.

    Examples
    --------
    >>> from twitchlib import emg
    >>> plot_settings({6: emg.Match([1, 2, 3], [1, 2]), 9: emg.Match([1], [1, 2])}).layout.meta[
    ...     "description"
    ... ]
    'Of 2 potentials, found, missed, and bars on noise: at 6: 2, 0, 1; at 9: 1, 1, 0.'
    """
    settings = list(tried)
    matches = list(tried.values())
    counts = {
        _("found"): [match.hits for match in matches],
        _("missed"): [match.missed for match in matches],
        _("bars on noise"): [match.extra for match in matches],
    }
    colours = (LIGHT["calm"], LIGHT["attention"], LIGHT["muted"])
    dashes = ("solid", "dash", "dot")
    rows = [[one, *numbers] for one, *numbers in zip(settings, *counts.values(), strict=True)]
    most = max(max(numbers) for numbers in counts.values())
    return figure(
        [
            line(range(len(settings)), numbers, name, colour, 2)
            | {
                "mode": "lines+markers+text",
                "text": [*[""] * (len(settings) - 1), name],
                "textposition": "top left",  # untranslated: plotly's word
                "textfont": {"size": 14, "color": colour},
                "cliponaxis": False,
                "line": {"color": colour, "width": 2, "dash": dash},
                "hovertemplate": f"{name}: %{{y}}<extra></extra>",
            }
            for (name, numbers), colour, dash in zip(counts.items(), colours, dashes, strict=True)
        ],
        title=_("One recording, {n} settings", n=len(settings)),
        description=_(
            "Of {n} potentials, found, missed, and bars on noise: {counts}.",
            n=matches[0].true_s.size,
            counts="; ".join(
                _(
                    "at {setting}: {found}, {missed}, {extra}",
                    setting=row[0],
                    found=row[1],
                    missed=row[2],
                    extra=row[3],
                )
                for row in rows
            ),
        ),
        height=320,
        x={
            "title": _("How sure to be"),
            "tickvals": list(range(len(settings))),
            "ticktext": [str(setting) for setting in settings],
        },
        y={"title": _("How many"), "range": [-0.05 * most, 1.15 * most]},
        table={"columns": [_("How sure to be"), *counts], "rows": rows},
    )


def describe(recording: Recording) -> str:
    """Return the features of a recording, without its name.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> describe(twitches.simulate("spasm", preset="stretched", seed=5, duration_s=10))
    'In 10 s of EMG there is 1 burst; it lasts 7.0 s. In it, about 20 of 120 motor units fire, \
each about 14 times a second. The force reaches 0.55 N. The recording is synthetic.'
    """
    sentences = [_events_text(recording)]
    if recording.events:
        if not _gaps(recording):
            firing = _firing(recording)
            sentences.append(
                ngettext(
                    "In it, {firing}.", "In each, {firing}.", len(recording.events), firing=firing
                )
            )
            if _duration_s(recording) >= 1:
                sentences += _throb(recording)
        force = newtons(recording.force_n.max(), ".2g")
        sentences.append(_("The force reaches {force}.", force=force))
    return " ".join([*sentences, _("The recording is synthetic.")])


def _duration_s(recording: Recording) -> float:
    return float(np.median(_times(recording)[1]))


def _throb(recording: Recording) -> list[str]:
    """Return how a long event swells and fades, if it does."""
    found = analyse(recording).features
    if found.rhythm_share < _THROBS:
        return []
    throb = _("It throbs about {rate:.0f} times a second", rate=found.rhythm_hz)
    if found.rest_share < _SILENT:
        return [_("{throb}, and every few seconds it fades away.", throb=throb)]
    return [_("{throb}, and never falls silent.", throb=throb)]


def _events_text(recording: Recording) -> str:
    """Return the number, duration and rhythm of the events."""
    starts, lengths = _times(recording)
    seconds, count = recording.duration_s, lengths.size
    if not count:
        return _("In {duration_s:g} s of EMG there is nothing but noise.", duration_s=seconds)
    events = (
        ngettext("{n} gap", "{n} gaps", count)
        if _gaps(recording)
        else ngettext("{n} burst", "{n} bursts", count)
    )
    length = _duration(np.median(lengths))
    if count == 1:
        return _(
            "In {duration_s:g} s of EMG there is {events}; it lasts {length}.",
            duration_s=seconds,
            events=events,
            length=length,
        )
    if count == 2:
        return _(
            "In {duration_s:g} s of EMG there are {events} of about {length} each.",
            duration_s=seconds,
            events=events,
            length=length,
        )
    return _(
        "In {duration_s:g} s of EMG there are {events} of about {length} each, {rhythm}.",
        duration_s=seconds,
        events=events,
        length=length,
        rhythm=_rhythm(starts),
    )


def _times(recording: Recording) -> tuple[FloatArray, FloatArray]:
    """Return the onset and duration of each event, in seconds."""
    times = np.array([(event.onset_s, event.offset_s) for event in recording.events]).reshape(-1, 2)
    return times[:, 0], times[:, 1] - times[:, 0]


def _inside(recording: Recording) -> list[dict[str, Any]]:
    """Return the spikes of each event, sorted by time."""
    time_s, unit = recording.discharges.time_s, recording.discharges.unit
    spans = [np.searchsorted(time_s, [e.onset_s, e.offset_s]) for e in recording.events]
    return [{"time_s": time_s[i:j], "unit": unit[i:j]} for i, j in spans]


def _gaps(recording: Recording) -> bool:
    """Return whether the events are gaps in continuous firing rather than bursts."""
    spikes = sum(event["unit"].size for event in _inside(recording))
    lengths = _times(recording)[1]
    share_of_time = lengths.sum() / recording.duration_s
    share_of_spikes = spikes / max(recording.discharges.unit.size, 1)
    return bool(share_of_spikes < share_of_time / 2)


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.0f} ms"


def _rhythm(starts: FloatArray) -> str:
    pauses = np.diff(starts)
    if pauses.std() <= _EVEN * pauses.mean():
        return _("one every {pause}, evenly", pause=_duration(pauses.mean()))
    return _(
        "at uneven times, {shortest_s:.1f} to {longest_s:.1f} s apart",
        shortest_s=pauses.min(),
        longest_s=pauses.max(),
    )


def _firing(recording: Recording) -> str:
    """Return how many units fire in an event, and how fast."""
    events = _inside(recording)
    units = round(float(np.median([np.unique(event["unit"]).size for event in events])))
    firing = ngettext(
        "{n} motor unit fires",
        "about {n} of {all_units} motor units fire",
        units,
        all_units=POOL.units,
    )
    intervals = [
        interval
        for event in events
        for unit in np.unique(event["unit"])
        for interval in np.diff(event["time_s"][event["unit"] == unit])
    ]
    fires = sum(event["unit"].size for event in events)
    if not intervals:
        return _("{units_fire} once", units_fire=firing)
    if len(intervals) < fires / 2:
        return _("{units_fire}, mostly once", units_fire=firing)
    rate_hz = 1 / np.median(intervals)
    if units == 1:
        return _(
            "{units_fire}, about {rate_hz:.0f} times a second", units_fire=firing, rate_hz=rate_hz
        )
    return _(
        "{units_fire}, each about {rate_hz:.0f} times a second", units_fire=firing, rate_hz=rate_hz
    )
