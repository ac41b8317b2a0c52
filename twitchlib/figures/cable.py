"""The figure of spikes that travel along an axon: voltage against time, a row for each place."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.arrays import FloatArray
from twitchlib.figures._traces import line, marks
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT
from twitchlib.physiology.cable import CableRun, Stretch

__all__ = ["plot_run"]

_ROWS: Final = 12
_REST_MV: Final = -80
# The height of a spike of 110 mV, in rows.
_HIGH_ROWS: Final = 1.5
_SPIKE_MV: Final = 110
_EDGE_NODES: Final = 2


def speed_m_s(run: CableRun, start: int) -> float:
    """Return the mean speed of a spike from where it began to the farther end of the axon.

    The nodes nearest to either end are left out: there it is still forming, or has no axon ahead.

    Examples
    --------
    >>> from twitchlib.physiology import cable
    >>> round(speed_m_s(cable.simulate(cable.MyelinatedAxon(), [cable.Injection()], 2), 0))
    56
    """
    last = run.node_mm.size - 1
    up = last - start >= start
    ends = [start + _EDGE_NODES, last - _EDGE_NODES] if up else [_EDGE_NODES, start - _EDGE_NODES]
    taken_ms = np.diff(run.arrival_ms[ends])[0]
    return float(abs(np.diff(run.node_mm[ends])[0] / taken_ms))


def plot_run(
    run: CableRun,
    before: CableRun | None = None,
    *,
    stretches: Sequence[Stretch] = (),
    about: str = "",
    clocked: bool = True,
) -> go.Figure:
    """Draw the voltage over time at several places along an axon, each in its own row.

    Parameters
    ----------
    run : CableRun
        The run to show.
    before : CableRun, optional
        An earlier run; a faint line shows when its spike reached each place.
    stretches : sequence of Stretch
        The stretches to mark, which differ from the rest of the axon.
    about : str
        A sentence to put before the description, saying which spike it is.
    clocked : bool
        Whether the figure follows the clock of the drawing beside it.

    Examples
    --------
    >>> from twitchlib.physiology import cable
    >>> plot_run(cable.simulate(cable.MyelinatedAxon(), [cable.Injection()], 3)).layout.title.text
    'The spike runs to the end, at 56 m/s'
    """
    length_mm = float(run.node_mm[-1])
    nodes = np.unique(np.linspace(0, run.node_mm.size - 1, _ROWS).round().astype(int))
    high_mm = _HIGH_ROWS * length_mm / _ROWS
    traces: list[Any] = [_rows(run, nodes, high_mm)]
    sentence = f"{about} {describe(run, stretches=stretches)}".strip()
    if before is not None:
        traces[:0] = _earlier(before)
        sentence += " " + _("Faint line: when the earlier spike reached each place.")
    dot = {"size": 5, "color": LIGHT["ink"]}
    hover = _("%{x:.2f} ms: fires at %{y:.1f} mm")
    traces.append(marks(*_arrivals(run), _("fires"), dot, hover))
    shapes, labels = _stretches(run, stretches)
    return figure(
        traces,
        title=_title(run, stretches),
        description=sentence,
        height=420,
        clock=0.001 if clocked else None,
        table={
            "columns": [_("Place (mm)"), _("Fires at (ms)")],
            "rows": [
                [round(float(mm), 2), round(float(ms), 3) if np.isfinite(ms) else _("never")]
                for mm, ms in zip(run.node_mm, run.arrival_ms, strict=True)
            ],
        },
        x={"title": _("Time (ms)"), "range": [0, float(run.time_ms[-1])]},
        y={
            "title": _("Place along the axon (mm)"),
            "range": [-0.05 * length_mm, length_mm + 1.15 * high_mm],
        },
        shapes=shapes,
        annotations=labels,
    )


def _rows(run: CableRun, nodes: Any, high_mm: float) -> dict[str, Any]:
    """Return the voltage at some nodes, each raised to the height of its place."""
    at = np.searchsorted(run.place_mm, run.node_mm[nodes])
    rise_mm = (run.potential_mv[:, at] - _REST_MV) / _SPIKE_MV * high_mm
    gap = np.full((1, nodes.size), np.nan)
    y = np.vstack((run.node_mm[nodes] + rise_mm, gap)).T.ravel()
    x = np.tile(np.append(run.time_ms, np.nan), nodes.size)
    return line(x, y, _("voltage"), LIGHT["nerve"], 1.8) | {"hoverinfo": "skip"}


def _arrivals(run: CableRun) -> tuple[FloatArray, FloatArray]:
    """Return when the spike arrived (to a tenth of a microsecond), and where."""
    fired = np.isfinite(run.arrival_ms)
    return np.round(run.arrival_ms[fired], 4), run.node_mm[fired]


def _earlier(run: CableRun) -> list[dict[str, Any]]:
    """Return the path of an earlier spike, and its name."""
    words = _("before")
    x, y = _arrivals(run)
    path = line(x, y, words, LIGHT["line"], 1.5) | {"hoverinfo": "skip"}
    if not x.size:
        return [path]
    name = path | {
        "x": x[-1:], "y": y[-1:], "mode": "text", "text": words,
        "textposition": "top left",  # untranslated: plotly's word
        "textfont": {"size": 14, "color": LIGHT["muted"]}, "cliponaxis": False,
    }  # fmt: skip
    return [path, name]


def _stretches(
    run: CableRun, stretches: Sequence[Stretch]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    shapes, labels = [], []
    for each in stretches:
        low, high = (float(run.node_mm[k]) for k in (each.first_node, each.last_node))
        words = _("little myelin") if each.myelin < 1 else _("other salts")
        shapes.append({
            "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high,
            "fillcolor": LIGHT["attention"], "opacity": 0.14, "line": {"width": 0},
            "layer": "below",
        })  # fmt: skip
        labels.append({
            "x": 1, "xref": "paper", "xanchor": "right", "xshift": -4, "y": high, "yanchor": "top",
            "text": words, "font": {"color": LIGHT["attention"]}, "showarrow": False,
            "bgcolor": LIGHT["page"], "opacity": 0.9,
        })  # fmt: skip
    return shapes, labels


def _bare(stretches: Sequence[Stretch]) -> Stretch | None:
    return next((each for each in stretches if each.myelin < 1), None)


def _title(run: CableRun, stretches: Sequence[Stretch]) -> str:
    starts, (low, high) = run.starts, run.reached_ends
    if not starts:
        return _("No spike")
    if len(starts) > 1:
        met = np.isfinite(run.arrival_ms[starts[0] : starts[-1]]).all()
        return _("Two spikes meet and vanish") if met else _("Two spikes, and neither arrives")
    start = starts[0]
    if 0 < start < run.node_mm.size - 1:
        if low and high:
            return _("It starts on the way and runs both ways")
        return _("It starts on the way, and one way is blocked")
    if not (low and high):
        return (
            _("The spike stops where myelin is lost")
            if _bare(stretches)
            else _("The spike stops partway")
        )
    if _bare(stretches):
        return _("The spike is held up where myelin is lost")
    return _("The spike runs to the end, at {speed:.0f} m/s", speed=speed_m_s(run, start))


def describe(run: CableRun, *, stretches: Sequence[Stretch] = ()) -> str:
    """Return a run in a sentence or two.

    Examples
    --------
    >>> from twitchlib.physiology import cable
    >>> describe(cable.simulate(cable.MyelinatedAxon(), [cable.Injection()], 3))
    'It is 23.0 mm further on after 0.39 ms. At this speed 1 m would take it 18 ms.'
    """
    if not run.starts:
        return _("No node of this axon fires.")
    if len(run.starts) > 1:
        return _met(run)
    start = run.starts[0]
    if 0 < start < run.node_mm.size - 1:
        return _both_ways(run, start)
    if not all(run.reached_ends):
        fired_mm = run.node_mm[np.isfinite(run.arrival_ms)]
        edge_mm = float(fired_mm.max() if start == 0 else fired_mm.min())
        return _("No node beyond {place_mm:.1f} mm fires: the next one gets too little current "
                 "from it.", place_mm=edge_mm)  # fmt: skip
    length_mm = float(run.node_mm[-1])
    taken_ms = float(abs(run.arrival_ms[-1] - run.arrival_ms[0]))
    bare = _bare(stretches)
    if bare is None:
        return _(
            "It is {length_mm:.1f} mm further on after {taken_ms:.2f} ms. At this speed 1 m would "
            "take it {metre_ms:.0f} ms.",
            length_mm=length_mm, taken_ms=taken_ms, metre_ms=1000 / speed_m_s(run, start),
        )  # fmt: skip
    edges = [bare.first_node, bare.last_node]
    return _(
        "It is {length_mm:.1f} mm further on after {taken_ms:.2f} ms. {lost_ms:.2f} ms of that is "
        "spent on {lost_mm:.1f} mm with little myelin.",
        length_mm=length_mm, taken_ms=taken_ms,
        lost_ms=float(abs(np.diff(run.arrival_ms[edges])[0])),
        lost_mm=float(np.diff(run.node_mm[edges])[0]),
    )  # fmt: skip


def _met(run: CableRun) -> str:
    low, high = run.starts[0], run.starts[-1]
    between = run.arrival_ms[low : high + 1]
    if not np.isfinite(between).all():
        return _("Each stops where it finds no node that can fire.")
    return _(
        "They meet at {place_mm:.1f} mm after {ms:.2f} ms. Behind each of them the axon cannot "
        "fire again yet, so neither gets through.",
        place_mm=run.meeting_mm, ms=float(between.max()),
    )  # fmt: skip


def _both_ways(run: CableRun, start: int) -> str:
    begun = _(
        "It starts by itself at {place_mm:.1f} mm, after {ms:.2f} ms.",
        place_mm=float(run.node_mm[start]), ms=float(run.arrival_ms[start]),
    )  # fmt: skip
    low, high = run.reached_ends
    if low and high:
        return begun + " " + _(
            "{low_ms:.2f} ms later it is at 0 mm, towards the spinal cord, and {high_ms:.2f} ms "
            "later at {length_mm:.1f} mm, towards the muscle.",
            low_ms=float(run.arrival_ms[0] - run.arrival_ms[start]),
            high_ms=float(run.arrival_ms[-1] - run.arrival_ms[start]),
            length_mm=float(run.node_mm[-1]),
        )  # fmt: skip
    if low:
        return begun + " " + _("It runs towards the spinal cord; towards the muscle it is blocked.")
    if high:
        return begun + " " + _("It runs towards the muscle; towards the spinal cord it is blocked.")
    return begun + " " + _("It reaches neither end.")
