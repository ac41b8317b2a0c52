"""The figure of a junction at work: end-plate potentials against the muscle fibre's threshold."""

import math
from typing import Any, Final

import plotly.graph_objects as go

from twitchlib.figures._traces import marks
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT
from twitchlib.physiology.junction import HUMAN, Junction, JunctionRun

__all__ = ["plot_impulses"]

_TOP_MV: Final = 40
_GROWTH_MV: Final = 20
_APART_MV: Final = 7


def plot_impulses(
    run: JunctionRun, before: JunctionRun | None = None, *, junction: Junction = HUMAN
) -> go.Figure:
    """Draw the end-plate potential of each impulse, and which impulses made the muscle fibre fire.

    An impulse that fails is distinguished from one that gets through by its marker, not only by
    colour.

    Parameters
    ----------
    run : JunctionRun
        The run to show.
    before : JunctionRun, optional
        An earlier run, whose mean is drawn as a faint line.
    junction : Junction
        The junction of the run, for its threshold.

    Examples
    --------
    >>> from twitchlib.physiology.junction import simulate
    >>> plot_impulses(simulate(Junction(), 40, magnesium_mm=6, seed=0)).layout.title.text
    'None of 40 impulses gets through'
    """
    through = run.transmitted
    threshold = junction.threshold_mv
    bars = {
        "type": "bar",
        "x": run.impulse,
        "y": run.epp_mv,
        "width": 0.12,
        "marker": {"color": LIGHT["line"]},
        "hoverinfo": "skip",
        "name": _("height"),
    }
    traces: list[Any] = [
        bars,
        _marks(run, through, _("gets through"), {"symbol": "circle", "color": LIGHT["nerve"]}),
        _marks(run, ~through, _("fails"), {"symbol": "x-thin-open", "color": LIGHT["attention"]}),
    ]
    shapes = [_level(threshold, LIGHT["attention"], "dot", 2)]
    labels = [
        _name(threshold, _("threshold<br>{threshold_mv:g} mV", threshold_mv=threshold), "attention")
    ]
    sentence = describe(run, junction=junction)
    if before is not None:
        mean_mv = float(before.epp_mv.mean())
        shapes.append(_level(mean_mv, LIGHT["line"], "solid", 1.5))
        # Far enough from the name of the threshold.
        side = 1 if mean_mv > threshold else -1
        away_mv = max(abs(mean_mv - threshold), _APART_MV)
        labels.append(_name(threshold + side * away_mv, _("mean<br>before"), "muted"))
        sentence += " " + _("Faint line: the mean before, {mean_mv:.1f} mV.", mean_mv=mean_mv)
    return figure(
        traces,
        title=_title(run),
        description=sentence,
        height=400,
        clock=1,  # a scene counts impulses, too
        table={
            "columns": [
                _("Impulse"),
                _("Packets"),
                _("End-plate potential (mV)"),
                _("Muscle fibre"),
            ],
            "rows": [
                [int(i), int(n), round(float(v), 2), _("fires") if ok else _("stays silent")]
                for i, n, v, ok in zip(run.impulse, run.quanta, run.epp_mv, through, strict=True)
            ],
        },
        x={"title": _("Impulse (number)"), "range": [0, run.impulse.size + 1]},
        y={"title": _("End-plate potential (mV)"), "range": [0, _top_mv(run)]},
        margin={"r": 76},
        shapes=shapes,
        annotations=labels,
    )


def _name(mv: float, words: str, colour: str) -> dict[str, Any]:
    return {
        "x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "y": mv, "align": "left",
        "text": words, "font": {"color": LIGHT[colour]}, "showarrow": False,
    }  # fmt: skip


def _top_mv(run: JunctionRun) -> float:
    """Return the upper end of the axis, which stays put until it must grow."""
    return max(_TOP_MV, _GROWTH_MV * math.ceil(float(run.epp_mv.max()) / _GROWTH_MV))


def _marks(run: JunctionRun, chosen: Any, name: str, look: dict[str, str]) -> dict[str, Any]:
    marker = {"size": 9, "line": {"width": 2.5, "color": look["color"]}} | look
    hover = _("impulse %{x}: %{y:.1f} mV") + f", {name}"
    return marks(run.impulse[chosen], run.epp_mv[chosen], name, marker, hover)


def _level(mv: float, colour: str, dash: str, width: float) -> dict[str, Any]:
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": mv, "y1": mv, "line": line}


def _title(run: JunctionRun) -> str:
    passed, total = int(run.transmitted.sum()), run.impulse.size
    if passed == total:
        return _("All {impulses} impulses get through", impulses=total)
    if passed == 0:
        return _("None of {impulses} impulses gets through", impulses=total)
    return ngettext(
        "{n} of {impulses} impulses gets through",
        "{n} of {impulses} impulses get through",
        passed,
        impulses=total,
    )


def describe(run: JunctionRun, *, junction: Junction = HUMAN) -> str:
    """Return a run in one sentence.

    Examples
    --------
    >>> from twitchlib.physiology.junction import simulate
    >>> describe(simulate(Junction(), 40, magnesium_mm=6, seed=0))  # doctest: +ELLIPSIS
    'None of 40 impulses gets through; on average 2.0 packets make 1.9 mV, 0.2 times the thr...'
    """
    mean_mv = float(run.epp_mv.mean())
    return _(
        "{impulses}; on average {packets:.1f} packets make {mean_mv:.1f} mV, "
        "{times:.1f} times the threshold.",
        impulses=_title(run),
        packets=run.quanta.mean(),
        mean_mv=mean_mv,
        times=mean_mv / junction.threshold_mv,
    )
