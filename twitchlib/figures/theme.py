"""How every figure looks: one layout, drawn in the light colours of the palette."""

from typing import Any, Final

import plotly.graph_objects as go

from twitchlib.palette import LIGHT

__all__ = ["FONT", "figure", "joined"]

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

_SMALL: Final = 14


def figure(
    traces: list[Any],
    *,
    title: str,
    description: str,
    x: dict[str, Any],
    y: dict[str, Any],
    height: int,
    table: dict[str, Any] | None = None,
    **layout: Any,
) -> go.Figure:
    """Return a figure in the house style.

    Parameters
    ----------
    traces : list
        Plotly traces.
    title : str
        What is seen, in a few words; also the figure's accessible name.
    description : str
        One sentence made from the result, for those who cannot see it and for all.
    x, y : dict
        The axes, each with a ``title`` (str) that carries its unit.
    height : int
        Height in pixels; the width follows the page.
    table : dict, optional
        ``{"columns": [...], "rows": [[...], ...]}`` where a table in words says more than the
        traces' own numbers.
    **layout
        Anything else of plotly's layout.
    """
    meta: dict[str, Any] = {"description": description}
    if table is not None:
        meta["table"] = table
    axis = {
        "color": LIGHT["muted"],
        "gridcolor": LIGHT["grid"],
        "linecolor": LIGHT["line"],
        "tickfont": {"size": _SMALL},
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "nticks": 6,
    }
    x, y = _titled(x), _titled(y)
    style: dict[str, Any] = {
        "title": {
            "text": title,
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "font": {"size": 20, "color": LIGHT["ink"]},
        },
        "font": {"family": FONT, "size": _SMALL, "color": LIGHT["ink"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 16, "t": 56, "b": 8},
        "height": height,
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT, "size": _SMALL}},
        "meta": meta,
        "xaxis": axis | {"showgrid": False, "showline": True} | x,
        "yaxis": axis | y,
    }
    return go.Figure(data=traces, layout=style | layout)


def _titled(axis: dict[str, Any]) -> dict[str, Any]:
    title = {"text": axis["title"], "font": {"size": _SMALL}, "standoff": 12}
    return axis | {"title": title}


def joined(words: list[str]) -> str:
    """Return words as a sentence lists them: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
