"""The trend of a diary: the mean of four weeks, and how sure it is."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from twitchlib.diary import Days, trend
from twitchlib.diary.trend import WINDOW_DAYS
from twitchlib.figures.diary._words import key, made_up
from twitchlib.figures.theme import figure
from twitchlib.palette import LIGHT

__all__ = ["plot_trend"]


def plot_trend(days: Days, *, synthetic: bool = False) -> go.Figure:
    """Draw each day's count and the mean of the four weeks around it, with its band.

    Parameters
    ----------
    days : Days
        A diary by days.
    synthetic : bool
        Whether the title says that a computer made it up.

    Examples
    --------
    >>> from twitchlib import diary
    >>> plot_trend(diary.daily(diary.simulate(seed=1)), synthetic=True).layout.title.text
    'A made-up diary: from 11.4 to 7.9 twitches a day'
    """
    found = trend(days)
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    traces: list[Any] = [
        go.Scatter(x=days.dates, y=found.high, name="upper end of the band", **edge),
        go.Scatter(
            x=days.dates,
            y=found.low,
            name="lower end of the band",
            fill="tonexty",
            fillcolor=LIGHT["grid"],
            **edge,
        ),
        go.Scatter(
            x=days.dates,
            y=days.twitches,
            name="count",
            mode="markers",
            marker={"size": 4, "color": LIGHT["line"]},
            hovertemplate="%{x|%d %b %Y}: %{y}<extra></extra>",
        ),
        go.Scatter(
            x=days.dates,
            y=found.mean,
            name=f"mean of {WINDOW_DAYS} days",
            mode="lines",
            line={"color": LIGHT["muscle"], "width": 3},
            hovertemplate="%{x|%d %b %Y}: %{y:.1f}<extra></extra>",
        ),
    ]
    top = max(float(np.nanmax(days.twitches, initial=1)), 5)
    drawn = np.flatnonzero(~np.isnan(found.mean))
    title, said = "Too few days for a trend", "A trend needs seven counted days within four weeks."
    if drawn.size:
        first, last = found.mean[drawn[[0, -1]]]
        title = f"From {first:.1f} to {last:.1f} twitches a day"
        said = (
            f"The mean of four weeks is {first:.1f} twitches a day at the beginning and {last:.1f} "
            f"at the end (95 % band {found.low[drawn[-1]]:.1f} to {found.high[drawn[-1]]:.1f}); it "
            f"lies between {np.nanmin(found.mean):.1f} and {np.nanmax(found.mean):.1f} all along."
        )
    return figure(
        traces,
        title=made_up(title, synthetic=synthetic),
        description=said,
        height=380,
        x={"title": "Day", "nticks": 4, "tickformat": "%b<br>%Y"},
        y={"title": "Twitches a day", "range": [0, 1.08 * top]},
        annotations=[key("● day    ━ four weeks, 95 % band")],
    )
