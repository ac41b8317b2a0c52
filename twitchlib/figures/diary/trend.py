"""The trend of a diary: a four-week mean with its confidence band."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from twitchlib.diary import Days
from twitchlib.diary.trend import WINDOW_DAYS
from twitchlib.figures.diary._words import key, titled
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT

__all__ = ["plot_trend"]


def plot_trend(days: Days, *, synthetic: bool = False) -> go.Figure:
    """Draw each day's count and the mean of the four weeks around it, with its band.

    Parameters
    ----------
    days : Days
        The days of a diary.
    synthetic : bool
        Whether the title says that a computer made it up.

    Examples
    --------
    >>> from twitchlib import diary
    >>> plot_trend(diary.simulate(seed=1).days(), synthetic=True).layout.title.text
    'A made-up diary: from 11.4 to 7.9 twitches a day'
    """
    found = days.trend()
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    traces: list[Any] = [
        go.Scatter(x=days.dates, y=found["high"], name=_("upper end of the band"), **edge),
        go.Scatter(
            x=days.dates,
            y=found["low"],
            name=_("lower end of the band"),
            fill="tonexty",
            fillcolor=LIGHT["grid"],
            **edge,
        ),
        go.Scatter(
            x=days.dates,
            y=days.twitches,
            name=_("count"),
            mode="markers",
            marker={"size": 4, "color": LIGHT["line"]},
            hovertemplate=_("%{x|%d %b %Y}: %{y}") + "<extra></extra>",
        ),
        go.Scatter(
            x=days.dates,
            y=found["mean"],
            name=_("mean of {days} days", days=WINDOW_DAYS),
            mode="lines",
            line={"color": LIGHT["muscle"], "width": 3},
            hovertemplate=_("%{x|%d %b %Y}: %{y:.1f}") + "<extra></extra>",
        ),
    ]
    top = max(float(np.nanmax(days.twitches, initial=1)), 5)
    drawn = np.flatnonzero(~np.isnan(found["mean"]))
    title = _("too few days for a trend")
    sentence = _("A trend needs seven counted days within four weeks.")
    if drawn.size:
        first, last = found["mean"][drawn[[0, -1]]]
        title = _("from {first:.1f} to {last:.1f} twitches a day", first=first, last=last)
        sentence = _(
            "The mean of four weeks is {first:.1f} twitches a day at the beginning and {last:.1f} "
            "at the end (95 % band {low:.1f} to {high:.1f}); it lies between {least:.1f} and "
            "{most:.1f} throughout.",
            first=first,
            last=last,
            low=found["low"][drawn[-1]],
            high=found["high"][drawn[-1]],
            least=np.nanmin(found["mean"]),
            most=np.nanmax(found["mean"]),
        )
    return figure(
        traces,
        title=titled(title, synthetic=synthetic),
        description=sentence,
        height=380,
        x={"title": _("Day"), "nticks": 4, "tickformat": _("%b<br>%Y")},
        y={"title": _("Twitches a day"), "range": [0, 1.08 * top]},
        annotations=[key(_("● day    ━ four weeks, 95 % band"))],
    )
