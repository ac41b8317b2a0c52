"""Figures of the ions around a motor axon: their effect on its threshold and on its rest."""

import math
from typing import Any, Final, get_args

import numpy as np
import plotly.graph_objects as go

from twitchlib.arrays import FloatArray
from twitchlib.figures import membrane
from twitchlib.figures._traces import faint, marks
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT
from twitchlib.physiology._excitability_grid import DIVALENT_MM
from twitchlib.physiology.axon import AxonRun
from twitchlib.physiology.bathed_node import (
    TEST_MS,
    TOP_UA_CM2,
    Curve,
    State,
    calcium_curve,
    divalent_mm,
    potassium_curve,
    settled_mv,
    state,
    threshold_ua_cm2,
)
from twitchlib.physiology.ions import BODY, Plasma
from twitchlib.words import signed, spikes_text

__all__ = ["plot_excitability", "plot_probe"]

# The states are keys; the words for the reader are below.
_ANSWERS, _TOO_WEAK, _FIRES, _BLOCKED = get_args(State)

_TITLES: Final[dict[State, str]] = {
    _ANSWERS: _("Quiet and ready: one test pulse, one spike"),
    _TOO_WEAK: _("Quiet and hard to rouse: the test pulse fails"),
    _FIRES: _("It fires by itself, before any pulse"),
    _BLOCKED: _("Blocked: stuck too high to fire"),
}
_NOW: Final[dict[State, str]] = {
    _ANSWERS: _("now: answers"),
    _TOO_WEAK: _("now: too weak"),
    _FIRES: _("now: fires by itself"),
    _BLOCKED: _("now: blocked"),
}


def plot_probe(run: AxonRun, before: AxonRun | None = None) -> go.Figure:
    """Draw what a node does on its own, and its response to the test pulse.

    Parameters
    ----------
    run : AxonRun
        A run of `probe`.
    before : AxonRun, optional
        An earlier run, whose potential stays as a faint line.

    Examples
    --------
    >>> from twitchlib.physiology.bathed_node import probe
    >>> plot_probe(probe(Plasma(potassium_mm=3), seed=0)).layout.title.text
    'Quiet and hard to rouse: the test pulse fails'
    """
    node_state = state(run)
    answers = int((run.spike_ms >= TEST_MS).sum())
    title = _TITLES[node_state]
    if node_state == _ANSWERS and answers > 1:
        title = _("Easily upset: one test pulse, {spikes}", spikes=spikes_text(answers))
    return membrane.plot_run(
        run, before, title=title, description=_describe_probe(run), highest_ua_cm2=TOP_UA_CM2
    )


def _describe_probe(run: AxonRun) -> str:
    alone = int((run.spike_ms < TEST_MS).sum())
    after = run.spike_ms.size - alone
    return _(
        "{before} before the test pulse, {after} from then on; "
        "between spikes the potential is about {settled_mv} mV.",
        before=spikes_text(alone, begins=True),
        after=spikes_text(after),
        settled_mv=signed(settled_mv(run)),
    )


def plot_excitability(plasma: Plasma, node_state: State) -> go.Figure:
    """Draw the threshold against potassium and against calcium and magnesium, and the node now.

    Each curve is for the other ions as they are now; where those are not ordinary, the curve for
    ordinary ones is a faint line. The present state is marked on both: on the curve, at the bottom
    if the node fires on its own, or at the top if nothing makes it fire.

    Parameters
    ----------
    plasma : Plasma
        The ions around the axon now.
    node_state : str
        State of the node there, as `state` returns it for a `probe`.

    Examples
    --------
    >>> plot_excitability(Plasma(), "answers").layout.meta["description"]
    'Now: potassium 4, calcium 1.2, magnesium 0.6 mmol/L; threshold about 374 µA/cm².'
    """
    threshold = threshold_ua_cm2(plasma, node_state)
    if math.isnan(threshold):
        now_ua_cm2 = 0.0 if node_state == _FIRES else float(TOP_UA_CM2)
    else:
        now_ua_cm2 = min(threshold, TOP_UA_CM2)
    diamond = {
        "size": 15, "symbol": "diamond", "color": LIGHT["attention"],
        "line": {"color": LIGHT["page"], "width": 2},
    }  # fmt: skip
    panels = [
        (curve_of, now(plasma), now(BODY), x, y)
        for curve_of, now, x, y in (
            (potassium_curve, _potassium_mm, "x", "y"),
            (calcium_curve, divalent_mm, "x2", "y2"),
        )
    ]
    traces: list[Any] = []
    shapes: list[Any] = []
    annotations: list[Any] = []
    for curve_of, now_mm, ordinary_mm, x, y in panels:
        axes = {"xaxis": x, "yaxis": y}
        curve = curve_of(plasma).through(now_mm, threshold, node_state)
        ordinary = curve_of(BODY)
        heights = _drawn(ordinary)
        if not np.array_equal(_drawn(curve_of(plasma)), heights, equal_nan=True):
            now = curve.ion_mm, _drawn(curve)
            traces += faint(ordinary.ion_mm, heights, now, _("others ordinary"), **axes)
        traces += [
            {
                "type": "scatter",
                "x": curve.ion_mm,
                "y": _drawn(curve),
                "name": _("the other ions as they are"),
                "mode": "lines",
                "line": {"color": LIGHT["nerve"], "width": 3},
                "hovertemplate": "%{x:.2f} mmol/L: %{y:.0f} µA/cm²<extra></extra>",
                **axes,
            },
            marks([now_mm], [now_ua_cm2], _("now"), diamond, _NOW[node_state])
            | {"cliponaxis": False, **axes},
        ]
        shapes += _zones(curve, ordinary_mm, x, y)
        annotations += _zone_labels(curve, ordinary_mm, x, y)
    rows = {"range": [0, TOP_UA_CM2], "nticks": 5}
    threshold_title = _("Threshold<br>(µA/cm²)")
    return figure(
        traces,
        title=_("How hard it is to make the axon fire"),
        description=describe_excitability(plasma, threshold, node_state),
        table=_table(plasma),
        height=500,
        x={"title": _("Potassium (mmol/L)"), "range": [2, 10], "anchor": "y"},
        y={"title": threshold_title, "domain": [0.62, 1]} | rows,
        xaxis2={
            "title": {"text": f"{_DIVALENT} (mmol/L)"},
            "range": list(DIVALENT_MM[[0, -1]]),
            "anchor": "y2",
        },
        yaxis2={"title": {"text": threshold_title}, "domain": [0, 0.38]} | rows,
        shapes=shapes,
        annotations=annotations,
    )


