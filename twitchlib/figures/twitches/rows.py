"""Rows of signals above one time axis."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.figures._traces import line, outline, strokes
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT
from twitchlib.physiology.motor_units import POOL
from twitchlib.twitches import Recording

__all__ = ["Row", "reach", "stacked", "trace"]

_POINTS: Final = 400
# If more units are active than the first number, only every n-th is drawn, n being the second.
_THINNED: Final = ((60, 10), (20, 3), (0, 1))
_HALF_STROKE: Final = 4
_LEAST: Final = 1e-3
# The rise time of the fastest unit; a signal sampled that finely needs no envelope.
_SHORTEST_TWITCH_S: Final = 0.03
_AXES: Final[Mapping[str, dict[str, Any]]] = {
    "units": {"title": _("Motor<br>unit no."), "tickvals": [1, 60, 120]},
    "emg": {"title": _("EMG (mV)"), "nticks": 4},
    "force": {"title": _("Force (N)"), "nticks": 4},
    "angle": {"title": _("Angle of<br>the foot (°)"), "nticks": 4},
}
_HEIGHT: Final = {2: 420, 3: 560}
_EACH: Final = 160
_GAP: Final = 0.06
_NAMED_GAP: Final = 0.08  # room for a name, even on a phone
_LATE: Final = 0.8
# The axis of the angle spans this and grows in steps, so that few moves of a slider change it.
_ANGLES: Final = (-5, 15)
_ANGLE_STEP: Final = 5
# Ends of the other axes, times a power of ten, for the same reason.
_SIZES: Final = (1, 1.5, 2, 3, 5, 7, 10)


@dataclass(frozen=True)
class Row:
    """One row of a figure.

    Attributes
    ----------
    signal : str
        The signal on its axis: ``"units"``, ``"emg"``, ``"force"`` or ``"angle"``.
    traces : list of dict
        The traces drawn in it.
    span : tuple of float
        Both ends of its axis.
    heading : str
        Name of the row, if it needs one.
    share : float
        Its height relative to the others.
    """

    signal: str
    traces: list[dict[str, Any]]
    span: tuple[float, float]
    heading: str = ""
    share: float = 1


def trace(recording: Recording, signal: str) -> dict[str, Any]:
    """Return a signal of a recording as a line; of many active units only some are drawn."""
    if signal == "units":
        unit, time_s = recording.discharges.unit, recording.discharges.time_s
        active = np.unique(unit).size
        shown = unit % next((every for most, every in _THINNED if active > most), 1) == 0
        x, y = strokes(time_s[shown], unit[shown], _HALF_STROKE)
        return line(x, y, "spikes", LIGHT["nerve"], 1.5) | {"hoverinfo": "skip"}
    name, unit_name = {"emg": ("emg_mv", "mV"), "force": ("force_n", "N")}.get(
        signal, ("angle_deg", "°")
    )
    every = max(recording.emg_mv.size // _POINTS, 1)
    if signal == "emg" or every > _SHORTEST_TWITCH_S * recording.sample_hz:
        x, y = outline(recording.time_s, recording.traces[name], _POINTS)
    else:
        x, y = recording.time_s[::every], recording.traces[name][::every]
    colour, width = (LIGHT["nerve"], 1.0) if signal == "emg" else (LIGHT["muscle"], 2.5)
    hover = f"%{{x:.2f}} s: %{{y:.3g}} {unit_name}<extra></extra>"
    return line(x, y, signal, colour, width) | {"hovertemplate": hover}


def reach(signal: str, recordings: Sequence[Recording]) -> tuple[float, float]:
    """Return the range of an axis that holds a signal of all these recordings."""
    if signal == "units":
        return (-_HALF_STROKE, POOL.units + 2 * _HALF_STROKE)
    if signal == "angle":
        angles = np.concatenate([one.traces["angle_deg"] for one in recordings])
        low, high = angles.min() / _ANGLE_STEP, angles.max() / _ANGLE_STEP
        return (
            min(_ANGLE_STEP * math.floor(low), _ANGLES[0]),
            max(_ANGLE_STEP * math.ceil(high), _ANGLES[1]),
        )
    name = "emg_mv" if signal == "emg" else "force_n"
    highest = max(_LEAST, *(float(np.abs(one.traces[name]).max()) for one in recordings))
    decade = 10.0 ** math.floor(math.log10(highest))
    top = 1.05 * next(decade * size for size in _SIZES if decade * size >= highest)
    return (-top, top) if signal == "emg" else (-0.04 * top, top)


def stacked(
    rows: Sequence[Row],
    *,
    title: str,
    description: str,
    until_s: float,
    table: dict[str, Any] | None = None,
    marks: Mapping[str, float] | None = None,
) -> go.Figure:
    """Return rows from top to bottom above one time axis.

    Parameters
    ----------
    rows : sequence of Row
        Two or more.
    title, description, table
        As in `theme.figure`.
    until_s : float
        End of the time axis.
    marks : Mapping of str to float, optional
        Moments to name, in seconds.
    """
    gap = _NAMED_GAP if any(row.heading for row in rows) else _GAP
    whole = (1 - gap * (len(rows) - 1)) / sum(row.share for row in rows)
    top = 1.0
    traces, axes, labels = [], {}, []
    for place, row in enumerate(rows):
        height = whole * row.share
        number = "" if place == 0 else str(place + 1)
        traces += [one | {"yaxis": f"y{number}"} for one in row.traces]
        look = _AXES[row.signal] | {
            "range": list(row.span),
            "domain": [max(round(top - height, 4), 0), round(top, 4)],
        }
        axes[f"yaxis{number}"] = look if place == 0 else look | {"title": {"text": look["title"]}}
        if row.heading:
            labels.append(_label(f"<b>{row.heading}</b>", 0, top) | {"xref": "paper", "xshift": 4})
        top -= height + gap
    dotted = {"color": LIGHT["attention"], "width": 1.5, "dash": "dot"}
    vertical = {"type": "line", "y0": 0, "y1": 1, "yref": "paper", "line": dotted}
    coloured = {"font": {"color": LIGHT["attention"]}}
    moments = marks or {}
    return figure(
        traces,
        title=title,
        description=description,
        height=_HEIGHT.get(len(rows), _EACH * len(rows)),
        clock=1,
        table=table,
        x={"title": _("Time (s)"), "range": [0, until_s], "anchor": f"y{len(rows)}"},
        y=axes.pop("yaxis"),
        annotations=labels
        + [
            _label(name, at_s, 1)
            | coloured
            | {"xanchor": "left" if at_s < _LATE * until_s else "right"}
            for name, at_s in moments.items()
        ],
        shapes=[vertical | {"x0": at_s, "x1": at_s} for at_s in moments.values()],
        **axes,
    )


def _label(words: str, x: float, y: float) -> dict[str, Any]:
    return {
        "x": x, "xanchor": "left", "y": y, "yref": "paper", "yanchor": "bottom", "text": words,
        "showarrow": False,
    }  # fmt: skip
