"""The calendar of a diary: one mark per day."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.diary import Days
from twitchlib.figures.diary._words import (
    counted_text,
    day_text,
    key,
    titled,
    twitches_text,
)
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT

__all__ = ["describe_days", "plot_calendar"]

_WEEK: Final = np.arange("2024-01-01", "2024-01-08", dtype="datetime64[D]")  # from a Monday
_ROWS: Final = 13  # weeks in a block of the calendar
_BLOCKS: Final = 4
_COLUMNS: Final = 8  # of a block: seven days and a gap
_LARGEST_PX: Final = 11


def plot_calendar(days: Days, *, synthetic: bool = False) -> go.Figure:
    """Draw each day's twitches as a dot in a calendar.

    Weeks run downwards in blocks of a quarter, so that a year fits on a phone. The area of a dot
    shows the day's count, up to the 95th percentile; a small ring is a day without twitches, a
    cross a day that was not counted. Of a diary longer than a year, only the last 52 weeks are
    drawn; the table has every day.

    Parameters
    ----------
    days : Days
        The days of a diary.
    synthetic : bool
        Whether the title says that a computer made it up.

    Examples
    --------
    >>> from twitchlib import diary
    >>> plot_calendar(diary.simulate(seed=1).days(), synthetic=True).layout.title.text
    'A made-up diary: 1,752 twitches on 337 counted days'
    """
    weeks = _weeks(days)
    n_blocks = max(1, -(-(int(weeks.max(initial=0)) + 1) // _ROWS))
    shown = weeks >= 0
    n_counted = int(days.counted.sum())
    column = weeks // _ROWS * _COLUMNS + _weekday(days)
    # One extreme day must not make all others look alike.
    largest = max(float(np.quantile(days.twitches[days.counted], 0.95)), 1) if n_counted else 1
    size = _LARGEST_PX * np.sqrt(np.clip(np.nan_to_num(days.twitches) / largest, 0.1, 1))
    kinds = (
        (_("twitches"), days.twitches > 0, {"symbol": "circle", "color": LIGHT["muscle"]}),
        (
            _("no twitch"),
            days.twitches == 0,
            {"symbol": "circle-open", "color": LIGHT["calm"], "size": 6},
        ),
        (
            _("not counted"),
            ~days.counted,
            {"symbol": "x-thin", "size": 4, "line": {"width": 1, "color": LIGHT["line"]}},
        ),
    )
    traces: list[Any] = []
    for name, which, marker in kinds:
        which = which & shown
        traces.append(
            go.Scatter(
                x=column[which],
                y=weeks[which] % _ROWS + 1,
                mode="markers",
                name=name,
                marker={"size": size[which], "line": {"width": 1}, **marker},
                customdata=[
                    f"{day_text(day)}: {twitches_text(count)}"
                    for day, count in zip(days.dates[which], days.twitches[which], strict=True)
                ],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    return figure(
        traces,
        title=titled(_title(days), synthetic=synthetic),
        description=describe_days(days),
        table={
            "columns": [_("Day"), _("Twitches")],
            "rows": [
                [str(day), None if np.isnan(count) else int(count)]
                for day, count in zip(days.dates, days.twitches, strict=True)
            ],
        },
        height=_ROWS * 24 + 150,
        x={"title": _("Monday to Sunday"), "range": [-1, n_blocks * _COLUMNS - 1]}
        | _block_ticks(days, n_blocks),
        y={
            "title": _("Week") if n_blocks == 1 else _("Week of the quarter"),
            "tickvals": [1, 4, 7, 10, 13],
            "range": [_ROWS + 0.8, 0.2],
            "showgrid": False,
        },
        annotations=[key(_("● many    ○ none    × not counted"))],
    )


def _weekday(days: Days) -> Any:
    return (days.dates.astype(np.int64) + 3) % 7  # the epoch was a Thursday


def _weeks(days: Days) -> Any:
    """Return each day's week, counted from the first week drawn; earlier weeks are negative."""
    if not days.dates.size:
        return np.empty(0, np.int64)
    monday = days.dates.astype(np.int64) - _weekday(days)
    week = (monday - monday[0]) // 7
    return week - max(0, int(week[-1]) + 1 - _ROWS * _BLOCKS)


def _block_ticks(days: Days, n_blocks: int) -> dict[str, Any]:
    if n_blocks == 1:
        return {"tickvals": list(range(7)), "ticktext": [day_text(day, _("EEE")) for day in _WEEK]}
    weeks = _weeks(days)
    starts = [days.dates[int(np.argmax(weeks >= block * _ROWS))] for block in range(n_blocks)]
    return {
        "tickvals": [block * _COLUMNS + 3 for block in range(n_blocks)],
        "ticktext": [_("from<br>{day}", day=day_text(start, _("d MMM"))) for start in starts],
    }


def _title(days: Days) -> str:
    n = int(days.counted.sum())
    if not n:
        return _("no day has been counted yet")
    return counted_text(np.nansum(days.twitches), n)


def describe_days(days: Days) -> str:
    r"""Return a diary's days in one or two sentences.

    Examples
    --------
    >>> from twitchlib.diary import parse
    >>> print(describe_days(parse(b"date,twitches\n2026-03-01,0\n2026-03-02,0\n").days()))
    From 1 March 2026 to 2 March 2026: twitches were counted on 2 of 2 days, none on 2 of them.
    """
    counts = days.twitches[days.counted]
    if not counts.size:
        return _("There is no count of twitches yet.")
    text = _(
        "From {first} to {last}: twitches were counted on {counted} of {all} days, none on {none} "
        "of them",
        first=day_text(days.dates[0]),
        last=day_text(days.dates[-1]),
        counted=counts.size,
        all=len(days.dates),
        none=int(np.sum(counts == 0)),
    )
    if counts.max():
        busiest = day_text(days.dates[np.nanargmax(days.twitches)])
        text = _("{text}; most on {day} ({most:g})", text=text, day=busiest, most=counts.max())
    if counts.size < len(days.dates):
        return _("{text}. A day that was not counted is not a day without twitches.", text=text)
    return f"{text}."