def _potassium_mm(plasma: Plasma) -> float:
    return plasma.potassium_mm


def _drawn(curve: Curve) -> FloatArray:
    """Return the heights of a curve, just above the figure where no pulse is strong enough."""
    return np.minimum(curve.threshold_ua_cm2, 1.1 * TOP_UA_CM2)


def _zones(curve: Curve, ordinary_mm: float, x: str, y: str) -> list[dict[str, Any]]:
    """Return shading where the node is not at rest, and a line at the ordinary concentration."""
    place = {"xref": x, "yref": y + " domain", "y0": 0, "y1": 1, "layer": "below"}
    shades = [
        place
        | {
            "type": "rect",
            "x0": span[0],
            "x1": span[1],
            "line": {"width": 0},
            "fillcolor": LIGHT["grid"],
            "opacity": opacity,
        }
        for node_state, (opacity, _label) in _ZONES.items()
        if (span := curve.span(node_state))
    ]
    line = {"color": LIGHT["calm"], "width": 2, "dash": "dot"}
    return [*shades, place | {"type": "line", "x0": ordinary_mm, "x1": ordinary_mm, "line": line}]


# Opacity and label of the shading.
_ZONES: Final[dict[State, tuple[float, str]]] = {
    _FIRES: (0.6, _("fires<br>by itself")),
    _BLOCKED: (1.0, _("blocked")),
}


def _zone_labels(curve: Curve, ordinary_mm: float, x: str, y: str) -> list[dict[str, Any]]:
    place = {"xref": x, "yref": y + " domain", "y": 0.98, "yanchor": "top", "showarrow": False}
    labels = [
        place
        | {
            "x": (span[0] + span[1]) / 2,
            "text": label,
            "font": {"color": LIGHT["ink"], "size": 13},
        }
        for node_state, (_opacity, label) in _ZONES.items()
        if (span := curve.span(node_state))
    ]
    ordinary = {
        "x": ordinary_mm,
        "y": 1,
        "yanchor": "bottom",
        "text": _("ordinary"),
        "font": {"color": LIGHT["calm"], "size": 13},
    }
    return [*labels, place | ordinary]


def _table(plasma: Plasma) -> dict[str, Any]:
    rows = [
        [
            name,
            round(float(ion), 2),
            round(float(at)) if math.isfinite(at) else None,
            _ALONE[node_state],
        ]
        for name, curve in (
            (_("Potassium"), potassium_curve(plasma)),
            (_DIVALENT, calcium_curve(plasma)),
        )
        for ion, at, node_state in zip(
            curve.ion_mm, curve.threshold_ua_cm2, curve.states, strict=True
        )
    ]
    return {
        "columns": [
            _("Varied"),
            _("Concentration (mmol/L)"),
            _("Threshold (µA/cm²)"),
            _("The axon"),
        ],
        "rows": rows,
    }


_ALONE: Final[dict[State, str]] = {
    _ANSWERS: _("rests"),
    _TOO_WEAK: _("rests"),
    _FIRES: _("fires by itself"),
    _BLOCKED: _("is blocked"),
}
_DIVALENT: Final = _("Calcium + 0.3 × magnesium")


def describe_excitability(plasma: Plasma, threshold: float, node_state: State) -> str:
    """Return the present state of the node, in one sentence.

    Examples
    --------
    >>> describe_excitability(Plasma(potassium_mm=3), 498, "too weak")
    'Now: potassium 3, calcium 1.2, magnesium 0.6 mmol/L; threshold about 498 µA/cm².'
    """
    return _(
        "Now: potassium {potassium_mm:g}, calcium {calcium_mm:g}, magnesium {magnesium_mm:g} "
        "mmol/L; {push}.",
        potassium_mm=plasma.potassium_mm,
        calcium_mm=plasma.calcium_mm,
        magnesium_mm=plasma.magnesium_mm,
        push=_push(threshold, node_state),
    )


def _push(threshold: float, node_state: State) -> str:
    if node_state == _FIRES:
        return _("no push is needed: it fires by itself")
    if node_state == _BLOCKED:
        return _("no push makes it fire: it is blocked")
    if math.isinf(threshold):
        return _("no pulse of 0.1 ms is strong enough")
    return _("threshold about {threshold_ua_cm2:.0f} µA/cm²", threshold_ua_cm2=threshold)
