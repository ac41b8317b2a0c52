"""The look of every figure: one layout in the light colours of the palette."""

from typing import Any, Final

import plotly.graph_objects as go

from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT

__all__ = ["FONT", "TEMPLATE", "figure", "joined"]

FONT: Final = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, "
    "'Helvetica Neue', Arial, sans-serif"  # untranslated: names of fonts
)

_AXIS: Final = {
    "automargin": True,
    "color": LIGHT["muted"],
    "fixedrange": True,
    "gridcolor": LIGHT["grid"],
    "linecolor": LIGHT["line"],
    "nticks": 6,
    "tickfont": {"size": 14},
    # The margins make room for every label. To look for labels without room, plotly would measure
    # all of them once for each: a fifth of the time that a figure takes to appear.
    "ticklabeloverflow": "allow",
    "title": {"font": {"size": 14}, "standoff": 12},
    "zeroline": False,
}

# A template of our own, instead of plotly's: what all figures share is checked once, and a slider
# does not send plotly's large default to the page.
TEMPLATE: Final = go.layout.Template(
    layout={
        "font": {"color": LIGHT["ink"], "family": FONT, "size": 14},
        "hoverlabel": {"font": {"family": FONT, "size": 14}},
        "margin": {"b": 8, "l": 8, "r": 16, "t": 56},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "title": {"font": {"size": 20}, "x": 0, "xanchor": "left", "xref": "container"},
        "xaxis": _AXIS | {"showgrid": False, "showline": True},
        "yaxis": _AXIS,
    }
)


def figure(
    traces: list[Any],
    *,
    title: str,
    description: str,
    x: dict[str, Any],
    y: dict[str, Any],
    height: int,
    table: dict[str, Any] | None = None,
    clock: float | tuple[float, float] | None = None,
    **layout: Any,
) -> go.Figure:
    """Return a figure in the house style.

    Parameters
    ----------
    traces : list
        Plotly traces.
    title : str
        What the figure shows, in a few words; also its accessible name.
    description : str
        A sentence made from the result, for all readers and for those who cannot see the figure.
    x, y : dict
        The axes, each with a ``title`` (str) that carries its unit, or is empty.
    height : int
        Height in pixels; the width follows the page.
    table : dict, optional
        ``{"columns": [...], "rows": [[...], ...]}`` if a table in words says more than the traces'
        own numbers.
    clock : float or (float, float), optional
        Seconds per unit of the x axis, if that is time, so that a drawing and its figures show the
        same moment. A second number says where on the axis their time begins.
    **layout
        Any other layout options of plotly.
    """
    meta: dict[str, Any] = {"description": description}
    if table is not None:
        meta["table"] = table
    if clock is not None:
        meta["clock"], meta["clock_from"] = clock if isinstance(clock, tuple) else (clock, 0)
    style = {
        "template": TEMPLATE,
        "title": {"text": title},
        "height": height,
        "meta": meta,
        "xaxis": _axis(**x),
        "yaxis": _axis(**y),
    }
    # Unchecked, since a slider waits for it; the tests have plotly check every figure.
    return go.Figure(data=traces, layout=style | layout, _validate=False)


def _axis(*, title: str, **axis: Any) -> dict[str, Any]:
    # Plotly would keep room even for an empty title.
    return axis | ({"title": {"text": title}} if title else {})


def joined(words: list[str]) -> str:
    """Return words as a list in a sentence: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("{words} and {last}", words=", ".join(words[:-1]), last=words[-1])
