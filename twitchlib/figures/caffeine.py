"""The figure of caffeine in the body through the day."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.arrays import checked_number
from twitchlib.figures._traces import marks
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT
from twitchlib.physiology.caffeine import ADULT, Caffeine, Dose, body_load
from twitchlib.quantity import describe as quantities

__all__ = ["plot_day"]

# A day is shown from waking to the next morning, so that what remains at night is visible.
START_H: Final = 6
END_H: Final = 30
_TIMES_H: Final = np.linspace(START_H, END_H, 289)
_TOP_MG: Final = 200
_FURTHEST_H: Final = 87_660


def plot_day(
    doses: Sequence[Dose | tuple[float, float]],
    *,
    bedtime_h: float = 23,
    caffeine: Caffeine = ADULT,
) -> go.Figure:
    """Draw the caffeine in the body from 6 in the morning to 6 the next.

    Parameters
    ----------
    doses : sequence of Dose or (time_h, dose_mg)
        The drinks, with ``time_h`` in hours after midnight.
    bedtime_h : float
        Bedtime in hours after midnight, going on beyond 24 (25 is one in the morning).
    caffeine : Caffeine
        The body; by default an adult of 70 kg with a half-life of 5 h.

    Notes
    -----
    The shaded band spans the half-lives found in adults, 1.5 to 9.5 h (the range of
    `physiology.caffeine.Caffeine.half_life_h`), all else being equal.

    Examples
    --------
    >>> plot_day([(8, 90), (17, 40)]).layout.title.text
    '29 mg of caffeine still there at bedtime'
    """
    doses = _as_doses(doses)
    spread = quantities(Caffeine)["half_life_h"]
    times = np.sort(np.append(_TIMES_H, bedtime_h))
    typical = body_load(caffeine, doses, times).caffeine_mg
    slow = body_load(caffeine.replace(half_life_h=spread.high), doses, times).caffeine_mg
    fast = body_load(caffeine.replace(half_life_h=spread.low), doses, times).caffeine_mg
    left = float(body_load(caffeine, doses, [bedtime_h]).caffeine_mg[0])
    top = max(_TOP_MG, _TOP_MG * float(np.ceil(slow.max() * 1.05 / _TOP_MG)))
    band = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    traces: list[Any] = [
        go.Scatter(x=times, y=slow, name=_half_life(spread.high), **band),
        go.Scatter(
            x=times,
            y=fast,
            name=_half_life(spread.low),
            fill="tonexty",
            fillcolor=LIGHT["grid"],
            **band,
        ),
        go.Scatter(
            x=times,
            y=typical,
            name=_half_life(caffeine.half_life_h),
            mode="lines",
            line={"color": LIGHT["ink"], "width": 3},
            customdata=[clock(time) for time in times],
            hovertemplate="%{customdata}: %{y:.0f} mg<extra></extra>",
        ),
        marks(
            [dose.time_h for dose in doses],
            [0] * len(doses),
            _("drinks"),
            {"symbol": "triangle-up", "size": 13, "color": LIGHT["ink"]},
            "%{customdata}",
        )
        | {
            "cliponaxis": False,
            "customdata": [f"{clock(dose.time_h)}: {dose.dose_mg:g} mg" for dose in doses],
        },
        marks(
            [bedtime_h],
            [left],
            _("bedtime"),
            {"size": 11, "color": LIGHT["attention"]},
            _("at bedtime: %{y:.0f} mg"),
        ),
    ]
    late = bedtime_h > 22
    return figure(
        traces,
        title=_("{left_mg:.0f} mg of caffeine still there at bedtime", left_mg=left),
        description=describe(doses, bedtime_h=bedtime_h, caffeine=caffeine),
        height=420,
        clock=(3600, START_H),
        x={
            "title": _("Time of day (h:min)"),
            "tickvals": list(range(START_H, END_H + 1, 6)),
            "ticktext": [clock(time) for time in range(START_H, END_H + 1, 6)],
            "range": [START_H, END_H],
        },
        y={"title": _("Caffeine in the body (mg)"), "range": [0, top]},
        shapes=[
            {
                "type": "line",
                "x0": bedtime_h,
                "x1": bedtime_h,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": LIGHT["attention"], "width": 2, "dash": "dot"},
            }
        ],
        annotations=[
            {
                "x": bedtime_h,
                "y": 1,
                "yref": "paper",
                "yanchor": "top",
                "xanchor": "right" if late else "left",
                "xshift": -6 if late else 6,
                "showarrow": False,
                "text": _("bedtime {time}", time=clock(bedtime_h)),
                "font": {"color": LIGHT["attention"]},
            }
        ],
    )


def _half_life(half_life_h: float) -> str:
    return _("half-life {half_life_h:g} h", half_life_h=half_life_h)


def _as_doses(doses: Sequence[Dose | tuple[float, float]]) -> list[Dose]:
    return [dose if isinstance(dose, Dose) else Dose(*dose) for dose in doses]


def describe(
    doses: Sequence[Dose | tuple[float, float]],
    *,
    bedtime_h: float = 23,
    caffeine: Caffeine = ADULT,
) -> str:
    """Return the day in one sentence.

    Parameters are those of `plot_day`.

    Examples
    --------
    >>> describe([(8, 90)])  # doctest: +ELLIPSIS
    '1 drink with 90 mg in all; the body holds the most at 08:40 (82 mg), and 12 mg at bedtime, ...'
    """
    doses = _as_doses(doses)
    if not doses:
        return _("No drink with caffeine: nothing in the body all day.")
    load = body_load(caffeine, doses, _TIMES_H).caffeine_mg
    left = float(body_load(caffeine, doses, [bedtime_h]).caffeine_mg[0])
    peak = int(np.argmax(load))
    return _(
        "{drinks} with {total_mg:g} mg in all; the body holds the most at {peak} "
        "({peak_mg:.0f} mg), and {left_mg:.0f} mg at bedtime, {bedtime}.",
        drinks=ngettext("{n} drink", "{n} drinks", len(doses)),
        total_mg=sum(dose.dose_mg for dose in doses),
        peak=clock(_TIMES_H[peak]),
        peak_mg=load[peak],
        left_mg=left,
        bedtime=clock(bedtime_h),
    )


def clock(time_h: float) -> str:
    """Return hours after midnight as a clock time.

    Raises
    ------
    NotAllowedError
        If `time_h` is not a number of hours within ten years of midnight.

    Examples
    --------
    >>> clock(8.5), clock(25)
    ('08:30', '01:00')
    """
    # Any time will do; the limit of ten years only excludes what cannot be one.
    time_h = checked_number("time_h", time_h, low=-_FURTHEST_H, high=_FURTHEST_H, unit="h")
    minutes = round(time_h * 60) % (24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
