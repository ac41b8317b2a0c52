"""Words and keys that the figures of a diary share."""

import datetime
from typing import Any

import numpy as np

from twitchlib.palette import LIGHT

__all__ = ["as_date", "day_text", "key", "made_up", "twitches_text"]


def day_text(day: Any) -> str:
    """Return a day as a reader says it: "3 March 2026".

    Examples
    --------
    >>> import numpy as np
    >>> day_text(np.datetime64("2026-03-03"))
    '3 March 2026'
    """
    date = as_date(day)
    return f"{date.day} {date:%B %Y}"


def as_date(day: Any) -> datetime.date:
    """Return a day of numpy's as a date."""
    found: datetime.date = np.datetime64(day, "D").item()
    return found


def twitches_text(count: float) -> str:
    """Return a count as a reader says it."""
    if np.isnan(count):
        return "not counted"
    return "1 twitch" if count == 1 else f"{count:g} twitches"


def key(text: str) -> dict[str, Any]:
    """Return what the marks mean, as an annotation above the plot."""
    return {
        "x": 1,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "text": text,
        "font": {"color": LIGHT["muted"]},
    }


def made_up(title: str, *, synthetic: bool) -> str:
    """Return the title of a figure, which says so where a computer made the diary up."""
    return f"A made-up diary: {title[0].lower()}{title[1:]}" if synthetic else title
